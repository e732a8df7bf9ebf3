"""Know which Dutch words say nearly the same: a question has the one, a document the other.

In:  nothing but wordbook.txt, which lies beside this file.
Out: for a word or an expression, the others that may stand for it.

A line of the book is a group. Each of "kwijtraken, verlies, vermissing" may stand for the others;
in "afpakken, kwijtraken > intrekken, ontnemen" what is on the left may be found under what is on
the right, not the other way around. It is a book of the language, written for this product and
for any collection: the names of a field of work belong in a concept scheme.

Knows nothing of questions, the index or weights.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from ingest.analysis import stems_in

_BOOK = Path(__file__).parent / "wordbook.txt"
_OR, _UNDER = ", ", " > "  # between the words of a group; between its two sides


class Entry(NamedTuple):
    """A word or an expression of the book, and what may stand for it."""

    text: str
    others: tuple[str, ...]


@functools.cache
def entries() -> Mapping[str, tuple[Entry, ...]]:
    """Return the entries by the stems of their words, in the order of the book."""
    found: dict[str, list[Entry]] = {}
    for group in groups():
        for entry in _entries(group):
            found.setdefault(" ".join(stems_in(entry.text)), []).append(entry)
    return {key: tuple(same) for key, same in found.items()}


def groups() -> Iterator[tuple[tuple[str, ...], ...]]:
    """Yield the groups of the book: one side of words for each other, or two, asked and found."""
    for line in _BOOK.read_text(encoding="utf-8").splitlines():
        yield tuple(tuple(side.split(_OR)) for side in line.split(_UNDER))


def _entries(group: tuple[tuple[str, ...], ...]) -> Iterator[Entry]:
    asked, *found = group
    for word in asked:
        yield Entry(word, found[0] if found else tuple(o for o in asked if o != word))
