"""Originals kept up to date, against a real server on this machine."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest
from filelock import FileLock
from syncing import fetch_one, files, leftovers, listing
from website import PAGE, Handler, Page, Site, page, to, versioned

from ingest.errors import LockedError, SourceError
from ingest.sources import fetching
from ingest.sources.folder import STATE
from ingest.sources.sync import sync


def test_an_original_is_fetched_and_kept_under_its_id(site: Site, tmp_path: Path) -> None:
    site.pages["/nota"] = page()
    report = fetch_one(site, tmp_path)
    assert files(tmp_path) == {"nota.html": PAGE}
    assert [(r.status, r.file) for r in report.sources] == [("fetched", "nota.html")]
    assert "1 opgehaald" in report.as_text()
    assert not leftovers(tmp_path)
    [(_, headers)] = site.asked
    assert headers["user-agent"].startswith("Wegwijs")
    assert headers["host"] == f"127.0.0.1:{site.port}"
    assert not {"cookie", "authorization", "if-none-match", "if-modified-since"} & headers.keys()


@pytest.mark.parametrize(
    ("header", "question", "value"),
    [
        ("ETag", "If-None-Match", '"v1"'),
        ("ETag", "If-None-Match", 'W/"zwak"'),
        ("Last_Modified", "If-Modified-Since", "Fri, 13 Jun 2025 10:00:00 GMT"),
    ],
)
def test_what_did_not_change_is_not_sent_again(
    site: Site, tmp_path: Path, header: str, question: str, value: str
) -> None:
    site.pages["/nota"] = versioned(header, question, value)
    fetch_one(site, tmp_path)
    stamp = (tmp_path / "op/nota.html").stat().st_mtime_ns
    assert fetch_one(site, tmp_path).sources[0].status == "unchanged"
    assert (tmp_path / "op/nota.html").stat().st_mtime_ns == stamp
    assert site.asked[1][1][question.lower()] == value

    fresh = PAGE.replace(b"2026", b"2027")
    site.pages["/nota"] = versioned(header, question, value + "2", fresh)
    assert fetch_one(site, tmp_path).sources[0].status == "fetched"
    assert files(tmp_path) == {"nota.html": fresh}


def test_the_same_bytes_sent_again_are_unchanged(site: Site, tmp_path: Path) -> None:
    site.pages["/nota"] = page()
    fetch_one(site, tmp_path)
    stamp = (tmp_path / "op/nota.html").stat().st_mtime_ns
    assert fetch_one(site, tmp_path).sources[0].status == "unchanged"
    assert (tmp_path / "op/nota.html").stat().st_mtime_ns == stamp


@pytest.mark.parametrize("damage", ["changed", "removed"])
def test_a_copy_that_is_not_what_was_fetched_is_fetched_anew(
    site: Site, tmp_path: Path, damage: str
) -> None:
    site.pages["/nota"] = versioned("ETag", "If-None-Match", '"v1"')
    fetch_one(site, tmp_path)
    copy = tmp_path / "op/nota.html"
    copy.write_bytes(b"half") if damage == "changed" else copy.unlink()
    assert fetch_one(site, tmp_path).sources[0].status == "fetched"
    assert files(tmp_path) == {"nota.html": PAGE}


@pytest.mark.parametrize(
    "state",
    [
        b"",
        b"{",
        b"[]",
        b'{"nota": 3}',
        b'{"nota": {"url": 1}}',
        b"[" * 100_000,
        b"\xff",
        b'{"nota": {"url": "u", "file": "../../x", "sha256": "", "conditions": {}}}',
        b'{"nota": {"url": "u", "file": "x", "sha256": "", "conditions": {"Host": "x"}}}',
        b'{"n": {"url": "u", "file": "x", "sha256": "", "conditions": {"If-None-Match": "\\n"}}}',
    ],
)
def test_a_broken_memory_means_fetching_again(site: Site, tmp_path: Path, state: bytes) -> None:
    site.pages["/nota"] = versioned("ETag", "If-None-Match", '"v1"')
    fetch_one(site, tmp_path)
    (tmp_path / "op" / STATE).write_bytes(state)
    assert fetch_one(site, tmp_path).sources[0].status == "unchanged"
    assert "if-none-match" not in site.asked[1][1]
    fetch_one(site, tmp_path)
    assert site.asked[2][1]["if-none-match"] == '"v1"'


def truncated(handler: Handler) -> None:
    page(PAGE, Content_Length="5000")(handler)


def half_chunk(handler: Handler) -> None:
    handler.protocol_version = "HTTP/1.1"
    page(b"400\r\n" + PAGE, Content_Length="", Transfer_Encoding="chunked")(handler)
    handler.close_connection = True


LOGIN = b"<html><form>Log in <input name=p type='password'></form></html>"
ONWARD = b"<html><meta http-equiv='refresh' content='0; url=/x'>Even geduld</html>"
BOMB = gzip.compress(b"<html>" + b"a" * 5_000_000)
BAD_PAGES: dict[str, tuple[Page, str]] = {
    "404": (page(status=404), "404"),
    "500": (page(status=500), "500"),
    "403": (page(status=403), "403"),
    "401": (page(status=401), "401"),
    "206": (page(status=206), "206"),
    "304 unasked": (page(b"", status=304), "304"),
    "empty": (page(b""), "leeg"),
    "blank": (page(b" \n"), "leeg"),
    "no words": (page(b"<html><script>var a = 1</script></html>"), "geen tekst"),
    "login": (page(LOGIN), "inloggen|in te loggen"),
    "login elsewhere": (to("/login?terug=/nota"), "in te loggen"),
    "refresh": (page(ONWARD), "stuurt door"),
    "binary": (page(b"<html>\0\0</html>"), "geen heel"),
    "other kind": (page(b"%PDF-1.7\n%%EOF\n", "application/pdf"), "stuurt nu .pdf"),
    "unknown kind": (page(PAGE, "image/png"), "image/png"),
    "no kind": (page(PAGE, ""), "zonder soort"),
    "too large": (page(b"<html>" + b"a " * 60_000), "groter"),
    "bomb": (page(BOMB, Content_Encoding="gzip"), "groter"),
    "broken gzip": (page(b"nee", Content_Encoding="gzip"), "niet heel"),
    "half gzip": (page(gzip.compress(PAGE)[:-9], Content_Encoding="gzip"), "niet heel"),
    "gzip and more": (page(gzip.compress(PAGE) + b"x", Content_Encoding="gzip"), "niet heel"),
    "unknown coding": (page(PAGE, Content_Encoding="br"), "onbekende manier"),
    "truncated": (truncated, "niet heel"),
    "half chunk": (half_chunk, "niet heel"),
    "no end": (page(PAGE[:-9], Content_Length=""), "niet heel"),
    "hangs up": (lambda handler: handler.connection.close(), "niet heel|brak"),
    "nonsense": (lambda handler: handler.wfile.write(b"nonsense\r\n\r\n") and None, "niet heel"),
    "other host": (to("http://elders.example/nota"), "andere plek"),
    "private host": (to("http://192.168.1.1/"), "andere plek"),
    "other port": (to("http://127.0.0.1:9/"), "andere plek"),
    "file": (to("file:///etc/passwd"), "geen adres"),
    "loop": (to("/nota"), "blijft doorverwijzen"),
}


@pytest.mark.parametrize("name", BAD_PAGES)
def test_a_good_file_survives_whatever_is_sent(site: Site, tmp_path: Path, name: str) -> None:
    site.pages["/nota"] = page(ETag='"v1"')
    fetch_one(site, tmp_path)
    site.pages["/nota"], said = BAD_PAGES[name]
    if name == "304 unasked":  # it was not asked for if nothing is remembered
        (tmp_path / "op" / STATE).unlink()
    report = fetch_one(site, tmp_path)
    [failure] = report.failed
    assert failure.file == "nota.html"
    assert any(words in failure.what for words in said.split("|"))
    assert failure.what.endswith(".")
    assert failure.advice.endswith(".")
    assert failure.what in report.as_text()
    assert files(tmp_path) == {"nota.html": PAGE}
    assert not leftovers(tmp_path)

    site.pages["/nota"] = page(PAGE + b"\n")
    assert fetch_one(site, tmp_path).sources[0].status == "fetched"


def test_two_hosts_and_one_failure_do_not_touch_each_other(site: Site, tmp_path: Path) -> None:
    site.pages |= {"/een": page(), "/stuk": page(status=500), "/twee": page(b"Twee", "text/plain")}
    sources = listing(
        tmp_path,
        ("een", f"{site.url}/een"),
        ("stuk", f"{site.url}/stuk"),
        ("raar", "ftp://127.0.0.1/"),
        ("leeg", ""),
        ("twee", f"http://localhost:{site.port}/twee"),
    )
    report = sync(sources, tmp_path / "op")
    statuses = [result.status for result in report.sources]
    assert statuses == ["fetched", "failed", "failed", "skipped", "fetched"]
    assert files(tmp_path) == {"een.html": PAGE, "twee.txt": b"Twee"}
    assert "2 opgehaald, 0 gelijk, 2 niet gelukt, 1 zonder adres" in report.as_text()
    assert json.loads(json.dumps(report.as_json()))["sources"][1]["status"] == "failed"


def test_an_error_nobody_foresaw_stops_one_source_only(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = fetching.checked_url

    def fails_once(address: str) -> str:
        if address.endswith("/een"):
            raise RuntimeError("iets onverwachts")
        return real(address)

    monkeypatch.setattr(fetching, "checked_url", fails_once)
    site.pages["/twee"] = page()
    sources = listing(tmp_path, ("een", f"{site.url}/een"), ("twee", f"{site.url}/twee"))
    assert [r.status for r in sync(sources, tmp_path / "op").sources] == ["failed", "fetched"]


def test_a_full_disk_is_said_and_leaves_the_good_file(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages["/nota"] = page()
    fetch_one(site, tmp_path)
    site.pages["/nota"] = page(PAGE + b"\n")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        [failure] = fetch_one(site, tmp_path).failed
    assert "niet te bewaren" in failure.what
    assert files(tmp_path) == {"nota.html": PAGE}
    assert not leftovers(tmp_path)


@pytest.mark.parametrize(
    ("source_id", "name"),
    [
        ("../../x", "x.html"),
        ("/etc/passwd", "etc-passwd.html"),
        ("a\\b:c\0d", "a-b-c-d.html"),
        (".verborgen", "verborgen.html"),
        ("nota.v2", "nota.v2.html"),
        ("één plan", "één-plan.html"),
        ("a" * 5000, "a" * 100 + ".html"),
    ],
)
def test_a_file_name_never_leaves_the_folder(
    site: Site, tmp_path: Path, source_id: str, name: str
) -> None:
    site.pages["/nota"] = page()
    folder = tmp_path / "diep" / "er"
    folder.mkdir(parents=True)
    sync(listing(folder, (source_id, f"{site.url}/nota")), folder / "op")
    assert files(folder) == {name: PAGE}
    assert {file.name for file in tmp_path.rglob("*.html")} == {name}


def test_a_source_that_left_the_list_is_named(site: Site, tmp_path: Path) -> None:
    site.pages |= {"/nota": page(), "/twee": page()}
    fetch_one(site, tmp_path)
    report = sync(listing(tmp_path, ("twee", f"{site.url}/twee")), tmp_path / "op")
    assert report.unlisted == ("nota.html",)
    assert "nota.html staat niet meer in de lijst" in report.as_text()
    assert set(files(tmp_path)) == {"nota.html", "twee.html"}


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "op").write_text("een bestand", encoding="utf-8")
    with pytest.raises(SourceError, match="andere map"):
        sync(listing(tmp_path, ("nota", "")), tmp_path / "op")


def test_one_process_fetches_at_a_time(tmp_path: Path) -> None:
    (tmp_path / "op").mkdir()
    with FileLock(tmp_path / "op" / ".sources.lock"), pytest.raises(LockedError):
        sync(listing(tmp_path, ("nota", "")), tmp_path / "op")
    assert sync(listing(tmp_path, ("nota", "")), tmp_path / "op").sources[0].status == "skipped"
