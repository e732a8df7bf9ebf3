"""Vectors in the real Chroma."""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from ingest import graph
from ingest.errors import IndexBrokenError
from ingest.vectors import ChromaVectors

NONE = np.zeros((0, 8), dtype=np.float32)


def directions(count: int, seed: int = 0) -> NDArray[np.float32]:
    vectors = np.random.default_rng(seed).normal(size=(count, 8)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def names(count: int) -> list[str]:
    return [f"p{i:05}" for i in range(count)]


def test_search_gives_the_nearest_by_cosine_best_first(tmp_path: Path) -> None:
    vectors = directions(200)
    with ChromaVectors(tmp_path) as store:
        store.update(added=names(200), vectors=vectors, removed=[])
        for query in directions(20, seed=1):
            cosines = vectors @ query
            best = np.argsort(-cosines)[:10]
            found = store.search(query, 10)
            assert [name for name, _ in found] == [names(200)[i] for i in best]
            assert [s for _, s in found] == pytest.approx(cosines[best].tolist(), abs=1e-4)


def test_vectors_stay_after_reopening_and_after_the_folder_moves(tmp_path: Path) -> None:
    with ChromaVectors(tmp_path / "a") as store:
        store.update(added=names(5), vectors=directions(5), removed=[])
        before = store.search(directions(5)[2], 3)
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    shutil.rmtree(tmp_path / "a")
    with ChromaVectors(tmp_path / "b") as store:
        assert store.count() == 5
        assert store.search(directions(5)[2], 3) == before


def test_a_folder_made_anew_at_the_same_place_starts_empty(tmp_path: Path) -> None:
    for _ in range(2):
        with ChromaVectors(tmp_path / "a") as store:
            assert store.count() == 0
            store.update(added=names(3), vectors=directions(3), removed=[])
        shutil.rmtree(tmp_path / "a")


def test_more_rows_than_one_batch_go_in_and_out(tmp_path: Path) -> None:
    with ChromaVectors(tmp_path) as store:
        store.update(added=names(1203), vectors=directions(1203), removed=[])
        assert store.count() == 1203
        store.update(added=[], vectors=NONE, removed=names(1202))
        assert store.count() == 1
        assert [name for name, _ in store.search(directions(1)[0], 10)] == ["p01202"]


def test_vectors_come_back_as_they_went_in_in_the_order_asked(tmp_path: Path) -> None:
    with ChromaVectors(tmp_path) as store:
        store.update(added=names(600), vectors=directions(600), removed=[])
        wanted = names(600)[::-1]
        np.testing.assert_allclose(store.get(wanted), directions(600)[::-1], atol=1e-6)
        with pytest.raises(IndexBrokenError):
            store.get(["p00001", "onbekend"])


def test_an_id_put_again_has_its_new_vector_only(tmp_path: Path) -> None:
    first, second = directions(2)
    with ChromaVectors(tmp_path) as store:
        for vector in (first, second):
            store.update(added=["a"], vectors=vector[np.newaxis], removed=["a", "onbekend"])
        assert store.count() == 1
        assert store.search(second, 5) == [("a", pytest.approx(1.0, abs=1e-5))]


def test_equal_vectors_come_in_order_of_id(tmp_path: Path) -> None:
    with ChromaVectors(tmp_path) as store:
        store.update(added=["c", "a", "b"], vectors=np.repeat(directions(1), 3, 0), removed=[])
        assert [name for name, _ in store.search(directions(1)[0], 5)] == ["a", "b", "c"]


def test_an_empty_store_and_an_empty_question_find_nothing(tmp_path: Path) -> None:
    with ChromaVectors(tmp_path) as store:
        assert store.search(directions(1)[0], 5) == []
        store.update(added=["a"], vectors=directions(1), removed=[])
        assert store.search(np.zeros(8, dtype=np.float32), 5) == []
        assert store.search(directions(1)[0], 0) == []


def test_a_text_without_a_vector_never_ranks_above_one_that_fits(tmp_path: Path) -> None:
    vectors = np.vstack([directions(1), np.zeros((1, 8), dtype=np.float32)])
    with ChromaVectors(tmp_path) as store:
        store.update(added=["past", "leeg"], vectors=vectors, removed=[])
        found = store.search(vectors[0], 5)
    assert found[0] == ("past", pytest.approx(1.0, abs=1e-5))
    assert all(np.isfinite(score) for _, score in found)


def test_a_damaged_store_is_a_broken_index(tmp_path: Path) -> None:
    with ChromaVectors(tmp_path) as store:
        store.update(added=names(3), vectors=directions(3), removed=[])
    (tmp_path / "chroma.sqlite3").write_bytes(b"kapot" * 2000)
    with pytest.raises(IndexBrokenError) as caught:
        ChromaVectors(tmp_path)
    assert caught.value.advice


STEPS = st.lists(
    st.tuples(st.sets(st.integers(0, 9), max_size=5), st.sets(st.integers(0, 9), max_size=5)),
    min_size=1,
    max_size=6,
)


@settings(max_examples=12)
@given(STEPS)
def test_any_run_of_updates_leaves_what_was_put_in_and_not_taken_out(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[set[int], set[int]]]
) -> None:
    vectors, expected = directions(10), set[str]()
    with ChromaVectors(tmp_path_factory.mktemp("vectors")) as store:
        for added, removed in steps:
            store.update(
                added=[f"p{i}" for i in sorted(added)],
                vectors=vectors[sorted(added)],
                removed=[f"p{i}" for i in sorted(removed)],
            )
            expected = (expected - {f"p{i}" for i in removed}) | {f"p{i}" for i in added}
        assert {name for name, _ in store.search(vectors[0], 20)} == expected
        assert store.count() == len(expected)


