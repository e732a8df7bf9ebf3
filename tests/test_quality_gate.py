"""The quality gate: the shipped assistant answers as well as was recorded, and README says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import record_quality as record

from assistant.evaluation.metrics import METRICS
from assistant.evaluation.questions import load_cases
from ingest.embedding import Embedder

RECORDED: record.Quality = json.loads(record.QUALITY.read_text("utf-8"))


@pytest.fixture(scope="module")
def measured(corpus_data: Path, embedder: Embedder) -> record.Quality:
    cases = load_cases([record.QUESTIONS], "test")
    return record.quality_of(record.asked(cases, corpus_data, embedder))


@pytest.mark.parametrize("name", RECORDED["test"])
def test_the_test_split_stays_at_or_above_what_is_recorded(
    measured: record.Quality, name: str
) -> None:
    now, before = measured["test"][name], RECORDED["test"][name]

    better = now["value"] >= before["value"]
    if not METRICS[name].more_is_better:
        better = now["value"] <= before["value"]
    assert better, f"{name}: {now['value']} was {before['value']}; see 'make evaluate'"
    if name == "right":
        assert now["count"] == before["count"], "the questions changed: run 'make evaluate'"


def test_every_figure_that_repeats_is_recorded() -> None:
    assert set(RECORDED["test"]) == {name for name, m in METRICS.items() if m.repeats}


def test_the_readmes_figures_are_those_that_were_recorded() -> None:
    readme = record.README.read_text("utf-8")

    assert record.with_block(readme, RECORDED) == readme


def test_make_evaluate_writes_both(tmp_path: Path, measured: record.Quality) -> None:
    readme = "Vooraf.\n<!-- quality:start -->\noud\n<!-- quality:end -->\nDaarna.\n"
    (tmp_path / "README.md").write_text(readme, encoding="utf-8")
    quality = {"tune": measured["test"], "test": measured["test"]}
    record.write(quality, tmp_path / "quality.json", tmp_path / "README.md")
    written = (tmp_path / "README.md").read_text("utf-8")

    assert json.loads((tmp_path / "quality.json").read_text("utf-8")) == quality
    assert written.startswith("Vooraf.\n<!-- quality:start -->\n| ")
    assert written.endswith("<!-- quality:end -->\nDaarna.\n") and "oud" not in written
    assert f"| right answers | {measured['test']['right']['value']:.2f} (" in written
