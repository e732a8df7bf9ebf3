"""The records that travel from file to index.

    Draft      what a reader makes of a file: blocks of text in reading order, no offsets yet
    Document   one clean text with its blocks, each at exact character offsets
    Passage    a piece of a document that is retrieved and cited

Every record is frozen: a stage makes a new one. Offsets count characters (Python string
indices) in `Document.text`; `text[start:end]` is what a span says, always.

Knows nothing of file formats, of how text is split, or of where records are stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block of text is in its document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Link:
    """A link target with the words that carried it in the original."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class DraftBlock:
    """A block as a reader found it.

    Attributes:
        kind: What the block is.
        text: Its words, without markup. A row of a table carries its header: "Kop: cel | Kop: cel".
        level: 1 to 6 for a heading; nesting depth from 1 for an item; else 0.
        ordinal: The number that a numbered item shows, else None.
        page: Page number from 1 where the format has pages.
        links: Link targets in the block.
    """

    kind: BlockKind
    text: str
    level: int = 0
    ordinal: int | None = None
    page: int | None = None
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A file as read: blocks in reading order and the metadata of its front matter."""

    blocks: tuple[DraftBlock, ...]
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Block:
    """A block at its place in `Document.text`; see `DraftBlock` for level and ordinal."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    ordinal: int | None = None
    page: int | None = None
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One source document, clean, with its structure.

    Attributes:
        id: Front matter's `id`, else the path below the ingested folder without suffix.
        title: Front matter's `title`, else the first heading that names all of it, else the id.
        text: The stored text; every offset of the index counts in it.
        blocks: Blocks in order, not overlapping.
        source: The file's path below the ingested folder.
        metadata: What else the front matter says, by name (publisher, url, date, language,
            valid_from, valid_until, supersedes, …), as text.
    """

    id: str
    title: str
    text: str
    blocks: tuple[Block, ...]
    source: str
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a document's text: characters from `start` up to, not including, `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of one document under one heading path.

    Attributes:
        id: Stable: the same document, headings and words give the same id.
        document_id: The document it is cut from.
        start: Offset of its first character in the document's text.
        end: Offset after its last character.
        text: `document.text[start:end]`.
        headings: The headings above it, outermost first.
        page: Page on which it starts, where the format has pages.
    """

    id: str
    document_id: str
    start: int
    end: int
    text: str
    headings: tuple[str, ...] = ()
    page: int | None = None
