"""Find what a workbook hides, which cells are merged, and where its links lead.

In:  the bytes of an XLSX file that passed the container check.
Out: per sheet name its hidden rows and columns, its merged cells and its links.

openpyxl's reader for large files does not tell; its other reader does, but holds every cell in
memory. So the sheet's XML is streamed once for these marks alone.

Knows nothing of cells and their values.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.formats.links import clickable

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FORMULA = re.compile(r'\s*(?:_xlfn\.)?HYPERLINK\(\s*"([^"]+)"', re.IGNORECASE)
# A label may stand beside many rows; a range down to the last row of a sheet is layout.
MAX_MERGED_ROWS = 1000
RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """What is hidden in a sheet and what is merged in it.

    Attributes:
        rows: Numbers of hidden rows, from 1.
        columns: First and last column of each hidden range, from 1.
        spans: How many columns a merged cell is wide, by row and column, from 1.
        tops: For a cell that is merged into one above it, the row of that one.
        links: The addresses that cells lead to, by row and column.
    """

    rows: frozenset[int] = frozenset()
    columns: tuple[tuple[int, int], ...] = ()
    spans: Mapping[tuple[int, int], int] = field(default_factory=dict)
    tops: Mapping[tuple[int, int], int] = field(default_factory=dict)
    links: Mapping[tuple[int, int], str] = field(default_factory=dict)

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

    marks = _Marks(_addresses(archive, path))
    with archive.open(path) as stream:
        for event, element in iterparse(stream, events=("start", "end")):
            name = element.tag.removeprefix(MAIN)
            if event == "start":
                marks.take(name, element.attrib)
                continue
            if name == "f":
                marks.formula(element.text or "")
            element.clear()
    return SheetLayout(
        frozenset(marks.rows), tuple(marks.columns), marks.spans, marks.tops, marks.links
    )


class _Marks:
    """Gathers while a sheet streams by."""

    def __init__(self, addresses: Mapping[str, str]) -> None:
        self.addresses = addresses
        self.rows: set[int] = set()
        self.columns: list[tuple[int, int]] = []
        self.spans: dict[tuple[int, int], int] = {}
        self.tops: dict[tuple[int, int], int] = {}
        self.links: dict[tuple[int, int], str] = {}
        self._row, self._cell = 0, ""

    def take(self, name: str, values: Mapping[str, str]) -> None:
        if name == "c":
            self._cell = values.get("r", "")
        elif name == "row":
            self._row = int(values.get("r", self._row + 1))
            if _is_on(values.get("hidden")):
                self.rows.add(self._row)
        elif name == "col" and _is_on(values.get("hidden")):
            self.columns.append((int(values.get("min", 0)), int(values.get("max", 0))))
        elif name == "mergeCell":
            left, top, right, bottom = _bounds(values)
            self.spans[top, left] = right - left + 1
            below = range(top + 1, min(bottom, top + MAX_MERGED_ROWS) + 1)
            self.tops |= {(row, left): top for row in below}
        elif name == "hyperlink":
            left, top, _, _ = _bounds(values)
            self._link((top, left), self.addresses.get(values.get(RELATION_ID, ""), ""))

    def formula(self, text: str) -> None:
        """Take the formula of a cell that is a link: the file always has its English name."""
        from openpyxl.utils.cell import coordinate_to_tuple

        if self._cell and (found := FORMULA.match(text)):
            self._link(coordinate_to_tuple(self._cell), found.group(1))

    def _link(self, place: tuple[int, int], url: str) -> None:
        if clickable(url):
            self.links[place] = url


def _bounds(values: Mapping[str, str]) -> tuple[int, int, int, int]:
    from openpyxl.utils.cell import range_boundaries

    left, top, right, bottom = range_boundaries(values.get("ref", ""))
    return left or 1, top or 1, right or 1, bottom or 1


def _addresses(archive: zipfile.ZipFile, path: str) -> dict[str, str]:
    """Return the addresses outside the workbook that a sheet refers to, by relation id."""
    from defusedxml.ElementTree import fromstring

    folder, name = posixpath.split(path)
    part = f"{folder}/_rels/{name}.rels"
    if part not in archive.namelist():
        return {}
    relations = fromstring(archive.read(part))
    return {r.get("Id"): r.get("Target", "") for r in relations if r.get("TargetMode")}


def _is_on(value: str | None) -> bool:
    return value in {"1", "true"}
