"""One collection of vectors in Chroma, opened in a process of its own.

In:  what `chroma.Collection` is asked.
Out: what it answers, or the error that it raises.

Chroma holds on to Python's interpreter all the time that it writes, which is a third of an
ingest: in a process of its own it holds up nothing else. That costs a second to start.

The process ends with the one that started it. Knows nothing of what is asked.
"""

from __future__ import annotations

import os
import pickle  # noqa: S403 - between a process and its own child
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

from ingest.chroma import Collection
from ingest.errors import StorageError, WegwijsError
from ingest.interpreter import start
from ingest.worker import receive, send

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    import numpy as np
    from numpy.typing import NDArray


class CollectionApart:
    """What `chroma.Collection` is, in another process; one thread at a time may ask."""

    def __init__(self, folder: Path) -> None:
        """Open the collection in `folder`, or make an empty one there.

        Raises:
            StorageError: If no process can be started, or it ends at once.
            WegwijsError: As `chroma.Collection`.
        """
        try:
            self._process = start(__name__)
        except OSError as problem:
            raise StorageError(*_ended(problem.strerror or str(problem))) from problem
        self._requests = cast("BinaryIO", self._process.stdin)
        self._answers = cast("BinaryIO", self._process.stdout)
        try:
            self._ask("open", folder.absolute())
        except WegwijsError:
            self._let_go()
            raise

    def close(self) -> None:
        """Let go of the folder and end the process.

        Raises:
            StorageError: If the process had ended before.
        """
        try:
            self._ask("close")
        finally:
            self._let_go()

    def _let_go(self) -> None:
        for pipe in (self._requests, self._answers):
            with suppress(OSError):  # what was still to be sent is lost with it
                pipe.close()
        self._process.wait()

    def _ask(self, name: str, *arguments: object) -> Any:  # noqa: ANN401 - each answers its own
        try:
            send(self._requests, pickle.dumps((name, arguments), pickle.HIGHEST_PROTOCOL))
            answer = receive(self._answers)
        except OSError as problem:
            raise StorageError(*_ended(problem.strerror or str(problem))) from problem
        if answer is None:
            raise StorageError(*_ended("geen antwoord"))
        value = pickle.loads(answer)  # noqa: S301 - from our own child
        if isinstance(value, WegwijsError):
            raise value
        return value

    def write(
        self, added: Sequence[str], vectors: NDArray[np.float32], removed: Sequence[str]
    ) -> None:
        """As `chroma.Collection.write`."""
        self._ask("write", list(added), vectors, list(removed))

    def nearest(self, vector: NDArray[np.float32], limit: int) -> dict[str, float]:
        """As `chroma.Collection.nearest`."""
        return cast("dict[str, float]", self._ask("nearest", vector, limit))

    def get(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """As `chroma.Collection.get`."""
        return cast("dict[str, NDArray[np.float32]]", self._ask("get", list(ids)))

    def count(self) -> int:
        """As `chroma.Collection.count`."""
        return cast("int", self._ask("count"))

    def widen(self, effort: int) -> None:
        """As `chroma.Collection.widen`."""
        self._ask("widen", effort)


def _ended(reason: str) -> tuple[str, str]:
    return (
        f"Het proces dat de zoekindex schrijft, brak af ({reason}).",
        "Misschien is er te weinig geheugen: sluit andere programma's en doe hetzelfde opnieuw. "
        "De oude index is gebleven zoals hij was.",
    )


def main() -> None:
    """Answer until the other side ends; that side of it is `CollectionApart`."""
    # Ctrl-C reaches every process of the terminal; the one who started us decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests = sys.stdin.buffer
    # What a library prints must not come between: its stdout is our stderr from here on.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    collection: Collection | None = None
    while (message := receive(requests)) is not None:
        name, arguments = pickle.loads(message)  # noqa: S301 - from the process that started us
        value: object = None
        try:
            if collection is None:
                collection = Collection(*arguments)
            else:
                value = getattr(collection, name)(*arguments)
        except WegwijsError as problem:
            value = problem
        except Exception as problem:  # noqa: BLE001 - whatever it is, the other side tells it
            value = StorageError(*_ended(f"{type(problem).__name__}: {problem}"))
        send(answers, pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
