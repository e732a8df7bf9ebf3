"""Keep the questions that are asked, when whoever runs Wegwijs has switched that on.

In:  the data folder, for how many days; what was asked, and how it was answered.
Out: a row in questions.sqlite there for a question on a day, masked of personal data; the
     questions that got no answer.

A row names no one and no moment but the day, and carries the day on which it goes: also when this
is switched off afterwards.

Knows nothing of screens, or of how a question is answered.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from assistant.evaluation.records import ANSWERING
from assistant.records import Status
from ingest.errors import StorageError
from ui.feedback import Asked
from ui.masking import mask
from ui.private_table import writing

FILE = "questions.sqlite"
_TABLE = """
CREATE TABLE IF NOT EXISTS question (
    day TEXT NOT NULL, until TEXT NOT NULL, question TEXT NOT NULL, kind TEXT NOT NULL,
    language TEXT NOT NULL, status TEXT NOT NULL, generation INTEGER NOT NULL,
    times INTEGER NOT NULL, PRIMARY KEY (day, question, status)
)
"""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that got no answer, and how often it was asked."""

    asked: Asked
    times: int


class QuestionLog:
    """The questions in a data folder; safe for several threads and processes."""

    def __init__(self, data: Path, days: int) -> None:
        """Know the folder, and keep questions for `days` days; 0 keeps none."""
        self._file = data / FILE
        self.days = days

    def note(self, asked: Asked) -> None:
        """Store a question of today; when that fails, its answer stands and the log says so."""
        try:
            self.keep(asked, date.today())
        except StorageError as error:
            _log.warning("%s", error)

    def keep(self, asked: Asked, today: date) -> None:
        """Store a question, when that is switched on.

        Raises:
            StorageError: If it cannot be stored.
        """
        if not self.days:
            return
        until = today + timedelta(days=self.days)
        row = (
            today.isoformat(), until.isoformat(), mask(asked.question), asked.kind, asked.language,
            asked.status.value, asked.generation,
        )  # fmt: skip
        with self._writing(today) as db:
            db.execute(
                "INSERT INTO question VALUES (?, ?, ?, ?, ?, ?, ?, 1) "
                "ON CONFLICT DO UPDATE SET times = times + 1, generation = excluded.generation",
                row,
            )

    def forget(self, today: date) -> None:
        """Take out what was kept long enough; nothing is made when nothing was kept.

        Raises:
            StorageError: If it cannot be taken out.
        """
        if self._file.exists():
            with self._writing(today):
                pass

    def unanswered(self, today: date) -> tuple[Unanswered, ...]:
        """Return the questions that got no answer, oldest first.

        Raises:
            StorageError: If they cannot be read.
        """
        if not self._file.exists():
            return ()
        with self._writing(today) as db:
            rows = db.execute(
                "SELECT question, kind, language, status, generation, times FROM question "
                "ORDER BY day, question"
            ).fetchall()
        found = (
            Unanswered(Asked("", question, kind, language, Status(status), generation), times)
            for question, kind, language, status, generation, times in rows
        )
        return tuple(one for one in found if one.asked.status not in ANSWERING)

    @contextmanager
    def _writing(self, today: date) -> Generator[sqlite3.Connection]:
        with writing(self._file, _TABLE, "Vragen", "vragen") as db:
            db.execute("DELETE FROM question WHERE until < ?", (today.isoformat(),))
            yield db
