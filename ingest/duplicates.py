"""Recognise documents whose text is nearly that of another.

In:  the text of each document.
Out: a sketch of 512 bytes for each; of the changed documents, those whose sketch says that
     they share most of their text with another, and how much.

A sketch holds the least hash of all runs of five words under each of 128 permutations
(Broder, 1997): the share of equal values estimates the share of runs that two texts have in
common (Jaccard), with a standard error below 0.045. Many documents are compared by bands of
their sketches (Leskovec, Rajaraman & Ullman, 2014, ch. 3), so that the work does not grow
with the square of their number.

Knows nothing of files, metadata or which of two documents is the newer (see versions.py).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

THRESHOLD = 0.8
_PERMUTATIONS = 128
_RUN = 5  # words
_CHUNK = 1 << 13  # runs hashed at a time: they stay in the processor's cache
_SEED = 1997
_FEW = 64  # changed documents that are compared with every other one by one
_RECALL = 0.999  # of pairs at the threshold, how many the bands have to let through
_CROWD = 64  # members of a larger bucket are compared with so many others only
_MOST = 5  # look-alikes that are reported of one document

_WORD = re.compile(r"\w+")

_Hashes = NDArray[np.uint64]
_Sketches = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """A changed document that shares most of its text with another.

    Attributes:
        document_id: The document that changed; of two that did, the first by id.
        other_id: The document that it looks like.
        similarity: Estimated share of their runs of words in common, 0 to 1.
    """

    document_id: str
    other_id: str
    similarity: float


def sketch(text: str) -> bytes:
    """Return the sketch of a text; empty for a text without words.

    Capitals, punctuation and white space make no difference.
    """
    words = _WORD.findall(text.lower())
    if not words:
        return b""
    hashes = np.fromiter(map(_hash, words), np.uint64, len(words))
    runs = _runs(hashes)
    factors, terms = _permutations()
    least = np.full(_PERMUTATIONS, np.iinfo(np.uint32).max, np.uint32)
    for start in range(0, len(runs), _CHUNK):
        chunk = runs[start : start + _CHUNK]
        scratch = np.empty_like(chunk)
        for i in range(_PERMUTATIONS):
            np.multiply(chunk, factors[i], out=scratch)
            np.add(scratch, terms[i], out=scratch)
            least[i] = min(least[i], scratch.min())
    return least.astype("<u4").tobytes()


@lru_cache(maxsize=200_000)
def _hash(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass"))


def similarity(first: bytes, second: bytes) -> float:
    """Return the estimated share of runs of words in common; 0 when either text has no words."""
    if not first or not second:
        return 0.0
    return float(np.mean(np.frombuffer(first, "<u4") == np.frombuffer(second, "<u4")))


def find_near_duplicates(
    sketches: Mapping[str, bytes], among: Collection[str], threshold: float = THRESHOLD
) -> list[NearDuplicate]:
    """Compare the documents in `among` with all others, the most alike first.

    Of documents with one and the same sketch, each is reported beside one of them only, and in
    a crowd of look-alikes each beside the five most alike that were compared: a thousand copies
    give a thousand lines, not a million.

    Args:
        sketches: Every document's sketch, by id.
        among: The ids of the documents that changed.
        threshold: The least similarity that counts, above 0 up to 1.
    """
    changed = {one for one in among if sketches.get(one)}
    copies: dict[bytes, list[str]] = {}
    # A changed document stands for its copies, so that it is compared with the others.
    for one in sorted(sketches, key=lambda one: (one not in changed, one)):
        if sketches[one]:
            copies.setdefault(sketches[one], []).append(one)
    found = {
        (same[0], other): 1.0
        for same in copies.values()
        if same[0] in changed
        for other in same[1:]
    }
    ids = [same[0] for same in copies.values()]
    if changed:
        matrix = np.frombuffer(b"".join(copies), "<u4").reshape(len(ids), _PERMUTATIONS)
        rows = [place for place, one in enumerate(ids) if one in changed]
        for first, second, alike in _alike(matrix, rows, threshold):
            found[_in_order(ids[first], ids[second], changed)] = alike
    pairs = [NearDuplicate(*pair, alike) for pair, alike in found.items()]
    return sorted(pairs, key=lambda pair: (-pair.similarity, pair.document_id, pair.other_id))


def _in_order(first: str, second: str, changed: Collection[str]) -> tuple[str, str]:
    low, high = sorted((first, second), key=lambda one: (one not in changed, one))
    return low, high


def _runs(words: _Hashes) -> _Sketches:
    """Hash every run of five words; a shorter text is one run."""
    length = min(_RUN, len(words))
    runs = np.zeros(len(words) - length + 1, np.uint64)
    for i in range(length):
        runs *= np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio, odd
        runs += words[i : i + len(runs)]
    # Mix, and keep the high half: multiplication alone leaves the low bits regular.
    runs ^= runs >> np.uint64(29)
    runs *= np.uint64(0xBF58476D1CE4E5B9)
    return (runs >> np.uint64(32)).astype(np.uint32)


@lru_cache(maxsize=1)
def _permutations() -> tuple[_Sketches, _Sketches]:
    """Return factors and terms: x → factor·x + term modulo 2³² permutes the hashes of runs."""
    random = np.random.Generator(np.random.PCG64(_SEED))
    top = np.iinfo(np.uint32).max
    factors = random.integers(0, top, _PERMUTATIONS, np.uint32, endpoint=True) | np.uint32(1)
    return factors, random.integers(0, top, _PERMUTATIONS, np.uint32, endpoint=True)


def _alike(
    matrix: _Sketches, rows: Sequence[int], threshold: float
) -> Iterator[tuple[int, int, float]]:
    """Yield the pairs of rows that are alike, at least one of them in `rows`."""
    if len(rows) <= _FEW:
        candidates: Iterator[tuple[int, NDArray[np.intp]]] = (
            (row, np.arange(len(matrix))) for row in rows
        )
    else:
        candidates = _in_one_band(matrix, rows, threshold)
    for row, others in candidates:
        alike = np.mean(matrix[others] == matrix[row], axis=1)
        alike[others == row] = 0
        for place in np.argsort(-alike, kind="stable")[:_MOST]:
            if alike[place] >= threshold:
                yield row, int(others[place]), float(alike[place])


def _in_one_band(
    matrix: _Sketches, rows: Sequence[int], threshold: float
) -> Iterator[tuple[int, NDArray[np.intp]]]:
    """Yield for each row the others that equal it in all of a band of its values."""
    width = _band_width(threshold)
    others: list[set[int]] = [set() for _ in range(len(matrix))]
    wanted = np.zeros(len(matrix), bool)
    wanted[list(rows)] = True
    for start in range(0, _PERMUTATIONS - width + 1, width):
        keys = _runs_of_columns(matrix[:, start : start + width])
        order = np.argsort(keys, kind="stable")
        edges = np.flatnonzero(np.diff(keys[order])) + 1
        for bucket in np.split(order, edges):
            if len(bucket) < 2 or not wanted[bucket].any():
                continue
            members = bucket.tolist()
            for place in np.flatnonzero(wanted[bucket]).tolist():
                near = others[members[place]]
                if len(near) <= _CROWD:
                    first = max(0, place - _CROWD // 2)
                    near.update(members[first : first + _CROWD])
    for row in rows:
        if len(others[row]) > 1:
            yield row, np.array(sorted(others[row]), np.intp)


def _runs_of_columns(columns: _Sketches) -> _Hashes:
    keys = np.zeros(len(columns), np.uint64)
    for column in columns.T:
        keys *= np.uint64(0x9E3779B97F4A7C15)
        keys += column
    return keys


def _band_width(threshold: float) -> int:
    """Return the widest band that still finds nearly every pair at the threshold."""
    width = 1
    for wider in range(2, 17):
        if 1 - (1 - threshold**wider) ** (_PERMUTATIONS // wider) < _RECALL:
            break
        width = wider
    return width
