"""Questions that ask two things, on documents that are made up."""

from __future__ import annotations

import pytest

from assistant.double import parts_of
from assistant.pipeline import Assistant
from assistant.records import Status
from assistant.trace import Reason


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "Wanneer opent het zwembad en wie betaalt het?",
            ("Wanneer opent het zwembad?", "Wie betaalt het zwembad?"),
        ),
        (
            "Wie is de projectleider? En hoe kan ik haar bereiken?",
            ("Wie is de projectleider?", "Hoe kan ik de projectleider bereiken?"),
        ),
        (
            "Wat is een deelbak, en hoeveel kost lenen",
            ("Wat is een deelbak?", "Hoeveel kost lenen?"),
        ),
    ],
)
def test_two_questions_in_one_become_two_that_stand_alone(
    question: str, parts: tuple[str, str]
) -> None:
    assert parts_of(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "Wanneer opent het zwembad?",
        "Wie regelt de opvang en het vervoer?",
        "Welke scholen en welke instellingen doen mee?",
        "Wat is het verschil tussen een bakfiets en een deelauto?",
        "",
    ],
)
def test_one_question_stays_one(question: str) -> None:
    assert parts_of(question) is None


def test_both_are_answered(bicycles: Assistant) -> None:
    answer = bicycles.ask("Wat is een deelbak en hoeveel geld is er voor de stallingen?")

    assert answer.status is Status.ANSWERED
    assert "bakfiets" in answer.text and "380.000 euro" in answer.text
    assert answer.trace.why.reason is Reason.IN_PARTS
    assert len(answer.trace.parts) == 2


@pytest.mark.parametrize(
    ("question", "said", "missing"),
    [
        ("Wie is de projectleider en wat is de hoofdstad van Peru?", "Oldenziel", "tweede"),
        ("Wat is de hoofdstad van Peru en wie is de projectleider?", "Oldenziel", "eerste"),
    ],
)
def test_half_an_answer_says_which_half_is_missing(
    bicycles: Assistant, question: str, said: str, missing: str
) -> None:
    answer = bicycles.ask(question)

    assert answer.status is Status.PARTIAL
    assert said in answer.text
    assert f"Over het {missing} deel van je vraag staat niets in de bronnen." in answer.text
    assert "Peru" not in answer.text
    for citation in answer.citations:
        document = bicycles.document(citation.document_id)
        assert document.text[citation.start : citation.end] == citation.quote


def test_two_things_of_which_nothing_is_known_are_refused(bicycles: Assistant) -> None:
    answer = bicycles.ask("Wat is de hoofdstad van Peru en wie won de Tour?")

    assert answer.status is Status.NOT_FOUND
