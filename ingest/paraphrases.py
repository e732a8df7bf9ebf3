"""Make training pairs for the embedding model of texts that say the same in other words.

In:  the word book of Dutch; a file of questions in everyday words, each with a sentence as a
     policy document might have it that answers the question.
Out: pairs of a question-like text and a text that belongs to it.

Knows nothing of models: strings in, pairs of strings out.
"""

from __future__ import annotations

import functools
import random
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from ingest.analysis import FUNCTION_WORDS, fold, stem_of
from ingest.dutch.wordbook import groups
from ingest.pairs import SEED, as_question, with_typos

_TIMES = 6  # that a question is told, each time a little different
_WORD_TIMES = 4  # and each word of the word book
_WORD = re.compile(r"[^\W\d_]{4,}")


def read_questions(path: Path) -> list[tuple[str, str]]:
    """Return the questions and sentences of a file with a tab between them, a pair a line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(question, sentence) for question, sentence in (line.split("\t") for line in lines)]


def make_paraphrases(questions: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Make shuffled pairs of the questions and of the word book. Same questions, same pairs.

    A question is told as it is first, and then with other words in it, or misspelt.
    """
    rng = random.Random(SEED)  # noqa: S311 (no secret)
    pairs = list(questions)
    for question, sentence in questions:
        for _ in range(_TIMES - 1):
            asked = reworded(question, rng, 0.5) if rng.random() < 0.5 else question
            found = reworded(sentence, rng, 0.3) if rng.random() < 0.3 else sentence
            pairs.append((with_typos(asked, rng) if rng.random() < 0.3 else asked, found))
    for group in groups():
        words = [word for side in group for word in side]
        for word in words * _WORD_TIMES:
            asked = as_question(word, rng) if rng.random() < 0.5 else word
            pairs.append((asked, rng.choice([other for other in words if other != word])))
    rng.shuffle(pairs)
    return pairs


def half_reworded(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return pairs of which half of the questions have many words replaced by others."""
    rng = random.Random(SEED)  # noqa: S311 (no secret)
    return [(reworded(a, rng, 0.7) if rng.random() < 0.5 else a, b) for a, b in pairs]


def reworded(text: str, rng: random.Random, share: float) -> str:
    """Return `text` with about `share` of the words that the word book has replaced by others."""

    def other(match: re.Match[str]) -> str:
        word = fold(match.group())
        known = () if word in FUNCTION_WORDS else _relatives().get(stem_of(word), ())
        return rng.choice(known) if known and rng.random() < share else match.group()

    return _WORD.sub(other, text)


@functools.cache
def _relatives() -> Mapping[str, tuple[str, ...]]:
    """Return by stem the words of the book that may stand for a word, or a word for them."""
    found: dict[str, list[str]] = {}
    for group in groups():
        for side, others in zip(group, (*group[1:], group[0]), strict=True):
            for word in side:
                if " " not in word:
                    same = found.setdefault(stem_of(fold(word)), [])
                    same.extend(other for other in others if other != word)
    return {stem: tuple(words) for stem, words in found.items() if words}
