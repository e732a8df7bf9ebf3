"""Generations of the index on disk, and the one that answers.

    DATA/
      CURRENT            the number of the generation that answers, replaced in one step
      writer.lock        held by the one process that writes; `writer` names it
      generations/0001/  library.sqlite, lexical/, vectors/: everything an answer needs, and
                         documents/: the uploaded files that it was made from (uploads.py)
      incoming/          uploaded files that no one took in yet; not an index
      evaluations/       what generations answered to a set of questions; not an index
      questions/         sets of questions that an editor put there; not an index
      feedback.sqlite    what people thought of answers; not an index
      questions.sqlite   what was asked, where that is switched on; not an index
      users.json         who may log in; not an index

In:  the data folder.
Out: folders of generations; a new one is built beside the current one and published by
     replacing CURRENT, so a crash anywhere leaves the current one answering.

Knows nothing of what is inside a generation.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Generator
from datetime import datetime
from pathlib import Path

from ingest import storage
from ingest.errors import (
    IndexBrokenError,
    IndexMissingError,
    LockedError,
    SettingError,
    StorageError,
)

EVALUATIONS = "evaluations"  # folder in the data folder
_TRIES, _PAUSE = 30, 0.1  # times, seconds


def generation_folder(data: Path, number: int) -> Path:
    """Return the folder of generation `number`."""
    return data / "generations" / f"{number:04d}"


def current(data: Path) -> int:
    """Return the number of the generation that answers.

    Raises:
        IndexMissingError: If no index was made yet.
        IndexBrokenError: If the pointer names a generation that is not there.
    """
    pointer = _pointer(data)
    while not pointer.isdigit() or not generation_folder(data, int(pointer)).is_dir():
        before, pointer = pointer, _pointer(data)
        if pointer == before:  # else a newer one was published, and the old one went, meanwhile
            raise IndexBrokenError(
                f"De index in '{data}' is beschadigd.",
                "Maak hem opnieuw: haal die map weg en doe 'wegwijs ingest'.",
            )
    return int(pointer)


def _pointer(data: Path) -> str:
    try:
        return (data / "CURRENT").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise IndexMissingError(
            f"Er is nog geen index in '{data}'.", "Maak hem met: wegwijs ingest"
        ) from None


def numbers(data: Path) -> list[int]:
    """Return the numbers of the generations on disk, oldest first; half-made ones are not in."""
    folder = data / "generations"
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return sorted(int(name) for name in names if name.isdigit())


@contextlib.contextmanager
def building(data: Path) -> Generator[Path]:
    """Give a folder to build the next generation in; whatever fails, it is taken away."""
    folder = data / "generations" / "building"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(data: Path, folder: Path, *, keep_previous: bool = True) -> int:
    """Make the generation built in `folder` the one that answers.

    The one that answered before stays for `rollback`; older ones go.

    Args:
        data: The data folder.
        folder: Where the generation was built; it moves.
        keep_previous: False to keep no other generation at all.

    Returns:
        Its number.

    Raises:
        StorageError: If an older generation cannot be taken away.
    """
    keep = {_current_or_none(data)} if keep_previous else set()
    number = max(numbers(data), default=0) + 1
    _sync(folder)
    os.replace(folder, generation_folder(data, number))
    _sync_folder(data / "generations")
    _point_to(data, number)
    for old in numbers(data):
        if old not in {*keep, number}:
            # Under a name that is no number first: a crash leaves no half generation to go back to.
            going = data / "generations" / f"going-{old:04d}"
            os.replace(generation_folder(data, old), going)
            _take_away(going)
    return number


def _take_away(*folders: Path) -> None:
    """Remove folders, also while a reader that has one open makes files in it.

    Raises:
        StorageError: If one stays.
    """
    for folder in folders:
        for _ in range(_TRIES):
            shutil.rmtree(folder, ignore_errors=True)
            if not folder.exists():
                break
            time.sleep(_PAUSE)
        else:
            raise StorageError(
                "Een oude versie van de index kan niet worden weggehaald.",
                "Haal deze map zelf weg.",
                file=str(folder),
            )


def rollback(data: Path) -> int:
    """Let the generation before the current one answer again.

    Returns:
        Its number.

    Raises:
        IndexMissingError: If there is no index, or no generation before the current one.
        LockedError: If another process is writing.
    """
    with writer_lock(data):
        now = current(data)
        before = max((number for number in numbers(data) if number < now), default=None)
        if before is None:
            raise IndexMissingError(
                f"Er is geen eerdere versie van de index om naar terug te gaan (dit is {now}).",
                "Zet de oude documenten terug en doe: wegwijs ingest",
            )
        _point_to(data, before)
        return before


def _current_or_none(data: Path) -> int | None:
    try:
        return current(data)
    except IndexMissingError:
        return None


def _point_to(data: Path, number: int) -> None:
    new = data / "CURRENT.new"
    with new.open("w", encoding="utf-8") as file:
        file.write(f"{number}\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, data / "CURRENT")
    _sync_folder(data)


@contextlib.contextmanager
def writer_lock(data: Path) -> Generator[None]:
    """Hold the right to write; the system frees it when the process dies.

    Raises:
        LockedError: If another process holds it.
        SettingError: If the folder cannot be written to.
        StorageError: If what is written meanwhile cannot be stored.
        BrokenPipeError: If nobody listens to the progress any more.
    """
    from filelock import FileLock, Timeout

    try:
        data.mkdir(parents=True, exist_ok=True)
        lock = FileLock(data / "writer.lock")
        lock.acquire(timeout=0)
    except Timeout:
        raise LockedError(
            f"Een ander proces{_holder(data)} werkt de index nu bij.",
            "Wacht tot dat klaar is en probeer het dan opnieuw.",
        ) from None
    except OSError as problem:
        raise SettingError(
            f"In de map '{data}' kan niet worden geschreven ({problem.strerror or problem}).",
            "Geef met --data een map op waar je wel mag schrijven.",
        ) from problem
    try:
        started = datetime.now().astimezone().strftime("%H:%M")
        with contextlib.suppress(OSError):  # a full disk; the lock is held all the same
            _holder_file(data).write_text(f"{os.getpid()} {started}\n", encoding="utf-8")
        below = data / "generations"
        _take_away(below / "building", *below.glob("going-*"))  # what a crash left behind
        yield
    except BrokenPipeError:
        raise
    except OSError as problem:
        raise StorageError(*storage.reason(problem)) from problem
    finally:
        _holder_file(data).unlink(missing_ok=True)
        lock.release()


def holder(data: Path) -> str | None:
    """Name who holds the right to write, as a Dutch aside; None when nobody does.

    Nothing is taken: a process that starts to write meanwhile can.
    """
    named = _holder(data)
    if not named or os.name != "posix":
        return named or None
    import fcntl

    # Left behind by a crash, too: only then, or where somebody writes, is the lock looked at.
    try:
        with (data / "writer.lock").open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return None
    except BlockingIOError:
        return named
    return None


def _holder(data: Path) -> str:
    """Name who holds the lock; the system, not this file, says whether it is held."""
    try:
        process, started = _holder_file(data).read_text(encoding="utf-8").split()
    except (OSError, ValueError):
        return ""
    return f" (proces {process}, begonnen om {started})"


def _holder_file(data: Path) -> Path:
    return data / "writer"


def _sync(folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        else:
            _sync_folder(path)
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return  # Windows has no handle on a folder
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
