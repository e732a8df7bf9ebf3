"""Documents and milestones as JSON for programs.

In:  records of the assistant; the day on which they are looked at.
Out: dictionaries in the form that README.md documents and keeps stable.

Knows nothing of commands, screens or endpoints.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from assistant.calendar import Happening, phase
from assistant.catalogue import Collection
from ingest.records import Document
from ui.output import citation_as_json


def document_as_json(document: Document) -> dict[str, Any]:
    """Return the documented form of a document with its text."""
    metadata = document.metadata
    return {
        "document": document.id,
        "title": document.title,
        "source": document.source,
        "publisher": metadata.get("publisher") or None,
        "url": metadata.get("url") or None,
        "version": metadata.get("version") or None,
        "date": metadata.get("date") or None,
        "text": document.text,
    }


def collection_as_json(collection: Collection) -> dict[str, Any]:
    """Return the documented form of what documents there are."""
    return {
        "documents": [
            {
                "document": one.id,
                "title": one.title,
                "source": one.source,
                "publisher": one.publisher or None,
                "url": one.url or None,
                "version": one.version or None,
                "date": one.date or None,
                "passages": one.passages,
            }
            for one in collection.documents
        ],
        "generation": collection.generation,
        "made": collection.made or None,
    }


def timeline_as_json(found: Iterable[Happening], today: date) -> dict[str, Any]:
    """Return the documented form of milestones, in the order they are given."""
    return {
        "milestones": [
            {
                "what": one.what,
                "when": one.when,
                "first": one.period.first and one.period.first.isoformat(),
                "last": one.period.last and one.period.last.isoformat(),
                "phase": phase(one.period, today).value,
                "explanation": one.explanation or None,
                "document": one.document_id,
                "title": one.title,
                "citations": [citation_as_json(citation) for citation in one.citations],
            }
            for one in found
        ]
    }
