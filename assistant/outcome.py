"""Turn evidence into what a user reads: an answer, a refusal or a question back.

In:  a Question and its Evidence, best first; or what it could be about where it does not say.
Out: an Outcome: a status, Dutch text with markers, and a Citation a marker; Found, the record of
     it with what led to it.

Knows nothing of the index, or of how evidence is found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering import compose
from assistant.choosing import Decision
from assistant.citations import Line, Source, citation_of, cite
from assistant.clarify import ask_back
from assistant.clock import Clock
from assistant.evidence import Evidence
from assistant.records import Citation, Hit, Kind, Question, Status
from assistant.timeline import nearest_lines
from assistant.trace import Reason, Trace

_NEAREST = 3  # statements that a refusal shows
_FEWEST_WORDS = 5  # in a statement that a refusal shows
_NOT_FOUND = "Dat staat niet in de bronnen."
_NO_QUESTION = "Ik zie geen vraag. Wat wil je weten?"
_NEAREST_INTRO = "Dit komt het dichtst in de buurt:"
_NOTHING_THEN = "Voor die tijd noemen ze geen mijlpaal."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a user reads, and why it is this.

    Attributes:
        status: How the question was answered.
        text: Dutch, with markers.
        citations: One a marker.
        decision: Why it is this.
        parts: How the answer on each side of a comparison came about.
    """

    status: Status
    text: str
    citations: tuple[Citation, ...]
    decision: Decision
    parts: tuple[Trace, ...] = ()

    @property
    def rests_on(self) -> list[str]:
        """The ids of the documents that it rests on; a refusal rests on none."""
        refused = self.status is Status.NOT_FOUND
        return [] if refused else [citation.document_id for citation in self.citations]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a question, and its answer without a language model.

    Attributes:
        question: As asked.
        searched: As searched for: a vague one with the only topic that it may have.
        asked: As understood.
        hits: The passages, best first.
        evidence: What they say, best first; none where that is not what the answer rests on.
        outcome: The answer.
        clock: How long it took.
    """

    question: str
    searched: str
    asked: Question
    hits: list[Hit]
    evidence: list[Evidence]
    outcome: Outcome
    clock: Clock


def clarification(topics: Sequence[str]) -> Outcome:
    """Return the question back to one that may be about any of these topics."""
    return Outcome(Status.CLARIFY, ask_back(topics), (), Decision(Reason.VAGUE))


def word(question: Question, evidence: Sequence[Evidence]) -> Outcome:
    """Return the answer to a question, or the refusal."""
    if not question.terms or not any(map(str.isalpha, question.standalone)):
        return Outcome(Status.CLARIFY, _NO_QUESTION, (), Decision(Reason.NO_QUESTION))
    composed = compose(question, evidence)
    status, decision = composed.status, composed.decision
    text, citations = cite(composed.lines)
    if not citations:
        status = Status.NOT_FOUND
        if composed.lines:
            decision = replace(decision, reason=Reason.UNSUPPORTED)
        if question.kind is Kind.TIMELINE and (nearest := nearest_lines(question, evidence)):
            nothing_then = Line(f"{_NOT_FOUND} {_NOTHING_THEN} {_NEAREST_INTRO}", ())
            text, citations = cite([nothing_then, *nearest])
        else:
            text, citations = _refusal(evidence)
    return Outcome(status, text, citations, decision)


def _refusal(evidence: Sequence[Evidence]) -> tuple[str, tuple[Citation, ...]]:
    """Return the refusal with the statements that come nearest."""
    nearest: dict[str, Source] = {}
    for candidate in evidence:
        statement = candidate.statement
        if len(statement.text.split()) >= _FEWEST_WORDS:
            nearest.setdefault(statement.text, Source(statement.document, statement.span))
    if not nearest:
        return _NOT_FOUND, ()
    sources = list(nearest.values())[:_NEAREST]
    citations = tuple(citation_of(source, i) for i, source in enumerate(sources, start=1))
    items = "\n".join(f"- {c.quote} [{c.number}]" for c in citations)
    return f"{_NOT_FOUND} {_NEAREST_INTRO}\n{items}", citations
