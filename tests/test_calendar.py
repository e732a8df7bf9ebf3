"""Milestones in order of time: what stands in a row, what it rests on, what is chosen."""

from __future__ import annotations

from datetime import date

import pytest
from bicycles import read
from hypothesis import given
from hypothesis import strategies as st
from planning import documents

from assistant.calendar import Happening, Phase, chosen, happenings, phase, years
from ingest.dutch.periods import Period
from ingest.milestones import find_milestones
from ingest.records import Document

DATED = """# Agenda

## Maart 2031

De brug gaat open. Er is een feest op de kade.
"""
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


def of(*found: Document) -> tuple[Happening, ...]:
    return happenings((document, find_milestones(document)) for document in found)


@pytest.fixture(scope="module")
def known() -> tuple[Happening, ...]:
    return of(*documents())


def test_they_stand_in_order_of_time_over_documents_and_ongoing_ones_last(
    known: tuple[Happening, ...],
) -> None:
    assert [one.when for one in known] == [
        "maart 2030",
        "mei 2031",
        "september 2031 t/m december 2032",
        "doorlopend",
    ]
    assert [one.document_id for one in known] == ["haven", "planning", "planning", "planning"]


def test_one_quote_holds_what_when_and_why_and_is_as_stored(known: tuple[Happening, ...]) -> None:
    texts = {document.id: document.text for document in documents()}
    for happening in known:
        (quote,) = happening.citations
        assert texts[quote.document_id][quote.start : quote.end] == quote.quote
        for part in (happening.what, happening.when, happening.explanation):
            assert part and part in quote.quote
    assert [one.citations[0].number for one in known] == [1, 2, 3, 4]


def test_a_heading_that_is_a_period_does_not_say_its_title_twice() -> None:
    (happening,) = of(read(DATED))

    assert happening.what == "De brug gaat open."
    assert happening.explanation == "Er is een feest op de kade."
    assert happening.when == "Maart 2031"


def test_an_explanation_stops_before_a_list_and_before_it_is_long() -> None:
    long = " ".join(f"Zin {n} van de uitleg over de brug." for n in range(40))
    (happening,) = of(read(f"# A\n\n## Mijlpaal: brug\n\nPeriode: mei 2031\n\nUitleg: {long}\n"))
    (listing,) = of(
        read(
            "# A\n\n## Mijlpaal: brug\n\nPeriode: mei 2031\n\n"
            "Uitleg: Er is feest. Er komt:\n\n- a\n"
        )
    )

    assert happening.explanation.startswith("Zin 0 van") and len(happening.explanation) <= 320
    assert happening.explanation.endswith("brug.")
    assert listing.explanation == "Er is feest."


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2031, 8, 31), Phase.COMING),
        (date(2031, 9, 1), Phase.NOW),
        (date(2032, 12, 31), Phase.NOW),
        (date(2033, 1, 1), Phase.PAST),
    ],
)
def test_a_period_is_coming_then_now_then_past(
    known: tuple[Happening, ...], today: date, expected: Phase
) -> None:
    assert phase(known[2].period, today) is expected
    assert phase(known[3].period, today) is Phase.ONGOING
    assert phase(Period(0, 4, None, None), today) is Phase.UNDATED


def test_a_year_holds_what_happens_in_part_of_it_and_what_is_ongoing(
    known: tuple[Happening, ...],
) -> None:
    assert years(known) == (2030, 2031, 2032)
    assert [one.when for one in chosen(known, year=2032)] == [known[2].when, "doorlopend"]
    assert [one.when for one in chosen(known, year=2030)] == ["maart 2030", "doorlopend"]


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("", [0, 1, 2, 3]),
        ("sluisdeur", [0]),
        ("Sluisdeuren", [0]),
        ("bakfiets", [2]),
        ("lint", [1]),
        ("hAVENKade", [1]),
        ("paspoort", []),
        ("de", [0, 1, 2, 3]),
    ],
)
def test_a_subject_is_found_in_other_forms_too(
    known: tuple[Happening, ...], subject: str, expected: list[int]
) -> None:
    assert [known.index(one) for one in chosen(known, subject=subject)] == expected


def test_a_document_and_a_subject_must_both_fit(known: tuple[Happening, ...]) -> None:
    assert [one.when for one in chosen(known, document_id="haven")] == ["maart 2030"]
    assert chosen(known, document_id="haven", subject="proef") == ()


def test_there_is_always_a_question_that_names_the_period(known: tuple[Happening, ...]) -> None:
    assert "Welke mijlpalen zijn er in mei 2031?" in known[1].questions
    assert "Welke mijlpalen zijn doorlopend?" in known[3].questions
    assert all(known[1].what in question for question in known[1].questions[:2])


@given(first=DAYS, last=DAYS, today=DAYS)
def test_every_dated_period_is_in_exactly_one_phase(first: date, last: date, today: date) -> None:
    first, last = sorted((first, last))
    found = phase(Period(0, 1, first, last), today)

    assert (found is Phase.PAST) == (last < today)
    assert (found is Phase.COMING) == (today < first)
    assert (found is Phase.NOW) == (first <= today <= last)
