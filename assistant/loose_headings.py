"""Tell the headings of a document that does not mark them.

In:  a document and a block of it.
Out: whether the block is a heading for who reads it.

Web pages and notes often have headings as loose lines: short, without a full stop, above a
paragraph of sentences. Taken for statements they would answer what only the text below them
answers. Passages are not cut at them: that was measured, and finds less.

Knows nothing of questions or statements.
"""

from __future__ import annotations

import re

from ingest.records import Block, BlockKind, Document

_MOST_WORDS, _MOST_CHARACTERS = 12, 90
_FEWEST_WORDS = 5  # in the paragraph below it
_LEVEL = 6  # below every heading that is marked
_CLOSED = re.compile(r"[.!?:;,…]['\"”’)\]]*$")
_SENTENCES = re.compile(r"[.!?:]['\"”’)\]]*$")
_GOES_ON = re.compile(r"[:,]$")
_LABEL = re.compile(r"[\w-]+(?: [\w-]+)?: ")  # "Periode: mei 2025" tells something itself


def heading_level(document: Document, number: int) -> int:
    """Return the level of the heading that block `number` is, 0 where it is none."""
    block = document.blocks[number]
    if block.kind is BlockKind.HEADING:
        return block.level
    return _LEVEL if _is_loose_heading(document, number) else 0


def _is_loose_heading(document: Document, number: int) -> bool:
    if document.blocks[number].kind is not BlockKind.PARAGRAPH:
        return False
    if number + 1 == len(document.blocks):
        return False
    text, below = (_text(document, document.blocks[n]) for n in (number, number + 1))
    is_line = (
        text[:1].isupper()
        and len(text) <= _MOST_CHARACTERS
        and len(text.split()) <= _MOST_WORDS
        and (_CLOSED.search(text) is None or _asks(text))
        and _LABEL.match(text) is None
    )
    if not is_line:
        return False
    is_above = (
        document.blocks[number + 1].kind is BlockKind.PARAGRAPH
        and len(below.split()) >= _FEWEST_WORDS
        and _SENTENCES.search(below) is not None
    )
    goes_on = number > 0 and _GOES_ON.search(_text(document, document.blocks[number - 1]))
    return is_above and not goes_on


def _asks(text: str) -> bool:
    """Tell whether a line is one question and nothing more."""
    return text.endswith("?") and re.search(r"[.!?:;]\s", text) is None


def _text(document: Document, block: Block) -> str:
    return document.text[block.start : block.end]
