"""Tell whether quotes hold what a sentence says.

In:  the text of an answer with its markers; sentences and quotes.
Out: the sentences with the numbers of what they cite; whether quotes hold a sentence.

Stands in for the language model that judges support in ALCE (Gao et al. 2023,
arXiv 2305.14627): an answer in the words of its sources can be compared with them exactly.

Knows nothing of questions or of what the right answer is.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.evaluation.matching import without_markers
from ingest.analysis import FUNCTION_WORDS, fold
from ingest.dutch.moment_patterns import MONTHS
from ingest.dutch.numbers import NUMBER_WORDS
from ingest.dutch.sentences import sentence_spans

ENOUGH = 0.8  # share of a sentence's content words that its quotes must hold
_MARKERS = re.compile(r"(?:\s*\[\d+\])+")
_NUMBERED = re.compile(r"\s*(?:[-•*]|\d+[.)])\s+")
_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+")
_EXACT_WORDS = (MONTHS.keys() | NUMBER_WORDS.keys()) - {"een"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer and the numbers of what it cites."""

    text: str
    numbers: tuple[int, ...]


def sentences_of(answer: str) -> Iterator[Sentence]:
    """Yield what an answer states, sentence by sentence.

    A marker counts for every sentence before it on its line, back to the marker before. An
    introduction ("Dit zijn de stappen:") that cites nothing and names no number or name
    states nothing.
    """
    for line in answer.splitlines():
        text = _without_bullet(line)
        done = 0
        for marks in [*_MARKERS.finditer(text), None]:
            end = marks.start() if marks else len(text)
            numbers = tuple(map(int, re.findall(r"\d+", marks.group()))) if marks else ()
            piece = text[done:end]
            for span in sentence_spans(piece):
                sentence = piece[span.start : span.end]
                introduces = sentence.endswith(":") and not numbers and not _exact(sentence)
                if _TOKEN.search(sentence) and not introduces:
                    yield Sentence(sentence, numbers)
            done = marks.end() if marks else end


def is_held(sentence: str, quotes: Iterable[str]) -> bool:
    """Tell whether quotes hold a sentence.

    They do when every number, month and name in it stands in them, and at least `ENOUGH` of
    its content words.

    Example:
        >>> is_held("Er zijn 12 coalities.", ["Er zijn nu 12 coalities gevormd."])
        True
        >>> is_held("Er zijn 13 coalities.", ["Er zijn nu 12 coalities gevormd."])
        False
    """
    held = set[str]().union(*map(_tokens, quotes))
    if not held or not _exact(sentence) <= held:
        return False
    content = {token for token in _tokens(sentence) if token not in FUNCTION_WORDS}
    return len(content & held) >= ENOUGH * len(content)


def loose_numbers(answer: str, quotes: Iterable[str]) -> list[str]:
    """Return the numbers and months of an answer that none of `quotes` holds."""
    held = set[str]().union(*map(_tokens, quotes))
    lines = map(_without_bullet, without_markers(answer).splitlines())
    stated = (token for line in lines for token in _TOKEN.findall(line))
    numbers = (fold(t) for t in stated if t[0].isdigit() or t.lower() in _EXACT_WORDS)
    return [number for number in dict.fromkeys(numbers) if number not in held]


def _without_bullet(line: str) -> str:
    return _NUMBERED.sub("", line, count=1) if _NUMBERED.match(line) else line


@functools.lru_cache(maxsize=4096)
def _tokens(text: str) -> frozenset[str]:
    return frozenset(fold(token) for token in _TOKEN.findall(text))


def _exact(sentence: str) -> set[str]:
    """Return the tokens that make a sentence wrong when they differ: numbers, months, names."""
    found = set()
    for match in _TOKEN.finditer(sentence):
        token = match.group()
        is_name = any(char.isupper() for char in (token if match.start() else token[1:]))
        if token[0].isdigit() or is_name or token.lower() in _EXACT_WORDS:
            found.add(fold(token))
    return found
