"""An ingest that is evaluated first: a bad document does not go live unseen."""

from __future__ import annotations

import json
from pathlib import Path

import evaluating
import pytest
from bicycles import BICYCLES
from commandline import Run, wegwijs
from indexing import Counting

from assistant.evaluation.gate import Gate
from assistant.evaluation.questions import load_cases
from assistant.pipeline import Assistant
from ingest import generations
from ingest.embedding import Embedder
from ingest.errors import RegressionError, WegwijsError
from ingest.maintenance import verify
from ingest.pipeline import ingest

QUESTION = "Wat kost lenen per uur?"
WORSE = BICYCLES.replace("2,50 euro per uur", "9 euro per uur")
LATER = BICYCLES.replace("op 3 mei 2031", "op 4 mei 2031")
OTHER = BICYCLES.replace("kost 2,50 euro per uur", "kost vanaf nu 2,50 euro per uur")


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "leenfietsen.md").write_text(BICYCLES, encoding="utf-8")
    return tmp_path / "docs"


@pytest.fixture
def data(tmp_path: Path, docs: Path, embedder: Embedder) -> Path:
    ingest([docs], tmp_path / "data", embedder)
    return tmp_path / "data"


def replace(docs: Path, text: str) -> None:
    (docs / "leenfietsen.md").write_text(text, encoding="utf-8")


def gate(data: Path, questions: Path, embedder: Embedder, **named: bool | int) -> Gate:
    return Gate(data, embedder, load_cases([questions]), today=evaluating.TODAY, **named)


def price(data: Path, embedder: Embedder) -> str:
    assistant = Assistant.open(data, embedder)
    try:
        return assistant.ask(QUESTION).text
    finally:
        assistant.close()


def run(data: Path, docs: Path, questions: Path, *words: str) -> Run:
    return wegwijs("ingest", docs, "--data", data, "--evaluate", questions, *words)


def test_an_index_that_answers_worse_is_not_published(
    docs: Path, data: Path, questions: Path, embedder: Embedder
) -> None:
    replace(docs, WORSE)
    guard = gate(data, questions, embedder)

    with pytest.raises(RegressionError) as caught:
        ingest([docs], data, embedder, gate=guard)

    assert "prijs-per-uur" in caught.value.what and "--force" in caught.value.advice
    assert guard.comparison is not None
    (change,) = guard.comparison.with_verdict("worse")
    assert "2,50 euro" in change.before.text and "9 euro" in change.after.text
    assert generations.current(data) == 1 and generations.numbers(data) == [1]
    assert "2,50 euro" in price(data, embedder)
    assert verify(data, embedder).problems == ()


def test_more_may_become_worse_up_to_the_limit_or_with_force(
    docs: Path, data: Path, questions: Path, embedder: Embedder
) -> None:
    replace(docs, WORSE)
    allowed = gate(data, questions, embedder, most_worse=1)
    assert ingest([docs], data, embedder, gate=allowed).generation == 2
    assert "9 euro" in price(data, embedder)

    replace(docs, WORSE.replace("46 fietsen", "47 fietsen").replace("380.000", "390.000"))
    with pytest.raises(RegressionError, match="er 2 fout"):
        ingest([docs], data, embedder, gate=gate(data, questions, embedder, most_worse=1))
    forced = gate(data, questions, embedder, force=True)
    assert ingest([docs], data, embedder, gate=forced).generation == 3
    assert forced.comparison is not None and len(forced.comparison.with_verdict("worse")) == 2
    assert verify(data, embedder).problems == ()


def test_answers_that_change_and_stay_right_pass_and_are_listed(
    docs: Path, data: Path, questions: Path, embedder: Embedder
) -> None:
    replace(docs, OTHER)
    guard = gate(data, questions, embedder)

    assert ingest([docs], data, embedder, gate=guard).generation == 2
    assert guard.comparison is not None
    assert [c.after.case.id for c in guard.comparison.changes] == ["prijs-per-uur"]
    assert guard.comparison.changes[0].verdict == "different"
    assert "vanaf nu" in price(data, embedder)


def test_an_answer_that_was_wrong_may_become_right(
    docs: Path, data: Path, questions: Path, embedder: Embedder
) -> None:
    replace(docs, LATER)
    ingest([docs], data, embedder)
    replace(docs, BICYCLES)
    guard = gate(data, questions, embedder)
    ingest([docs], data, embedder, gate=guard)

    assert guard.comparison is not None
    assert [c.after.case.id for c in guard.comparison.with_verdict("better")] == [
        "opening-stalling"
    ]
    assert guard.comparison.with_verdict("worse") == ()


