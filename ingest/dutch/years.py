"""Give a day without a year the year that its document leaves no doubt about.

In:  a Document, a Period without a year ("op 13 juni", "week 24").
Out: its first and last day: the year of the heading above it, of the section's own period
     ("Periode: juni 2025"), else of the document's date when the text names no other year.

"Jaarlijks op 1 oktober" is of every year and gets none.

Knows nothing of other facts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta

from ingest.dutch.moment_patterns import MONTH, MONTHS
from ingest.dutch.moments import lower_case
from ingest.dutch.periods import Period, find_periods, is_period
from ingest.records import BlockKind, Document

_DAY = re.compile(rf"(?P<day>\d{{1,2}})(?:e|ste)?(?:\s+(?P<month>{MONTH})\b)?")
_NEXT_MONTH = re.compile(rf"\b(?:{MONTH})\b")
_WEEK = re.compile(r"week\s+(?P<week>\d{1,2})")
_EXCLUSIVE = re.compile(r"\btot\s+\d")
_EVERY_YEAR = re.compile(r"\b(?:jaarlijkse?|elk(?:e)? jaar|ieder jaar|telkens|steeds|per jaar)\b")
_OWN_PERIOD = re.compile(r"[A-Z][\w-]{2,24}:\s+(?=\S)")
_LEAP_YEAR = 2024  # every day of any year is a day of this one
_NEAR = 80  # characters in which "jaarlijks" belongs to a day


class Years:
    """The years of one document, by place; made once for all its days."""

    def __init__(self, document: Document, dated: Sequence[Period]) -> None:
        """Take the document and every period in it that has a year, in order."""
        self._document = document
        self._scopes = _scopes(document)
        self._starts = [start for start, _ in self._scopes]
        self._default = _only_year(document, dated)

    def resolve(self, period: Period) -> tuple[date, date] | None:
        """Return the first and last day of a period that leaves its year out."""
        text = self._document.text
        near = lower_case(text[max(0, period.start - _NEAR) : period.end + _NEAR])
        if _EVERY_YEAR.search(near):
            return None
        at = bisect_right(self._starts, period.start) - 1
        scopes = self._scopes[at][1] if at >= 0 else ()
        written = in_full(text, period)
        for scope in scopes:
            year = _year_within(written, scope)
            if year is not None:
                return days_of(written, year)
        return days_of(written, self._default) if self._default else None


def days_of(written: str, year: int) -> tuple[date, date] | None:
    """Return the first and last day of "13 juni", "13 t/m 15 juni" or "week 24" in `year`.

    Example:
        >>> [str(day) for day in days_of("13 t/m 15 juni", 2025)]
        ['2025-06-13', '2025-06-15']
    """
    lowered = lower_case(written)
    week = _WEEK.match(lowered)
    try:
        if week:
            monday = date.fromisocalendar(year, int(week["week"]), 1)
            return monday, monday + timedelta(days=6)
        found = list(_DAY.finditer(lowered))
        last_month = next((MONTHS[m["month"]] for m in reversed(found) if m["month"]), None)
        if last_month is None:
            return None
        first_month = MONTHS[found[0]["month"]] if found[0]["month"] else last_month
        first = date(year, first_month, int(found[0]["day"]))
        last = date(year, last_month, int(found[-1]["day"]))
    except ValueError:
        return None  # 29 February, or week 53 of a short year
    if first < last and _EXCLUSIVE.search(lowered):
        last -= timedelta(days=1)
    return first, last


def without_year(written: str) -> str:
    """Return "--06-13/--06-13" for "13 juni", "--W12" for "week 12"; "" for neither."""
    week = _WEEK.match(lower_case(written))
    if week:
        return f"--W{int(week['week']):02}"
    days = days_of(written, _LEAP_YEAR)
    return "/".join(f"--{day:%m-%d}" for day in days) if days else ""


def in_full(text: str, period: Period) -> str:
    """Return the words of a period, with the month that "13" has in "13 en 17 juni"."""
    written = text[period.start : period.end]
    if not written.isdigit():
        return written
    month = _NEXT_MONTH.search(lower_case(text[period.end : period.end + _NEAR]))
    return f"{written} {month.group()}" if month else written


def _scopes(document: Document) -> list[tuple[int, tuple[Period, ...]]]:
    """Return from which offset on which periods apply, the nearest first."""
    text = document.text
    path: list[tuple[int, tuple[Period, ...]]] = []
    scopes: list[tuple[int, tuple[Period, ...]]] = []
    title = _dated(document.title)
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            path = [(level, found) for level, found in path if level < block.level]
            path.append((block.level, _dated(text[block.start : block.end])))
        else:
            label = _OWN_PERIOD.match(text, block.start, min(block.end, block.start + 120))
            if label is None or not is_period(text[label.end() : min(block.end, label.end() + 90)]):
                continue
            own = _dated(text[label.end() : block.end])
            level, above = path.pop() if path else (0, ())
            path.append((level, (*own, *above)))
        nearest = tuple(found for _, found in reversed(path) if found)
        scopes.append((block.start, tuple(p for found in (*nearest, title) for p in found)))
    return scopes or [(0, title)]


def _dated(text: str) -> tuple[Period, ...]:
    found = tuple(period for period in find_periods(text) if period.first is not None)
    return found if len(found) == 1 else ()  # a heading with two years leaves a doubt


def _year_within(written: str, scope: Period) -> int | None:
    """Return the one year in which the day lies in `scope`, or the only year of `scope`."""
    if scope.first is None or scope.last is None:
        return None
    years = range(scope.first.year, scope.last.year + 1)
    if len(years) == 1:
        return years[0]
    inside = [
        year
        for year in years
        if (days := days_of(written, year)) and scope.first <= days[0] <= scope.last
    ]
    return inside[0] if len(inside) == 1 else None


def _only_year(document: Document, dated: Sequence[Period]) -> int | None:
    stated = [p for p in find_periods(document.metadata.get("date", "")) if p.first and p.last]
    if len(stated) != 1 or stated[0].first is None:
        return None
    year = stated[0].first.year
    same = all(p.first and p.last and p.first.year == year == p.last.year for p in dated)
    return year if same else None
