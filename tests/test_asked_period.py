"""Reading when a question is about."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.asked_period import read_period, words_of_time
from assistant.records import AskedPeriod, Relation, Window
from assistant.relative_dates import in_absolute_dates
from ingest.dutch.periods import Period

TODAY = date(2031, 11, 22)
MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
YEARS = st.integers(2000, 2090)
ANY_MONTH = st.integers(1, 12)
ANY_DAY = st.dates(date(2001, 1, 1), date(2090, 12, 31))


def read(question: str, today: date = TODAY) -> AskedPeriod:
    found = read_period(question, today)
    assert found is not None
    return found


def window(question: str, today: date = TODAY) -> tuple[str | None, str | None]:
    """Return the first and last day of the only window."""
    (only,) = read(question, today).windows
    return (str(only.first) if only.first else None, str(only.last) if only.last else None)


def month(year: int, number: int) -> tuple[str, str]:
    last = calendar.monthrange(year, number)[1]
    return f"{year}-{number:02}-01", f"{year}-{number:02}-{last}"


def after(day: str) -> str:
    return str(date.fromisoformat(day) + timedelta(1))


def before(day: str) -> str:
    return str(date.fromisoformat(day) - timedelta(1))


@given(YEARS, ANY_MONTH)
def test_a_month_is_read_with_the_word_before_it(year: int, number: int) -> None:
    name = f"{MONTHS[number - 1]} {year}"
    first, last = month(year, number)

    assert window(f"Wat gebeurt er in {name}?") == (first, last)
    assert window(f"Wat gebeurt er na {name}?") == (after(last), None)
    assert window(f"Wat gebeurt er vanaf {name}?") == (first, None)
    assert window(f"Wat was er al gebeurd voor {name}?") == (None, before(first))
    assert window(f"Wat moet uiterlijk {name} klaar zijn?") == (None, last)
    assert window(f"Wat staat er voor {name} op de planning?") == (first, last)


@given(YEARS)
def test_a_year_is_read_with_the_word_before_it(year: int) -> None:
    assert window(f"Welke mijlpalen vallen in {year}?") == (f"{year}-01-01", f"{year}-12-31")
    assert window(f"Wat loopt er na {year} nog door?") == (f"{year + 1}-01-01", None)
    assert window(f"Wat begint er in de eerste drie maanden van {year}?") == (
        f"{year}-01-01", f"{year}-03-31"
    )  # fmt: skip
    assert window(f"Wat is er in het laatste kwartaal van {year}?") == (
        f"{year}-10-01", f"{year}-12-31"
    )  # fmt: skip


@given(ANY_DAY)
def test_relative_years_and_months_follow_the_day(today: date) -> None:
    for which, step in (("vorig", -1), ("dit", 0), ("volgend", 1)):
        year = today.year + step
        asked = f"Wat is er {which} jaar te doen?"
        assert window(asked, today) == (f"{year}-01-01", f"{year}-12-31")
    for which, step in (("vorige", -1), ("deze", 0), ("volgende", 1)):
        year, index = divmod(today.year * 12 + today.month - 1 + step, 12)
        assert window(f"Wat is er {which} maand te doen?", today) == month(year, index + 1)


@given(ANY_DAY, ANY_MONTH)
def test_a_month_without_a_year_is_the_coming_one_or_the_last_one(today: date, number: int) -> None:
    name = MONTHS[number - 1]
    _, coming = window(f"Wat gebeurt er in {name}?", today)
    past, _ = window(f"Wat gebeurde er in {name}?", today)

    assert coming is not None and past is not None
    assert str(today) <= coming < str(today + timedelta(400))
    assert str(today - timedelta(400)) < past <= str(today)


@given(ANY_DAY, st.integers(1, 11))
def test_a_window_up_to_today_and_one_from_today_have_the_length_asked(
    today: date, count: int
) -> None:
    first, last = window(f"Wat gebeurde er in de afgelopen {count} maanden?", today)
    assert last == str(today)
    assert first is not None
    ago = today.year * 12 + today.month - int(first[:4]) * 12 - int(first[5:7])
    assert ago == count
    first, last = window(f"Wat gebeurt er in de komende {count} weken?", today)
    assert (first, last) == (str(today), str(today + timedelta(7 * count)))


@given(ANY_DAY)
def test_the_rest_of_the_year_begins_today(today: date) -> None:
    for asked in ("Wat komt er dit jaar nog?", "Wat komt er nog dit jaar?"):
        assert window(asked, today) == (str(today), f"{today.year}-12-31")
    assert window("Wat is er dit jaar al gebeurd?", today) == (f"{today.year}-01-01", str(today))


@given(st.text(max_size=80), ANY_DAY)
def test_any_text_is_read_without_an_error_and_says_where(text: str, today: date) -> None:
    read_period(text, today)
    for span in words_of_time(text):
        assert 0 <= span.start < span.end <= len(text)


@pytest.mark.parametrize(
    ("question", "relation", "days"),
    [
        ("Wat is de eerstvolgende mijlpaal?", Relation.NEXT, ("2031-11-23", None)),
        ("Wat is de volgende mijlpaal?", Relation.NEXT, ("2031-11-23", None)),
        ("Wat was de vorige mijlpaal?", Relation.LAST, (None, "2031-11-21")),
        ("Wat was de laatste mijlpaal?", Relation.LAST, (None, "2031-11-21")),
        ("Wat is de laatste mijlpaal?", Relation.LAST, (None, None)),
        ("Wat is de eerste mijlpaal?", Relation.NEXT, (None, None)),
        ("Welke mijlpalen zijn al geweest?", Relation.ENDS, (None, "2031-11-21")),
        ("Welke mijlpalen zijn doorlopend?", Relation.ONGOING, (None, None)),
        ("Welke mijlpalen lopen er nu?", Relation.DURING, ("2031-11-22", "2031-11-22")),
        ("Welke mijlpalen moeten nog komen?", Relation.DURING, ("2031-11-22", None)),
        ("Welke mijlpalen beginnen in 2032?", Relation.STARTS, ("2032-01-01", "2032-12-31")),
        ("Welke mijlpalen eindigen in 2032?", Relation.ENDS, ("2032-01-01", "2032-12-31")),
        ("Wat gebeurt er in de zomer van 2032?", Relation.DURING, ("2032-06-01", "2032-08-31")),
        ("Wat gebeurde er afgelopen zomer?", Relation.DURING, ("2031-06-01", "2031-08-31")),
        ("Wat gebeurt er volgende week?", Relation.DURING, ("2031-11-24", "2031-11-30")),
        ("Wat gebeurt er over twee jaar?", Relation.DURING, ("2033-01-01", "2033-12-31")),
        ("Wat was er drie maanden geleden?", Relation.DURING, ("2031-08-01", "2031-08-31")),
        ("Wat is er morgen?", Relation.DURING, ("2031-11-23", "2031-11-23")),
        ("Wat gebeurt er begin volgend jaar?", Relation.DURING, ("2032-01-01", "2032-03-31")),
        ("Wat was er op 13 juni?", Relation.DURING, ("2031-06-13", "2031-06-13")),
    ],
)
def test_a_question_about_time_is_read(
    question: str, relation: Relation, days: tuple[str | None, str | None]
) -> None:
    assert read(question).relation is relation
    assert window(question) == days


@pytest.mark.parametrize(
    "question",
    [
        "Wat komt er in plaats van de stalling?",
        "Wie leidt het laatste jaar van de proef?",
        "Wat is een deelbak?",
        "Hoeveel geld is er voor de mei-actie?",
    ],
)
def test_a_question_that_is_not_about_a_time_has_no_period(question: str) -> None:
    assert read_period(question, TODAY) is None


def test_months_that_share_a_year_are_each_a_window() -> None:
    found = read("Wat gebeurde er in juni en augustus 2031?").windows

    assert [(str(w.first), str(w.last)) for w in found] == [month(2031, 6), month(2031, 8)]


@pytest.mark.parametrize("today", [date.min, date.max])
def test_the_first_and_the_last_day_there_is_are_days_too(today: date) -> None:
    for asked in ("over 99 jaar", "90 jaar geleden", "morgen", "volgende week", "in mei", "nu"):
        read_period(f"Wat gebeurt er {asked}?", today)
    assert read_period("Wat is de volgende mijlpaal?", today) is not None


def test_only_words_that_no_document_holds_are_marked() -> None:
    question = "Wat gebeurde er vorige maand en in mei 2031?"

    assert {question[s.start : s.end] for s in words_of_time(question)} == {"vorige maand"}


def test_a_month_before_one_of_the_next_year_is_of_the_year_before() -> None:
    assert in_absolute_dates("van november t/m januari 2032", TODAY).startswith("van november 2031")


def test_a_relation_says_what_part_of_a_thing_counts() -> None:
    year = (Window(date(2031, 1, 1), date(2031, 12, 31)),)
    thing = Period(0, 1, date(2030, 6, 1), date(2031, 3, 31))
    ongoing = Period(0, 1, None, None, ongoing=True)

    assert AskedPeriod(Relation.DURING, year, False).matches(thing)
    assert AskedPeriod(Relation.ENDS, year, False).matches(thing)
    assert not AskedPeriod(Relation.STARTS, year, False).matches(thing)
    assert not AskedPeriod(Relation.ONGOING, year, True).matches(thing)
    assert AskedPeriod(Relation.ONGOING, year, True).matches(ongoing)
    assert not AskedPeriod(Relation.DURING, year, False).matches(ongoing)
