"""Asking back when a question is too vague."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.clarify import ask_back, choices, is_vague, narrowed
from assistant.followup import standalone_of
from assistant.questions import understand
from assistant.records import Hit
from ingest.facts import Fact, FactKind
from ingest.records import Passage

VAGUE = [
    "Hoeveel geld is er?",
    "Wanneer is het?",
    "Wat is het mailadres?",
    "Wie doet dat?",
    "Waarom?",
    "korting",
    "Korting?",
    "Hoe hoog is die korting?",
]
CLEAR = [
    "Wat kost de stadspas?",
    "Wanneer is de kermis?",
    "Hoeveel geld is er voor de brug?",
    "korting voor ouderen",
    "WOZ",
    "Wat is WOZ?",
    "OpMaat",
    "Wat gebeurt er nu?",
    "Wat staat er op de planning?",
    "Is die korting ook voor ouderen?",
    "?!",
    "",
]


def hit(number: int, heading: str, text: str = "Hier staat iets.") -> Hit:
    passage = Passage(f"p{number}", "d", number * 100, number * 100 + 99, text, (heading,), None)
    return Hit(passage, 1.0 / (number + 1))


def amounts(*values: tuple[int, str]) -> Sequence[Fact]:
    """Return an amount in the passage with each number."""
    return [Fact(FactKind.AMOUNT, n * 100 + 5, n * 100 + 9, value) for n, value in values]


HITS = [hit(0, "Korting voor ouderen"), hit(1, "Bijdrage voor clubs"), hit(2, "Fase: bijlage")]


@pytest.mark.parametrize("text", VAGUE)
def test_a_question_without_a_subject_is_vague(text: str) -> None:
    assert is_vague(understand(text))


@pytest.mark.parametrize("text", CLEAR)
def test_a_question_with_a_subject_is_never_vague(text: str) -> None:
    assert not is_vague(understand(text))


@pytest.mark.parametrize("text", VAGUE[:4])
def test_a_subject_in_the_conversation_is_enough(text: str) -> None:
    assert not is_vague(understand(text, ["Wanneer opent het zwembad?"]))


def test_the_choices_are_headings_above_the_sort_of_fact_that_is_asked_for() -> None:
    facts = amounts((0, "100"), (2, "200"))

    found = choices(understand("Hoeveel geld is er?"), HITS, lambda _: facts)

    assert found == ["Korting voor ouderen", "bijlage"]


def test_one_answer_in_the_sources_leaves_nothing_to_choose() -> None:
    facts = amounts((0, "100"), (1, "100"))

    assert len(choices(understand("Hoeveel geld is er?"), HITS, lambda _: facts)) == 1


def test_without_any_answer_there_is_nothing_to_choose() -> None:
    assert choices(understand("Hoeveel geld is er?"), HITS, lambda _: []) == []
    assert choices(understand("Hoeveel geld is er?"), [], lambda _: []) == []


def test_one_word_leads_to_what_it_stands_under_and_what_it_names_comes_first() -> None:
    hits = [
        hit(0, "Prijzen", "De korting is groot."),
        hit(1, "Korting voor clubs"),
        hit(2, "Kortingen voor ouderen"),
        hit(3, "Wegen"),
    ]

    found = choices(understand("korting"), hits, lambda _: [])

    assert found == ["Korting voor clubs", "Kortingen voor ouderen", "Prijzen"]
    assert choices(understand("wegen"), hits, lambda _: []) == []


def test_there_are_four_choices_at_most() -> None:
    hits = [
        hit(n, f"Fonds {name}") for n, name in enumerate(("noord", "zuid", "oost", "west", "x"))
    ]
    facts = amounts(*((n, str(n)) for n in range(5)))

    assert len(choices(understand("Hoeveel geld is er?"), hits, lambda _: facts)) == 4


def test_a_choice_typed_as_an_answer_makes_the_question_whole() -> None:
    question = understand("Hoeveel geld is er?")
    text = ask_back(["Korting voor ouderen"])
    choice = text.splitlines()[-1].removeprefix("- ")

    assert standalone_of(choice, [question.text]) == narrowed(question, choice)
    assert not is_vague(understand(choice, [question.text]))


@given(st.text(max_size=80))
def test_any_text_can_be_judged(text: str) -> None:
    question = understand(text)

    if is_vague(question):
        assert len(choices(question, HITS, lambda _: amounts((0, "1"), (1, "2")))) <= 4
