"""Forget on real indexes: not a byte of the document stays, and the others answer as before."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from indexing import DOCUMENTS, ZWEM, Counting, answers, content, open_index, write
from numpy.typing import NDArray

from ingest import generations
from ingest.analysis import analyse
from ingest.embedding import Embedder
from ingest.errors import DocumentMissingError, LockedError
from ingest.maintenance import forget, verify
from ingest.pipeline import ingest
from ingest.report import Counts


def on_disk(data: Path) -> dict[str, bytes]:
    return {
        path.relative_to(data).as_posix(): path.read_bytes()
        for path in sorted(data.rglob("*"))
        if path.is_file()
    }


def pointer_and_generations(data: Path) -> tuple[str, list[int]]:
    return (data / "CURRENT").read_text("utf-8"), generations.numbers(data)


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
    before = content(data)
    never = data.with_name("never")  # an index that never held it
    ingest([path for path in docs.iterdir() if path.name != "geheim.md"], never, model)
    with open_index(data) as index:
        kept = {p.id for name in without for p in before[name][1]}
        old_vectors = index.vectors.get(sorted(kept))
    model.texts.clear()

    number = forget(data, "geheim", model)

    assert list(traces(data, vectors)) == []
    assert generations.numbers(data) == [number] and generations.current(data) == number
    assert model.texts == []
    assert content(data) == {name: held for name, held in before.items() if name != "geheim"}
    assert answers(data, model) == answers(never, model)
    assert verify(data, model).problems == ()
    with open_index(data) as index:
        # Chroma makes what it stores of length one again, which may change a last bit.
        np.testing.assert_allclose(index.vectors.get(sorted(kept)), old_vectors, rtol=1e-6)
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
