"""The structure of a document as text, for the columns of a library.

In:  the blocks and milestones of a document.
Out: JSON, and the same records back from it.

Knows nothing of SQLite or of what a library is.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple
from datetime import date

from ingest.dutch.periods import Period
from ingest.milestones import Milestone
from ingest.records import Block, BlockKind, Link, Span


def dump_blocks(blocks: Sequence[Block]) -> str:
    """Return blocks as JSON."""
    rows = [
        [b.kind, b.start, b.end, b.level, b.ordinal, b.page, [astuple(link) for link in b.links]]
        for b in blocks
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def load_blocks(dumped: str) -> tuple[Block, ...]:
    """Return the blocks that were dumped."""
    return tuple(
        Block(
            BlockKind(kind), start, end, level, ordinal, page, tuple(Link(*link) for link in links)
        )
        for kind, start, end, level, ordinal, page, links in json.loads(dumped)
    )


def dump_milestones(milestones: Sequence[Milestone]) -> str:
    """Return milestones as JSON."""
    rows = [
        [astuple(m.title), astuple(m.period), astuple(m.explanation) if m.explanation else None]
        for m in milestones
    ]
    return json.dumps(rows, default=str, separators=(",", ":"))


def load_milestones(dumped: str) -> list[Milestone]:
    """Return the milestones that were dumped."""
    return [
        Milestone(Span(*title), _load_period(period), Span(*explanation) if explanation else None)
        for title, period, explanation in json.loads(dumped)
    ]


def _load_period(row: Sequence[object]) -> Period:
    start, end, first, last, ongoing = row
    return Period(
        int(str(start)),
        int(str(end)),
        date.fromisoformat(str(first)) if first else None,
        date.fromisoformat(str(last)) if last else None,
        bool(ongoing),
    )
