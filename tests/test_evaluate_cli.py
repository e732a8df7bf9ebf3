"""`wegwijs evaluate` as its users run it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from bicycles import BICYCLES
from commandline import Run, python, wegwijs

from assistant.evaluation.questions import load_cases
from ingest.embedding import Embedder
from ingest.generations import EVALUATIONS
from ingest.pipeline import ingest


@pytest.fixture
def data(tmp_path: Path, embedder: Embedder) -> Path:
    (tmp_path / "leenfietsen.md").write_text(BICYCLES, encoding="utf-8")
    ingest([tmp_path / "leenfietsen.md"], tmp_path / "data", embedder)
    return tmp_path / "data"


def evaluate(data: Path, *words: str | Path) -> Run:
    return wegwijs("evaluate", *words, "--data", data)


def kept(data: Path) -> list[Path]:
    return sorted((data / EVALUATIONS).glob("*")) if (data / EVALUATIONS).is_dir() else []


def test_a_run_is_shown_and_kept_and_compared_with_the_one_before(
    data: Path, questions: Path
) -> None:
    first = evaluate(data, questions)
    assert (first.code, first.said) == (0, "")
    assert first.out.startswith("9 vragen, versie 1 van de index")
    assert f"Bewaard in {kept(data)[0]}" in first.out

    second = evaluate(data, questions, "--compare", "vorige")
    assert second.code == 0 and len(kept(data)) == 2
    assert "Slechter: 0\nBeter: 0\nAnders, even goed: 0" in second.out


def test_json_and_html_go_where_they_are_asked(data: Path, questions: Path, tmp_path: Path) -> None:
    out = tmp_path / "uit"
    done = evaluate(data, questions, "--json", out / "a.json", "--html", out / "a.html")

    assert done.code == 0 and kept(data) == []
    assert json.loads((out / "a.json").read_text("utf-8"))["generation"] == 1
    assert (out / "a.html").read_text("utf-8").startswith("<!doctype html>")
    assert evaluate(data, questions, "--compare", out / "a.json").code == 0


def test_a_half_of_the_questions_and_the_day_can_be_chosen(
    data: Path, questions: Path, tmp_path: Path
) -> None:
    words = ("--split", "test", "--today", "2031-04-01", "--json", tmp_path / "uit.json")
    done = evaluate(data, questions, *words)
    stored = json.loads((tmp_path / "uit.json").read_text("utf-8"))

    assert done.code == 0
    assert (stored["split"], stored["today"]) == ("test", "2031-04-01")
    assert [row["case"]["id"] for row in stored["outcomes"]] == [
        case.id for case in load_cases([questions], "test")
    ]


def test_without_questions_those_of_the_repository_are_asked(corpus_data: Path) -> None:
    done = evaluate(corpus_data, "--json", os.devnull)

    assert done.code == 0
    assert "residentieel-onderwijs" in done.out


def test_an_installed_app_without_questions_asks_for_them(data: Path, tmp_path: Path) -> None:
    code = (
        "import ui.question_sets as q; from pathlib import Path; q.SHIPPED = Path('nergens');"
        "from ui.cli import main; main()"
    )
    done = python(code, "evaluate", "--data", data)

    assert (done.code, done.out) == (2, "")
    assert "Geef een bestand of map met vragen" in done.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("weg.yaml",), 2, "weg.yaml: Dit bestand bestaat niet"),
        (("--compare", "vorige"), 2, "nog geen eerdere meting"),
        (("--compare", "weg.json"), 2, "weg.json: Dit bestand bestaat niet"),
        (("--today", "morgen"), 2, "'morgen' is geen datum"),
        (("--split", "half"), 2, "--split"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    data: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    done = evaluate(data, *words)

    assert (done.code, done.out) == (code, "")
    assert said in done.err and len(done.said.splitlines()) == 1


def test_without_an_index_that_is_said_first(tmp_path: Path) -> None:
    done = evaluate(tmp_path / "leeg", "weg.yaml")

    assert (done.code, done.out) == (1, "")
    assert "Er is nog geen index" in done.err
