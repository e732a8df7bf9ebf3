"""Tell what a number means that stands raised behind a word.

In:  the text before it, and its digits.
Out: the power or the square measure that it is; "" for the number of a note.

Knows nothing of file formats.
"""

from __future__ import annotations

import re

_MEASURE = re.compile(r"(?:^|[\d\s/])(?:mm|cm|dm|m|hm|km)$")
_SIGNS = {"2": "²", "3": "³"}
# "10" with two digits raised is a power of ten; "artikel 10" may have a note.
_TEN = re.compile(r"(?<![\d.,])10$")


def raised(before: str, digits: str) -> str:
    """Return what raised digits add to the text before them.

    Example:
        >>> raised("een zaal van 40 m", "2"), raised("meer dan 10", "25"), raised("de wet", "3")
        ('²', '^25', '')
    """
    if digits in _SIGNS and _MEASURE.search(before):
        return _SIGNS[digits]
    return f"^{digits}" if len(digits) == 2 and _TEN.search(before) else ""
