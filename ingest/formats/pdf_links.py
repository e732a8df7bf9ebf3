"""Find where links on a PDF page lead, and which words carry them.

In:  a page opened by pypdfium2, its letters with their places, y growing downwards.
Out: pieces of links, one a line; and the links of some lines, with whole labels.

Knows nothing of blocks. Nothing is fetched.
"""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from ingest.formats.links import clickable
from ingest.formats.pdf_words import unwrap
from ingest.records import Link

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_MAX_LINKS = 2000  # on one page
_MAX_ADDRESS = 4000  # bytes
_TALLEST = 60.0  # points: a taller link is a picture to click on
_STEP = 20.0  # points: links are looked up by the height at which they stand


class Letter(Protocol):
    """A letter and its place."""

    @property
    def text(self) -> str: ...  # noqa: D102
    @property
    def x0(self) -> float: ...  # noqa: D102
    @property
    def x1(self) -> float: ...  # noqa: D102
    @property
    def top(self) -> float: ...  # noqa: D102
    @property
    def bottom(self) -> float: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class LinkPiece:
    """The words of a link on one line, from `x0`, half-way the height `middle`."""

    url: str
    text: str
    x0: float
    middle: float


@dataclass(frozen=True, slots=True)
class _Area:
    number: int  # of its link
    x0: float
    x1: float
    top: float
    bottom: float


def link_pieces(page: PdfPage, letters: Sequence[Letter]) -> tuple[LinkPiece, ...]:
    """Return the words that carry links, in the order of the page's text."""
    urls: list[str] = []
    areas: defaultdict[int, list[_Area]] = defaultdict(list)
    for url, area in _areas(page):
        if not urls or area.number >= len(urls):
            urls.append(url)
        for step in range(int(area.top // _STEP), int(area.bottom // _STEP) + 1):
            areas[step].append(area)
    return tuple(_pieces(urls, areas, letters)) if urls else ()


def links_of(pieces: Iterable[LinkPiece]) -> tuple[Link, ...]:
    """Return whole links of the pieces of a block's lines; one may go on over several lines."""
    found: list[Link] = []
    last: LinkPiece | None = None
    for piece in pieces:
        goes_on = last is not None and abs(piece.middle - last.middle) > 1
        link = Link(piece.text, piece.url)
        found = [*joined_links(found, [link])] if goes_on else [*found, link]
        last = piece
    return tuple(found)


def joined_links(above: Sequence[Link], below: Sequence[Link]) -> tuple[Link, ...]:
    """Return the links of two lines; the last may go on as the first of the line below."""
    if not (above and below) or above[-1].url != below[0].url:
        return (*above, *below)
    label = unwrap([above[-1].label, below[0].label], ())
    return (*above[:-1], Link(label, below[0].url), *below[1:])


def _areas(page: PdfPage) -> Iterator[tuple[str, _Area]]:
    """Yield the address and the areas of every link that leads out of the document."""
    import pypdfium2.raw as pdfium

    position, link = ctypes.c_int(), pdfium.FPDF_LINK()
    number = 0
    for _ in range(_MAX_LINKS):
        if not pdfium.FPDFLink_Enumerate(page.raw, position, link):
            return
        url = _address(page, link)
        if not clickable(url):
            continue
        corners = pdfium.FS_QUADPOINTSF()
        count = pdfium.FPDFLink_CountQuadPoints(link)
        boxes = []
        for i in range(min(count, 100)):
            if pdfium.FPDFLink_GetQuadPoints(link, i, corners):
                across = (corners.x1, corners.x2, corners.x3, corners.x4)
                up = (corners.y1, corners.y2, corners.y3, corners.y4)
                boxes.append((min(across), max(across), -max(up), -min(up)))
        rect = pdfium.FS_RECTF()
        if not boxes and pdfium.FPDFLink_GetAnnotRect(link, rect):
            boxes.append((rect.left, rect.right, -rect.top, -rect.bottom))
        boxes = [box for box in boxes if 0 <= box[3] - box[2] < _TALLEST]
        for box in boxes:
            yield url, _Area(number, *box)
        number += bool(boxes)


def _address(page: PdfPage, link: object) -> str:
    import pypdfium2.raw as pdfium

    document = page.pdf.raw if page.pdf is not None else None
    action = pdfium.FPDFLink_GetAction(link)
    if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
        return ""
    size = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
    if not 1 < size < _MAX_ADDRESS:
        return ""
    held = ctypes.create_string_buffer(size)
    pdfium.FPDFAction_GetURIPath(document, action, held, size)
    return held.value.decode("utf-8", "replace").strip()


def _pieces(
    urls: Sequence[str], areas: Mapping[int, Sequence[_Area]], letters: Sequence[Letter]
) -> Iterator[LinkPiece]:
    run: list[Letter] = []
    link = -1
    for letter in letters:
        x, y = (letter.x0 + letter.x1) / 2, (letter.top + letter.bottom) / 2
        here = next(
            (
                area.number
                for area in areas.get(int(y // _STEP), ())
                if area.x0 <= x <= area.x1 and area.top <= y <= area.bottom
            ),
            -1,
        )
        lower = bool(run) and abs(y - (run[-1].top + run[-1].bottom) / 2) > 4
        if run and (here != link or lower):
            yield from _piece(urls[link], run)
            run = []
        link = here
        if here >= 0:
            run.append(letter)
    if run:
        yield from _piece(urls[link], run)


def _piece(url: str, run: Sequence[Letter]) -> Iterator[LinkPiece]:
    text = " ".join("".join(letter.text for letter in run).split())
    if text:
        yield LinkPiece(url, text, run[0].x0, (run[0].top + run[0].bottom) / 2)
