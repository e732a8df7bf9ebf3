"""Find web addresses, e-mail addresses and phone numbers in Dutch text.

In:  any text.
Out: `Address`es with their spans, each in one form.

Knows nothing of documents or of who can be reached there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_URL = re.compile(r"(?<!\w)(?:https?://|www\.(?=\w))[^\s<>()\"'|*\[\]\x00]*[\w/]", re.IGNORECASE)
_EMAIL = re.compile(
    r"(?<![\w.+-])\w[\w.+-]{0,63}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.[^\W\d_]{2,24}(?!\w)"
)
_GLUED = re.compile(
    r"(?:https?://|www\.)[^/]{1,100}?\.[a-z]{2,4}(?=\.?[A-Z][a-z]*$)"
)  # "www.cfi.nl.Het"
_REST = r"\d(?:\)?[\s-]{0,3}\d){8}(?![\w-])"
_AFTER_COUNTRY = rf"[\s-]?(?:\(0\)\s?)?{_REST}"
# Each opens with a sign that it must hold: that is found faster.
_PHONE = re.compile(
    rf"\+31{_AFTER_COUNTRY}|0031{_AFTER_COUNTRY}|\(0(?=\d{{1,3}}\)){_REST}|0{_REST}"
    r"|0[89]00[\s-]\d{2,4}(?:\s?\d{2,4})?(?![\w-])"
)
_NOT_BEFORE_PHONE = re.compile(r"[\w.,€+-]")


@dataclass(frozen=True, slots=True)
class Address:
    """Where something or someone can be reached.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last character.
        value: URL: as it stands. E-mail: in lower case. Phone: its digits, "+31…" abroad.
    """

    start: int
    end: int
    value: str


def find_addresses(text: str) -> list[Address]:
    """Return the addresses of every kind in `text`, in order."""
    found = [*find_urls(text), *find_emails(text), *find_phones(text)]
    return sorted(found, key=lambda address: address.start)


def find_urls(text: str) -> Iterator[Address]:
    """Yield web addresses, without the sentence's own punctuation behind them."""
    if "://" in text or "www." in text.lower():
        for match in _URL.finditer(text):
            written = match.group()
            glued = _GLUED.match(written)
            url = written[: glued.end()] if glued else written
            yield Address(match.start(), match.start() + len(url), url)


def find_emails(text: str) -> Iterator[Address]:
    """Yield e-mail addresses."""
    if "@" in text:
        for match in _EMAIL.finditer(text):
            yield Address(match.start(), match.end(), match.group().lower())


def find_phones(text: str) -> Iterator[Address]:
    """Yield Dutch phone numbers."""
    for match in _PHONE.finditer(text):
        start, end = match.span()
        if _NOT_BEFORE_PHONE.match(text[max(0, start - 1) : start]):
            continue
        written = text[start:end].replace("(0)", "")
        digits = "".join(sign for sign in written if sign.isdigit())
        abroad = written.startswith(("+", "00"))
        yield Address(start, end, f"+{digits.lstrip('0')}" if abroad else digits)
