"""What is in the index, and whether it still fits its documents."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ingest.embedding import Embedder
from ingest.errors import DocumentMissingError, IndexMissingError
from ingest.pipeline import ingest
from ingest.status import describe, stored_text


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "bad.md").write_text("# Het bad\n\nHet bad is koud.\n", encoding="utf-8")
    (folder / "gym.md").write_text("# Gym\n\nGym is op school.\n", encoding="utf-8")
    return folder


@pytest.fixture
def data(tmp_path: Path, docs: Path, embedder: Embedder) -> Path:
    ingest([docs], tmp_path / "data", embedder)
    return tmp_path / "data"


def test_the_stored_text_is_what_offsets_count_in(data: Path) -> None:
    assert stored_text(data, "bad") == "Het bad\nHet bad is koud."


def test_a_document_that_is_not_in_is_named(data: Path) -> None:
    with pytest.raises(DocumentMissingError, match="'weg'"):
        stored_text(data, "weg")


def test_without_an_index_both_say_how_to_make_one(tmp_path: Path, embedder: Embedder) -> None:
    for ask in (lambda: stored_text(tmp_path, "x"), lambda: describe(tmp_path, embedder)):
        with pytest.raises(IndexMissingError, match="wegwijs ingest"):
            ask()


def test_the_description_names_documents_and_model(data: Path, embedder: Embedder) -> None:
    text = describe(data, embedder)
    assert "versie 1" in text and embedder.fingerprint in text
    assert "Documenten: 2, passages: 2" in text
    assert "bad: Het bad (1 passages)" in text


def test_an_index_that_fits_is_told_from_one_that_does_not(
    data: Path, docs: Path, embedder: Embedder
) -> None:
    assert f"De index past bij {docs}." in describe(data, embedder)
    (docs / "bad.md").write_text("# Het bad\n\nHet bad is warm.\n", encoding="utf-8")
    (docs / "gym.md").unlink()
    (docs / "nieuw.md").write_text("# Nieuw\n\nTekst.\n", encoding="utf-8")
    (docs / "leeg.md").touch()
    text = describe(data, embedder)
    assert "past niet meer" in text
    assert "1 nieuw, 1 veranderd, 1 weg, 1 niet te lezen" in text
    assert stored_text(data, "bad").endswith("koud.")


def test_documents_that_went_away_do_not_hide_what_is_in(
    data: Path, docs: Path, embedder: Embedder
) -> None:
    shutil.rmtree(docs)
    text = describe(data, embedder)
    assert "Documenten: 2" in text and "niet te zien" in text
