"""Let go of a long piece of embedding when someone stops it.

In:  an embedding model, and what raises when the work must stop.
Out: the same model, which asks that between small batches of texts.

Knows nothing of who stops it, or why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ingest.embedding import Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BATCH = 64  # texts; a large model takes some seconds for them


class Interruptible:
    """An embedding model that can be stopped in between."""

    def __init__(self, model: Embedder, stop_if_asked: Callable[[], None]) -> None:
        """Embed with `model`; `stop_if_asked` raises when that must stop."""
        self._model = model
        self._stop_if_asked = stop_if_asked

    @property
    def fingerprint(self) -> str:
        """What tells models apart."""
        return self._model.fingerprint

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a row for each passage."""
        import numpy as np

        rows = []
        for start in range(0, len(texts), BATCH):
            self._stop_if_asked()
            rows.append(self._model.embed_passages(texts[start : start + BATCH]))
        return np.concatenate(rows) if rows else self._model.embed_passages(texts)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return the vector of a question."""
        return self._model.embed_query(text)
