"""Chroma in a process of its own answers as it does in this one, and its end is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from ingest.chroma import Collection
from ingest.chroma_apart import CollectionApart
from ingest.errors import IndexBrokenError, StorageError
from ingest.vectors import ChromaVectors
from tests.test_vectors import directions, names


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[CollectionApart]:
    collection = CollectionApart(tmp_path / "store")
    yield collection
    collection.close()


def test_it_answers_as_a_collection_in_this_process(apart: CollectionApart, tmp_path: Path) -> None:
    here = Collection(tmp_path / "here")
    for one in (here, apart):
        one.write(names(200), directions(200), [])
        one.write([], directions(0), names(5))
        one.write(names(1), directions(1, seed=2), [])
        one.widen(1000)
    query = directions(1, seed=1)[0]
    assert apart.count() == here.count() == 196
    assert apart.nearest(query, 10) == pytest.approx(here.nearest(query, 10))
    asked = [*names(8), "onbekend"]
    found, expected = apart.get(asked), here.get(asked)
    assert found.keys() == expected.keys() == {*names(1), *names(8)[5:]}
    for one in expected:
        np.testing.assert_array_equal(found[one], expected[one])
    here.close()


def test_what_it_wrote_is_there_for_another(tmp_path: Path) -> None:
    apart = CollectionApart(tmp_path)
    apart.write(names(50), directions(50), [])
    apart.close()
    here = Collection(tmp_path)
    assert here.count() == 50
    here.close()


def test_an_error_comes_over_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(b"geen database" * 100)
    with pytest.raises(IndexBrokenError, match="beschadigd"):
        CollectionApart(tmp_path)


def test_an_error_of_chroma_is_told_in_dutch_and_leaves_it_at_work(apart: CollectionApart) -> None:
    apart.write(names(5), directions(5), [])
    with pytest.raises(StorageError, match="brak af .*dimension"):
        apart.write(names(1), np.ones((1, 3), np.float32), [])
    assert apart.count() == 5


def test_a_process_that_is_ended_is_told_and_what_it_wrote_stays(tmp_path: Path) -> None:
    apart = CollectionApart(tmp_path)
    apart.write(names(50), directions(50), [])
    apart._process.kill()
    with pytest.raises(StorageError, match="brak af") as caught:
        apart.count()
    assert "oude index is gebleven" in caught.value.advice
    with pytest.raises(StorageError, match="brak af"):
        apart.close()
    here = Collection(tmp_path)
    assert here.count() == 50
    here.close()


_PARENT = """
import sys
from pathlib import Path
from ingest.chroma_apart import CollectionApart
collection = CollectionApart(Path(sys.argv[1]))
print(collection._process.pid, flush=True)
input()
"""


def test_it_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", _PARENT, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[1],
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    os.kill(child, 0)  # it is there
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    for _ in range(100):
        if not _runs(child):
            return
        time.sleep(0.1)
    pytest.fail("the process lives on")


def _runs(process: int) -> bool:
    status = Path(f"/proc/{process}/stat")
    return status.exists() and status.read_text("utf-8").rsplit(")", 1)[1].split()[0] != "Z"


def test_a_store_that_grows_moves_to_a_process_and_stays_the_same(tmp_path: Path) -> None:
    count, vectors = 7000, directions(7000)
    with ChromaVectors(tmp_path) as store:
        for first in range(0, count, 1000):
            some = slice(first, first + 1000)
            store.update(added=names(count)[some], vectors=vectors[some], removed=[])
        assert isinstance(store._collection, CollectionApart)
        assert store.count() == count
        np.testing.assert_allclose(store.get(names(count)), vectors, atol=1e-6)
        store.remove(names(10))
        store.keep_unlinked()
        assert store.check()
    with ChromaVectors(tmp_path) as store:
        assert isinstance(store._collection, Collection)
        assert store.count() == count - 10
        name, similarity = store.search(vectors[123], 1)[0]
        assert (name, similarity) == (names(count)[123], pytest.approx(1.0, abs=1e-5))
