"""Warn of documents that look like another one, or are an older version of it.

In:  the library of a new generation, and which of its documents changed.
Out: Dutch lines for the report.

Knows nothing of how likeness is measured (duplicates.py) or age is read (versions.py).
"""

from __future__ import annotations

from collections.abc import Collection

from ingest.duplicates import find_near_duplicates
from ingest.library import Library
from ingest.versions import find_versions, sentence, version_of

_MOST = 20  # lines; the rest is counted


def warnings(library: Library, changed: Collection[str]) -> list[str]:
    """Return a line for each look-alike and older version of a document that changed."""
    if not changed:
        return []
    among = frozenset(changed)
    sketches = library.sketches()
    near = {
        frozenset((pair.document_id, pair.other_id)): pair
        for pair in find_near_duplicates(sketches, among)
    }
    versions = [version_of(*header) for header in library.headers()]
    orders = {
        frozenset((order.older, order.newer)): order
        for order in find_versions(versions, list(near.values()), sketches)
        if among & {order.older, order.newer}
    }
    pairs = [*near, *(pair for pair in orders if pair not in near)]
    lines = [sentence(near.get(pair), orders.get(pair)) for pair in pairs]
    if len(lines) <= _MOST:
        return lines
    return [*lines[:_MOST], f"En nog {len(lines) - _MOST} documenten die op een ander lijken."]
