"""Concept schemes in an ingested folder: they come, change and go with the index."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from indexing import Counting, open_index, write

from ingest import generations
from ingest.embedding import Embedder
from ingest.errors import EmptyCorpusError
from ingest.maintenance import forget
from ingest.pipeline import compare, ingest
from ingest.report import Change, Counts, SchemeChange
from ingest.status import describe

SCHEME = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://bad.example/bad> skos:prefLabel "zwembad"@nl ; skos:hiddenLabel "plonsbad"@nl .
"""
BIGGER = SCHEME + '<https://bad.example/gym> skos:prefLabel "gymles"@nl .\n'


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    write(folder, {"bad.md": "# Zwembad\n\nHet zwembad is koud.\n", "gym.md": "# Gym\n\nGym.\n"})
    write(folder, {"sub/woorden.ttl": SCHEME})
    return folder


def texts(data: Path) -> set[str]:
    with open_index(data) as index:
        vocabulary = index.library.vocabulary
        return {
            label.text
            for source in vocabulary.versions()
            for concept in vocabulary.concepts(source)
            for label in concept.labels
        }


def change(kind: Change, concepts: int) -> tuple[SchemeChange, ...]:
    return (SchemeChange("sub/woorden.ttl", kind, concepts),)


def test_a_scheme_is_no_document_and_is_named(docs: Path, data: Path, embedder: Embedder) -> None:
    report = ingest([docs], data, embedder)

    assert (report.documents, report.failed) == (Counts(added=2), ())
    assert report.schemes == change(Change.ADDED, 1)
    assert "Begrippenlijst: sub/woorden.ttl is nieuw (begrippen: 1)" in report.as_text()
    assert json.loads(json.dumps(report.as_json()))["schemes"] == [
        {"file": "sub/woorden.ttl", "change": "added", "concepts": 1}
    ]
    assert texts(data) == {"zwembad", "plonsbad"}


def test_an_unchanged_scheme_makes_no_generation(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    ingest([docs], data, embedder)
    (docs / "sub" / "woorden.ttl").touch()
    report = ingest([docs], data, embedder)

    assert (report.generation, report.schemes) == (1, ())


def test_a_changed_scheme_alone_makes_a_generation_and_embeds_nothing(
    docs: Path, data: Path, model: Counting
) -> None:
    ingest([docs], data, model)
    model.texts.clear()
    write(docs, {"sub/woorden.ttl": BIGGER})

    assert "begrippenlijsten anders: 1" in describe(data, model)
    assert compare([docs], data, model).schemes == change(Change.CHANGED, 2)
    report = ingest([docs], data, model)
    assert (report.generation, report.schemes) == (2, change(Change.CHANGED, 2))
    assert report.documents == Counts(unchanged=2) and model.texts == []
    assert "gymles" in texts(data)
    assert "sub/woorden.ttl" in describe(data, model)


def test_a_removed_scheme_goes_and_rollback_brings_it_back(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    ingest([docs], data, embedder)
    (docs / "sub" / "woorden.ttl").unlink()
    report = ingest([docs], data, embedder)

    assert (report.generation, report.schemes) == (2, change(Change.REMOVED, 0))
    assert texts(data) == set()
    generations.rollback(data)
    assert texts(data) == {"zwembad", "plonsbad"}


@pytest.mark.parametrize("bad", ["geen turtle", ""])
def test_a_bad_scheme_keeps_what_was_in(
    docs: Path, data: Path, embedder: Embedder, bad: str
) -> None:
    ingest([docs], data, embedder)
    write(docs, {"sub/woorden.ttl": bad})
    report = ingest([docs], data, embedder)

    assert [failure.file for failure in report.failed] == ["sub/woorden.ttl"]
    assert (report.generation, report.schemes) == (1, ())
    assert texts(data) == {"zwembad", "plonsbad"}


def test_a_bad_scheme_stays_also_where_all_is_made_anew(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    ingest([docs], data, embedder)
    write(docs, {"sub/woorden.ttl": "geen turtle"})
    report = ingest([docs], data, Counting(embedder, name="/ander"))

    assert report.generation == 2
    assert texts(data) == {"zwembad", "plonsbad"}


def test_a_dry_run_tells_and_changes_nothing(docs: Path, data: Path, embedder: Embedder) -> None:
    ingest([docs], data, embedder)
    write(docs, {"sub/woorden.ttl": BIGGER})
    report = ingest([docs], data, embedder, dry_run=True)

    assert report.schemes == change(Change.CHANGED, 2)
    assert texts(data) == {"zwembad", "plonsbad"}


def test_forgetting_a_document_keeps_the_words(docs: Path, data: Path, embedder: Embedder) -> None:
    ingest([docs], data, embedder)
    forget(data, "gym", embedder)

    assert texts(data) == {"zwembad", "plonsbad"}


def test_of_two_schemes_with_one_name_the_second_is_refused(
    docs: Path, data: Path, tmp_path: Path, embedder: Embedder
) -> None:
    write(tmp_path / "meer", {"sub/woorden.ttl": BIGGER, "c.md": "# C\n\nTekst.\n"})
    report = ingest([docs, tmp_path / "meer"], data, embedder)

    assert [failure.file for failure in report.failed] == ["sub/woorden.ttl"]
    assert texts(data) == {"zwembad", "plonsbad"}


def test_a_scheme_may_be_named_by_itself_but_is_no_collection(
    docs: Path, data: Path, tmp_path: Path, embedder: Embedder
) -> None:
    write(tmp_path / "los", {"eigen.ttl": BIGGER})
    report = ingest([docs, tmp_path / "los" / "eigen.ttl"], data, embedder)
    assert {one.file for one in report.schemes} == {"sub/woorden.ttl", "eigen.ttl"}
    with pytest.raises(EmptyCorpusError):
        ingest([tmp_path / "los"], tmp_path / "leeg", embedder)
