"""Match the terms of a question to texts, and say how much each term says.

In:  terms; texts.
Out: the forms of a text; how well a term is matched by them, 0 to 1; the weight of a term.

Knows nothing of passages, statements or the index.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable

from assistant.records import Synonyms
from ingest.analysis import Term, forms_in, lexicon
from ingest.dutch.numbers import NUMBER_WORDS

_PART = 0.85  # what a compound part counts for instead of the word
_SYNONYM = 0.85  # another name for the same thing
_UNCOMMON = 1.3  # weight of a word that is not a common one, such as most compounds and names
_UNKNOWN = 1.2  # weight of a word that no passage holds
_WRITTEN = {word: str(value) for word, value in NUMBER_WORDS.items() if word != "een"}
_WRITTEN |= {digits: word for word, digits in _WRITTEN.items()}  # and the other way around


@functools.lru_cache(maxsize=20_000)
def forms_of(text: str) -> frozenset[str]:
    """Return what `match` looks in; kept, for the same texts come back question after question."""
    return frozenset(
        form
        for surface, stem, parts in set(forms_in(text))
        for form in (surface, stem, *(f"~{part}" for part in parts))
    )


def match(term: Term, forms: frozenset[str]) -> float:
    """Return how well a text with these forms matches a term: 1 for the word itself, 0 for not."""
    if term.surface in forms or term.stem in forms or _WRITTEN.get(term.surface) in forms:
        return 1.0
    if f"~{term.stem}" in forms:
        return _PART
    if len(term.parts) < 2:
        return 0.0
    if all(part in forms or f"~{part}" in forms for part in term.parts):
        return _PART
    return _PART / len(term.parts) * sum(part in forms for part in term.parts)


def covers(term: Term, synonyms: Synonyms, forms: frozenset[str]) -> float:
    """Return how well a term is found, in its own words or wholly in those of a synonym."""
    own = match(term, forms)
    wordings = synonyms.get(term.surface, ())
    if own >= _SYNONYM or not wordings:
        return own
    return max([
        own,
        *(_SYNONYM * min(match(word, forms) for word in words) for words in wordings),
    ])


def sought(terms: Iterable[Term], synonyms: Synonyms) -> frozenset[str]:
    """Return all forms that decide how well these terms are covered: others make no difference."""
    named = (wording for term in terms for wording in synonyms.get(term.surface, ()))
    words = (*terms, *(word for wording in named for word in wording))
    own = {form for word in words for form in (word.surface, word.stem, *word.parts)}
    own |= {_WRITTEN[form] for form in own if form in _WRITTEN}
    return frozenset(own | {f"~{form}" for form in own})


def weight_of(term: Term, frequency: int, total: int) -> float:
    """Return how much a term says, from how few passages hold it.

    A softened inverse passage frequency (Robertson & Spärck Jones, 1976): between 0.5 and
    1.5, because in a small collection the raw one makes every chance word decide. A word
    that no passage holds is as often another word for the same thing as another subject.

    Args:
        term: The term.
        frequency: Passages that hold it.
        total: Passages in the index.
    """
    if term.surface in NUMBER_WORDS:
        return 0.3
    if frequency == 0:
        return _UNKNOWN
    most = math.log(1 + (total - 0.5) / 1.5)
    rarity = math.log(1 + (total - frequency + 0.5) / (frequency + 0.5))
    common = 1.0 if term.surface in lexicon() else _UNCOMMON
    return common * (0.5 + rarity / most)
