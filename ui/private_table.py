"""A table in the data folder that holds what people asked or thought: for its owner's eyes only.

In:  an SQLite file, its table, what it holds in words.
Out: a connection in one transaction; what is deleted is overwritten on disk.

Knows nothing of rows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from ingest.errors import StorageError

_WAIT = 10  # seconds for another process to finish writing


@contextmanager
def writing(file: Path, table: str, what: str, contents: str) -> Generator[sqlite3.Connection]:
    """Write all or nothing to a file, which is made when it is not there.

    Args:
        file: The SQLite file.
        table: The statement that makes its table.
        what: What cannot be kept when this fails, to begin a sentence with.
        contents: What the file holds.

    Raises:
        StorageError: If the file cannot be written, or is none of SQLite's.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        with closing(sqlite3.connect(file, timeout=_WAIT)) as db:
            db.execute("PRAGMA secure_delete = ON")
            with db:
                db.execute(table)
                yield db
    except (sqlite3.Error, OSError) as problem:
        raise StorageError(
            f"{what} kunnen nu niet worden bewaard.",
            "Kijk of de schijf vol is, of Wegwijs in zijn map mag schrijven, en of het bestand "
            f"met {contents} heel is.",
            file=str(file),
        ) from problem
