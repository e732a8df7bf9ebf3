"""The files of a vector graph, as hnswlib writes them for Chroma.

In:  the folder of a store.
Out: whether its files hold what was written; the vectors in them, and those that no search
     comes to, with their ids; what no row uses, wiped.

hnswlib is silent about a full disk, and leaves room in its files for more vectors that holds
whatever its memory held before, such as a document that was to be forgotten. And a vector among
many that are alike can lose every link to it: each of the others links to nearer ones.

Knows nothing of Chroma's interface, passages or how the graph is searched.
"""

from __future__ import annotations

import os
import pickle  # noqa: S403 - plain values only, see _Plain
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# How many rows there are, how many bytes each takes, and where in it stand the label and, before
# that, the vector.
_HEADER = struct.Struct("<20xQQQQ")
_ENTRANCE = struct.Struct("<56xI")  # of the header: the row at which every search begins
_MARK, _DELETED = 2, 1  # the byte of a row that says whether it was taken out, and how
_LINKS = 4  # where in a row its links stand, up to the vector; their number is at 0
_ROWS, _SLACK = 10_000, 1e-3  # read at a time; of the length of a vector


def is_whole(folder: Path) -> bool:
    """Tell whether the files hold what was written."""
    return all(_is_whole(header) for header in folder.glob("*/header.bin"))


def vectors(folder: Path) -> Iterator[NDArray[np.float32]]:
    """Yield the vectors that were not taken out, in blocks of bounded size."""
    for header in sorted(folder.glob("*/header.bin")):
        _, _, label, vector = _read(header)
        for rows in _blocks(header):
            there = rows[:, _MARK] & _DELETED == 0
            yield rows[there, vector:label].view(np.float32)


def unlinked(folder: Path) -> tuple[list[str], NDArray[np.float32]]:
    """Return what no chain of links leads to: ids, and vectors of shape (len(ids), dimension).

    Links of the lowest level only: those above it lead to few rows and never alone.

    Raises:
        ValueError: If the file with the ids is broken.
    """
    ids: list[str] = []
    found: list[NDArray[np.float32]] = []
    for header in sorted(folder.glob("*/header.bin")):
        reached = _reached(header)
        if reached.all():
            continue
        _, _, label, vector = _read(header)
        names = _names(header)
        first = 0
        for rows in _blocks(header):
            there = rows[:, _MARK] & _DELETED == 0
            lost = rows[there & ~reached[first : first + len(rows)]]
            labels = lost[:, label : label + 8].copy().view(np.uint64)[:, 0]
            ids += [_name(names, number) for number in labels.tolist()]
            found.append(lost[:, vector:label].copy().view(np.float32))
            first += len(rows)
    return ids, np.concatenate(found) if found else np.zeros((0, 0), np.float32)


def _names(header: Path) -> dict[int, str]:
    """Return the ids by label, as Chroma keeps them beside the graph.

    Raises:
        ValueError: If that file is broken.
    """
    try:
        with header.with_name("index_metadata.pickle").open("rb") as file:
            return dict(_Plain(file).load()["label_to_id"])
    except Exception as problem:  # broken bytes raise errors of many kinds
        raise ValueError(f"no ids beside the graph: {problem}") from problem


def _name(names: Mapping[int, str], label: int) -> str:
    if label not in names:
        raise ValueError(f"no id beside the graph for {label}")
    return names[label]


class _Plain(pickle.Unpickler):  # noqa: S301 - it is what makes it safe
    """Reads numbers, texts and tables only: a file from elsewhere can make nothing happen."""

    def find_class(self, module: str, name: str) -> object:
        raise pickle.UnpicklingError(f"{module}.{name} is no plain value")


def _reached(header: Path) -> NDArray[np.bool_]:
    """Tell of each row whether links lead to it from where every search begins."""
    used, _, _, vector = _read(header)
    reached = np.zeros(used, dtype=bool)
    if not used:
        return reached
    heads = np.concatenate([rows[:, :vector] for rows in _blocks(header)])
    counts = heads[:, :2].copy().view(np.uint16)[:, 0]
    links = heads[:, _LINKS:].copy().view(np.uint32)
    there = np.arange(links.shape[1]) < counts[:, None]
    front = np.array(_ENTRANCE.unpack_from(header.read_bytes()))
    while len(front):
        reached[front] = True
        near = np.zeros(used, dtype=bool)
        near[links[front][there[front]]] = True
        front = np.flatnonzero(near & ~reached)
    return reached


def wipe_unused(folder: Path) -> None:
    """Overwrite the room after the last row with zeros."""
    for header in folder.glob("*/header.bin"):
        used, size, _, _ = _read(header)
        for name, end in (("data_level0.bin", used * size), ("length.bin", used * 4)):
            with (header.parent / name).open("r+b") as file:
                room = file.seek(0, os.SEEK_END) - end
                file.seek(end)
                file.write(bytes(max(room, 0)))


def _read(header: Path) -> tuple[int, int, int, int]:
    used, size, label, vector = _HEADER.unpack_from(header.read_bytes())
    return used, size, label, vector


def _blocks(header: Path) -> Iterator[NDArray[np.uint8]]:
    used, size, _, _ = _read(header)
    data = header.with_name("data_level0.bin")
    for first in range(0, used, _ROWS):
        count = min(_ROWS, used - first)
        yield np.fromfile(data, np.uint8, size * count, offset=first * size).reshape(-1, size)


def _is_whole(header: Path) -> bool:
    used, size, label, vector = _read(header)
    data = header.with_name("data_level0.bin")
    if data.stat().st_size < used * size or not _links_fit(header, used):
        return False
    labels: set[int] = set()
    for rows in _blocks(header):
        labels.update(rows[:, label : label + 8].copy().view(np.uint64)[:, 0].tolist())
        norms = np.linalg.norm(rows[:, vector:label].copy().view(np.float32), axis=1)
        # A vector has length 1, or 0 for a text of unknown words; one that was cut has neither.
        if not np.all((norms == 0) | (np.abs(norms - 1) < _SLACK)):
            return False
    return len(labels) == used and 0 not in labels


def _links_fit(header: Path, used: int) -> bool:
    """Tell whether the links above the lowest level are whole: for each row a size, then those."""
    links = header.with_name("link_lists.bin").read_bytes()
    end = 0
    for _ in range(used):
        if end + 4 > len(links):
            return False
        end += 4 + int.from_bytes(links[end : end + 4], "little")
    return end == len(links)
