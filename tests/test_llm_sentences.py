"""Sentences of a model come out whole, with their markers, however the text is cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.llm.sentences import sentences

TEXT = (
    "<think>Eens zien. Dit is niet voor de lezer. [1]</think>Hier is het:\n"
    "1. De proef duurt tot en met 3 mei 2031 [1, 2]. **Let op:** dit is bijv. art. 5 [2]\n"
    "- Mail werkplaats@duinrade.example. [3] [4] Het kost 2,50 euro [1] Bel de gemeente. [1"
)
WHOLE = [
    "Hier is het:",
    "De proef duurt tot en met 3 mei 2031 [1, 2].",
    "Let op: dit is bijv. art. 5 [2]",
    "Mail werkplaats@duinrade.example. [3] [4]",
    "Het kost 2,50 euro [1]",
    "Bel de gemeente.",
    "[1",
]


def test_markers_stay_with_the_sentence_before_them_and_layout_and_thoughts_go() -> None:
    assert list(sentences([TEXT])) == WHOLE


@given(cuts=st.lists(st.integers(0, len(TEXT)), max_size=40))
def test_it_makes_no_difference_how_the_text_is_cut(cuts: list[int]) -> None:
    places = [0, *sorted(cuts), len(TEXT)]
    pieces = [TEXT[a:b] for a, b in zip(places, places[1:], strict=False)]

    assert list(sentences(pieces)) == WHOLE


@pytest.mark.parametrize("size", [1, 3, 50])
def test_a_sentence_comes_before_the_text_ends(size: int) -> None:
    text = "De stalling opent op 3 mei. [1] De proef duurt lang. [2] En dan nog iets anders. [3]"
    taken: list[str] = []

    def pieces() -> object:
        for start in range(0, len(text), size):
            taken.append(text[start : start + size])
            yield taken[-1]

    found = sentences(pieces())  # type: ignore[arg-type]

    assert next(found) == "De stalling opent op 3 mei. [1]"
    assert len("".join(taken)) < len(text)
