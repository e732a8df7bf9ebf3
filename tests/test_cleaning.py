"""Cleaning: what a reader cannot see goes, what a reader sees stays."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.cleaning import clean


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


# Letters with what can hide between them: accents, spaces, joiners, line ends.
TRICKY = st.text(
    "ae \t\n\r\u00a0\u0301\u0338\u0327\u200b\u200d\u00ad\u202e\u2028\x0b\x85\ufeff>\udc80"
)


@given(TRICKY)
def test_cleaning_twice_is_cleaning_once_for_hidden_characters(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.one_of(st.text(), TRICKY))
def test_nothing_invisible_and_no_double_space_is_left(text: str) -> None:
    result = clean(text)
    categories = {unicodedata.category(char) for char in result if char != "\n"}
    assert not categories & {"Cc", "Cf", "Co", "Cs", "Cn"}
    assert "  " not in result
    assert all(line == line.strip() for line in result.split("\n"))
    assert result.encode("utf-8").decode("utf-8") == result


VISIBLE = st.characters(
    codec="utf-8", categories=("L", "N", "P", "S", "Zs"), exclude_characters="Ĳĳﬀﬁﬂﬃﬄﬅﬆ\u2010\u2011"
)


@given(st.text(VISIBLE))
def test_visible_characters_stay_in_order(text: str) -> None:
    kept = "".join(clean(text).split())
    assert kept == "".join(unicodedata.normalize("NFC", text).split())


@pytest.mark.parametrize(
    ("dirty", "tidy"),
    [
        ("onder\u00adwijs", "onderwijs"),  # soft hyphen
        ("on\u200bder\u2060wijs", "onderwijs"),  # zero-width space, word joiner
        ("\ufeffWet", "Wet"),  # byte order mark
        ("veilig\u202egnilietsni\u202c", "veiliggnilietsni"),  # turned reading direction
        ("Hallo\U000e0049\U000e0047", "Hallo"),  # tag characters carry hidden instructions
        ("a\u00a0b\u2003c\td", "a b c d"),  # kinds of space
        ("e\u0301e\u0301n", "één"),  # composed accents
        ("mogel\u0133k, e\ufb03ciënt", "mogelijk, efficiënt"),  # one sign for several letters
        ("010\u2011123", "010-123"),  # a hyphen that keeps a number on one line
        ("bel\x07 mij\x00", "bel mij"),  # control codes
        ("een\r\ntwee\rdrie", "een\ntwee\ndrie"),  # line ends
        ("a \u200b b", "a b"),  # a hidden character between spaces
        ("\n\n  Kop  \n\n", "Kop"),
        ("alinea een\n\nalinea twee", "alinea een\n\nalinea twee"),
        ("", ""),
    ],
)
def test_hidden_characters_go_and_words_stay(dirty: str, tidy: str) -> None:
    assert clean(dirty) == tidy
