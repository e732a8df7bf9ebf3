"""Put the lines of all pages in reading order, without what pages repeat.

In:  pages with fragments and edges.
Out: lines and table rows in reading order.

Knows nothing of paragraphs or headings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.formats.pdf_edges import Edge
from ingest.formats.pdf_layout import regions
from ingest.formats.pdf_links import LinkPiece
from ingest.formats.pdf_page import Fragment, Page
from ingest.formats.pdf_tables import Line, Region, lines

# Running heads and page numbers stand in these parts of a page.
_HEAD = 0.12
_FOOT = 0.88
_BESIDE = 3.0  # points by which a rule or a box is wider than the text in it
_REPEATED = 0.4  # share of the pages; left and right pages may differ
_PAGE_NUMBER = re.compile(
    r"(?:pagina|page|blz\.?|p\.)?\s*[-–]?\s*(\d{1,4})\s*[-–]?(?:\s*(?:/|\||van|of)\s*\d{1,4})?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a column: its words, its place and its look.

    Attributes:
        text: Its words.
        page: Page number from 1.
        region: Number of its column, counted over the document.
        x0: Where it begins.
        x1: Where it ends.
        hang: Where its text begins behind a list mark; else `x0`.
        top: Top of its letters.
        bottom: Bottom of its letters.
        size: Height of most of its letters.
        bold: Whether most of it is bold.
        colour: Colour of most of it.
        right: Where the column ends.
        links: The pieces of links in it, from left to right.
        is_parted: Whether a rule, or the side of a box, parts it from the line above.
        paper: The length of its page.
    """

    text: str
    page: int
    region: int
    x0: float
    x1: float
    hang: float
    top: float
    bottom: float
    size: float
    bold: bool
    colour: int
    right: float
    links: tuple[LinkPiece, ...] = ()
    is_parted: bool = False
    paper: int = 0


@dataclass(frozen=True, slots=True)
class TableRows:
    """A table: per row its cells, per cell its lines of text; and the pieces of links in it."""

    rows: tuple[tuple[tuple[str, ...], ...], ...]
    page: int
    links: tuple[LinkPiece, ...] = ()


def reading_order(pages: Sequence[Page]) -> list[TextLine | TableRows]:
    """Return all lines and tables, page by page, column by column."""
    repeated = _repeated(pages)
    found: list[TextLine | TableRows] = []
    number = 0
    for page in pages:
        kept = [
            f
            for f in page.fragments
            # A list mark whose words are an image says nothing.
            if (page.number, id(f)) not in repeated and not (page.is_drawn and len(f.text) < 2)
        ]
        for region in regions(kept, page.edges):
            number += 1
            if region.rows:
                inside = [f for row in region.rows for cell in row for line in cell for f in line]
                found.append(TableRows(_cells(region), page.number, _links_in(inside, page)))
            right = max((line[-1].x1 for line in region.lines), default=0.0)
            above: TextLine | None = None
            for line in region.lines:
                read = text_line(line, page.number, number, right)
                parted = above is not None and _is_parted(above, read, page.edges)
                above = replace(
                    read, links=_links_in(line, page), is_parted=parted, paper=round(page.height)
                )
                found.append(above)
    return found


def _is_parted(above: TextLine, below: TextLine, edges: Sequence[Edge]) -> bool:
    """Whether an edge runs between two lines that is wider than both: an underline is not."""
    x0, x1 = min(above.x0, below.x0) - _BESIDE, max(above.x1, below.x1) + _BESIDE
    high, low = (above.top + above.bottom) / 2, (below.top + below.bottom) / 2
    return any(high < edge.y < low and edge.x0 <= x0 and edge.x1 >= x1 for edge in edges)


def _links_in(fragments: Iterable[Fragment], page: Page) -> tuple[LinkPiece, ...]:
    """Return the pieces of links that stand in some fragments of a page."""
    return tuple(
        piece
        for fragment in fragments
        for piece in page.links
        if fragment.top <= piece.middle <= fragment.bottom
        and fragment.x0 - 1 <= piece.x0 < fragment.x1
    )


def text_line(line: Line, page: int, region: int, right: float) -> TextLine:
    """Return fragments at one height as a line."""
    weights: Counter[tuple[float, bool, int]] = Counter()
    for fragment in line:
        weights[fragment.size, fragment.bold, fragment.colour] += len(fragment.text)
    size, bold, colour = weights.most_common(1)[0][0]
    return TextLine(
        " ".join(joined(line)),
        page,
        region,
        line[0].x0,
        max(fragment.x1 for fragment in line),
        line[1].x0 if len(line) > 1 and len(line[0].text) <= 3 else line[0].hang,
        min(fragment.top for fragment in line),
        max(fragment.bottom for fragment in line),
        size,
        bold,
        colour,
        right,
    )


def joined(line: Iterable[Fragment]) -> list[str]:
    """Return the words of a line; pieces that touch are parts of one word."""
    texts: list[str] = []
    last: Fragment | None = None
    for fragment in line:
        gap = 0.0 if last is None else (fragment.x0 - last.x1) / fragment.size
        if last is not None and -0.5 < gap < 0.1:
            texts[-1] += fragment.text
        else:
            texts.append(fragment.text)
        last = fragment
    return texts


def _cells(region: Region) -> tuple[tuple[tuple[str, ...], ...], ...]:
    return tuple(
        tuple(tuple(" ".join(joined(line)) for line in cell) for cell in row) for row in region.rows
    )


def _repeated(pages: Sequence[Page]) -> set[tuple[int, int]]:
    """Return the fragments of lines that stand in the head or foot of most pages."""
    found: set[tuple[int, int]] = set()
    places: dict[tuple[str, int], list[tuple[int, Line]]] = {}
    for page in pages:
        # Heights count downwards from the top of the paper, which is at minus its height.
        for line in lines(page.fragments):
            height = (line[0].middle + page.height) / page.height
            if _HEAD < height < _FOOT:
                continue
            shown = " ".join(fragment.text for fragment in line)
            text = re.sub(r"\d+", "#", shown).lower()
            if (own := _PAGE_NUMBER.fullmatch(shown)) and int(own.group(1)) == page.number:
                found.update((page.number, id(fragment)) for fragment in line)
            places.setdefault((text, round(height * 50)), []).append((page.number, line))
    for (text, place), here in places.items():
        # The same line may stand a hair higher on other pages.
        near = [n for step in (-1, 0, 1) for n, _ in places.get((text, place + step), [])]
        if len(set(near)) >= max(2, _REPEATED * len(pages)):
            found.update((number, id(fragment)) for number, line in here for fragment in line)
    return found
