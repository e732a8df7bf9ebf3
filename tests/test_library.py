"""The documents of a generation in SQLite."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dutch.periods import Period
from ingest.errors import DocumentMissingError, IndexBrokenError
from ingest.library import Contents, Entry, Library
from ingest.milestones import Milestone
from ingest.reading import build_document
from ingest.records import BlockKind, Document, Draft, DraftBlock, Link, Passage, Span
from ingest.splitting import split


def nota(text: str = "Een zwembad voor 🏊 en élke wijk.", name: str = "nota") -> Document:
    blocks = (
        DraftBlock(BlockKind.HEADING, "Kop", 1, page=1),
        DraftBlock(BlockKind.ITEM, text, 2, 7, 3, (Link("bad", "https://x.nl"),)),
        DraftBlock(BlockKind.PARAGRAPH, "Slot."),
    )
    return build_document(Draft(blocks, {"publisher": "OCW", "é": "'\"%;--"}), f"{name}.md")


MILESTONES = [
    Milestone(Span(0, 3), Period(0, 3, date(2025, 5, 1), date(2025, 5, 31)), Span(4, 9)),
    Milestone(Span(4, 9), Period(4, 9, None, None, ongoing=True), None),
]


def put(
    library: Library,
    document: Document,
    passages: Sequence[Passage],
    version: str = "v1",
    milestones: Sequence[Milestone] = (),
) -> None:
    keys = [f"key of {passage.text}" for passage in passages]
    library.put(Contents(document, passages, keys, milestones), version)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite"


def test_what_goes_in_comes_out_the_same_after_reopening(file: Path) -> None:
    document = nota()
    passages = split(document, target_length=10)
    with Library(file) as library:
        put(library, document, passages, milestones=MILESTONES)
        library.note({"recipe": "r1"})
    with Library(file) as library:
        assert library.document("nota") == document
        assert library.passages_of("nota") == passages
        assert library.milestones("nota") == MILESTONES
        assert library.manifest() == {"nota": Entry("nota", "nota.md", "v1", len(passages))}
        assert library.settings() == {"recipe": "r1"}
        assert library.check()


@given(text=st.text(st.characters(codec="utf-8"), min_size=1))
def test_a_passage_is_its_stretch_of_the_text_for_any_characters(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    document = nota(text)
    passages = split(document, target_length=20)
    with Library(tmp_path_factory.mktemp("library") / "library.sqlite") as library:
        put(library, document, passages)
        assert library.passages_of("nota") == passages
        assert all(
            document.text[p.start : p.end] == p.text
            for p in library.passages([p.id for p in passages]).values()
        )


def test_putting_again_replaces_the_whole_document(file: Path) -> None:
    with Library(file) as library:
        for version, text in (("v1", "Oud. " * 300), ("v2", "Nieuw.")):
            put(library, nota(text), split(nota(text)), version)
        assert library.document("nota") == nota("Nieuw.")
        assert library.passages_of("nota") == split(nota("Nieuw."))
        assert library.manifest()["nota"].version == "v2"


def test_removing_takes_one_document_and_its_passages_only(file: Path) -> None:
    with Library(file) as library:
        for name in ("een", "twee"):
            put(library, nota(name=name), split(nota(name=name)))
        gone = [p.id for p in library.passages_of("een")]
        library.remove("een")
        library.remove("nooit-gezien")
        assert list(library.manifest()) == ["twee"]
        assert library.passages(gone) == {}
        assert library.milestones("een") == []
        with pytest.raises(DocumentMissingError, match="een"):
            library.document("een")


def test_unknown_passages_are_left_out(file: Path) -> None:
    with Library(file) as library:
        put(library, nota(), split(nota()))
        (known,) = library.passages_of("nota")
        assert library.passages(["weg", known.id]) == {known.id: known}
        assert library.passages([]) == {}


def test_passages_are_found_by_the_key_of_their_vector(file: Path) -> None:
    with Library(file) as library:
        put(library, nota(), split(nota()))
        (known,) = library.passages_of("nota")
        assert library.passage_ids("nota") == {known.id}
        assert library.passages_with_keys(["weg", f"key of {known.text}"]) == {
            f"key of {known.text}": known.id
        }


def test_a_document_that_cannot_be_stored_leaves_what_was_there(file: Path) -> None:
    document = nota()
    passages = split(document)
    with Library(file) as library:
        put(library, document, passages)
        with pytest.raises(IndexBrokenError):
            put(library, nota("Nieuw."), [*passages, *passages], "v2")
        assert library.document("nota") == document
        assert library.manifest()["nota"].version == "v1"


IDS = st.text(max_size=8).map(lambda text: f"{text}id")
TEXTS = st.lists(st.sampled_from(["Kop", "Zelfde zin.", "Zelfde zin.", "Slot"]), max_size=5)


@given(st.lists(st.tuples(IDS, TEXTS), max_size=6), st.sampled_from([5, 700]))
def test_documents_of_any_name_and_text_never_clash(
    found: list[tuple[str, list[str]]], length: int
) -> None:
    with Library(Path(":memory:")) as library:
        names = set()
        for name, texts in found:
            blocks = [DraftBlock(BlockKind.PARAGRAPH, "Begin."), *map(block_of, texts)]
            document = build_document(Draft(tuple(blocks), {"id": name}), "nota.md")
            put(library, document, split(document, target_length=length))
            names.add(document.id)
        assert set(library.manifest()) == names


def block_of(text: str) -> DraftBlock:
    return DraftBlock(BlockKind.HEADING if text == "Kop" else BlockKind.PARAGRAPH, text, 1)


def test_reading_from_several_threads_gives_every_one_the_right_passages(file: Path) -> None:
    names = [f"nota{i}" for i in range(8)]
    wrong: list[str] = []
    with Library(file) as library:
        for name in names:
            put(library, nota(name * 5, name), split(nota(name * 5, name)))

        def look(name: str) -> None:
            for _ in range(50):
                if library.passages_of(name) != split(nota(name * 5, name)):
                    wrong.append(name)

        threads = [threading.Thread(target=look, args=(name,)) for name in names]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []


@pytest.mark.parametrize("content", [b"geen database" * 100, b"SQLite format 3\0" + b"\xff" * 500])
def test_a_file_that_is_no_library_is_a_broken_index(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(IndexBrokenError) as caught:
        Library(file)
    assert caught.value.file == str(file) and caught.value.advice


def test_an_empty_file_is_a_broken_index(file: Path) -> None:
    file.touch()
    with pytest.raises(IndexBrokenError):
        Library(file)


def test_a_damaged_page_is_noticed(file: Path) -> None:
    with Library(file) as library:
        for i in range(40):
            put(library, nota("Lang. " * 200, f"nota{i}"), [])
    content = bytearray(file.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 4096] = b"\xaa" * 4096
    file.write_bytes(content)
    with Library(file) as library:
        assert not library.check()
        assert not library.check(thorough=False)
