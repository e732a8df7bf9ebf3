"""What goes on with documents, and how it ended.

In:  nothing; who does the work makes these records.
Out: a `State` with an outcome, for whoever shows it.

Knows nothing of how documents are taken in, or of how this is shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from ingest.errors import WegwijsError
from ingest.progress import Step
from ingest.report import DocumentChange, IngestReport


@dataclass(frozen=True, slots=True)
class Checked:
    """What would change, if the files that `mark` names were taken in."""

    report: IngestReport
    mark: str


@dataclass(frozen=True, slots=True)
class Updated:
    """What changed."""

    report: IngestReport


@dataclass(frozen=True, slots=True)
class WentBack:
    """An earlier version answers again, and what is other than it was."""

    number: int
    which: tuple[DocumentChange, ...]


@dataclass(frozen=True, slots=True)
class Forgot:
    """A document is gone from every version."""

    title: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """The work was stopped, and nothing changed."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The work failed; no error where the cause is unknown."""

    error: WegwijsError | None


Outcome = Checked | Updated | WentBack | Forgot | Stopped | Failed


@dataclass(frozen=True, slots=True)
class State:
    """What is going on.

    Attributes:
        running: Whether work goes on.
        can_stop: Whether it can be stopped.
        step: How far it is; None where that is not known.
        left: How many seconds the stage will take still; None where that is not known.
        outcome: How the last work ended; None while work goes on, or before there was any.
    """

    running: bool = False
    can_stop: bool = False
    step: Step | None = None
    left: float | None = None
    outcome: Outcome | None = None
