"""The records that travel from question to answer.

    Question   what is asked, understood
    Hit        a passage that was found, with its rank in each source
    Citation   a verbatim quote, at its offsets in a stored document
    Answer     Dutch text with markers [1], [2] …, its citations, and what led to it

Knows nothing of how any of them is made or shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ingest.analysis import Term
from ingest.records import Passage

# By surface form of a term, the wordings that say the same.
Synonyms = Mapping[str, tuple[tuple[Term, ...], ...]]


class Kind(StrEnum):
    """What a question asks for."""

    WHEN = "when"
    HOW_MUCH = "how_much"
    HOW_MANY = "how_many"
    WHO = "who"
    CONTACT = "contact"
    DEFINITION = "definition"
    WHY = "why"
    LIST = "list"
    HOW = "how"
    TIMELINE = "timeline"
    COMPARISON = "comparison"
    YES_NO = "yes_no"
    OTHER = "other"


class Status(StrEnum):
    """How a question was answered."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    CONFLICT = "conflict"
    CLARIFY = "clarify"
    NOT_FOUND = "not_found"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood.

    Attributes:
        text: As asked.
        standalone: The question that can be understood without the conversation before it,
            typing errors put right.
        kind: What it asks for.
        terms: The words that say what it is about, question words left out.
        focus: The term for what is counted or listed ("hoeveel coalities"), None if there is
            none; an answer must be about it.
        today: The day on which it is asked.
        synonyms: By surface form of a term, the wordings that say the same.
    """

    text: str
    standalone: str
    kind: Kind
    terms: tuple[Term, ...]
    focus: Term | None
    today: date
    synonyms: Synonyms = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found; `ranks` holds its rank from 1 in each source that found it."""

    passage: Passage
    score: float
    ranks: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote that anyone can check: `document.text[start:end] == quote`.

    Attributes:
        number: The number of its marker in the answer.
        document_id: The document it is in.
        title: That document's title.
        source: That document's file, below the ingested folder.
        url: Where the original stands, None when the document does not say.
        headings: The headings above it, outermost first.
        page: Page from 1, None where the format has no pages.
        quote: The words, verbatim.
        start: Offset of the first character in the stored text.
        end: Offset after the last character.
    """

    number: int
    document_id: str
    title: str
    source: str
    url: str | None
    headings: tuple[str, ...]
    page: int | None
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a user gets.

    Attributes:
        question: As asked.
        standalone_question: As read: with what the conversation before it adds, and without
            typing errors.
        status: How it was answered.
        text: Dutch, with markers [n] behind what they support.
        citations: One for each marker; for a refusal, the nearest passages.
        hits: What was retrieved, best first.
        timings_ms: Milliseconds by stage.
        generation: The number of the index generation that answered.
    """

    question: str
    standalone_question: str
    status: Status
    text: str
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...]
    timings_ms: Mapping[str, float]
    generation: int
