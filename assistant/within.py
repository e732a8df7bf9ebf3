"""Search within reach: the passages of one topic, or all there are.

In:  a search, and what tells whether a place in a document is within reach.
Out: a search that finds what is within reach only.

Knows nothing of how a topic is known.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from assistant.records import Hit

_DEPTH = 500  # passages that are looked through for those within reach

# Tells whether a place in a document is within reach.
Holds = Callable[[str, int], bool]


class Search(Protocol):
    """Finds passages."""

    def search(self, query: str, limit: int) -> list[Hit]:
        """Return up to `limit` hits, best first."""
        ...


class SearchWithin:
    """A search that finds passages within reach only."""

    def __init__(self, search: Search, holds: Holds) -> None:
        """Search with `search`, and keep what `holds` says is within reach."""
        self._search = search
        self._holds = holds

    def search(self, query: str, limit: int) -> list[Hit]:
        """Return up to `limit` hits, best first."""
        found = self._search.search(query, max(limit, _DEPTH))
        return [h for h in found if self._holds(h.passage.document_id, h.passage.start)][:limit]


def anywhere(document_id: str, place: int) -> bool:
    """Tell of any place that it is within reach."""
    return True
