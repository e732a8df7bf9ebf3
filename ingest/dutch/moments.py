"""Read single dates and named parts of a year: the points that periods are made of.

In:  lower-case text (`lower_case`), so that patterns need no second look at capitals.
Out: `Moment`s: "13 juni 2025", "13 juni", "derde kwartaal van 2025", "week 12", "2025/26".

A pattern this broad is slow, so it is tried only near something cheap to find: a year, a
day before a month, "week 12".

Knows nothing of how two points become one period (see periods.py) or of documents.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.dutch.moment_patterns import (
    COUNTED,
    IN_TIME,
    MOMENT,
    MONTHS,
    NUMBERED,
    ORDINALS,
    PARTS,
    SIGNS,
    UNITS,
)

_BEFORE, _AFTER = 60, 30  # characters around a sign in which its moment lies


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or part of a year; `first` and `last` are None when the year is left out.

    `day` and `month` are those of a day, `week` of a week without a year; else 0.
    """

    start: int
    end: int
    first: date | None
    last: date | None
    month: int = 0
    day: int = 0
    week: int = 0


def lower_case(text: str) -> str:
    """Return `text` in lower case at the same offsets: "İ" stays, its small form is longer."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := sign.lower()) == 1 else sign for sign in text)


def find_moments(lowered: str) -> Iterator[Moment]:
    """Yield the moments of a text in lower case, in order, not overlapping."""
    for start, end in _zones(lowered):
        position = start
        while match := MOMENT.search(lowered, position, end):
            moment = _read(lowered, match)
            if moment is not None:
                yield moment
            position = moment.end if moment is not None else match.end()


def _zones(lowered: str) -> Iterator[tuple[int, int]]:
    signs = sorted(match.span() for sign in SIGNS for match in sign.finditer(lowered))
    start = end = -1
    for first, last in signs:
        if first - _BEFORE > end:
            if end > 0:
                yield start, end
            start = max(0, first - _BEFORE)
        end = max(end, last + _AFTER)
    if end > 0:
        yield start, end


def _read(lowered: str, match: re.Match[str]) -> Moment | None:
    kind = match.lastgroup or ""
    # The last named group that took part tells the alternative, optional ones included.
    return _READERS.get(kind, _read_year)(lowered, match)


def _read_iso(_: str, match: re.Match[str]) -> Moment | None:
    return _on_day(match, int(match["iy"]), int(match["im"]), int(match["id"]))


def _read_numbers(_: str, match: re.Match[str]) -> Moment | None:
    return _on_day(match, _full(match["ny"]), int(match["nm"]), int(match["nd"]))


def _read_day(_: str, match: re.Match[str]) -> Moment | None:
    month, day = MONTHS[match["dm"]], int(match["day"])
    if match["dy"]:
        return _on_day(match, _full(match["dy"]), month, day)
    if not 1 <= day <= calendar.monthrange(2024, month)[1]:
        return None
    return Moment(*match.span(), None, None, month, day)


def _read_month(_: str, match: re.Match[str]) -> Moment | None:
    month = MONTHS[match["month"]]
    return _in_months(match, _full(match["my"]), month, month)


def _read_part(_: str, match: re.Match[str]) -> Moment | None:
    return _in_months(match, _full(match["py"]), *PARTS[match["part"]])


def _read_winter(_: str, match: re.Match[str]) -> Moment | None:
    return _in_months(match, int(match["wy"]), 12, 14)


def _read_share(lowered: str, match: re.Match[str]) -> Moment | None:
    first = ORDINALS.get(match["nth"]) or int(match["nth"][0])
    second = match["nth2"]
    last = first if second is None else ORDINALS.get(second) or int(second[0])
    length = 3 if match["share"] == "kwartaal" else 6
    joins = second is None or _is_run(lowered[match.end("nth") : match.start("nth2")], first, last)
    start = match.start() if joins else match.start("nth2")
    first = first if joins else last
    if max(first, last) * length > 12:
        return None
    bounds = months(int(match["hy"]), (first - 1) * length + 1, last * length)
    return Moment(start, match.end(), *bounds)


def _read_quarter(lowered: str, match: re.Match[str]) -> Moment | None:
    first, last = int(match["q"]), int(match["q2"] or match["q"])
    joins = not match["q2"] or _is_run(lowered[match.end("q") : match.start("q2")], first, last)
    if not joins:
        return None
    return _in_months(match, int(match["qy"]), first * 3 - 2, last * 3)


def _read_quarter_behind(_: str, match: re.Match[str]) -> Moment | None:
    quarter = int(match["rq"])
    return _in_months(match, int(match["ry"]), quarter * 3 - 2, quarter * 3)


def _read_week(_: str, match: re.Match[str]) -> Moment | None:
    week = int(match["week"])
    if not 1 <= week <= 53:
        return None
    if not match["wky"]:
        return Moment(*match.span(), None, None, week=week)
    try:
        monday = date.fromisocalendar(int(match["wky"]), week, 1)
    except ValueError:
        return None  # not every year has a week 53
    return Moment(*match.span(), monday, monday + timedelta(days=6))


def _read_school(_: str, match: re.Match[str]) -> Moment | None:
    year = int(match["sy"])
    return Moment(*match.span(), date(year, 8, 1), date(year + 1, 7, 31))


def _read_pair(lowered: str, match: re.Match[str]) -> Moment | None:
    """Read "2025/26", "2025/2026" and "2025-03"; "2016/679" numbers a regulation."""
    year, written, sign = int(match["pa"]), match["pb"], match["psep"]
    second = int(written) if len(written) == 4 else year // 100 * 100 + int(written)
    second += 100 if len(written) == 2 and second < year else 0
    follows = len(written) in {2, 4} and (sign == "/" or len(written) == 2)
    if follows and 1 <= second - year <= (1 if len(written) == 2 else 4):
        return Moment(*match.span(), date(year, 1, 1), date(second, 12, 31))
    if sign == "/":
        return None
    if sign == "-" and len(written) == 2 and 1 <= int(written) <= 12:
        return _in_months(match, year, int(written), int(written))
    return _of_year(lowered, match.start(), match.end("pa"))


def _read_year(lowered: str, match: re.Match[str]) -> Moment | None:
    return _of_year(lowered, match.start(), match.end())


_READERS: dict[str, Callable[[str, re.Match[str]], Moment | None]] = {
    "id": _read_iso, "ny": _read_numbers, "dm": _read_day, "dy": _read_day, "my": _read_month,
    "wy": _read_winter, "py": _read_part, "hy": _read_share, "qy": _read_quarter,
    "rq": _read_quarter_behind, "week": _read_week, "wky": _read_week, "sy": _read_school,
    "pb": _read_pair, "year": _read_year,
}  # fmt: skip


def _of_year(lowered: str, start: int, end: int) -> Moment | None:
    before = lowered[max(0, start - 16) : start]
    if before.rstrip().endswith(("€", "eur", "$", "postbus", "artikel", "art.")):
        return None
    if NUMBERED.search(before):
        return None
    if UNITS.match(lowered, end) or (COUNTED.match(lowered, end) and not IN_TIME.search(before)):
        return None
    return Moment(start, end, *months(int(lowered[start:end]), 1, 12))


def _is_run(link: str, first: int, last: int) -> bool:
    return first < last and (link.split() != ["en"] or last == first + 1)


def _full(year: str) -> int:
    if len(year) == 4:
        return int(year)
    short = int(year[1:])
    return short + (2000 if short < 50 else 1900)


def _on_day(match: re.Match[str], year: int, month: int, day: int) -> Moment | None:
    try:
        moment = date(year, month, day)
    except ValueError:
        return None  # 31-02-2025 is a number with dashes, not a date
    return Moment(*match.span(), moment, moment, month, day)


def _in_months(match: re.Match[str], year: int, first: int, last: int) -> Moment:
    return Moment(*match.span(), *months(year, first, last))


def months(year: int, first: int, last: int) -> tuple[date, date]:
    """Return the first and last day; month 0 is the December before, 13 the January after."""
    start_year, start_month = year + (first - 1) // 12, (first - 1) % 12 + 1
    end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    return (
        date(start_year, start_month, 1),
        date(end_year, end_month, calendar.monthrange(end_year, end_month)[1]),
    )
