"""Put the relative dates of a question into absolute ones.

In:  a question in lower case; today.
Out: the question with "vorige maand" as "oktober 2025", "komende zomer" as "zomer 2026", "over
     twee jaar" as "2027", and with a year behind "in december" and "op 13 juni".

A month without a year is the coming one, in a question in the past tense the last one.

Knows nothing of what is asked about those dates.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from ingest.dutch.moment_patterns import MONTHS, PARTS, YEAR
from ingest.dutch.moments import months
from ingest.dutch.numbers import NUMBER_WORDS

_NAMES = {number: name for name, number in reversed(MONTHS.items()) if len(name) > 4}
_NAMES |= {3: "maart", 4: "april", 5: "mei", 6: "juni", 7: "juli"}
_NUMBERS_OF_MONTHS = {name: number for number, name in _NAMES.items()}
_MONTH = "|".join(_NUMBERS_OF_MONTHS)
_SEASONS = "|".join(
    sorted((p for p in PARTS if p.endswith(("vakantie", "jaar", "zomer", "herfst", "winter"))
            or p == "lente"), key=len, reverse=True)
)  # fmt: skip
_STEPS = {
    "dit": 0, "deze": 0, "huidige": 0, "lopende": 0, "vorig": -1, "vorige": -1,
    "volgend": 1, "volgende": 1,
}  # fmt: skip
_WHICH = r"dit|deze|huidige|lopende|vorige?|volgende?"
_NEAR = rf"{_WHICH}|afgelopen|voorbije|(?:aan|eerst)?komende?|aanstaande"
COUNT = rf"(?:\d{{1,2}}|{'|'.join(word for word in NUMBER_WORDS if word != 'nul')})"
UNIT = r"dag(?:en)?|week|weken|maand(?:en)?|kwarta(?:al|len)|jaar|jaren"
_DAYS = {"eergisteren": -2, "gisteren": -1, "vandaag": 0, "morgen": 1, "overmorgen": 2}
_PAST = re.compile(
    r"\b(?:was|waren|werd|werden|gebeurden?|vonden?|ging|gingen|begon|begonnen|startten?|had"
    r"|hadden|stond|stonden|kwam|kwamen|geweest|gebeurd|afgelopen|vorige?)\b"
)
_YEAR_AHEAD = re.compile(
    rf"\s*(?:,|en|of|t/m|tot(?:\s+en\s+met)?|[-–])\s*(?:\d{{1,2}}\s+)?(?P<month>{_MONTH})\s+"
    rf"(?P<year>{YEAR})"
)
_PREPOSITION = (
    r"(?:in|van|voor|vóór|na|tot|vanaf|sinds|begin|half|medio|eind|einde|en|of|met|per|tussen"
    r"|tegen|uiterlijk|maand),?"
)

STEP = re.compile(
    rf"\b(?P<which>{_WHICH})\s+(?P<unit>week|maand|kwartaal|jaar)\b"
    r"|\b(?P<near>dit|vorig|afgelopen|volgend|(?:aan)?komend|huidige?)\s+schooljaar\b(?!\s*\d)"
)
DAY = re.compile(rf"\b(?P<day>{'|'.join(_DAYS)})\b")
AWAY = re.compile(
    rf"\b(?:over\s+(?P<ahead>{COUNT})\s+(?P<unit>{UNIT})"
    rf"|(?P<back>{COUNT})\s+(?P<unit2>{UNIT})\s+geleden)\b"
)
SEASON = re.compile(
    rf"\b(?:(?P<which>{_NEAR})|(?P<before>in|na|voor|tot|sinds|tijdens|van|begin|eind)"
    rf"\s+(?:de|het))\s+(?P<season>{_SEASONS})\b"
    rf"(?!\s+(?:van\s+)?(?:{YEAR}|['’]\d\d|dit|vorig|volgend))"
)
_BARE_MONTH = re.compile(
    rf"(?:\b(?P<which>{_NEAR})\s+|\b(?P<before>{_PREPOSITION})\s+|\b(?P<day>\d{{1,2}})(?:e|ste)?\s+"
    rf"|^|,\s*)(?P<month>{_MONTH})\b(?!\.?\s+(?:van\s+)?(?:{YEAR}|['’]\d\d))"
)
_SHARE = re.compile(
    rf"\b(?P<side>eerste|laatste)\s+(?:(?P<count>{COUNT})\s+)?"
    r"(?P<unit>maand(?:en)?|kwarta(?:al|len)|half\s?jaar|helft)\s+(?:van\s+)?(?:het\s+jaar\s+)?"
    rf"(?P<year>{YEAR})\b"
)
_MONTHS_IN = {"maand": 1, "kwarta": 3, "half": 6, "helft": 6}


def in_absolute_dates(lowered: str, today: date) -> str:
    """Return a question in lower case with absolute dates in the place of relative ones.

    Example:
        >>> in_absolute_dates("wat was er vorige maand en in mei?", date(2026, 1, 15))
        'wat was er december 2025 en in mei 2025?'
    """
    past = _PAST.search(lowered) is not None
    text = STEP.sub(lambda found: _stepped(found, today), lowered)
    text = DAY.sub(lambda found: _written(today + timedelta(_DAYS[found["day"]])), text)
    text = AWAY.sub(lambda found: _away(found, today), text)
    text = SEASON.sub(lambda found: _season(found, today, past), text)
    # From the right: "juni" in "juni en juli 2025" takes the year of "juli".
    for found in reversed(list(_BARE_MONTH.finditer(text))):
        year = _year_of_month(text, found, today, past)
        text = f"{text[: found.end()]} {year}{text[found.end() :]}"
    return _SHARE.sub(_share, text)


def count_of(written: str) -> int:
    """Return the value of a number in digits or words."""
    return int(written) if written.isdigit() else NUMBER_WORDS[written]


def shifted(day: date, unit: str, count: int) -> date:
    """Return the day so many days, weeks, months, quarters or years away.

    Example:
        >>> str(shifted(date(2026, 1, 31), "maanden", 1))
        '2026-02-28'
    """
    if unit.startswith(("dag", "we")):
        return day + timedelta(count * (1 if unit.startswith("dag") else 7))
    size = 1 if unit.startswith("maand") else 3 if unit.startswith("kwart") else 12
    year, month = divmod(day.year * 12 + day.month - 1 + size * count, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _stepped(found: re.Match[str], today: date) -> str:
    if found["near"]:
        start = today.year - (today.month < 8) + _direction(found["near"])
        return f"schooljaar {start}-{start + 1}"
    return _unit_of(shifted(today, found["unit"], _STEPS[found["which"]]), found["unit"])


def _direction(which: str) -> int:
    if which.startswith(("vorig", "afgelopen", "voorbije")):
        return -1
    return 0 if which.startswith(("dit", "deze", "huidig", "lopend")) else 1


def _unit_of(day: date, unit: str) -> str:
    """Return the week, month, quarter or year of a day, as Dutch writes it."""
    if unit.startswith("we"):
        year, week, _ = day.isocalendar()
        return f"week {week} van {year}"
    if unit.startswith("maand"):
        return f"{_NAMES[day.month]} {day.year}"
    return f"q{(day.month + 2) // 3} {day.year}" if unit.startswith("kwart") else str(day.year)


def _written(day: date) -> str:
    return f"{day.day} {_NAMES[day.month]} {day.year}"


def _away(found: re.Match[str], today: date) -> str:
    unit = found["unit"] or found["unit2"]
    count = count_of(found["ahead"]) if found["ahead"] else -count_of(found["back"])
    day = shifted(today, unit, count)
    return _written(day) if unit.startswith("dag") else _unit_of(day, unit)


def _season(found: re.Match[str], today: date, past: bool) -> str:
    opens, closes = PARTS[found["season"]]
    year = _year_of(lambda year: months(year, opens, closes), found["which"], today, past)
    before = f"{found['before']} " if found["before"] else ""
    return f"{before}{found['season']} {year}"


def _year_of_month(text: str, found: re.Match[str], today: date, past: bool) -> int:
    month = _NUMBERS_OF_MONTHS[found["month"]]
    ahead = _YEAR_AHEAD.match(text, found.end())
    if ahead:
        return int(ahead["year"]) - (month > _NUMBERS_OF_MONTHS[ahead["month"]])
    return _year_of(lambda year: months(year, month, month), found["which"], today, past)


def _year_of(
    days: Callable[[int], tuple[date, date]], which: str | None, today: date, past: bool
) -> int:
    """Return the year in which a part of the year is the one that is meant."""
    years = range(today.year - 2, today.year + 3)
    current = next((y for y in years if days(y)[0] <= today <= days(y)[1]), None)
    if which:
        direction = _direction(which)
        if not direction:
            return today.year if current is None else current
        past = direction < 0
    elif current is not None:
        return current
    if past:
        return max(year for year in years if days(year)[1] < today)
    return min(year for year in years if days(year)[0] > today)


def _share(found: re.Match[str]) -> str:
    size = next(size for name, size in _MONTHS_IN.items() if found["unit"].startswith(name))
    length = min(size * (count_of(found["count"]) if found["count"] else 1), 12)
    first = 1 if found["side"] == "eerste" else 13 - length
    return f"{_NAMES[first]} {found['year']} t/m {_NAMES[first + length - 1]} {found['year']}"
