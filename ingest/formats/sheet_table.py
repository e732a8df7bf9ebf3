"""Find the table among the rows of a sheet.

In:  rows of cell texts.
Out: blocks: a paragraph for each line above the header, then "Kop: cel | Kop: cel" per row.

Knows nothing of files or of how a value is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.formats.tables import MAX_HEADER_CHARS, row_text
from ingest.records import BlockKind, DraftBlock, Link

# A header is near the top: titles and notes stand above it, never a page of them.
HEADER_SEARCH_ROWS = 20

# A row names the columns when it has nearly as many texts as the fullest row: a remark beside
# the table may make one of the data rows a cell wider than its header.
HEADER_SHARE = 0.75

# A cell that is merged over this part of the table is a line between its rows, not a value.
SECTION_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet: its texts, which of them are words, how many columns each is wide."""

    cells: tuple[str, ...]
    is_text: tuple[bool, ...]
    spans: tuple[int, ...]
    links: tuple[Link, ...] = ()


def table_blocks(rows: Iterable[SheetRow]) -> list[DraftBlock]:
    """Make blocks of the rows; only paragraphs where no row names columns."""
    filled = [row for row in map(_without_bullets, rows) if any(row.cells)]
    top = _header_index(filled)
    if top is None:
        return [_paragraph(row) for row in filled]
    header = list(filled[top].cells)
    groups = _groups(filled[top - 1], header) if top else []
    above = [_paragraph(row) for row in filled[: top - 1 if groups else top]]
    if groups:
        header = [f"{group} {name}".strip() for group, name in zip(groups, header, strict=True)]
    below = [block for row in filled[top + 1 :] if (block := _row(header, row))]
    # A header without a row below it would vanish.
    return above + (below or [DraftBlock(BlockKind.ROW, row_text([], header))])


def _paragraph(row: SheetRow) -> DraftBlock:
    return DraftBlock(BlockKind.PARAGRAPH, row_text([], row.cells), links=row.links)


def _row(header: Sequence[str], row: SheetRow) -> DraftBlock | None:
    """One row below the header; None for a number that belongs to no column."""
    text = row_text(header, row.cells)
    used = [i for i, cell in enumerate(row.cells) if cell]
    if len(used) == 1:
        width = sum(map(bool, header))
        if row.is_text[used[0]] and row.spans[used[0]] >= max(2, SECTION_SHARE * width):
            return _paragraph(row)
        if not any(char.isalpha() for char in text):
            return None
    return DraftBlock(BlockKind.ROW, text, links=row.links)


def _without_bullets(row: SheetRow) -> SheetRow:
    """Drop the cells that hold a list mark alone."""
    cells = tuple("" if cell in {"•", "·", "▪", "o"} else cell for cell in row.cells)
    return replace(row, cells=cells)


def _header_index(rows: Sequence[SheetRow]) -> int | None:
    """The row that names the columns: the first with (nearly) the most texts."""
    searched = rows[:HEADER_SEARCH_ROWS]
    texts = [
        sum(word and bool(cell) for word, cell in zip(row.is_text, row.cells, strict=True))
        for row in searched
    ]
    if max(texts, default=0) < 2:
        # Columns may be named by numbers, as years are; then the fullest row is the header.
        texts = [sum(map(bool, row.cells)) for row in searched]
    most = max(texts, default=0)
    if most < 2:
        return None
    top = next(i for i, count in enumerate(texts) if count >= 2 and count >= HEADER_SHARE * most)
    # Long texts are no names: then the sheet is a page of text laid out in cells.
    names = [cell for cell in searched[top].cells if cell]
    return top if all(len(name) <= MAX_HEADER_CHARS for name in names) else None


def _groups(row: SheetRow, header: Sequence[str]) -> list[str]:
    """The names above the header that each hold for several columns, one per column."""
    groups = [""] * len(header)
    wide = 0
    for column, cell in enumerate(row.cells[: len(header)]):
        if cell:
            wide += row.spans[column] > 1
            end = min(column + row.spans[column], len(header))
            groups[column:end] = [cell] * (end - column)
    # One wide cell is the title of the table.
    return groups if wide > 1 else []
