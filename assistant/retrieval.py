"""Find the passages that a question is about: lexical and dense search, fused.

In:  a query, an open index, an embedding model.
Out: Hits, best first; as a LlamaIndex retriever also nodes with scores.

`HybridRetriever` is a LlamaIndex `BaseRetriever`: it plugs into any LlamaIndex engine, and
LlamaIndex postprocessors work on what it returns.

Knows nothing of answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from assistant.fusion import fuse
from assistant.records import Hit
from ingest.analysis import analyse
from ingest.embedding import Embedder
from ingest.index import Index

# How much each source counts. Set on the 98 public government questions (see CHANGELOG.md).
SOURCE_WEIGHTS: Mapping[str, float] = {"lexical": 0.65, "dense": 0.35}
_DEPTH = 50  # passages asked of each source


class Reranker(Protocol):
    """Reorders hits: the best `depth` of them."""

    depth: int

    def rerank(self, query: str, hits: Sequence[Hit]) -> list[Hit]:
        """Return `hits`, best first, scores not rising; the reordered ones know their rank."""


class HybridRetriever(BaseRetriever):
    """Lexical and dense search over one generation, fused by score, reordered on demand."""

    def __init__(
        self,
        index: Index,
        embedder: Embedder,
        *,
        limit: int = 10,
        reranker: Reranker | None = None,
        weights: Mapping[str, float] = SOURCE_WEIGHTS,
    ) -> None:
        """Search `index`, with the model that it was made with.

        Args:
            index: An open generation.
            embedder: The model.
            limit: Nodes that `retrieve` returns at most.
            reranker: Reorders the best hits; None to keep the order of the fused scores.
            weights: How much each source counts; one that counts for nothing is not asked.
        """
        super().__init__()
        self._index = index
        self._embedder = embedder
        self._limit = limit
        self._reranker = reranker
        self._weights = weights

    def search(self, query: str, limit: int) -> list[Hit]:
        """Return up to `limit` hits, scores strictly falling or ordered by passage id."""
        depth = max(limit, _DEPTH)
        searches: dict[str, Callable[[], list[tuple[str, float]]]] = {
            "lexical": lambda: self._index.lexical.search(analyse(query), depth),
            "dense": lambda: self._index.vectors.search(self._embedder.embed_query(query), depth),
        }
        sources = {name: search() for name, search in searches.items() if self._weights[name]}
        # One more than is reordered: the scores of those rest on it.
        count = max(limit, self._reranker.depth + 1) if self._reranker else limit
        fused = fuse(sources, self._weights)[:count]
        passages = self._index.library.passages(entry.id for entry in fused)
        hits = [
            Hit(passages[entry.id], entry.score, entry.ranks)
            for entry in fused
            if entry.id in passages
        ]
        return self._reranker.rerank(query, hits)[:limit] if self._reranker else hits

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
