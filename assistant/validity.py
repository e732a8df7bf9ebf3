"""Say whether a document is in force on a day, and from when its information is.

In:  what the metadata of documents say of their age; a day.
Out: the State of a document, the documents that are newer versions of it, a Dutch note for who
     reads one that is not in force; its Dating.

What the metadata leave in doubt counts as in force. Knows nothing of questions or answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from assistant.records import Dating
from ingest.versions import Version, days_as_text, days_in, find_versions, version_of


class State(StrEnum):
    """What a document is on a day."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    NO_LONGER = "no_longer"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Editions:
    """The documents of an index as versions of each other.

    Attributes:
        versions: What each document says of its age, by id.
        newer: By id, the newer versions of a document, and theirs.
    """

    versions: Mapping[str, Version] = field(default_factory=dict)
    newer: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def newer_than(self, document_id: str, day: date) -> frozenset[str]:
        """Return the newer versions of a document that have come into force by a day."""
        newer = self.newer.get(document_id, frozenset())
        return frozenset(one for one in newer if not self._begins_after(one, day))

    def state(self, document_id: str, day: date) -> State:
        """Return what a document is on a day; one that says nothing of it is in force."""
        if self.newer_than(document_id, day):
            return State.SUPERSEDED
        if document_id not in self.versions:
            return State.IN_FORCE
        until = days_in(self.versions[document_id].valid_until)
        if until is not None and until[1] < day:
            return State.NO_LONGER
        return State.NOT_YET if self._begins_after(document_id, day) else State.IN_FORCE

    def notes(self, document_ids: Iterable[str], day: date) -> tuple[str, ...]:
        """Return a Dutch line for each of these documents that is not in force on a day."""
        notes = (self._note(document_id, day) for document_id in dict.fromkeys(document_ids))
        return tuple(filter(None, notes))

    def _note(self, document_id: str, day: date) -> str:
        state = self.state(document_id, day)
        if state is State.IN_FORCE:
            return ""
        version = self.versions[document_id]
        begin, end = days_in(version.valid_from), days_in(version.valid_until)
        if state is State.NOT_YET and begin is not None:
            return f"De informatie uit “{version.title}” geldt pas vanaf {days_as_text(begin)}."
        lines = []
        if end is not None and end[1] < day:
            lines.append(
                f"De informatie uit “{version.title}” gold tot en met {days_as_text(end)}."
            )
        if state is State.SUPERSEDED:
            lines.append(f"Er is een nieuwere versie van “{version.title}”.")
        return " ".join(lines)

    def _begins_after(self, document_id: str, day: date) -> bool:
        begin = days_in(self.versions[document_id].valid_from)
        return begin is not None and begin[0] > day


def editions(
    headers: Iterable[tuple[str, str, Mapping[str, str]]], sketches: Mapping[str, bytes]
) -> Editions:
    """Return the documents as versions of each other: those that supersede, or share a title.

    Args:
        headers: Id, title and metadata of every document.
        sketches: Their sketches by id (see `ingest.duplicates`).
    """
    versions = {header[0]: version_of(*header) for header in headers}
    above: dict[str, set[str]] = {}
    for order in find_versions(versions.values(), (), sketches):
        above.setdefault(order.older, set()).add(order.newer)
    reached = {one: _reached(one, above) for one in above}
    # Of documents that supersede each other in a circle, none is the newer.
    return Editions(
        versions,
        {
            old: frozenset(new for new in found if old not in reached.get(new, ()))
            for old, found in reached.items()
        },
    )


def dating_of(metadata: Mapping[str, str]) -> Dating:
    """Return from when a document's information is, as its metadata say it."""
    fields = ("version", "date", "valid_from", "valid_until")
    return Dating(*(metadata.get(field, "") for field in fields))


def _reached(start: str, above: Mapping[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        new = above.get(waiting.pop(), set()) - reached
        reached |= new
        waiting += new
    return reached
