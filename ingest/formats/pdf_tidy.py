"""Tidy the blocks of a PDF as a whole.

In:  blocks in reading order.
Out: the same blocks: paragraphs that go on in the next column joined, the table of contents
     and loose marks left out, levels of headings without gaps.

Knows nothing of lines or places on a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.formats.pdf_words import unwrap
from ingest.records import BlockKind, DraftBlock

CLOSED = re.compile(r"[.!?:;…]['\"”’)\]]*$")
_CONTENTS = re.compile(r"inhoud(?:sopgave)?|table of contents|contents", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"(?:.*?[\s.:])?\d{1,3}")


def tidied(made: Sequence[DraftBlock]) -> list[DraftBlock]:
    """Return the blocks of a document, tidied."""
    return _levelled(_without_contents(_joined(made)))


def _joined(made: Sequence[DraftBlock]) -> list[DraftBlock]:
    """Join a paragraph that goes on at the top of the next column."""
    joined: list[DraftBlock] = []
    for block in made:
        last = joined[-1] if joined else None
        flows = (
            last is not None
            and last.page == block.page
            and last.kind in {BlockKind.PARAGRAPH, BlockKind.ITEM}
            and block.kind is BlockKind.PARAGRAPH
            and block.text[0].islower()
            and not CLOSED.search(last.text)
        )
        if flows and last is not None:
            joined[-1] = replace(last, text=unwrap([last.text, block.text], ()))
        else:
            joined.append(block)
    return joined


def _without_contents(made: Sequence[DraftBlock]) -> list[DraftBlock]:
    """Drop a table of contents, for it repeats the headings, and marks without words."""
    kept: list[DraftBlock] = []
    contents_page: int | None = None
    for i, block in enumerate(made):
        if not any(char.isalnum() for char in block.text):
            continue
        if _CONTENTS.fullmatch(block.text):
            contents_page = block.page
        elif contents_page is None or block.page != contents_page:
            kept.append(block)
        elif not _PAGE_NUMBER.fullmatch(block.text) and not _repeats(block, made[i + 1 :]):
            contents_page = None
            kept.append(block)
    return kept


def _repeats(block: DraftBlock, later: Iterable[DraftBlock]) -> bool:
    """Whether a block holds a heading that comes on a later page."""
    text = block.text.lower()
    return any(
        other.kind is BlockKind.HEADING and other.page != block.page and other.text.lower() in text
        for other in later
    )


def _levelled(made: Sequence[DraftBlock]) -> list[DraftBlock]:
    """Number the levels of headings without gaps."""
    used = sorted({block.level for block in made if block.kind is BlockKind.HEADING})
    return [
        replace(block, level=1 + used.index(block.level))
        if block.kind is BlockKind.HEADING
        else block
        for block in made
    ]
