"""Find amounts of money, counts, addresses and names in Dutch text.

In:  any text.
Out: spans of what a reader would check first: "ruim 41 miljoen euro", "twaalf coalities",
     "info@voorbeeld.nl", "Jan van den Berg".

Knows nothing of documents, questions or dates (see periods.py).
"""

from __future__ import annotations

import re

from ingest.records import Span

NUMBER_WORDS = {
    "nul": 0, "een": 1, "één": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6,
    "zeven": 7, "acht": 8, "negen": 9, "tien": 10, "elf": 11, "twaalf": 12, "dertien": 13,
    "veertien": 14, "vijftien": 15, "zestien": 16, "zeventien": 17, "achttien": 18,
    "negentien": 19, "twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60,
    "zeventig": 70, "tachtig": 80, "negentig": 90, "honderd": 100, "duizend": 1000,
}  # fmt: skip

# Not in the middle of a number: a long row of digits would be tried from each one.
_DIGITS = r"(?<!\d)(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)"
_COUNT_WORD = "|".join(sorted((w for w in NUMBER_WORDS if w != "een"), key=len, reverse=True))
_ABOUT = r"(?:(?:ruim|circa|ca\.|ongeveer|bijna|maximaal|minimaal|minstens|meer dan|tot)\s+)?"
_SCALE = r"(?:\s*(?:duizend|miljoen|miljard|mln\.?|mld\.?))"
_AMOUNT = re.compile(
    rf"{_ABOUT}(?:(?:€|EUR)\s*(?:{_DIGITS})(?:,-)?{_SCALE}?"
    rf"|(?:{_DIGITS}|(?:{_COUNT_WORD}|een|half)\b){_SCALE}?\s*(?:euro|EUR)\b"
    rf"|(?:{_DIGITS}|(?:{_COUNT_WORD}|een)\b)\s*(?:miljoen|miljard|mln|mld)\b)",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"(?<![\w./-])(?:{_DIGITS}|(?:{_COUNT_WORD})\b)(?:\s*%|\s+procent\b)?", re.IGNORECASE
)
_DURATION = re.compile(
    rf"(?<![\w./-])(?:{_DIGITS}|(?:{_COUNT_WORD}|een)\b)\s+(?:seconden|minuten|minuut|uur|uren|dag|dagen"
    r"|werkdag|werkdagen|week|weken|maand|maanden|kwartaal|kwartalen|jaar|jaren)\b",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>()\"']*[\w/]", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w-])(?:\+31[\s-]?|0)\d(?:[\s-]?\d){8}(?!\d)")
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+(?:-[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+)*"
_INFIX = r"(?:van|de|der|den|het|ten|ter|te|in|'t|el|la|von|di)"
_NAME = re.compile(
    rf"\b(?:{_CAPITAL}|(?:[A-Z]\.)+)(?:\s+(?:[A-Z]\.)+)*"
    rf"(?:\s+{_INFIX}){{0,3}}\s+{_CAPITAL}(?:\s*[-–]\s*(?:{_INFIX}\s+)*{_CAPITAL})?"
)  # fmt: skip


def find_amounts(text: str) -> list[Span]:
    """Return the spans of amounts of money, with "ruim" or "circa" before them."""
    return _spans(_AMOUNT, text)


def find_counts(text: str) -> list[Span]:
    """Return the spans of numbers in digits and words; "een" is an article, not a count."""
    return _spans(_COUNT, text)


def find_durations(text: str) -> list[Span]:
    """Return the spans of lengths of time: "zes maanden", "14 dagen"."""
    return _spans(_DURATION, text)


def find_contacts(text: str) -> list[Span]:
    """Return the spans of e-mail addresses, web addresses and phone numbers, in order."""
    spans = [*_spans(_EMAIL, text), *_spans(_URL, text), *_spans(_PHONE, text)]
    return sorted(spans, key=lambda span: span.start)


def find_names(text: str) -> list[Span]:
    """Return the spans that look like a person's full name; some organisations do too."""
    return _spans(_NAME, text)


def _spans(pattern: re.Pattern[str], text: str) -> list[Span]:
    return [Span(match.start(), match.end()) for match in pattern.finditer(text)]
