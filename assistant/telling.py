"""Tell from its form what a Dutch sentence tells: how, where, why, by when, on what condition.

In:  the text of a statement.
Out: whether it has the form of such a statement.

Forms only say what a sentence may be about; whether it is about the question is for others.

Knows nothing of questions, documents or scores.
"""

from __future__ import annotations

import re

from ingest.dutch.durations import find_durations

_DO = r"kunt|kan|kunnen|moet|moeten|mag|mogen|dient|dienen|hoeft|hoeven"
# "U kunt …", "kan een school …", "door … te", "met behulp van", or an order: "Stuur uw verzoek".
_HOW = re.compile(
    rf"(?i:\b(?:u|je|jij|jullie|men) (?:{_DO})\b|\b(?:{_DO}) (?:u|je|jij|men)\b)"
    r"|\bdoor\b[^.;]{3,80}\bte \w+en\b|\bdoor middel van\b|\bmet behulp van\b|\bvia\b"
    r"|^[A-Z][a-z]{1,9} (?:uw|je|een|het|de|dit|deze|altijd|eerst|contact|zo|bij|naar|aan|op)\b"
)
_WHERE = re.compile(
    r"\b(?:bij|aan|op|in|naar|via|langs)\s+(?:de|het|een|uw|je|ons|alle|elke|iedere|meer"
    r"|verschillende|\d+|[A-ZÀ-Þ][\w-]+|[\w-]+(?:\.nl|\.eu|\.com))"
)
_CONDITION = re.compile(
    r"\b(?:als|indien|wanneer|zodra|voordat|nadat|tenzij|mits|alleen|stadium)\b", re.IGNORECASE
)
# A time that counts from something else: "binnen 4 weken", "6 werkdagen na de aanvraag".
_LIMIT = re.compile(
    r"(?:binnen|uiterlijk|eerder dan|later dan|na|vanaf|minstens|minimaal|maximaal|hoogstens"
    r"|meer dan|langer dan|tot)\s*\Z",
    re.IGNORECASE,
)
_BEFORE = 20  # characters
_COUNTED_FROM = re.compile(r"\s*(?:na|voor|nadat|voordat|van tevoren|eerder|later)\b")
_ENUMERATION = re.compile(
    r"\b(?:zoals|waaronder|bijvoorbeeld|namelijk)\b|[:,][^,.:]{1,80}?\b(?:en|of)\b"
)


_REASON = re.compile(
    r"\b(?:omdat|daarom|doel|zodat|doordat|vanwege|wegens|redenen?|bedoeling|dankzij|want|namelijk"
    r"|immers|hierdoor|daardoor|waardoor|nodig|anders|oorza(?:ak|ken)|gevolg van|te wijten"
    r"|komt door|aanleiding|om\b[^.,]{3,80}\bte \w+)\b",
    re.IGNORECASE,
)


def tells_how(text: str) -> bool:
    """Tell whether a sentence tells what to do, or by what means something is done."""
    return _HOW.search(text) is not None


def tells_where(text: str) -> bool:
    """Tell whether a sentence names a place, or a body to turn to."""
    return _WHERE.search(text) is not None


def tells_reason(text: str) -> bool:
    """Tell whether a sentence gives a reason or a purpose."""
    return _REASON.search(text) is not None


def tells_condition(text: str) -> bool:
    """Tell whether a sentence says on what condition something holds."""
    return _CONDITION.search(text) is not None


def tells_limit(text: str) -> bool:
    """Tell whether a sentence gives a time counted from something else.

    Example:
        >>> tells_limit("De gemeente beslist binnen 8 weken."), tells_limit("Het duurt 8 weken.")
        (True, False)
    """
    return any(
        _LIMIT.search(text, max(span.start - _BEFORE, 0), span.start)
        or _COUNTED_FROM.match(text, span.end)
        for span in find_durations(text)
    )


def enumerates(text: str) -> bool:
    """Tell whether a sentence names several things, or examples."""
    return _ENUMERATION.search(text) is not None
