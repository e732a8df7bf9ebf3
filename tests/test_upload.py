"""Files sent to the window: who may, from where, and what is refused; over a real connection."""

from __future__ import annotations

import http.client
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from browser import stand_in, window

from ingest.embedding import Embedder
from ui.access import Role
from ui.incoming import MOST_BYTES
from ui.updating import Updating

NOTE = b"# Kade\n\nDe kade is 77 meter lang.\n"


@dataclass(frozen=True)
class Place:
    """A window that listens, and where it leaves what it is sent."""

    address: str
    updating: Updating

    def send(
        self, name: str, content: bytes = NOTE, *, length: bool = True, **headers: str
    ) -> tuple[int, str]:
        """Send a file as a page of this site would, `headers` aside."""
        site = urlsplit(self.address).netloc
        line = http.client.HTTPConnection(site, timeout=20)
        own = {"sec-fetch-site": "same-origin", "origin": self.address}
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        body = content if length else iter([content])
        path = f"/bronnen/upload?naam={quote(name)}"
        line.request("POST", path, body, {**own, **sent}, encode_chunked=not length)
        answer = line.getresponse()
        said = answer.read().decode()
        line.close()
        return answer.status, said

    @property
    def waiting(self) -> list[str]:
        return [one.name for one in self.updating.incoming.waiting()]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Place]:
    updating = Updating(tmp_path_factory.mktemp("upload"), embedder)
    with window(stand_in(), updating=updating) as address:
        yield Place(address, updating)


@pytest.fixture
def place(shared: Place) -> Place:
    shared.updating.incoming.clear()
    return shared


def office(part: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(part, "<w/>")
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("kade.md", NOTE),
        ("KADE.TXT", "De káde.".encode("utf-16")),
        ("kade.html", b"<p>De kade."),
        ("kade.csv", b"naam;lengte\nkade;77\n"),
        ("kade.pdf", b"%PDF-1.7\n..."),
        ("kade.docx", office("word/document.xml")),
        ("kade.xlsx", office("xl/workbook.xml")),
        ("<img src=x onerror=alert(1)> é.md", NOTE),
    ],
)
def test_a_file_that_fits_waits_as_it_was_sent(place: Place, name: str, content: bytes) -> None:
    assert place.send(name, content) == (201, "")
    assert place.waiting == [name]
    assert (place.updating.incoming.folder / name).read_bytes() == content


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("../buiten.md", NOTE, "naam"),
        ("..\\buiten.md", NOTE, "naam"),
        ("/tmp/buiten.md", NOTE, "naam"),
        (".verborgen.md", NOTE, "naam"),
        ("twee\nregels.md", NOTE, "naam"),
        ("om\u202egekeerd.md", NOTE, "naam"),
        ("nul\0.md", NOTE, "naam"),
        ("", NOTE, "naam"),
        ("é" * 150 + ".md", NOTE, "te lang"),
        ("kade.exe", b"MZ", "Dit soort bestand"),
        ("kade", NOTE, "Dit soort bestand"),
        ("kade.md.svg", NOTE, "Dit soort bestand"),
        ("kade.pdf", NOTE, "de inhoud is iets anders"),
        ("kade.docx", office("xl/workbook.xml"), "de inhoud is iets anders"),
        ("kade.xlsx", b"PK\x03\x04stuk", "de inhoud is iets anders"),
        ("kade.txt", b"%PDF-1.7\n...", "de inhoud is iets anders"),
        ("kade.md", b"MZ\0\0\0", "de inhoud is iets anders"),
        ("kade.md", b"", "leeg"),
    ],
)
def test_what_does_not_fit_is_refused_in_dutch_and_leaves_nothing(
    place: Place, name: str, content: bytes, said: str
) -> None:
    status, words = place.send(name, content)
    assert (status, said in words) == (422, True), words
    assert not [file for file in place.updating.incoming.folder.rglob("*") if file.is_file()]


@pytest.mark.parametrize("length", [True, False])
def test_a_file_that_is_too_large_is_refused_whether_or_not_it_says_so(
    place: Place, length: bool
) -> None:
    try:
        status, words = place.send("groot.txt", b"a" * (MOST_BYTES + 1), length=length)
        assert (status, "te groot (21 MB)" in words) == (422, True)
    except (BrokenPipeError, ConnectionResetError):
        pass  # cut off while it was sending
    assert not place.waiting


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
    ],
)
def test_a_page_of_another_site_cannot_send_a_file(place: Place, headers: dict[str, str]) -> None:
    status, words = place.send("kade.md", **headers)
    assert (status, place.waiting) == (403, []) and "Wegwijs" in words


@pytest.mark.parametrize(("origin", "status"), [("http://elders.example", 403), (None, 201)])
def test_where_a_browser_does_not_say_the_site_its_origin_counts(
    place: Place, origin: str | None, status: int
) -> None:
    site = urlsplit(place.address).netloc
    line = http.client.HTTPConnection(site, timeout=20)
    own = {"origin": origin or place.address}
    line.request("POST", "/bronnen/upload?naam=kade.md", NOTE, own)
    assert line.getresponse().status == status
    line.close()


def test_a_file_that_is_chosen_again_takes_the_place_of_the_first(place: Place) -> None:
    place.send("kade.md")
    place.send("kade.md", b"Anders.")
    assert (place.updating.incoming.folder / "kade.md").read_bytes() == b"Anders."


def test_nothing_comes_in_while_documents_are_taken_in(place: Place) -> None:
    with place.updating.incoming.held():
        status, words = place.send("kade.md")
    assert (status, "nu bijgewerkt" in words, place.waiting) == (422, True, [])


def test_a_reader_cannot_send_a_file(tmp_path: Path, embedder: Embedder) -> None:
    updating = Updating(tmp_path, embedder)
    with window(stand_in(), updating=updating, role=Role.READER) as address:
        status, words = Place(address, updating).send("kade.md")
    assert (status, words) == (403, "Alleen een redacteur kan documenten bijwerken.")
    assert not list(tmp_path.rglob("*.md"))
