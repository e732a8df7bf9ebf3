"""From files to documents with exact offsets."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.cleaning import clean
from ingest.errors import EmptyCorpusError, FileError
from ingest.reading import READERS, build_document, find_files, read_document
from ingest.records import BlockKind, Document, Draft, DraftBlock


def write(folder: Path, name: str, text: str | bytes) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def document(folder: Path, text: str, name: str = "map/nota.md") -> Document:
    return read_document(write(folder, name, text), folder)


def test_blocks_say_exactly_where_their_words_stand(tmp_path: Path) -> None:
    found = document(tmp_path, "# Nota\n\nEen al\u00adinea.\n\n- een\n- twee\n\n3. drie\n")
    assert found.text == "Nota\nEen alinea.\n\n- een\n- twee\n3. drie"
    assert [found.text[b.start : b.end] for b in found.blocks] == [
        "Nota",
        "Een alinea.",
        "een",
        "twee",
        "drie",
    ]


BLOCKS = st.builds(
    DraftBlock,
    st.sampled_from(BlockKind),
    st.text(),
    st.integers(1, 6),
    st.none() | st.integers(0, 9),
)


@given(st.lists(BLOCKS, max_size=12))
def test_offsets_are_exact_whatever_a_reader_gives(blocks: list[DraftBlock]) -> None:
    visible = [text for block in blocks if (text := " ".join(clean(block.text).split()))]
    if not visible:
        with pytest.raises(FileError):
            build_document(Draft(tuple(blocks)), "x.md")
        return
    found = build_document(Draft(tuple(blocks)), "x.md")
    assert [found.text[b.start : b.end] for b in found.blocks] == visible
    assert clean(found.text).split() == found.text.split()
    assert all(a.end < b.start for a, b in zip(found.blocks, found.blocks[1:], strict=False))


def test_front_matter_names_the_document(tmp_path: Path) -> None:
    found = document(
        tmp_path, "---\nid: wet-1\ntitle: De Wet\npublisher: OCW\n---\n# Kop\n\nTekst."
    )
    assert (found.id, found.title, found.source) == ("wet-1", "De Wet", "map/nota.md")
    assert found.metadata == {"publisher": "OCW"}


def test_without_front_matter_path_and_heading_name_the_document(tmp_path: Path) -> None:
    found = document(tmp_path, "# De *kop*\n\nTekst.")
    assert (found.id, found.title) == ("map/nota", "De kop")


def test_without_any_heading_the_path_is_the_title(tmp_path: Path) -> None:
    assert document(tmp_path, "Alleen tekst.").title == "map/nota"


def test_metadata_is_clean_too(tmp_path: Path) -> None:
    found = document(tmp_path, '---\n"na\\ud800am\\u200b": "waar\\udc00de\\u202e"\n---\nTekst.')
    assert found.metadata == {"naam": "waarde"}


def test_folders_are_searched_in_a_fixed_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.md", "a/c.TXT", "a/b.markdown", ".git/x.md", "a/.y.md", "z.exe", "map.md/q.md"):
        write(tmp_path, name, "Tekst.")
    found = [file.relative_to(tmp_path).as_posix() for file, _ in find_files([tmp_path])]
    assert found == ["a/b.markdown", "a/c.TXT", "b.md", "map.md/q.md"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    file = write(tmp_path, "a.md", "Tekst.")
    assert find_files([tmp_path, file]) == [(file, tmp_path)]


@pytest.mark.parametrize("make", [False, True], ids=["no such folder", "empty folder"])
def test_nothing_to_read_says_what_to_do(tmp_path: Path, make: bool) -> None:
    folder = tmp_path / "docs"
    if make:
        folder.mkdir()
    with pytest.raises(EmptyCorpusError) as caught:
        find_files([folder])
    assert caught.value.advice and caught.value.file == str(folder)


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.md", b"", "geen tekst"),
        ("a.md", b"<!-- niets -->\n\n---\n", "geen tekst"),
        ("a.txt", "\u200b\u202e".encode(), "geen tekst"),
        ("a.txt", b"\x00\x01\x02", "geen tekstbestand"),
        ("a.md", b"---\na: 'x\n---\n", "---"),
        ("a.exe", b"MZ", "soort bestand"),
    ],
)
def test_a_bad_file_is_refused_by_name_with_advice(
    tmp_path: Path, name: str, content: bytes, what: str
) -> None:
    with pytest.raises(FileError) as caught:
        read_document(write(tmp_path, name, content), tmp_path)
    assert what in caught.value.what
    assert caught.value.advice and caught.value.file == name


def test_a_file_that_went_away_is_a_file_error(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="niet te lezen") as caught:
        read_document(tmp_path / "weg.md", tmp_path)
    assert caught.value.file == "weg.md"


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such names")
def test_a_name_that_is_no_text_is_a_file_error(tmp_path: Path) -> None:
    write(tmp_path, os.fsdecode(b"caf\xe9.md"), "# Kop\n\nTekst.")
    ((file, folder),) = find_files([tmp_path])
    with pytest.raises(FileError) as caught:
        read_document(file, folder)
    assert str(caught.value).encode("utf-8")


def test_every_reader_refuses_rubbish_or_gives_blocks(tmp_path: Path) -> None:
    for suffix in READERS:
        file = write(tmp_path, f"rommel{suffix}", b"\x89\x00\xffrommel" * 50)
        try:
            assert read_document(file, tmp_path).blocks
        except FileError as problem:
            assert problem.file == file.name and problem.advice


def test_a_date_above_a_text_is_not_its_title(tmp_path: Path) -> None:
    found = document(tmp_path, "## Mei 2031\n\nHet bad opent.\n\n## Juni 2031\n\nHet bad sluit.\n")
    assert found.title == "map/nota"


def test_the_first_of_several_sections_is_not_the_title(tmp_path: Path) -> None:
    found = document(tmp_path, "## Budget\n\nHet bad is duur.\n\n## Planning\n\nHet bad opent.\n")
    assert found.title == "map/nota"
    assert document(tmp_path, "## Budget\n\nHet bad is duur.\n").title == "Budget"
