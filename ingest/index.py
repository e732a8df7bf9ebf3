"""One generation of the index, opened: library, lexical index and vectors together.

In:  the folder of a generation.
Out: its three parts, which always hold the same passages.

Knows nothing of questions, of how the parts are filled, or of other generations.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from ingest.errors import IndexBrokenError
from ingest.lexical import LexicalIndex
from ingest.library import Library
from ingest.vectors import ChromaVectors


@dataclass(frozen=True, slots=True)
class Index:
    """The parts of one generation."""

    library: Library
    lexical: LexicalIndex
    vectors: ChromaVectors

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the generation in `folder`.

        Raises:
            IndexBrokenError: If a part is missing or cannot be opened.
        """
        parts = ("library.sqlite", "lexical/meta.json", "vectors/chroma.sqlite3")
        if missing := [part for part in parts if not (folder / part).is_file()]:
            raise IndexBrokenError(
                f"Van de index mist een deel ({', '.join(missing)}).",
                "Maak hem opnieuw met: wegwijs ingest",
            )
        return cls.create(folder)

    @classmethod
    def create(cls, folder: Path) -> Self:
        """Open the generation in `folder`, making the parts that are not there yet.

        Raises:
            IndexBrokenError: If a part cannot be opened.
        """
        return cls(
            Library(folder / "library.sqlite"),
            LexicalIndex(folder / "lexical"),
            ChromaVectors(folder / "vectors"),
        )

    def close(self) -> None:
        """Let go of the folder."""
        self.library.close()
        self.vectors.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def validate(self) -> None:
        """Check that the parts are whole and fit each other.

        Raises:
            IndexBrokenError: If they do not.
        """
        self.check_counts()
        if not self.library.check():
            raise IndexBrokenError(
                "Het bestand met de documenten is beschadigd.",
                "Maak de index opnieuw met: wegwijs ingest",
            )

    def check_counts(self) -> None:
        """Check that the parts hold equally many passages.

        Raises:
            IndexBrokenError: If they do not.
        """
        passages = sum(entry.passages for entry in self.library.manifest().values())
        counts = (passages, self.lexical.count(), self.vectors.count())
        if len(set(counts)) != 1:
            raise IndexBrokenError(
                f"De delen van de index passen niet bij elkaar (aantallen passages: {counts}).",
                "Maak de index opnieuw met: wegwijs ingest",
            )
