"""The tab with the documents: a list, and a reader.

In:  Gradio, an assistant.
Out: the components of the tab.

Knows nothing of what a list or a document looks like.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from assistant.catalogue import Collection
from ingest.errors import DocumentMissingError
from ingest.records import Document, Span
from ui import editing_tab
from ui.documents import documents_html, search_html
from ui.reader import missing_html, reader_html
from ui.updating import Updating
from ui.wiring import IN_TURN, WAIT, fill, html, shown, with_data


class Documents(Protocol):
    """What the tab needs of an assistant."""

    def collection(self) -> Collection:
        """Return what documents there are."""
        ...

    def document(self, document_id: str) -> Document:
        """Return a document of the index."""
        ...


def build(gr: Any, assistant: Documents, updating: Updating | None = None) -> None:  # noqa: ANN401
    """Make the tab where it is called; without `updating` nobody takes documents in."""
    with gr.Column(elem_id="bronnenlijst"):
        html(gr, "<h2>Bronnen</h2>")
        form = html(gr, "", "opened.js", elem_id="bronnen-zoeken")
        listed = html(gr, WAIT, elem_id="bronnen")
        if updating is not None:
            editing_tab.build(gr, updating)
    reader = html(gr, "", "reader.js", elem_id="lezer")

    def make(sent: Mapping[str, str]) -> tuple[str, str]:
        words, collection = sent.get("words", "")[:100], assistant.collection()
        return search_html(collection, words), documents_html(
            collection, words, forgettable=updating is not None
        )

    fill(gr, form, listed, lambda: assistant.collection().generation, make)
    reader.select(with_data(gr, lambda sent: _read(assistant, sent)), outputs=[reader], **IN_TURN)


def _read(assistant: Documents, sent: Mapping[str, str]) -> str:
    def page() -> str:
        try:
            document = assistant.document(sent.get("document", ""))
        except DocumentMissingError:
            return missing_html("Dit document staat niet meer in de bronnen.")
        return reader_html(document, _quote(document, sent))

    # A document that is opened again must show again: a page that is the same says nothing.
    turn = sent.get("turn", "")
    return f"{shown(page)}<!-- {turn if turn.isdecimal() else ''} -->"


def _quote(document: Document, sent: Mapping[str, str]) -> Span | None:
    start, end = sent.get("start", ""), sent.get("end", "")
    if not (start.isdecimal() and end.isdecimal() and max(len(start), len(end)) < 12):
        return None
    is_inside = int(start) < int(end) <= len(document.text)
    return Span(int(start), int(end)) if is_inside else None
