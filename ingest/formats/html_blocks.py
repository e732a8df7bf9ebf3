"""Turn the elements of a page into blocks.

In:  an element without hidden parts or furniture.
Out: headings, paragraphs, list items, table rows and footnotes in reading order.

Knows nothing of what belongs to the page's content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.formats.html_tables import is_data_table, table_grid
from ingest.formats.links import clickable
from ingest.formats.raised import raised
from ingest.formats.tables import collapse, rows
from ingest.records import BlockKind, DraftBlock, Link

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_INLINE = re.compile(
    r"a|abbr|acronym|b|bdi|bdo|big|button|cite|code|data|del|dfn|em|font|i|"
    r"img|ins|kbd|label|mark|nobr|output|q|rp|rt|ruby|s|samp|small|span|"
    r"strike|strong|sub|sup|time|tt|u|var|wbr"
)
_NOTE = re.compile(r"(?:fn|footnote|voetnoot|endnote|eindnoot|noot)s?[-_:]?\d*", re.IGNORECASE)


def blocks(root: HtmlElement) -> Iterator[DraftBlock]:
    """Yield the blocks of an element."""
    walk = _Walk()
    walk.children(root, _Place())
    walk.flush(_Place())
    yield from walk.blocks


@dataclass(frozen=True, slots=True)
class _Place:
    """Where text stands: the kind of block it makes, and in which list."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    depth: int = 0
    ordinal: int | None = None


@dataclass
class _Walk:
    """Gathers text until a block ends."""

    blocks: list[DraftBlock] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    heading: int = 0
    term: str = ""
    # The first block of a list item carries its mark; what follows in it is a paragraph.
    item: _Place | None = None

    def flush(self, place: _Place) -> None:
        """End the current block."""
        text = collapse("".join(self.texts))
        links, self.texts, self.links = tuple(self.links), [], []
        if not text:
            return
        if self.term:
            text, self.term = f"{self.term.rstrip(':')}: {text}", ""
        if place.kind is BlockKind.HEADING:
            self.heading = place.level
        elif self.item is not None:
            place, self.item = self.item, None
        self.blocks.append(DraftBlock(place.kind, text, place.level, place.ordinal, links=links))

    def children(self, element: HtmlElement, place: _Place) -> None:
        """Take in an element's text and everything in it."""
        self.texts.append(element.text or "")
        for child in element:
            self._element(child, place)
            self.texts.append(child.tail or "")

    def _element(self, element: HtmlElement, place: _Place) -> None:
        tag = element.tag
        if tag in {"ul", "ol", "menu"}:
            self._list(element, place)
        elif tag == "table":
            self._table(element, place)
        elif tag == "br":
            self._break(element, place)
        elif tag == "dt":
            self.flush(place)
            self._end_term(place)
            self.term = collapse(element.text_content())
        elif _INLINE.fullmatch(tag):
            self._inline(element, place)
        else:
            self._block(element, place)

    def _block(self, element: HtmlElement, place: _Place) -> None:
        self.flush(place)
        inner = place
        if element.tag in _HEADINGS:
            inner = _Place(BlockKind.HEADING, _HEADINGS[element.tag])
            self._end_term(place)
            self.item = None
        elif element.tag == "summary":
            # The question of a fold-out is the heading of its answer.
            inner = _Place(BlockKind.HEADING, min(self.heading + 1, 6))
        elif element.get("role") in {"doc-footnote", "doc-endnote"}:
            inner = _Place(BlockKind.FOOTNOTE)
        heading = self.heading
        self.children(element, inner)
        self.flush(inner)
        if element.tag == "dl":
            self._end_term(place)
        if element.tag in {"details", "summary"}:
            # A question does not hold what comes after its answer.
            self.heading = heading

    def _inline(self, element: HtmlElement, place: _Place) -> None:
        url = (element.get("href") or "").strip() if element.tag == "a" else ""
        if url.startswith("#") and not re.search(r"\w", element.text_content()):
            return  # the arrow at the end of a note, back to its mark
        if element.tag == "sup" and (digits := _note_number(element)) is not None:
            self.texts.append(raised("".join(self.texts[-5:]), digits))
            return
        if clickable(url):
            label = collapse(element.text_content())
            if label:
                self.links.append(Link(label, url))
        self.children(element, place)

    def _break(self, element: HtmlElement, place: _Place) -> None:
        self.texts.append(" ")
        after = element.getnext()
        # Two line breaks are how older pages part paragraphs.
        if after is not None and after.tag == "br" and not (element.tail or "").strip():
            self.flush(place)

    def _list(self, element: HtmlElement, place: _Place) -> None:
        self.flush(place)
        number = _number(element.get("start"), 1)
        notes = _holds_notes(element)
        self.texts.append(element.text or "")
        for child in element:
            if child.tag != "li":
                self._element(child, place)
                self.texts.append(child.tail or "")
                continue
            self.flush(place)
            number = _number(child.get("value"), number)
            inner = _Place(
                BlockKind.FOOTNOTE if notes else BlockKind.ITEM,
                0 if notes else place.depth + 1,
                place.depth + 1,
                number if element.tag == "ol" and not notes else None,
            )
            self.item = inner
            rest = _Place(depth=inner.depth)
            self.children(child, rest)
            self.flush(rest)
            self.item = None
            self.texts.append(child.tail or "")
            number += 1
        self.flush(place)

    def _table(self, element: HtmlElement, place: _Place) -> None:
        self.flush(place)
        if not is_data_table(element):
            self.children(element, place)
            self.flush(place)
            return
        grid = table_grid(element)
        for caption in element.findall("caption"):
            self.children(caption, _Place())
            self.flush(_Place())
        start = len(self.blocks)
        for text in rows(grid.texts, header_rows=grid.header_rows):
            self.blocks.append(DraftBlock(BlockKind.ROW, text))
        links = [
            Link(label, a.get("href").strip())
            for a in element.iter("a")
            if (label := collapse(a.text_content())) and clickable(a.get("href") or "")
        ]
        for i, block in enumerate(self.blocks[start:], start=start):
            own = tuple(link for link in links if link.label in block.text)
            self.blocks[i] = DraftBlock(BlockKind.ROW, block.text, links=own)

    def _end_term(self, place: _Place) -> None:
        """A term without a description stands for itself."""
        if self.term:
            text, self.term = self.term, ""
            self.blocks.append(DraftBlock(place.kind, text, place.level))


def _number(value: str | None, default: int) -> int:
    text = (value or "").strip()
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else default


def _note_number(element: HtmlElement) -> str | None:
    """Return the digits of a raised number, "" for a mark that leads to a note; else None."""
    target = element.find(".//a")
    if target is not None and target.get("href", "").startswith("#"):
        return ""
    text = collapse(element.text_content())
    return text if re.fullmatch(r"[0-9]{1,3}", text) else None


def _holds_notes(element: HtmlElement) -> bool:
    items = element.findall("li")
    parents = [element, *element.iterancestors("section", "div")][:2]
    names = " ".join(f"{p.get('class', '')} {p.get('role', '')}" for p in parents).split()
    return (
        any(name in {"footnotes", "footnotes-list", "doc-endnotes", "voetnoten"} for name in names)
        or bool(items)
        and all(_NOTE.fullmatch(item.get("id", "")) for item in items)
    )
