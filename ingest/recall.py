"""How much a search of the vectors finds of what an exact search would.

In:  an open store of vectors.
Out: its recall at 10 on a sample, as a number and in Dutch; a store that searches wider where
     that was too low; what to note of it for the next time.

The vectors asked for are a sample of those stored, the same one every time. A hit counts when it
is as near as the tenth of an exact search: which of equally near passages is found is chance.

Knows nothing of passages, models or generations.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from ingest.vectors import ChromaVectors

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST = 0.99
_NEAREST = 10
_SAMPLE, _SEED = 50, 20260301
_SLACK = 1e-5  # Chroma's rounding of a similarity and ours
_DRIFT = 0.01  # of the vectors, what may change before it is measured again
_WIDER = (1000, 2000)  # twice and four times what a store begins with


def keep_up(store: ChromaVectors, noted: Mapping[str, str]) -> tuple[float, dict[str, str]]:
    """Make a store that changed find what it can; return its recall, and what to note beside it.

    Vectors that its graph lost are kept apart. Measuring reads every vector. While few changed
    since it was found good, it is left as it was: they can lower it by about their own share, a
    hundredth at most. `verify` measures always.

    Args:
        store: The store.
        noted: What was noted the last time; nothing for a store that was not measured yet.
    """
    store.keep_unlinked()
    changes = int(noted.get("recall_changes", "0")) + store.changes
    recall = float(noted.get("recall", "0"))
    if recall < LEAST or changes > _DRIFT * store.count():
        recall, changes = settle(store), 0
    return recall, {"recall": str(recall), "recall_changes": str(changes)}


def settle(store: ChromaVectors) -> float:
    """Let a store search as wide as it takes to find enough.

    Returns:
        Its recall, below `LEAST` where searching wider did not help enough.
    """
    queries, tenth = _exact(store)
    recall = _recall(store, queries, tenth)
    for effort in _WIDER:
        if recall >= LEAST:
            break
        store.widen(effort)
        recall = _recall(store, queries, tenth)
    return recall


def measure(store: ChromaVectors) -> float:
    """Return the share of the ten nearest that a search finds, 1 for an empty store."""
    return _recall(store, *_exact(store))


def describe(recall: float) -> str:
    """Return a Dutch sentence, rounded down: 99% is not said of less."""
    share = f"{int(recall * 1000) / 10:g}%".replace(".", ",")
    found = f"Zoeken op betekenis vindt {share} van wat het hoort te vinden"
    if recall >= LEAST:
        return f"{found}."
    return (
        f"{found}; minstens {LEAST:.0%} is goed. Zoeken op woorden mist niets. Maak de index "
        "helemaal opnieuw: haal de map van de index weg en doe 'wegwijs ingest'."
    )


def _recall(
    store: ChromaVectors, queries: NDArray[np.float32], tenth: NDArray[np.float32]
) -> float:
    most = min(_NEAREST, store.count())
    found = [
        sum(similarity >= least - _SLACK for _, similarity in store.search(query, most)) / most
        for query, least in zip(queries, tenth, strict=True)
    ]
    return float(np.mean(found)) if found else 1.0


def _exact(store: ChromaVectors) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return sampled vectors, and of each the similarity of the tenth nearest by exact search."""
    queries = _sampled(store)
    best = np.full((len(queries), 0), -1, dtype=np.float32)
    for block in store.stored() if len(queries) else ():
        best = np.hstack([best, queries @ block.T])
        if best.shape[1] > _NEAREST:
            best = np.partition(best, -_NEAREST, axis=1)[:, -_NEAREST:]
    return queries, best.min(axis=1, initial=1.0)


def _sampled(store: ChromaVectors) -> NDArray[np.float32]:
    count = store.count()
    dice = np.random.default_rng(_SEED)
    chosen = np.sort(dice.choice(count, min(_SAMPLE, count), replace=False))
    found: list[NDArray[np.float32]] = []
    first = 0
    for block in store.stored():
        here = chosen[(chosen >= first) & (chosen < first + len(block))]
        found.append(block[here - first])
        first += len(block)
    queries = np.concatenate(found) if found else np.zeros((0, 0), dtype=np.float32)
    return np.asarray(queries[queries.any(axis=1)])  # nothing is near a text of unknown words
