"""Group the fragments of a PDF page into lines, and those of a table into cells.

In:  fragments, and the edges on their page.
Out: regions: a column of lines, or the rows of a table with the lines of each cell.

Knows nothing of where on a page columns and tables are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.formats.pdf_edges import Edge
from ingest.formats.pdf_page import Fragment

MIN_GUTTER = 0.6  # of the letter size: white between columns
_SAME_HEIGHT = 2.0  # points between edges that are drawn as one
_MEETING = 8.0  # points between the edges of neighbouring cells
_ROW_WHITE = 0.5  # of the letter size: more white than between lines of one cell
_REACH = 25.0  # points that a rule must go on at both sides of a gutter

Line = tuple[Fragment, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """A column, or a table if it has rows.

    Attributes:
        lines: Lines from top to bottom, each its fragments from left to right.
        rows: Rows of cells of a table; a cell is its lines.
    """

    lines: tuple[Line, ...] = ()
    rows: tuple[tuple[tuple[Line, ...], ...], ...] = ()


def lines(fragments: Sequence[Fragment]) -> tuple[Line, ...]:
    """Return fragments grouped by the height at which they stand."""
    found: list[list[Fragment]] = []
    for fragment in sorted(fragments, key=lambda f: f.middle):
        line = found[-1] if found else []
        if line and _overlap(line[-1], fragment) > 0.5:
            line.append(fragment)
        else:
            found.append([fragment])
    return tuple(tuple(sorted(line, key=lambda f: f.x0)) for line in found)


def row_starts(side: Sequence[Line]) -> list[float]:
    """Return the heights of lines with more white above them than lines of one text have."""
    starts = [_height(line) for line in side[:1]]
    for above, line in zip(side, side[1:], strict=False):
        if _white(above, line) > _ROW_WHITE:
            starts.append(_height(line))
    return starts


def rules(band: Sequence[Fragment], edges: Sequence[Edge], x0: float, x1: float) -> list[float]:
    """Return the heights at which a rule crosses a gutter and parts text from text."""
    heights: list[float] = []
    todo = sorted(edges, key=lambda e: e.y)
    while todo:
        y = todo[0].y
        level = [edge for edge in todo if edge.y - y <= _SAME_HEIGHT]
        todo = todo[len(level) :]
        if any(start < x0 - _REACH and end > x1 + _REACH for start, end in _joined(level)):
            heights.append(y)
    kept: list[float] = []
    for y in heights:
        # Two edges without text between them part the same rows.
        if any((kept[-1] if kept else float("-inf")) < f.middle < y for f in band):
            kept.append(y)
    return [y for y in kept if any(f.middle > y for f in band)]


def table_regions(
    band: Sequence[Fragment], x0: float, x1: float, edges: Sequence[Edge]
) -> list[Region]:
    """Return the tables in a band beside a gutter, and the text between them.

    A line that runs across the columns, with the lines close to it that stand on the left
    alone, is text between two tables.
    """
    rows = lines(band)
    two_sided = [row for row in rows if row[0].x1 <= x0 + 0.1 and row[-1].x0 >= x1 - 0.1]
    columns = _columns([f for row in two_sided for f in row])
    starts = [start for start, _ in columns[1:]]
    between = [False] * len(rows)
    for i, row in enumerate(rows):
        crosses = any(f.x0 < s - 1 and f.x1 > s + 1 for f in row for s in starts)
        if crosses and row[-1].x1 <= x0 + 0.1:
            for step in (-1, 1):
                at = i
                while 0 <= at < len(rows) and rows[at][-1].x1 <= x0 + 0.1:
                    between[at] = True
                    after = at + step
                    if not 0 <= after < len(rows) or _white(rows[at], rows[after]) > 2.0:
                        break
                    at = after
    found: list[Region] = []
    group: list[Line] = []
    for i, row in enumerate(rows):
        group.append(row)
        if i + 1 == len(rows) or between[i] != between[i + 1]:
            inside = [f for line in group for f in line]
            found.append(
                Region(lines=tuple(group)) if between[i] else _table(inside, columns, edges)
            )
            group = []
    return found


def _overlap(one: Fragment, other: Fragment) -> float:
    """Return the share of the lower fragment's height at which both stand."""
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared / max(min(one.bottom - one.top, other.bottom - other.top), 0.1)


def _height(line: Line) -> float:
    return line[0].middle


def _white(one: Line, other: Line) -> float:
    """Return the white between two lines, in letter sizes."""
    upper, lower = sorted((one, other), key=_height)
    gap = min(f.top for f in lower) - max(f.bottom for f in upper)
    return gap / max(one[0].size, 1.0)


def _joined(level: Sequence[Edge]) -> list[tuple[float, float]]:
    """Return edges at one height as stretches, those that meet as one."""
    found: list[tuple[float, float]] = []
    for edge in sorted(level, key=lambda e: e.x0):
        if found and edge.x0 - found[-1][1] < _MEETING:
            found[-1] = (found[-1][0], max(found[-1][1], edge.x1))
        else:
            found.append((edge.x0, edge.x1))
    return found


def _table(
    band: Sequence[Fragment], columns: Sequence[tuple[float, float]], edges: Sequence[Edge]
) -> Region:
    groups = _ruled(band, columns, edges) or _unruled(band, columns)
    rows = []
    for group in groups:
        cells: list[list[Fragment]] = [[] for _ in columns]
        for fragment in group:
            at = sum(fragment.x0 >= start - 1 for start, _ in columns) - 1
            cells[max(at, 0)].append(fragment)
        rows.append(tuple(lines(cell) for cell in cells))
    return Region(rows=tuple(rows))


def _ruled(
    band: Sequence[Fragment], columns: Sequence[tuple[float, float]], edges: Sequence[Edge]
) -> list[list[Fragment]]:
    """Return the rows between rules; none where there are too few rules."""
    heights: list[float] = []
    for (_, end), (start, _) in zip(columns, columns[1:], strict=False):
        found = rules(band, edges, end, start)
        heights = max(heights, found, key=len)
    if not heights:
        return []
    groups: list[list[Fragment]] = [[] for _ in range(len(heights) + 1)]
    for fragment in band:
        groups[sum(y < fragment.middle for y in heights)].append(fragment)
    return [group for group in groups if group]


def _unruled(
    band: Sequence[Fragment], columns: Sequence[tuple[float, float]]
) -> list[list[Fragment]]:
    """Return rows parted by white, or else one row per line.

    Without white, a line that has no first cell goes on with the row above it.
    """
    found = lines(band)
    starts = set(row_starts(found))
    parted = len(starts) > 2
    groups: list[list[Fragment]] = []
    for line in found:
        begins = _height(line) in starts if parted else line[0].x0 < columns[0][1]
        if begins or not groups:
            groups.append(list(line))
        else:
            groups[-1].extend(line)
    return groups


def _columns(band: Sequence[Fragment]) -> list[tuple[float, float]]:
    """Return where columns begin and end: stretches of text with white between them."""
    size = sorted(f.size for f in band)[len(band) // 2]
    found: list[tuple[float, float]] = []
    for fragment in sorted(band, key=lambda f: f.x0):
        if found and fragment.x0 - found[-1][1] < MIN_GUTTER * size:
            found[-1] = (found[-1][0], max(found[-1][1], fragment.x1))
        else:
            found.append((fragment.x0, fragment.x1))
    return found