@pytest.mark.parametrize("name", ["data_level0.bin", "link_lists.bin"])
@pytest.mark.parametrize("damage", ["cut", "hole"])
def test_files_that_were_not_written_whole_are_noticed(
    tmp_path: Path, name: str, damage: str
) -> None:
    with ChromaVectors(tmp_path) as store:
        store.update(added=names(300), vectors=directions(300), removed=[])
        assert store.check()
    (file,) = tmp_path.glob(f"*/{name}")
    held = file.read_bytes()
    with ChromaVectors(tmp_path) as store:
        assert store.check()  # also after what closing wipes
        # A full disk leaves the end of a file out, or a piece amid it when there is room again.
        first = len(held) // 2 & ~3
        later = b"" if damage == "cut" else bytes(800) + held[first + 800 :]
        file.write_bytes(held[:first] + later)
        assert not store.check()
        file.write_bytes(held)
        assert store.check()


def alike(count: int, seed: int = 0) -> NDArray[np.float32]:
    """Return vectors as of letters that differ in a name and a number only."""
    dice = np.random.default_rng(seed)
    near = dice.normal(size=48) + dice.normal(size=(count, 48)) * 0.01
    return (near / np.linalg.norm(near, axis=1, keepdims=True)).astype(np.float32)


@pytest.mark.parametrize("count", [40, 300])
def test_each_of_many_that_are_alike_is_found(tmp_path: Path, count: int) -> None:
    vectors = alike(count)
    with ChromaVectors(tmp_path) as store:
        store.update(added=names(count), vectors=vectors, removed=[])
        store.keep_unlinked()
        assert found_by_its_own(store, vectors) == count
    with ChromaVectors(tmp_path) as store:
        assert found_by_its_own(store, vectors) == count
        ids = [i for i, _ in store.search(vectors[0], 2 * count)]
        assert sorted(ids) == names(count)


def found_by_its_own(store: ChromaVectors, vectors: NDArray[np.float32]) -> int:
    first = [store.search(vector, 1)[0][0] for vector in vectors]
    return sum(a == b for a, b in zip(first, names(len(vectors)), strict=True))


def test_a_vector_kept_apart_goes_when_it_is_taken_out(tmp_path: Path) -> None:
    with ChromaVectors(tmp_path) as store:
        store.update(added=names(300), vectors=alike(300), removed=[])
        store.keep_unlinked()
        store.remove(names(300)[10:])
        store.keep_unlinked()
        assert sorted(i for i, _ in store.search(alike(300)[20], 300)) == names(10)


def test_what_is_kept_apart_but_cannot_be_read_is_told(tmp_path: Path) -> None:
    with ChromaVectors(tmp_path) as store:
        store.update(added=names(300), vectors=alike(300), removed=[])
        store.keep_unlinked()
    file = tmp_path / "unlinked.safetensors"
    file.write_bytes(file.read_bytes()[:100])
    with pytest.raises(IndexBrokenError, match="beschadigd"):
        ChromaVectors(tmp_path)


class _Touch:
    """Makes a file when it is unpickled."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return (Path.touch, (self._file,))


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So many that are alike that the graph loses some."""
    folder = tmp_path_factory.mktemp("crowd")
    with ChromaVectors(folder) as store:
        store.update(added=names(5000), vectors=alike(5000), removed=[])
    return folder


def test_what_the_graph_lost_is_known_by_its_own_id(crowd: Path) -> None:
    ids, vectors = graph.unlinked(crowd)
    assert ids
    rows = [names(5000).index(one) for one in ids]
    np.testing.assert_allclose(vectors, alike(5000)[rows], atol=1e-6)


@pytest.mark.parametrize("content", ["code", "cut", "other", "lacking", "empty"])
def test_a_broken_list_of_ids_is_told_and_runs_nothing(
    crowd: Path, tmp_path: Path, content: str
) -> None:
    shutil.copytree(crowd, tmp_path / "store")
    made = tmp_path / "made"
    with ChromaVectors(tmp_path / "store") as store:
        (file,) = (tmp_path / "store").glob("*/index_metadata.pickle")
        broken = {
            "code": pickle.dumps(_Touch(made)),
            "cut": file.read_bytes()[:50],
            "other": pickle.dumps([1]),
            "lacking": pickle.dumps({"label_to_id": {}}),
            "empty": b"",
        }
        file.write_bytes(broken[content])
        with pytest.raises(IndexBrokenError, match="beschadigd"):
            store.keep_unlinked()
    assert not made.exists()
