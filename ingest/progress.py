"""Say how far an ingest or an evaluation is.

In:  nothing; who does the work makes these records as it goes.
Out: `Step`s, for whoever shows them: a terminal, a log, the app.

Knows nothing of how they are shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """What an ingest or an evaluation is doing, as a reader of Dutch is told."""

    COMPARING = "vergelijken"
    READING = "lezen"
    CHECKING = "controleren"
    ANSWERING = "beantwoorden"
    JUDGING = "beoordelen"
    PUBLISHING = "klaarzetten"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the work.

    Attributes:
        stage: What it is doing.
        done: Files, or questions, done in this stage.
        total: How many there are to do; 0 where a stage does not count.
        file: The file that was just done, "" where there is none.
    """

    stage: Stage
    done: int = 0
    total: int = 0
    file: str = ""


Listener = Callable[[Step], None]


def silent(step: Step) -> None:
    """Listen to no step."""
