"""Read files for another process, one at a time, within limits.

In:  on standard input: the settings, then a file with its folder, again and again.
Out: on standard output: an empty greeting, then one answer a file.

The other side may end this process at any moment, and this process ends with the other side.
Both sides speak in messages: eight bytes that say how long it is, then its bytes.

Knows nothing of who asks, how many there are, or what becomes of the documents.
"""

from __future__ import annotations

import importlib
import os
import pickle  # noqa: S403 - between a process and its own child
import signal
import struct
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import BinaryIO

from ingest.errors import FileError
from ingest.records import Document

_LENGTH = struct.Struct(">Q")
MAX_MESSAGE = 256_000_000

# The one answer that is no pickled document or error.
OUT_OF_MEMORY = b"memory"


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost.

    Attributes:
        memory: Bytes of address space of the process that reads.
        cpu_seconds: Computing time.
        wall_seconds: Time on the clock. More than computing time, for a computer may be busy:
            it is there for a reader that waits for something that never comes.
    """

    memory: int = 1_536 * 1024 * 1024
    cpu_seconds: int = 60
    wall_seconds: int = 120


def send(stream: BinaryIO, message: bytes) -> None:
    """Write one message.

    Raises:
        OSError: If nobody reads any more.
    """
    stream.write(_LENGTH.pack(len(message)) + message)
    stream.flush()


def receive(stream: BinaryIO) -> bytes | None:
    """Return the next message, or None where the other side ended or talks nonsense."""
    header = stream.read(_LENGTH.size)
    if len(header) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(header)
    if length > MAX_MESSAGE:
        return None
    message = stream.read(length)
    return message if len(message) == length else None


def main() -> None:
    """Answer until the other side ends."""
    requests, answers = _own_channels()
    settings = receive(requests)
    if settings is None:
        return
    readers, limits = pickle.loads(settings)  # noqa: S301 - from the process that started us
    # openpyxl takes numpy along when it is there, and uses it for nothing that we read.
    sys.modules["numpy"] = None  # type: ignore[assignment]
    try:
        read = importlib.import_module(readers).read_document
    except (ImportError, AttributeError) as problem:  # no fault of any file
        send(answers, f"{type(problem).__name__}: {problem}".encode(errors="replace"))
        return
    _limit_process(limits)
    send(answers, b"")
    inbox: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(requests, inbox), daemon=True).start()
    while True:
        file, folder = pickle.loads(inbox.get())  # noqa: S301 - likewise
        _limit_file(limits)
        send(answers, _answer(read, Path(file), Path(folder)))
        _stop_clock()


def _own_channels() -> tuple[BinaryIO, BinaryIO]:
    """Take standard input and output for messages; what a parser prints goes nowhere."""
    # Ctrl-C reaches every process of the terminal; the one who started us decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    return requests, answers


def _listen(requests: BinaryIO, inbox: SimpleQueue[bytes]) -> None:
    """Pass requests on. A thread of its own also notices, amid a file, that nobody waits."""
    while (message := receive(requests)) is not None:
        inbox.put(message)
    os._exit(0)


def _limit_process(limits: Limits) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; time on the clock still holds
        return
    for number in (signal.SIGXCPU, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    for kind, most in ((resource.RLIMIT_AS, limits.memory), (resource.RLIMIT_CORE, 0)):
        with suppress(ValueError, OSError):  # a tighter limit is in force already
            resource.setrlimit(kind, (most, most))


def _limit_file(limits: Limits) -> None:
    try:
        import resource
    except ImportError:
        return
    # The system counts for the whole process: allow what was used, and this file's share.
    used = int(time.process_time()) + 1
    with suppress(ValueError, OSError):
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (used + limits.cpu_seconds, hard))
    # The last resort, which needs no Python: a parser is stuck, and the other side is gone.
    signal.alarm(limits.wall_seconds + 10)


def _stop_clock() -> None:
    if hasattr(signal, "alarm"):
        signal.alarm(0)


def _answer(read: Callable[[Path, Path], Document], file: Path, folder: Path) -> bytes:
    try:
        outcome: Document | FileError = read(file, folder)
    except MemoryError:
        return OUT_OF_MEMORY
    except FileError as problem:
        if _is_from_memory(problem):
            return OUT_OF_MEMORY
        outcome = problem
    try:
        message = pickle.dumps(outcome, pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return OUT_OF_MEMORY
    return message if len(message) <= MAX_MESSAGE else OUT_OF_MEMORY


def _is_from_memory(problem: BaseException) -> bool:
    """Tell whether a reader took a lack of memory for a broken file."""
    cause: BaseException | None = problem
    while cause is not None:
        if isinstance(cause, MemoryError):
            return True
        cause = cause.__cause__
    return False
