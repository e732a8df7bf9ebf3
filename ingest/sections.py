"""Make contrasts to train on of sections of documents: a question, its answer, what is near it.

In:  a file of sections as a policy document might have them, every sentence with the questions
     that it answers and no other sentence of the section does, in other words; of some sections
     also questions about its subject that nothing in it answers.
Out: the sections; contrasts: a question, the sentence that answers it and others of its section.

A model that learns from pairs alone learns what texts are about; in a section all of it is about
the same, so here it learns what is asked of it.

Knows nothing of models: strings in, strings out.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ingest.pairs import SEED, with_typos
from ingest.paraphrases import reworded

_SENTENCE, _QUESTION, _UNANSWERED = "= ", "? ", "! "  # what a line of the file opens with
_TIMES = 6  # that a question is told, each time beside others of its section
OTHERS = 3  # of its section, of which most have six to eight sentences


class Answering(NamedTuple):
    """A sentence of a section, and the questions that it alone answers."""

    sentence: str
    questions: tuple[str, ...]


class Section(NamedTuple):
    """The sentences of a section, and questions about its subject that none of them answers."""

    sentences: tuple[Answering, ...]
    unanswered: tuple[str, ...]


def read_sections(path: Path) -> list[Section]:
    """Return the sections of a file, which empty lines part."""
    return [_section(block) for block in path.read_text(encoding="utf-8").strip().split("\n\n")]


def _section(block: str) -> Section:
    found: list[Answering] = []
    unanswered: list[str] = []
    for line in block.splitlines():
        if line.startswith(_SENTENCE):
            found.append(Answering(line.removeprefix(_SENTENCE), ()))
        elif line.startswith(_UNANSWERED):
            unanswered.append(line.removeprefix(_UNANSWERED))
        else:
            sentence, questions = found.pop()
            found.append(Answering(sentence, (*questions, line.removeprefix(_QUESTION))))
    return Section(tuple(found), tuple(unanswered))


def make_contrasts(sections: Sequence[Section]) -> list[tuple[str, ...]]:
    """Make shuffled contrasts. Same sections, same contrasts.

    A question is told as it is first, and then with other words in it, or misspelt.

    Args:
        sections: Sections of more than `OTHERS` sentences.

    Returns:
        Question, sentence that answers it, and `OTHERS` that do not.
    """
    rng = random.Random(SEED)  # noqa: S311 (no secret)
    contrasts = []
    for section in sections:
        for sentence, questions in section.sentences:
            others = [other for other, _ in section.sentences if other != sentence]
            for question in questions:
                contrasts.append((question, sentence, *rng.sample(others, OTHERS)))
                for _ in range(_TIMES - 1):
                    asked = reworded(question, rng, 0.5) if rng.random() < 0.5 else question
                    told = reworded(sentence, rng, 0.3) if rng.random() < 0.3 else sentence
                    asked = with_typos(asked, rng) if rng.random() < 0.2 else asked
                    contrasts.append((asked, told, *rng.sample(others, OTHERS)))
    rng.shuffle(contrasts)
    return contrasts
