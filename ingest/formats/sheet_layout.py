"""Find which rows and columns of a workbook are hidden, and which cells span columns.

In:  the bytes of an XLSX file that passed the container check.
Out: per sheet name its hidden rows and columns and its wide cells.

openpyxl's reader for large files does not tell; its other reader does, but holds every cell in
memory. So the sheet's XML is streamed once for these marks alone.

Knows nothing of cells and their values.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """What is hidden in a sheet and what is merged in it.

    Attributes:
        rows: Numbers of hidden rows, from 1.
        columns: First and last column of each hidden range, from 1.
        spans: How many columns a merged cell is wide, by row and column, from 1.
    """

    rows: frozenset[int] = frozenset()
    columns: tuple[tuple[int, int], ...] = ()
    spans: Mapping[tuple[int, int], int] = field(default_factory=dict)

    def hides_column(self, number: int) -> bool:
        """Whether the column with this number, from 1, is hidden."""
        return any(first <= number <= last for first, last in self.columns)


def layouts(content: bytes) -> dict[str, SheetLayout]:
    """Read the hidden rows and columns of every sheet, by sheet name."""
    from defusedxml.ElementTree import fromstring

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
            return {}
        relations = fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        paths = {r.get("Id"): posixpath.join("/xl", r.get("Target", "")) for r in relations}
        found = {}
        for sheet in fromstring(archive.read("xl/workbook.xml")).iter(f"{MAIN}sheet"):
            path = posixpath.normpath(paths.get(sheet.get(RELATION_ID), "")).lstrip("/")
            if path in names:
                found[sheet.get("name", "")] = _layout(archive, path)
        return found


def _layout(archive: zipfile.ZipFile, path: str) -> SheetLayout:
    from defusedxml.ElementTree import iterparse
    from openpyxl.utils.cell import range_boundaries

    rows: set[int] = set()
    columns: list[tuple[int, int]] = []
    spans: dict[tuple[int, int], int] = {}
    number = 0
    with archive.open(path) as stream:
        for event, element in iterparse(stream, events=("start", "end")):
            if event == "start" and element.tag == f"{MAIN}row":
                number = int(element.get("r", number + 1))
                if _is_on(element.get("hidden")):
                    rows.add(number)
            elif event == "start" and element.tag == f"{MAIN}col":
                if _is_on(element.get("hidden")):
                    columns.append((int(element.get("min", 0)), int(element.get("max", 0))))
            elif event == "start" and element.tag == f"{MAIN}mergeCell":
                left, top, right, _ = range_boundaries(element.get("ref", ""))
                spans[top, left] = right - left + 1
            elif event == "end":
                element.clear()
    return SheetLayout(frozenset(rows), tuple(columns), spans)


def _is_on(value: str | None) -> bool:
    return value in {"1", "true"}
