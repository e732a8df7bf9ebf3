"""Words found in answers and documents, sentences and what they cite."""

from __future__ import annotations

import pytest
from bicycles import BICYCLES, read
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluation.matching import holding, holds, spans_of, without_markers
from assistant.evaluation.records import Evidence
from assistant.evaluation.support import is_held, loose_numbers, sentences_of
from ingest.records import Span
from ingest.splitting import split

DOCUMENT = read(BICYCLES)
PASSAGES = split(DOCUMENT)
words = st.text("abcé12", min_size=1, max_size=5)


@pytest.mark.parametrize(
    ("text", "phrase", "found"),
    [
        ("Ruim 41 miljoen euro", "41 MILJOEN", True),
        ("Ruim 41\u00a0miljoen\n euro", "41 miljoen  euro", True),
        ("41,5 miljoen", "5 miljoen", False),
        ("1.41 miljoen", "41 miljoen", False),
        ("380.000 euro", "380", False),
        ("Het kost 380.", "380", True),
        ("Het kost 380, en meer", "380", True),
        ("12 coalities", "2 coalities", False),
        ("elfhonderd", "elf", False),
        ("één of elf", "elf", True),
        ("€ 5 per uur", "€ 5", True),
        ("mail naar info@awrj.nl.", "info@awrj.nl", True),
        ("de school's ‘plan’", "'plan'", True),
        ("Vroom – Kasper", "Vroom - Kasper", True),
        ("iets", "iets anders", False),
    ],
)
def test_a_phrase_is_found_as_whole_words_and_whole_numbers(
    text: str, phrase: str, found: bool
) -> None:
    assert holds(text, phrase) is found


@given(st.lists(words, min_size=1, max_size=8), st.data())
def test_words_in_a_row_are_found_and_other_words_are_not(
    said: list[str], data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(said) - 1))
    last = data.draw(st.integers(first + 1, len(said)))
    text = "\u00a0 ".join(said)

    assert holds(text, " ".join(said[first:last]))
    assert not holds(text, said[first] + "x")


def test_a_quote_is_placed_at_its_offsets_wherever_it_stands() -> None:
    (span,) = spans_of(Evidence("d", "Lenen kost 2,50 euro"), DOCUMENT, PASSAGES)
    everywhere = spans_of(Evidence("d", "leenfiets"), DOCUMENT, PASSAGES)

    assert DOCUMENT.text[span.start : span.end] == "Lenen kost 2,50 euro"
    assert len(everywhere) > 2
    assert all(DOCUMENT.text[s.start : s.end].lower() == "leenfiets" for s in everywhere)


def test_words_are_placed_in_the_passages_that_hold_them_all() -> None:
    (span,) = spans_of(Evidence("d", words=("2,50", "stallingen")), DOCUMENT, PASSAGES)

    assert "380.000" in DOCUMENT.text[span.start : span.end]
    assert spans_of(Evidence("d", words=("2,50", "laadpalen")), DOCUMENT, PASSAGES) == []
    assert spans_of(Evidence("d", "3,50 euro"), DOCUMENT, PASSAGES) == []


def test_a_passage_holds_a_place_whole_or_else_in_part() -> None:
    first, second = PASSAGES[:2]
    inside = Span(first.start + 1, first.start + 5)
    across = Span(first.end - 3, second.start + 3)

    assert holding([inside], PASSAGES) == {first.id}
    assert holding([across], PASSAGES) == {first.id, second.id}
    assert holding([], PASSAGES) == set()


def test_markers_go_and_words_stay() -> None:
    assert without_markers("Een zin. [1][2] En [jaar] meer [3].") == "Een zin. En [jaar] meer."


def test_a_marker_counts_for_the_sentences_before_it() -> None:
    text = (
        "Dit zijn de stappen:\n- Maak een pas. [1]\n1. Houd hem vast. Zet hem terug. [2][3] Klaar."
    )

    assert [(s.text, s.numbers) for s in sentences_of(text)] == [
        ("Maak een pas.", (1,)),
        ("Houd hem vast.", (2, 3)),
        ("Zet hem terug.", (2, 3)),
        ("Klaar.", ()),
    ]


def test_an_introduction_that_states_something_needs_a_source() -> None:
    assert [s.text for s in sentences_of("In mei 2025 zijn dit de stappen:")] != []
    assert [s.text for s in sentences_of("Volgens Marijke Oldenziel is dit zo:")] != []


@pytest.mark.parametrize(
    ("sentence", "quotes", "held"),
    [
        ("Er zijn 46 fietsen.", ["Er zijn 46 fietsen in de binnenstad."], True),
        ("Er zijn 47 fietsen.", ["Er zijn 46 fietsen in de binnenstad."], False),
        ("Er zijn 46 fietsen.", ["Er zijn 46.000 fietsen."], False),
        ("Mei 2031: de stalling opent.", ["mei 2031", "de stalling opent"], True),
        ("Juni 2031: de stalling opent.", ["mei 2031", "de stalling opent"], False),
        ("De projectleider is Jan.", ["De projectleider is Marijke."], False),
        ("De gemeente betaalt het.", ["de gemeente betaalt"], True),
        ("De provincie regelt dat.", ["de gemeente betaalt"], False),
        ("De gemeente betaalt het.", [], False),
    ],
)
def test_quotes_hold_a_sentence_with_its_numbers_months_and_names(
    sentence: str, quotes: list[str], held: bool
) -> None:
    assert is_held(sentence, quotes) is held


def test_every_sentence_of_a_document_holds_itself() -> None:
    sentences = list(sentences_of(DOCUMENT.text))

    assert len(sentences) > 15
    assert all(is_held(sentence.text, [sentence.text]) for sentence in sentences)


def test_loose_numbers_are_those_that_no_quote_holds() -> None:
    answer = "1. Er zijn 46 fietsen en twaalf palen, in mei 2031. [1]"

    assert loose_numbers(answer, ["46 fietsen", "mei"]) == ["twaalf", "2031"]
