"""The questions on the shared government answers: what they expect is in those answers."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assistant.evaluation.matching import holds, spans_of
from ingest.reading import find_files, read_document
from ingest.records import Document
from ingest.splitting import split
from tests.retrieval_sets import (
    GOVERNMENT,
    ON_GOVERNMENT,
    government_cases,
    rows_of,
    write_answers,
)

ENTRIES = [
    entry
    for file in sorted(ON_GOVERNMENT.glob("*.yaml"))
    for entry in yaml.safe_load(file.read_text(encoding="utf-8"))
]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    if not GOVERNMENT.exists():
        pytest.skip("the shared answers are not there")
    folder = tmp_path_factory.mktemp("government") / "answers"
    write_answers(rows_of(GOVERNMENT), folder)
    read_documents = [read_document(file, root) for file, root in find_files([folder])]
    return {document.id: document for document in read_documents}


def test_every_row_of_the_shared_answers_has_a_question(answers: dict[str, Document]) -> None:
    assert sorted(entry["row"] for entry in ENTRIES if "row" in entry) == sorted(answers)
    assert {entry["near"] for entry in ENTRIES if "near" in entry} <= set(answers)


def test_a_question_on_the_shared_answers_has_its_facts_in_its_evidence(
    answers: dict[str, Document],
) -> None:
    """A fact in one of the passages that the evidence names, its other wordings near by."""
    cases = government_cases()
    assert [case.id for case in cases] == [entry["id"] for entry in ENTRIES]
    for case in cases:
        there = "\n".join(answers[place.document].text for place in case.evidence)
        passages = []
        for place in case.evidence:
            document = answers[place.document]
            spans = spans_of(place, document, split(document))
            assert spans, (case.id, place)
            passages += [document.text[span.start : span.end] for span in spans]
        for fact in case.facts:
            assert any(holds(text, phrase) for text in passages for phrase in fact), (case.id, fact)
            assert all(holds(there, phrase) for phrase in fact), (case.id, fact)


def test_without_the_shared_answers_only_questions_of_our_own_are_left(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tests.retrieval_sets.GOVERNMENT", tmp_path / "nergens.jsonl")
    left = {case.id for case in government_cases()}
    assert left == {entry["id"] for entry in ENTRIES if "row" not in entry}
