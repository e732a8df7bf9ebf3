"""Say what speaks for passages that were found, besides the scores of the sources.

In:  the terms of a question, how much each says, what is asked for; passages in their documents.
Out: for each signal the passages that have it, with a score from 0 to 1, best first.

    coverage   how much of the question stands in the passage, its headings or the title
    phrase     how many neighbours in the question are neighbours in the passage
    lead       the passage opens its document, where most texts say what they are about
    fact       the passage holds the sort of fact that is asked for

Knows nothing of indexes, scores of sources or weights.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence

from assistant.fitting import FACTS
from assistant.matching import covers, forms_of, sought
from assistant.records import Kind, Synonyms
from ingest.analysis import Term, forms_in
from ingest.library import Place
from ingest.records import Passage

Signal = list[tuple[str, float]]
_NEAR = 3  # words from one to the next of a phrase: "raad van toezicht"


def signals(
    terms: Sequence[Term],
    weights: Mapping[str, float],
    synonyms: Synonyms,
    kind: Kind,
    passages: Mapping[str, Passage],
    places: Mapping[str, Place],
) -> dict[str, Signal]:
    """Score passages by every signal; one without a signal is not in its list.

    Args:
        terms: The question's terms, in order.
        weights: How much each says, by surface form.
        synonyms: Other words for them.
        kind: What is asked for.
        passages: The passages, by id.
        places: Where each stands, by id.
    """
    wanted = FACTS.get(kind, frozenset())
    looked_for = sought(terms, synonyms)

    @functools.cache  # few passages differ in what is sought
    def share(found: frozenset[str]) -> float:
        return _share(terms, weights, synonyms, found)

    scores: dict[str, dict[str, float]] = {
        name: {} for name in ("coverage", "phrase", "lead", "fact")
    }
    for passage_id, passage in passages.items():
        place = places[passage_id]
        above = " ".join((place.title, *passage.headings))
        forms = (forms_of(above) & looked_for) | (forms_of(passage.text) & looked_for)
        scores["coverage"][passage_id] = share(forms)
        scores["phrase"][passage_id] = _phrases(terms, weights, passage.text, forms)
        scores["lead"][passage_id] = float(place.opens_document)
        scores["fact"][passage_id] = float(bool(wanted & place.facts))
    return {name: _in_order(found) for name, found in scores.items()}


def _share(
    terms: Sequence[Term],
    weights: Mapping[str, float],
    synonyms: Synonyms,
    forms: frozenset[str],
) -> float:
    total = sum(weights[term.surface] for term in terms)
    found = sum(weights[t.surface] * covers(t, synonyms, forms) for t in terms)
    return found / total if total else 0.0


def _phrases(
    terms: Sequence[Term], weights: Mapping[str, float], text: str, forms: frozenset[str]
) -> float:
    """Return the share of the question's pairs of neighbours that are near in the text too."""
    pairs = [(a, b) for a, b in zip(terms, terms[1:], strict=False) if a.stem != b.stem]
    total = sum(weights[a.surface] + weights[b.surface] for a, b in pairs)
    held = [(a, b) for a, b in pairs if a.stem in forms and b.stem in forms]
    if not held:
        return 0.0
    places: dict[str, list[int]] = {term.stem: [] for pair in held for term in pair}
    for at, stem in enumerate(_stems(text)):
        if stem in places:
            places[stem].append(at)
    near = ((a, b) for a, b in held if _are_near(places[a.stem], places[b.stem]))
    return sum(weights[a.surface] + weights[b.surface] for a, b in near) / total


@functools.lru_cache(maxsize=4000)  # the same passages come back question after question
def _stems(text: str) -> tuple[str, ...]:
    return tuple(stem for _, stem, _ in forms_in(text))


def _are_near(first: Sequence[int], second: Sequence[int]) -> bool:
    return any(0 < abs(b - a) <= _NEAR for a in first for b in second)


def _in_order(found: Mapping[str, float]) -> Signal:
    return sorted(_positive(found), key=lambda entry: (-entry[1], entry[0]))


def _positive(found: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    return ((passage_id, score) for passage_id, score in found.items() if score > 0)
