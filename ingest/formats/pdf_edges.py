"""Find the horizontal lines on a PDF page: rules of tables, edges of coloured rows.

In:  a page opened by pypdfium2.
Out: edges, with y growing downwards, and whether the page holds images.

Knows nothing of text.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfObject, PdfPage

_MIN_EDGE = 20.0  # points; shorter edges belong to letters, marks and icons
# A drawing may hold more lines than any table; they say nothing of rows.
_MAX_EDGES = 2000
_MAX_SEGMENTS = 2000


@dataclass(frozen=True, slots=True)
class Edge:
    """A horizontal line, or the top or bottom of a filled shape."""

    x0: float
    x1: float
    y: float


def shapes(page: PdfPage, *, upright: bool) -> tuple[tuple[Edge, ...], bool]:
    """Return the horizontal edges of lines and filled shapes, and whether there are images."""
    import pypdfium2.raw as pdfium

    edges: list[Edge] = []
    images = False
    for shape in page.get_objects(max_depth=4):
        images = images or shape.type == pdfium.FPDF_PAGEOBJ_IMAGE
        if shape.type != pdfium.FPDF_PAGEOBJ_PATH or not upright or len(edges) > _MAX_EDGES:
            continue
        left, _, right, _ = shape.get_bounds()
        if right - left >= _MIN_EDGE:
            edges.extend(_edges(shape))
    return tuple(edges), images


def _edges(shape: PdfObject) -> Iterator[Edge]:
    """Yield the horizontal stretches of a path; one path may draw every row of a table."""
    import pypdfium2.raw as pdfium

    matrix = shape.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    last: tuple[float, float] | None = None
    for i in range(min(pdfium.FPDFPath_CountSegments(shape.raw), _MAX_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(shape.raw, i)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        drawn = pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_LINETO
        if drawn and last and abs(point[1] - last[1]) < 1 and abs(point[0] - last[0]) >= _MIN_EDGE:
            yield Edge(min(last[0], point[0]), max(last[0], point[0]), -point[1])
        last = point
