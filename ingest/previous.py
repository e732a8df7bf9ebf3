"""The generation that answers while the next one is built.

In:  the data folder.
Out: its manifest and recipe, and whether the next one can begin as a copy of it.

Knows nothing of files, or of how a generation is built.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest import generations
from ingest.embedding import Embedder
from ingest.errors import IndexBrokenError, IndexMissingError
from ingest.index import Index, counts_agree
from ingest.library import Entry, Library
from ingest.records import Document
from ingest.splitting import TARGET_LENGTH
from ingest.thesaurus import Concept
from ingest.uploads import read_forgotten

# Raise it when reading, splitting, analysis or a table changes: older indexes are then made anew.
FORMAT = 8


@dataclass(frozen=True, slots=True)
class Previous:
    """The generation that answers while the next one is built."""

    folder: Path
    number: int
    manifest: Mapping[str, Entry]
    schemes: Mapping[str, str]
    recipe: str
    forgotten: frozenset[str] = frozenset()

    def document(self, document_id: str) -> Document:
        """Return a document as it was."""
        with Library(self.folder / "library.sqlite") as library:
            return library.document(document_id)

    def concepts(self, source: str) -> tuple[Concept, ...]:
        """Return the concepts of one scheme."""
        with Library(self.folder / "library.sqlite") as library:
            return library.vocabulary.concepts(source)


def recipe_of(embedder: Embedder) -> str:
    """Return what an index is made by: with another recipe it is made anew."""
    return f"{FORMAT}/{TARGET_LENGTH}/{embedder.fingerprint}"


def previous_generation(data: Path) -> Previous | None:
    """Return the generation that is current; None if there is none that can be read."""
    try:
        number = generations.current(data)
    except (IndexMissingError, IndexBrokenError):  # a pointer that leads nowhere: make all anew
        return None
    folder = generations.generation_folder(data, number)
    try:
        with Library(folder / "library.sqlite") as library:
            settings = library.settings()
            recipe = settings.get("recipe", "")
            is_known = recipe.startswith(f"{FORMAT}/")  # else its tables are other ones
            schemes = library.vocabulary.versions() if is_known else {}
            forgotten = read_forgotten(settings)
            return Previous(folder, number, library.manifest(), schemes, recipe, forgotten)
    except IndexBrokenError:
        return None


def serves(previous: Previous, recipe: str) -> bool:
    """Tell whether the next generation can begin as a copy; a damaged one is made anew."""
    try:
        return previous.recipe == recipe and counts_agree(previous.folder)
    except IndexBrokenError:
        return False


def opens(previous: Previous) -> bool:
    """Tell whether all parts open: takes a second, so only where there is something to do."""
    try:
        Index.open(previous.folder).close()
    except IndexBrokenError:
        return False
    return True
