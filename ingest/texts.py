"""The texts of documents in a generation's SQLite file, in parts.

In:  a text by document id.
Out: the same text, whole or a stretch of it.

SQLite reads a value from its beginning. A passage near the end of a long document would cost as
much as the document, so a text is kept in parts, of which a passage needs one or two.

Knows nothing of what documents and passages are.
"""

from __future__ import annotations

from ingest.database import Database

LENGTH = 1800  # characters a part: two parts to a page of SQLite
SCHEMA = """
CREATE TABLE texts (
    document_id TEXT NOT NULL REFERENCES documents (id), part INTEGER NOT NULL, text TEXT NOT NULL
);
CREATE UNIQUE INDEX texts_by_document ON texts (document_id, part);
"""


class Texts:
    """The table above; part of a library, which opens and closes it."""

    def __init__(self, database: Database) -> None:
        """Read from and write to `database`, which holds the table of `SCHEMA`."""
        self._db = database

    def put(self, document_id: str, text: str) -> None:
        """Store a text in the place of the one before; within a write."""
        self._db.execute("DELETE FROM texts WHERE document_id = ?", (document_id,))
        self._db.execute_many(
            "INSERT INTO texts VALUES (?, ?, ?)",
            [
                (document_id, part, text[start : start + LENGTH])
                for part, start in enumerate(range(0, len(text), LENGTH))
            ],
        )

    def whole(self, document_id: str) -> str:
        """Return a text; an unknown one is empty."""
        rows = self._db.execute(
            "SELECT text FROM texts WHERE document_id = ? ORDER BY part", (document_id,)
        )
        return "".join(text for (text,) in rows)

    def between(self, document_id: str, start: int, end: int) -> str:
        """Return the characters of a text from `start` to `end`."""
        first = start // LENGTH
        rows = self._db.execute(
            "SELECT text FROM texts WHERE document_id = ? AND part BETWEEN ? AND ? ORDER BY part",
            (document_id, first, (end - 1) // LENGTH),
        )
        return "".join(text for (text,) in rows)[start - first * LENGTH : end - first * LENGTH]
