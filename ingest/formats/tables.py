"""Turn the cells of a table into the text of its rows.

In:  a grid of cell texts, row by row.
Out: "Kop: cel | Kop: cel" for every row that has text.

Knows nothing of file formats: cells in, text out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

MAX_HEADER_CHARS = 80
# What stands beside several rows labels each of them, unless it is a text by itself.
MAX_LABEL_CHARS = 200

# "1.2", "12", "3a)", "€ 5": what stands in the first row of a table that has no header.
NUMBERING = re.compile(r"[€%\d\s.,;:()/-]+[a-z]?[.)]?")
YEAR = re.compile(r"(19|20)\d\d")


def collapse(text: str) -> str:
    """Make every run of white space one space and cut it from both ends."""
    return " ".join(text.split())


def row_text(header: Sequence[str], cells: Sequence[str]) -> str:
    """Return a row's cells as one text, each behind the header of its column.

    Empty cells are left out; a cell without a header stands alone.

    Example:
        >>> row_text(["Naam", "Datum"], ["Wet", "1 mei 2026"])
        'Naam: Wet | Datum: 1 mei 2026'
    """
    parts = []
    for column, cell in enumerate(cells):
        if not cell:
            continue
        name = header[column].rstrip(" :") if column < len(header) else ""
        parts.append(f"{name}: {cell}" if name else cell)
    return " | ".join(parts)


def is_header(row: Sequence[str]) -> bool:
    """Whether a first row reads as the names of columns: short, different, not numbers."""
    names = [cell for cell in row if cell]
    return (
        len(names) > 1
        and len(names) >= len(row) - 1
        and len(set(names)) == len(names)
        and all(len(name) <= MAX_HEADER_CHARS and name[-1] not in ".?!" for name in names)
        and all(name[0].isalnum() or name[0] in "€%#('‘“" for name in names)
        and not any(NUMBERING.fullmatch(name) and not YEAR.fullmatch(name) for name in names)
    )


def is_form(grid: Sequence[Sequence[str]]) -> bool:
    """Whether the first column holds the labels: two columns, most labels end in a colon."""
    if any(len(row) != 2 for row in grid):
        return False
    labels = [row[0] for row in grid if row[0]]
    return bool(labels) and 2 * sum(label.endswith(":") for label in labels) > len(labels)


def rows(grid: Sequence[Sequence[str]], *, header_rows: int | None = None) -> list[str]:
    """The text of each row below the header.

    Args:
        grid: Cell texts; a merged cell stands in its first column only.
        header_rows: How many rows at the top hold the names of columns; None to find out.

    Returns:
        One text per row that has any. A table that is nothing but a header gives that header,
        so that its words are not lost.
    """
    filled = [row for row in grid if any(row)]
    if not filled:
        return []
    if header_rows is None and is_form(filled):
        labelled = [row_text([row[0]], [row[1]]) or row[0] for row in filled]
        return labelled
    count = int(is_header(filled[0])) if header_rows is None else header_rows
    if count == 0 or count >= len(filled):
        return [row_text([], row) for row in filled]
    header = _merge(filled[:count])
    return [row_text(header, row) for row in filled[count:]]


def _merge(header: Sequence[Sequence[str]]) -> list[str]:
    """Make one name per column out of header rows that stand above each other."""
    width = max(len(row) for row in header)
    columns = [[row[i] for row in header if i < len(row) and row[i]] for i in range(width)]
    return [" ".join(dict.fromkeys(names)) for names in columns]
