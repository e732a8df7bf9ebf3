"""Cut found passages into statements: the smallest pieces that can answer.

In:  a document and the hits in it.
Out: Statements: sentences, list items, table rows, and milestones, each with the headings
     and the introduction that it stands under.

Knows nothing of questions or scores.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.dutch.sentences import sentence_spans
from ingest.milestones import Milestone
from ingest.records import Block, BlockKind, Document, Span

_LABEL = re.compile(r"([A-ZÀ-Þ][\w-]{2,24}):\s+(?=\S)")
_FEWEST_LABELS = 3
# A sentence that opens like this leans on the one before it.
_LEANS = re.compile(
    r"(?:Om (?:die|deze) reden|Dit|Dat|Deze|Die|Daar\w*|Hier\w*|Het gaat|Hij|Zij|Ze|Hun|Zo|Ook"
    r"|Er(?:mee|van|voor))\b"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A piece of a document that says one thing.

    Attributes:
        document: The document.
        span: What it says, verbatim.
        block: Index of its block in `document.blocks`.
        headings: Spans of the headings above it, outermost first.
        lead: The sentence that introduces its list, or the label before it; else None.
        neighbour: The sentence before it in the same paragraph, None for the first.
        opens_section: Whether it comes first under its heading.
        topic: The title of the milestone that it explains, None for other statements.
        milestone: The milestone that it is, None for other statements.
    """

    document: Document
    span: Span
    block: int
    headings: tuple[Span, ...]
    lead: Span | None = None
    neighbour: Span | None = None
    opens_section: bool = False
    topic: Span | None = None
    milestone: Milestone | None = None

    @property
    def text(self) -> str:
        """The words of the statement."""
        return self.document.text[self.span.start : self.span.end]

    @property
    def quoted(self) -> Span:
        """Where it stands, with the sentence before it where it leans on that."""
        if self.neighbour is None or not _LEANS.match(self.text):
            return self.span
        return Span(self.neighbour.start, self.span.end)

    @property
    def kind(self) -> BlockKind:
        """What block it is in."""
        return self.document.blocks[self.block].kind


def statements_in(
    document: Document, spans: Sequence[Span], milestones: Sequence[Milestone] = ()
) -> list[Statement]:
    """Return the statements of `document` that lie in one of `spans`, in order.

    A heading is no statement; it is what statements stand under.

    Args:
        document: The document.
        spans: Where to look: the passages that were found.
        milestones: Its milestones, which give what explains them a topic.
    """
    found = []
    labels = _repeated_labels(document)
    heads = {-1} | {n for n, b in enumerate(document.blocks) if b.kind is BlockKind.HEADING}
    for number, headings, above in _places(document):
        block = document.blocks[number]
        if not any(span.start < block.end and block.start < span.end for span in spans):
            continue
        sentences = _sentences(document, block)
        lead = _lead(document, above)
        label = _label(document, block)
        if label is not None and label.group(1) in labels and sentences:
            lead = Span(label.start(), label.end())
            sentences[0] = Span(label.end(), sentences[0].end)
        for neighbour, sentence in zip([None, *sentences], sentences, strict=False):
            if any(span.start <= sentence.start < span.end for span in spans):
                topic = _topic(sentence, milestones)
                opens = neighbour is None and number - 1 in heads
                found.append(
                    Statement(document, sentence, number, headings, lead, neighbour, opens, topic)
                )
    return found


def _places(document: Document) -> Iterator[tuple[int, tuple[Span, ...], int | None]]:
    """Yield every block but headings: its index, the headings above it, what introduces it.

    An item is introduced by the paragraph before its list, a sub-item by its item. What
    stands between numbered items (their examples) introduces none of them.
    """
    path: list[Block] = []
    lead: int | None = None
    parent: int | None = None
    numbered_lead: int | None = None
    for number, block in enumerate(document.blocks):
        if block.kind is BlockKind.HEADING:
            path = [heading for heading in path if heading.level < block.level] + [block]
            lead = parent = numbered_lead = None
            continue
        above: int | None = None
        if block.kind is BlockKind.ITEM:
            if block.ordinal == 1:
                numbered_lead = lead
            top = numbered_lead if block.ordinal else lead
            above = parent if block.level > 1 else top
            parent = number if block.level == 1 else parent
        elif block.kind is BlockKind.PARAGRAPH:
            lead = number
        yield number, tuple(Span(heading.start, heading.end) for heading in path), above


def _lead(document: Document, above: int | None) -> Span | None:
    """Return the sentence of block `above` that introduces: a paragraph's last, an item's first."""
    if above is None:
        return None
    sentences = _sentences(document, document.blocks[above])
    is_item = document.blocks[above].kind is BlockKind.ITEM
    return (sentences[0] if is_item else sentences[-1]) if sentences else None


def milestone_statements(document: Document, milestones: Sequence[Milestone]) -> list[Statement]:
    """Return each milestone as a statement: its title, dated by its period."""
    blocks = [(block.start, number) for number, block in enumerate(document.blocks)]
    return [
        Statement(
            document,
            milestone.title,
            max((n for start, n in blocks if start <= milestone.title.start), default=0),
            (),
            milestone=milestone,
        )
        for milestone in milestones
    ]


def list_after(document: Document, block: int) -> list[int]:
    """Return the indexes of the top-level items of the list that follows block `block`.

    Sub-items are left out, and what stands between numbered items (their examples) is
    stepped over as long as the numbers go on.
    """
    items: list[int] = []
    for number in range(block + 1, len(document.blocks)):
        candidate = document.blocks[number]
        if candidate.kind is BlockKind.HEADING:
            break
        if candidate.kind is BlockKind.ITEM:
            if candidate.level == 1 and _continues(document, items, candidate):
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
    found = sentence_spans(document.text[block.start : block.end])
    return [Span(block.start + span.start, block.start + span.end) for span in found]


def _topic(span: Span, milestones: Sequence[Milestone]) -> Span | None:
    for milestone in milestones:
        explanation = milestone.explanation
        if explanation is not None and explanation.start <= span.start < explanation.end:
            return milestone.title
    return None


def _label(document: Document, block: Block) -> re.Match[str] | None:
    return _LABEL.match(document.text, block.start, block.end)


def _repeated_labels(document: Document) -> frozenset[str]:
    """Return the labels that are a form in this document, such as "Toelichting:"."""
    found = Counter(m.group(1) for block in document.blocks if (m := _label(document, block)))
    return frozenset(name for name, count in found.items() if count >= _FEWEST_LABELS)


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
