"""The documents, passages, facts and vocabulary of a generation, in one SQLite file.

In:  Documents with their Passages and Milestones.
Out: the same records, by id; and the manifest: which version of which document is in.

This is where text lives: lexical index and vectors hold ids only.

Knows nothing of search, vectors or files.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from ingest import texts, vocabulary
from ingest.columns import dump_blocks, dump_milestones, load_blocks, load_milestones
from ingest.database import Database
from ingest.errors import DocumentMissingError
from ingest.facts import Fact, FactKind
from ingest.milestones import Milestone
from ingest.records import Document, Passage
from ingest.texts import Texts
from ingest.vocabulary import Vocabulary

_SCHEMA = """
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, source TEXT NOT NULL,
    metadata TEXT NOT NULL, blocks TEXT NOT NULL, milestones TEXT NOT NULL, version TEXT NOT NULL,
    sketch BLOB NOT NULL
);
CREATE INDEX documents_with_milestones ON documents (id, milestones) WHERE milestones <> '[]';
CREATE TABLE facts (
    document_id TEXT NOT NULL REFERENCES documents (id), kind TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, value TEXT NOT NULL
);
CREATE INDEX facts_by_document ON facts (document_id, start);
CREATE TABLE passages (
    id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents (id),
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, headings TEXT NOT NULL, page INTEGER,
    embedded TEXT NOT NULL
);
CREATE INDEX passages_by_embedded ON passages (embedded);
CREATE INDEX passages_by_document ON passages (document_id, start);
"""

_PASSAGE = 'SELECT id, document_id, start, "end", headings, page FROM passages'

_PLACE = """
SELECT p.id, d.title,
    NOT EXISTS (SELECT 1 FROM passages o WHERE o.document_id = d.id AND o.start < p.start),
    (SELECT coalesce(group_concat(f.kind, ' '), '') FROM facts f
     WHERE f.document_id = d.id AND f.start >= p.start AND f.start < p."end")
FROM passages p JOIN documents d ON d.id = p.document_id WHERE p.id = ?
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands and what it holds.

    Attributes:
        title: Its document's title.
        opens_document: Whether it is the first of its document.
        facts: The kinds of fact in it.
    """

    title: str
    opens_document: bool
    facts: frozenset[FactKind]


@dataclass(frozen=True, slots=True)
class Contents:
    """A document with all that was taken from it.

    Attributes:
        document: The document.
        passages: Its passages.
        keys: For each passage, what its vector is known by (see `passages_with_keys`).
        milestones: Its milestones.
        facts: Its facts.
        sketch: What it is compared with others by (see duplicates.py).
    """

    document: Document
    passages: Sequence[Passage]
    keys: Sequence[str]
    milestones: Sequence[Milestone] = ()
    facts: Sequence[Fact] = ()
    sketch: bytes = b""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the manifest."""

    document_id: str
    source: str
    version: str
    passages: int


