"""Verify and rollback on real indexes, also on ones that are damaged by hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from indexing import ZWEM, Counting, answers, content, found, open_index, write
from numpy.typing import NDArray

from ingest import generations
from ingest.embedding import Embedder
from ingest.errors import IndexMissingError
from ingest.index import Index
from ingest.maintenance import forget, verify
from ingest.pipeline import ingest
from ingest.preparing import prepare
from ingest.reading import read_document
from ingest.report import Counts

# --- verify -----------------------------------------------------------------------------------


def test_a_good_index_is_said_to_be_good(docs: Path, data: Path, embedder: Embedder) -> None:
    write(
        docs, {"kopie.md": ZWEM, "tekens.md": "→ → →\n", "waar.md": "Waar is dat?\n\nHet is er.\n"}
    )
    ingest([docs], data, embedder)

    found_whole = verify(data, embedder)

    passages = sum(len(passages) for _, passages, _, _ in content(data).values())
    assert found_whole.problems == ()
    assert (found_whole.generation, found_whole.documents, found_whole.passages) == (1, 7, passages)
    assert "klopt (7 documenten" in found_whole.as_text()


def test_the_shipped_corpus_verifies(corpus_data: Path, embedder: Embedder) -> None:
    assert verify(corpus_data, embedder).problems == ()


def test_an_index_that_was_changed_many_times_verifies(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    for price in (5, 6, 7, 8):
        write(docs, {"zwemles.md": ZWEM.replace("5 euro", f"{price} euro")})
        ingest([docs], data, embedder)
        assert verify(data, embedder).problems == ()


def _sql(index: Index, data: Path, statement: str) -> None:
    file = generations.generation_folder(data, generations.current(data)) / "library.sqlite"
    index.library.close()
    with sqlite3.connect(file) as db:
        assert db.execute(statement).rowcount == 1
    db.close()


def _passage(index: Index, document: str) -> str:
    return index.library.passages_of(document)[-1].id


def _vector(index: Index, document: str) -> NDArray[np.float32]:
    return index.vectors.get([_passage(index, document)])


def _row_moved(index: Index, data: Path) -> None:
    one = _passage(index, "zwemles")
    _sql(index, data, f"UPDATE passages SET start = start + 1 WHERE id = '{one}'")


def _row_gone(index: Index, data: Path) -> None:
    _sql(index, data, f"DELETE FROM passages WHERE id = '{_passage(index, 'zwemles')}'")


def _text_changed(index: Index, data: Path) -> None:
    changed = "replace(text, '5 euro', '9 euro')"
    _sql(index, data, f"UPDATE texts SET text = {changed} WHERE document_id = 'zwemles'")


def _vector_gone(index: Index, _: Path) -> None:
    index.vectors.remove([_passage(index, "zwemles")])


def _vector_of_another(index: Index, _: Path) -> None:
    index.vectors.update(
        added=[_passage(index, "zwemles")], vectors=_vector(index, "brief"), removed=[]
    )


def _vectors_swapped(index: Index, _: Path) -> None:
    both = [_passage(index, "zwemles"), _passage(index, "brief")]
    vectors = index.vectors.get(both)
    index.vectors.update(added=both, vectors=vectors[::-1], removed=[])


def _words_gone(index: Index, _: Path) -> None:
    index.lexical.update(added=[], removed=[_passage(index, "zwemles")])


def _words_of_another(index: Index, _: Path) -> None:
    one, other = _passage(index, "zwemles"), prepare(index.library.document("brief"))
    index.lexical.update(added=[{**other.fields[-1], "id": one}], removed=[one])


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (_row_moved, "zwemles: de passages staan niet op de plaats"),
        (_row_gone, "zwemles: de passages staan niet op de plaats"),
        (_text_changed, "zwemles: de passages staan niet op de plaats"),
        (_vector_gone, "De vectoren hebben"),
        (_vector_of_another, "zwemles, tekens 31-55: de vector"),
        (_vectors_swapped, "zwemles, tekens 31-55: de vector"),
        (_words_gone, "De zoekindex hebben"),
        (_words_of_another, "zwemles, tekens 31-55: deze passage is niet terug te vinden op"),
    ],
)
def test_damage_is_found_and_named(
    docs: Path, data: Path, embedder: Embedder, damage: Callable[[Index, Path], None], said: str
) -> None:
    ingest([docs], data, embedder)
    start, end = (lambda p: (p.start, p.end))(content(data)["zwemles"][1][-1])
    with open_index(data) as index:
        damage(index, data)

    verification = verify(data, embedder)

    said = said.replace("tekens 31-55", f"tekens {start}-{end}")
    assert any(problem.startswith(said) for problem in verification.problems), verification
    assert all(said in verification.as_text() for said in verification.problems)
    assert "klopt niet" in verification.as_text()


def test_without_an_index_there_is_nothing_to_verify(data: Path, embedder: Embedder) -> None:
    with pytest.raises(IndexMissingError):
        verify(data, embedder)


# --- rollback ---------------------------------------------------------------------------------


def test_a_rollback_answers_as_before_and_ingest_goes_on_from_there(
    docs: Path, data: Path, model: Counting
) -> None:
    ingest([docs], data, model)
    before, searched, answered = content(data), found(data, model), answers(data, model)
    write(
        docs,
        {"zwemles.md": ZWEM.replace("5 euro", "7 euro"), "nieuw.md": "# Nieuw\n\nEen trein.\n"},
    )
    (docs / "bad.txt").unlink()
    ingest([docs], data, model)
    after, changed = content(data), answers(data, model)
    assert changed != answered

    assert generations.rollback(data) == 1

    assert (content(data), found(data, model)) == (before, searched)
    assert answers(data, model) == answered
    with pytest.raises(IndexMissingError, match="geen eerdere versie"):
        generations.rollback(data)
    assert answers(data, model) == answered

    report = ingest([docs], data, model)

    assert report.documents == Counts(added=1, changed=1, removed=1, unchanged=2)
    assert (report.generation, generations.numbers(data)) == (3, [1, 3])
    assert content(data) == after and answers(data, model) == changed
    assert generations.rollback(data) == 1 and answers(data, model) == answered


def test_after_forgetting_there_is_nothing_to_go_back_to(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    ingest([docs], data, embedder)
    write(docs, {"zwemles.md": ZWEM.replace("5 euro", "7 euro")})
    ingest([docs], data, embedder)
    forget(data, "brief", embedder)
    before = content(data)

    with pytest.raises(IndexMissingError, match="geen eerdere versie"):
        generations.rollback(data)
    assert content(data) == before


def test_what_is_checked_is_what_the_files_hold(docs: Path, data: Path, embedder: Embedder) -> None:
    """The library holds each file's text exactly, so that checking offsets in it means much."""
    ingest([docs], data, embedder)
    for name, (document, passages, _, _) in content(data).items():
        assert document == read_document(docs / document.source, docs), name
        assert all(document.text[p.start : p.end] == p.text for p in passages)
