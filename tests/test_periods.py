"""Dates and periods in Dutch text."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dutch.periods import find_periods, is_period

MONTHS = "januari februari maart april mei juni juli augustus september oktober november december"
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


def only(text: str) -> tuple[str, str, str]:
    """Return the one period in `text`: its words, first day and last day."""
    (period,) = find_periods(text)
    return text[period.start : period.end], str(period.first), str(period.last)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("13 juni 2025", "2025-06-13", "2025-06-13"),
        ("juni 2025", "2025-06-01", "2025-06-30"),
        ("Februari 2024", "2024-02-01", "2024-02-29"),
        ("29 februari 2024", "2024-02-29", "2024-02-29"),
        ("13-06-2025", "2025-06-13", "2025-06-13"),
        ("3/6/2025", "2025-06-03", "2025-06-03"),
        ("2025-06-13", "2025-06-13", "2025-06-13"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("eind 2026", "2026-10-01", "2026-12-31"),
        ("begin van 2026", "2026-01-01", "2026-03-31"),
        ("voorjaar 2024", "2024-03-01", "2024-05-31"),
        ("winter 2025", "2024-12-01", "2025-02-28"),
        ("eerste helft van 2026", "2026-01-01", "2026-06-30"),
        ("tweede kwartaal 2026", "2026-04-01", "2026-06-30"),
        ("Q3 2026", "2026-07-01", "2026-09-30"),
        ("schooljaar 2025-2026", "2025-08-01", "2026-07-31"),
        ("schooljaar 2025/26", "2025-08-01", "2026-07-31"),
        ("2023-2025", "2023-01-01", "2025-12-31"),
        ("januari 2026 t/m 2028", "2026-01-01", "2028-12-31"),
        ("januari 2026 - eind 2026", "2026-01-01", "2026-12-31"),
        ("oktober 2025 – december 2025", "2025-10-01", "2025-12-31"),
        ("oktober t/m december 2025", "2025-10-01", "2025-12-31"),
        ("oktober tot en met december 2025", "2025-10-01", "2025-12-31"),
        ("november – februari 2026", "2025-11-01", "2026-02-28"),
        ("1 mei 2025 tot en met 3 juni 2025", "2025-05-01", "2025-06-03"),
        ("2023 tot 2028", "2023-01-01", "2027-12-31"),
        ("1 mei 2025 tot 1 juli 2025", "2025-05-01", "2025-06-30"),
        ("jan. 2026", "2026-01-01", "2026-01-31"),
        ("12 mrt 2026", "2026-03-12", "2026-03-12"),
    ],
)
def test_a_period_covers_the_days_that_its_words_say(words: str, first: str, last: str) -> None:
    assert only(f"Dit geldt {words}, zegt de brief.") == (words, first, last)


@pytest.mark.parametrize("word", ["doorlopend", "Doorlopende", "continu", "permanent"])
def test_what_goes_on_has_no_first_or_last_day(word: str) -> None:
    (period,) = find_periods(f"{word} onderzoek")
    assert period.ongoing and period.first is None and period.last is None


def test_a_day_without_a_year_is_found_but_not_dated() -> None:
    assert only("Op 13 juni kwamen zij bijeen.") == ("13 juni", "None", "None")


def test_between_two_years_is_one_period() -> None:
    assert only("Tussen 2023 en 2025 liep dit.") == ("2023 en 2025", "2023-01-01", "2025-12-31")


def test_two_separate_years_stay_two_periods() -> None:
    assert [str(p.first) for p in find_periods("In 2023 en 2025 was er een ronde.")] == [
        "2023-01-01",
        "2025-01-01",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "31-02-2025 is geen dag",
        "32 mei is geen dag",
        "stcrt-2025-34927",
        "artikel 12 lid 3",
        "bel 030 12 34 567",
        "1250 euro",
        "de maand mei",
        "",
    ],
)
def test_what_is_no_date_is_not_taken_for_one(text: str) -> None:
    assert find_periods(text) == []


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Mei 2025", True),
        ("  Januari 2026 t/m 2028: ", True),
        ("Doorlopend", True),
        ("Doorlopende mijlpaal", True),
        ("Oktober 2025 –\ndecember 2025", True),
        ("In oktober 2025 begint het", False),
        ("Mei 2025 en verder", False),
        ("Plannen 2025", False),
        ("", False),
    ],
)
def test_a_line_is_a_period_only_when_it_holds_nothing_else(text: str, is_one: bool) -> None:
    assert is_period(text) is is_one


@given(DAYS)
def test_every_day_is_read_however_it_is_written(day: date) -> None:
    name = MONTHS.split()[day.month - 1]
    for written in (
        f"{day.day} {name} {day.year}",
        f"{day.day} {name.capitalize()} {day.year}",
        f"{day.day:02}-{day.month:02}-{day.year}",
        f"{day.day}/{day.month}/{day.year}",
        day.isoformat(),
    ):
        assert only(f"Op {written} om elf uur.") == (written, str(day), str(day))


@given(DAYS, st.integers(1, 2000))
def test_two_days_joined_make_one_period(first: date, length: int) -> None:
    last = min(first + timedelta(days=length), date(2099, 12, 31))
    if last == first:
        return
    written = [f"{d.day} {MONTHS.split()[d.month - 1]} {d.year}" for d in (first, last)]
    for link, days in ((" t/m ", 0), (" tot en met ", 0), (" – ", 0), (" tot ", 1)):
        found = only(f"Van {link.join(written)}.")
        assert found == (link.join(written), str(first), str(last - timedelta(days=days)))


SCRAPS = st.sampled_from(
    ["2025", "1999", "31", "0", "februari", "mei", "tot", "t/m", "en", "van", "eind", "winter",
     "schooljaar", "-", "–", "/", ".", "13-13-2025", "29 februari 2025", "doorlopend", "kwartaal",
     "eerste", "q1", "halverwege", "tot en met", "\n"]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(SCRAPS).map(" ".join), st.lists(SCRAPS).map("".join)))
def test_any_text_gives_periods_in_order_that_do_not_overlap_and_do_not_end_early(
    text: str,
) -> None:
    position = 0
    for period in find_periods(text):
        assert position <= period.start < period.end <= len(text)
        position = period.end
        assert (period.first is None) == (period.last is None)
        if period.first is not None and period.last is not None:
            assert period.first <= period.last
            assert not period.ongoing
