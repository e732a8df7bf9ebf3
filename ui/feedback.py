"""Keep what people think of answers, for a year.

In:  the data folder; a Judgement.
Out: a row in feedback.sqlite there, masked of personal data; the rows that are kept.

A row names no one and no moment but the day. Several processes may write: every change is one
transaction of its own, and what is taken out is overwritten.

Knows nothing of screens, or of how a question is answered.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from assistant.records import Status
from ui.masking import mask
from ui.private_table import writing

FILE = "feedback.sqlite"
KEPT_DAYS = 365
REMARK_LIMIT = 500  # characters
_TABLE = """
CREATE TABLE IF NOT EXISTS judgement (
    key TEXT PRIMARY KEY, day TEXT NOT NULL, question TEXT NOT NULL, kind TEXT NOT NULL,
    language TEXT NOT NULL, status TEXT NOT NULL, generation INTEGER NOT NULL,
    useful INTEGER NOT NULL, remark TEXT NOT NULL
)
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was answered or refused, as far as it is worth keeping.

    Attributes:
        key: A random name of the answer; it points at no one.
        question: As asked; a follow-up as it reads alone.
        kind: What it asks for.
        language: Of the question: "nl" or "en".
        status: How it was answered.
        generation: The number of the index that answered.
    """

    key: str
    question: str
    kind: str
    language: str
    status: Status
    generation: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """What someone thinks of an answer."""

    asked: Asked
    useful: bool
    remark: str = ""


class Feedback:
    """The judgements in a data folder; safe for several threads and processes."""

    def __init__(self, data: Path) -> None:
        """Know the folder; nothing is made before the first judgement."""
        self._file = data / FILE

    def keep(self, judgement: Judgement, today: date) -> None:
        """Store a judgement, in the place of an earlier one of the same answer.

        Raises:
            StorageError: If it cannot be stored.
        """
        asked = judgement.asked
        row = (
            asked.key, today.isoformat(), mask(asked.question), asked.kind, asked.language,
            asked.status.value, asked.generation, judgement.useful,
            mask(judgement.remark.strip()[:REMARK_LIMIT]),
        )  # fmt: skip
        with self._writing(today) as db:
            db.execute(f"INSERT OR REPLACE INTO judgement VALUES ({','.join('?' * len(row))})", row)  # noqa: S608 - question marks

    def take_back(self, key: str, today: date) -> None:
        """Forget the judgement of an answer.

        Raises:
            StorageError: If it cannot be forgotten.
        """
        with self._writing(today) as db:
            db.execute("DELETE FROM judgement WHERE key = ?", (key,))

    def kept(self, today: date) -> tuple[Judgement, ...]:
        """Return what is kept, by day; what is too old is forgotten first.

        Raises:
            StorageError: If it cannot be read.
        """
        if not self._file.exists():
            return ()
        with self._writing(today) as db:
            rows = db.execute(
                "SELECT key, question, kind, language, status, generation, useful, remark "
                "FROM judgement ORDER BY day, question, key"
            ).fetchall()
        return tuple(
            Judgement(
                Asked(key, question, kind, language, Status(status), generation),
                useful=bool(useful),
                remark=remark,
            )
            for key, question, kind, language, status, generation, useful, remark in rows
        )

    @contextmanager
    def _writing(self, today: date) -> Generator[sqlite3.Connection]:
        oldest = today - timedelta(days=KEPT_DAYS)
        with writing(self._file, _TABLE, "Oordelen over antwoorden", "oordelen") as db:
            db.execute("DELETE FROM judgement WHERE day < ?", (oldest.isoformat(),))
            yield db
