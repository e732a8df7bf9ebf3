"""Find the details that a question hangs on and that a statement does not have.

In:  a Question, and the words in and around a statement.
Out: the terms that must be there and are not: an answer without them is about something else.

A name, a number, a day, an ordinal, "per leerling": whoever asks for these is not helped by the
rest. A year counts as there when it falls in a period that the statement names.

Knows nothing of scores.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.records import Question
from ingest.analysis import Term
from ingest.dutch.periods import find_periods

_DAYS = frozenset([
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag",
    "weekend",
])
_ORDINALS = {
    "eerste": "1", "tweede": "2", "derde": "3", "vierde": "4", "vijfde": "5",
    "zesde": "6", "zevende": "7", "achtste": "8", "negende": "9", "tiende": "10",
}  # fmt: skip
_PER = re.compile(r"\bper (?:\w+ )?\Z", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_OPINION = re.compile(r"\bwat (?:vind|denk)\w*\b|\bmening\b|\btevreden\b", re.IGNORECASE)
_HAS_OPINION = re.compile(
    r"\b(?:vind|vinden|vindt|vond|mening|meent|ervar\w+|tevreden\w*|oordee?l\w*|waarde\w+|kritisch"
    r"|enthousiast|positief|negatief)\b",
    re.IGNORECASE,
)


def lacking(question: Question, missing: Sequence[Term], text: str) -> frozenset[Term]:
    """Return the terms that the question hangs on and that are not there.

    Args:
        question: The question.
        missing: Its terms that are nowhere in or around the statement.
        text: The statement.
    """
    return frozenset(
        term
        for term in missing
        if is_specific(term, question.standalone) and not _is_there(term, text)
    )


def lacks_opinion(question: Question, text: str) -> bool:
    """Tell whether the question asks what people think, and the statement does not say it."""
    return bool(_OPINION.search(question.standalone)) and not _HAS_OPINION.search(text)


def is_specific(term: Term, question: str) -> bool:
    """Tell whether a term is a name, number, day or ordinal, or what something is counted per."""
    word = question[term.start : term.end]
    inside = question[: term.start].strip() != ""
    is_name = word[:1].isdigit() or (inside and word[:1].isupper())
    is_order = term.surface in _DAYS or term.surface in _ORDINALS
    return is_name or is_order or _PER.search(question[: term.start]) is not None


def _is_there(term: Term, text: str) -> bool:
    """Tell whether a statement has a term in another form: "ronde 2", a year within a period."""
    if (digits := _ORDINALS.get(term.surface)) is not None:
        return re.search(rf"\b{digits}\b", text) is not None
    if not _YEAR.match(term.surface):
        return False
    year = int(term.surface)
    return any(
        period.first is not None
        and period.last is not None
        and period.first.year <= year <= period.last.year
        for period in find_periods(text)
    )
