"""Find times of day in Dutch text.

In:  any text.
Out: spans such as "10.00 uur", "14:30" and "half negen 's avonds".

Knows nothing of dates (see periods.py) or of lengths of time (see durations.py).
"""

from __future__ import annotations

import re

from ingest.records import Span

_HOUR = r"(?:[01]?\d|2[0-4])"
_WORD = r"(?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf)"
_PART = r"(?:\s+(?:uur\s+)?(?:['’]?s\s+(?:ochtends|morgens|middags|avonds|nachts)))"
_TIME = re.compile(
    rf"(?<![\w.,:/-])(?:{_HOUR}[.:][0-5]\d(?:\s*uur\b|{_PART}|(?=\s*(?:[-–]|tot|en)\s*{_HOUR}[.:])"
    rf"|(?<=:[0-5]\d)(?![\w:]))"
    rf"|(?:half|kwart\s+(?:voor|over))\s+{_WORD}\b"
    rf"|(?:om|vanaf|tot|tussen|rond)\s+(?:{_HOUR}|{_WORD})\s+uur\b"
    rf"|(?:{_HOUR}|{_WORD}){_PART})",
    re.IGNORECASE,
)


def find_times(text: str) -> list[Span]:
    """Return the spans of times of day, in order.

    Example:
        >>> [(t.start, t.end) for t in find_times("Open van 8.00 tot 17.30 uur.")]
        [(9, 13), (18, 27)]
    """
    return [Span(*match.span()) for match in _TIME.finditer(text)]
