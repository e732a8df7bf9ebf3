"""One generation of the index, opened: library, lexical index and vectors together.

In:  the folder of a generation.
Out: its three parts, which always hold the same passages.

Knows nothing of questions, of how the parts are filled, or of other generations.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from ingest import storage
from ingest.errors import IndexBrokenError, StorageError
from ingest.lexical import LexicalIndex
from ingest.library import Library
from ingest.vectors import ChromaVectors, stored_count


@dataclass(frozen=True, slots=True)
class Index:
    """The parts of one generation, and the copy that they stand in where one was needed."""

    library: Library
    lexical: LexicalIndex
    vectors: ChromaVectors
    copy: TemporaryDirectory[str] | None = None

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the generation in `folder`, which does not change by it.

        Raises:
            IndexBrokenError: If a part is missing or cannot be opened.
            StorageError: If there is no room to open it.
        """
        _check_parts(folder)
        try:
            return cls.create(folder)
        except StorageError:  # Chroma and tantivy write when they open, also to read only
            return cls._open_copy(folder)

    @classmethod
    def _open_copy(cls, folder: Path) -> Self:
        with ExitStack() as stack:
            try:
                copy = TemporaryDirectory(prefix="wegwijs-", ignore_cleanup_errors=True)
                stack.callback(copy.cleanup)
                copy_generation(folder, Path(copy.name))
            except OSError as problem:
                raise StorageError(*storage.reason(problem)) from problem
            index = replace(cls.create(Path(copy.name)), copy=copy)
            stack.pop_all()
            return index

    @classmethod
    def create(cls, folder: Path) -> Self:
        """Open the generation in `folder`, making the parts that are not there yet.

        Raises:
            IndexBrokenError: If a part cannot be opened.
            StorageError: If the folder cannot be written to.
        """
        return cls(
            Library(folder / "library.sqlite"),
            LexicalIndex(folder / "lexical"),
            ChromaVectors(folder / "vectors"),
        )

    def close(self) -> None:
        """Let go of the folder."""
        with ExitStack() as parts:  # all of them, whichever fails
            if self.copy is not None:
                parts.callback(self.copy.cleanup)
            parts.callback(self.vectors.close)
            parts.callback(self.lexical.commit)
            parts.callback(self.library.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def validate(self) -> None:
        """Check that the parts are whole and fit each other; `verify` looks at every row.

        Raises:
            IndexBrokenError: If they do not.
        """
        self.check_counts()
        checks = {
            "documenten": self.library.check(thorough=False),
            "vectoren": self.vectors.check(),
        }
        for name, is_whole in checks.items():
            if not is_whole:
                raise IndexBrokenError(
                    f"Het bestand met de {name} is beschadigd.",
                    "Kijk of de schijf vol is. Maak daarna de index opnieuw met: wegwijs ingest",
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


def _check_parts(folder: Path) -> None:
    parts = ("library.sqlite", "lexical/meta.json", "vectors/chroma.sqlite3")
    if missing := [part for part in parts if not (folder / part).is_file()]:
        raise IndexBrokenError(
            f"Van de index mist een deel ({', '.join(missing)}).",
            "Maak hem opnieuw met: wegwijs ingest",
        )


def counts_agree(folder: Path) -> bool:
    """Tell whether the parts in `folder` hold equally many passages, without opening Chroma.

    Raises:
        IndexBrokenError: If a part is missing or cannot be opened.
    """
    _check_parts(folder)
    with Library(folder / "library.sqlite") as library:
        passages = sum(entry.passages for entry in library.manifest().values())
    lexical = LexicalIndex(folder / "lexical")
    return passages == lexical.count() == stored_count(folder / "vectors")


def copy_generation(source: Path, target: Path) -> None:
    """Copy the generation in `source` into the folder `target`, also while others read it.

    Raises:
        IndexBrokenError: If it is damaged.
    """
    try:
        with closing(sqlite3.connect(source / "vectors" / "chroma.sqlite3", timeout=60)) as db:
            # Whoever opens a Chroma store writes to its database: hold that off meanwhile.
            db.execute("BEGIN")
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()
            shutil.copytree(
                source,
                target,
                ignore=shutil.ignore_patterns("*-journal", "*.lock"),
                copy_function=shutil.copyfile,
                dirs_exist_ok=True,
            )
    except sqlite3.DatabaseError as problem:
        raise IndexBrokenError(
            "De zoekindex is beschadigd.", "Maak hem opnieuw met: wegwijs ingest", file=str(source)
        ) from problem
    for folder in (target, *target.rglob("*/")):
        folder.chmod(0o755)  # the source may be closed to writing
