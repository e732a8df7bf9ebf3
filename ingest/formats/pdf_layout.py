"""Find columns and tables on a page, and the order in which they are read.

In:  a page's fragments and edges.
Out: regions in reading order; each is a column of lines or the cells of a table.

The tallest strip of white that parts text from text is looked for first; what stands above
it, to its left, to its right and below it are then taken apart in the same way.

Knows nothing of what lines say, but for list marks.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.formats.pdf_edges import Edge
from ingest.formats.pdf_page import Fragment
from ingest.formats.pdf_tables import (
    MIN_GUTTER,
    Line,
    Region,
    lines,
    row_starts,
    rules,
    table_regions,
)

_MIN_SIDE = 3  # lines on either side of a gutter: fewer are no columns
_MIN_RAGGED = 5  # the same where the right side does not begin at one place
_MIN_CROSSED = 8  # the same where lines right above or below run across narrow white
_BETWEEN_WORDS = 2.0  # of the letter size: white that justifying may put between words
_NEXT_LINE = 0.6  # of the letter size: white between two lines of one text
_ALIGNED = 0.65  # share of lines that begin at one place
_MIN_RULED = 2  # the same where rules show that it is a table
_WIDE = 12.0  # points; more white does not make it more of a gutter
_MAX_CANDIDATES = 150
_FULL = 0.8  # of the column's width: what a line of running text takes up
_PROSE = 0.35  # share of full lines in a column of running text
_TOGETHER = 0.9  # share of cells that begin at the height of another
_SHARED = 0.6  # share of lines with a neighbour at the same height in a table
_LIST_MARK = re.compile(r"[•◦▪●○■–·\uf0b7-]$|[•◦▪●○■–·\uf0b7-]\s|[a-z\d]{1,2}[.)]\s")
_MARK_ALONE = re.compile(r"[^\w\s]|[a-z\d]{1,2}[.)]|o")


@dataclass(frozen=True, slots=True)
class _Gutter:
    x0: float
    x1: float
    left: tuple[Fragment, ...]
    right: tuple[Fragment, ...]
    crossed: bool

    @property
    def band(self) -> tuple[Fragment, ...]:
        return self.left + self.right


def regions(fragments: Sequence[Fragment], edges: Sequence[Edge]) -> list[Region]:
    """Return what is on a page in reading order."""
    if not fragments:
        return []
    gutter = _widest_gutter(fragments, edges)
    if gutter is None:
        return [Region(lines=lines(fragments))]
    band = set(map(id, gutter.band))
    top = min(f.top for f in gutter.band)
    rest = [f for f in fragments if id(f) not in band]
    above = [f for f in rest if f.middle < top]
    below = [f for f in rest if f.middle >= top]
    if _is_table(gutter, edges):
        inside = table_regions(gutter.band, gutter.x0, gutter.x1, edges)
    else:
        inside = regions(gutter.left, edges) + regions(gutter.right, edges)
    return regions(above, edges) + inside + regions(below, edges)


def _widest_gutter(fragments: Sequence[Fragment], edges: Sequence[Edge]) -> _Gutter | None:
    """Return the strip of white with the most text beside it, if there is any."""
    candidates: dict[tuple[int, int], tuple[float, float, float, float]] = {}
    for line in lines(fragments):
        for one, other in zip(line, line[1:], strict=False):
            if other.x0 - one.x1 >= MIN_GUTTER * min(one.size, other.size):
                key = (round(one.x1 / 4), round(other.x0 / 4))
                candidates.setdefault(key, (one.x1, other.x0, one.middle, one.size))
    best: _Gutter | None = None
    best_score = 0.0
    ordered = sorted(fragments, key=lambda f: f.middle)
    for x0, x1, y, size in list(candidates.values())[:_MAX_CANDIDATES]:
        gutter = _grow(ordered, x0, x1, y, size)
        score = _score(gutter, edges)
        if score > best_score:
            best, best_score = gutter, score
    return best


def _grow(ordered: Sequence[Fragment], x0: float, x1: float, y: float, size: float) -> _Gutter:
    """Extend a strip of white up and down until text crosses it."""
    narrowest = MIN_GUTTER * size
    taken: list[Fragment] = []
    crossing: list[Fragment] = []
    downwards = [f for f in ordered if f.middle >= y]
    upwards = [f for f in reversed(ordered) if f.middle < y]
    for direction in (downwards, upwards):
        for fragment in direction:
            if fragment.x0 < x1 and fragment.x1 > x0:
                # Text that reaches a little into the strip makes it narrower.
                left_room, right_room = fragment.x0 - x0, x1 - fragment.x1
                if max(left_room, right_room) < narrowest:
                    crossing.append(fragment)
                    break
                if left_room >= right_room:
                    x1 = fragment.x0
                else:
                    x0 = fragment.x1
            taken.append(fragment)
    left = [f for f in taken if f.x1 <= x0 + 0.1]
    right = [f for f in taken if f.x0 >= x1 - 0.1]
    kept = _trimmed(left, right)
    crossed = any(_is_close(fragment, kept[0] + kept[1]) for fragment in crossing)
    return _Gutter(x0, x1, *kept, crossed)


def _is_close(fragment: Fragment, band: Sequence[Fragment]) -> bool:
    """Whether a fragment is the next line of the text in a band."""
    top, bottom = (
        min((f.top for f in band), default=0.0),
        max((f.bottom for f in band), default=0.0),
    )
    return max(fragment.top - bottom, top - fragment.bottom) < _NEXT_LINE * fragment.size


def _trimmed(
    left: list[Fragment], right: list[Fragment]
) -> tuple[tuple[Fragment, ...], tuple[Fragment, ...]]:
    """Leave out what stands alone above or below, with white between: a heading or a note."""
    if not left or not right:
        return (), ()
    top = max(min(f.top for f in left), min(f.top for f in right))
    end = min(max(f.bottom for f in left), max(f.bottom for f in right))
    kept = []
    for side in (left, right):
        down = sorted((f for f in side if f.top > end - 1), key=lambda f: f.middle)
        up = sorted((f for f in side if f.bottom < top + 1), key=lambda f: -f.middle)
        core = [f for f in side if f.top <= end - 1 and f.bottom >= top + 1]
        last = max((f.bottom for f in core), default=end)
        for fragment in down:
            if fragment.top - last > 2.5 * fragment.size:
                break
            core.append(fragment)
            last = max(last, fragment.bottom)
        first = min((f.top for f in core), default=top)
        size = min((f.size for f in core), default=side[0].size)
        for fragment in up:
            if first - fragment.bottom > 1.2 * size:
                break
            core.append(fragment)
            first = min(first, fragment.top)
        kept.append(tuple(core))
    return kept[0], kept[1]


def _score(gutter: _Gutter, edges: Sequence[Edge]) -> float:
    """Return the height over which there is text on both sides; 0 where that is too little."""
    # Numbers and bullets that hang beside their text are no column.
    if all(_MARK_ALONE.fullmatch(f.text) for f in gutter.left):
        return 0.0
    sides = [lines(gutter.left), lines(gutter.right)]
    ruled = bool(rules(gutter.band, edges, gutter.x0, gutter.x1))
    aligned = _is_aligned([line[0].x0 for line in sides[1]])
    # White through a few justified lines is chance; the lines around them show it.
    narrow = gutter.x1 - gutter.x0 < _BETWEEN_WORDS * gutter.left[0].size
    chance = narrow and gutter.crossed and not aligned
    if chance and min(map(len, sides)) < _MIN_CROSSED:
        return 0.0
    # Wide spaces in a few justified lines are no columns; a small table has rules.
    if min(map(len, sides)) < (_MIN_RULED if ruled else _MIN_SIDE if aligned else _MIN_RAGGED):
        return 0.0
    spans = [(min(f.top for f in s), max(f.bottom for f in s)) for s in (gutter.left, gutter.right)]
    height = min(end for _, end in spans) - max(top for top, _ in spans)
    return height * math.sqrt(min(gutter.x1 - gutter.x0, _WIDE))


def _is_aligned(starts: Sequence[float]) -> bool:
    """Whether lines begin at one place, or in a list at two: marks, and the text behind them."""
    places = Counter(map(round, starts)).most_common(2 if len(starts) > _MIN_SIDE else 1)
    return sum(count for _, count in places) >= _ALIGNED * len(starts)


def _is_table(gutter: _Gutter, edges: Sequence[Edge]) -> bool:
    """Whether text on both sides is to be read across."""
    if len(rules(gutter.band, edges, gutter.x0, gutter.x1)) >= 2:
        return True
    left, right = lines(gutter.left), lines(gutter.right)
    if not (_is_prose(left) and _is_prose(right)) and _start_together(left, right):
        return True
    if any(_is_prose(side) for side in (left, right)) or all(map(_is_list, (left, right))):
        return False
    heights = [line[0].middle for line in right]
    shared = sum(
        any(abs(h - line[0].middle) < 0.5 * line[0].size for h in heights) for line in left
    )
    return shared >= _SHARED * min(len(left), len(right))


def _start_together(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether pieces of text begin at the same heights on both sides, as cells of rows do."""
    fewest, most = sorted((row_starts(left), row_starts(right)), key=len)
    if len(fewest) < _MIN_SIDE:
        return False
    near = 0.5 * left[0][0].size
    together = sum(any(abs(y - other) < near for other in most) for y in fewest)
    return together >= _TOGETHER * len(fewest)


def _is_prose(side: Sequence[Sequence[Fragment]]) -> bool:
    """Whether lines fill their column, as running text does."""
    start = min(line[0].x0 for line in side)
    width = max(line[-1].x1 for line in side) - start
    size = side[0][0].size
    # A row of a table may end at the right as well, but has white in it.
    full = sum(
        line[-1].x1 - start >= _FULL * width and sum(f.x1 - f.x0 for f in line) >= _FULL * width
        for line in side
    )
    return len(side) >= _MIN_SIDE and width > 10 * size and full >= _PROSE * len(side)


def _is_list(side: Sequence[Sequence[Fragment]]) -> bool:
    marked = sum(_LIST_MARK.match(line[0].text) is not None for line in side)
    return marked >= 0.4 * len(side)
