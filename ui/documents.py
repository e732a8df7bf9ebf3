"""Turn the list of documents into HTML.

In:  a Collection, and words to look for in titles.
Out: HTML: for each document its title, publisher, date, number of passages, original, and a
     button that opens it. Every word of a document or a user is escaped.

Knows nothing of Gradio, or of what is in a document.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.catalogue import Collection, Listing
from ingest.analysis import fold
from ui.dutch_dates import dutch_date
from ui.sources import link_html
from ui.updating_html import forget_html

MOST = 100  # documents on one page
_FEW = 8  # documents that need no search


def search_html(collection: Collection, words: str) -> str:
    """Return the form to look for a document; empty where there are few."""
    if len(collection.documents) <= _FEW:
        return ""
    field = f'<input type="search" name="words" maxlength="100" value="{escape(words)}">'
    return (
        '<form class="choose" role="search" aria-label="Een document zoeken">'
        f'<label class="subject">Zoek een document {field}</label>'
        '<button type="submit">Zoek</button></form>'
    )


def documents_html(collection: Collection, words: str, *, forgettable: bool = False) -> str:
    """Return the documents whose title or publisher has these words; all when there are none.

    Where they can be forgotten, each has a button for it, which only an editor sees.
    """
    parts = fold(words).split()
    fitting = [
        one
        for one in collection.documents
        if all(part in fold(f"{one.title} {one.publisher}") for part in parts)
    ]
    shown = fitting[:MOST]
    items = "".join(_document(one, forgettable) for one in shown)
    count = f'<p class="count" role="status">{_count(shown, fitting)}</p>'
    return f'{count}<ul class="documents">{items}</ul>' if shown else count


def _count(shown: Sequence[Listing], fitting: Sequence[Listing]) -> str:
    if not fitting:
        return "Er is geen document met deze woorden in de titel."
    if len(shown) < len(fitting):
        return f"Je ziet de eerste {len(shown)} van {len(fitting)} documenten."
    return "1 document." if len(shown) == 1 else f"{len(shown)} documenten."


def _document(listing: Listing, forgettable: bool) -> str:
    version = f"versie {listing.version}" if listing.version else ""
    passages = "1 passage" if listing.passages == 1 else f"{listing.passages} passages"
    said = [listing.publisher, version, dutch_date(listing.date), passages]
    title = escape(listing.title)
    forget = f" {forget_html(listing.id, listing.title)}" if forgettable else ""
    return (
        f'<li><h3>{title}</h3><p class="origin">'
        f"{escape(' · '.join(part for part in said if part))}</p>"
        f'<p><button type="button" class="open" data-document="{escape(listing.id)}" '
        f'aria-label="Lees het document: {title}">Lees het document</button>{forget}</p>'
        f"{link_html(listing.url, listing.source)}</li>"
    )
