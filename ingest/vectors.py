"""The vectors of a generation.

In:  passage ids with unit vectors.
Out: passage ids with cosine similarity for a query vector, best first.

Ids and vectors only: the text lives in one place (library.py). They are kept in Chroma
(chroma.py). What its files hold beside the vectors is wiped (graph.py), and the few vectors that
its graph no longer leads to are kept apart and compared one by one.

Chroma takes as long to write as all other parts of an ingest together. So an update is written
beside whatever the caller does next, and every other call waits for it. Many updates are written
by a process of its own (chroma_apart.py).

Knows nothing of texts, documents or models.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np

from ingest import graph, storage
from ingest.chroma import BATCH, DAMAGED, Collection
from ingest.errors import IndexBrokenError, StorageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ingest.chroma_apart import CollectionApart

_UNLINKED = "unlinked.safetensors"  # in the folder of the store: vectors, and their ids as JSON
_FEW = 4000  # changes that are written sooner than another process starts


class ChromaVectors:
    """A Chroma store in a folder of its own.

    Attributes:
        changes: How many vectors were put in or taken out since it was opened.
    """

    def __init__(self, folder: Path) -> None:
        """Open the store in `folder`, or make an empty one there.

        Raises:
            IndexBrokenError: If the folder holds something that Chroma cannot open.
            StorageError: If Chroma cannot write to it, as it does whenever it opens one.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self.changes = folder, 0
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="vectors")
        self._update: Future[None] | None = None
        self._unlinked = _load_unlinked(folder)
        self._collection: Collection | CollectionApart = Collection(folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the folder, once the update under way is done.

        Raises:
            StorageError: If that update found the disk full, or may not write to it.
        """
        try:
            self._finish()
        finally:
            self._writer.shutdown()
            self._collection.close()
        if self.changes:
            graph.wipe_unused(self._folder)

    def remove(self, ids: Sequence[str]) -> None:
        """Take vectors out; their bytes may stay on disk until the store is made anew."""
        self.update(added=[], vectors=np.zeros((0, 0), np.float32), removed=ids)

    def update(
        self, *, added: Sequence[str], vectors: NDArray[np.float32], removed: Sequence[str]
    ) -> None:
        """Take vectors out, then in, beside what the caller does next.

        Args:
            added: Passage ids.
            vectors: Their vectors, shape (len(added), dimension).
            removed: Passage ids to take out.

        Raises:
            StorageError: If an earlier update found the disk full, or may not write to it. What
                this one finds is raised by the next call, whichever that is.
        """
        self._finish()
        if not (added or removed):
            return
        self.changes += len(added) + len(removed)
        self._update = self._writer.submit(self._write, list(added), vectors, list(removed))

    def _write(
        self, added: Sequence[str], vectors: NDArray[np.float32], removed: Sequence[str]
    ) -> None:
        if self.changes > _FEW and isinstance(self._collection, Collection):
            from ingest.chroma_apart import CollectionApart  # who only searches does without

            self._collection.close()
            self._collection = CollectionApart(self._folder)
        for first in range(0, len(removed), BATCH):
            self._collection.write([], vectors[:0], removed[first : first + BATCH])
        for first in range(0, len(added), BATCH):
            last = first + BATCH
            self._collection.write(added[first:last], vectors[first:last], [])

    def _finish(self) -> None:
        """Wait for the update under way; raise what it raised."""
        update, self._update = self._update, None
        if update is not None:
            update.result()

    def search(self, vector: NDArray[np.float32], limit: int) -> list[tuple[str, float]]:
        """Return up to `limit` (passage id, cosine similarity), best first, ties by id."""
        self._finish()
        if limit < 1 or not np.any(vector):
            return []
        hits = self._collection.nearest(vector, limit)
        ids, vectors = self._unlinked
        if len(ids):
            hits |= dict(zip(ids.tolist(), (vectors @ vector).tolist(), strict=True))
        return sorted(hits.items(), key=lambda hit: (-hit[1], hit[0]))[:limit]

    def get(self, ids: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of these ids, shape (len(ids), dimension).

        Raises:
            IndexBrokenError: If one is not there.
        """
        self._finish()
        found: dict[str, NDArray[np.float32]] = {}
        for first in range(0, len(ids), BATCH):
            found |= self._collection.get(ids[first : first + BATCH])
        if missing := [i for i in ids if i not in found]:
            raise IndexBrokenError(
                f"Van {len(missing)} passages mist de index de vector.",
                "Kijk met 'wegwijs verify' wat er mis is, of maak de index opnieuw.",
            )
        return np.asarray([found[i] for i in ids], dtype=np.float32).reshape(len(ids), -1)

    def count(self) -> int:
        """Return the number of vectors."""
        self._finish()
        return self._collection.count()

    def check(self) -> bool:
        """Tell whether the files hold what was written: hnswlib is silent about a full disk."""
        self._finish()
        return graph.is_whole(self._folder)

    def stored(self) -> Iterator[NDArray[np.float32]]:
        """Yield all vectors, in blocks of bounded size and an order of their own."""
        self._finish()
        yield from graph.vectors(self._folder)

    def keep_unlinked(self) -> None:
        """Keep the vectors apart that the graph does not lead to, for every search from now on.

        Raises:
            IndexBrokenError: If the graph cannot be read.
            StorageError: If the disk is full.
        """
        self._finish()
        try:
            ids, vectors = graph.unlinked(self._folder)
        except ValueError as problem:
            raise IndexBrokenError(*DAMAGED, file=str(self._folder)) from problem
        self._unlinked = (np.array(ids, np.str_), vectors)
        from safetensors.numpy import save

        kept = save({"vectors": vectors}, {"ids": json.dumps(ids)})
        try:
            (self._folder / _UNLINKED).write_bytes(kept)
        except OSError as problem:
            raise StorageError(*storage.reason(problem, self._folder)) from problem

    def widen(self, effort: int) -> None:
        """Compare more vectors a search, now and whenever the store is opened again.

        Args:
            effort: How many are kept in sight (hnswlib's ef_search).
        """
        self._finish()
        self._collection.widen(effort)


def _load_unlinked(folder: Path) -> tuple[NDArray[np.str_], NDArray[np.float32]]:
    file = folder / _UNLINKED
    if not file.exists():
        return np.array([], np.str_), np.zeros((0, 0), np.float32)
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(file, framework="numpy") as kept:
            return np.array(json.loads(kept.metadata()["ids"]), np.str_), kept.get_tensor("vectors")
    except (OSError, ValueError, KeyError, TypeError, SafetensorError) as problem:
        raise IndexBrokenError(*DAMAGED, file=str(folder)) from problem


def stored_count(folder: Path) -> int:
    """Return how many vectors a store holds, without Chroma: importing it takes a second.

    Raises:
        IndexBrokenError: If its database cannot be read.
    """
    try:
        with closing(sqlite3.connect(folder / "chroma.sqlite3", timeout=60)) as db:
            return int(db.execute("SELECT count(*) FROM embeddings").fetchone()[0])
    except sqlite3.Error as problem:
        raise IndexBrokenError(*DAMAGED, file=str(folder)) from problem
