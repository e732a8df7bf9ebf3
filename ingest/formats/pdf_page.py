"""Read what stands on one PDF page, and where.

In:  a page opened by pypdfium2.
Out: fragments (pieces of a line in one style) and horizontal edges, with y growing downwards.

Knows nothing of reading order, paragraphs or what repeats on other pages.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.formats.pdf_edges import Edge, shapes
from ingest.formats.pdf_links import LinkPiece, link_pieces
from ingest.formats.pdf_visible import Box, paper, shown
from ingest.formats.raised import raised

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

# pdfium marks a hyphen at a line's end by one of these.
_LINE_END_HYPHENS = frozenset({0x02, 0xFFFE})
_BOLD_WEIGHT = 600
_SPACE_GAP = 0.18  # of the letter size: a wider gap parts words
_FRAGMENT_GAP = 0.7  # a wider one may be the space between columns
_RAISED = 0.78  # a digit this much smaller than its line is the number of a note
_MARK_CHARS = 3  # as many as a list mark may have: "10."


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a line: its place in points from the top left, and how it looks.

    `hang` is where the second word begins if the first is as short as a list mark, else `x0`.
    """

    text: str
    x0: float
    hang: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool
    colour: int

    @property
    def middle(self) -> float:
        """Half-way its height."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its number from 1; it is drawn where images or shapes stand for its words."""

    number: int
    height: float
    fragments: tuple[Fragment, ...]
    edges: tuple[Edge, ...]
    has_images: bool
    is_drawn: bool
    links: tuple[LinkPiece, ...] = ()

    @property
    def letters(self) -> int:
        """The number of letters on the page."""
        return sum(char.isalpha() for fragment in self.fragments for char in fragment.text)


@dataclass(frozen=True, slots=True)
class _Look:
    bold: bool
    colour: int
    angle: int


@dataclass(frozen=True, slots=True)
class _Char:
    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    look: _Look


def read_page(page: PdfPage, number: int) -> Page:
    """Return the text and the edges of one page, turned upright."""
    width, height = page.get_size()
    chars = list(_chars(page))
    turns = Counter(char.look.angle for char in chars if char.text != " ")
    # Wide tables often stand on pages whose text is turned as a whole.
    upright = turns.most_common(1)[0][0] if turns else 0
    main = [_turned(char, upright) for char in chars if char.look.angle == upright]
    aside = [_turned(c, c.look.angle) for c in chars if c.look.angle != upright]
    fragments = _fragments(main, lowest=0.0)
    if aside:
        # Text along a margin comes last: it belongs to no line of the page.
        end = max((f.bottom for f in fragments), default=0.0)
        fragments += _fragments(aside, lowest=end + 50.0)
    drawn = shapes(page, upright=upright == 0)
    letters = sum(char.text.isalpha() for char in chars)
    return Page(
        number,
        max(height, width),
        tuple(fragments),
        drawn.edges,
        drawn.images > 0,
        drawn.stand_for_text(letters),
        link_pieces(page, main) if upright == 0 else (),
    )


def _chars(page: PdfPage) -> Iterator[_Char]:
    import pypdfium2.raw as pdfium

    text_page = page.get_textpage()
    handle = text_page.raw
    box = pdfium.FS_RECTF()
    sheet = paper(page)
    looks: dict[int | None, tuple[_Look, Box]] = {None: (_Look(False, 0, 0), sheet)}
    look, seen = looks[None]
    for i in range(pdfium.FPDFText_CountChars(handle)):
        code = pdfium.FPDFText_GetUnicode(handle, i)
        if code in {0, 10, 13} or not pdfium.FPDFText_GetLooseCharBox(handle, i, box):
            continue
        # Spaces that pdfium adds itself belong to no text object.
        text_object = pdfium.FPDFText_GetTextObject(handle, i)
        key = ctypes.cast(text_object, ctypes.c_void_p).value
        x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        if key is not None:
            if key not in looks:
                looks[key] = _look(handle, i), shown(text_object, x, y, sheet)
            look, seen = looks[key]
        if not seen.holds(x, y):
            continue
        text = "-" if code in _LINE_END_HYPHENS else chr(code)
        if 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            continue
        yield _Char(text, box.left, box.right, -box.top, -box.bottom, look)
    text_page.close()