def test_a_first_index_has_nothing_to_be_compared_with(
    docs: Path, tmp_path: Path, questions: Path, embedder: Embedder
) -> None:
    replace(docs, WORSE)
    guard = gate(tmp_path / "nieuw", questions, embedder)

    assert ingest([docs], tmp_path / "nieuw", embedder, gate=guard).generation == 1
    assert guard.comparison is None and guard.run is not None


def test_an_index_of_another_model_has_nothing_to_be_compared_with(
    docs: Path, data: Path, questions: Path, embedder: Embedder
) -> None:
    replace(docs, WORSE)
    other = Counting(embedder, "ander")
    guard = gate(data, questions, other)

    assert ingest([docs], data, other, gate=guard).generation == 2
    assert guard.comparison is None and guard.run is not None


def test_nothing_is_asked_when_nothing_changed(
    docs: Path, data: Path, questions: Path, embedder: Embedder
) -> None:
    guard = gate(data, questions, embedder)
    ingest([docs], data, embedder, gate=guard)

    assert guard.run is None


def test_a_gate_that_fails_leaves_no_half_made_generation(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    def closed(folder: Path) -> None:
        assert (folder / "library.sqlite").is_file()
        raise WegwijsError("Dicht.", "Wacht.")

    replace(docs, WORSE)
    with pytest.raises(WegwijsError, match="Dicht"):
        ingest([docs], data, embedder, gate=closed)

    assert [path.name for path in (data / "generations").iterdir()] == ["0001"]
    assert ingest([docs], data, embedder).generation == 2


def test_a_dry_run_says_what_would_become_worse(
    docs: Path, data: Path, questions: Path, embedder: Embedder
) -> None:
    replace(docs, OTHER)
    guard = gate(data, questions, embedder)
    ingest([docs], data, embedder, gate=guard, dry_run=True)

    assert guard.comparison is not None and len(guard.comparison.changes) == 1
    assert generations.current(data) == 1


# --- the command ------------------------------------------------------------------------------


def test_the_command_refuses_lists_and_is_forced(docs: Path, data: Path, questions: Path) -> None:
    replace(docs, WORSE)
    refused = run(data, docs, questions)

    assert refused.code == 1
    assert "Slechter: 1\n  prijs-per-uur: Wat kost lenen per uur?" in refused.out
    assert "2,50 euro" in refused.out and "9 euro" in refused.out
    assert len(refused.said.splitlines()) == 1 and "prijs-per-uur" in refused.said
    assert "Traceback" not in refused.err

    forced = run(data, docs, questions, "--force")
    assert forced.code == 0
    assert "Slechter: 1" in forced.out and "Versie 2 van de index geeft antwoord" in forced.out


def test_the_command_tells_programs_what_changed(docs: Path, data: Path, questions: Path) -> None:
    replace(docs, WORSE)
    refused = json.loads(run(data, docs, questions, "--json").out)
    allowed = json.loads(run(data, docs, questions, "--json", "--max-worse", "1").out)

    assert list(refused) == ["evaluation"]
    assert [change["id"] for change in refused["evaluation"]["worse"]] == ["prijs-per-uur"]
    assert allowed["generation"] == 2
    assert allowed["evaluation"] == refused["evaluation"]
    assert allowed["evaluation"]["metrics"]["right"]["after"] < 1


def test_bad_questions_are_refused_before_anything_is_read(
    docs: Path, data: Path, tmp_path: Path
) -> None:
    (tmp_path / "stuk.yaml").write_text("- id: een\n", encoding="utf-8")
    bad = run(data, docs, tmp_path / "stuk.yaml")

    assert (bad.code, bad.out) == (2, "")
    assert "stuk.yaml: Vraag 1 ('een') klopt niet" in bad.err
    limit = wegwijs("ingest", docs, "--data", data, "--max-worse", "1")
    assert limit.code == 2 and "--evaluate" in limit.err
    assert generations.current(data) == 1


def test_a_first_ingest_says_that_there_was_nothing_to_compare(
    docs: Path, tmp_path: Path, questions: Path
) -> None:
    first = run(tmp_path / "nieuw", docs, questions)

    assert first.code == 0
    assert "geen eerdere antwoorden om mee te vergelijken" in first.out
