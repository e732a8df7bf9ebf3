"""Write dates in Dutch.

In:  dates, as ISO text.
Out: the words a reader expects.

Knows nothing of what is dated.
"""

from __future__ import annotations

from datetime import date

MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
SHORT = tuple("mrt" if month == "maart" else month[:3] for month in MONTHS)


def dutch_date(value: str) -> str:
    """Return an ISO date as Dutch words, and anything else as it is.

    Example:
        >>> dutch_date("2026-03-03"), dutch_date("2025")
        ('3 maart 2026', '2025')
    """
    try:
        day = date.fromisoformat(value.strip())
    except ValueError:
        return value.strip()
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
