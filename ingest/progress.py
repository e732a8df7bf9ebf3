"""Say how far an ingest is.

In:  nothing; the pipeline makes these records as it goes.
Out: `Step`s, for whoever shows them: a terminal, a log, the app.

Knows nothing of how they are shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """What an ingest is doing, as a reader of Dutch is told."""

    COMPARING = "vergelijken"
    READING = "lezen"
    CHECKING = "controleren"
    PUBLISHING = "klaarzetten"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an ingest.

    Attributes:
        stage: What it is doing.
        done: Files done in this stage.
        total: Files to do in this stage; 0 where a stage has no files.
        file: The file that was just done, "" where there is none.
    """

    stage: Stage
    done: int = 0
    total: int = 0
    file: str = ""


Listener = Callable[[Step], None]


def silent(step: Step) -> None:
    """Listen to no step."""
