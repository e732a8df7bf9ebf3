"""Take the facts from a document that a reader would look up or check.

In:  a Document.
Out: `Fact`s with their exact spans and a value in one form: periods, amounts in euro, counts,
     e-mail addresses, web addresses, phone numbers, abbreviations.

No character is read twice: what is an address is taken first, then amounts, phone numbers,
periods and counts, each from what is left. So the year in an address is no period and the
digits of an amount count nothing. Only an abbreviation may lie beside another reading.

Knows nothing of questions, passages or milestones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ingest.abbreviations import find_abbreviations
from ingest.amounts import find_amounts
from ingest.counts import find_counts
from ingest.periods import Period, find_periods, is_period
from ingest.records import Document
from ingest.years import Years, in_full, without_year

_URL = re.compile(r"(?<!\w)(?:https?://|www\.(?=\w))[^\s<>()\"'|*\[\]\x00]*[\w/]", re.IGNORECASE)
_EMAIL = re.compile(
    r"(?<![\w.+-])\w[\w.+-]{0,63}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.[^\W\d_]{2,24}(?!\w)"
)
_GLUED = re.compile(
    r"(?:https?://|www\.)[^/]{1,100}?\.[a-z]{2,4}(?=\.?[A-Z][a-z]*$)"
)  # "www.cfi.nl.Het"
_PHONE = re.compile(
    r"(?:(?:\+|00)31[\s-]?(?:\(0\)\s?)?|\(0(?=\d{1,3}\))|0)\d(?:\)?[\s-]{0,3}\d){8}(?![\w-])"
    r"|0[89]00[\s-]\d{2,4}(?:\s?\d{2,4})?(?![\w-])"
)
_NOT_BEFORE_PHONE = re.compile(r"[\w.,€+-]")
# The year in a law's name or a reference to where it was published dates nothing.
_LAW = re.compile(r"(?:wet|besluit|wvw|nj|stb|stcrt|trb)[.*]{0,2}\s$", re.IGNORECASE)
_INFLECTED = ("doorlopende", "continue", "permanente")  # before a noun: no date of anything
_BLANK = "\x00"  # no letter, digit, space or sign: no pattern reads across it


class FactKind(StrEnum):
    """What sort of thing a fact is."""

    PERIOD = "period"
    AMOUNT = "amount"
    COUNT = "count"
    EMAIL = "email"
    URL = "url"
    PHONE = "phone"
    ABBREVIATION = "abbreviation"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a document states, where it stands and what it says.

    Attributes:
        kind: What sort of thing it is.
        start: Offset of its first character in the document's text.
        end: Offset after its last character.
        value: Period: an ISO 8601 interval, last day included ("2025-06-13/2025-06-13");
            "--06-13/--06-13" or "--W12" where no year is certain; "doorlopend".
            Amount: euros, see `amounts.Amount`. Count: number and noun, see `counts.Count`.
            E-mail: in lower case. URL: as it stands. Phone: its digits, "+31…" abroad.
            Abbreviation: its expansion as it stands.
    """

    kind: FactKind
    start: int
    end: int
    value: str


def find_facts(document: Document) -> list[Fact]:
    """Return the facts of `document`, in order of their place; one kind does not overlap."""
    text = document.text
    facts: list[Fact] = []
    for find in (_urls, _emails, _amounts, _phones):
        found = list(find(text))
        facts += found
        text = _blank(text, found)
    periods = find_periods(text)
    years = Years(document, [period for period in periods if period.first])
    ongoing = _ongoing_blocks(document) if any(p.ongoing for p in periods) else set()
    facts += [fact for p in periods if (fact := _period(text, p, years, ongoing)) is not None]
    text = _blank(text, periods)
    facts += [Fact(FactKind.COUNT, c.start, c.end, c.value) for c in find_counts(text)]
    for one in find_abbreviations(document):
        value = " ".join(document.text[one.long.start : one.long.end].split())
        facts.append(Fact(FactKind.ABBREVIATION, one.short.start, one.short.end, value))
    return sorted(facts, key=lambda fact: (fact.start, fact.end, fact.kind))


def _blank(text: str, facts: Iterable[Fact | Period]) -> str:
    """Return `text` with what was read blanked out; every offset stays."""
    parts, position = [], 0
    for fact in facts:
        parts += [text[position : fact.start], _BLANK * (fact.end - fact.start)]
        position = fact.end
    return "".join([*parts, text[position:]])


def _urls(text: str) -> Iterator[Fact]:
    if "://" in text or "www." in text.lower():
        for match in _URL.finditer(text):
            written = match.group()
            glued = _GLUED.match(written)
            url = written[: glued.end()] if glued else written
            yield Fact(FactKind.URL, match.start(), match.start() + len(url), url)


def _emails(text: str) -> Iterator[Fact]:
    if "@" in text:
        for match in _EMAIL.finditer(text):
            yield Fact(FactKind.EMAIL, match.start(), match.end(), match.group().lower())


def _amounts(text: str) -> Iterator[Fact]:
    for amount in find_amounts(text):
        yield Fact(FactKind.AMOUNT, amount.start, amount.end, amount.value)


def _phones(text: str) -> Iterator[Fact]:
    for match in _PHONE.finditer(text):
        start, end = match.span()
        if _NOT_BEFORE_PHONE.match(text[max(0, start - 1) : start]):
            continue
        written = text[start:end].replace("(0)", "")
        digits = "".join(sign for sign in written if sign.isdigit())
        abroad = written.startswith(("+", "00"))
        yield Fact(FactKind.PHONE, start, end, f"+{digits.lstrip('0')}" if abroad else digits)


def _period(text: str, period: Period, years: Years, ongoing: set[int]) -> Fact | None:
    written = text[period.start : period.end]
    if period.ongoing:
        if written.lower() in _INFLECTED and period.start not in ongoing:
            return None
        value = "doorlopend"
    elif written.isdigit() and _LAW.search(text, max(0, period.start - 12), period.start):
        return None
    elif period.first and period.last:
        value = f"{period.first}/{period.last}"
    else:
        days = years.resolve(period)
        value = f"{days[0]}/{days[1]}" if days else without_year(in_full(text, period))
    return Fact(FactKind.PERIOD, period.start, period.end, value) if value else None


def _ongoing_blocks(document: Document) -> set[int]:
    """Return where blocks start that are a period and nothing else: "Doorlopende mijlpaal"."""
    return {
        block.start
        for block in document.blocks
        if block.end - block.start < 60 and is_period(document.text[block.start : block.end])
    }
