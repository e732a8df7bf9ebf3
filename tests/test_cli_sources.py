"""`wegwijs sources sync` as people and programs use it, against a website on this machine."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from commandline import Run, python, wegwijs
from syncing import listing
from website import PAGE, Site, page

PLAN = b"<html><h1>Plan</h1><p>De brug gaat in mei 2027 open voor fietsers.</p></html>"
IMPORTED = """
import sys
import ingest.pipeline, ui.cli
print([name for name in sys.modules if name == "httpcore2" or name.startswith("ingest.sources")])
"""


def sync(folder: Path, *words: str | Path) -> Run:
    """Run in `folder`, so that what is not named ends up there."""
    return wegwijs("sources", "sync", "--listing", folder / "bronnen.toml", *words, cwd=folder)


def test_originals_are_fetched_and_the_command_it_names_reads_them_in(
    site: Site, tmp_path: Path
) -> None:
    site.pages["/plan"] = page(PLAN)
    listing(tmp_path, ("plan", f"{site.url}/plan"))
    done = sync(tmp_path)

    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Bronnen: 1 opgehaald, 0 gelijk, 0 niet gelukt, 0 zonder adres\n")
    assert (tmp_path / ".wegwijs" / "bronnen" / "plan.html").read_bytes() == PLAN
    assert "Lees de map in met: wegwijs ingest .wegwijs/bronnen\n" in done.out

    read = wegwijs("ingest", ".wegwijs/bronnen", cwd=tmp_path)
    assert read.code == 0
    assert "mei 2027" in wegwijs("show", "plan", cwd=tmp_path).out

    again = sync(tmp_path)
    assert again.code == 0
    assert again.out.startswith("Bronnen: 0 opgehaald, 1 gelijk")


def test_the_command_it_names_fits_the_folders_that_were_chosen(site: Site, tmp_path: Path) -> None:
    site.pages["/plan"] = page()
    listing(tmp_path, ("plan", f"{site.url}/plan"))
    data, into = tmp_path / "mijn index", tmp_path / "mijn bronnen"

    beside = sync(tmp_path, "--data", data)
    command = shlex.join(["wegwijs", "ingest", str(data / "bronnen"), "--data", str(data)])
    assert f": {command}\n" in beside.out
    assert (data / "bronnen" / "plan.html").read_bytes() == PAGE

    apart = sync(tmp_path, "--into", into)
    assert f": {shlex.join(['wegwijs', 'ingest', str(into)])}\n" in apart.out
    assert (into / "plan.html").read_bytes() == PAGE


def test_one_that_fails_is_named_and_makes_the_exit_code_one(site: Site, tmp_path: Path) -> None:
    site.pages |= {"/plan": page(), "/weg": page(status=404)}
    listing(tmp_path, ("plan", f"{site.url}/plan"), ("weg", f"{site.url}/weg"), ("leeg", ""))
    text = sync(tmp_path, "--into", "op")

    assert (text.code, text.err) == (1, "")
    assert "  weg: Het document staat niet op dit adres (antwoord 404). Zoek " in text.out
    assert "  leeg: overgeslagen" in text.out
    assert "wegwijs ingest op\n" in text.out

    done = sync(tmp_path, "--into", "op", "--json")
    (report,) = done.rows
    assert (done.code, done.err) == (1, "")
    assert set(report) == {"folder", "sources", "unlisted"}
    assert [row["status"] for row in report["sources"]] == ["unchanged", "failed", "skipped"]
    assert set(report["sources"][0]) == {"id", "title", "status", "file", "what", "advice"}


def test_without_any_original_no_command_is_named(site: Site, tmp_path: Path) -> None:
    site.pages["/weg"] = page(status=500)
    listing(tmp_path, ("weg", f"{site.url}/weg"))
    done = sync(tmp_path)

    assert (done.code, done.err) == (1, "")
    assert "wegwijs ingest" not in done.out


def test_a_list_that_is_not_there_is_told_in_dutch(tmp_path: Path) -> None:
    done = sync(tmp_path)

    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"{tmp_path / 'bronnen.toml'}: De lijst is niet te lezen (")
    assert done.err.endswith("Kijk of de naam klopt.\n")
    assert not (tmp_path / ".wegwijs").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("sources", "haal"), "De opdracht 'haal' bestaat niet"),
        (("sources", "sync", "x"), "te veel woorden"),
        (("sources", "sync", "--into", "Makefile"), "De waarde voor --into klopt niet"),
    ],
)
def test_a_wrong_command_is_told_in_dutch(words: tuple[str, ...], said: str) -> None:
    done = wegwijs(*words)

    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert "wegwijs sources" in done.err


def test_sources_alone_shows_its_help() -> None:
    alone, helped = wegwijs("sources"), wegwijs("sources", "--help")

    assert alone.code == 2
    assert alone.err == helped.out
    assert "Gebruik: wegwijs sources [OPTIES] OPDRACHT …" in helped.out


@pytest.mark.parametrize("command", ["sources sync", "verify", "rollback", "forget"])
def test_help_is_in_dutch(command: str) -> None:
    done = wegwijs(*command.split(), "--help")

    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"Gebruik: wegwijs {command} [OPTIES]")
    assert "Laat deze uitleg zien." in done.out
    assert not [word for word in ("Usage", "Options", "Show this", "PATH") if word in done.out]


def test_neither_help_nor_ingest_needs_what_fetches() -> None:
    assert python(IMPORTED).out == "[]\n"