def _look(handle: object, index: int) -> _Look:
    import pypdfium2.raw as pdfium

    name = ctypes.create_string_buffer(200)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(handle, index, name, 200, flags)
    font = name.value.decode("utf-8", "replace").lower()
    weight = pdfium.FPDFText_GetFontWeight(handle, index)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium.FPDFText_GetFillColor(handle, index, red, green, blue, alpha)
    # Shades that the eye takes for one colour count as one, and near-black as black.
    shades = [value >> 5 for value in (red.value, green.value, blue.value)]
    colour = 0 if max(shades) < 2 else shades[0] << 10 | shades[1] << 5 | shades[2]
    quarter_turns = round(pdfium.FPDFText_GetCharAngle(handle, index) / 1.5707963)
    bold = weight >= _BOLD_WEIGHT or "bold" in font or "black" in font or "heavy" in font
    return _Look(bold, colour, max(quarter_turns, 0) % 4)


def _turned(char: _Char, angle: int) -> _Char:
    """Return a character turned back by quarter turns."""
    if not angle:
        return char
    x0, x1, top, bottom = char.x0, char.x1, char.top, char.bottom
    for _ in range(angle):
        x0, x1, top, bottom = -bottom, -top, x0, x1
    return _Char(char.text, x0, x1, top, bottom, char.look)


def _fragments(chars: list[_Char], *, lowest: float) -> list[Fragment]:
    found: list[Fragment] = []
    seen: set[tuple[str, int, int]] = set()
    run: list[_Char] = []
    for char in [*chars, None]:
        if char is not None and (not run or _continues(run, char)):
            run.append(char)
            continue
        if run and (fragment := _fragment(run, lowest)):
            # Shadows and imitated bold print the same words twice.
            key = (fragment.text, round(fragment.x0 / 3), round(fragment.top / 3))
            if key not in seen:
                seen.add(key)
                found.append(fragment)
        run = [char] if char is not None else []
    return found


def _continues(run: list[_Char], char: _Char) -> bool:
    last = run[-1]
    size = max(last.bottom - last.top, char.bottom - char.top)
    overlap = min(last.bottom, char.bottom) - max(last.top, char.top)
    smallest = min(last.bottom - last.top, char.bottom - char.top)
    printed = next((c for c in reversed(run) if c.text != " "), last)
    gap = char.x0 - printed.x1
    # Both letters of a joined sign ("tt", "fi") have the place of the whole sign.
    if char.text == " " or (abs(char.x0 - last.x0) < 0.5 and abs(char.x1 - last.x1) < 0.5):
        return overlap > 0.4 * smallest
    return overlap > 0.4 * smallest and -0.5 * size < gap < _FRAGMENT_GAP * size


def _fragment(run: list[_Char], lowest: float) -> Fragment | None:
    printed = [char for char in run if not char.text.isspace()]
    if not printed:
        return None
    sizes = Counter(round(char.bottom - char.top, 1) for char in printed)
    size = sizes.most_common(1)[0][0]
    text, digits, last = "", "", None
    for char in run:
        small = char.bottom - char.top < _RAISED * size
        if small and text.strip() and char.text.isdigit() and char.bottom < printed[0].bottom:
            # The number of a note would stick to the word before it.
            digits, last = digits + char.text, char
            continue
        text, digits = text + raised(text, digits), ""
        if last is not None and char.x0 - last.x1 > _SPACE_GAP * size:
            text += " "
        text += char.text
        last = char
    text += raised(text, digits)
    looks = Counter((char.look.bold, char.look.colour) for char in printed)
    bold, colour = looks.most_common(1)[0][0]
    # A large sign at the start ("!") must not make the line as tall as itself.
    plain = [char for char in printed if 0.85 * size <= char.bottom - char.top <= 1.15 * size]
    return Fragment(
        " ".join(text.split()),
        min(char.x0 for char in printed),
        _hang(run, printed),
        max(char.x1 for char in printed),
        min(char.top for char in plain) + lowest,
        max(char.bottom for char in plain) + lowest,
        size,
        bold,
        colour,
    )


def _hang(run: list[_Char], printed: list[_Char]) -> float:
    """Return where the text behind a list mark begins."""
    for i, (one, other) in enumerate(zip(printed, printed[1:], strict=False)):
        wide = other.x0 - one.x1 > _SPACE_GAP * (one.bottom - one.top)
        if i < _MARK_CHARS and (wide or run[run.index(one) + 1].text == " "):
            return other.x0
    return printed[0].x0
