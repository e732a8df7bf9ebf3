"""Understand a question: what it asks for, and about what.

In:  a question, the user's earlier questions, the day.
Out: a Question record.

Patterns are those of Dutch questions; none knows a word of any corpus.

Knows nothing of the index.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.asked_period import read_period, words_of_time
from assistant.details import is_specific
from assistant.followup import standalone_of
from assistant.kinds import kind_of
from assistant.records import Kind, Question
from assistant.subject import subject_terms
from ingest.analysis import Term, fold, is_conjugated
from ingest.dutch.numbers import NUMBER_WORDS


def understand(text: str, history: Sequence[str] = (), today: date | None = None) -> Question:
    """Read a question.

    Args:
        text: What the user asks.
        history: The user's earlier questions, oldest first.
        today: The day of asking; the machine's own date when left out.
    """
    standalone = standalone_of(text, history)
    kind = kind_of(standalone)
    day = today or date.today()
    period = read_period(standalone, day)
    terms = _timeless(subject_terms(standalone), standalone)
    focus = _focus(standalone, kind, terms) if kind in _FOCUSED else None
    named = tuple(term for term in terms if is_specific(term, standalone))
    return Question(text, standalone, kind, terms, focus, day, period, named=named)


def _focus(question: str, kind: Kind, terms: Sequence[Term]) -> Term | None:
    """Return the noun after "welke", "hoeveel" or "wie is de", its adjective passed over.

    Who is asked for need not be called so: "Welke organisatie" may be "Stichting Zonneweide".
    """
    asks = (_OFFICE if kind is Kind.WHO else _ASKS_FOR).search(question)
    if asks is None or _counts_nothing(question[asks.start() :]):
        return None
    after = [t for t in terms if t.start >= asks.end() and t.surface not in NUMBER_WORDS]
    for term, following in zip(after, after[1:], strict=False):
        is_adjective = term.surface.endswith("e") and following.start == term.end + 1
        if not (is_adjective and following.surface.endswith(("en", "s"))):
            return term
    return after[-1] if after else None


def _counts_nothing(asked: str) -> bool:
    """Tell whether a verb follows "hoeveel", and no noun: "Hoeveel mag je bijverdienen?"."""
    found = _HOW_MUCH.match(asked)
    return found is not None and (found["verb"] is not None or is_conjugated(fold(found["word"])))


_FOCUSED = frozenset({Kind.LIST, Kind.HOW_MANY, Kind.HOW_MUCH, Kind.WHO})
# "Wie is verantwoordelijk …?" asks for no office, "Wie is (de) voorzitter van …?" does.
_OFFICE = re.compile(
    r"\bwie (?:is|zijn|was|waren)(?= (?:de|het|een|onze|hun) |(?: [\w-]+){1,2} van )\b",
    re.IGNORECASE,
)
_ASKS_FOR = re.compile(
    rf"\b(?:welke|hoeveel|wat zijn|noem|aantal)\b|{_OFFICE.pattern}", re.IGNORECASE
)
_HOW_MUCH = re.compile(
    r"hoeveel (?P<word>(?P<verb>(?:mag|mogen|kan|kun|kunnen|moet|moeten|zal|zullen|wil|willen|is"
    r"|zijn|was|waren|worden|heb|hebt|heeft|hebben|krijgt?|krijgen|ontvangt?|ontvangen|kost|kosten"
    r"|geef|geven|betaal|betalen|gaat|komt|er|[a-z]+dt)\b)?[^\W\d_]*)",
    re.IGNORECASE,
)


def _timeless(terms: tuple[Term, ...], text: str) -> tuple[Term, ...]:
    """Leave out words such as "vorige maand"; when nothing would be left they stay."""
    spans = words_of_time(text)
    return tuple(t for t in terms if not any(s.start <= t.start < s.end for s in spans)) or terms
