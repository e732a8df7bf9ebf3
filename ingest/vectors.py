"""The vectors of a generation, in Chroma.

In:  passage ids with unit vectors.
Out: passage ids with cosine similarity for a query vector, best first.

Ids and vectors only: the text lives in one place (library.py). This is the one file that
knows chromadb. Its faults are worked round here: batches stay below its limit, rows are
upserted, its own embedding function (a download) is switched off, and the system that it
caches per path is closed, so that a folder can be copied or removed. It writes its graph to
disk at once: what it leaves for later, every reader would write for itself, into the
generation that others read. What its files hold beside the vectors is wiped (graph.py). And the
few vectors that its graph no longer leads to are kept apart and compared one by one.

Chroma takes as long to write as all other parts of an ingest together. So an update is written
beside whatever the caller does next, and every other call waits for it. Chroma holds on to
Python's interpreter while it writes: what goes on beside it is the lexical index and other
processes, no Python of this one.

Knows nothing of texts, documents or models.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np

from ingest import graph, storage
from ingest.errors import IndexBrokenError, StorageError

if TYPE_CHECKING:
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from numpy.typing import NDArray

_COLLECTION = "passages"
_DAMAGED = ("De zoekindex is beschadigd.", "Maak hem opnieuw met: wegwijs ingest")
_UNLINKED = "unlinked.safetensors"  # in the folder of the store: vectors, and their ids as JSON
_BATCH = 2000  # rows an upsert; each writes the graph to disk
# Building with the defaults is fast; searching wider than they do finds what they miss: recall
# at 10 is 0.998 against exact search on 15,000 passages of regulations.
_CONFIGURATION: CreateCollectionConfiguration = {
    "hnsw": {
        "space": "cosine",
        "ef_construction": 100,
        "max_neighbors": 16,
        "ef_search": 500,
        "batch_size": 1,
        "sync_threshold": 1,
    }
}
# What Chroma keeps for each path is not safe against two threads that open or close one.
_OPENING = threading.Lock()


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
        self._connect()

    def _connect(self) -> None:
        import chromadb
        from chromadb.config import Settings

        settings = Settings(anonymized_telemetry=False)
        try:
            with _OPENING:
                self._client = chromadb.PersistentClient(path=str(self._folder), settings=settings)
            # A store that is there keeps the configuration that it has.
            self._collection = self._client.get_or_create_collection(
                _COLLECTION, embedding_function=None, configuration=_CONFIGURATION
            )
        except Exception as problem:  # Chroma shows damage as errors of many kinds
            if storage.is_to_blame(problem):
                raise StorageError(*storage.reason(problem)) from problem
            raise IndexBrokenError(*_DAMAGED, file=str(self._folder)) from problem

    def _disconnect(self) -> None:
        with _OPENING:
            self._client.close()  # type: ignore[attr-defined]  # missing in its interface

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
            self._disconnect()
        if self.changes:
            graph.wipe_unused(self._folder)

    def remove(self, ids: Sequence[str]) -> None:
        """Take vectors out; their bytes may stay on disk until the store is made anew."""
        self._finish()
        self.changes += len(ids)
        self._delete(ids)

    def _delete(self, ids: Sequence[str]) -> None:
        for first in range(0, len(ids), _BATCH):
            self._collection.delete(ids=list(ids[first : first + _BATCH]))

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
        from chromadb.errors import InternalError

        try:
            self._delete(removed)
            for first in range(0, len(added), _BATCH):
                last = first + _BATCH
                self._collection.upsert(
                    ids=list(added[first:last]), embeddings=vectors[first:last].astype(np.float32)
                )
        except InternalError as problem:
            raise StorageError(*storage.reason(problem, self._folder)) from problem

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
        found = self._collection.query(
            query_embeddings=vector[np.newaxis, :], n_results=limit, include=["distances"]
        )
        distances = (found["distances"] or [[]])[0]
        hits = {i: 1.0 - float(d) for i, d in zip(found["ids"][0], distances, strict=True)}
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
        for first in range(0, len(ids), _BATCH):
            batch = self._collection.get(
                ids=list(ids[first : first + _BATCH]), include=["embeddings"]
            )
            found.update(
                zip(batch["ids"], np.asarray(batch["embeddings"], np.float32), strict=True)
            )
        if missing := [i for i in ids if i not in found]:
            raise IndexBrokenError(
                f"Van {len(missing)} passages mist de index de vector.",
                "Kijk met 'wegwijs verify' wat er mis is, of maak de index opnieuw.",
            )
        return np.asarray([found[i] for i in ids], dtype=np.float32).reshape(len(ids), -1)

    def count(self) -> int:
        """Return the number of vectors."""
        self._finish()
        return int(self._collection.count())

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
            raise IndexBrokenError(*_DAMAGED, file=str(self._folder)) from problem
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
        self._collection.modify(configuration={"hnsw": {"ef_search": effort}})
        self._disconnect()  # Chroma looks at it when it opens a store
        self._connect()


def _load_unlinked(folder: Path) -> tuple[NDArray[np.str_], NDArray[np.float32]]:
    file = folder / _UNLINKED
    if not file.exists():
        return np.array([], np.str_), np.zeros((0, 0), np.float32)
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(file, framework="numpy") as kept:
            return np.array(json.loads(kept.metadata()["ids"]), np.str_), kept.get_tensor("vectors")
    except (OSError, ValueError, KeyError, TypeError, SafetensorError) as problem:
        raise IndexBrokenError(*_DAMAGED, file=str(folder)) from problem


def stored_count(folder: Path) -> int:
    """Return how many vectors a store holds, without Chroma: importing it takes a second.

    Raises:
        IndexBrokenError: If its database cannot be read.
    """
    try:
        with closing(sqlite3.connect(folder / "chroma.sqlite3", timeout=60)) as db:
            return int(db.execute("SELECT count(*) FROM embeddings").fetchone()[0])
    except sqlite3.Error as problem:
        raise IndexBrokenError(*_DAMAGED, file=str(folder)) from problem
