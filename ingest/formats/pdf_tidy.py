"""Tidy the blocks of a PDF as a whole.

In:  blocks in reading order.
Out: the same blocks: paragraphs that go on in the next column or page joined, notes behind the
     text of their page, the table of contents and loose marks left out, levels of headings
     without gaps.

Knows nothing of lines or places on a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.dutch.sentences import sentence_spans
from ingest.formats.pdf_links import joined_links
from ingest.formats.pdf_words import unwrap
from ingest.records import BlockKind, DraftBlock, Link

CLOSED = re.compile(r"[.!?:;…]['\"”’)\]]*$")
_CONTENTS = re.compile(r"inhoud(?:sopgave)?|table of contents|contents", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"(?:.*?[\s.:])?\d{1,3}")


def tidied(made: Sequence[DraftBlock]) -> list[DraftBlock]:
    """Return the blocks of a document, tidied."""
    return _levelled(_closed(_without_contents(_joined(_notes_last(made)))))


def _notes_last(made: Sequence[DraftBlock]) -> list[DraftBlock]:
    """Put the notes at the foot of a column behind the text of their page."""
    return sorted(made, key=lambda block: (block.page or 0, block.kind is BlockKind.FOOTNOTE))


def _joined(made: Sequence[DraftBlock]) -> list[DraftBlock]:
    """Join a text that goes on at the top of the next column or page."""
    joined: list[DraftBlock] = []
    at: int | None = None  # of the last block that is no note
    for block in made:
        last = joined[at] if at is not None else None
        if last is None or at is None or not _goes_on(last, block):
            joined.append(block)
        elif last.page == block.page:
            joined[at] = _with(last, block.text, block.links)
        else:
            # What else stands on the next page keeps the number of that page.
            end = sentence_spans(block.text)[0].end
            head, tail = block.text[:end], block.text[end:].strip()
            joined[at] = _with(last, head, [link for link in block.links if link.label in head])
            if tail:
                own = tuple(link for link in block.links if link.label not in head)
                joined.append(replace(block, text=tail, links=own))
        if joined[-1].kind is not BlockKind.FOOTNOTE:
            at = len(joined) - 1
    return joined


def _goes_on(last: DraftBlock, block: DraftBlock) -> bool:
    """Whether a block is the rest of the text before it."""
    # "feb-25 …" is a row of its own.
    begins_with_number = any(char.isdigit() for char in block.text.split(" ", 1)[0])
    return (
        not begins_with_number
        and block.page in {last.page, (last.page or 0) + 1}
        and last.kind in {BlockKind.PARAGRAPH, BlockKind.ITEM}
        and block.kind is BlockKind.PARAGRAPH
        and block.text[0].islower()
        and not CLOSED.search(last.text)
    )


def _with(last: DraftBlock, text: str, links: Sequence[Link]) -> DraftBlock:
    if last.links and not last.text.endswith(last.links[-1].label):
        together = (*last.links, *links)
    else:
        together = joined_links(last.links, links)
    return replace(last, text=unwrap([last.text, text], ()), links=together)


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


def _closed(made: Sequence[DraftBlock]) -> list[DraftBlock]:
    """Make what stands large at the very end a paragraph: it is no heading of anything."""
    if made and made[-1].kind is BlockKind.HEADING:
        return [*made[:-1], replace(made[-1], kind=BlockKind.PARAGRAPH, level=0)]
    return list(made)


def _levelled(made: Sequence[DraftBlock]) -> list[DraftBlock]:
    """Number the levels of headings without gaps."""
    used = sorted({block.level for block in made if block.kind is BlockKind.HEADING})
    return [
        replace(block, level=1 + used.index(block.level))
        if block.kind is BlockKind.HEADING
        else block
        for block in made
    ]
