"""An SQLite file of a generation.

In:  a file, and the tables to make when it is new.
Out: rows; writes that happen wholly or not at all; errors that say what to do.

Knows nothing of what the tables hold.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from pathlib import Path

from ingest import storage
from ingest.errors import IndexBrokenError, StorageError

_BROKEN = "Het bestand met de documenten is beschadigd."
_MEND = "Maak de index opnieuw met: wegwijs ingest"


class Database:
    """An SQLite file; reads are safe from several threads, one process writes."""

    def __init__(self, file: Path, schema: str) -> None:
        """Open the file, or make it with the tables of `schema`.

        Raises:
            IndexBrokenError: If the file is no SQLite.
            StorageError: If it cannot be made.
        """
        self._file = file
        is_new = not file.exists()
        try:
            # Reads share the connection; sqlite3 serialises them itself.
            self._db = sqlite3.connect(file, check_same_thread=False, timeout=10)
            if is_new:
                self._db.executescript(schema)
            # Writes go to a generation that is being built: publishing it syncs every file.
            self._db.execute("PRAGMA synchronous = OFF")
            self._db.execute("PRAGMA journal_mode = MEMORY")
        except sqlite3.DatabaseError as problem:
            raise self._explain(problem) from problem

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    @contextmanager
    def writing(self) -> Generator[None]:
        """Write all or nothing."""
        try:
            with self._db:
                yield
        except sqlite3.DatabaseError as problem:
            raise self._explain(problem) from problem

    def execute(self, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        """Run one statement.

        Raises:
            IndexBrokenError: If the file is damaged or lacks a table.
            StorageError: If there is no room to write.
        """
        try:
            return self._db.execute(statement, values)
        except sqlite3.DatabaseError as problem:
            raise self._explain(problem) from problem

    def execute_many(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for every row; errors as `execute`."""
        try:
            self._db.executemany(statement, rows)
        except sqlite3.DatabaseError as problem:
            raise self._explain(problem) from problem

    def check(self, *, thorough: bool = True) -> bool:
        """Tell whether SQLite finds its own file whole; thorough: also its indexes, row by row.

        Where a quick check finds something the thorough one decides: SQLite 3.40 takes a column of
        a table WITHOUT ROWID for empty where the key stands in another order than the columns.
        """
        return (not thorough and self._is_ok("quick_check")) or self._is_ok("integrity_check")

    def _is_ok(self, check: str) -> bool:
        try:
            found = self._db.execute(f"PRAGMA {check}").fetchone()
        except sqlite3.DatabaseError:
            return False  # too damaged to be looked through
        return bool(found == ("ok",))

    def _explain(self, problem: sqlite3.DatabaseError) -> IndexBrokenError | StorageError:
        if storage.is_to_blame(problem):
            return StorageError(*storage.reason(problem))
        return IndexBrokenError(_BROKEN, _MEND, file=str(self._file))
