"""Two dates for the same thing; amounts are in test_choosing.py."""

from __future__ import annotations

import pytest
from bicycles import read
from test_evidence import ranked

from assistant.choosing import choose, good_enough, judge
from assistant.questions import understand

QUESTION = "Wanneer opent de stalling aan de Havenkade?"


def conflicts(*sentences: str, question: str = QUESTION) -> bool:
    document = read("# De haven\n\n## Stalling\n\n" + "\n\n".join(sentences) + "\n")
    asked = understand(question)
    choice = choose(asked, good_enough(judge(asked, ranked(question, document))))
    assert choice.evidence
    return choice.conflict


def test_two_dates_for_the_same_thing_are_a_conflict() -> None:
    assert conflicts(
        "De stalling aan de Havenkade opent op 3 mei 2031.",
        "De stalling aan de Havenkade opent op 7 juni 2031.",
    )


def test_who_gives_a_date_makes_it_no_other_thing() -> None:
    assert conflicts(
        "Volgens de begroting opent de stalling aan de Havenkade op 3 mei 2031.",
        "Volgens het raadsbesluit opent de stalling aan de Havenkade op 7 juni 2031.",
    )


@pytest.mark.parametrize(
    "other",
    [
        "De stalling aan de Havenkade opent in mei 2031.",  # the same, less exact
        "De stalling aan de Havenkade opent op 3 mei 2031.",
        "De stalling aan de Havenkade opent in mei of in juni.",  # of which year?
        "De tweede stalling aan de Havenkade opent op 7 juni 2031.",
        "De stalling aan de Havenkade opent op 7 juni 2031 voor bakfietsen.",
        "De stalling aan het Marktplein opent op 7 juni 2031.",
        "De stalling aan de Havenkade sluit op 7 juni 2031.",
        "De stalling aan de Havenkade opent op 3 mei 2031 en op 7 juni 2031.",
    ],
)
def test_a_date_that_fits_or_is_of_something_else_is_no_conflict(other: str) -> None:
    assert not conflicts("De stalling aan de Havenkade opent op 3 mei 2031.", other)


def test_a_beginning_and_an_end_are_no_conflict() -> None:
    begin, end = "De proef begint in mei 2031.", "De proef eindigt in september 2032."

    assert not conflicts(begin, end, question="Wanneer is de proef?")
    assert not conflicts(begin, end, question="Wanneer begint de proef?")


def test_rows_of_one_table_are_about_different_things() -> None:
    rows = (
        "| Leeftijd | Bijdrage |",
        "|---|---|",
        "| 4 tot 12 | 120 euro |",
        "| 12 tot 18 | 275 euro |",
    )

    assert not conflicts("\n".join(rows), question="Hoeveel is de bijdrage?")


def test_a_sentence_that_says_more_does_not_contradict() -> None:
    one = "De bijdrage voor de steigers is 400 euro."
    more = "De bijdrage voor de steigers is 400 euro, en voor de kade 900 euro."
    other = "De bijdrage voor de steigers is 500 euro."

    assert not conflicts(one, more, question="Hoeveel is de bijdrage voor de steigers?")
    assert conflicts(one, other, question="Hoeveel is de bijdrage voor de steigers?")
