"""What an ingest did, for people and for programs."""

from __future__ import annotations

import json

import pytest

from ingest.errors import FileError
from ingest.report import Counts, Failure, IngestReport, Tally


def filled() -> Tally:
    tally = Tally()
    tally.wrote(was_in=False, now=["a", "b"])
    tally.wrote(was_in=True, before=["c", "d", "e"], now=["d", "f"])
    tally.kept(4)
    tally.removed(5)
    tally.fail(FileError("Er staat geen tekst in.", "Vul het.", file="leeg.md"))
    return tally


def test_documents_and_passages_are_counted_by_how_they_fared() -> None:
    report = filled().report(7)
    assert report.generation == 7
    assert report.documents == Counts(added=1, changed=1, removed=1, unchanged=1)
    # Of c, d, e and d, f: one changed (c or e into f), one went, one stayed.
    assert report.passages == Counts(added=2, changed=1, removed=6, unchanged=5)
    assert report.failed == (Failure("leeg.md", "Er staat geen tekst in.", "Vul het."),)


@pytest.mark.parametrize(
    ("count", "changes"), [("wrote", 1), ("kept", 0), ("removed", 1), ("fail", 0)]
)
def test_only_what_changes_the_index_is_a_change(count: str, changes: int) -> None:
    tally = Tally()
    if count == "wrote":
        tally.wrote(was_in=True)
    elif count == "fail":
        tally.fail(FileError("x", "y"))
    else:
        getattr(tally, count)(3)
    assert tally.changes == changes


def test_the_text_names_counts_and_every_failed_file_with_advice() -> None:
    text = filled().report(7).as_text()
    assert "Documenten: 1 nieuw, 1 veranderd, 1 weg, 1 gelijk" in text
    assert "leeg.md: Er staat geen tekst in. Vul het." in text
    assert "7" in text.splitlines()[-1]


def test_a_report_without_failures_does_not_speak_of_them() -> None:
    assert "gelukt" not in IngestReport(1, Counts(added=1), Counts(added=2)).as_text()


def test_the_json_holds_everything_a_program_needs() -> None:
    loaded = json.loads(json.dumps(filled().report(7).as_json()))
    assert loaded["generation"] == 7
    assert loaded["documents"] == {"added": 1, "changed": 1, "removed": 1, "unchanged": 1}
    assert loaded["passages"]["removed"] == 6
    assert loaded["failed"] == [
        {"file": "leeg.md", "what": "Er staat geen tekst in.", "advice": "Vul het."}
    ]
