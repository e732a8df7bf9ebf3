"""Find lengths of time in Dutch text.

In:  any text.
Out: spans such as "zes maanden" and "14 dagen".

Knows nothing of documents, questions or dates (see periods.py).
"""

from __future__ import annotations

import re

from ingest.dutch.numbers import NUMBER_WORDS
from ingest.records import Span

# Not in the middle of a number: a long row of digits would be tried from each one.
_DIGITS = r"(?<!\d)(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)"
_COUNT_WORD = "|".join(sorted((w for w in NUMBER_WORDS if w != "een"), key=len, reverse=True))
_DURATION = re.compile(
    rf"(?<![\w./-])(?:{_DIGITS}|(?:{_COUNT_WORD}|een)\b)\s+"
    r"(?:seconden|minuten|minuut|uur|uren|dag|dagen|werkdag|werkdagen|week|weken|maand|maanden|kwartaal|kwartalen|jaar|jaren)\b",
    re.IGNORECASE,
)


def find_durations(text: str) -> list[Span]:
    """Return the spans of lengths of time, in order."""
    return [Span(match.start(), match.end()) for match in _DURATION.finditer(text)]
