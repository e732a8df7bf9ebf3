"""Turn a document into a page to read: its headings, its text, a quote in it.

In:  a Document, and the span of a quote in it or none.
Out: HTML with a table of contents. The quote stands in <mark>, exactly as stored. Every word is
     escaped; no link of the text becomes a link, but the one to the original.

Knows nothing of Gradio, of citations, or of other documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby

from ingest.records import Block, BlockKind, Document, Span
from ui.dutch_dates import dutch_date
from ui.sources import link_html

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z]{2})?")
_FEWEST = 2  # headings that make a table of contents
_LISTED = 3  # levels of headings in it
_BACK = '<p><button type="button" class="back"><span aria-hidden="true">←</span> Terug</button></p>'


def reader_html(document: Document, quote: Span | None = None) -> str:
    """Return a document to read, with `quote` marked."""
    headings = _headings(document)
    language = document.metadata.get("language", "")
    lang = f' lang="{language}"' if _LANGUAGE.fullmatch(language) else ""
    origin = [document.metadata.get("publisher", ""), dutch_date(document.metadata.get("date", ""))]
    words = " · ".join(part for part in origin if part)
    return (
        f'{_BACK}<article><h2 class="title" tabindex="-1"{lang}>{escape(document.title)}</h2>'
        f'<p class="origin">{escape(words)}</p>'
        f"{link_html(document.metadata.get('url'), document.source)}{_contents(document, headings)}"
        f'<div class="words"{lang}>{"".join(_parts(document, quote))}</div></article>{_BACK}'
    )


def missing_html(message: str) -> str:
    """Return what stands in the place of a document that cannot be shown."""
    return f'{_BACK}<p class="none title" tabindex="-1">{escape(message)}</p>'


def _headings(document: Document) -> list[Block]:
    found = [block for block in document.blocks if block.kind is BlockKind.HEADING]
    is_title = found and document.text[found[0].start : found[0].end] == document.title
    return found[1:] if is_title else found


def _contents(document: Document, headings: list[Block]) -> str:
    if len(headings) < _FEWEST:
        return ""
    top = min(heading.level for heading in headings)
    items = "".join(
        f'<li class="level-{h.level - top}"><a href="#{_id(h)}">'
        f"{escape(document.text[h.start : h.end])}</a></li>"
        for h in headings
        if h.level - top < _LISTED
    )
    return (
        '<nav class="contents" aria-label="Inhoud van het document"><details open>'
        f"<summary>Inhoud</summary><ul>{items}</ul></details></nav>"
    )


def _id(block: Block) -> str:
    return f"lees-{block.start}"


def _parts(document: Document, quote: Span | None) -> Iterator[str]:
    """Yield the blocks in order; a title that the page already has is left out."""
    page = None
    shown = [
        block
        for block in document.blocks
        if block.kind is not BlockKind.HEADING
        or block.start
        or document.text[: block.end] != document.title
        or (quote and quote.start < block.end)
    ]
    for (kind, number), run in groupby(shown, key=lambda block: (block.kind, block.page)):
        if number is not None and number != page:
            page = number
            yield f'<p class="page">Pagina {number}</p>'
        texts = [(block, _marked(document, block, quote)) for block in run]
        if kind is BlockKind.ITEM:
            yield f"<ul>{''.join(_item(block, text) for block, text in texts)}</ul>"
        elif kind is BlockKind.HEADING:
            yield from (_heading(block, text) for block, text in texts)
        else:
            yield from (f'<p class="{kind.value}">{text}</p>' for _, text in texts)


def _heading(block: Block, text: str) -> str:
    level = min(6, max(1, block.level) + 1)  # one below the page's own title
    return f'<h{max(3, level)} id="{_id(block)}" tabindex="-1">{text}</h{max(3, level)}>'


def _item(block: Block, text: str) -> str:
    number = "" if block.ordinal is None else f'<span class="ordinal">{block.ordinal}.</span> '
    kind = "bullet" if block.ordinal is None else "numbered"
    return f'<li class="{kind} depth-{min(block.level, 4)}">{number}{text}</li>'


def _marked(document: Document, block: Block, quote: Span | None) -> str:
    text = document.text
    if quote is None or quote.end <= block.start or block.end <= quote.start:
        return escape(text[block.start : block.end])
    first, last = max(block.start, quote.start), min(block.end, quote.end)
    return (
        f"{escape(text[block.start : first])}<mark>{escape(text[first:last])}</mark>"
        f"{escape(text[last : block.end])}"
    )
