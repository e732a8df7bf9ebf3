"""The records that travel from a set of questions to figures.

    Case       a question with what its answer must and must not hold, and where that stands
    Outcome    what the assistant did with a Case: everything that a metric looks at
    Judged     what a language model thinks of an Outcome, where one was asked
    Run        the Outcomes of a set of questions, asked of one index

All of an Outcome but that is data, no judgement: metrics are computed from it, also years later.

Knows nothing of how questions are asked, judged, stored or shown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar, Literal

from assistant.records import Status
from assistant.trace import Why

CaseKind = Literal[
    "when", "how_much", "how_many", "who", "contact", "definition", "why", "how", "list",
    "timeline", "comparison", "yes_no", "other",
]  # fmt: skip
# Statuses that give an answer; with the others the assistant declines to.
ANSWERING = frozenset({Status.ANSWERED, Status.PARTIAL, Status.CONFLICT})


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place in a document that holds the answer by itself.

    Attributes:
        document: The document's id.
        quote: Its words, verbatim; or
        words: words that are all in one passage of it.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}

    document: str
    quote: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A question whose right answer is known.

    Attributes:
        id: Names it, in every set.
        question: What is asked.
        kind: What it asks for.
        status: The statuses that are right, any of them.
        facts: What must be in the answer: each one of its alternatives.
        wrong: What must not be in the answer.
        evidence: Where the answer stands: each place holds it.
        history: What the user asked before, oldest first.
        today: The day on which it is asked, where that matters.
        language: Of the question.
        tags: What makes it hard.
        topic: What it is about.
        asker: Who would ask it.
        near: The document that a question without an answer comes near to.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}

    id: str
    question: str
    kind: CaseKind
    status: tuple[Status, ...]
    facts: tuple[tuple[str, ...], ...] = ()
    wrong: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    history: tuple[str, ...] = ()
    today: date | None = None
    language: Literal["nl", "en"] = "nl"
    tags: tuple[str, ...] = ()
    topic: str = "overig"
    asker: str = ""
    near: str | None = None

    @property
    def split(self) -> str:
        """Its part of the set: "tune" may be looked at to improve the assistant, "test" not."""
        odd = int(hashlib.sha256(self.id.encode()).hexdigest(), 16) % 2
        return "test" if odd else "tune"

    @property
    def must_answer(self) -> bool:
        """Whether only an answer is right."""
        return ANSWERING.issuperset(self.status)

    @property
    def must_decline(self) -> bool:
        """Whether no answer is right: the documents do not say it, or the question is unclear."""
        return ANSWERING.isdisjoint(self.status)

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents that it is about, each once."""
        near = (self.near,) if self.near else ()
        return tuple(dict.fromkeys((*(place.document for place in self.evidence), *near)))


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation of an answer.

    Attributes:
        number: Of its marker.
        document: The document's id.
        heading: The headings above it.
        quote: Its words.
        verbatim: Whether they stand at its offsets in the stored text.
        proves: Whether it lies in a place that holds the answer.
    """

    number: int
    document: str
    heading: str
    quote: str
    verbatim: bool
    proves: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that was retrieved; `holds` tells whether it holds the answer."""

    document: str
    heading: str
    text: str
    score: float
    ranks: Mapping[str, int]
    holds: bool


class Opinion(StrEnum):
    """What a language model thinks of an answer."""

    RIGHT = "right"
    WRONG = "wrong"
    NONE = "none"  # it gave none that can be read


@dataclass(frozen=True, slots=True)
class Judged:
    """A language model's opinion of an answer; `reason` is its own, or why there is none."""

    opinion: Opinion
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the assistant did with a question.

    Attributes:
        case: The question.
        status: How it was answered.
        text: The answer, with markers.
        read_as: The question as the assistant read it.
        cited: The citations, in the order of their markers.
        found: What was retrieved, best first.
        relevant: How many passages of the index hold the answer.
        unfounded: Evidence that is not in the documents (any more).
        milliseconds: From question to answer.
        timings_ms: Milliseconds by stage.
        why: Why it was answered so, None in a run that was stored before this was kept.
        judged: What a language model thinks of it, None where none was asked.
    """

    case: Case
    status: Status
    text: str
    read_as: str = ""
    cited: tuple[Cited, ...] = ()
    found: tuple[Found, ...] = ()
    relevant: int = 0
    unfounded: tuple[Evidence, ...] = ()
    milliseconds: float = 0.0
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    why: Why | None = None
    judged: Judged | None = None

    @property
    def gives_answer(self) -> bool:
        """Whether it is an answer, and not a refusal or a question back."""
        return self.status in ANSWERING


@dataclass(frozen=True, slots=True)
class Run:
    """A set of questions, asked.

    Attributes:
        made: When.
        today: The day on which the questions were asked that name none.
        generation: The generation of the index that answered.
        model: The fingerprint of the embedding model.
        split: Which part of the set: "tune", "test" or "all".
        seconds: How long it took.
        outcomes: One a question.
        questions: What the set is called, "" where that was not kept.
        judge: The language model that judged the answers, "" where none did.
    """

    made: datetime
    today: date
    generation: int
    model: str
    split: str
    seconds: float
    outcomes: tuple[Outcome, ...]
    questions: str = ""
    judge: str = ""
