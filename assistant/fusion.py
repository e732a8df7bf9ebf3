"""Fuse scored lists into one ranking (weighted sum of normalised scores).

In:  ids with scores per source, best first.
Out: one ranking; every entry keeps the rank it had in each source.

Knows nothing about Dutch, Chroma, models or settings: ids in, ids out.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fused:
    """An id with its fused score and the ranks that produced it."""

    id: str
    score: float
    ranks: Mapping[str, int]


def fuse(
    sources: Mapping[str, Sequence[tuple[str, float]]], weights: Mapping[str, float]
) -> list[Fused]:
    """Merge lists by the weighted sum of their scores, each list divided by its best score.

    CombSUM (Fox & Shaw, 1994) with maximum normalisation. Scores keep how far the best
    passage stands out, which ranks lose: on the 98 government questions it beats reciprocal
    rank fusion. An id absent from a list gets nothing from it; a list whose best score is not
    positive counts for nothing. Equal scores are ordered by id.

    Args:
        sources: Source name to (id, score), best first.
        weights: Source name to its weight.

    Returns:
        Entries by strictly falling score: of equal ones the later are the least bit lower.

    Raises:
        ValueError: If a source names an id twice.

    Example:
        >>> lists = {"lexical": [("a", 4.0), ("b", 3.0)], "dense": [("b", 0.5)]}
        >>> [entry.id for entry in fuse(lists, {"lexical": 1, "dense": 1})]
        ['b', 'a']
    """
    scores: defaultdict[str, float] = defaultdict(float)
    ranks: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for source, found in sources.items():
        best = found[0][1] if found else 0.0
        for rank, (entry_id, score) in enumerate(found, start=1):
            if source in ranks[entry_id]:
                raise ValueError(f"{source} names {entry_id!r} twice")
            ranks[entry_id][source] = rank
            if best > 0:
                scores[entry_id] += weights[source] * max(score, 0.0) / best
    fused: list[Fused] = []
    last = math.inf
    for entry_id in sorted(ranks, key=lambda entry_id: (-scores[entry_id], entry_id)):
        last = min(scores[entry_id], math.nextafter(last, -math.inf))
        fused.append(Fused(entry_id, last, ranks[entry_id]))
    return fused
