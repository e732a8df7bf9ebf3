"""The shipped documents: complete, in our own words, and with the milestones they tell of."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from ingest.milestones import find_milestones
from ingest.reading import find_files, read_document
from ingest.records import Document

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
ORIGINALS = ROOT.parent / "shared" / "sources"
LONGEST_QUOTE = 10  # words


def documents() -> dict[str, Document]:
    return {
        document.id: document
        for document in (read_document(*pair) for pair in find_files([CORPUS]))
    }


def sources() -> dict[str, dict[str, str]]:
    loaded = tomllib.loads((CORPUS / "sources.toml").read_text(encoding="utf-8"))
    return {source["id"]: source for source in loaded["source"]}


def test_every_document_has_a_source_and_every_source_a_document() -> None:
    assert {i: d.source for i, d in documents().items()} == {
        i: source["file"] for i, source in sources().items()
    }


def test_front_matter_says_what_sources_toml_says() -> None:
    for document_id, source in sources().items():
        document = documents()[document_id]
        stated = {"title": document.title, **document.metadata}
        for name in ("title", "publisher", "url", "date"):
            assert stated.get(name) == source.get(name), (document_id, name)
        assert stated["title"] and stated["publisher"]
        assert stated["language"] == "nl"


def test_every_document_opens_with_its_title() -> None:
    for document in documents().values():
        assert document.text.startswith(f"{document.title}\n")


def test_the_timeline_has_its_twelve_milestones() -> None:
    document = documents()["mijlpalen"]
    found = [
        (
            document.text[m.title.start : m.title.end],
            document.text[m.period.start : m.period.end],
            str(m.period.first),
            str(m.period.last),
        )
        for m in find_milestones(document)
    ]
    assert len(found) == 12
    for words, *when in (
        ("kennis over vragen", "mei 2025", "2025-05-01", "2025-05-31"),
        ("expertsessie", "juni 2025", "2025-06-01", "2025-06-30"),
        ("plannen van aanpak", "juli 2025", "2025-07-01", "2025-07-31"),
        ("projectleiders", "september 2025", "2025-09-01", "2025-09-30"),
        ("structuur ingericht", "oktober 2025 – december 2025", "2025-10-01", "2025-12-31"),
        ("routekaart", "december 2025", "2025-12-01", "2025-12-31"),
        ("ronde 2", "december 2025", "2025-12-01", "2025-12-31"),
        ("communicatie", "januari 2026 - eind 2026", "2026-01-01", "2026-12-31"),
        ("extra bekostiging", "januari 2026 t/m 2028", "2026-01-01", "2028-12-31"),
        ("kennispartijen", "maart 2026", "2026-03-01", "2026-03-31"),
        ("AWRJ", "doorlopend", "None", "None"),
        ("netwerkbijeenkomsten", "doorlopend", "None", "None"),
    ):
        assert [dates for title, *dates in found if words in title] == [when], words
    assert all(m.explanation for m in find_milestones(document))


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


@pytest.mark.skipif(not ORIGINALS.is_dir(), reason="the originals are not in this checkout")
def test_no_long_stretch_of_words_is_taken_from_the_originals() -> None:
    length = LONGEST_QUOTE + 1
    taken = set()
    for file in ORIGINALS.glob("*.txt"):
        # Addresses have no wording of their own, and a line end may cut a word.
        original = re.sub(r"https?://\S+", "", file.read_text(encoding="utf-8"))
        words = words_of(re.sub(r"-\s*\n", "", original))
        taken |= {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}
    assert taken
    for document in documents().values():
        for block in document.blocks:
            words = words_of(document.text[block.start : block.end])
            for i in range(len(words) - length + 1):
                run = words[i : i + length]
                assert tuple(run) not in taken, " ".join(run)
