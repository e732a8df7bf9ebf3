"""Read what a model writes within limits of time and length, whatever it does.

In:  a Model, instructions and a request.
Out: pieces of text as they come; Failed, with why, when it does not come whole.

The model is asked in a thread of its own: one that hangs is left behind.

Knows nothing of what is written.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass

from assistant.generation import Failure
from assistant.llm.models import Model, Piece

_LONGEST = 8000  # letters; an answer of a few sentences has hundreds
_BY_STATUS = {
    401: Failure.KEY_REFUSED, 403: Failure.KEY_REFUSED, 404: Failure.NO_SUCH_MODEL,
    408: Failure.TOO_SLOW, 429: Failure.TOO_BUSY, 504: Failure.TOO_SLOW,
}  # fmt: skip
# The names of errors in httpx, openai, ollama and Python, parts before the whole.
_BY_NAME = (
    (("ConnectTimeout", "ConnectError", "UnsupportedProtocol"), Failure.UNREACHABLE),
    (("Timeout",), Failure.TOO_SLOW),
    (("RemoteProtocolError", "ReadError", "IncompleteRead"), Failure.BROKE_OFF),
    (("ConnectionError", "APIConnectionError", "gaierror"), Failure.UNREACHABLE),
    (
        ("Decode", "Validation", "KeyError", "TypeError", "AttributeError", "IndexError", "Value"),
        Failure.UNREADABLE,
    ),
)


class Failed(Exception):
    """A model did not write a whole answer."""

    def __init__(self, failure: Failure, detail: str = "") -> None:
        """Say why, and of an error its kind and status."""
        super().__init__(failure, detail)
        self.failure = failure
        self.detail = detail


@dataclass(frozen=True, slots=True)
class _Ended:
    """What ended a stream: an error, or nothing."""

    problem: Exception | None = None


def read(model: Model, system: str, request: str) -> Generator[str]:
    """Yield what a model writes.

    Args:
        model: Whom to ask.
        system: The instructions.
        request: What is asked.

    Raises:
        Failed: If it does not come, does not come whole, or does not end.
    """
    pieces: queue.SimpleQueue[Piece | _Ended] = queue.SimpleQueue()
    left = threading.Event()
    work = threading.Thread(
        target=_ask, args=(model, system, request, pieces, left), daemon=True, name="taalmodel"
    )
    work.start()
    end = time.monotonic() + model.seconds
    length = 0
    is_whole = False
    try:
        while True:
            # Of the time for the whole, half is for the first word: a small model may load first.
            wait = end - time.monotonic() - (0 if length else model.seconds / 2)
            try:
                piece = pieces.get(timeout=max(wait, 0.001))
            except queue.Empty:
                raise Failed(Failure.TOO_SLOW) from None
            if isinstance(piece, _Ended):
                _check(piece, length, is_whole=is_whole)
                return
            is_whole |= piece.is_last
            length += max(len(piece.text), 1)
            if length > _LONGEST:
                raise Failed(Failure.ENDLESS)
            yield piece.text
    finally:
        left.set()


def _check(ended: _Ended, length: int, *, is_whole: bool) -> None:
    problem = ended.problem
    if problem is not None:
        raise Failed(_failure(problem, has_begun=bool(length)), _detail(problem)) from None
    if length and not is_whole:
        raise Failed(Failure.BROKE_OFF)


def _ask(
    model: Model,
    system: str,
    request: str,
    pieces: queue.SimpleQueue[Piece | _Ended],
    left: threading.Event,
) -> None:
    try:
        for piece in model.stream(system, request):
            if left.is_set():
                return
            pieces.put(piece)
        pieces.put(_Ended())
    except Exception as problem:  # noqa: BLE001 - it is told in the thread that waits
        pieces.put(_Ended(problem))


def _failure(problem: Exception, *, has_begun: bool) -> Failure:
    status = _status(problem)
    if status >= 400:
        other = Failure.BROKEN if status >= 500 else Failure.REJECTED
        return _BY_STATUS.get(status, other)
    for error in _chain(problem):
        names = [kind.__name__ for kind in type(error).__mro__]
        for parts, failure in _BY_NAME:
            if any(part in name for part in parts for name in names):
                is_cut = has_begun and failure is Failure.UNREACHABLE
                return Failure.BROKE_OFF if is_cut else failure
    return Failure.BROKEN


def _detail(problem: Exception) -> str:
    """Return the kind and status of an error. What an endpoint wrote may hold the key."""
    status = _status(problem)
    return type(problem).__name__ + (f", HTTP {status}" if status > 0 else "")


def _status(problem: Exception) -> int:
    status = getattr(problem, "status_code", 0)
    return status if isinstance(status, int) else 0


def _chain(problem: BaseException) -> Iterator[BaseException]:
    """Yield an error and what caused it, the cause first."""
    if problem.__cause__ is not None:
        yield from _chain(problem.__cause__)
    yield problem
