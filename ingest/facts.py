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
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from ingest.dutch.abbreviations import find_abbreviations
from ingest.dutch.addresses import Address, find_emails, find_phones, find_urls
from ingest.dutch.amounts import Amount, find_amounts
from ingest.dutch.counts import find_counts
from ingest.dutch.periods import Period, find_periods, is_period
from ingest.dutch.years import Years, in_full, without_year
from ingest.records import Document

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


# Taken in this order, each from what the ones before it left.
_READ_FIRST: tuple[tuple[FactKind, Callable[[str], Iterable[Address | Amount]]], ...] = (
    (FactKind.URL, find_urls),
    (FactKind.EMAIL, find_emails),
    (FactKind.AMOUNT, find_amounts),
    (FactKind.PHONE, find_phones),
)


def find_facts(document: Document) -> list[Fact]:
    """Return the facts of `document`, in order of their place; one kind does not overlap."""
    text = document.text
    facts: list[Fact] = []
    for kind, find in _READ_FIRST:
        found = [Fact(kind, one.start, one.end, one.value) for one in find(text)]
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
