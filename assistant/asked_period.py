"""Read when a question is about: "na maart 2026", "vorige maand", "de eerstvolgende", "nu".

In:  a question; today.
Out: an AskedPeriod: one or more windows of days, and how things must lie in them; None when
     the question says nothing about time.

Knows nothing of what happens in that time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from assistant.records import AskedPeriod, Relation, Window
from assistant.relative_dates import (
    AWAY,
    COUNT,
    DAY,
    SEASON,
    STEP,
    UNIT,
    count_of,
    in_absolute_dates,
    shifted,
)
from ingest.dutch.moments import lower_case
from ingest.dutch.periods import Period, find_periods
from ingest.records import Span

# Days from which "over 99 jaar" is still a date.
_EARLIEST, _LATEST = date(1000, 1, 1), date(9000, 1, 1)
_ALWAYS = Window(None, None)
_NEXT = re.compile(
    r"\b(?:eerstvolgende|eerstkomende|(?:de|het|een|welke?|zijn|als)\s+(?:aan)?komende|volgende"
    rf"|aanstaande)\s+(?!(?:{COUNT}\s+)?(?:{UNIT}|tijd|periode)\b)(?=[a-z])"
)
_PREVIOUS = re.compile(rf"\b(?:vorige|voorgaande|laatst\s+geweeste)\s+(?!(?:{UNIT})\b)(?=[a-z])")
_FINAL = re.compile(rf"\blaatste\s+(?!(?:{COUNT}\s+)?(?:{UNIT}|tijd|periode|nieuws)\b)(?=[a-z])")
_OPENING = re.compile(r"\beerste\s+(?=mijlpaal|mijlpalen|gebeurtenis|datum|moment)")
_BACK = re.compile(
    rf"\b(?:afgelopen|voorbije|laatste)\s+(?:(?P<count>{COUNT})\s+)?(?P<unit>{UNIT}|tijd|periode)\b"
)
_AHEAD = re.compile(
    rf"\b(?:(?:aan|eerst)?komende?|volgende)\s+(?:(?P<count>{COUNT})\s+)?"
    rf"(?P<unit>{UNIT}|tijd|periode)\b"
)
_SOON = re.compile(r"\b(?:binnenkort|op\s+korte\s+termijn)\b")
_LATELY = re.compile(r"\b(?:onlangs|kortgeleden|recentelijk)\b")
_NOW = re.compile(
    r"\b(?:op\s+dit\s+moment|momenteel|thans|(?:loopt|lopen|speelt|spelen|gebeurt|bezig|gaande)"
    r"(?:\s+er)?\s+nu|nu\s+(?:al\s+)?(?:bezig|gaande|lopende?)|lopende\s+(?=mijlpa))\b"
)
_HAPPENED = re.compile(r"\b(?:al|reeds|geweest|gebeurd|voorbij|achter\s+de\s+rug)\b")
_DONE = re.compile(
    r"\b(?:geweest|gebeurd|voorbij|afgelopen(?=\W*$)|afgerond|voltooid|behaald|bereikt|gehaald"
    r"|klaar|opgeleverd|gereed|af"
    r"|achter\s+de\s+rug|eindig(?:t|en|den?)|stop(?:t|pen)|loopt\s.*\saf|lopen\s.*\saf)\b"
)
_STILL = re.compile(r"\b(?:nog|rest|resterende?)\b")
_COMES = re.compile(r"\b(?:nog|aankomend\w*|komend\w*|toekomst\w*|toekomstige)\b")
_STARTS = re.compile(
    r"\b(?:begint|beginnen|begon|begonnen|starten|start|startten?|nieuwe(?=\s+mijlpa))\b"
)
_ONGOING = re.compile(
    r"\b(?:doorlopende?|continu|permanente?|(?:zonder|geen)\s+(?:eind\w*|datum)|steeds\s+door)\b"
)
_WITH_AN_END = re.compile(
    r"\b(?:met|hebben|heeft)\s+(?:wel\s+)?(?:een\s+)?(?:eind\w*|datum)\b|\bniet\s+doorlopend"
)
_GOES_ON = re.compile(r"\b(?:nog|door|doorlop\w*|loopt|lopen|blijft|blijven)\b")
_EARLIER = re.compile(
    r"\b(?:al|reeds|gebeur\w*|geweest|klaar|af|afgerond|eerder|was|waren|begonnen|moet(?:en)?)\b"
)
_RANGE = re.compile(r"t/m|tot|[-–]")
_LINK = re.compile(
    r"(?:^|[\s(])(?P<link>na|vanaf|sinds|voor|vóór|tot(?:\s+en\s+met)?|t/m|uiterlijk|tegen)\s+"
    r"(?:(?:het|de|afloop\s+van|eind|einde|begin|jaar|maand)\s+)*$"
)
_ONE = {"dag", "week", "maand", "kwartaal", "jaar"}
# How far "de komende maanden" reach; five where nothing else is said.
_VAGUE_LENGTHS = {
    "tijd": ("maanden", 6), "periode": ("maanden", 6), "weken": ("weken", 6),
    "maanden": ("maanden", 6), "kwartalen": ("kwartalen", 2),
}  # fmt: skip
_OPENING_HOURS = re.compile(r"\bhoe\s+laat\b|\bwanneer\b.*\b(?:open|geopend)\W*$")
_OPEN = re.compile(r"\b(?:open|geopend)\b")
# What a document says otherwise, or not at all.
_STATE = re.compile(
    r"\b(?:geweest|gebeurd|voorbij|bezig|gaande|begonnen|gestart|achter\s+de\s+rug)\b"
    r"|\b(?:al|reeds|inmiddels)\s+(?:\w+\s+)?(?:opgeleverd|afgerond|gereed|voltooid)\b"
)
_RELATIVE = (
    STEP, DAY, AWAY, SEASON, _NEXT, _PREVIOUS, _BACK, _AHEAD, _SOON, _LATELY, _NOW, _STATE,
)  # fmt: skip


def read_period(text: str, today: date) -> AskedPeriod | None:
    """Return when a question is about.

    Example:
        >>> read_period("Wat gebeurt er na maart 2026?", date(2025, 11, 1)).windows
        (Window(first=datetime.date(2026, 4, 1), last=None),)
    """
    lowered = lower_case(text)
    today = min(max(today, _EARLIEST), _LATEST)
    windows = tuple(_windows(lowered, today))
    relation = _relation(lowered)
    if not windows:
        windows = _without_dates(lowered, relation, today)
    if not windows:
        return None
    return AskedPeriod(relation, windows, _with_ongoing(lowered, relation, windows, today))


def words_of_time(text: str) -> list[Span]:
    """Return the words of a question that say when relative to today: no document holds them.

    Example:
        >>> [(s.start, s.end) for s in words_of_time("Wat was er vorige maand en in mei 2031?")]
        [(11, 23)]
    """
    lowered = lower_case(text)
    found = [found for form in _RELATIVE for found in form.finditer(lowered)]
    if _OPENING_HOURS.search(lowered):
        found += _OPEN.finditer(lowered)
    return [Span(*f.span()) for f in found if not f.groupdict().get("before")]


def _relation(lowered: str) -> Relation:
    if _ONGOING.search(lowered) and not _WITH_AN_END.search(lowered):
        return Relation.ONGOING
    if _NEXT.search(lowered) or _OPENING.search(lowered):
        return Relation.NEXT
    if _PREVIOUS.search(lowered) or _FINAL.search(lowered):
        return Relation.LAST
    if _STARTS.search(lowered):
        return Relation.STARTS
    return Relation.ENDS if _DONE.search(lowered) else Relation.DURING


def _without_dates(lowered: str, relation: Relation, today: date) -> tuple[Window, ...]:
    """Return the window of a question that names no date but is about time."""
    past, future = Window(None, today - timedelta(1)), Window(today + timedelta(1), None)
    if relation is Relation.ONGOING or _OPENING.search(lowered) or _WITH_AN_END.search(lowered):
        return (_ALWAYS,)
    if relation is Relation.NEXT:
        return (future,)
    if relation is Relation.LAST:
        ever = _FINAL.search(lowered) and not re.search(r"\b(?:was|waren|geweest)\b", lowered)
        return (_ALWAYS,) if ever else (past,)
    if relation is Relation.ENDS and _HAPPENED.search(lowered):
        return (past,)
    if _COMES.search(lowered) and relation is not Relation.ENDS:
        return (Window(today, None),)
    return ()


def _with_ongoing(
    lowered: str, relation: Relation, windows: tuple[Window, ...], today: date
) -> bool:
    if _WITH_AN_END.search(lowered):
        return False
    if relation is Relation.ONGOING:
        return True
    goes_on = _GOES_ON.search(lowered) and all(w.last is None and w.first for w in windows)
    now = any(w.first == w.last == today for w in windows)
    return relation is Relation.DURING and bool(goes_on or now)


def _windows(lowered: str, today: date) -> Iterator[Window]:
    yield from _around_today(lowered, today)
    absolute = in_absolute_dates(lowered, today)
    for period in find_periods(absolute):
        if period.first is not None and period.last is not None:
            window = _linked(absolute, period, period.first, period.last)
            yield _clipped(window, absolute, today)


def _around_today(lowered: str, today: date) -> Iterator[Window]:
    """Yield the windows that begin or end today: "de afgelopen drie maanden", "binnenkort"."""
    for found in _BACK.finditer(lowered):
        # "De laatste maand" is the last of something; "de laatste maanden" are up to now.
        if found["count"] or found["unit"] not in _ONE or not found.group().startswith("laatste"):
            yield Window(_away(found, today, -1), today)
    for found in _AHEAD.finditer(lowered):
        if found["count"] or found["unit"] not in _ONE or "komend" in found.group():
            yield Window(today, _away(found, today, 1))
    if _SOON.search(lowered):
        yield Window(today, shifted(today, "maanden", 3))
    if _LATELY.search(lowered):
        yield Window(shifted(today, "maanden", -3), today)
    if _NOW.search(lowered):
        yield Window(today, today)


def _away(found: re.Match[str], today: date, sign: int) -> date:
    unit = found["unit"]
    count = count_of(found["count"]) if found["count"] else 1
    if not found["count"] and unit not in _ONE:
        unit, count = _VAGUE_LENGTHS.get(unit, (unit, 5))
    return shifted(today, unit, sign * count)


def _linked(absolute: str, period: Period, first: date, last: date) -> Window:
    """Return the window that a date and the word before it mean: "na", "voor", "vanaf"."""
    found = _LINK.search(absolute, 0, period.start)
    link = " ".join(found["link"].split()) if found else ""
    if link == "na":
        return Window(last + timedelta(1), None)
    if link in {"vanaf", "sinds"}:
        return Window(first, None)
    if link in {"tot en met", "t/m", "uiterlijk"}:
        return Window(None, last)
    # What is planned or paid "voor 2026" is for 2026; what "al gebeurd" is "voor 2026" is earlier.
    written = absolute[period.start : period.end]
    earlier = _EARLIER.search(absolute) and not _RANGE.search(written)
    if link in {"vóór", "tot"} or (link == "voor" and earlier):
        return Window(None, first - timedelta(1))
    return Window(first, last)


def _clipped(window: Window, absolute: str, today: date) -> Window:
    """Leave out what is over ("dit jaar nog") or yet to come ("dit jaar al")."""
    if window.first is None or window.last is None or not window.overlaps(today, today):
        return window
    if _STILL.search(absolute):
        return Window(today, window.last)
    is_past = re.search(r"\b(?:al|reeds)\b", absolute) and _DONE.search(absolute)
    return Window(window.first, today) if is_past else window
