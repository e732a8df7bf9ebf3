"""Put typing errors in a question right, with the words of the index itself.

In:  a question; an open index.
Out: the question with every word that the index does not know, and that is nearly spelt as one
     that it does, replaced by that one; else the question as it is.

A wrong correction changes what is asked, which is worse than none. So names stay, as do common
Dutch words, words of the thesaurus, compounds, and words that could be two things. A letter
more, less or changed, or two swapped, is one error (Damerau, 1964).

Knows nothing of meaning, or of what becomes of the question.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from ingest.analysis import Term, analyse, lexicon
from ingest.dutch.addresses import find_addresses
from ingest.index import Index
from ingest.records import Passage

_SHORTEST = 5  # letters; a shorter word is too near to too many others
_LONG = 10  # letters from which two errors may be put right
_MIDDLE = 7  # letters from which a changed letter is an error, and not another word
_CLEARLY = 3  # times as many passages that the word meant has, of two that are as near
_LOOKS = 3  # searches for words that are near, each without what was found
_PASSAGES = 5  # a search
# Before a known word these make another word: "indienen", "onherkenbaar".
_PREFIXES = tuple(
    """
    aan achter af be bij binnen bloot boven buiten dicht door er ge goed groot haar her in langs
    los mee mis na neer niet om on ont onder op open over rond samen tegen terug te toe tussen uit
    vast ver vol voor voort vrij weg weer wan zwart
    """.split()  # noqa: SIM905 - a table reads better than a list of quoted strings
)
_ENDINGS = ("en", "s", "e")  # of a known word make a known word: "redenen"
_SHORTEST_PART = 4
_OPENS = re.compile(r"(?:^|[.!?:;•|\n-])\s*$")


class Speller:
    """Corrects by the words of one index; remembers what it found."""

    def __init__(self, index: Index) -> None:
        """Correct by the words of `index`."""
        self._index = index
        self._meant = functools.lru_cache(maxsize=1000)(self._find)

    def correct(self, text: str) -> str:
        """Return `text` with its typing errors put right."""
        addresses = list(find_addresses(text))
        for term in reversed(analyse(text)):
            inside = any(span.start < term.end and term.start < span.end for span in addresses)
            if inside or _is_name(text, term):
                continue
            meant = self._meant(term.surface)
            if meant:
                written = text[term.start : term.end]
                text = text[: term.start] + _as_written(meant, written) + text[term.end :]
        return text

    def _find(self, word: str) -> str:
        """Return the word that is meant by `word`, "" for itself."""
        if len(word) < _SHORTEST or not word.isalpha() or self._is_known(word):
            return ""
        for distance in (1, 2) if len(word) >= _LONG else (1,):
            candidates = set(self._candidates(word, distance))
            if candidates:
                return self._choose(word, candidates)
        return ""

    def _is_known(self, word: str) -> bool:
        if self._is_word(word) or self._index.library.vocabulary.mentions(word):
            return True
        cuts = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
        if any(self._is_word(word[:cut]) and self._is_word(word[cut:]) for cut in cuts):
            return True
        rests = (word.removeprefix(prefix) for prefix in _PREFIXES if word.startswith(prefix))
        return any(len(rest) >= _SHORTEST_PART and self._is_word(rest) for rest in rests)

    def _is_word(self, word: str) -> bool:
        (term,) = analyse(word)
        if term.is_function_word or term.parts or not lexicon().isdisjoint((word, term.stem)):
            return True
        bases = (word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))
        return any(base in lexicon() for base in bases) or self._index.lexical.holds(term)

    def _candidates(self, word: str, distance: int) -> Iterator[str]:
        """Yield the words of the index that `word` may stand for, some more than once."""
        seen: set[str] = set()
        for _ in range(_LOOKS):
            ids = self._index.lexical.near(word, distance, _PASSAGES, sorted(seen))
            before = len(seen)
            for passage in self._index.library.passages(ids).values():
                for near, is_plain in _words_near(word, distance, passage):
                    seen.add(near)
                    if is_plain:
                        yield near
            if len(seen) == before:
                return

    def _choose(self, word: str, candidates: set[str]) -> str:
        frequency = self._index.lexical.word_frequency
        ranked = sorted(candidates, key=lambda one: (*_differs(word, one), -frequency(one), one))
        best = ranked[0]
        (meant,) = analyse(best)
        for other in ranked[1:]:
            as_near = _differs(word, other) == _differs(word, best)
            same = analyse(other)[0].stem == meant.stem
            if as_near and not same and frequency(best) < _CLEARLY * frequency(other):
                return ""
        return best


def corrections(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Return the words that differ: each as written, and as read."""
    pairs = zip(analyse(before), analyse(after), strict=True)
    return tuple(
        (before[written.start : written.end], after[read.start : read.end])
        for written, read in pairs
        if written.surface != read.surface
    )


def _words_near(word: str, distance: int, passage: Passage) -> Iterator[tuple[str, bool]]:
    """Yield the words of a passage that are near `word`, and whether each is no name there."""
    for text in (passage.text, *passage.headings):
        for near in analyse(text):
            if _is_near(word, near.surface, distance):
                plain = text[near.start].islower() or bool(_OPENS.search(text[: near.start]))
                yield near.surface, plain


def _is_near(word: str, other: str, distance: int) -> bool:
    if not other.isalpha() or abs(len(word) - len(other)) > distance:
        return False
    if len(word) < _MIDDLE and len(word) == len(other) and sorted(word) != sorted(other):
        return False
    errors, opens_differently = _differs(word, other)
    if opens_differently and (errors > 1 or len(word) < _LONG) and word[1::-1] != other[:2]:
        return False
    return 0 < errors <= distance


def _differs(word: str, other: str) -> tuple[int, bool]:
    """Return how many errors part two words, and whether they open with different letters."""
    from rapidfuzz.distance import DamerauLevenshtein

    return DamerauLevenshtein.distance(word, other), word[0] != other[0]


def _is_name(text: str, term: Term) -> bool:
    """Tell whether a word is written as a name: with a capital inside a sentence."""
    is_capital = text[term.start].isupper() and not text.isupper()
    return is_capital and not _OPENS.search(text[: term.start])


def _as_written(meant: str, written: str) -> str:
    if written.isupper():
        return meant.upper()
    return meant.capitalize() if written[0].isupper() else meant
