"""Find dates and periods in Dutch text and say which days they cover.

In:  any text.
Out: `Period`s with their spans and first and last day: "13 juni 2025", "juni 2025",
     "1 januari t/m 31 maart 2025", "13 en 14 juni 2025", "eind 2026", "tweede kwartaal 2026",
     "schooljaar 2025-2026", "2023-2025", "13-06-2025", "week 12 van 2026", "doorlopend".

"Vanaf 2026", "sinds 2019" and "tot 1 juli 2026" say where something begins or ends: they
stay the point that they name.

Knows nothing of documents, questions or today's date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ingest.dutch.moment_patterns import MONTH, MONTHS
from ingest.dutch.moments import Moment, find_moments, lower_case

_BARE_MONTH = re.compile(rf"\b(?P<month>{MONTH})\b\.?")
_LINK = r"(?:[-–—]|t/m|tot\s+en\s+met|tot|en)"
_RANGE = re.compile(rf"\s*{_LINK}\s*$")
_EARLIER_DAYS = re.compile(
    rf"(?<![\w.,:/-])(?:\d{{1,2}}(?:\s*,\s*|\s*{_LINK}\s*))+$"  # "13, 14 en " before "15 juni"
)
_ONE_DAY = re.compile(rf"(?P<day>\d{{1,2}})\s*(?P<link>,|{_LINK})")
_NO_DAYS = re.compile(r"\b(?:artikel(?:en)?|art\.|lid|leden|paragraaf|nr\.|bijlage|week)\s*$")
_OPENS_RANGE = re.compile(r"\b(?:van|vanaf|tussen)\s+(?:\w+\s+){0,2}$")
_ONGOING = re.compile(r"\b(?:doorlopende?|continue?|permanente?)\b")
_ONGOING_STEMS = ("doorlopend", "continu", "permanent")
_LONGEST = 200  # characters: no period with nothing beside it is as long as a paragraph
_WINDOW = 40  # characters before a point in which the start of its range lies


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days as a text states it.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last character.
        first: First day, or None when the text leaves the year out or it is ongoing.
        last: Last day, or None likewise.
        ongoing: True for "doorlopend" and the like.
    """

    start: int
    end: int
    first: date | None
    last: date | None
    ongoing: bool = False


def find_periods(text: str) -> list[Period]:
    """Return the dates and periods in `text`, in order, not overlapping.

    Two dates joined by "t/m", "tot" or a dash are one period; "tot" leaves its last part out.

    Example:
        >>> [str(p.last) for p in find_periods("Van januari 2026 t/m 2028")]
        ['2028-12-31']
    """
    lowered = lower_case(text)
    moments: list[Moment] = []
    for found in find_moments(lowered):
        for moment in _with_earlier_days(lowered, moments[-1].end if moments else 0, found):
            previous = moments[-1] if moments else None
            joined = _join(lowered, previous, moment) if previous else None
            if joined is None:
                moments.append(_with_bare_month(lowered, previous, moment))
            else:
                moments[-1] = joined
    periods = [Period(m.start, m.end, m.first, m.last) for m in moments]
    if any(stem in lowered for stem in _ONGOING_STEMS):
        periods += [
            Period(m.start(), m.end(), None, None, ongoing=True) for m in _ONGOING.finditer(lowered)
        ]
        periods.sort(key=lambda period: period.start)
    return periods


def is_period(text: str) -> bool:
    """Tell whether `text` holds a period and nothing else, as a heading on a timeline does.

    Example:
        >>> is_period("Oktober 2025 – december 2025"), is_period("In oktober 2025 begint het")
        (True, False)
    """
    stripped = text.strip().strip(":.")
    if len(stripped) > _LONGEST:
        return False
    periods = find_periods(stripped)
    if len(periods) != 1:
        return False
    rest = stripped[: periods[0].start] + stripped[periods[0].end :]
    words = rest.split()
    return not words or (periods[0].ongoing and len(words) == 1)


