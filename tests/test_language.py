"""Telling English from Dutch."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language import is_english, with_note
from assistant.records import Status

ENGLISH = [
    "When does the pool open?",
    "Who pays?",
    "How much is it?",
    "Is the museum free of charge?",
    "opening hours of the library",
    "WHAT DOES WOZ MEAN?",
    "What’s the fine?",
]
DUTCH = [
    "Wanneer opent het zwembad?",
    "Wat is School to Care?",
    "Wie leidt het Framework for the Future in de stad?",
    "Is de bus of de tram sneller?",
    "Was was er over in de week?",
    "subsidie",
    "En dan?",
    "",
]


@pytest.mark.parametrize("text", ENGLISH)
def test_a_question_in_english_is_seen(text: str) -> None:
    assert is_english(text)


@pytest.mark.parametrize("text", DUTCH)
def test_a_dutch_question_is_not_english_also_when_it_names_something_english(text: str) -> None:
    assert not is_english(text)


@given(st.text(max_size=200))
def test_any_text_is_in_one_language_and_always_the_same(text: str) -> None:
    assert is_english(text) is is_english(text)
    assert is_english(text.upper()) is is_english(text.upper().lower())


@pytest.mark.parametrize("status", Status)
def test_an_english_asker_reads_in_english_that_the_sources_are_dutch(status: Status) -> None:
    text = with_note("Who pays for the bridge?", status, "De stad betaalt. [1]")

    note, *answer = text.split("\n\n")
    assert "in Dutch" in note
    assert answer == ["De stad betaalt. [1]"]
    assert with_note("Wie betaalt de brug?", status, "De stad. [1]") == "De stad. [1]"
