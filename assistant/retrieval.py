"""Find the passages that a question is about: lexical and dense search, fused.

In:  a query, an open index, an embedding model.
Out: Hits, best first; as a LlamaIndex retriever also nodes with scores.

`HybridRetriever` is a LlamaIndex `BaseRetriever`: it plugs into any LlamaIndex engine, and
LlamaIndex postprocessors work on what it returns.

Knows nothing of answers.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from pathlib import Path

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from assistant.expansion import Expander, synonyms
from assistant.fusion import fuse
from assistant.kinds import kind_of
from assistant.matching import weight_of
from assistant.records import Hit, Synonyms
from assistant.signals import Signal, signals
from assistant.subject import subject_terms
from ingest.analysis import analyse
from ingest.embedding import Embedder
from ingest.index import Index
from ingest.records import Passage

_WEIGHTS = Path(__file__).parent / "ranking.json"
_DEPTH = 50  # passages asked of each source


@functools.cache
def weights() -> Mapping[str, float]:
    """Return how much each source and signal counts, as tests/learn_ranking.py learned it."""
    learned: dict[str, float] = json.loads(_WEIGHTS.read_text(encoding="utf-8"))["weights"]
    return learned


class HybridRetriever(BaseRetriever):
    """Lexical and dense search over one generation, fused by score."""

    def __init__(self, index: Index, embedder: Embedder, *, limit: int = 10) -> None:
        """Search `index`, with the model that it was made with.

        Args:
            index: An open generation.
            embedder: The model.
            limit: Nodes that `retrieve` returns at most.
        """
        super().__init__()
        self._index = index
        self._embedder = embedder
        self._expander = Expander(index.library.vocabulary)
        self._limit = limit
        self._total = index.lexical.count()

    def search(self, query: str, limit: int) -> list[Hit]:
        """Return up to `limit` hits; scores fall strictly, ties are broken by passage id."""
        fused = fuse(self.sources(query, max(limit, _DEPTH)), weights())[:limit]
        passages = self._index.library.passages(entry.id for entry in fused)
        return [Hit(passages[entry.id], entry.score, entry.ranks) for entry in fused]

    def sources(self, query: str, depth: int) -> dict[str, list[tuple[str, float]]]:
        """Return what each source and signal says: (passage id, score), best first.

        Args:
            query: What is searched for.
            depth: The most passages that each source may find.
        """
        terms = analyse(query)
        others = self._expander.expand(terms)
        found = {
            "lexical": self._index.lexical.search(terms, depth, others),
            "dense": self._index.vectors.search(self._embedder.embed_query(query), depth),
        }
        ids = {passage_id for source in found.values() for passage_id, _ in source}
        passages = self._index.library.passages(sorted(ids))
        return found | self._signals(query, synonyms(others), passages)

    def _signals(
        self, query: str, other_words: Synonyms, passages: Mapping[str, Passage]
    ) -> dict[str, Signal]:
        terms = subject_terms(query)
        frequency = self._index.lexical.passage_frequency
        rarity = {t.surface: weight_of(t, frequency(t), self._total) for t in terms}
        places = self._index.library.places(passages)
        return signals(terms, rarity, other_words, kind_of(query), passages, places)

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self.search(query_bundle.query_str, self._limit)
        return [NodeWithScore(node=_node(hit), score=hit.score) for hit in hits]


def _node(hit: Hit) -> TextNode:
    passage = hit.passage
    return TextNode(
        id_=passage.id,
        text=passage.text,
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        metadata={
            "document": passage.document_id,
            "heading": " › ".join(passage.headings),
            "page": passage.page,
        },
        excluded_embed_metadata_keys=["document", "page"],
    )