def _join(lowered: str, previous: Moment, moment: Moment) -> Moment | None:
    """Make one of two moments that a link joins, None where they stay two."""
    if moment.start - previous.end > _WINDOW:
        return None
    between = lowered[previous.end : moment.start]
    link = between.split()
    if _adjoins(previous, moment) and link in ([","], ["en"]):
        return replace(
            moment, start=previous.start, first=previous.first or _earlier(previous, moment)
        )
    if not _RANGE.fullmatch(between) or previous.week or moment.week:
        return None
    before = lowered[max(0, previous.start - _WINDOW) : previous.start]
    if link == ["en"] and not _OPENS_RANGE.search(before):
        return None
    if moment.last is None:
        is_late = (moment.month, moment.day) <= (previous.month, previous.day)
        if previous.first is not None or is_late or link == ["en"]:
            return None
        return replace(previous, end=moment.end)
    first = previous.first or _earlier(previous, moment)
    if first is None or moment.last < first:
        return None
    last = moment.last
    is_end = lowered.startswith("eind", moment.start)  # "tot eind 2026" takes the end in
    if link == ["tot"] and not is_end and moment.first and moment.first > first:
        last = moment.first - timedelta(days=1)
    return Moment(previous.start, moment.end, first, last)


def _adjoins(previous: Moment, moment: Moment) -> bool:
    """Tell whether the second day is the day after the first: "13 en 14 juni 2025"."""
    last = previous.last or _earlier(previous, moment)
    if not (previous.day and moment.day and last and moment.first):
        return False
    return moment.first - last == timedelta(days=1)


def _earlier(previous: Moment, moment: Moment) -> date | None:
    """Return the last such day before `moment`: "1 januari" in "1 januari t/m 31 maart 2025"."""
    if not previous.day or moment.first is None:
        return None
    for year in (moment.first.year, moment.first.year - 1):
        try:
            day = date(year, previous.month, previous.day)
        except ValueError:
            return None  # 29 February of another year
        if day <= moment.first:
            return day
    return None


def _with_earlier_days(lowered: str, floor: int, moment: Moment) -> Iterator[Moment]:
    """Yield the days that share the month of `moment`, and it: "13, 14 en 15 juni 2025"."""
    start = max(floor, moment.start - _WINDOW)
    chain = None
    if moment.day and lowered[moment.start].isdigit():
        chain = _EARLIER_DAYS.search(lowered, start, moment.start)
    if chain and not _NO_DAYS.search(lowered, max(0, chain.start() - 12), chain.start()):
        days = [int(found["day"]) for found in _ONE_DAY.finditer(chain.group())]
        rising = [*days, moment.day]
        if days[0] > 0 and all(a < b for a, b in zip(rising, rising[1:], strict=False)):
            for found in _ONE_DAY.finditer(chain.group()):
                place = chain.start() + found.start("day"), chain.start() + found.end("day")
                yield _on(moment, *place, int(found["day"]))
    yield moment


def _on(moment: Moment, start: int, end: int, day: int) -> Moment:
    if moment.first is None:
        return replace(moment, start=start, end=end, day=day)
    exact = moment.first.replace(day=day)
    return Moment(start, end, exact, exact, exact.month, day)


def _with_bare_month(lowered: str, previous: Moment | None, moment: Moment) -> Moment:
    """Take in the first month of "oktober t/m december 2025"; its year comes after it."""
    start = max(previous.end if previous else 0, moment.start - _WINDOW)
    link = _RANGE.search(lowered, start, moment.start)
    if link is None or moment.first is None or moment.last is None:
        return moment
    found = list(_BARE_MONTH.finditer(lowered, start, link.start()))
    if not found or lowered[found[-1].end() : link.start()].strip():
        return moment
    number = MONTHS[found[-1]["month"]]
    if link.group().split() == ["en"] and number % 12 + 1 != moment.first.month:
        return moment
    year = moment.first.year if number <= moment.first.month else moment.first.year - 1
    last = moment.last
    if link.group().split() == ["tot"]:
        last = moment.first - timedelta(days=1)
    first = date(year, number, 1)
    return Moment(found[-1].start(), moment.end, first, max(first, last))
