"""Turn a citation into a source card in HTML.

In:  a Citation and the Document it is in.
Out: a card that says where the quote stands and shows it in <mark>, exactly
     `document.text[start:end]`, between the words around it. Every word is escaped; a link
     goes to http or https only.

Knows nothing of answers, of Gradio or of the page that the card is on.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import urlsplit

from assistant.records import Citation
from ingest.records import Document
from ui.dutch_dates import dated
from ui.surroundings import surroundings


def source_html(citation: Citation, document: Document | None, *, element_id: str) -> str:
    """Return the card of one source: where it stands, and the quote between its neighbours."""
    title_id = f"{element_id}-titel"
    where = [" › ".join(below_title(citation))]
    if citation.page is not None:
        where.append(f"pagina {citation.page}")
    metadata = document.metadata if document else {}
    origin = [metadata.get("publisher", ""), dated(citation.dating)]
    return (
        f'<section class="source" id="{element_id}" tabindex="-1" hidden '
        f'aria-labelledby="{title_id}"><div class="source-top">'
        f'<p class="source-number">Bron {citation.number}</p>'
        f'<button type="button" class="close" aria-label="Sluit bron {citation.number}">'
        '<span aria-hidden="true">✕</span></button></div>'
        f'<h3 id="{title_id}">{escape(citation.title)}</h3>'
        f"{_line('origin', origin)}{_line('where', where)}"
        f"{_quote_html(citation, document)}{_open_html(citation, document)}"
        f"{link_html(citation.url, citation.source)}</section>"
    )


def below_title(citation: Citation) -> tuple[str, ...]:
    """Return the headings above a quote without the one that repeats the title."""
    repeats = citation.headings[:1] == (citation.title,)
    return citation.headings[1:] if repeats else citation.headings


def web_address(url: str | None) -> str | None:
    """Return `url` when it is a plain http or https address, else None.

    Example:
        >>> web_address("https://www.nji.nl/a"), web_address("javascript:alert(1)")
        ('https://www.nji.nl/a', None)
    """
    if not url or not url.isprintable() or " " in url:
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and host else None


def _line(name: str, parts: Sequence[str]) -> str:
    words = " · ".join(part for part in parts if part)
    return f'<p class="{name}">{escape(words)}</p>' if words else ""


def _quote_html(citation: Citation, document: Document | None) -> str:
    quote = f"<mark>{escape(citation.quote)}</mark>"
    if document is None or document.text[citation.start : citation.end] != citation.quote:
        note = "Deze bron is veranderd of weggehaald sinds dit antwoord."
        return f'<blockquote>{quote}</blockquote><p class="changed">{note}</p>'
    first, last = surroundings(document, citation.start, citation.end)
    before = ("… " if first else "") + document.text[first : citation.start]
    after = document.text[citation.end : last] + (" …" if last < len(document.text) else "")
    return f"<blockquote>{escape(before)}{quote}{escape(after)}</blockquote>"


def link_html(url: str | None, source: str) -> str:
    """Return a link to the original at `url`; the name of the file where there is none."""
    address = web_address(url)
    if address is None:
        return f'<p class="file">Bestand: {escape(source)}</p>'
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    return (
        f'<p><a class="to-original" href="{escape(address)}" target="_blank" '
        f'rel="noopener noreferrer">Naar het origineel op {escape(host)} '
        '<span aria-hidden="true">↗</span>'
        '<span class="unseen"> (opent in een nieuw tabblad)</span></a></p>'
    )


def _open_html(citation: Citation, document: Document | None) -> str:
    if document is None or document.text[citation.start : citation.end] != citation.quote:
        return ""
    return (
        f'<p><button type="button" class="open" data-document="{escape(citation.document_id)}" '
        f'data-start="{citation.start}" data-end="{citation.end}">Open het document</button></p>'
    )
