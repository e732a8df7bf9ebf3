"""Find what is drawn on a PDF page: rules of tables, edges of coloured rows, images.

In:  a page opened by pypdfium2.
Out: edges, with y growing downwards, and whether drawings stand for the page's words.

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

_LINE = 40.0  # points: taller is no line of text
_FEW_LETTERS = 20  # on a page: a stamp, or the number of the page
_MOST_OF_A_PAGE = 0.5
_MANY_WORDS = 30  # drawn one by one: more than icons and logos
_WORD = 10  # letters of text for each drawn word: then the drawings are icons in a text
_MANY_SHAPES = 300


@dataclass(frozen=True, slots=True)
class Edge:
    """A horizontal line, or the top or bottom of a filled shape."""

    x0: float
    x1: float
    y: float


@dataclass(frozen=True, slots=True)
class Shapes:
    """What is drawn on a page beside its text.

    Attributes:
        edges: The horizontal edges of lines and filled shapes.
        images: The number of images.
        covered: The share of the page that images take up.
        word_images: The number of images no taller than a line of text.
        small_shapes: The number of filled shapes no larger than a letter.
    """

    edges: tuple[Edge, ...]
    images: int
    covered: float
    word_images: int
    small_shapes: int

    def stand_for_text(self, letters: int) -> bool:
        """Whether a page with so few letters shows its words as images or shapes."""
        scanned = letters < _FEW_LETTERS and self.covered > _MOST_OF_A_PAGE
        words = self.word_images >= _MANY_WORDS and letters < _WORD * self.word_images
        outlines = self.small_shapes >= _MANY_SHAPES and letters < _MANY_WORDS
        return scanned or words or outlines


def shapes(page: PdfPage, *, upright: bool) -> Shapes:
    """Return what is drawn on a page; edges only where its text stands upright."""
    import pypdfium2.raw as pdfium

    edges: list[Edge] = []
    images = word_images = small = 0
    covered = 0.0
    width, height = page.get_size()
    for shape in page.get_objects(max_depth=4):
        if shape.type not in {pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE}:
            continue
        left, bottom, right, top = shape.get_bounds()
        wide, high = right - left, top - bottom
        if shape.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            images += 1
            word_images += high < _LINE
            covered += min(wide, width) * min(high, height) / max(width * height, 1.0)
            continue
        small += max(wide, high) < _LINE
        if upright and wide >= _MIN_EDGE and len(edges) <= _MAX_EDGES:
            edges.extend(_edges(shape))
    return Shapes(tuple(edges), images, covered, word_images, small)


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
