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
# A format that shows nothing at all, whatever stands in the cell.
HIDDEN = re.compile(";;;")
# Words between quotes; a currency's sign is told apart.
WORDS = re.compile(r'"([^"€]*[^\W\d_][^"€]*)"')


def shown(value: object, number_format: str = "General") -> str:
    """Return one value as text.

    Example:
        >>> shown(0.125, "0.0%"), shown(3.0), shown(dt.date(2026, 3, 3))
        ('12,5%', '3', '3 maart 2026')
    """
    if value is None or HIDDEN.fullmatch(number_format):
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
        hours, seconds = divmod(int(value.total_seconds()), 3600)
        return f"{hours}:{seconds // 60:02}"
    text = str(value)
    return "" if text.strip() in ERRORS else text


def _date(value: dt.date, number_format: str) -> str:
    """A date in words; month and year, or the year, alone where the sheet shows no more."""
    month = f"{MONTHS[value.month - 1]} {value.year}"
    codes = LITERALS.sub("", number_format.split(";")[0]).lower()
    if "y" in codes and not re.search("[dmh]", codes):
        return str(value.year)
    day = (
        month if "m" in codes and "d" not in codes and "h" not in codes else f"{value.day} {month}"
    )
    if isinstance(value, dt.datetime) and (value.hour or value.minute):
        return f"{day} {value:%H:%M}"
    return day


def _number(value: float, number_format: str) -> str:
    """A number with the decimals, thousands, signs and words of its format."""
    if value != value or value in {float("inf"), float("-inf")}:
        return ""
    section = number_format.split(";")[0]
    codes = LITERALS.sub("", section)
    before, after = _words(section)
    if "%" in codes:
        return f"{before}{_digits(value * 100, codes, grouped=False)}%{after}"
    euro = "€" in section or "EUR" in section
    text = _digits(abs(value) if euro else value, codes, grouped=euro or "#,#" in codes)
    return f"{'-' if value < 0 else ''}€ {text}" if euro else f"{before}{text}{after}"


def _words(section: str) -> tuple[str, str]:
    """Return the words that a format puts before and after the digits: '0 "dagen"'."""
    first, last = section.find("0"), section.rfind("0")
    before = "".join(WORDS.findall(section[: max(first, 0)])).strip()
    after = "".join(WORDS.findall(section[last:])).strip() if last >= 0 else ""
    return f"{before} " if before else "", f" {after}" if after else ""


def _digits(value: float, codes: str, *, grouped: bool) -> str:
    """Digits the Dutch way: comma for decimals, point for thousands."""
    decimals = re.search(r"\.([0#?]+)", codes)
    zeros = re.fullmatch(r"\s*(0{2,})\s*", codes)
    if zeros and value >= 0:
        return f"{value:0{len(zeros.group(1))}.0f}"  # a code, such as 00123
    if re.search(r"[0#]", codes) and "E" not in codes.upper():
        text = f"{value:,.{len(decimals.group(1)) if decimals else 0}f}"
    elif float(value).is_integer() and abs(value) < 1e15:
        text = f"{value:,.0f}"
    else:
        text = f"{value:,.{SIGNIFICANT_DIGITS}g}"
    text = text.translate(str.maketrans(",.", ".,"))
    return text if grouped else text.replace(".", "")
