"""Reordering hits with a cross-encoder: a tiny real one."""

from __future__ import annotations

from pathlib import Path

import pytest
from commandline import python, wegwijs
from llama_index.core.llms.mock import MockLLM
from llama_index.core.postprocessor.types import BaseNodePostprocessor
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.response_synthesizers import ResponseMode, get_response_synthesizer
from tiny_models import make_cross_encoder, make_transformer

from assistant.live import LiveAssistant
from assistant.pipeline import Assistant
from assistant.records import Hit
from assistant.reranking import CrossEncoderReranker
from assistant.retrieval import HybridSearch
from assistant.retriever import HybridRetriever
from ingest.embedding import Embedder
from ingest.errors import ModelError
from ingest.index import Index
from ingest.writing import embedded_text

QUERY = "Welk bedrag is er voor de onderwijscoalities?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_cross_encoder(tmp_path_factory.mktemp("models") / "klein", seed=3)


@pytest.fixture(scope="module")
def reranker(folder: Path) -> CrossEncoderReranker:
    return CrossEncoderReranker(str(folder))


@pytest.fixture(scope="module")
def plain(corpus_index: Index, embedder: Embedder) -> HybridSearch:
    return HybridSearch(corpus_index, embedder)


@pytest.fixture(scope="module")
def reordering(
    corpus_index: Index, embedder: Embedder, reranker: CrossEncoderReranker
) -> HybridSearch:
    return HybridSearch(corpus_index, embedder, reranker=reranker)


def names(hits: list[Hit]) -> list[str]:
    return [hit.passage.id for hit in hits]


def test_the_best_are_in_the_order_that_the_model_gives_them(
    plain: HybridSearch,
    reordering: HybridSearch,
    reranker: CrossEncoderReranker,
    folder: Path,
) -> None:
    from sentence_transformers import CrossEncoder

    before, after = plain.search(QUERY, 30), reordering.search(QUERY, 30)
    model = CrossEncoder(str(folder), device="cpu", local_files_only=True)
    texts = [embedded_text(hit.passage) for hit in before[: reranker.depth]]
    scores = model.predict([(QUERY, text) for text in texts]).tolist()
    best = sorted(zip(scores, names(before), strict=False), key=lambda pair: (-pair[0], pair[1]))

    assert names(after)[: reranker.depth] == [name for _, name in best]
    assert names(after)[: reranker.depth] != names(before)[: reranker.depth]
    assert after[reranker.depth :] == before[reranker.depth :]


def test_hits_keep_their_ranks_and_gain_that_of_the_reranker(
    plain: HybridSearch, reordering: HybridSearch, reranker: CrossEncoderReranker
) -> None:
    before = {hit.passage.id: hit.ranks for hit in plain.search(QUERY, 30)}
    for rank, hit in enumerate(reordering.search(QUERY, 30), start=1):
        is_reordered = rank <= reranker.depth
        gained = {"reranker": rank} if is_reordered else {}
        assert hit.ranks == {**before[hit.passage.id], **gained}


@pytest.mark.parametrize("query", [QUERY, "routekaart", "xyzzy", ""])
def test_scores_do_not_rise_and_fewer_asked_are_the_first_of_more(
    reordering: HybridSearch, query: str
) -> None:
    hits = reordering.search(query, 40)

    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len(set(names(hits))) == len(hits)
    assert reordering.search(query, 3) == hits[:3]
    assert reordering.search(query, 40) == hits


def test_it_reorders_the_nodes_of_any_llama_index_engine(
    plain: HybridSearch, reranker: CrossEncoderReranker
) -> None:
    assert isinstance(reranker, BaseNodePostprocessor)
    retriever = HybridRetriever(plain, limit=6)
    engine = RetrieverQueryEngine.from_args(
        retriever,
        llm=MockLLM(),
        response_synthesizer=get_response_synthesizer(
            llm=MockLLM(), response_mode=ResponseMode.COMPACT
        ),
        node_postprocessors=[reranker],
    )
    nodes = engine.query(QUERY).source_nodes
    found = retriever.retrieve(QUERY)

    assert sorted(node.node_id for node in nodes) == sorted(node.node_id for node in found)
    assert [node.node_id for node in nodes] != [node.node_id for node in found]
    assert nodes == reranker.postprocess_nodes(found[::-1], query_str=QUERY)
    scores = [node.score or 0.0 for node in nodes]
    assert scores == sorted(scores, reverse=True)


