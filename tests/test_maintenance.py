"""Verify, forget and rollback on real indexes, also on ones that are damaged by hand."""

from __future__ import annotations

import random
import sqlite3
import string
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from indexing import (
    DOCUMENTS,
    ZWEM,
    Counting,
    answers,
    content,
    found,
    open_index,
    write,
)
from numpy.typing import NDArray

from ingest import generations
from ingest.analysis import analyse
from ingest.embedding import Embedder
from ingest.errors import DocumentMissingError, IndexMissingError, LockedError
from ingest.index import Index
from ingest.maintenance import forget, verify
from ingest.pipeline import ingest
from ingest.preparing import prepare
from ingest.reading import read_document
from ingest.report import Counts


def on_disk(data: Path) -> dict[str, bytes]:
    return {
        path.relative_to(data).as_posix(): path.read_bytes()
        for path in sorted(data.rglob("*"))
        if path.is_file()
    }


def pointer_and_generations(data: Path) -> tuple[str, list[int]]:
    return (data / "CURRENT").read_text("utf-8"), generations.numbers(data)


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


# --- forget -----------------------------------------------------------------------------------


def nonsense(seed: int, count: int) -> list[str]:
    """Return words that no text of ours holds."""
    dice = random.Random(seed)
    return ["qx" + "".join(dice.choices(string.ascii_lowercase, k=9)) for _ in range(count)]


SECRET_WORDS = nonsense(7, 60)
SECRET_SENTENCES = [
    f"{' '.join(SECRET_WORDS[i : i + 6]).capitalize()} in élke straat."
    for i in range(0, len(SECRET_WORDS), 6)
]
SECRET = (
    f"---\npublisher: {nonsense(8, 1)[0]}\n---\n# {nonsense(9, 1)[0].capitalize()}\n\n"
    + "\n\n".join(SECRET_SENTENCES)
    + "\n\n## Lijst\n\n- In 2031 kost het 8675309127 euro.\n- Bel Qxanna Qxbertus.\n"
)


def traces(data: Path, vectors: NDArray[np.float32]) -> Iterator[str]:
    """Yield where words, sentences or vectors of the secret are in the bytes of any file."""
    words = [*SECRET_WORDS, *SECRET_SENTENCES, *nonsense(8, 1), *nonsense(9, 1)]
    words += ["Qxanna", "8675309127"]
    forms = {
        form.encode(encoding)
        for word in words
        for form in (word, word.lower(), word.capitalize())
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
    }
    forms |= {vector.astype("<f4").tobytes() for vector in vectors}
    forms |= {vector.astype("<f4").tobytes()[:64] for vector in vectors}
    for name, held in on_disk(data).items():
        yield from (f"{name}: {form[:40]!r}" for form in forms if form in held)


def ingest_with_secret(docs: Path, data: Path, model: Embedder) -> NDArray[np.float32]:
    """Return the vectors of the secret."""
    write(docs, {"geheim.md": SECRET})
    ingest([docs], data, model)
    with open_index(data) as index:
        return index.vectors.get(sorted(index.library.passage_ids("geheim")))


def test_a_forgotten_document_leaves_no_byte_and_the_others_answer_as_before(
    docs: Path, data: Path, model: Counting
) -> None:
    ingest([docs], data, model)
    without = content(data)
    vectors = ingest_with_secret(docs, data, model)
    write(docs, {"brief.md": DOCUMENTS["brief.md"].replace("negen", "tien")})
    ingest([docs], data, model)  # two generations hold it now
    assert generations.numbers(data) == [2, 3]
    places = {place.split("/")[1] for place in traces(data, vectors)}
    assert places == {"0002", "0003"}  # the search does find it while it is there
    before, answered = content(data), answers(data, model)
    with open_index(data) as index:
        kept = {p.id for name in without for p in before[name][1]}
        old_vectors = index.vectors.get(sorted(kept))
    model.texts.clear()

    number = forget(data, "geheim", model)

    assert list(traces(data, vectors)) == []
    assert generations.numbers(data) == [number] and generations.current(data) == number
    assert model.texts == []
    assert content(data) == {name: held for name, held in before.items() if name != "geheim"}
    assert answers(data, model) == answered
    assert verify(data, model).problems == ()
    with open_index(data) as index:
        np.testing.assert_array_equal(index.vectors.get(sorted(kept)), old_vectors)
        for word in SECRET_WORDS:
            assert index.lexical.search(analyse(word), 5) == []
            assert all(index.lexical.passage_frequency(t) == 0 for t in analyse(word))
        near = index.vectors.search(vectors[0], 100)
        assert {name for name, _ in near} <= kept


def test_a_document_that_only_an_older_generation_holds_is_forgotten_too(
    docs: Path, data: Path, model: Counting
) -> None:
    vectors = ingest_with_secret(docs, data, model)
    (docs / "geheim.md").unlink()
    ingest([docs], data, model)
    before, answered = content(data), answers(data, model)
    assert "geheim" not in before
    assert list(traces(data, vectors))  # in generation 1 for sure
    model.texts.clear()

    forget(data, "geheim", model)

    assert model.texts == []
    assert list(traces(data, vectors)) == []
    assert content(data) == before and answers(data, model) == answered


def test_what_a_crash_left_behind_is_forgotten_too(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    vectors = ingest_with_secret(docs, data, embedder)
    for name in ("building", "going-0000"):  # of an ingest that was killed
        left = data / "generations" / name
        left.mkdir()
        (left / "library.sqlite").write_text(SECRET, encoding="utf-8")

    forget(data, "geheim", embedder)

    assert list(traces(data, vectors)) == []


def test_a_text_that_two_documents_share_stays_in_the_other(
    docs: Path, data: Path, model: Counting
) -> None:
    write(docs, {"kopie.md": ZWEM})
    ingest([docs], data, model)
    model.texts.clear()

    forget(data, "zwemles", model)

    assert model.texts == []
    assert "kopie" in content(data) and "zwemles" not in content(data)
    assert verify(data, model).problems == ()
    assert any("5 euro" in text for text, _ in answers(data, model))


def test_the_last_document_can_be_forgotten(tmp_path: Path, data: Path, embedder: Embedder) -> None:
    vectors = ingest_with_secret(tmp_path / "docs", data, embedder)

    forget(data, "geheim", embedder)

    assert content(data) == {} and list(traces(data, vectors)) == []


def test_a_document_comes_back_only_when_its_file_is_read_again(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    ingest([docs], data, embedder)
    first = content(data)
    forget(data, "brief", embedder)

    assert ingest([docs], data, embedder).documents == Counts(added=1, unchanged=3)
    assert content(data) == first


def test_forgetting_an_unknown_document_changes_nothing(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    ingest([docs], data, embedder)
    before = pointer_and_generations(data), content(data)

    with pytest.raises(DocumentMissingError, match="onbekend"):
        forget(data, "onbekend", embedder)

    assert (pointer_and_generations(data), content(data)) == before
    assert not (data / "generations" / "building").exists()


def test_nothing_is_forgotten_while_another_writes(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    ingest([docs], data, embedder)
    with generations.writer_lock(data), pytest.raises(LockedError):
        forget(data, "brief", embedder)
    assert "brief" in content(data)


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
