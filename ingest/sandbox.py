"""Read many files at once, each in a process that may fail without harm.

In:  files, each with the folder it was found in.
Out: for each file, in the same order, a Document or the FileError that says why not.

A worker process (worker.py, worker_handle.py) reads one file at a time under limits of memory
and time. One that dies, hangs or uses too much costs its own file alone: another takes its
place. This guards against files that are broken or made to break a parser; a parser that obeys
its file could still do what the user can do.

Knows nothing of formats, passages or the index.
"""

from __future__ import annotations

import os
import pickle  # noqa: S403 - between a process and its own child
import sys
import threading
from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from ingest.errors import FileError, WegwijsError
from ingest.files import shown_name
from ingest.records import Document
from ingest.worker import Limits
from ingest.worker_handle import Loss, WorkerHandle

# A slow file holds back the ones after it. The others read on meanwhile: so many files for each
# worker, unless their answers take too much room.
_AHEAD = 24
_MAX_HELD = 64_000_000

_SPLIT = "Splits het in kleinere bestanden en lees die in."


def read_all(
    files: Sequence[tuple[Path, Path]],
    *,
    workers: int | None = None,
    readers: str = "ingest.reading",
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> Generator[Document | FileError]:
    """Yield what each file holds, or why it cannot be read, in the order of `files`.

    Nothing starts before the first is asked for. Closing the generator ends the workers at once;
    a caller that may stop early closes it itself (`contextlib.closing`).

    Args:
        files: Each file with the folder it was found in.
        workers: How many files to read at a time; one for every core when not given.
        readers: The module whose `read_document` reads a file.
        limits: What one file may cost.

    Raises:
        ValueError: If there are to be no workers.
        WegwijsError: If no worker can be started.
    """
    count = _cores() if workers is None else workers
    if count < 1:
        raise ValueError(f"workers must be positive, got {count}")
    crew = _Crew(readers, limits)
    # Threads only wait, each for its worker.
    pool = ThreadPoolExecutor(count, thread_name_prefix="sandbox")
    waiting: deque[Future[bytes | FileError]] = deque()
    todo = iter(files)
    try:
        while True:
            while len(waiting) < count * _AHEAD and _held(waiting) < _MAX_HELD:
                if (next_one := next(todo, None)) is None:
                    break
                waiting.append(pool.submit(crew.read, *next_one))
            if not waiting:
                return
            outcome = waiting.popleft().result()
            if isinstance(outcome, bytes):
                # Kept as bytes until here: objects take several times the room.
                yield pickle.loads(outcome)  # noqa: S301 - from a worker of ours
            else:
                yield outcome
    finally:
        crew.stop()
        pool.shutdown(wait=True, cancel_futures=True)
        crew.dismiss()


def _cores() -> int:
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _held(waiting: deque[Future[bytes | FileError]]) -> int:
    """Return how many bytes of answers wait for their turn."""
    done = (future for future in waiting if future.done() and not future.exception())
    return sum(len(answer) for future in done if isinstance(answer := future.result(), bytes))


class _Crew:
    """The workers of one run. Its methods are called from several threads."""

    def __init__(self, readers: str, limits: Limits) -> None:
        self._readers = readers
        self._limits = limits
        self._lock = threading.Lock()
        self._all: set[WorkerHandle] = set()
        self._idle: deque[WorkerHandle] = deque()
        self._stopped = False

    def read(self, file: Path, folder: Path) -> bytes | FileError:
        """Return the answer of a worker, or what became of it.

        Raises:
            WegwijsError: If no worker can be started.
        """
        try:
            worker = self._idle.pop()
        except IndexError:
            worker = self._start()
        while True:
            used = worker.answered > 0
            answer = worker.ask(file, folder)
            if worker.is_fit:
                self._idle.append(worker)
            else:
                self._retire(worker)
            if isinstance(answer, bytes):
                return answer
            # What earlier files left behind may be to blame: a fresh worker judges this one.
            if not used or answer is Loss.TIME:
                return self._explain(answer, shown_name(file, folder))
            worker = self._start()

    def _start(self) -> WorkerHandle:
        with self._lock:
            if self._stopped:
                raise WegwijsError("Het inlezen is gestopt.", "Lees de bestanden opnieuw in.")
            worker = WorkerHandle(self._limits)
            self._all.add(worker)
        worker.greet(self._readers)
        return worker

    def _retire(self, worker: WorkerHandle) -> None:
        with self._lock:
            self._all.discard(worker)
        worker.close()

    def stop(self) -> None:
        """End every worker, whatever it is doing; none starts any more."""
        with self._lock:
            self._stopped = True
            for worker in self._all:
                worker.end()

    def dismiss(self) -> None:
        """Let go of every worker; no thread uses one any more."""
        for worker in self._all:
            worker.close()

    def _explain(self, loss: Loss, file: str) -> FileError:
        if loss is Loss.TIME:
            what = f"Het lezen duurt te lang: langer dan {self._limits.cpu_seconds} seconden."
            return FileError(what, _SPLIT, file=file)
        if loss is Loss.MEMORY:
            return FileError("Het lezen kost te veel geheugen.", _SPLIT, file=file)
        return FileError(
            "Wegwijs liep vast op dit bestand: het is beschadigd of te zwaar.",
            "Open het, sla het opnieuw op en probeer het nog eens. Lukt dat niet, splits het dan.",
            file=file,
        )
