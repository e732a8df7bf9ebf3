"""Finding passages, by ourselves and inside LlamaIndex."""

from __future__ import annotations

import asyncio

import pytest
from llama_index.core.base.response.schema import Response
from llama_index.core.llms.mock import MockLLM
from llama_index.core.postprocessor import SimilarityPostprocessor
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.response_synthesizers import ResponseMode, get_response_synthesizer
from llama_index.core.retrievers import BaseRetriever

from assistant.retrieval import HybridSearch, learned_weights
from assistant.retriever import HybridRetriever
from ingest.embedding import Embedder
from ingest.index import Index

QUERY = "Welk bedrag is er voor de onderwijscoalities?"
QUERIES = [QUERY, "visuele routekaart", "Wie zijn de projectleiders?", "xyzzy", "de het een", ""]


@pytest.fixture(scope="module")
def search(corpus_index: Index, embedder: Embedder) -> HybridSearch:
    return HybridSearch(corpus_index, embedder)


@pytest.fixture(scope="module")
def retriever(search: HybridSearch) -> HybridRetriever:
    return HybridRetriever(search, limit=6)


def test_a_node_says_what_its_document_says_at_its_offsets(
    retriever: HybridRetriever, corpus_index: Index
) -> None:
    assert isinstance(retriever, BaseRetriever)
    found = retriever.retrieve(QUERY)

    assert len(found) == 6
    for scored in found:
        node = scored.node
        document = corpus_index.library.document(node.metadata["document"])
        assert document.text[node.start_char_idx : node.end_char_idx] == node.text
        assert all(part in document.text for part in node.metadata["heading"].split(" › "))


def test_the_passage_that_answers_is_among_the_first(retriever: HybridRetriever) -> None:
    assert any("41 miljoen euro" in found.text for found in retriever.retrieve(QUERY)[:3])


@pytest.mark.parametrize("query", QUERIES)
def test_scores_do_not_rise_and_no_passage_comes_twice(search: HybridSearch, query: str) -> None:
    hits = search.search(query, 20)

    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.passage.id for hit in hits}) == len(hits) <= 20
    assert all(set(hit.ranks) <= set(learned_weights()) and hit.ranks for hit in hits)


@pytest.mark.parametrize("query", QUERIES)
def test_the_same_query_finds_the_same(search: HybridSearch, query: str) -> None:
    assert search.search(query, 20) == search.search(query, 20)


def test_fewer_asked_are_the_first_of_more(search: HybridSearch) -> None:
    assert search.search(QUERY, 3) == search.search(QUERY, 20)[:3]
    assert search.search(QUERY, 50)[:20] == search.search(QUERY, 20)


def test_every_passage_can_be_found_by_its_own_words(
    search: HybridSearch, corpus_index: Index
) -> None:
    for document_id in corpus_index.library.manifest():
        for passage in corpus_index.library.passages_of(document_id):
            found = [hit.passage.id for hit in search.search(passage.text, 3)]
            assert passage.id in found, passage.text


def test_it_serves_in_a_plain_llama_index_engine(retriever: HybridRetriever) -> None:
    engine = RetrieverQueryEngine.from_args(
        retriever,
        llm=MockLLM(),
        response_synthesizer=get_response_synthesizer(
            llm=MockLLM(), response_mode=ResponseMode.COMPACT
        ),
        node_postprocessors=[SimilarityPostprocessor(similarity_cutoff=0.0)],
    )
    response = engine.query(QUERY)

    assert isinstance(response, Response)
    assert response.source_nodes == retriever.retrieve(QUERY)
    assert "41 miljoen euro" in str(response)  # the mock says its prompt back


def test_a_llama_index_postprocessor_can_cut_what_it_returns(retriever: HybridRetriever) -> None:
    found = retriever.retrieve(QUERY)
    cutoff = found[2].score
    kept = SimilarityPostprocessor(similarity_cutoff=cutoff).postprocess_nodes(found)

    assert kept == [node for node in found if node.score >= cutoff]
    assert 0 < len(kept) < len(found)


def test_it_can_be_awaited(retriever: HybridRetriever) -> None:
    assert asyncio.run(retriever.aretrieve(QUERY)) == retriever.retrieve(QUERY)
