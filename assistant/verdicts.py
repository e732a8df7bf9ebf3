"""Know what only the day of asking decides: "Is het al klaar?", "Loopt de proef nog?".

In:  a question.
Out: what says "Ja" or "Nee" to it, given a period and a day; None for another question.

Knows nothing of where a period was found.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from datetime import date

from ingest.dutch.moments import lower_case
from ingest.dutch.periods import Period

Verdict = Callable[[Period, date], str]

_YES_NO = (
    r"^(?:en\s+|maar\s+)?(?:is|zijn|was|waren|heeft|hebben|wordt|worden|loopt|lopen|duurt|duren"
    r"|geldt|gelden|bestaat|bestaan)\b.*"
)
_OVER = re.compile(
    rf"{_YES_NO}\b(?:al|reeds|inmiddels)\b.*\b(?:geweest|gebeurd|voorbij|afgelopen|klaar|af|bekend"
    r"|\w*(?:ge|be|ver|ont|her)\w+(?:d|t|en))\W*$"
)
_BEGUN = re.compile(
    rf"{_YES_NO}\b(?:al|reeds|inmiddels)\b.*\b(?:begonnen|gestart|van\s+start|bezig|gaande|open)\b"
)
_RUNNING = re.compile(
    r"^(?:en\s+|maar\s+)?(?:loopt|lopen|duurt|duren|geldt|gelden|is|zijn)\b.*\bnog(?:\s+steeds)?\b"
    r"(?!\s+niet)(?=(?:\s+(?:bezig|gaande|aan\s+de\s+gang|doorgaan|door))?\W*$)"
)
_MONTH = 31  # days; what is planned for this month may have begun or not
_YES, _NO = "Ja, volgens de bronnen.", "Nee, volgens de bronnen nog niet."
_ENDED = "Nee, volgens de bronnen niet meer."


@functools.lru_cache(maxsize=64)  # asked of every statement that may answer
def verdict_of(question: str) -> Verdict | None:
    """Return what decides a question by a period and the day: a Dutch line, "" for undecided.

    Example:
        >>> verdict_of("Is de brug al klaar?") is None, verdict_of("Is de brug lang?") is None
        (False, True)
    """
    lowered = lower_case(question)
    if _BEGUN.search(lowered):
        return _begun
    if _OVER.search(lowered):
        return _over
    return _running if _RUNNING.search(lowered) else None


def _over(period: Period, today: date) -> str:
    if period.first is None or period.last is None:
        return ""
    return _YES if period.last < today else _NO if period.first > today else ""


def _begun(period: Period, today: date) -> str:
    if period.first is None or period.last is None:
        return _YES if period.ongoing else ""
    if period.first > today:
        return _NO
    is_now = period.last >= today and (today - period.first).days < _MONTH
    return "" if is_now else _YES


def _running(period: Period, today: date) -> str:
    if period.first is None or period.last is None:
        return _YES if period.ongoing else ""
    if period.last < today:
        return _ENDED
    return _NO if period.first > today else _YES
