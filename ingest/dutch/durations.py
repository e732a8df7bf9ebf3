"""Find lengths of time in Dutch text.

In:  any text.
Out: spans such as "zes maanden", "14 dagen" and "een half jaar".

Knows nothing of documents, questions or dates (see periods.py).
"""

from __future__ import annotations

import re

from ingest.dutch.numbers import NUMBER_WORDS
from ingest.records import Span

# Not in the middle of a number: a long row of digits would be tried from each one.
_DIGITS = r"(?<!\d)(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)"
_COUNT_WORD = "|".join(sorted((w for w in NUMBER_WORDS if w != "een"), key=len, reverse=True))
_UNIT = (
    r"(?:(?:kalender|lever|school|vakantie|werk|zittings)?(?:jaar|jaren|maand|maanden|week|weken"
    r"|dag|dagen|uur|uren)|minuut|minuten|seconden|kwartier|kwartaal|kwartalen|etmaal|etmalen"
    r"|dagdeel|dagdelen)"
)
# "14.30 uur" is a time of day.
_DURATION = re.compile(
    r"(?<![\w./-])(?!\d{1,2}[.:]\d\d\s+uur\b)"
    rf"(?:(?:{_DIGITS}|(?:{_COUNT_WORD}|een|anderhal(?:f|ve))\b)\s+{_UNIT}\b"
    r"|(?:een\s+)?half\s*(?:jaar|uur)\b)",
    re.IGNORECASE,
)


def find_durations(text: str) -> list[Span]:
    """Return the spans of lengths of time, in order."""
    return [Span(match.start(), match.end()) for match in _DURATION.finditer(text)]
