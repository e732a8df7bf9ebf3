"""The records that tell how an answer came about.

    Objection  what speaks against a statement as an answer
    Weighed    a statement that could have answered, and what became of it
    Reason     why a question was answered, sent back or refused
    Why        the reason, with what was missing
    Trace      all of it, from the question as understood to the reason

Knows nothing of how any of them is made or shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from assistant.generation import Generation
from assistant.records import Hit, Kind, Question


class Objection(StrEnum):
    """What speaks against a statement as an answer."""

    LEADS_AWAY = "leads_away"  # it points to another page
    NO_FACT = "no_fact"  # it has no date, amount, … where one is asked for
    LITTLE_SUBJECT = "little_subject"  # it is too little about the subject
    WEAK = "weak"  # it is not sure enough to be the answer
    NO_FOCUS = "no_focus"  # it is not about what is counted or listed
    NO_OPINION = "no_opinion"  # it says nothing of what people think
    OTHER_DETAIL = "other_detail"  # it is about another one, or another time
    SAYS_NOTHING = "says_nothing"  # a title, a name, a date or a question


class Reason(StrEnum):
    """Why a question was answered, sent back or refused."""

    ENOUGH = "enough"  # statements are enough to answer on
    OVERVIEW = "overview"  # all that happens in the period asked for
    COMPARED = "compared"  # each side was answered on
    IN_PARTS = "in_parts"  # each of the two things asked was answered on
    OUT_OF_SCOPE = "out_of_scope"  # nothing is asked of the sources
    NO_QUESTION = "no_question"  # there are no words to go by
    VAGUE = "vague"  # it may be about several things
    NOTHING_FOUND = "nothing_found"  # no statement is near
    NOTHING_THEN = "nothing_then"  # nothing happens in the period asked for
    NOT_ENOUGH = "not_enough"  # something speaks against each of the best statements
    DETAIL_MISSING = "detail_missing"  # a name or number is in none that would do
    UNSUPPORTED = "unsupported"  # no line passed the check of what it states


@dataclass(frozen=True, slots=True)
class Why:
    """Why a question got the answer that it got.

    Attributes:
        reason: The reason.
        kind: What the question asks for, None when it was not read.
        objection: For a refusal, what speaks against the statement that comes nearest.
        lacking: For a refusal, the question's words that are missing: those that the question
            hangs on, such as a name; any where it has those and is about something else.
    """

    reason: Reason
    kind: Kind | None = None
    objection: Objection | None = None
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Weighed:
    """A statement that could have answered, and what became of it.

    Attributes:
        document_id: The document it is in.
        start: Offset of its first character in the stored text.
        end: Offset after its last character.
        text: What it says, verbatim.
        score: What statements are ordered by.
        sufficiency: Above 0 where it is enough to answer on.
        signs: What speaks for or against it, by name (see evidence.json).
        missing: The question's words that are nowhere near it.
        objection: What speaks against it, None when it would do.
        is_chosen: Whether the answer rests on it.
    """

    document_id: str
    start: int
    end: int
    text: str
    score: float
    sufficiency: float
    signs: Mapping[str, float]
    missing: tuple[str, ...]
    objection: Objection | None
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Trace:
    """How an answer came about.

    Attributes:
        why: Why it is this answer.
        question: The question as understood, None when nothing is asked of the sources.
        unknown: Its words that stand in no passage, in any form.
        hits: What was retrieved, best first, with the rank in each source.
        weighed: The statements among which the answer had to be, best first; none where the
            answer is not chosen from a few, such as an overview.
        parts: For a comparison, or two questions in one, how the answer on each came about.
        topic: The topic that was searched, "" for everything.
        generation: What a language model made of it, None when none was asked.
    """

    why: Why
    question: Question | None = None
    unknown: tuple[str, ...] = ()
    hits: tuple[Hit, ...] = ()
    weighed: tuple[Weighed, ...] = ()
    parts: tuple[Trace, ...] = ()
    topic: str = ""
    generation: Generation | None = None
