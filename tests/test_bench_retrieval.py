"""The measuring of search, on a few questions: it must not break unseen."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from indexing import DOCUMENTS, write

from assistant.retrieval import learned_weights
from ingest.embedding import Embedder
from tests import bench_retrieval, retrieval_peers, retrieval_sets
from tests.retrieval_sets import Asked, Collection

pytest.importorskip("ir_measures", reason="measuring needs the extra 'bench'")

ROWS = [
    {"id": "a", "question": "Wie betaalt de zwemles?", "url": "https://a.nl",
     "answer": "De gemeente betaalt de zwemles van kinderen.\n\nVraag het op het stadhuis."},
    {"id": "b", "question": "Wanneer rijdt de veerboot?", "url": "https://b.nl",
     "answer": "De veerboot rijdt elk uur, behalve op zondag."},
    {"id": "c", "question": "Mag mijn hond los in het park?", "url": "https://c.nl",
     "answer": "In het park blijven honden aan de lijn."},
]  # fmt: skip


def collection_of(right: dict[str, str]) -> Collection:
    """Questions that are one of the passages p0 … p59 themselves, found as documents d0 … d29."""
    passages = {f"p{i}": f"tekst {i}" for i in range(60)}
    units = {f"p{i}": f"d{i // 2}" for i in range(60)}
    asked = tuple(Asked(name, name, frozenset([unit])) for name, unit in right.items())
    return Collection("bedacht", Path(), passages, units, asked)


def test_figures_are_what_the_ranks_make_them() -> None:
    found = {
        "eerste": ["p4", "p5", "p0"],
        "tweede document": ["p0", "p1", "p4"],
        "elfde document": [f"p{2 * i}" for i in range(30) if i != 2][:10] + ["p4"],
        "nergens": ["p0"],
        "niets": [],
    }
    collection = collection_of(dict.fromkeys(found, "d2"))
    values = bench_retrieval.measure(lambda query: found[query], collection).values

    assert values["MRR@10"] == pytest.approx([1, 1 / 2, 0, 0, 0])
    assert values["nDCG@10"] == pytest.approx([1, 1 / np.log2(3), 0, 0, 0])
    assert list(values["hit@1"]) == [1, 0, 0, 0, 0]
    assert list(values["hit@5"]) == [1, 1, 0, 0, 0]


def test_every_system_has_a_line_and_one_that_is_not_installed_says_so(
    tmp_path: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_: object) -> retrieval_peers.Search:
        raise ImportError(name="zo_een_pakket")

    monkeypatch.setattr(bench_retrieval, "PEERS", {**retrieval_peers.PEERS, "een ander": missing})
    collection = retrieval_sets.government(ROWS, tmp_path, embedder)
    head, columns, *lines = bench_retrieval.report(collection, embedder)
    by_name = {line[:26].strip(): line[26:] for line in lines}

    assert "3, 3 passages" in head and "nDCG@10" in columns
    assert list(by_name) == [
        "ours", *(f"ours without {one}" for one in learned_weights()), *retrieval_peers.PEERS,
        "een ander",
    ]  # fmt: skip
    assert by_name.pop("een ander") == " not installed (zo_een_pakket)"
    measured = {name: line for name, line in by_name.items() if "not installed" not in line}
    assert {"ours", "tantivy", "tantivy, Dutch", "SQLite FTS5"} <= set(measured)
    for name, line in measured.items():
        assert line.split()[:4] == ["1.000"] * 4, name
        if name != "ours":
            assert line.count("+0.000 [+0.000, +0.000]") == 2


def test_a_difference_has_an_interval_around_it() -> None:
    differences = np.array([0.0] * 50 + [1.0] * 50)
    low, high = bench_retrieval.interval(differences)

    assert 0.35 < low < 0.45 and 0.55 < high < 0.65


def test_right_for_an_own_question_are_the_passages_with_the_quotes_it_names(
    tmp_path: Path, embedder: Embedder
) -> None:
    write(tmp_path / "documents", DOCUMENTS)
    write(
        tmp_path / "questions",
        {
            "een.yaml": """
- id: betalen
  question: Wie betaalt de zwemles?
  kind: who
  status: [answered]
  evidence: [{document: zwemles, quote: "de gemeente   betaalt"}]
- id: vervolg
  question: Wie kijkt daar toe?
  kind: who
  status: [answered]
  history: ["Hoe koud is het bad?"]
  today: 2025-03-01
  evidence: [{document: bad, quote: "De badmeester kijkt toe"}]
- id: niet
  question: Regent het morgen?
  kind: yes_no
  status: [not_found]
""",
        },
    )
    folders = ([tmp_path / "questions"], [tmp_path / "documents"], tmp_path / "scratch")
    collection = retrieval_sets.own(*folders, embedder)

    right = {asked.id: asked for asked in collection.questions}
    assert list(right) == ["betalen", "vervolg"]
    (paying,) = right["betalen"].right
    assert "De gemeente betaalt 5 euro" in collection.passages[paying]
    assert "bad" in right["vervolg"].text
    assert set(collection.units) == set(collection.passages)


def test_a_quote_that_is_nowhere_is_an_error(tmp_path: Path, embedder: Embedder) -> None:
    write(tmp_path / "documents", DOCUMENTS)
    asked = "- id: x\n  question: Hoe?\n  kind: how\n  status: [answered]\n"
    evidence = 'evidence: [{document: bad, quote: "Het bad is warm"}]'
    write(tmp_path / "questions", {"een.yaml": f"{asked}  {evidence}\n"})
    folders = ([tmp_path / "questions"], [tmp_path / "documents"], tmp_path / "scratch")
    with pytest.raises(ValueError, match="Het bad is warm"):
        retrieval_sets.own(*folders, embedder)


def test_it_runs_without_questions(tmp_path: Path) -> None:
    nowhere = str(tmp_path / "nergens")
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench_retrieval", "--government", nowhere, "--own", nowhere],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[1],
    )
    assert done.stdout.count("is not there: left out.") == 2


def test_noise_is_searched_too(tmp_path: Path) -> None:
    import gzip

    questions = tmp_path / "questions.jsonl"
    questions.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    regulations = tmp_path / "regulations.jsonl.gz"
    with gzip.open(regulations, "wt", encoding="utf-8") as file:
        for i in range(40):
            text = f"Artikel {i}. De minister stelt regels over onderwerp {i}."
            file.write(json.dumps({"_id": f"R{i % 4}#{i}", "text": text}) + "\n")
    command = [sys.executable, "-m", "tests.bench_retrieval", "--passages", "20"]
    command += ["--government", str(questions), "--regulations", str(regulations)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1]
    )
    assert "3, 7 passages" in done.stdout
    assert "ours without dense" in done.stdout and "tantivy" not in done.stdout
