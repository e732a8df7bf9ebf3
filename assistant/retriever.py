"""Our search as a retriever of LlamaIndex.

In:  a HybridSearch.
Out: nodes with scores.

`HybridRetriever` is a LlamaIndex `BaseRetriever`: it plugs into any LlamaIndex engine, and
LlamaIndex postprocessors work on what it returns. It stands apart from the search because
importing LlamaIndex takes longer than all else that a question takes, and only engines need it.

Knows nothing of how passages are found, or of answers.
"""

from __future__ import annotations

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from assistant.records import Hit
from assistant.retrieval import HybridSearch


class HybridRetriever(BaseRetriever):
    """Gives what a search finds as nodes."""

    def __init__(self, search: HybridSearch, *, limit: int = 10) -> None:
        """Retrieve up to `limit` nodes a query with `search`."""
        super().__init__()
        self._search = search
        self._limit = limit

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._search.search(query_bundle.query_str, self._limit)
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
