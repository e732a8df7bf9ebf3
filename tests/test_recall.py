"""How much a search of the vectors finds of what an exact search finds, with the real Chroma."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from indexing import DOCUMENTS, open_index, write
from numpy.typing import NDArray

from ingest import chroma, recall
from ingest.embedding import Embedder
from ingest.maintenance import forget, verify
from ingest.pipeline import ingest
from ingest.vectors import ChromaVectors

DIMENSION = 48


def directions(count: int, seed: int = 0) -> NDArray[np.float32]:
    found = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def names(count: int) -> list[str]:
    return [f"p{i:05}" for i in range(count)]


def narrow(monkeypatch: pytest.MonkeyPatch, **settings: int) -> None:
    """Let new stores be built and searched poorly: chance directions are hard to search in."""
    poor: dict[str, Any] = {**chroma._CONFIGURATION["hnsw"], "ef_construction": 20}
    monkeypatch.setitem(chroma._CONFIGURATION, "hnsw", {**poor, "max_neighbors": 6, **settings})


def by_hand(store: ChromaVectors, stored: NDArray[np.float32]) -> float:
    """Return the recall at 10 for every twentieth of the vectors, which all differ."""
    shares = []
    for query in stored[::20]:
        best = {f"p{i:05}" for i in np.argsort(-(stored @ query))[:10]}
        shares.append(len(best & {name for name, _ in store.search(query, 10)}) / 10)
    return float(np.mean(shares))


def test_it_is_what_counting_the_nearest_by_hand_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow(monkeypatch, ef_search=10)
    stored = directions(3000)
    with ChromaVectors(tmp_path) as store:
        store.update(added=names(3000), vectors=stored, removed=[])
        assert recall.measure(store) == pytest.approx(by_hand(store, stored), abs=0.15)
        assert 0.2 < recall.measure(store) < 0.8
        assert recall.measure(store) == recall.measure(store)


def test_a_store_that_finds_too_little_searches_wider_and_keeps_doing_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow(monkeypatch, ef_search=10)
    stored = directions(3000)
    with ChromaVectors(tmp_path) as store:
        store.update(added=names(3000), vectors=stored, removed=[])
        assert recall.measure(store) < recall.LEAST
        settled = recall.settle(store)
        assert settled >= recall.LEAST
        assert recall.measure(store) == settled
    with ChromaVectors(tmp_path) as store:
        assert recall.measure(store) == settled
        assert store.count() == 3000
        assert by_hand(store, stored) > 0.98


def test_vectors_that_cannot_be_reached_leave_a_low_figure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow(monkeypatch, max_neighbors=2, ef_construction=2)
    with ChromaVectors(tmp_path) as store:
        store.update(added=names(3000), vectors=directions(3000), removed=[])
        assert recall.settle(store) < recall.LEAST


def test_equally_near_vectors_are_no_misses(tmp_path: Path) -> None:
    stored = np.repeat(directions(4), 200, axis=0)
    with ChromaVectors(tmp_path) as store:
        store.update(added=names(800), vectors=stored, removed=[])
        assert recall.measure(store) == 1


def test_vectors_that_were_taken_out_are_not_missed(tmp_path: Path) -> None:
    with ChromaVectors(tmp_path) as store:
        store.update(added=names(600), vectors=directions(600), removed=[])
        store.remove(names(600)[::2])
        assert recall.measure(store) == 1
        assert sum(len(block) for block in store.stored()) == 300


@pytest.mark.parametrize("count", [0, 1, 3, 11])
def test_a_small_store_finds_all_it_has(tmp_path: Path, count: int) -> None:
    with ChromaVectors(tmp_path) as store:
        store.update(added=names(count), vectors=directions(count), removed=[])
        assert recall.settle(store) == 1


def test_it_is_measured_again_when_a_hundredth_has_changed_since(tmp_path: Path) -> None:
    stored = directions(600)

    def change(first: int, last: int, noted: dict[str, str]) -> tuple[float, dict[str, str]]:
        with ChromaVectors(tmp_path) as store:
            store.update(added=names(600)[first:last], vectors=stored[first:last], removed=[])
            return recall.keep_up(store, noted)

    measured, noted = change(0, 580, {})
    assert measured == 1.0
    earlier = {**noted, "recall": "0.995"}  # as if that was found the last time
    kept, noted = change(580, 583, earlier)
    assert kept == 0.995
    kept, noted = change(583, 585, noted)
    assert kept == 0.995
    measured, noted = change(585, 587, noted)  # seven in all, of 587
    assert measured == 1.0
    assert noted == change(587, 587, noted)[1]


@pytest.mark.parametrize("noted", [{}, {"recall": "0.98", "recall_changes": "0"}])
def test_it_is_measured_where_it_was_not_or_was_too_low(
    tmp_path: Path, noted: dict[str, str]
) -> None:
    with ChromaVectors(tmp_path) as store:
        store.update(added=names(300), vectors=directions(300), removed=[])
    with ChromaVectors(tmp_path) as store:
        store.remove(names(1))
        assert recall.keep_up(store, noted)[0] == 1.0


def test_texts_without_a_vector_are_not_asked_for(tmp_path: Path) -> None:
    with ChromaVectors(tmp_path) as store:
        nothing = np.zeros((20, DIMENSION), dtype=np.float32)
        store.update(added=names(20), vectors=nothing, removed=[])
        assert recall.measure(store) == 1


@pytest.mark.parametrize(
    ("value", "said"),
    [(1.0, "vindt 100% van"), (0.9999, "vindt 99,9% van"), (0.99, "vindt 99% van")],
)
def test_a_good_figure_is_said_and_not_rounded_up(value: float, said: str) -> None:
    assert said in recall.describe(value)
    assert "opnieuw" not in recall.describe(value)


def test_a_low_figure_says_what_to_do() -> None:
    assert "vindt 98,9% van" in recall.describe(0.9899)
    assert "wegwijs ingest" in recall.describe(0.9899)


def test_an_ingest_reports_it_when_vectors_changed(tmp_path: Path, embedder: Embedder) -> None:
    folder, data = tmp_path / "documents", tmp_path / "data"
    write(folder, DOCUMENTS)
    first = ingest([folder], data, embedder)
    assert first.recall == first.as_json()["recall"] == 1
    (folder / "brief.md").rename(folder / "post.md")
    assert ingest([folder], data, embedder).recall == 1  # other ids, so other vectors
    assert ingest([folder], data, embedder).recall is None
    assert verify(data, embedder).recall == 1
    assert "vindt 100% van" in verify(data, embedder).as_text()


def test_an_ingest_that_changes_no_vector_does_not_measure(
    tmp_path: Path, embedder: Embedder
) -> None:
    folder, data = tmp_path / "documents", tmp_path / "data"
    write(folder, DOCUMENTS)
    ingest([folder], data, embedder)
    gym = DOCUMENTS["sub/gym.md"].replace("id: gym", "id: gym\npublisher: De school")
    write(folder, {"sub/gym.md": gym})
    report = ingest([folder], data, embedder)
    assert (report.documents.changed, report.recall) == (1, None)


def hard_to_search(folder: Path) -> None:
    words = ("fiets", "brug", "water", "school", "trein", "huis", "boom", "markt", "kamer")
    dice = np.random.default_rng(1)
    lines = [" ".join(dice.choice(words, 12)) for _ in range(900)]
    texts = ["\n\n".join(f"## {line}\n\n{line}." for line in lines[i::9]) for i in range(9)]
    write(folder, {f"{i}.md": text for i, text in enumerate(texts)})


def test_an_index_that_finds_too_little_says_so(
    tmp_path: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow(monkeypatch, ef_search=10, max_neighbors=2, ef_construction=2)
    monkeypatch.setattr(recall, "_WIDER", ())  # as where searching wider does not help
    monkeypatch.setattr(recall, "LEAST", 1.0)  # chance builds a graph: it may come close to 0.99
    hard_to_search(tmp_path / "documents")
    report = ingest([tmp_path / "documents"], tmp_path / "data", embedder)
    assert report.recall is not None and report.recall < recall.LEAST
    assert recall.describe(report.recall) in report.warnings
    assert recall.describe(report.recall) in report.as_text()


def test_every_index_that_is_published_searches_as_wide_as_it_takes(
    tmp_path: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    narrow(monkeypatch, ef_search=10, max_neighbors=4)
    hard_to_search(tmp_path / "documents")
    report = ingest([tmp_path / "documents"], data, embedder)
    with open_index(data) as index:
        assert recall.measure(index.vectors) == report.recall
        assert recall.measure(index.vectors) >= recall.LEAST
        index.vectors.widen(10)
        assert recall.measure(index.vectors) < recall.LEAST
    forget(data, "0", embedder)  # makes the store anew
    with open_index(data) as index:
        assert recall.measure(index.vectors) >= recall.LEAST
