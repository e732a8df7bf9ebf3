"""Write a cell's value as a Dutch reader sees it in the sheet.

In:  a value and the number format of its cell.
Out: text: "3 maart 2026", "€ 1.250,00", "12,5%", "7"; "" for nothing and for error values.

Knows nothing of sheets or rows.
"""

from __future__ import annotations

import datetime as dt
import re

MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
ERRORS = frozenset({
    "#N/A",
    "#VALUE!",
    "#REF!",
    "#DIV/0!",
    "#NAME?",
    "#NULL!",
    "#NUM!",
    "#SPILL!",
    "#CALC!",
})
# Longer tails are rounding noise of binary fractions, not digits that somebody typed.
SIGNIFICANT_DIGITS = 12

# Text in quotes and colours or locales in brackets, which say nothing of digits or dates.
LITERALS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def shown(value: object, number_format: str = "General") -> str:
    """Return one value as text.

    Example:
        >>> shown(0.125, "0.0%"), shown(3.0), shown(dt.date(2026, 3, 3))
        ('12,5%', '3', '3 maart 2026')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "WAAR" if value else "ONWAAR"
    if isinstance(value, (int, float)):
        return _number(value, number_format)
    if isinstance(value, (dt.datetime, dt.date)):
        return _date(value, number_format)
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, dt.timedelta):
        return str(value)
    text = str(value)
    return "" if text.strip() in ERRORS else text


def _date(value: dt.date, number_format: str) -> str:
    """A date in words; month and year alone where the sheet shows no day."""
    month = f"{MONTHS[value.month - 1]} {value.year}"
    codes = LITERALS.sub("", number_format).lower()
    day = (
        month if "m" in codes and "d" not in codes and "h" not in codes else f"{value.day} {month}"
    )
    if isinstance(value, dt.datetime) and (value.hour or value.minute):
        return f"{day} {value:%H:%M}"
    return day


def _number(value: float, number_format: str) -> str:
    """A number with the decimals, thousands, percent or euro sign of its format."""
    if value != value or value in {float("inf"), float("-inf")}:
        return ""
    section = number_format.split(";")[0]
    codes = LITERALS.sub("", section)
    if "%" in codes:
        return f"{_digits(value * 100, codes, grouped=False)}%"
    euro = "€" in section or "EUR" in section
    text = _digits(abs(value) if euro else value, codes, grouped=euro or "#,#" in codes)
    return f"{'-' if value < 0 else ''}€ {text}" if euro else text


def _digits(value: float, codes: str, *, grouped: bool) -> str:
    """Digits the Dutch way: comma for decimals, point for thousands."""
    decimals = re.search(r"\.([0#?]+)", codes)
    if re.search(r"[0#]", codes) and "E" not in codes.upper():
        text = f"{value:,.{len(decimals.group(1)) if decimals else 0}f}"
    elif float(value).is_integer() and abs(value) < 1e15:
        text = f"{value:,.0f}"
    else:
        text = f"{value:,.{SIGNIFICANT_DIGITS}g}"
    text = text.translate(str.maketrans(",.", ".,"))
    return text if grouped else text.replace(".", "")
