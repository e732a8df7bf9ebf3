"""The folder of originals, and what is remembered beside them.

In:  the folder; the content of a file; what a server said of it.
Out: the folder held for one process, files replaced in one step, a Memory per source.

A damaged memory is an empty one: everything is then fetched again.

Knows nothing of the web or of what is in an original.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ingest.errors import LockedError, SourceError

STATE = ".sources.json"


@dataclass(frozen=True, slots=True)
class Memory:
    """What was fetched for a source, and the headers that ask whether it is still the one."""

    url: str
    file: str
    sha256: str
    conditions: dict[str, str] = field(default_factory=dict)


@contextmanager
def held(folder: Path) -> Generator[None]:
    """Make the folder if need be, and keep other processes from fetching into it.

    Raises:
        SourceError: If it cannot be written to.
        LockedError: If another process is fetching into it.
    """
    from filelock import FileLock, Timeout

    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / ".sources.lock")
        lock.acquire(timeout=0)
    except Timeout:
        raise LockedError(
            "Een ander proces haalt nu al bronnen op.", "Wacht tot dat klaar is.", file=str(folder)
        ) from None
    except OSError as problem:
        raise SourceError(
            f"In deze map kan niet worden geschreven ({problem.strerror or problem}).",
            "Kies een andere map.",
            file=str(folder),
        ) from problem
    try:
        yield
    finally:
        lock.release()


def find(folder: Path, stem: str, suffixes: Iterable[str]) -> str | None:
    """Return the name of the file that a source has there, if any."""
    names = (stem + suffix for suffix in suffixes)
    return next((name for name in names if (folder / name).is_file()), None)


def digest(content: bytes) -> str:
    """Return what tells one version of a file from another."""
    return hashlib.sha256(content).hexdigest()


def replace(file: Path, content: bytes) -> None:
    """Put `content` in place of a file in one step; the lock keeps the name in between ours."""
    new = file.with_name(f".{file.name}.new")
    try:
        with new.open("wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        os.replace(new, file)
    finally:
        new.unlink(missing_ok=True)


def recall(folder: Path) -> dict[str, Memory]:
    """Return what was remembered, by source id; nothing if it was damaged."""
    try:
        plain = json.loads((folder / STATE).read_bytes())
        found = {source_id: Memory(**entry) for source_id, entry in plain.items()}
        headers = [pair for memory in found.values() for pair in memory.conditions.items()]
        names = [Path(memory.file).name == memory.file for memory in found.values()]
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}
    good = all(names) and all(
        name in {"If-None-Match", "If-Modified-Since"}
        and isinstance(value, str)
        and re.fullmatch(r"[ -~]+", value)
        for name, value in headers
    )
    return found if good else {}


def remember(folder: Path, memories: Mapping[str, Memory]) -> None:
    """Store what is remembered, by source id."""
    plain = {source_id: asdict(memory) for source_id, memory in memories.items()}
    replace(folder / STATE, json.dumps(plain, indent=1).encode())
