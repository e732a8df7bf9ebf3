"""Write dates in Dutch.

In:  dates, as ISO text; the Dating of a document.
Out: the words a reader expects.

Knows nothing of what is dated.
"""

from __future__ import annotations

from datetime import date

from assistant.records import Dating

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


def dated(dating: Dating) -> str:
    """Return from when a document's information is, "" where it does not say.

    Example:
        >>> dated(Dating("2", "2026-03-03", valid_until="2027"))
        'versie 2 · 3 maart 2026 · geldig tot en met 2027'
    """
    first, last = dutch_date(dating.valid_from), dutch_date(dating.valid_until)
    valid = [f"vanaf {first}"] if first and not last else [f"van {first}"] if first else []
    valid += [f"tot en met {last}"] if last else []
    version = dating.version.strip()
    parts = [
        f"versie {version}" if version[:1].isdigit() else version,
        dutch_date(dating.date),
        f"geldig {' '.join(valid)}" if valid else "",
    ]
    return " · ".join(filter(None, parts))
