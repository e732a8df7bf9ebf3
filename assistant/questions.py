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

from assistant.followup import standalone_of
from assistant.kinds import kind_of
from assistant.records import Kind, Question
from assistant.subject import subject_terms
from ingest.analysis import Term
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
    terms = subject_terms(standalone)
    focus = _focus(standalone, terms) if kind in {Kind.LIST, Kind.HOW_MANY} else None
    return Question(text, standalone, kind, terms, focus, today or date.today())


def _focus(question: str, terms: Sequence[Term]) -> Term | None:
    """Return the first subject term after "welke", "hoeveel" or "wat zijn de"."""
    asks = _ASKS_FOR.search(question)
    if asks is None:
        return None
    return next((t for t in terms if t.start >= asks.end() and t.surface not in NUMBER_WORDS), None)


_ASKS_FOR = re.compile(r"\b(?:welke|hoeveel|wat zijn|noem|aantal)\b", re.IGNORECASE)
