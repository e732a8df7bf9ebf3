"""One collection of vectors in Chroma, opened in this process.

In:  ids with unit vectors.
Out: the same back by id, and the nearest to a vector.

Ids and vectors only. This is the one file that knows chromadb. Its faults are worked round here:
batches stay below its limit, rows are upserted, its own embedding function (a download) is
switched off, and the system that it caches per path is closed, so that a folder can be copied or
removed. It writes its graph to disk at once: what it leaves for later, every reader would write
for itself, into the generation that others read.

Knows nothing of what the ids stand for.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ingest import storage
from ingest.errors import IndexBrokenError, StorageError

if TYPE_CHECKING:
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from numpy.typing import NDArray

DAMAGED = ("De zoekindex is beschadigd.", "Maak hem opnieuw met: wegwijs ingest")
_COLLECTION = "passages"
BATCH = 2000  # the most rows of one call: below Chroma's limit; each write writes the graph to disk
# Built with less search than by default, which is faster, and searched wider, which finds what is
# missed: recall at 10 is 0.999 against exact search on 112,000 passages of regulations.
_CONFIGURATION: CreateCollectionConfiguration = {
    "hnsw": {
        "space": "cosine",
        "ef_construction": 64,
        "max_neighbors": 16,
        "ef_search": 500,
        "batch_size": 1,
        "sync_threshold": 1,
    }
}
# What Chroma keeps for each path is not safe against two threads that open or close one.
_OPENING = threading.Lock()


class Collection:
    """A collection in a folder of its own; a search may come from any thread."""

    def __init__(self, folder: Path) -> None:
        """Open the collection in `folder`, or make an empty one there.

        Raises:
            IndexBrokenError: If the folder holds something that Chroma cannot open.
            StorageError: If Chroma cannot write to it, as it does whenever it opens one.
        """
        self._folder = folder
        self._open()

    def _open(self) -> None:
        import chromadb
        from chromadb.config import Settings

        settings = Settings(anonymized_telemetry=False)
        try:
            with _OPENING:
                self._client = chromadb.PersistentClient(path=str(self._folder), settings=settings)
            # A store that is there keeps the configuration that it has.
            self._rows = self._client.get_or_create_collection(
                _COLLECTION, embedding_function=None, configuration=_CONFIGURATION
            )
        except Exception as problem:  # Chroma shows damage as errors of many kinds
            if storage.is_to_blame(problem):
                raise StorageError(*storage.reason(problem)) from problem
            raise IndexBrokenError(*DAMAGED, file=str(self._folder)) from problem

    def close(self) -> None:
        """Let go of the folder."""
        with _OPENING:
            self._client.close()  # type: ignore[attr-defined]  # missing in its interface

    def write(
        self, added: Sequence[str], vectors: NDArray[np.float32], removed: Sequence[str]
    ) -> None:
        """Take rows out, then in; at most `BATCH` of either.

        Args:
            added: Ids.
            vectors: Their vectors, shape (len(added), dimension).
            removed: Ids to take out; their bytes may stay on disk until the store is made anew.

        Raises:
            StorageError: If the disk is full, or may not be written to.
        """
        from chromadb.errors import InternalError

        try:
            if removed:
                self._rows.delete(ids=list(removed))
            if added:
                self._rows.upsert(ids=list(added), embeddings=vectors.astype(np.float32))
        except InternalError as problem:
            raise StorageError(*storage.reason(problem, self._folder)) from problem

    def nearest(self, vector: NDArray[np.float32], limit: int) -> dict[str, float]:
        """Return up to `limit` ids with their cosine similarity."""
        found = self._rows.query(
            query_embeddings=vector[np.newaxis, :], n_results=limit, include=["distances"]
        )
        distances = (found["distances"] or [[]])[0]
        return {i: 1.0 - float(d) for i, d in zip(found["ids"][0], distances, strict=True)}

    def get(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return vectors by id, of at most `BATCH`; an unknown id is left out."""
        found = self._rows.get(ids=list(ids), include=["embeddings"])
        return dict(zip(found["ids"], np.asarray(found["embeddings"], np.float32), strict=True))

    def count(self) -> int:
        """Return the number of rows."""
        return int(self._rows.count())

    def widen(self, effort: int) -> None:
        """Keep `effort` rows in sight in a search (hnswlib's ef_search), now and ever after."""
        self._rows.modify(configuration={"hnsw": {"ef_search": effort}})
        self.close()  # Chroma looks at it when it opens a store
        self._open()
