"""Read Markdown.

In:  the bytes of a Markdown file, with or without front matter.
Out: a Draft: headings, paragraphs, list items, table rows and footnotes without markup;
     front matter as metadata, link targets on their block.

Knows nothing of offsets, cleaning or splitting, nor of what site generators add
(markdown_sites.py).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ingest.errors import FileError
from ingest.formats.encoding import decode
from ingest.formats.markdown_sites import without_site_marks
from ingest.formats.tables import row_text
from ingest.records import BlockKind, Draft, DraftBlock, Link

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_HIDDEN = re.compile(r"<!--.*?-->|<(script|style|template)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_FOOTNOTE_START = re.compile(r"^\[(\^[^\]\n]+\]:)", re.MULTILINE)
_FOOTNOTE = re.compile(r"^\[\^[^\]]+\]:\s*")
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]]+\]")


def read(content: bytes) -> Draft:
    """Return the blocks and metadata of a Markdown file.

    Raises:
        FileError: If the front matter is not readable.
    """
    from markdown_it import MarkdownIt

    text = decode(content)
    metadata, body = _split_front_matter(text)
    # Indented code is switched off: in policy documents an indent is layout, not a program.
    parser = MarkdownIt("commonmark", {"html": True}).enable("table").disable("code")
    return Draft(tuple(_blocks(parser.parse(_prepared(body)))), metadata)


def _split_front_matter(text: str) -> tuple[dict[str, str], str]:
    import yaml

    match = _FRONT_MATTER.match(text)
    if match is None:
        return {}, text
    try:
        # Every value as it is written: "id: 007" and "date: 2025-02-30" are text here.
        loaded = yaml.load(match.group(1), Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as problem:
        raise FileError(
            "De gegevens boven aan het bestand (tussen de regels met ---) zijn niet leesbaar.",
            "Kijk of elke regel eruitziet als 'naam: waarde' en of aanhalingstekens sluiten.",
        ) from problem
    if loaded is None:
        return {}, text[match.end() :]
    if not isinstance(loaded, dict):
        return {}, text  # a text between two rules, not metadata
    return {str(name): _plain(value) for name, value in loaded.items()}, text[match.end() :]


def _plain(value: object) -> str:
    """Return a value or a list of values as text; what is nested deeper is not metadata."""
    items = value if isinstance(value, list) else [value]
    return ", ".join(item for item in items if isinstance(item, str))


def _prepared(body: str) -> str:
    text = without_site_marks(_HIDDEN.sub("", body))
    # A footnote must not be read as the address of a link, nor run on from the one above it.
    return _FOOTNOTE_START.sub(r"\n\\[\1", text)


def _blocks(tokens: Sequence[Token]) -> Iterator[DraftBlock]:
    place = _Place()
    for position, token in enumerate(tokens):
        if token.type == "table_open":
            yield from _table(tokens[position:])
        elif token.type == "inline" and not place.in_table:
            yield from _text_block(token, place)
        elif token.type in {"fence", "html_block"}:
            is_html = token.type == "html_block"
            text = html.unescape(_TAG.sub(" ", token.content)) if is_html else token.content
            if _collapse(text):
                yield DraftBlock(BlockKind.PARAGRAPH, _collapse(text))
        place.step(token)


class _Place:
    """Where in the document the walk is: in which heading, lists and table."""

    def __init__(self) -> None:
        self.heading_level = 0
        self.in_table = False
        self.fresh_item = False  # the next text is the first of its list item
        self.ordinals: list[int | None] = []  # per open list, the number of its current item

    def step(self, token: Token) -> None:
        """Take one token into account."""
        opens = token.nesting > 0
        name = token.type.rsplit("_", 1)[0]
        if name == "heading":
            self.heading_level = int(token.tag[1]) if opens else 0
        elif name == "table":
            self.in_table = opens
        elif name in {"bullet_list", "ordered_list"}:
            self._list(token, opens)
        elif name == "list_item":
            self.fresh_item = opens
            last = self.ordinals[-1]
            if opens and last is not None:
                self.ordinals[-1] = last + 1
        elif token.type == "inline":
            self.fresh_item = False

    def _list(self, token: Token, opens: bool) -> None:
        if not opens:
            self.ordinals.pop()
        elif token.type.startswith("ordered"):
            self.ordinals.append(int(token.attrs.get("start", 1)) - 1)
        else:
            self.ordinals.append(None)


def _text_block(token: Token, place: _Place) -> Iterator[DraftBlock]:
    if place.heading_level:
        yield from _block(token, BlockKind.HEADING, level=place.heading_level)
    elif place.fresh_item:
        level, ordinal = len(place.ordinals), place.ordinals[-1]
        yield from _block(token, BlockKind.ITEM, level=level, ordinal=ordinal)
    else:
        yield from _block(token, BlockKind.PARAGRAPH)


def _block(
    token: Token, kind: BlockKind, *, level: int = 0, ordinal: int | None = None
) -> Iterator[DraftBlock]:
    text, links = _inline(token)
    if not text:
        return
    if _FOOTNOTE.match(text):
        kind, level, ordinal = BlockKind.FOOTNOTE, 0, None
        text = _FOOTNOTE.sub("", text)
    text = _FOOTNOTE_MARK.sub("", text)
    if text:
        yield DraftBlock(kind, text, level, ordinal, links=links)


def _inline(token: Token) -> tuple[str, tuple[Link, ...]]:
    parts: list[str] = []
    links: list[Link] = []
    open_link: tuple[str, int] | None = None
    for child in token.children or []:
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"} or _is_line_break(child):
            parts.append(" ")
        elif child.type == "link_open":
            open_link = (str(child.attrGet("href") or ""), len(parts))
        elif child.type == "link_close" and open_link is not None:
            url, first = open_link
            links.append(Link(_collapse("".join(parts[first:])), url))
            open_link = None
    return _collapse("".join(parts)), tuple(links)


def _is_line_break(token: Token) -> bool:
    return token.type == "html_inline" and token.content.lower().startswith("<br")


def _table(tokens: Sequence[Token]) -> Iterator[DraftBlock]:
    header: list[str] = []
    cells: list[tuple[str, tuple[Link, ...]]] = []
    in_header = False
    for token in tokens:
        if token.type == "table_close":
            return
        if token.type == "thead_open":
            in_header = True
        elif token.type == "thead_close":
            in_header = False
        elif token.type == "inline":
            cells.append(_inline(token))
        elif token.type == "tr_close":
            if in_header:
                header = [text for text, _ in cells]
            elif text := row_text(header, [text for text, _ in cells]):
                yield DraftBlock(
                    BlockKind.ROW, text, links=tuple(link for _, links in cells for link in links)
                )
            cells = []


def _collapse(text: str) -> str:
    return " ".join(text.split())
