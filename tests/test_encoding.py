"""Decoding text files."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import FileError
from ingest.formats.encoding import decode

WORDS = "Coördinatie van ’s Rijks financiën kost € 5"


@pytest.mark.parametrize(
    "content",
    [
        WORDS.encode(),
        codecs.BOM_UTF8 + WORDS.encode(),
        WORDS.encode("utf-16"),
        codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"),
        WORDS.encode("cp1252"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "utf-16 big end first", "windows-1252"],
)
def test_the_usual_encodings_give_the_same_words(content: bytes) -> None:
    assert decode(content) == WORDS


def test_a_binary_file_is_refused_with_advice() -> None:
    with pytest.raises(FileError) as caught:
        decode(b"PK\x03\x04\x00\x00")
    assert "geen tekstbestand" in caught.value.what
    assert caught.value.advice


@given(st.binary())
def test_any_bytes_give_text_or_a_file_error(content: bytes) -> None:
    try:
        text = decode(content)
    except FileError:
        assert b"\0" in content
    else:
        assert "\r" not in text


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\r\ufeff\ufffe")))
def test_utf8_is_read_exactly(text: str) -> None:
    assert decode(text.encode()) == text


def test_utf16_line_ends_become_plain_ones() -> None:
    assert decode("een\r\ntwee".encode("utf-16")) == "een\ntwee"
