"""Ask back when a question does not say what it is about.

In:  a question as understood, what was found for it, the facts of the documents.
Out: whether it is too vague to answer; what it may be about; the text that asks.

A question with a subject is never sent back. What it may be about are the headings of passages
that hold the sort of fact that is asked for.

Knows nothing of retrieval.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.fitting import FACTS
from assistant.matching import forms_of, match
from assistant.records import Hit, Kind, Question
from assistant.subject import names_subject
from assistant.topic import parts_of
from ingest.analysis import analyse
from ingest.dutch.periods import is_period
from ingest.facts import Fact, FactKind

_MOST = 4  # choices
_CONTACTS = (
    (re.compile(r"mail", re.IGNORECASE), FactKind.EMAIL),
    (re.compile(r"telefoon|nummer|\bbel", re.IGNORECASE), FactKind.PHONE),
    (re.compile(r"site|link|url|web", re.IGNORECASE), FactKind.URL),
)
# A planning needs no subject, and neither does what happens today.
_NEEDS_NONE = frozenset({Kind.TIMELINE, Kind.COMPARISON})
_POINTED = re.compile(r"\b(?:die|dat|deze|dit) (\w+)[ ?.!]*$", re.IGNORECASE)
_LABEL = re.compile(r"^\w+:\s+")
_ASK = "Ik weet niet goed waar je vraag over gaat. Bedoel je misschien een van deze onderwerpen?"


def is_vague(question: Question) -> bool:
    """Tell whether a question leaves open what it is about."""
    asks = question.terms or parts_of(question.standalone).wh
    if question.kind in _NEEDS_NONE or not asks:
        return False
    return not names_subject(question.standalone) or _only_word(question) is not None


def choices(
    question: Question, hits: Sequence[Hit], facts_of: Callable[[str], Sequence[Fact]]
) -> list[str]:
    """Return what a vague question may be about, the likeliest first.

    None when nothing would answer it, or when it names the one thing that it may be about; one
    when the sources hold a single answer.

    Args:
        question: A vague question.
        hits: What was found for it.
        facts_of: Gives the facts of a document by its id.
    """
    word = _only_word(question)
    if word is not None:
        return _about(word, hits)
    wanted = _wanted(question)
    found: dict[str, None] = {}
    values: set[str] = set()
    for hit in hits:
        passage = hit.passage
        held = {
            fact.value
            for fact in facts_of(passage.document_id)
            if fact.kind in wanted and passage.start <= fact.start < passage.end
        }
        heading = _heading(passage.headings)
        if heading and (held or not wanted):
            found.setdefault(heading)
            values |= held
    return list(found)[: 1 if len(values) == 1 else _MOST]


def _about(word: str, hits: Sequence[Hit]) -> list[str]:
    """Return the headings that a word stands under, those that name it first.

    None when one subject is the likeliest: a single heading that names it, or hardly any.
    """
    (term,) = analyse(word)
    named, other = dict[str, None](), dict[str, None]()
    for hit in hits:
        heading = _heading(hit.passage.headings)
        if match(term, forms_of(heading)):
            named.setdefault(heading)
        elif heading and match(term, forms_of(hit.passage.text)) == 1.0:
            other.setdefault(heading)
    found = list(named | other)[:_MOST]
    return found if len(named) > 1 or len(found) == _MOST else []


def ask_back(topics: Sequence[str]) -> str:
    """Return the text that asks which of `topics` is meant."""
    return "\n".join((_ASK, *(f"- {topic}" for topic in topics)))


def narrowed(question: Question, topic: str) -> str:
    """Return the question, asked about `topic`."""
    return f"{question.standalone.rstrip(' ?.!')}, als het gaat om {topic}?"


def _wanted(question: Question) -> frozenset[FactKind]:
    if question.kind is Kind.CONTACT:
        named = [kind for form, kind in _CONTACTS if form.search(question.standalone)]
        return frozenset(named) or FACTS[Kind.CONTACT]
    return FACTS.get(question.kind, frozenset())


def _only_word(question: Question) -> str | None:
    """Return the one word that a question consists of, or that "die" points at.

    None for a name or an abbreviation: that says well enough what is meant.
    """
    text = question.standalone.strip(" ?.!")
    pointed = _POINTED.search(text)
    word = pointed[1] if pointed is not None and len(question.terms) == 1 else text
    is_plain = word.isalpha() and word[1:].islower() and len(analyse(word)) == 1
    return word if is_plain and names_subject(word) else None


def _heading(headings: Sequence[str]) -> str:
    """Return the nearest heading that names a subject, without its label: "Stap: …"."""
    bare = (_LABEL.sub("", heading).strip() for heading in reversed(headings))
    return next((one for one in bare if names_subject(one) and not is_period(one)), "")
