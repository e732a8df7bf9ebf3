"""Find the details that a question hangs on and that a statement does not have.

In:  a Question, and the words in and around a statement.
Out: the terms that must be there and are not: an answer without them is about something else.

A name, a number, a day, "per leerling": whoever asks for these is not helped by the rest. Dates
and ordinals, which can be written in many ways, are compared in exactness.py.

Knows nothing of scores.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.exactness import is_dated_term
from assistant.records import Question
from ingest.analysis import Term

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
# The country that Dutch documents are about, whether they say so or not.
_HERE = frozenset(["nederland", "nederlands", "nederlandse"])
# After what is told before it is asked: "Ik ben 17. Mag ik dat?"
_TOLD = re.compile(r"[.!]\s+\S[^?]*\?")
_OPENS = re.compile(r"(?:\A|[.!?:]\s)\W*\Z")
_PER = re.compile(r"\bper (?:\w+ )?\Z", re.IGNORECASE)
_OPINION = re.compile(r"\bwat (?:vind|denk)\w*\b|\bmening\b|\btevreden\b", re.IGNORECASE)
_HAS_OPINION = re.compile(
    r"\b(?:vind|vinden|vindt|vond|mening|meent|ervar\w+|tevreden\w*|oordee?l\w*|waarde\w+|kritisch"
    r"|enthousiast|positief|negatief)\b",
    re.IGNORECASE,
)


def lacking(question: Question, missing: Sequence[Term]) -> frozenset[Term]:
    """Return which of the terms that are missing the question hangs on."""
    return frozenset(term for term in missing if is_specific(term, question.standalone))


def lacks_opinion(question: Question, text: str) -> bool:
    """Tell whether the question asks what people think, and the statement does not say it."""
    return bool(_OPINION.search(question.standalone)) and not _HAS_OPINION.search(text)


def is_specific(term: Term, question: str) -> bool:
    """Tell whether a term is a name, a number or a day, or what something is counted per."""
    word = question[term.start : term.end]
    opens = _OPENS.search(question[: term.start]) is not None
    is_told = _TOLD.search(question, term.end) is not None
    is_number = word[:1].isdigit() and not is_told and not is_dated_term(term, question)
    is_name = not opens and word[:1].isupper() and term.surface not in _HERE
    return (
        is_number
        or is_name
        or term.surface in _DAYS
        or _PER.search(question[: term.start]) is not None
    )
