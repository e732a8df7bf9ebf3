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

from assistant.loose_headings import heading_level
from ingest.dutch.sentences import sentence_spans
from ingest.milestones import Milestone
from ingest.records import Block, BlockKind, Document, Span

_LABEL = re.compile(r"([A-ZÀ-Þ][\w-]{2,24}):\s+(?=\S)")
_FEWEST_LABELS = 3
# A sentence that opens like this goes on with the one before it: "En niet later dan vrijdag."
_GOES_ON = r"(?:En|Of|Zoals|Tenzij|Behalve|Mits)"
_CONTINUES = re.compile(rf"{_GOES_ON}\b(?![^.]*\?)")
# One that opens like this leans on the one before it.
_LEANS = re.compile(
    rf"(?:{_GOES_ON}|Om (?:die|deze) reden|Dit|Dat|Deze|Die|Daar\w*|Hier\w*|Het gaat|Hij|Zij|Ze"
    r"|Hun|Zo|Ook|Dan|Dus|Maar|Bijvoorbeeld|Er(?:mee|van|voor))\b"
)
_REACH = 2  # sentences that are quoted with one, at either side


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
        for place, sentence in enumerate(sentences):
            if any(span.start <= sentence.start < span.end for span in spans):
                found.append(
                    Statement(
                        document,
                        sentence,
                        number,
                        headings,
                        _quoted(document.text, sentences, place),
                        lead,
                        neighbour=sentences[place - 1] if place else None,
                        topic=_topic(sentence, milestones),
                    )
                )
    return found


def _quoted(text: str, sentences: Sequence[Span], place: int) -> Span:
    """Return a sentence with those around it that it says little without."""
    first = last = place
    while first > 0 and place - first < _REACH and _leans(text, sentences, first):
        first -= 1
    while last + 1 < len(sentences) and last - place < _REACH:
        following = sentences[last + 1]
        if not _CONTINUES.match(text, following.start, following.end):
            break
        last += 1
    return Span(sentences[first].start, sentences[last].end)


def _leans(text: str, sentences: Sequence[Span], place: int) -> bool:
    """Tell whether a sentence leans on the one before it, which may be a question it answers."""
    before, own = sentences[place - 1], sentences[place]
    opens_so = _LEANS.match(text, own.start, own.end) is not None
    return opens_so or text[before.start : before.end].endswith("?")


def _places(document: Document) -> Iterator[tuple[int, tuple[Span, ...], int | None]]:
    """Yield every block but headings: its index, the headings above it, what introduces it.

    An item is introduced by the paragraph before its list, a sub-item by its item. What
    stands between numbered items (their examples) introduces none of them.
    """
    path: list[tuple[int, Span]] = []
    lead: int | None = None
    parent: int | None = None
    numbered_lead: int | None = None
    for number, block in enumerate(document.blocks):
        if level := heading_level(document, number):
            path = [(above, heading) for above, heading in path if above < level]
            path.append((level, Span(block.start, block.end)))
            lead = parent = numbered_lead = None
            continue
        introduced: int | None = None
        if block.kind is BlockKind.ITEM:
            if block.ordinal == 1:
                numbered_lead = lead
            top = numbered_lead if block.ordinal else lead
            introduced = parent if block.level > 1 else top
            parent = number if block.level == 1 else parent
        elif block.kind is BlockKind.PARAGRAPH:
            lead = number
        yield number, tuple(heading for _, heading in path), introduced


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
            milestone.title,
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
