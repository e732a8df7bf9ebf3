"""Read a Word document (DOCX).

In:  the bytes of the file.
Out: a Draft: headings, paragraphs, list items, table rows and footnotes in reading order.

Knows nothing of runs, fields and tracked changes (docx_text.py), nor of styles and numbering
(docx_styles.py).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ingest.errors import FileError
from ingest.formats import archives
from ingest.formats.docx_styles import Styles
from ingest.formats.docx_text import Inline, Notes, inline, qn
from ingest.formats.tables import MAX_LABEL_CHARS, rows
from ingest.records import BlockKind, Draft, DraftBlock, Link

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element as Element

# Titles that Word fills in by itself say nothing about the document.
EMPTY_TITLES = frozenset({"", "word document", "document", "untitled", "naamloos", "document1"})


def read(content: bytes) -> Draft:
    """Return the blocks of a Word document and its title where it has one.

    Raises:
        FileError: If the file is broken, locked, too large or without text.
    """
    import docx

    archives.check(content, part="word/document.xml")
    try:
        document = docx.Document(io.BytesIO(content))
        reader = _Reader(document)
        blocks = tuple(reader.blocks(document.element.body))
        title = (document.core_properties.title or "").strip()
    except Exception as exc:
        raise FileError("Het Word-bestand kan niet worden gelezen.", archives.RESAVE) from exc
    if not blocks:
        raise FileError(
            "Het Word-bestand bevat geen tekst.",
            "Staat de tekst in een afbeelding? Zet die dan eerst om in tekst (OCR).",
        )
    return Draft(blocks, {} if title.lower() in EMPTY_TITLES else {"title": title})


class _Reader:
    """Walks the body once; holds what the whole document shares."""

    def __init__(self, document: WordDocument) -> None:
        self.styles = Styles(document)
        self.notes = Notes(document)
        self.relations: Any = document.part.rels

    def blocks(self, container: Element) -> Iterator[DraftBlock]:
        """Yield the blocks of a body, a cell, a text box or a content control."""
        for element in container:
            if element.tag == qn("w:p"):
                yield from self._paragraph(element)
            elif element.tag == qn("w:tbl"):
                yield from self._table(element)
            elif element.tag == qn("w:sdt"):
                gallery = element.find(f".//{qn('w:docPartGallery')}")
                # A table of contents repeats the headings.
                if gallery is None or "contents" not in gallery.get(qn("w:val"), "").lower():
                    yield from self.blocks(element.findall(qn("w:sdtContent")))
            elif element.tag in {
                qn("w:sdtContent"),
                qn("w:customXml"),
                qn("w:ins"),
                qn("w:moveTo"),
            }:
                yield from self.blocks(element)

    def _paragraph(self, element: Element) -> Iterator[DraftBlock]:
        style = self.styles.of(element)
        if style.is_contents:
            return
        found = self._inline(element)
        # Word counts a numbered paragraph only if it shows.
        number = self.styles.number(element, style) if found.text else None
        if found.text and style.heading:
            text = f"{number.label} {found.text}" if number and number.label else found.text
            yield DraftBlock(BlockKind.HEADING, text, level=style.heading, links=found.links)
        elif found.text and number and (number.bullet or number.ordinal is not None):
            yield DraftBlock(
                BlockKind.ITEM,
                found.text,
                level=number.level,
                ordinal=number.ordinal,
                links=found.links,
            )
        elif found.text:
            text = f"{number.label} {found.text}" if number and number.label else found.text
            yield DraftBlock(BlockKind.PARAGRAPH, text, links=found.links)
        for box in found.boxes:
            yield from self.blocks(box)
        yield from self._footnotes(found)

    def _inline(self, element: Element) -> Inline:
        return inline(element, self.relations, self.styles.hidden_styles)

    def _footnotes(self, found: Inline) -> Iterator[DraftBlock]:
        for key in found.notes:
            note = self.notes.element(key)
            texts = [self._inline(p) for p in ([] if note is None else note.iter(qn("w:p")))]
            if text := " ".join(part.text for part in texts if part.text):
                links = tuple(link for part in texts for link in part.links)
                yield DraftBlock(BlockKind.FOOTNOTE, text, links=links)

    def _table(self, table: Element) -> Iterator[DraftBlock]:
        lines = [
            row
            for row in _children(table, "w:tr")
            if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None
        ]
        cells = [_children(row, "w:tc") for row in lines]
        if all(len(row) <= 1 for row in cells):
            # One column is a frame around text, not a table.
            for row in cells:
                for cell in row:
                    yield from self.blocks(cell)
            return
        grid: list[list[str]] = []
        labels: dict[int, str] = {}
        links: list[Link] = []
        after: list[DraftBlock] = []
        for row in lines:
            grid.append(self._row(row, links, after, labels))
        marked = 0
        while (
            marked < len(lines)
            and lines[marked].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        ):
            marked += 1
        for text in rows(grid, header_rows=marked or None):
            own = tuple(link for link in links if link.label in text)
            yield DraftBlock(BlockKind.ROW, text, links=own)
        yield from after

    def _row(
        self, row: Element, links: list[Link], after: list[DraftBlock], labels: dict[int, str]
    ) -> list[str]:
        """Return the cells of a row by column; what a merged cell covers beside it is empty.

        A cell that is merged over rows labels all of them; `labels` holds its text by column.
        """
        before = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
        texts = [""] * min(int(before.get(qn("w:val"), 0)) if before is not None else 0, 100)
        for cell in _children(row, "w:tc"):
            parts: list[str] = []
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            column = len(texts)
            if merge is not None and merge.get(qn("w:val")) != "restart":
                parts.append(labels.get(column, ""))
            else:
                for block in self.blocks(cell):
                    if block.kind is BlockKind.FOOTNOTE:
                        after.append(block)
                        continue
                    parts.append(
                        block.text if block.ordinal is None else f"{block.ordinal}. {block.text}"
                    )
                    links.extend(block.links)
            span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            width = int(span.get(qn("w:val"), 1)) if span is not None else 1
            text = " ".join(parts)
            labels[column] = text if len(text) <= MAX_LABEL_CHARS else ""
            texts += [text, *[""] * (min(width, 100) - 1)]
        return texts


def _children(element: Element, tag: str) -> list[Any]:
    """Return the rows of a table or the cells of a row, also those in a content control."""
    found = []
    for child in element:
        if child.tag == qn(tag):
            found.append(child)
        elif child.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")}:
            found.extend(_children(child, tag))
    return found
