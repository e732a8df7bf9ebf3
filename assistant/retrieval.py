"""Find the passages that a question is about: lexical and dense search, fused.

In:  a query, an open index, an embedding model.
Out: Hits, best first.

Knows nothing of answers, or of LlamaIndex, in which this is a retriever too: see retriever.py.
"""

from __future__ import annotations

import functools
import itertools
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from assistant.expansion import Expander, alike
from assistant.fusion import fuse
from assistant.joining import Joiner
from assistant.kinds import kind_of
from assistant.matching import weight_of
from assistant.records import Hit, Kind, Synonyms
from assistant.signals import Signal, signals
from assistant.subject import subject_terms
from ingest.analysis import Term, analyse
from ingest.embedding import Embedder
from ingest.index import Index
from ingest.library import Place
from ingest.records import Passage

_WEIGHTS = Path(__file__).parent / "ranking.json"
_DEPTH = 50  # passages asked of each source
_KEPT = 4000  # passages kept in memory
_AFTER = 0.99  # score of what another wording finds, as a share of that before it


@functools.cache
def learned_weights() -> Mapping[str, float]:
    """Return how much each source and signal counts, as tests/learn_ranking.py learned it."""
    learned: dict[str, float] = json.loads(_WEIGHTS.read_text(encoding="utf-8"))["weights"]
    return learned


class Reranker(Protocol):
    """Reorders hits: the best `depth` of them."""

    depth: int

    def rerank(self, query: str, hits: Sequence[Hit]) -> list[Hit]:
        """Return `hits`, best first, scores not rising; the reordered ones know their rank."""


class HybridSearch:
    """Lexical and dense search over one generation, fused by score, reordered on demand."""

    def __init__(
        self,
        index: Index,
        embedder: Embedder,
        *,
        reranker: Reranker | None = None,
        weights: Mapping[str, float] | None = None,
        expander: Expander | None = None,
    ) -> None:
        """Search `index`, with the model that it was made with.

        Args:
            index: An open generation.
            embedder: The model.
            reranker: Reorders the best hits; None to keep the order of the fused scores.
            weights: How much each source counts; one that counts for nothing is not asked.
            expander: Knows the vocabulary of the index; None for one of its own.
        """
        self._index = index
        self._embedder = embedder
        self._expander = expander or Expander(index.library.vocabulary)
        self._joiner = Joiner(index.lexical)
        self._total = index.lexical.count()
        self._reranker = reranker
        self._weights = learned_weights() if weights is None else weights
        self._entry = functools.lru_cache(maxsize=_KEPT)(self._read)

    def search(self, query: str, limit: int) -> list[Hit]:
        """Return up to `limit` hits; scores fall strictly, ties are broken by passage id."""
        # One more than is reordered: the scores of those rest on it.
        count = max(limit, self._reranker.depth + 1) if self._reranker else limit
        sources, passages = self._found(query, max(limit, _DEPTH))
        fused = fuse(sources, self._weights)[:count]
        hits = [Hit(passages[entry.id], entry.score, entry.ranks) for entry in fused]
        return self._reranker.rerank(query, hits)[:limit] if self._reranker else hits

    def sources(self, query: str, depth: int) -> dict[str, list[tuple[str, float]]]:
        """Return what each source and signal says: (passage id, score), best first.

        A source that counts for nothing is not searched.

        Args:
            query: What is searched for.
            depth: The most passages that each source may find.
        """
        return self._found(query, depth)[0]

    def _found(
        self, query: str, depth: int
    ) -> tuple[dict[str, list[tuple[str, float]]], dict[str, Passage]]:
        """Return the sources and signals, and the passages that they name."""
        terms = analyse(query)
        apart = self._joiner.join(terms)
        others = [*self._expander.expand(terms), *apart.expansions]
        searches: dict[str, Callable[[], list[tuple[str, float]]]] = {
            "lexical": lambda: self._index.lexical.search(terms, depth, others),
            "dense": lambda: self._index.vectors.search(self._embedder.embed_query(query), depth),
        }
        found = {name: search() for name, search in searches.items() if self._weights[name]}
        ids = {passage_id for source in found.values() for passage_id, _ in source}
        entries = {i: entry for i in sorted(ids) if (entry := self._entry(i)) is not None}
        passages = {passage_id: passage for passage_id, (passage, _) in entries.items()}
        places = {passage_id: place for passage_id, (_, place) in entries.items()}
        subject = apart.subject(subject_terms(query))
        other_words = alike(others) | apart.synonyms()
        kind = kind_of(query)
        return found | self._signals(subject, other_words, kind, passages, places), passages

    def _read(self, passage_id: str) -> tuple[Passage, Place] | None:
        library = self._index.library
        passages, places = library.passages([passage_id]), library.places([passage_id])
        return (passages[passage_id], places[passage_id]) if passages else None

    def _signals(
        self,
        terms: Sequence[Term],
        other_words: Synonyms,
        kind: Kind,
        passages: Mapping[str, Passage],
        places: Mapping[str, Place],
    ) -> dict[str, Signal]:
        frequency = self._index.lexical.passage_frequency
        rarity = {t.surface: weight_of(t, frequency(t), self._total) for t in terms}
        return signals(terms, rarity, other_words, kind, passages, places)


def joined(hits: Sequence[Hit], others: Sequence[Sequence[Hit]]) -> list[Hit]:
    """Return `hits`, and after them what is new in other searches, in turn; scores go on falling.

    What was found for the question itself keeps its place and its score.
    """
    known = {hit.passage.id: hit for hit in hits}
    for turn in itertools.zip_longest(*others):
        for hit in turn:
            if hit is not None and hit.passage.id not in known:
                last = next(reversed(known.values())).score if known else 1.0
                known[hit.passage.id] = replace(hit, score=last * _AFTER)
    return list(known.values())
