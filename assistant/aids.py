"""What a language model may do for an answer, and what it may not.

In:  an Outcome that rests on evidence; what a model wrote, checked.
Out: whether a model is asked; the Outcome with its words.

A model is asked only when there is an answer already: it never decides on a refusal. What is
complete or computed stays as it is: lists, timelines, comparisons, conflicts, "Ja, volgens …".

Knows nothing of any model.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.citations import Line, cite
from assistant.evidence import Evidence
from assistant.generation import Generation
from assistant.outcome import Outcome
from assistant.records import Hit, Question, Status
from assistant.trace import Reason
from assistant.verdicts import verdict_of


@dataclass(frozen=True, slots=True)
class Draft:
    """What a model wrote so far; the last one is the whole.

    Attributes:
        lines: What passed the check; none when nothing of it is used.
        generation: What was asked of it and what it wrote.
    """

    lines: tuple[Line, ...]
    generation: Generation


class Writer(Protocol):
    """Words answers."""

    def write(
        self,
        question: Question,
        ranked: Sequence[Evidence],
        hits: Sequence[Hit],
    ) -> Iterator[Draft]:
        """Yield what passed the check, growing; at least one draft.

        Args:
            question: A question that `ranked` answers.
            ranked: All evidence, best first.
            hits: The passages that it is in, best first.
        """
        ...


class Helper(Protocol):
    """Helps to search."""

    def standalone(self, question: str, history: Sequence[str]) -> str | None:
        """Return a follow-up as a question that reads alone, None to do it the built-in way."""
        ...

    def wordings(self, question: str) -> tuple[str, ...]:
        """Return other ways to ask the same, none to search for the question alone."""
        ...


@dataclass(frozen=True, slots=True)
class Aids:
    """What helps with answers; nothing does by default.

    Attributes:
        writer: Words answers.
        helper: Helps to search.
        name: How the model is called, "" for none.
        host: The other machine that questions go to, "" when they stay on this one.
    """

    writer: Writer | None = None
    helper: Helper | None = None
    name: str = ""
    host: str = ""


NO_AIDS = Aids()


def may_write(question: Question, outcome: Outcome) -> bool:
    """Tell whether an answer is one that a model may word: sentences that answer."""
    is_plain = outcome.status is Status.ANSWERED and outcome.decision.reason is Reason.ENOUGH
    is_list = any(line.startswith("- ") for line in outcome.text.splitlines())
    return is_plain and not is_list and verdict_of(question.standalone) is None


def worded(outcome: Outcome, draft: Draft) -> Outcome:
    """Return the outcome in the words of a draft; as it was when the draft has none."""
    text, citations = cite(draft.lines)
    return replace(outcome, text=text, citations=citations) if citations else outcome
