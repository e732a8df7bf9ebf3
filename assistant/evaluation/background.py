"""Evaluate in the background, one run at a time.

In:  whoever answers, the data folder, a set of questions.
Out: how far it is, at any moment and for anyone who asks; a run that was asked to the end is
     kept in the data folder.

All questions of a run go to one generation of the index, also when a newer one comes meanwhile.

Knows nothing of screens, or of who may start a run.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Protocol

from assistant.catalogue import Collection
from assistant.evaluation import storage
from assistant.evaluation.records import Case
from assistant.evaluation.run import Answers, evaluate
from ingest.errors import UsageError, WegwijsError
from ingest.progress import Step

_FAILED = "Er ging iets mis. Probeer het nog een keer."

_log = logging.getLogger(__name__)


class Source(Protocol):
    """Who answers: a `LiveAssistant`, or in a test one that knows its answers by heart."""

    def held(self) -> AbstractContextManager[Answers]:
        """Lend one generation of it."""
        ...

    def collection(self) -> Collection:
        """Return what it answers from."""
        ...


class Phase(Enum):
    """Where a run is."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is.

    Attributes:
        questions: What its set is called.
        total: How many questions there are.
        done: How many were answered.
        phase: Where it is.
        stored: The name under which it was kept, "" before that.
        problem: Why it failed, in Dutch; "" where it did not.
    """

    questions: str
    total: int
    done: int = 0
    phase: Phase = Phase.RUNNING
    stored: str = ""
    problem: str = ""


class Background:
    """Runs in the background, of one data folder; safe to use from several threads."""

    def __init__(self, source: Source, data: Path) -> None:
        """Know who answers, and where runs are kept."""
        self._source = source
        self._data = data
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._progress: Progress | None = None

    @property
    def progress(self) -> Progress | None:
        """How far the last run is; None when there was none."""
        return self._progress

    def start(self, cases: Sequence[Case], *, questions: str, today: date) -> None:
        """Begin to ask a set of questions.

        Args:
            cases: The questions.
            questions: What the set is called.
            today: The day on which questions are asked that name none.

        Raises:
            UsageError: If a run is going on.
        """
        with self._lock:
            if self._progress is not None and self._progress.phase is Phase.RUNNING:
                raise UsageError("Er loopt al een meting.", "Wacht tot die klaar is, of stop hem.")
            self._progress = Progress(questions, len(cases))
            self._stop.clear()
        arguments = (cases, questions, today)
        threading.Thread(target=self._run, args=arguments, daemon=True).start()

    def stop(self) -> None:
        """Let the run that is going on end after the question that it is at; nothing is kept."""
        self._stop.set()

    def _run(self, cases: Sequence[Case], questions: str, today: date) -> None:
        try:
            self._note(phase=Phase.DONE, stored=self._measure(cases, questions, today))
        except _StoppedError:
            self._note(phase=Phase.STOPPED)
        except WegwijsError as problem:
            _log.warning("Een meting is mislukt: %s", type(problem).__name__)
            self._note(phase=Phase.FAILED, problem=f"{problem.what} {problem.advice}")
        except Exception:  # noqa: BLE001 - nobody waits for this thread; the log says what broke
            _log.exception("Een meting is mislukt.")
            self._note(phase=Phase.FAILED, problem=_FAILED)

    def _measure(self, cases: Sequence[Case], questions: str, today: date) -> str:
        model = self._source.collection().model
        with self._source.held() as answers:
            run = evaluate(
                answers,
                cases,
                today=today,
                model=model,
                set_name=questions,
                listener=self._listen,
            )
        return storage.save_in(run, self._data).stem

    def _listen(self, step: Step) -> None:
        self._note(done=step.done)
        if self._stop.is_set():
            raise _StoppedError

    def _note(self, **changed: object) -> None:
        if self._progress is not None:
            self._progress = replace(self._progress, **changed)  # type: ignore[arg-type]


class _StoppedError(Exception):
    """Someone stopped the run."""
