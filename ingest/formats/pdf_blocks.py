"""Make blocks of the lines of a PDF.

In:  lines and tables in reading order.
Out: headings, paragraphs, list items, table rows and footnotes, each with its page.

A heading is larger than the text, or bold, or in another colour, and short.

Knows nothing of pages as pictures, columns or what repeats.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.formats.pdf_lines import TableRows, TextLine
from ingest.formats.pdf_links import links_of
from ingest.formats.pdf_tidy import CLOSED, tidied
from ingest.formats.pdf_words import unwrap, words
from ingest.formats.tables import rows
from ingest.lettered import mark_of
from ingest.records import BlockKind, DraftBlock

_BULLET = re.compile(r"[•◦▪●○■□➢►‣·∙✓\uf0b7\uf0a7\uf0d8–-]\s*(?=\S)|o\s+(?=\S)")
_DASHES = "–-"
_NUMBERED = re.compile(r"(\d{1,2})[.)]\s+(?=\S)")
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?\s+[A-ZÀ-Þ‘“'(]")
_NOTE = re.compile(r"(?:\d{1,2}|[ivx]{1,5}|\*)[.)]?\s*(?=[A-ZÀ-Þ‘“(])")

_MAX_HEADING_CHARS = 160
_MAX_HEADING_LINES = 4
_LARGER = 1.1  # times the text's size: a heading
_HEADING_LEADING = 1.75  # lines of one heading stand further apart than those of text
_MAX_STRESSED_WORDS = 14  # in a heading that is as large as the text
_ENOUGH_TEXT = 400  # characters on one size of paper that show how its running text looks
_SMALLER = 0.92  # a footnote
_SAME_SIZE = 0.07  # share by which sizes of one heading level may differ


@dataclass(frozen=True, slots=True)
class _Body:
    """How running text looks."""

    size: float
    bold: bool
    colour: int
    leading: float


def blocks(found: Sequence[TextLine | TableRows]) -> list[DraftBlock]:
    """Return the blocks of a document."""
    text_lines = [line for line in found if isinstance(line, TextLine)]
    cells = [t for table in found if isinstance(table, TableRows) for t in _texts(table)]
    known = words([*(line.text for line in text_lines), *cells])
    bodies = _bodies(text_lines)
    groups = list(_groups(found, bodies))
    sizes = _heading_sizes(bodies, groups)
    made: list[DraftBlock] = []
    indents: list[float] = []
    for group in groups:
        if isinstance(group, TableRows):
            made.extend(_rows(group, known))
            continue
        body = bodies[group[0].paper]
        if _is_loose_note_mark(group, body):
            continue
        block = _block(group, body, sizes, known)
        if block.kind is BlockKind.ITEM:
            while indents and group[0].x0 < indents[-1] - 3:
                indents.pop()
            if not indents or group[0].x0 > indents[-1] + 3:
                indents.append(group[0].x0)
            block = replace(block, level=len(indents))
        else:
            indents = []
        made.append(block)
    return tidied(made)


def _texts(table: TableRows) -> Iterator[str]:
    for row in table.rows:
        for cell in row:
            yield from cell


def _bodies(found: Sequence[TextLine]) -> dict[int, _Body]:
    """Return how running text looks on each size of paper: that of a fold-out is often larger."""
    by_paper: defaultdict[int, list[TextLine]] = defaultdict(list)
    for line in found:
        by_paper[line.paper].append(line)
    usual = _body(found)
    return {
        paper: _body(here) if sum(len(line.text) for line in here) >= _ENOUGH_TEXT else usual
        for paper, here in by_paper.items()
    }


def _body(found: Sequence[TextLine]) -> _Body:
    looks: Counter[tuple[float, bool, int]] = Counter()
    for line in found:
        looks[round(line.size * 2) / 2, line.bold, line.colour] += len(line.text)
    size, bold, colour = looks.most_common(1)[0][0] if looks else (10.0, False, 0)
    steps = Counter(
        round((below.top - line.top) / line.size, 1)
        for line, below in zip(found, found[1:], strict=False)
        if line.region == below.region and abs(line.size - size) < 0.6 and below.top > line.top
    )
    return _Body(size, bold, colour, steps.most_common(1)[0][0] if steps else 1.2)


def _groups(
    found: Iterable[TextLine | TableRows], bodies: Mapping[int, _Body]
) -> Iterator[tuple[TextLine, ...] | TableRows]:
    """Cut the lines where a block ends."""
    group: list[TextLine] = []
    for line in found:
        if isinstance(line, TableRows) or (group and _begins(group, line, bodies[line.paper])):
            if group:
                yield tuple(group)
            group = []
        if isinstance(line, TableRows):
            yield line
        else:
            group.append(line)
    if group:
        yield tuple(group)


def _begins(group: Sequence[TextLine], line: TextLine, body: _Body) -> bool:
    """Whether a line begins a new block under the lines before it."""
    last, first = group[-1], group[0]
    if line.region != last.region or line.is_parted or abs(line.size - last.size) > 0.1 * last.size:
        return True
    wide = _HEADING_LEADING if line.size > _LARGER * body.size else max(body.leading + 0.35, 1.3)
    if line.top - last.top > wide * last.size:
        return True
    if line.size < _SMALLER * body.size and all(map(_NOTE.match, (first.text, line.text))):
        return True
    if _mark(line.text) and not _is_rest(last, line):
        return True
    if _is_section(first, len(group)):
        return True
    closed = CLOSED.search(last.text) is not None
    if _mark(first.text) and first.hang > first.x0 and abs(line.x0 - first.hang) < 3:
        return False
    # A bold or coloured line above plain text is a heading; inside text it is stress.
    stands_out = (line.bold, line.colour) != (last.bold, last.colour)
    if stands_out and _is_plain(line, body) != _is_plain(last, body):
        short = last.x1 < last.right - 4 * last.size
        if short or closed:
            return True
    is_larger = line.size > _LARGER * body.size
    if _mark(first.text) and first.hang > first.x0 and line.x0 < first.hang - 2 and not is_larger:
        # Back at the mark's indent: the item is over.
        return closed or last.x1 < last.right - 6 * last.size
    return (
        closed and last.x1 < last.right - 0.25 * (last.right - last.x0) and line.text[:1].isupper()
    )


def _is_section(line: TextLine, count: int) -> bool:
    """Whether a line that is no larger than the text is a heading by its number: "4.1.2 Doel"."""
    short = line.x1 < line.right - 3 * line.size and len(line.text.split()) <= _MAX_STRESSED_WORDS
    return count == 1 and short and bool(_SECTION.match(line.text)) and line.text[-1] not in ".;,:"


def _mark(text: str) -> bool:
    return any(form.match(text) for form in (_BULLET, _NUMBERED)) or bool(mark_of(text))


def _is_rest(last: TextLine, line: TextLine) -> bool:
    """Whether a line that looks like a list item is the rest of a sentence: "artikel | 3. De"."""
    if _BULLET.match(line.text) and line.text[0] not in _DASHES:
        return False
    full = last.x1 > last.right - 3 * last.size
    return full and not CLOSED.search(last.text) and not _mark(last.text)


def _is_loose_note_mark(group: Sequence[TextLine], body: _Body) -> bool:
    """Whether lines are nothing but the small number of a note whose text stands elsewhere."""
    return group[0].size < _SMALLER * body.size and bool(
        re.fullmatch(r"\d{1,2}", " ".join(line.text for line in group))
    )


def _is_plain(line: TextLine, body: _Body) -> bool:
    return line.bold == body.bold and line.colour == body.colour


def _heading_sizes(
    bodies: Mapping[int, _Body], groups: Iterable[tuple[TextLine, ...] | TableRows]
) -> list[float]:
    """Return the sizes of headings from large to small; those that differ a hair are one."""
    sizes: list[float] = []
    texts = (group for group in groups if not isinstance(group, TableRows))
    headings = (group for group in texts if _is_heading(group, bodies[group[0].paper]))
    for size in sorted({group[0].size for group in headings}, reverse=True):
        if not sizes or size < sizes[-1] * (1 - _SAME_SIZE):
            sizes.append(size)
    return sizes


def _is_heading(group: Sequence[TextLine], body: _Body) -> bool:
    text = " ".join(line.text for line in group)
    if len(group) > _MAX_HEADING_LINES or len(text) > _MAX_HEADING_CHARS:
        return False
    if not any(char.isalpha() for char in text) or (_BULLET.match(text) and not text[0].isalpha()):
        return False
    if all(line.size > _LARGER * body.size for line in group):
        return not text.endswith((".", ";", ",")) or len(group) == 1
    if _is_section(group[0], len(group)):
        return True
    if text.endswith((".", ";", ",", ":")) or text[0].islower() or group[0].size < body.size * 0.97:
        return False
    bold = not body.bold and all(line.bold for line in group)
    coloured = all(line.colour != body.colour and line.colour for line in group)
    short = group[-1].x1 < group[-1].right - 2 * group[-1].size
    coloured = coloured and (short or text.endswith("?")) and not _mark(text)
    return (bold or coloured) and len(group) <= 2 and len(text.split()) <= _MAX_STRESSED_WORDS


def _block(
    group: Sequence[TextLine], body: _Body, sizes: Sequence[float], known: frozenset[str]
) -> DraftBlock:
    texts = [line.text for line in group]
    kind, level, ordinal, mark = BlockKind.PARAGRAPH, 0, None, None
    if _is_heading(group, body):
        smaller = sum(size * (1 - _SAME_SIZE) > group[0].size for size in sizes)
        kind, level = BlockKind.HEADING, min(1 + smaller, 6)
    elif mark := _BULLET.match(texts[0]):
        kind, level = BlockKind.ITEM, 1
    elif group[0].size < _SMALLER * body.size and (mark := _NOTE.match(texts[0])):
        kind = BlockKind.FOOTNOTE
    elif mark := _NUMBERED.match(texts[0]):
        kind, level, ordinal = BlockKind.ITEM, 1, int(mark.group(1))
    elif mark_of(texts[0]):
        kind, level = BlockKind.ITEM, 1
    if mark:
        texts[0] = texts[0][mark.end() :]
    links = links_of(piece for line in group for piece in line.links)
    return DraftBlock(kind, unwrap(texts, known), level, ordinal, group[0].page, links)


def _rows(table: TableRows, known: frozenset[str]) -> Iterator[DraftBlock]:
    grid = [[unwrap(cell, known) for cell in row] for row in table.rows]
    links = links_of(table.links)
    for text in rows(grid):
        own = tuple(link for link in links if link.label in text)
        yield DraftBlock(BlockKind.ROW, text, page=table.page, links=own)
