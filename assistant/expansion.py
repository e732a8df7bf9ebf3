"""Find other words for what a question names.

In:  the terms of a question; the vocabulary of the index; the word book of Dutch.
Out: Expansions: for each stretch of the question that a concept scheme, an abbreviation or the
     word book names, the other names, with what they count beside the question's own words.

The longest name wins: "gesloten jeugdhulp" is not also "jeugdhulp". Hidden labels and labels in
another language than Dutch lead to a concept and are never led to, for documents do not use them.
A word of the word book says nearly the same, not the same: it helps to find, proves nothing, and
gives way to names.

Knows nothing of passages or scores.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from ingest.analysis import Term, analyse
from ingest.dutch.wordbook import entries
from ingest.lexical import Expansion, Wording
from ingest.thesaurus import MOST_WORDS, LabelKind, keys_of
from ingest.vocabulary import Name, Vocabulary

# What another name counts for beside the question's own words. Set on tests/words.yaml.
SYNONYM = 0.7
_LAY = 0.5  # a hidden label is vaguer than its concept: "geld" need not be a subsidy
_RELATED = 0.45  # a word of the word book
_BROADER = 0.15
_MOST = 8  # names a stretch
_MOST_STRETCHES = 6
_KEPT = 256  # questions whose other words are kept
_DUTCH = ("", "nl")
# Words with one stem of which one ends in this and the other does not are two words: "geld" and
# "geldig", "verbouwing" and "verbouwen".
_DERIVED = re.compile(r"(?:ing|ig|lijk|baar|bar|heid|hed|loos|loz|achtig|zaam|zam)(?:e|en|er|s)?$")


class Expander:
    """Looks words up in one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Look words up in `vocabulary`."""
        self._vocabulary = vocabulary
        self._known = functools.lru_cache(maxsize=_KEPT)(self._expand)

    def expand(self, terms: Sequence[Term]) -> tuple[Expansion, ...]:
        """Return the other words for each stretch of `terms` that has them, in order.

        Who reads a question and who searches for it ask the same.
        """
        return self._known(tuple(terms))

    def _expand(self, terms: tuple[Term, ...]) -> tuple[Expansion, ...]:
        stretches = [(stretch, keys_of(_text(stretch))) for stretch in _stretches(terms)]
        every = list({key for _, keys in stretches for key in keys})
        names, abbreviations = self._vocabulary.names(every), self._vocabulary.abbreviations(every)

        def named(stretch: Sequence[Term], keys: Sequence[str]) -> dict[str, float]:
            return self._others(keys[0], _meant(stretch, keys, names), abbreviations)

        found: dict[tuple[Term, ...], dict[str, float]] = {}
        for find in (named, _related):  # what is named goes before what is like it
            for stretch, keys in stretches:
                taken = {term for other in found for term in other}
                if taken.isdisjoint(stretch) and len(found) < _MOST_STRETCHES:
                    others = find(stretch, keys)
                    found |= {stretch: others} if others else {}
        return tuple(
            Expansion(stretch, tuple(Wording(tuple(analyse(o)), w) for o, w in others.items()))
            for stretch, others in sorted(found.items(), key=lambda item: item[0][0].start)
        )

    def _others(
        self, key: str, names: Sequence[Name], abbreviations: Mapping[str, Sequence[str]]
    ) -> dict[str, float]:
        """Return other names with their weights, the surest first, each once."""
        found: dict[str, tuple[str, float]] = {key: ("", 0.0)}

        def add(text: str, weight: float) -> None:
            found.setdefault(keys_of(text)[0], (text, weight))

        for text in abbreviations.get(key, ()):
            add(text, SYNONYM)
        for name in sorted(names, key=lambda name: name.kind is LabelKind.HIDDEN):
            weight = _LAY if name.kind is LabelKind.HIDDEN else SYNONYM
            for text in self._dutch(name.concept):
                add(text, weight)
        for name in names:
            for above in self._vocabulary.broader(name.concept):
                for text in self._dutch(above)[:1]:
                    add(text, _BROADER)
        del found[key]
        return dict(list(found.values())[:_MOST])

    def _dutch(self, concept: str) -> list[str]:
        """Return the names of a concept that Dutch documents use, the preferred one first."""
        return [
            label.text
            for label in self._vocabulary.labels(concept)
            if label.kind is not LabelKind.HIDDEN and label.language.split("-")[0] in _DUTCH
        ]


def _stretches(terms: Sequence[Term]) -> Iterator[tuple[Term, ...]]:
    """Yield what may be a name, by place and then the longest first."""
    for start, first in enumerate(terms):
        for length in range(min(MOST_WORDS, len(terms) - start), 0, -1):
            if length > 1 or not first.is_function_word:
                yield tuple(terms[start : start + length])


def _meant(
    stretch: Sequence[Term], keys: Sequence[str], names: Mapping[str, Sequence[Name]]
) -> list[Name]:
    """Return the names that have a stretch's key, and are no other word with its stem."""
    return [
        name
        for key in dict.fromkeys(keys)
        for name in names.get(key, ())
        if _endings(stretch) == _endings(analyse(name.text))
    ]


def _related(stretch: Sequence[Term], keys: Sequence[str]) -> dict[str, float]:
    """Return what the word book has for a stretch, in its order, one of each stem."""
    found = {keys[0]: ""}
    for entry in entries().get(keys[0], ()):
        if _endings(stretch) == _endings(analyse(entry.text)):
            for other in entry.others:
                found.setdefault(keys_of(other)[0], other)
    del found[keys[0]]
    return dict.fromkeys(itertools.islice(found.values(), _MOST), _RELATED)


def _endings(words: Sequence[Term]) -> list[str]:
    found = (_DERIVED.search(word.surface) for word in words)
    return [ending.group()[:2] if ending else "" for ending in found]


def _text(stretch: Sequence[Term]) -> str:
    return " ".join(term.surface for term in stretch)


def synonyms(expansions: Sequence[Expansion]) -> dict[str, tuple[tuple[Term, ...], ...]]:
    """Return by surface form what says the same as a stretch that the word is in.

    A broader concept or a related word does not: who asks for the one is not answered with the
    other.
    """
    return _wordings(expansions, above=_RELATED)


def alike(expansions: Sequence[Expansion]) -> dict[str, tuple[tuple[Term, ...], ...]]:
    """Return `synonyms` and related words: what a passage that was searched for may say."""
    return _wordings(expansions, above=_BROADER)


def _wordings(
    expansions: Sequence[Expansion], above: float
) -> dict[str, tuple[tuple[Term, ...], ...]]:
    return {
        term.surface: same
        for expansion in expansions
        if (same := tuple(w.terms for w in expansion.wordings if w.weight > above))
        for term in expansion.terms
    }
