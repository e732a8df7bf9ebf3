"""Write what a model is asked: the passages that fit in what it reads, and the question.

In:  a question, Passages in order of use, a Model.
Out: an Asked: the words that are sent, and which passage has which number.

Knows nothing of how passages are chosen, or of what comes back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.llm import prompts
from assistant.llm.models import Model, answer_room
from assistant.llm.neutral import neutral
from ingest.records import Passage

_MOST = 8  # passages: with more, small models lose the question
_TITLE = 100  # letters
_ENVELOPE = 40  # tokens around messages, by which models tell who speaks


@dataclass(frozen=True, slots=True)
class Asked:
    """What a model is asked.

    Attributes:
        system: The instructions.
        request: The passages and the question.
        given: The passages in it; the first has number 1.
    """

    system: str
    request: str
    given: tuple[Passage, ...]


def ask(question: str, passages: Sequence[Passage], model: Model) -> Asked | None:
    """Return what to send: as many of the passages as fit, the first first.

    None when not even the first one fits.
    """
    system = prompts.ANSWER
    for count in range(min(len(passages), _MOST), 0, -1):
        given = tuple(passages[:count])
        request = _request(question, given)
        needed = model.count(f"{system}\n\n{request}") + _ENVELOPE + answer_room(model.context)
        if needed <= model.context:
            return Asked(system, request, given)
    return None


def _request(question: str, given: Sequence[Passage]) -> str:
    shown = (_passage(number, passage) for number, passage in enumerate(given, start=1))
    return prompts.QUESTION.format(
        passages="\n\n".join(shown), question=" ".join(neutral(question).split())
    )


def _passage(number: int, passage: Passage) -> str:
    title = neutral(" › ".join(passage.headings) or passage.document_id)
    return prompts.PASSAGE.format(
        number=number,
        title=" ".join(title.replace('"', "'").split())[:_TITLE],
        text=neutral(passage.text),
    )
