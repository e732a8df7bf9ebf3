"""Say what an index holds: its documents, its milestones, and how it was made.

In:  the library of a generation.
Out: a Collection, with a Listing for every document; the Happenings in order of time.

Knows nothing of questions or screens.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from assistant.calendar import Happening, happenings
from ingest.library import Library
from ingest.records import Document


@dataclass(frozen=True, slots=True)
class Listing:
    """A document as a list of documents shows it; what it does not say is empty.

    Attributes:
        id: Its id.
        title: Its title.
        source: Its file, below the ingested folder.
        passages: How many passages it has.
        publisher: Who published it.
        date: Its date, as its metadata say it.
        version: The version that it says it is.
        url: Where the original stands.
    """

    id: str
    title: str
    source: str
    passages: int
    publisher: str = ""
    date: str = ""
    version: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Collection:
    """What is in an index.

    Attributes:
        documents: Its documents, by title.
        generation: The number of the generation.
        made: When it was made: ISO date and time, empty when unknown.
        model: Fingerprint of the model that its vectors come from.
        llm: The language model that helps with answers, "" for none.
        llm_host: The other machine that it is on, "" for this one.
    """

    documents: tuple[Listing, ...]
    generation: int
    made: str
    model: str
    llm: str = ""
    llm_host: str = ""


class Catalogue:
    """What a generation holds, to be looked through instead of asked."""

    def __init__(
        self, library: Library, document: Callable[[str], Document], generation: int
    ) -> None:
        """List what is in `library`, of which `document` gives a document by its id."""
        self._library = library
        self._document = document
        self._generation = generation
        self._lock = threading.Lock()
        self._happenings: tuple[Happening, ...] | None = None

    def happenings(self) -> tuple[Happening, ...]:
        """Return the milestones in order of time; the first call reads them."""
        with self._lock:
            if self._happenings is None:
                found = self._library.all_milestones().items()
                self._happenings = happenings((self._document(name), own) for name, own in found)
            return self._happenings

    def collection(self) -> Collection:
        """Return the documents, and how the index was made."""
        entries = self._library.manifest()
        settings = self._library.settings()
        listings = [
            Listing(
                id=document_id,
                title=title,
                source=entries[document_id].source,
                passages=entries[document_id].passages,
                publisher=metadata.get("publisher", ""),
                date=metadata.get("date", ""),
                version=metadata.get("version", ""),
                url=metadata.get("url", ""),
            )
            for document_id, title, metadata in self._library.headers()
        ]
        return Collection(
            documents=tuple(sorted(listings, key=lambda one: (one.title.casefold(), one.id))),
            generation=self._generation,
            made=settings.get("made", ""),
            model=settings.get("recipe", "").split("/", 2)[-1],
        )