def test_nodes_after_the_depth_stay_where_they_are(plain: HybridSearch, folder: Path) -> None:
    found = HybridRetriever(plain, limit=6).retrieve(QUERY)
    nodes = CrossEncoderReranker(str(folder), depth=2).postprocess_nodes(found, query_str=QUERY)

    assert nodes[2:] == found[2:]
    assert {node.node_id for node in nodes[:2]} == {node.node_id for node in found[:2]}
    scores = [node.score or 0.0 for node in nodes]
    assert scores == sorted(scores, reverse=True)


def test_nothing_found_is_nothing_to_reorder(reranker: CrossEncoderReranker) -> None:
    assert reranker.rerank(QUERY, []) == []
    assert reranker.postprocess_nodes([], query_str=QUERY) == []


def test_an_assistant_answers_from_what_was_reordered(
    corpus_data: Path, embedder: Embedder, reranker: CrossEncoderReranker
) -> None:
    for assistant in (
        Assistant.open(corpus_data, embedder, reranker),
        LiveAssistant(corpus_data, embedder, reranker),
    ):
        answer = assistant.ask(QUERY)
        assert [hit.ranks["reranker"] for hit in answer.hits] == list(range(1, 13))
        assert all(c.quote in assistant.document(c.document_id).text for c in answer.citations)


def test_a_model_that_is_not_here_is_a_model_error_without_a_look_at_the_network(
    monkeypatch: pytest.MonkeyPatch, looked_up: list[object]
) -> None:
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    with pytest.raises(ModelError) as caught:
        CrossEncoderReranker("nergens/zo-een-model")
    assert "nergens/zo-een-model" in caught.value.what
    assert "WEGWIJS_RERANKER" in caught.value.advice
    assert looked_up == []


def test_a_model_that_never_learned_to_score_is_refused(tmp_path: Path) -> None:
    embedding = make_transformer(tmp_path / "klein", seed=1)
    for folder in (embedding, tmp_path / "klein" / "raw"):
        with pytest.raises(ModelError) as caught:
            CrossEncoderReranker(str(folder))
        assert "kan geen teksten herordenen" in caught.value.what


def test_the_command_line_takes_it_from_the_environment(corpus_data: Path, folder: Path) -> None:
    command = ("search", QUERY, "-k", "5", "--json", "--data", corpus_data)
    plain = wegwijs(*command, env={"WEGWIJS_RERANKER": ""})
    reordered = wegwijs(*command, env={"WEGWIJS_RERANKER": str(folder)})

    assert plain.code == reordered.code == 0
    assert reordered.out != plain.out


def test_the_command_line_says_at_once_that_a_reranker_is_not_there(
    corpus_data: Path, tmp_path: Path
) -> None:
    wrong = {"WEGWIJS_RERANKER": str(tmp_path / "geen-model")}
    done = wegwijs("ask", QUERY, "--data", corpus_data, env=wrong)

    assert (done.code, done.out) == (1, "")
    assert "geen-model" in done.err and "WEGWIJS_RERANKER" in done.err


def test_without_a_reranker_nothing_of_it_is_imported(corpus_data: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from ui.options import embedder_for, reranker_for;"
        "from assistant.live import LiveAssistant;"
        f"live = LiveAssistant(Path({str(corpus_data)!r}), embedder_for(None), reranker_for(''));"
        "live.ask('Wie betaalt?');"
        "print([m for m in ('torch', 'sentence_transformers', 'assistant.reranking')"
        " if m in sys.modules])"
    )
    done = python(script)
    assert (done.code, done.out.strip()) == (0, "[]"), done.err
