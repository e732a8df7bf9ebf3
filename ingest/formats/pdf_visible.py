"""Tell which text of a PDF page a person can see.

In:  a page and its text objects, as pdfium holds them.
Out: the part of the paper in which the text of an object shows.

A spreadsheet that is printed keeps the text that its cells cut off; a sheet of paper may hold
text beside its edge. Neither is on the page that a person reads.

Knows nothing of words or layout.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_EDGE = 2.0  # points: letters at the edge are seen, if not whole
_MAX_PATHS = 50
_MAX_POINTS = 200


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the paper, in points from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is in it, or a hair beside it."""
        return (
            self.left - _EDGE <= x <= self.right + _EDGE
            and self.bottom - _EDGE <= y <= self.top + _EDGE
        )

    def within(self, other: Box) -> Box:
        """Return what two boxes share; nothing is left where they do not meet."""
        return Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )


def paper(page: PdfPage) -> Box:
    """Return the part of a page that is shown."""
    return Box(*page.get_bbox())


def shown(text_object: object, x: float, y: float, sheet: Box) -> Box:
    """Return where on the sheet an object shows, given the place of one of its letters."""
    import pypdfium2.raw as pdfium

    clip = pdfium.FPDFPageObj_GetClipPath(text_object)
    count = pdfium.FPDFClipPath_CountPaths(clip)
    if count < 1 or not _bounds(text_object).holds(x, y):
        # Inside a form an object has coordinates of its own: what cuts it off is not known.
        return sheet
    box = sheet
    for index in range(min(count, _MAX_PATHS)):
        path = _path(clip, index)
        box = box if path is None else box.within(path)
    return box


def _bounds(text_object: object) -> Box:
    import pypdfium2.raw as pdfium

    sides = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(text_object, *sides)
    return Box(*(side.value for side in sides))


def _path(clip: object, index: int) -> Box | None:
    """Return the box around a path that cuts off what is outside it."""
    import pypdfium2.raw as pdfium

    x, y = ctypes.c_float(), ctypes.c_float()
    across, up = [], []
    for at in range(min(pdfium.FPDFClipPath_CountPathSegments(clip, index), _MAX_POINTS)):
        segment = pdfium.FPDFClipPath_GetPathSegment(clip, index, at)
        if pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            across.append(x.value)
            up.append(y.value)
    return Box(min(across), min(up), max(across), max(up)) if across else None
