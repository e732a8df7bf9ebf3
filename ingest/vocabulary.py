"""Words for the same thing, in a generation's SQLite file.

In:  concept schemes by the file they came from; abbreviations by the document that explains them.
Out: the same concepts; and, for the words of a query, the other words for what they name.

Every name is kept under its key (see thesaurus.py), so that looking one up costs the same
whether there are a hundred concepts or a hundred thousand.

Knows nothing of questions, weights or ranking.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ingest.database import Database
from ingest.thesaurus import Concept, Label, LabelKind, key_of, keys_of

SCHEMA = """
CREATE TABLE schemes (source TEXT PRIMARY KEY, version TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE labels (
    source TEXT NOT NULL REFERENCES schemes (source), concept TEXT NOT NULL,
    kind TEXT NOT NULL, language TEXT NOT NULL, text TEXT NOT NULL, "key" TEXT NOT NULL
);
CREATE INDEX labels_by_key ON labels ("key");
CREATE INDEX labels_by_concept ON labels (concept);
CREATE TABLE label_words (
    stem TEXT NOT NULL, source TEXT NOT NULL REFERENCES schemes (source),
    PRIMARY KEY (stem, source)
) WITHOUT ROWID;
CREATE TABLE broader (
    source TEXT NOT NULL REFERENCES schemes (source), concept TEXT NOT NULL, above TEXT NOT NULL
);
CREATE INDEX broader_by_concept ON broader (concept);
CREATE TABLE abbreviations (
    document_id TEXT NOT NULL REFERENCES documents (id), "key" TEXT NOT NULL, other TEXT NOT NULL
);
CREATE INDEX abbreviations_by_key ON abbreviations ("key");
CREATE INDEX abbreviations_by_document ON abbreviations (document_id);
"""


_TOP = ""  # stands above the top concepts of a scheme in `broader`; it is the id of no concept


class Name(NamedTuple):
    """A label that a key leads to, with its concept."""

    concept: str
    kind: LabelKind
    text: str


class Vocabulary:
    """The tables above; part of a library, which opens and closes them."""

    def __init__(self, database: Database) -> None:
        """Read from and write to `database`, which holds the tables of `SCHEMA`."""
        self._db = database

    def put(self, source: str, version: str, concepts: Iterable[Concept]) -> None:
        """Store a concept scheme in the place of what came from the same file before."""
        with self._db.writing():
            self._delete(source)
            self._db.execute("INSERT INTO schemes VALUES (?, ?)", (source, version))
            stems: set[str] = set()
            for concept in concepts:
                for label in concept.labels:
                    stems.update(key_of(label).split())
                self._db.execute_many(
                    "INSERT INTO labels VALUES (?, ?, ?, ?, ?, ?)",
                    [
                        (source, concept.id, one.kind, one.language, one.text, key_of(one))
                        for one in concept.labels
                    ],
                )
                self._db.execute_many(
                    "INSERT INTO broader VALUES (?, ?, ?)",
                    [(source, concept.id, above) for above in _above(concept)],
                )
            self._db.execute_many(
                "INSERT INTO label_words VALUES (?, ?)", [(stem, source) for stem in sorted(stems)]
            )

    def remove(self, source: str) -> None:
        """Take a concept scheme out; an unknown one does nothing."""
        with self._db.writing():
            self._delete(source)

    def _delete(self, source: str) -> None:
        for table in ("labels", "label_words", "broader", "schemes"):
            self._db.execute(f"DELETE FROM {table} WHERE source = ?", (source,))  # noqa: S608

    def put_abbreviations(self, document_id: str, pairs: Iterable[tuple[str, str]]) -> None:
        """Store the abbreviations of a document, each with what it stands for; within a write."""
        self._db.execute("DELETE FROM abbreviations WHERE document_id = ?", (document_id,))
        both = [pair for short, long in pairs for pair in ((short, long), (long, short))]
        self._db.execute_many(
            "INSERT INTO abbreviations VALUES (?, ?, ?)",
            [(document_id, keys_of(one)[0], other) for one, other in both],
        )

    def versions(self) -> dict[str, str]:
        """Return the version of every concept scheme, by its file."""
        return dict(self._db.execute("SELECT source, version FROM schemes ORDER BY source"))

    def concepts(self, source: str) -> tuple[Concept, ...]:
        """Return the concepts of one scheme, as they were put."""
        labels: dict[str, list[Label]] = {}
        rows = self._db.execute(
            "SELECT concept, kind, language, text FROM labels WHERE source = ? ORDER BY rowid",
            (source,),
        )
        for concept, kind, language, text in rows:
            labels.setdefault(concept, []).append(Label(LabelKind(kind), language, text))
        above: dict[str, list[str]] = {}
        rows = self._db.execute(
            "SELECT concept, above FROM broader WHERE source = ? ORDER BY rowid", (source,)
        )
        for concept, wider in rows:
            above.setdefault(concept, []).append(wider)
        return tuple(_concept(name, found, above.get(name, ())) for name, found in labels.items())

    def names(self, keys: Sequence[str]) -> dict[str, list[Name]]:
        """Return by key the concepts that it names; a key that names none is left out."""
        rows = self._db.execute(
            f'SELECT DISTINCT "key", concept, kind, text FROM labels WHERE "key" IN'  # noqa: S608
            f" ({_marks(keys)}) ORDER BY concept, kind, text",
            keys,
        )
        found: dict[str, list[Name]] = {}
        for key, concept, kind, text in rows:
            found.setdefault(key, []).append(Name(concept, LabelKind(kind), text))
        return found

    def labels(self, concept: str) -> list[Label]:
        """Return every label of a concept, preferred ones first, hidden ones next."""
        rows = self._db.execute(
            "SELECT DISTINCT kind, language, text FROM labels WHERE concept = ?"
            " ORDER BY kind DESC, text",
            (concept,),
        )
        return [Label(LabelKind(kind), language, text) for kind, language, text in rows]

    def broader(self, concept: str) -> list[str]:
        """Return the concepts right above one."""
        rows = self._db.execute(
            "SELECT DISTINCT above FROM broader WHERE concept = ? AND above <> ? ORDER BY above",
            (concept, _TOP),
        )
        return [row[0] for row in rows]

    def abbreviations(self, keys: Sequence[str]) -> dict[str, list[str]]:
        """Return by key what it is short for or is shortened to, what most documents say first."""
        rows = self._db.execute(
            f'SELECT "key", other FROM abbreviations WHERE "key" IN ({_marks(keys)})'  # noqa: S608
            ' GROUP BY "key", other ORDER BY count(DISTINCT document_id) DESC, other',
            keys,
        )
        found: dict[str, list[str]] = {}
        for key, other in rows:
            found.setdefault(key, []).append(other)
        return found

    def mentions(self, word: str) -> bool:
        """Tell whether a word stands in any label, in whatever form."""
        query = "SELECT 1 FROM label_words WHERE stem IN (?, ?) LIMIT 1"
        return self._db.execute(query, keys_of(word)).fetchone() is not None


def _above(concept: Concept) -> tuple[str, ...]:
    return (*concept.broader, _TOP) if concept.is_top else concept.broader


def _concept(name: str, labels: Sequence[Label], above: Sequence[str]) -> Concept:
    broader = tuple(one for one in above if one != _TOP)
    return Concept(name, tuple(labels), broader, is_top=_TOP in above)


def _marks(keys: Sequence[str]) -> str:
    return ", ".join("?" * len(keys))
