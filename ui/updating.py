"""Take documents in while the window goes on: one piece of work at a time, in the background.

In:  the data folder, an embedding model; files that wait to be taken in.
Out: what is going on and how it ended, for whoever looks at it.

The work itself is that of the command line. Knows nothing of screens or words.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from ingest import generations
from ingest.embedding import Embedder
from ingest.errors import IndexMissingError, WegwijsError
from ingest.library import Library
from ingest.maintenance import forget, update
from ingest.progress import Stage, Step
from ingest.report import Change, DocumentChange, IngestReport
from ui.incoming import Incoming
from ui.interrupting import Interruptible
from ui.updates import Checked, Failed, Forgot, Outcome, State, Stopped, Updated, WentBack

_PAUSE = 0.3  # seconds between two looks at work that goes on

_log = logging.getLogger(__name__)


class _Cancelled(Exception):
    pass


class Updating:
    """One piece of work at a time; safe to use from several threads."""

    def __init__(self, data: Path, embedder: Embedder) -> None:
        """Work on the index in `data`."""
        self._data = data
        self._embedder = Interruptible(embedder, self._stop_if_cancelled)
        self.incoming = Incoming(data, self._sources)
        self._changed = threading.Condition()
        self._state = State()
        self._cancelled = False
        self._stage: Stage | None = None
        self._since = 0.0

    def check(self) -> None:
        """See what would change if the files that wait were taken in."""

        def work() -> Outcome:
            with self.incoming.held():
                return self._checked()

        self._start(work, can_stop=True)

    def update(self, mark: str) -> None:
        """Take the files in that wait, if they are still those that were checked."""

        def work() -> Outcome:
            with self.incoming.held():
                if self.incoming.mark() != mark:  # nothing is taken in unseen
                    return self._checked()
                report = self._update(dry_run=False)
                self.incoming.clear()
                return Updated(report)

        self._start(work, can_stop=True)

    def rollback(self) -> None:
        """Let the version before this one answer again."""

        def work() -> Outcome:
            before = self._versions(generations.current(self._data))
            number = generations.rollback(self._data)
            return WentBack(number, _differences(before, self._versions(number)))

        self._start(work)

    def forget(self, document_id: str) -> None:
        """Take a document out of every version."""

        def work() -> Outcome:
            with self._library(generations.current(self._data)) as library:
                title = library.document(document_id).title
            forget(self._data, document_id, self._embedder)
            return Forgot(title)

        self._start(work)

    def discard(self, name: str) -> None:
        """Let go of a file that waits, or of all of them when no name is given."""
        with self._changed:
            if self._state.running:
                return
            if name:
                self.incoming.discard(name)
            else:
                self.incoming.clear()
            self._state = State()

    def cancel(self) -> None:
        """Stop the work that goes on, before anything is changed by it."""
        with self._changed:
            self._cancelled = True

    def follow(self) -> Iterator[State]:
        """Yield what is going on, now and for as long as work goes on."""
        state = self._state
        yield state
        while state.running:
            with self._changed:
                self._changed.wait_for(lambda: not self._state.running, _PAUSE)
                state = self._state
            yield state

    def versions(self) -> tuple[int, int | None]:
        """Return the number of the version that answers, 0 for none, and of the one before."""
        try:
            now = generations.current(self._data)
        except IndexMissingError:
            return 0, None
        earlier = [number for number in generations.numbers(self._data) if number < now]
        return now, max(earlier, default=None)

    def _start(self, work: Callable[[], Outcome], *, can_stop: bool = False) -> None:
        with self._changed:
            if self._state.running:
                return  # who asked sees what goes on
            self._state = State(running=True, can_stop=can_stop)
            self._cancelled, self._stage = False, None
        # It stops with the program: what was not published yet is then gone, as after a crash.
        threading.Thread(target=self._run, args=(work,), daemon=True).start()

    def _run(self, work: Callable[[], Outcome]) -> None:
        outcome: Outcome = Failed(None)
        try:
            outcome = work()
        except _Cancelled:
            outcome = Stopped()
        except WegwijsError as error:
            _log.warning("De documenten zijn niet bijgewerkt: %s", error)
            outcome = Failed(error)
        except Exception:  # noqa: BLE001 - the window stays; the log says what broke
            _log.exception("De documenten zijn niet bijgewerkt.")
        finally:
            with self._changed:
                self._state = State(outcome=outcome)
                self._changed.notify_all()

    def _checked(self) -> Checked:
        return Checked(self._update(dry_run=True), self.incoming.mark())

    def _update(self, *, dry_run: bool) -> IngestReport:
        folder = self.incoming.folder
        return update(self._data, folder, self._embedder, dry_run=dry_run, listener=self._listen)

    def _listen(self, step: Step) -> None:
        now = time.monotonic()
        with self._changed:
            self._stop_if_cancelled()
            if step.stage is not self._stage:
                self._stage, self._since = step.stage, now
            left = (now - self._since) / step.done * (step.total - step.done) if step.done else None
            stops = self._state.can_stop and step.stage is not Stage.PUBLISHING
            self._state = replace(self._state, step=step, left=left, can_stop=stops)

    def _stop_if_cancelled(self) -> None:
        if self._cancelled:
            raise _Cancelled

    def _sources(self) -> list[str]:
        try:
            number = generations.current(self._data)
        except IndexMissingError:
            return []
        with self._library(number) as library:
            return [entry.source for entry in library.manifest().values()]

    def _versions(self, number: int) -> dict[str, tuple[str, str]]:
        with self._library(number) as library:
            manifest = library.manifest().values()
            return {entry.document_id: (entry.version, entry.source) for entry in manifest}

    def _library(self, number: int) -> Library:
        return Library(generations.generation_folder(self._data, number) / "library.sqlite")


def _differences(
    before: dict[str, tuple[str, str]], now: dict[str, tuple[str, str]]
) -> tuple[DocumentChange, ...]:
    def how(document: str) -> Change:
        if document not in before:
            return Change.ADDED
        return Change.CHANGED if document in now else Change.REMOVED

    return tuple(
        DocumentChange(document, (now.get(document) or before[document])[1], how(document))
        for document in sorted({*before, *now})
        if before.get(document) != now.get(document)
    )
