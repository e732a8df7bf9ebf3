"""Cut documents into statements, the smallest pieces that can answer.

In:  a document and where to look in it.
Out: Statements: sentences, list items, table rows, and milestones, each with the headings
     and the introduction that it stands under.

Knows nothing of questions or scores.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.loose_headings import heading_level
from assistant.statements import Statement, sentences_of
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
_THEREFORE = re.compile(r"\b(?:daarom|daardoor|hierdoor|vandaar)\b")  # wherever it stands
_REACH = 2  # sentences that are quoted with one, at either side


class Cut:
    """A document that is cut as far as it is looked into, each block once.

    Attributes:
        milestones: Its milestones as statements.
    """

    def __init__(self, document: Document, milestones: Sequence[Milestone] = ()) -> None:
        """Cut `document`; its milestones give what explains them a topic."""
        self.milestones = milestone_statements(document, milestones)
        self._document, self._topics = document, milestones
        self._labels = _repeated_labels(document)
        self._places = tuple(_places(document))
        self._starts = [document.blocks[number].start for number, _, _ in self._places]
        self._ends = [document.blocks[number].end for number, _, _ in self._places]
        self._found: dict[int, list[Statement]] = {}

    def within(self, spans: Sequence[Span]) -> list[Statement]:
        """Return the statements that begin in one of `spans`, in order.

        A heading is no statement; it is what statements stand under.
        """
        touched = {
            place
            for span in spans
            for place in range(
                bisect_right(self._ends, span.start), bisect_left(self._starts, span.end)
            )
        }
        return [
            statement
            for place in sorted(touched)
            for statement in self._statements(place)
            if any(span.start <= statement.span.start < span.end for span in spans)
        ]

    def _statements(self, place: int) -> list[Statement]:
        if place not in self._found:
            self._found[place] = self._cut(*self._places[place])
        return self._found[place]

    def _cut(self, number: int, headings: tuple[Span, ...], above: int | None) -> list[Statement]:
        document, block = self._document, self._document.blocks[number]
        sentences = sentences_of(document, number)
        lead = _lead(document, above)
        label = _label(document, block)
        if label is not None and label.group(1) in self._labels and sentences:
            lead = Span(label.start(), label.end())
            sentences[0] = Span(label.end(), sentences[0].end)
        return [
            Statement(
                document,
                sentence,
                number,
                headings,
                _quoted(document.text, sentences, place),
                lead,
                neighbour=sentences[place - 1] if place else None,
                topic=_topic(sentence, self._topics),
            )
            for place, sentence in enumerate(sentences)
        ]


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
    follows = _THEREFORE.search(text, own.start, own.end) is not None
    return opens_so or follows or text[before.start : before.end].endswith("?")


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
    sentences = sentences_of(document, above)
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
