"""Answer a question that compares two things, or asks two, from two answers.

In:  a Question; who looks for one of its things, and who tells how an answer came about.
Out: an Outcome with both answers; None for a question that is one, or that has no answer.

Knows nothing of the index.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol

from assistant.answering import Composed, compose
from assistant.choosing import Decision
from assistant.citations import cite
from assistant.clock import Clock
from assistant.comparison import side_by_side, sides_of
from assistant.double import parts_of, together
from assistant.evidence import Evidence
from assistant.outcome import Outcome
from assistant.records import Citation, Hit, Kind, Question
from assistant.trace import Reason, Trace

Looked = tuple[Question, list[Hit], list[Evidence]]


class Tracer(Protocol):
    """Tells how an answer came about."""

    def __call__(
        self,
        question: Question,
        hits: Sequence[Hit],
        decision: Decision,
        citations: Sequence[Citation],
    ) -> Trace:
        """Return how the answer to one part came about."""


def in_parts(
    question: Question, look: Callable[[str, date], Looked], trace: Tracer, clock: Clock
) -> Outcome | None:
    """Return the answer in two parts, None when the question has none."""
    sides = sides_of(question.standalone) if question.kind is Kind.COMPARISON else None
    asked = sides or parts_of(question.standalone)
    if asked is None:
        return None
    with clock.stage("parts"):
        looked = [look(part, question.today) for part in asked]
        composed = [_composed(part, evidence, is_side=bool(sides)) for part, _, evidence in looked]
        status, lines = side_by_side(sides, composed) if sides else together(composed)
        text, citations = cite(lines)
    if not citations:
        return None
    parts = tuple(
        trace(part, hits, answer.decision, citations)
        for (part, hits, _), answer in zip(looked, composed, strict=True)
    )
    reason = Reason.COMPARED if sides else Reason.IN_PARTS
    return Outcome(status, text, citations, Decision(reason), parts)


def _composed(question: Question, evidence: Sequence[Evidence], *, is_side: bool) -> Composed:
    if is_side:  # what opens a list says little of one side without the list
        evidence = [e for e in evidence if not e.statement.text.endswith(":")]
    return compose(question, evidence)
