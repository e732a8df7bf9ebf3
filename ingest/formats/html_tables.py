"""Lay an HTML table out as a grid of texts.

In:  a table element.
Out: rows of cell texts, and how many rows at the top are its header.

Knows nothing of blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.formats.tables import collapse

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# A cell may claim to span millions of columns.
_MAX_COLUMNS = 200
_PARTS_TEXT = frozenset({
    "p",
    "br",
    "li",
    "div",
    "ul",
    "ol",
    "tr",
    "td",
    "th",
    "dd",
    "dt",
    "h3",
    "h4",
})


@dataclass(frozen=True, slots=True)
class Grid:
    """Cell texts row by row; `header_rows` is None where the table does not say."""

    texts: tuple[tuple[str, ...], ...]
    header_rows: int | None


def is_data_table(table: HtmlElement) -> bool:
    """Whether a table holds data; else it lays out a page."""
    if table.get("role") in {"presentation", "none"}:
        return False
    if table.find(".//th") is not None or table.find("caption") is not None:
        return True
    lines = _lines(table)
    return (
        table.find(".//table") is None
        and len(lines) > 1
        and max(len(line) for line in lines) > 1
        and not any(cell.find(".//h2") is not None for line in lines for cell in line)
    )


def table_grid(table: HtmlElement) -> Grid:
    """Return the cells by row and column.

    A cell that spans columns stands in its first one, and one that spans all of them in none:
    it is a line between rows. One that spans rows stands in each: it is the label of all.
    """
    texts: list[tuple[str, ...]] = []
    across: list[int] = []
    pending: dict[int, tuple[int, str]] = {}  # column: rows still to fill, text
    for line in _lines(table):
        row: dict[int, str] = {}
        column = 0
        below: dict[int, tuple[int, str]] = {}
        # A name above several columns is part of the name of each.
        names = all(cell.tag == "th" for cell in line)
        for cell in line:
            while column in pending:
                column += 1
            text = _cell_text(cell)
            down = _span(cell.get("rowspan"), 1000)
            for offset in range(_span(cell.get("colspan"), _MAX_COLUMNS)):
                row[column] = "" if offset and not names else text
                if down > 1:
                    below[column] = (down - 1, row[column])
                column += 1
        row |= {at: text for at, (_, text) in pending.items()}
        pending = {at: (left - 1, text) for at, (left, text) in pending.items() if left > 1} | below
        if len(line) == 1 and not names and column > 1:
            across.append(len(texts))
        width = min(max(row, default=-1) + 1, _MAX_COLUMNS)
        texts.append(tuple(row.get(at, "") for at in range(width)))
    widest = max(map(len, texts), default=0)
    for at in across:
        if len(texts[at]) == widest:
            texts[at] = (*[""] * widest, texts[at][0])
    header_rows = _header_rows(table, texts)
    if header_rows == 0:
        # The first column names its row: "Naam: Wegwijs".
        texts = [(f"{row[0].rstrip(':')}:", *row[1:]) if row and row[0] else row for row in texts]
        header_rows = None if all(len(row) == 2 for row in texts) else 0
    return Grid(tuple(texts), header_rows)


def _lines(table: HtmlElement) -> list[list[HtmlElement]]:
    """Return the cells of each row, without those of tables inside it."""
    found = []
    for child in table:
        if child.tag == "tr":
            found.append([cell for cell in child if cell.tag in {"td", "th"}])
        elif child.tag in {"thead", "tbody", "tfoot"}:
            found.extend(_lines(child))
    return found


def _header_rows(table: HtmlElement, texts: list[tuple[str, ...]]) -> int | None:
    head = table.find("thead")
    lines = _lines(table)
    marked = len(_lines(head)) if head is not None else 0
    if not marked:
        while marked < len(lines) and lines[marked] and all(c.tag == "th" for c in lines[marked]):
            marked += 1
    # Rows without text are not counted by who uses the number.
    filled = sum(any(row) for row in texts[:marked])
    if filled:
        return filled
    # Names in the first column of each row, and none above: no header.
    return 0 if lines and all(line and line[0].tag == "th" for line in lines) else None


def _cell_text(cell: HtmlElement) -> str:
    parts: list[str] = []
    for event, element in _events(cell):
        if event == "start":
            parts.append(" " if element.tag in _PARTS_TEXT else "")
            parts.append(element.text or "")
        else:
            parts.append(" " if element.tag in _PARTS_TEXT else "")
            if element is not cell:
                parts.append(element.tail or "")
    return collapse("".join(parts))


def _events(element: HtmlElement) -> list[tuple[str, HtmlElement]]:
    from lxml import etree

    return list(etree.iterwalk(element, events=("start", "end")))


def _span(value: str | None, most: int) -> int:
    text = (value or "").strip()
    return (
        min(max(int(text), 1), most) if text.isascii() and text.isdigit() and len(text) < 9 else 1
    )
