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

from assistant.kinds import kind_of
from assistant.records import Kind, Question
from ingest.analysis import Term, analyse
from ingest.dutch.numbers import NUMBER_WORDS

# Words that carry the question, not its subject.
_QUESTION_WORDS = frozenset(
    """
    bedrag bedragen bedraagt betekent betekenen betekenis bereiken contact datum doel euro geld
    heet heten hoelang houdt jaar keer klaar kost kosten maand naam namen noem
    periode precies reden voorbeelden waar waaruit waartoe aantal gebeurt gebeuren
    staat zin vraag vragen mailadres emailadres email adres telefoonnummer
    bedoeld afkorting definitie geef opsomming overzicht opnemen bereikbaar mailen bellen
    hoogte nummer datums hoeveel begint beginnen eindigt
    stopt start gaat vertel vertellen uitleg leg informatie weet bron bronnen document documenten
    """.split()  # noqa: SIM905 - a table reads better than a list of quoted strings
)


def understand(text: str, history: Sequence[str] = (), today: date | None = None) -> Question:
    """Read a question.

    Args:
        text: What the user asks.
        history: The user's earlier questions, oldest first.
        today: The day of asking; the machine's own date when left out.
    """
    standalone = _standalone(text, history)
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


def subject_terms(text: str) -> tuple[Term, ...]:
    """Return the terms that say what a question is about, each word once.

    Question words go; when nothing would be left they stay.
    """
    terms = {term.surface: term for term in analyse(text) if not term.is_function_word}
    subject = tuple(term for word, term in terms.items() if word not in _QUESTION_WORDS)
    return subject or tuple(terms.values())


_FOLLOW_UP = re.compile(
    r"^(?:en|maar|of|dus)\b|\b(?:dat|die|dit|deze|daar\w*|hier\w*|hij|zij|ze|hun|er(?:mee|van|voor)"
    r"|dan)\b",
    re.IGNORECASE,
)


def _standalone(text: str, history: Sequence[str]) -> str:
    """Put the subject of the last question behind a follow-up that has hardly one itself."""
    text = " ".join(text.split())
    if not history or not _FOLLOW_UP.search(text) or len(subject_terms(text)) > 2:
        return text
    own = {term.stem for term in subject_terms(text)}
    last = history[-1]
    words = [t for t in subject_terms(last) if t.stem not in own and t.surface in last.lower()]
    if not words:
        return text
    return f"{text.rstrip(' ?.!')} ({' '.join(last[t.start : t.end] for t in words)})?"
