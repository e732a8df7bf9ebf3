"""A statement: the smallest piece of a document that can answer; and the lists that it is in.

In:  a document, a block of it or a statement.
Out: Statements as records; the sentences of a block, the items of a list, the headings above.

Knows nothing of questions or scores.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.dutch.sentences import sentence_spans
from ingest.lettered import mark_of
from ingest.milestones import Milestone
from ingest.records import Block, BlockKind, Document, Span


@dataclass(frozen=True, slots=True)
class Statement:
    """A piece of a document that says one thing.

    Attributes:
        document: The document.
        span: What it says, verbatim.
        block: Index of its block in `document.blocks`.
        headings: Spans of the headings above it, outermost first.
        lead: The sentence that introduces its list, or the label before it; else None.
        quoted: Where it is quoted: with the sentences that it leans on, or that go on with it.
        neighbour: The sentence before it in the same paragraph, None for the first.
        topic: The title of the milestone that it explains, None for other statements.
        milestone: The milestone that it is, None for other statements.
    """

    document: Document
    span: Span
    block: int
    headings: tuple[Span, ...]
    quoted: Span
    lead: Span | None = None
    neighbour: Span | None = None
    topic: Span | None = None
    milestone: Milestone | None = None

    @property
    def text(self) -> str:
        """The words of the statement."""
        return self.document.text[self.span.start : self.span.end]

    @property
    def opens_list(self) -> bool:
        """Whether it introduces the list that follows it."""
        return self.text.endswith(":") and bool(list_after(self.document, self.block))

    @property
    def kind(self) -> BlockKind:
        """What block it is in."""
        return self.document.blocks[self.block].kind


def list_after(document: Document, block: int) -> list[int]:
    """Return the indexes of the items of the list that follows block `block`.

    Sub-items are left out, and what stands between numbered items (their examples) is
    stepped over as long as the numbers go on.
    """
    items: list[int] = []
    for number in range(block + 1, len(document.blocks)):
        candidate = document.blocks[number]
        if candidate.kind is BlockKind.HEADING:
            break
        if candidate.kind is BlockKind.ITEM:
            level = document.blocks[items[0]].level if items else candidate.level
            if candidate.level < level:
                break
            if candidate.level == level and _continues(document, items, candidate):
                items.append(number)
        elif not items or document.blocks[items[0]].ordinal is None:
            break
    return items


def list_under(document: Document, block: int) -> list[int]:
    """Return the indexes of the sub-items right under the item `block`."""
    items: list[int] = []
    for number in range(block + 1, len(document.blocks)):
        candidate = document.blocks[number]
        if candidate.kind is not BlockKind.ITEM or candidate.level <= document.blocks[block].level:
            break
        items.append(number)
    return items


def list_around(statement: Statement) -> tuple[Span | None, list[int]]:
    """Return the introduction and the items of the list that a list item belongs to."""
    document = statement.document
    for number in range(statement.block - 1, -1, -1):
        block = document.blocks[number]
        if block.kind is BlockKind.HEADING:
            items = list_after(document, number)
            return None, items if statement.block in items else []
        if block.kind is BlockKind.PARAGRAPH:
            items = list_after(document, number)
            interrupted = items and (document.blocks[items[0]].ordinal or 1) > 1
            if statement.block in items and not interrupted:
                sentences = _sentences(document, block)
                return (sentences[-1] if sentences else None), items
    return None, []


def sentences_of(document: Document, block: int) -> list[Span]:
    """Return the spans of the sentences of one block."""
    return _sentences(document, document.blocks[block])


def _sentences(document: Document, block: Block) -> list[Span]:
    if block.kind is BlockKind.ROW:
        return [Span(block.start, block.end)]
    start = block.start
    if block.kind is BlockKind.ITEM:  # its letter says nothing
        start += len(mark_of(document.text[start : block.end]))
    found = sentence_spans(document.text[start : block.end])
    return [Span(start + span.start, start + span.end) for span in found]


def _continues(document: Document, items: Sequence[int], block: Block) -> bool:
    if not items:
        return True
    last = document.blocks[items[-1]]
    return (last.ordinal is None) == (block.ordinal is None) and (
        block.ordinal is None or block.ordinal == (last.ordinal or 0) + 1
    )


def headings_of(document: Document, start: int) -> Iterator[Block]:
    """Yield the headings above the character at `start`, outermost first."""
    path: list[Block] = []
    for block in document.blocks:
        if block.start > start:
            break
        if block.kind is BlockKind.HEADING:
            path = [heading for heading in path if heading.level < block.level] + [block]
    yield from path
