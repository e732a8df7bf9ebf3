"""The vectors of a generation, in Chroma.

In:  passage ids with unit vectors.
Out: passage ids with cosine similarity for a query vector, best first.

Ids and vectors only: the text lives in one place (library.py). This is the one file that
knows chromadb. Its faults are worked round here: batches stay below its limit, rows are
upserted, its own embedding function (a download) is switched off, and the system that it
caches per path is closed, so that a folder can be copied or removed.

Knows nothing of texts, documents or models.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np

from ingest.errors import IndexBrokenError

if TYPE_CHECKING:
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from numpy.typing import NDArray

_COLLECTION = "passages"
_BATCH = 500  # rows an upsert; larger ones are not faster
# Defaults lose a third of the neighbours on hard data; these find nearly all.
_CONFIGURATION: CreateCollectionConfiguration = {
    "hnsw": {"space": "cosine", "ef_construction": 200, "max_neighbors": 32, "ef_search": 300}
}


class ChromaVectors:
    """A Chroma store in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        """Open the store in `folder`, or make an empty one there.

        Raises:
            IndexBrokenError: If the folder holds something that Chroma cannot open.
        """
        import chromadb
        from chromadb.config import Settings

        folder.mkdir(parents=True, exist_ok=True)
        settings = Settings(anonymized_telemetry=False)
        try:
            self._client = chromadb.PersistentClient(path=str(folder), settings=settings)
            self._collection = self._client.get_or_create_collection(
                _COLLECTION, embedding_function=None, configuration=_CONFIGURATION
            )
        except Exception as problem:  # Chroma shows damage as errors of many kinds
            raise IndexBrokenError(
                "De zoekindex is beschadigd.",
                "Maak hem opnieuw met: wegwijs ingest",
                file=str(folder),
            ) from problem

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the folder."""
        self._client.close()  # type: ignore[attr-defined]  # missing in Chroma's interface class

    def remove(self, ids: Sequence[str]) -> None:
        """Take vectors out; their bytes may stay on disk until the store is made anew."""
        for first in range(0, len(ids), _BATCH):
            self._collection.delete(ids=list(ids[first : first + _BATCH]))

    def update(
        self, *, added: Sequence[str], vectors: NDArray[np.float32], removed: Sequence[str]
    ) -> None:
        """Take vectors out, then in.

        Args:
            added: Passage ids.
            vectors: Their vectors, shape (len(added), dimension).
            removed: Passage ids to take out.
        """
        self.remove(removed)
        for first in range(0, len(added), _BATCH):
            last = first + _BATCH
            self._collection.upsert(
                ids=list(added[first:last]), embeddings=vectors[first:last].astype(np.float32)
            )

    def search(self, vector: NDArray[np.float32], limit: int) -> list[tuple[str, float]]:
        """Return up to `limit` (passage id, cosine similarity), best first, ties by id."""
        limit = min(limit, self.count())
        if not limit or not np.any(vector):
            return []
        found = self._collection.query(
            query_embeddings=vector[np.newaxis, :], n_results=limit, include=["distances"]
        )
        distances = (found["distances"] or [[]])[0]
        hits = [(i, 1.0 - float(d)) for i, d in zip(found["ids"][0], distances, strict=True)]
        return sorted(hits, key=lambda hit: (-hit[1], hit[0]))

    def get(self, ids: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of these ids, shape (len(ids), dimension).

        Raises:
            IndexBrokenError: If one is not there.
        """
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
        return int(self._collection.count())
