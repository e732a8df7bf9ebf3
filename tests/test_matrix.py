"""Combinations of models beside each other, each in a process of its own: tiny real ones."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from bicycles import BICYCLES
from commandline import wegwijs
from evaluating import TODAY, outcome, refusal, run_of
from llm_server import LlmServer, Reply, given
from tiny_models import make_cross_encoder, make_transformer

from assistant.evaluation.matrix import Combination, Row, combinations, measure
from assistant.evaluation.metrics import values_of
from assistant.evaluation.records import Case
from assistant.evaluation.run import evaluate
from assistant.pipeline import Assistant
from ingest.embedding import EMBEDDED_MODEL, Embedder
from ingest.pipeline import ingest
from ui.matrix_words import as_json, as_markdown


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    folder = tmp_path_factory.mktemp("matrix")
    (folder / "leenfietsen.md").write_text(BICYCLES, encoding="utf-8")
    ingest([folder / "leenfietsen.md"], folder / "data", embedder)
    return folder / "data"


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder that says that it is a model and holds none."""
    folder = tmp_path_factory.mktemp("stuk")
    shutil.copy(EMBEDDED_MODEL / "modules.json", folder)
    return str(folder)


@pytest.fixture(scope="module")
def server() -> Iterator[LlmServer]:
    """A model that answers with the first sentence that it is given."""
    server = LlmServer()
    server.reply = Reply(lambda request: f"{given(request).get(1, 'Ja.').splitlines()[0]} [1]")
    yield server
    server.close()


@pytest.fixture(scope="module")
def rows(
    data: Path,
    broken: str,
    cases: Sequence[Case],
    server: LlmServer,
    tmp_path_factory: pytest.TempPathFactory,
) -> list[Row]:
    folder = tmp_path_factory.mktemp("modellen")
    embedding = str(make_transformer(folder / "bi", seed=4))
    reranker = str(make_cross_encoder(folder / "cross", seed=4))
    chosen = [
        Combination(),
        Combination(llm=f"openai-like:{server.url}/v1 m"),
        Combination(llm="openai-like:http://jan:geheim@endpoint.invalid/v1 m"),
        Combination(llm="openai-like:http://127.0.0.1:9/v1 m"),
        Combination(embedding, reranker),
        Combination(broken),
    ]
    before = {path: path.read_bytes() for path in data.rglob("*.sqlite") if path.is_file()}
    found = list(measure(data, chosen, cases, today=TODAY))
    assert [row.combination for row in found] == chosen
    assert {path: path.read_bytes() for path in before} == before
    return found


def test_every_model_answers_from_the_same_documents(
    rows: list[Row], data: Path, embedder: Embedder, cases: Sequence[Case]
) -> None:
    assistant = Assistant.open(data, embedder)
    alone = evaluate(assistant, cases, today=TODAY)
    assistant.close()
    runs = [row.run for row in (rows[0], rows[4]) if row.run is not None]

    assert rows[0].problem == rows[4].problem == ""
    assert [[o.relevant for o in run.outcomes] for run in runs] == [
        [o.relevant for o in alone.outcomes]
    ] * 2
    plain, other = runs
    assert [o.text for o in plain.outcomes] == [o.text for o in alone.outcomes]
    assert all("reranker" in hit.ranks for o in other.outcomes for hit in o.found)
    assert plain.model == embedder.fingerprint != other.model


def test_memory_is_that_of_its_own_process_alone(rows: list[Row]) -> None:
    plain, other = (row.peak or 0 for row in (rows[0], rows[4]))

    assert 20e6 < plain < other  # which needs a library of its own


def test_a_model_that_cannot_be_loaded_is_a_row_that_says_why(rows: list[Row]) -> None:
    assert rows[5].run is None
    assert "is niet te lezen" in rows[5].problem

    table = as_markdown(rows)
    assert "| kan niet |" in table
    assert f"- {rows[5].combination.embedding}: " in table and "WEGWIJS_EMBEDDING" in table
    assert as_json(rows)["rows"][5]["problem"] == rows[5].problem


def test_a_language_model_words_answers_and_a_key_in_a_setting_is_not_shown(
    rows: list[Row], server: LlmServer
) -> None:
    _, worded, refused, down, *_ = rows

    assert worded.run is not None and worded.run.model.endswith(" + " + worded.combination.llm)
    assert server.asked
    assert refused.run is None and "WEGWIJS_LLM" in as_markdown(rows)
    assert down.run is None and "niet te bereiken" in down.problem
    assert "geheim" not in as_markdown(rows) + json.dumps(as_json(rows))


def test_the_table_and_the_json_hold_the_figures() -> None:
    run = run_of(outcome(milliseconds=10.0), refusal(milliseconds=30.0))
    rows = [Row(Combination("m|x", "her"), run, index_seconds=1.25, peak=80_000_000)]
    heads, _, row, *_ = as_markdown(rows).splitlines()
    (found,) = as_json(rows)["rows"]

    cells = dict(zip(heads.split(" | "), row.replace("\\|", "/").split(" | "), strict=True))
    assert cells["| modellen"] == "| m/x, herordend door her"
    assert (cells["goed"], cells["juiste plek"], cells["zwijgt onnodig"]) == ("50%", "50%", "50%")
    assert (cells["helft binnen (ms)"], cells["95% binnen (ms)"]) == ("10", "30")
    assert (cells["geheugen (MB)"], cells["index maken (s) |"]) == ("80", "1,2 |")
    assert found["figures"]["right"]["value"] == values_of(outcome())["right"] / 2
    assert (found["milliseconds"], found["peak_bytes"]) == ({"p50": 10.0, "p95": 30.0}, 80_000_000)


def test_every_combination_is_there_once() -> None:
    found = combinations(["e5", "bge", "e5"], ["her"])

    assert len(found) == len(set(found)) == 6
    assert found[0] == Combination()


def test_the_command_prints_a_table_and_keeps_json(
    data: Path, broken: str, questions: Path, tmp_path: Path
) -> None:
    out = tmp_path / "matrix.json"
    words = ("--matrix", "--json", out, "--data", data)
    done = wegwijs("evaluate", questions, *words, env={"WEGWIJS_EMBEDDING": broken})
    stored = json.loads(out.read_text("utf-8"))

    assert done.code == 0, done.err
    assert done.out.startswith("| modellen | goed |") and "Vragen: 9." in done.out
    assert [row["embedding"] for row in stored["rows"]] == ["", broken]
    assert stored["rows"][0]["figures"]["right"]["count"] == 9
    assert not (data / "evaluations").exists()


@pytest.mark.parametrize("words", [("--matrix", "--html", "x"), ("--with-reranker", "x")])
def test_options_that_do_not_belong_together_are_refused(data: Path, words: Sequence[str]) -> None:
    done = wegwijs("evaluate", *words, "--data", data)

    assert (done.code, done.out) == (2, "")
    assert "--matrix" in done.err
