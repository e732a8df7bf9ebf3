"""Choosing the statements that together answer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bicycles import read
from test_evidence import ranked

from assistant.choosing import Choice, choose, good_enough, judge
from assistant.questions import understand
from ingest.records import Document

HARBOUR = read(
    """\
# De haven

## Vergunningen

Een vergunning voor een ligplaats kost 400 euro per jaar. Het college besluit binnen zes weken.
De havenmeester is Karel Zwart. De sluiswachter is Marie Blauw.

## Bijdrage

Volgens de begroting is de bijdrage voor de steigers 90.000 euro.

Volgens het raadsbesluit is de bijdrage voor de steigers 120.000 euro.

## Links

Direct naar de vergunning voor een ligplaats
"""
)


def chosen(question: str, document: Document = HARBOUR) -> Choice:
    asked = understand(question)
    return choose(asked, good_enough(judge(asked, ranked(question, document))))


def texts(question: str) -> list[str]:
    return [evidence.statement.text for evidence in chosen(question).evidence]


def test_names_that_stand_in_two_sentences_are_answered_with_both() -> None:
    said = " ".join(texts("Wat doen Karel Zwart en Marie Blauw?"))

    assert "Karel Zwart" in said and "Marie Blauw" in said


def test_a_name_that_stands_nowhere_leaves_nothing_to_answer_with() -> None:
    assert texts("Wat doet Karel Zwart?")
    assert not texts("Wat doet Karel Groen?")


@pytest.mark.parametrize(("question", "is_enough"), [
    ("Wat kost een vergunning voor een ligplaats?", True),
    ("Wat kost een kopje koffie met gebak op het terras van de haven?", False),
    ("Hoeveel betaal je voor het houden van een olifant in de haven?", False),
])  # fmt: skip
def test_words_that_are_shared_by_chance_are_no_answer(question: str, is_enough: bool) -> None:
    assert bool(chosen(question).evidence) is is_enough


def test_only_the_first_has_to_be_sure_enough() -> None:
    asked = understand("Wat kost een vergunning voor een ligplaats?")
    first = ranked(asked.text, HARBOUR)[0]
    unsure = replace(first, score=first.score - 1, sufficiency=-1.0)
    far = replace(unsure, score=first.score - 9)

    assert good_enough(judge(asked, [first, unsure, far])) == [first, unsure]
    assert not good_enough(judge(asked, [unsure, far]))


def test_two_amounts_for_one_thing_are_a_conflict() -> None:
    choice = chosen("Hoeveel is de bijdrage voor de steigers?")

    assert choice.conflict
    assert len(choice.evidence) == 2


def test_one_amount_is_no_conflict() -> None:
    choice = chosen("Wat kost een vergunning voor een ligplaats?")

    assert not choice.conflict
    assert "400 euro" in choice.evidence[0].statement.text


def test_what_is_counted_per_something_else_is_not_answered() -> None:
    assert not texts("Wat kost een vergunning voor een ligplaats per meter?")


def test_a_line_that_leads_to_another_page_is_passed_over() -> None:
    assert all("Direct naar" not in text for text in texts("Wat kost een vergunning?"))


def test_what_people_think_is_not_answered_with_what_is() -> None:
    assert not texts("Wat vinden de schippers van de vergunning voor een ligplaats?")
