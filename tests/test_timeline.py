"""Timelines: what happens when, in the period that is asked for."""

from __future__ import annotations

from datetime import date

import pytest
from bicycles import BICYCLES, read
from test_evidence import weighed

from assistant.citations import unsupported
from assistant.questions import understand
from assistant.records import Kind
from assistant.timeline import nearest_lines, timeline_lines

TODAY = date(2031, 5, 20)
PLAN = read(
    """\
# Plan voor de haven

De tijdlijn telt zes mijlpalen. Een van de zes mijlpalen is doorlopend.

## Mijlpaal: de kade is klaar

Periode: november 2030

Toelichting: In november 2030 is de kade klaar.

## Mijlpaal: de vuurtoren brandt weer

Periode: januari 2033

Toelichting: In januari 2033 brandt de vuurtoren weer.

## Mijlpaal: de brug gaat open

Periode: mei 2031

Toelichting: In mei 2031 gaat de brug voor verkeer open.

## Mijlpaal: proef met elektrische boten

Periode: maart 2031 t/m september 2032

Toelichting: De proef duurt tot en met september 2032.

## Mijlpaal: het havenfeest

Periode: juli 2031

Toelichting: Op 12 juli 2031 is het havenfeest.

## Mijlpaal: onderhoud van de steigers

Periode: doorlopend

Toelichting: De steigers worden doorlopend onderhouden.
"""
)
KADE, BRUG, BOTEN = "de kade is klaar", "de brug gaat open", "proef met elektrische boten"
FEEST, VUURTOREN, STEIGERS = "het havenfeest", "de vuurtoren brandt weer", "onderhoud van de steig"
ALL = [KADE, BOTEN, BRUG, FEEST, VUURTOREN, STEIGERS]


def said(question: str, today: date = TODAY) -> list[str] | None:
    """Return which milestones the answer holds, in its order."""
    asked = understand(question, today=today)
    assert asked.kind is Kind.TIMELINE
    lines = timeline_lines(asked, weighed(asked, PLAN))
    if lines is None:
        return None
    assert all(unsupported(line) == [] for line in lines)
    return [name for line in lines for name in ALL if name in line.text]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Geef een overzicht van alle mijlpalen.", ALL),
        ("Wat staat er op de planning?", ALL),
        ("Wat gebeurt er in 2031?", [BOTEN, BRUG, FEEST]),
        ("Wat gebeurt er in december 2031?", [BOTEN]),
        ("Wat gebeurde er in april en mei 2031?", [BOTEN, BRUG]),
        ("Welke mijlpalen beginnen in 2031?", [BOTEN, BRUG, FEEST]),
        ("Welke mijlpalen beginnen in 2032?", []),
        ("Welke mijlpalen eindigen in 2032?", [BOTEN]),
        ("Welke mijlpalen zijn doorlopend?", [STEIGERS]),
        ("Wat gebeurt er in de zomer van 2031?", [BOTEN, FEEST]),
        ("Wat gebeurt er na juli 2031?", [BOTEN, VUURTOREN]),
        ("Wat loopt er na juli 2031 nog door?", [BOTEN, VUURTOREN, STEIGERS]),
        ("Wat was er op de tijdlijn al gebeurd voor maart 2031?", [KADE]),
        ("Wat gebeurt er dit jaar nog?", [BOTEN, BRUG, FEEST]),
        ("Wat gebeurt er volgende maand?", [BOTEN]),
        ("Welke mijlpalen lopen er nu?", [BOTEN, BRUG, STEIGERS]),
        ("Welke mijlpalen met een einddatum lopen er nu?", [BOTEN, BRUG]),
        ("Welke mijlpalen zijn al geweest?", [KADE]),
        ("Wat is de eerstvolgende mijlpaal?", [FEEST]),
        ("Wat was de vorige mijlpaal?", [KADE]),
        ("Wat is de eerste mijlpaal?", [KADE]),
        ("Wat is de laatste mijlpaal?", [VUURTOREN]),
        ("Wat is de laatste mijlpaal van 2031?", [FEEST]),
        ("Wat gebeurt er in 2040?", []),
        ("Welke mijlpalen gaan over de brug?", [BRUG]),
        ("Welke mijlpalen zijn er voor het zwembad?", None),
    ],
)
def test_a_timeline_holds_what_is_asked_in_order_of_time(
    question: str, expected: list[str] | None
) -> None:
    assert said(question) == expected


def test_the_next_milestone_moves_on_with_the_day() -> None:
    found = [said("Wat is de volgende mijlpaal?", date(2030, 11, 30))]
    found += [said("Wat is de volgende mijlpaal?", date(2031, month, 2)) for month in (3, 5, 7)]

    assert found == [[BOTEN], [BRUG], [FEEST], [VUURTOREN]]
    assert said("Wat is de volgende mijlpaal?", date(2033, 2, 1)) == []


def test_one_milestone_is_a_sentence_and_more_are_a_list() -> None:
    def texts(question: str) -> list[str]:
        asked = understand(question, today=TODAY)
        return [line.text for line in timeline_lines(asked, weighed(asked, PLAN)) or []]

    assert texts("Wat is de volgende mijlpaal?") == ["Juli 2031: het havenfeest."]
    assert all(text.startswith("- ") for text in texts("Wat gebeurt er in 2031?"))


def test_nothing_in_a_period_gives_what_comes_nearest() -> None:
    asked = understand("Wat gebeurt er in oktober 2034?", today=TODAY)
    (last, *_) = reversed(nearest_lines(asked, weighed(asked, PLAN)))

    assert last.text == "- Januari 2033: de vuurtoren brandt weer."
    assert unsupported(last) == []


def test_a_count_is_the_one_that_the_document_states_and_only_when_it_is_right() -> None:
    def first(question: str) -> str:
        asked = understand(question, today=TODAY)
        return (timeline_lines(asked, weighed(asked, PLAN)) or [])[0].text

    assert first("Hoeveel mijlpalen zijn er?") == "De tijdlijn telt zes mijlpalen."
    assert first("Hoeveel mijlpalen vallen in 2031?").startswith("- Maart 2031")


def test_without_milestones_the_sentences_with_a_date_in_the_period_answer() -> None:
    asked = understand("Wat gebeurt er in mei 2031?")
    document = read(BICYCLES)
    lines = timeline_lines(asked, weighed(asked, document))

    assert [line.text for line in lines or []] == [
        "De stalling aan de Havenkade opent op 3 mei 2031."
    ]
    asked = understand("Wat gebeurt er in mei 2035?")
    assert timeline_lines(asked, weighed(asked, document)) is None


@pytest.mark.parametrize(
    "question",
    [
        "Wat komt er in plaats van de brug?",
        "Welke partijen noemt de tijdlijn?",
        "Staat de brug op de planning?",
        "Wat is een mijlpaal?",
        "Wanneer gaat de brug open?",
        "Wie leidt de proef in 2031?",
        "Wat staat er op de tijdlijn over de brug?",
        "Waarom is er een tijdlijn?",
        "Wat gebeurt er als de brug open is?",
        "Wat kost de brug in 2031?",
    ],
)
def test_a_question_about_something_else_asks_for_no_timeline(question: str) -> None:
    assert understand(question).kind is not Kind.TIMELINE
