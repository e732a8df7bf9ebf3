"""The tab with what happens when.

In:  Gradio, an assistant.
Out: the components of the tab; the piece of HTML in it that asks about a milestone.

Knows nothing of what a timeline looks like.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, Protocol

from assistant.calendar import Happening
from assistant.catalogue import Collection
from ingest.errors import DocumentMissingError
from ingest.records import Document
from ui.timeline import Choice, form_html, timeline_html
from ui.wiring import WAIT, fill, html


class Milestones(Protocol):
    """What the tab needs of an assistant."""

    def happenings(self) -> tuple[Happening, ...]:
        """Return the milestones of the index in order of time."""
        ...

    def collection(self) -> Collection:
        """Return what documents there are."""
        ...

    def document(self, document_id: str) -> Document:
        """Return a document of the index."""
        ...


def build(gr: Any, assistant: Milestones) -> Any:  # noqa: ANN401
    """Make the tab where it is called; return the piece of HTML that asks questions."""
    html(gr, "<h2>Tijdlijn</h2>")
    form = html(gr, "", "opened.js", elem_id="tijdlijn-kiezen")
    timeline = html(gr, WAIT, "cards.js", "timeline.js", elem_id="tijdlijn")

    def make(sent: Mapping[str, str]) -> tuple[str, str]:
        choice = _choice(sent)
        return form_html(assistant.happenings(), choice), _timeline(assistant, choice)

    fill(gr, form, timeline, lambda: assistant.collection().generation, make)
    return timeline


def _choice(sent: Mapping[str, str]) -> Choice:
    year = sent.get("year", "")
    return Choice(
        year=int(year) if year.isdecimal() and len(year) <= 4 and int(year) > 0 else None,
        document_id=sent.get("document", ""),
        subject=sent.get("subject", "")[:100],
    )


def _timeline(assistant: Milestones, choice: Choice) -> str:
    @cache
    def document(document_id: str) -> Document | None:
        try:
            return assistant.document(document_id)
        except DocumentMissingError:  # the index changed meanwhile: the card shows its quote
            return None

    return timeline_html(assistant.happenings(), document, choice, date.today())
