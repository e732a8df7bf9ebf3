"""Runs on a real index: what is noted, kept, and compared."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import evaluating
import pytest
from bicycles import BICYCLES
from evaluating import case, declining, outcome, ranked, refusal, run_of

from assistant.evaluation import storage
from assistant.evaluation.compare import compare
from assistant.evaluation.figures import figures, grouped, waits
from assistant.evaluation.metrics import METRICS, values_of
from assistant.evaluation.records import Case, Evidence, Run
from assistant.evaluation.run import evaluate
from assistant.pipeline import Assistant
from assistant.records import Status
from ingest.embedding import Embedder
from ingest.errors import StorageError, UsageError
from ingest.generations import EVALUATIONS
from ingest.maintenance import forget, verify
from ingest.pipeline import ingest
from ingest.progress import Stage, Step


@pytest.fixture(scope="module")
def data(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("leenfietsen")
    (folder / "leenfietsen.md").write_text(BICYCLES, encoding="utf-8")
    (folder / "bad.md").write_text("# Bad\n\nHet bad is koud.\n", encoding="utf-8")
    ingest([folder], folder / "data", embedder)
    return folder / "data"


@pytest.fixture(scope="module")
def assistant(data: Path, embedder: Embedder) -> Iterator[Assistant]:
    opened = Assistant.open(data, embedder)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def run(assistant: Assistant, cases: tuple[Case, ...]) -> Run:
    return evaluate(assistant, cases, today=evaluating.TODAY, model="model")


def asked(assistant: Assistant, *questions: Case) -> Run:
    return evaluate(assistant, questions, today=evaluating.TODAY)


# --- what is noted ----------------------------------------------------------------------------


def test_an_outcome_holds_what_was_asked_found_and_said(run: Run) -> None:
    (price,) = [o for o in run.outcomes if o.case.id == "prijs-per-uur"]

    assert price.status is Status.ANSWERED and "2,50 euro" in price.text
    assert any(c.verbatim and c.proves and "2,50" in c.quote for c in price.cited)
    assert price.relevant == 1 and sum(found.holds for found in price.found) == 1
    assert [found.score for found in price.found] == sorted(
        (found.score for found in price.found), reverse=True
    )
    assert price.milliseconds > 0 and price.timings_ms
    assert price.unfounded == ()


def test_the_same_questions_give_the_same_figures(run: Run, assistant: Assistant) -> None:
    again = evaluate(assistant, [o.case for o in run.outcomes], today=evaluating.TODAY)

    def repeating(found: Run) -> list[dict[str, float]]:
        values = (values_of(outcome) for outcome in found.outcomes)
        return [{n: v for n, v in row.items() if METRICS[n].repeats} for row in values]

    assert repeating(again) == repeating(run)


def test_every_question_is_reported_as_it_is_answered(
    assistant: Assistant, cases: tuple[Case, ...]
) -> None:
    steps: list[Step] = []
    evaluate(assistant, cases[:3], today=evaluating.TODAY, listener=steps.append)

    assert steps == [Step(Stage.ANSWERING, n, 3) for n in (1, 2, 3)]


def test_history_and_day_reach_the_assistant(assistant: Assistant) -> None:
    follow_up = case(
        id="vervolg", question="En hoeveel kost dat?", history=("Hoe leen ik een fiets per uur?",)
    )
    (found,) = asked(assistant, follow_up).outcomes

    assert "fiets" in found.read_as


def test_evidence_that_is_not_in_the_documents_is_noted(assistant: Assistant) -> None:
    gone = Evidence("leenfietsen", "Lenen kost 9 euro per uur.")
    missing = Evidence("weg", "wat dan ook")
    there = Evidence("leenfietsen", "Lenen kost 2,50 euro per uur.")
    (found,) = asked(assistant, case(evidence=(gone, missing, there))).outcomes

    assert found.unfounded == (gone, missing)
    assert found.relevant == 1


def test_a_quote_in_another_document_proves_nothing(assistant: Assistant) -> None:
    elsewhere = case(
        question="Wat kost lenen per uur?", evidence=(Evidence("bad", "Het bad is koud."),)
    )
    (found,) = asked(assistant, elsewhere).outcomes

    assert found.cited and not any(cited.proves for cited in found.cited)


# --- figures ----------------------------------------------------------------------------------


def test_figures_are_means_with_intervals_over_what_they_apply_to() -> None:
    found = figures([outcome(), refusal(), refusal(case=declining())])

    assert (found["right"].value, found["right"].count) == (pytest.approx(2 / 3), 3)
    assert (found["facts_right"].value, found["facts_right"].count) == (0.5, 2)
    assert found["right"].low <= found["right"].value <= found["right"].high
    assert "recall_at_5" in found and "citation_recall" in found
    assert "citation_recall" not in figures([refusal()])


def test_groups_are_kinds_topics_documents_and_tags() -> None:
    two = case(
        kind="who", topic="mensen", tags=("typo", "lay"), near="b", evidence=(Evidence("a", "x"),)
    )
    found = grouped([outcome(case=two), outcome()])

    assert set(found) == {"kind", "topic", "document", "tag"}
    assert {name: f["right"].count for name, f in found["kind"].items()} == {
        "how_many": 1, "who": 1
    }  # fmt: skip
    assert set(found["document"]) == {"a", "b", "doc"}
    assert set(found["tag"]) == {"lay", "typo"}


def test_waits_are_the_middle_and_the_long_ones() -> None:
    outcomes = [outcome(milliseconds=float(ms)) for ms in range(101)]

    assert waits(outcomes) == (50, 95)
    assert waits(outcomes[7:8]) == (7, 7)


# --- kept as JSON -----------------------------------------------------------------------------


def test_a_run_comes_back_from_json_as_it_was(run: Run, tmp_path: Path) -> None:
    storage.save(run, tmp_path / "nieuw" / "run.json")

    assert storage.load(str(tmp_path / "nieuw" / "run.json"), tmp_path) == run


def test_json_holds_a_schema_figures_and_the_values_of_every_question(
    run: Run, tmp_path: Path
) -> None:
    storage.save(run, tmp_path / "run.json")
    stored = json.loads((tmp_path / "run.json").read_text("utf-8"))

    assert stored["schema"] == storage.SCHEMA
    assert stored["figures"]["all"]["right"]["count"] == len(run.outcomes)
    assert set(stored["figures"]) == {"all", "kind", "topic", "document", "tag"}
    assert [row["values"] for row in stored["outcomes"]] == [values_of(o) for o in run.outcomes]


def test_the_last_run_of_the_data_folder_is_found(tmp_path: Path) -> None:
    first = run_of(outcome())
    for _ in range(12):
        storage.save_in(first, tmp_path)  # in the same second: none replaces another
    last = storage.save_in(run_of(refusal()), tmp_path)

    assert len(list((tmp_path / EVALUATIONS).iterdir())) == 13
    assert storage.load("vorige", tmp_path) == run_of(refusal())
    assert storage.load(str(last), tmp_path) == run_of(refusal())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("geen json", "Dit is geen meting"),
        ("[]", "Dit is geen meting"),
        ("{}", "Dit is geen meting"),
        ('{"schema": 1}', "Dit is geen meting"),
        ('{"schema": 0}', "andere versie van Wegwijs"),
    ],
)
def test_what_is_no_run_is_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "run.json").write_text(text, encoding="utf-8")

    with pytest.raises(UsageError, match=said):
        storage.load(str(tmp_path / "run.json"), tmp_path)


def test_a_run_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="geen eerdere meting"):
        storage.load("vorige", tmp_path)
    with pytest.raises(UsageError, match="bestaat niet"):
        storage.load(str(tmp_path / "weg.json"), tmp_path)


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "bestand").touch()

    with pytest.raises(StorageError, match="kan niet worden geschreven"):
        storage.save(run_of(outcome()), tmp_path / "bestand" / "run.json")


def test_runs_are_no_part_of_the_index_and_are_forgotten_with_a_document(
    embedder: Embedder, tmp_path: Path, run: Run
) -> None:
    (tmp_path / "leenfietsen.md").write_text(BICYCLES, encoding="utf-8")
    (tmp_path / "bad.md").write_text("# Bad\n\nHet bad is koud.\n", encoding="utf-8")
    data = tmp_path / "data"
    files = [tmp_path / "leenfietsen.md", tmp_path / "bad.md"]
    ingest(files, data, embedder)
    kept = storage.save_in(run, data)
    assert b"Oldenziel" in kept.read_bytes()

    assert verify(data, embedder).problems == ()
    assert ingest(files, data, embedder).documents.unchanged == 2
    assert kept.exists()
    forget(data, "leenfietsen", embedder)

    left = [path for path in data.rglob("*") if path.is_file()]
    assert not [path for path in left if b"Oldenziel" in path.read_bytes()]
    assert verify(data, embedder).problems == ()


# --- compared ---------------------------------------------------------------------------------


def changed(name: str, text: str) -> tuple[Run, Run]:
    before = outcome(case=case(id=name))
    return run_of(before), run_of(replace(before, text=text))


def test_a_run_does_not_differ_from_itself(run: Run) -> None:
    found = compare(run, run)

    assert found.changes == found.only_before == found.only_after == ()
    assert found.shared == len(run.outcomes)
    assert all(d.p == 1 and d.before == d.after for d in found.differences.values())
    assert "latency" not in found.differences


def test_changes_are_worse_better_or_different_in_that_order() -> None:
    good, other, bad = outcome(), outcome("Nu 12 coalities. [1]"), outcome("Niets. [1]")
    names = ("a", "b", "c", "d")
    texts_before, texts_after = (good, good, bad, good), (good, other, good, bad)

    def run_with(outcomes: tuple[evaluating.Outcome, ...]) -> Run:
        pairs = zip(names, outcomes, strict=True)
        return run_of(*(replace(o, case=case(id=name)) for name, o in pairs))

    found = compare(run_with(texts_before), run_with(texts_after))

    assert [(c.after.case.id, c.verdict) for c in found.changes] == [
        ("d", "worse"), ("c", "better"), ("b", "different"),
    ]  # fmt: skip


def test_other_sources_under_the_same_words_are_a_difference() -> None:
    before = outcome("12 coalities. [1]", "Er zijn 12 coalities.")
    after = outcome("12 coalities. [1]", "Nu zijn er 12 coalities.")

    assert [c.verdict for c in compare(run_of(before), run_of(after)).changes] == ["different"]


def test_only_questions_that_are_in_both_are_compared() -> None:
    found = compare(
        run_of(outcome(case=case(id="oud")), outcome(case=case(id="a"))),
        run_of(outcome(case=case(id="a")), refusal(case=case(id="nieuw"))),
    )

    assert (found.shared, found.only_before, found.only_after) == (1, ("oud",), ("nieuw",))
    assert found.differences["right"].after == 1


def test_a_metric_is_compared_where_it_applies_in_both() -> None:
    found = compare(run_of(outcome()), run_of(refusal()))

    assert "citation_recall" not in found.differences
    assert found.differences["facts_right"].before == 1
    assert found.differences["facts_right"].after == 0


def test_many_answers_that_became_wrong_are_no_chance_and_one_is() -> None:
    names = [f"v{number}" for number in range(30)]
    before = run_of(*(outcome(case=case(id=name)) for name in names))
    all_wrong = run_of(*(refusal(case=case(id=name)) for name in names))
    one_wrong = run_of(refusal(case=case(id="v0")), *before.outcomes[1:])

    assert compare(before, all_wrong).differences["right"].p < 0.01
    assert compare(before, one_wrong).differences["right"].p == 1
    assert re.fullmatch(r"v\d+", compare(before, one_wrong).changes[0].after.case.id)


def test_ranking_is_part_of_a_comparison() -> None:
    high = outcome(found=ranked(True, False), relevant=1)
    low = outcome(found=ranked(False, True), relevant=1)
    difference = compare(run_of(high), run_of(low)).differences["reciprocal_rank"]

    assert (difference.before, difference.after) == (1, 0.5)
