"""The records that travel from question to answer.

    Question   what is asked, understood; with AskedPeriod, when it is about
    Hit        a passage that was found, with its rank in each source
    Dating     from when a document's information is
    Citation   a verbatim quote, at its offsets in a stored document
    Answer     Dutch text with markers [1], [2] …, its citations, and what led to it

Knows nothing of how any of them is made or shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from ingest.analysis import Term
from ingest.dutch.periods import Period
from ingest.records import Passage

if TYPE_CHECKING:
    from assistant.trace import Trace

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


class Relation(StrEnum):
    """How a thing must lie in the windows that are asked for."""

    DURING = "during"  # in it, or in part
    STARTS = "starts"  # begins in it
    ENDS = "ends"  # ends in it
    NEXT = "next"  # the first that begins in it
    LAST = "last"  # the last that ends in it
    ONGOING = "ongoing"  # has no end


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of days; None is open: no first day, or no last."""

    first: date | None
    last: date | None

    def overlaps(self, first: date, last: date) -> bool:
        """Tell whether days from `first` to `last` lie in it, or some of them."""
        return (self.last is None or first <= self.last) and (
            self.first is None or last >= self.first
        )


@dataclass(frozen=True, slots=True)
class AskedPeriod:
    """When a question is about.

    Attributes:
        relation: How a thing must lie in the windows.
        windows: The stretches of days; one that is open on both sides is all time.
        with_ongoing: Whether what is "doorlopend" counts too.
    """

    relation: Relation
    windows: tuple[Window, ...]
    with_ongoing: bool

    def matches(self, period: Period) -> bool:
        """Tell whether a thing with this period lies in the windows as asked."""
        if period.first is None or period.last is None:
            return period.ongoing and self.with_ongoing
        first = last = None
        if self.relation in {Relation.STARTS, Relation.NEXT}:
            first = last = period.first
        elif self.relation in {Relation.ENDS, Relation.LAST}:
            first = last = period.last
        elif self.relation is Relation.ONGOING:
            return False
        return any(w.overlaps(first or period.first, last or period.last) for w in self.windows)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood.

    Attributes:
        text: As asked.
        standalone: The question that can be understood without the conversation before it,
            typing errors put right and English in Dutch.
        kind: What it asks for.
        terms: The words that say what it is about, question words left out.
        focus: The term for what is counted or listed ("hoeveel coalities"), None if there is
            none; an answer must be about it.
        today: The day on which it is asked.
        period: When it is about, None when it does not say.
        synonyms: By surface form of a term, the wordings that say the same.
        named: The terms that an answer must have: a name, a number, a day.
        language: The language of `text`.
        corrected: The words that were put right: as written, and as read.
    """

    text: str
    standalone: str
    kind: Kind
    terms: tuple[Term, ...]
    focus: Term | None
    today: date
    period: AskedPeriod | None = None
    synonyms: Synonyms = field(default_factory=dict)
    named: tuple[Term, ...] = ()
    language: Literal["nl", "en"] = "nl"
    corrected: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found.

    Attributes:
        passage: The passage.
        score: How well it fits; the higher the better.
        ranks: Its rank from 1 in each source that found it, and in what a reranker reordered.
    """

    passage: Passage
    score: float
    ranks: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dating:
    """From when a document's information is, as its metadata write it; "" where they do not."""

    version: str = ""
    date: str = ""
    valid_from: str = ""
    valid_until: str = ""


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
        dating: From when its information is.
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
    dating: Dating = Dating()


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
        trace: How it came about.
        notes: Dutch lines on cited documents that are not in force on the day of asking; they
            rest on metadata, so they are no part of the text.
    """

    question: str
    standalone_question: str
    status: Status
    text: str
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...]
    timings_ms: Mapping[str, float]
    generation: int
    trace: Trace
    notes: tuple[str, ...] = ()
