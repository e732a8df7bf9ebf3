"""Read a workbook (XLSX) or a table as text (CSV).

In:  the bytes of the file.
Out: a Draft: per visible sheet a heading and its blocks.

Knows nothing of how a value is written (sheet_values.py), what is hidden (sheet_layout.py) or
where a header is (sheet_table.py).
"""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ingest.errors import FileError
from ingest.formats import archives
from ingest.formats.encoding import decode
from ingest.formats.sheet_layout import SheetLayout, layouts
from ingest.formats.sheet_table import SheetRow, table_blocks
from ingest.formats.sheet_values import shown
from ingest.formats.tables import MAX_LABEL_CHARS, collapse
from ingest.records import BlockKind, Draft, DraftBlock, Link

# Excel allows 16,384 columns; a table that people read has a few dozen.
MAX_COLUMNS = 500

DELIMITERS = ";,\t|"
# The line by which Excel is told the mark.
SEPARATOR_LINE = re.compile(r'"?sep=([;,\t|])"?[ \t]*(?:\n|\Z)', re.IGNORECASE)
NO_TEXT = (
    "Het bestand heeft geen tekst die te lezen is.",
    "Kijk of de gegevens op een zichtbaar tabblad staan.",
)


def read_xlsx(content: bytes) -> Draft:
    """Return the visible cells of every visible sheet, formulas by their last result.

    Raises:
        FileError: If the file is broken, locked, too large or without text.
    """
    archives.check(content, part="xl/workbook.xml")
    try:
        blocks, title = _read_workbook(content)
    except Exception as exc:
        raise FileError("Het Excel-bestand kan niet worden gelezen.", archives.RESAVE) from exc
    return replace(_draft(blocks), metadata={"title": title} if title else {})


def read_csv(content: bytes) -> Draft:
    """Return the rows of a text whose values are parted by a semicolon, a comma, a tab or a bar.

    Raises:
        FileError: If the file is binary or without text.
    """
    text = decode(content)
    if not text.strip():
        raise FileError(*NO_TEXT)
    # Fields have no limit of their own: the size of the file is the limit.
    csv.field_size_limit(max(len(text), 1))
    named = SEPARATOR_LINE.match(text)
    mark = named.group(1) if named else _delimiter(text)
    table = text[named.end() :] if named else text
    reader = csv.reader(io.StringIO(table, newline=""), delimiter=mark)
    try:
        rows = [_text_row(row) for row in reader]
    except csv.Error as exc:
        raise FileError(
            "Het CSV-bestand is beschadigd.",
            "Sla de tabel in Excel opnieuw op als CSV (UTF-8).",
        ) from exc
    return _draft(table_blocks(rows))


def _draft(blocks: Iterable[DraftBlock]) -> Draft:
    """Return the draft, unless there is nothing but names of sheets.

    Raises:
        FileError: If there is no text in any sheet.
    """
    made = tuple(blocks)
    if all(block.kind is BlockKind.HEADING for block in made):
        raise FileError(*NO_TEXT)
    return Draft(made)


def _read_workbook(content: bytes) -> tuple[list[DraftBlock], str]:
    import openpyxl

    layout = layouts(content)
    blocks: list[DraftBlock] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of features that hold no text
        workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for sheet in workbook.worksheets:
            if sheet.sheet_state != "visible":
                continue
            # The file's own claim of its size may be a million empty cells.
            sheet.reset_dimensions()
            cells = (row[:MAX_COLUMNS] for row in sheet.iter_rows())
            found = table_blocks(_rows(cells, layout.get(sheet.title, SheetLayout())))
            if found:
                name = collapse(sheet.title)
                blocks.extend([DraftBlock(BlockKind.HEADING, name, level=2), *found])
        title = workbook.properties.title or ""
        workbook.close()
    return blocks, collapse(title)


def _rows(rows: Iterable[Sequence[object]], layout: SheetLayout) -> Iterator[SheetRow]:
    """The rows of one sheet; what its maker hid is empty."""
    labels = _Labels(layout.tops)
    for number, row in enumerate(rows, start=1):
        if number in layout.rows:
            continue
        columns = range(1, len(row) + 1)
        values = [
            None if layout.hides_column(column) else getattr(cell, "value", None)
            for column, cell in zip(columns, row, strict=True)
        ]
        if all(value is None for value in values):
            continue
        formats = [str(getattr(cell, "number_format", "")) for cell in row]
        cells = [collapse(shown(v, f)) for v, f in zip(values, formats, strict=True)]
        links = tuple(
            Link(cell, layout.links[number, column])
            for column, cell in zip(columns, cells, strict=True)
            if cell and (number, column) in layout.links
        )
        is_text = [isinstance(value, str) for value in values]
        for column, label in labels.of(number, cells):
            cells[column - 1], is_text[column - 1] = label, True
        yield SheetRow(
            tuple(cells),
            tuple(is_text),
            tuple(layout.spans.get((number, column), 1) for column in columns),
            links,
        )


class _Labels:
    """Cells at the start of a row that are merged with those below them: each row has them."""

    def __init__(self, tops: Mapping[tuple[int, int], int]) -> None:
        self._tops = tops
        self._starts = {(top, column) for (_, column), top in tops.items()}
        self._texts: dict[tuple[int, int], str] = {}

    def of(self, number: int, cells: Sequence[str]) -> list[tuple[int, str]]:
        """Return column and text of the labels of a row; remember those that it begins."""
        filled = [column for column, cell in enumerate(cells, start=1) if cell]
        found = []
        for column in range(1, filled[0]) if filled else ():
            top = self._tops.get((number, column), 0)
            if text := self._texts.get((top, column)):
                found.append((column, text))
        for column in filled:
            if (number, column) not in self._starts or len(cells[column - 1]) > MAX_LABEL_CHARS:
                break
            self._texts[number, column] = cells[column - 1]
        return found


def _text_row(row: Sequence[str]) -> SheetRow:
    cells = tuple(collapse(cell) for cell in row)
    # A number, an amount, a percentage or a date in digits is not the name of a column.
    is_text = tuple(any(char.isalpha() for char in cell) for cell in cells)
    return SheetRow(cells, is_text, (1,) * len(cells))


def _delimiter(text: str) -> str:
    """The mark that parts the first lines into equally many fields."""
    lines = [line for line in text.splitlines()[:50] if line.strip()]

    def score(mark: str) -> tuple[float, int]:
        counts = [len(row) for row in csv.reader(lines, delimiter=mark)]
        several = [count for count in counts if count > 1]
        if not several:
            return (0.0, 0)
        usual = max(set(several), key=several.count)
        return (several.count(usual) / len(counts), usual)

    try:
        return max(DELIMITERS, key=score)
    except csv.Error:
        return DELIMITERS[0]