class Library:
    """An SQLite file; reads are safe from several threads, one process writes."""

    def __init__(self, file: Path) -> None:
        """Open the library, or make an empty one.

        Raises:
            IndexBrokenError: If the file is no library.
            StorageError: If an empty one cannot be made.
        """
        self._db = Database(file, _SCHEMA + texts.SCHEMA + vocabulary.SCHEMA)
        self._db.execute("SELECT count(*) FROM documents")
        self._texts = Texts(self._db)
        self.vocabulary = Vocabulary(self._db)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def put(self, contents: Contents, version: str) -> None:
        """Store a document with all that was taken from it in the place of what it had before.

        Args:
            contents: The document and what was taken from it.
            version: The manifest's version of the document.
        """
        document = contents.document
        with self._db.writing():
            self._delete(document.id)
            self._db.execute(
                "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    document.id,
                    document.title,
                    document.source,
                    json.dumps(dict(document.metadata), ensure_ascii=False, sort_keys=True),
                    dump_blocks(document.blocks),
                    dump_milestones(contents.milestones),
                    version,
                    contents.sketch,
                ),
            )
            self._texts.put(document.id, document.text)
            self._db.execute_many(
                "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (p.id, p.document_id, p.start, p.end, json.dumps(p.headings), p.page, key)
                    for p, key in zip(contents.passages, contents.keys, strict=True)
                ],
            )
            self._db.execute_many(
                "INSERT INTO facts VALUES (?, ?, ?, ?, ?)",
                [(document.id, f.kind, f.start, f.end, f.value) for f in contents.facts],
            )
            self.vocabulary.put_abbreviations(
                document.id,
                [
                    (document.text[fact.start : fact.end], fact.value)
                    for fact in contents.facts
                    if fact.kind is FactKind.ABBREVIATION
                ],
            )

    def remove(self, document_id: str) -> None:
        """Take a document out; an unknown id does nothing."""
        with self._db.writing():
            self._delete(document_id)

    def _delete(self, document_id: str) -> None:
        self._db.execute("DELETE FROM passages WHERE document_id = ?", (document_id,))
        self._db.execute("DELETE FROM facts WHERE document_id = ?", (document_id,))
        self._texts.put(document_id, "")
        self.vocabulary.put_abbreviations(document_id, ())
        self._db.execute("DELETE FROM documents WHERE id = ?", (document_id,))

    def manifest(self) -> dict[str, Entry]:
        """Return what is in, by document id."""
        rows = self._db.execute(
            "SELECT d.id, d.source, d.version, count(p.id) FROM documents d"
            " LEFT JOIN passages p ON p.document_id = d.id GROUP BY d.id ORDER BY d.id"
        )
        return {row[0]: Entry(*row) for row in rows}

    def document(self, document_id: str) -> Document:
        """Return one document.

        Raises:
            DocumentMissingError: If it is not in.
        """
        row = self._db.execute(
            "SELECT title, blocks, source, metadata FROM documents WHERE id = ?",
            (document_id,),
        ).fetchone()
        if row is None:
            raise DocumentMissingError(
                f"Het document '{document_id}' staat niet in de index.",
                "Kijk met 'wegwijs status' welke documenten er wel in staan.",
            )
        title, blocks, source, metadata = row
        text = self._texts.whole(document_id)
        return Document(document_id, title, text, load_blocks(blocks), source, json.loads(metadata))

    def milestones(self, document_id: str) -> list[Milestone]:
        """Return the milestones of one document, in the order of its text."""
        row = self._db.execute(
            "SELECT milestones FROM documents WHERE id = ?", (document_id,)
        ).fetchone()
        return load_milestones(row[0]) if row else []

    def all_milestones(self) -> dict[str, list[Milestone]]:
        """Return the milestones of every document that has any, by id."""
        rows = self._db.execute(
            "SELECT id, milestones FROM documents WHERE milestones <> '[]' ORDER BY id"
        )
        return {document_id: load_milestones(dumped) for document_id, dumped in rows}

    def facts(self, document_id: str) -> list[Fact]:
        """Return the facts of one document, in the order of its text."""
        rows = self._db.execute(
            'SELECT kind, start, "end", value FROM facts WHERE document_id = ? ORDER BY start',
            (document_id,),
        )
        return [Fact(FactKind(kind), start, end, value) for kind, start, end, value in rows]

    def sketches(self) -> dict[str, bytes]:
        """Return the sketch of every document, by id (see duplicates.py)."""
        return dict(self._db.execute("SELECT id, sketch FROM documents ORDER BY id"))

    def headers(self) -> list[tuple[str, str, dict[str, str]]]:
        """Return id, title and metadata of every document, by id."""
        rows = self._db.execute("SELECT id, title, metadata FROM documents ORDER BY id")
        return [(row[0], row[1], json.loads(row[2])) for row in rows]

    def passages(self, ids: Iterable[str]) -> dict[str, Passage]:
        """Return the passages with these ids, by id; an unknown id is left out."""
        query = f"{_PASSAGE} WHERE id = ?"
        rows = (self._db.execute(query, (passage_id,)).fetchone() for passage_id in ids)
        return {row[0]: self._passage(row) for row in rows if row is not None}

    def places(self, ids: Iterable[str]) -> dict[str, Place]:
        """Return where the passages with these ids stand; an unknown id is left out."""
        rows = (self._db.execute(_PLACE, (passage_id,)).fetchone() for passage_id in ids)
        return {
            passage_id: Place(title, bool(opens), frozenset(map(FactKind, kinds.split())))
            for passage_id, title, opens, kinds in filter(None, rows)
        }

    def passages_of(self, document_id: str) -> list[Passage]:
        """Return the passages of one document, in order."""
        rows = self._db.execute(f"{_PASSAGE} WHERE document_id = ? ORDER BY start", (document_id,))
        text = self._texts.whole(document_id)
        return [_load_passage(row, text[row[2] : row[3]]) for row in rows.fetchall()]

    def passage_ids(self, document_id: str) -> set[str]:
        """Return the ids of the passages of one document."""
        rows = self._db.execute("SELECT id FROM passages WHERE document_id = ?", (document_id,))
        return {row[0] for row in rows}

    def passages_with_keys(self, keys: Iterable[str]) -> dict[str, str]:
        """Return by key the id of a passage with that key; an unknown key is left out."""
        query = (
            "SELECT embedded, min(id) FROM passages"
            " WHERE embedded IN (SELECT value FROM json_each(?)) GROUP BY embedded"
        )
        return dict(self._db.execute(query, (json.dumps(sorted(keys)),)))

    def _passage(self, row: Sequence[Any]) -> Passage:
        return _load_passage(row, self._texts.between(*row[1:4]))

    def settings(self) -> dict[str, str]:
        """Return what was noted about how this generation was made, by name."""
        return dict(self._db.execute("SELECT name, value FROM settings ORDER BY name"))

    def note(self, settings: Mapping[str, str]) -> None:
        """Note how this generation is made."""
        with self._db.writing():
            self._db.execute_many("INSERT OR REPLACE INTO settings VALUES (?, ?)", settings.items())

    def check(self, *, thorough: bool = True) -> bool:
        """Tell whether SQLite finds its own file whole; see `Database.check`."""
        return self._db.check(thorough=thorough)


def _load_passage(row: Sequence[Any], text: str) -> Passage:
    passage_id, document_id, start, end, headings, page = row
    return Passage(passage_id, document_id, start, end, text, tuple(json.loads(headings)), page)
