"""One worker process, as the process that starts it sees it.

In:  a file with its folder.
Out: the worker's answer in bytes, or why there is none.

Knows nothing of what an answer holds, of other workers, or of the order of files.
"""

from __future__ import annotations

import pickle  # noqa: S403 - between a process and its own child
import signal
import subprocess
import threading
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path
from typing import BinaryIO, cast

from ingest.errors import WegwijsError
from ingest.interpreter import start
from ingest.worker import OUT_OF_MEMORY, Limits, receive, send

# What the system ends a process with that used its time; Windows has neither.
_OUT_OF_TIME = {-getattr(signal, n) for n in ("SIGXCPU", "SIGALRM") if hasattr(signal, n)}

_END_SECONDS = 5  # for a process whose pipe is closed already


class Loss(Enum):
    """Why there is no answer."""

    TIME = auto()
    MEMORY = auto()
    CRASH = auto()


class WorkerHandle:
    """A process that reads, and the pipes to it. `end` may come from any thread."""

    def __init__(self, limits: Limits) -> None:
        """Start the process.

        Raises:
            WegwijsError: If the system does not allow it.
        """
        self.answered = 0
        self._limits = limits
        self._is_late = False
        try:
            self._process = start("ingest.worker")
        except OSError as problem:
            raise WegwijsError(*_not_started(str(problem.strerror or problem))) from problem
        self._requests = cast("BinaryIO", self._process.stdin)
        self._answers = cast("BinaryIO", self._process.stdout)

    @property
    def is_fit(self) -> bool:
        """Whether the worker can take another file."""
        return not self._is_late and self._process.poll() is None

    def greet(self, readers: str) -> None:
        """Tell the worker which module reads, and wait until it is ready.

        Raises:
            WegwijsError: If it does not become so.
        """
        greeting = self._exchange(pickle.dumps((readers, self._limits)))
        if greeting != b"":
            self.close()
            reason = (greeting or b"geen antwoord").decode(errors="replace")
            raise WegwijsError(*_not_started(reason))

    def ask(self, file: Path, folder: Path) -> bytes | Loss:
        """Return the worker's answer, or why there is none; it is then no longer fit."""
        # Absolute: the worker may have started in another folder than we are in now.
        answer = self._exchange(pickle.dumps((str(file.absolute()), str(folder.absolute()))))
        if answer is not None and answer != OUT_OF_MEMORY:
            self.answered += 1
            return answer
        with suppress(subprocess.TimeoutExpired):
            if answer is None:
                self._process.wait(_END_SECONDS)  # what it ended by itself with says why
        self.end()  # also after a lack of memory: what is left of it is in pieces
        code = self._process.wait()
        if answer is not None:
            return Loss.MEMORY
        return Loss.TIME if self._is_late or code in _OUT_OF_TIME else Loss.CRASH

    def _exchange(self, message: bytes) -> bytes | None:
        clock = threading.Timer(self._limits.wall_seconds, self._too_late)
        clock.daemon = True
        clock.start()
        try:
            send(self._requests, message)
            return receive(self._answers)
        except OSError:
            return None
        finally:
            clock.cancel()
            clock.join()

    def _too_late(self) -> None:
        self._is_late = True
        self.end()

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()

    def close(self) -> None:
        """End the process and let go of it."""
        self.end()
        self._process.wait()
        for pipe in (self._requests, self._answers):
            with suppress(OSError):  # what was still to be sent is lost with it
                pipe.close()


def _not_started(reason: str) -> tuple[str, str]:
    return (
        f"Het lezen van bestanden start niet ({reason}).",
        "Sluit andere programma's of installeer Wegwijs opnieuw.",
    )
