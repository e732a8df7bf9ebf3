"""Readers that misbehave, for test_sandbox.py: what a file is named tells what happens to it."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from ingest import reading
from ingest.reading import build_document
from ingest.records import BlockKind, Document, Draft, DraftBlock

_poisoned: list[Path] = []


def read_document(file: Path, folder: Path) -> Document:
    if _poisoned:
        os._exit(1)
    kind = file.stem.split("-")[0]
    if kind in MISDEEDS:
        MISDEEDS[kind](file)
    document = reading.read_document(file, folder)
    loaded = " ".join(sorted(name for name, found in sys.modules.items() if found))
    return _said(loaded if kind == "modules" else str(os.getpid()), document)


def _sleep(file: Path) -> None:
    (file.parent / "pid").write_text(str(os.getpid()), encoding="utf-8")
    (file.parent / "pid").rename(file.with_suffix(".started"))
    time.sleep(1000)


def _spin(file: Path) -> None:
    while True:
        pass


def _grow(file: Path) -> None:
    hoard = []
    while True:
        hoard.append(bytearray(1_000_000))


def _raise(file: Path) -> None:
    raise LookupError(file)


def _talk(file: Path) -> None:
    for stream in (sys.stdout, sys.stderr):
        stream.write("lawaai")
        stream.flush()
    os.write(1, b"lawaai")
    os.write(2, b"lawaai")
    assert not sys.stdin.read()


MISDEEDS: dict[str, Callable[[Path], object]] = {
    "sleeps": _sleep,
    "spins": _spin,
    "eats": lambda file: bytearray(8_000_000_000),
    "grows": _grow,
    "exits": lambda file: os._exit(3),
    "quits": lambda file: sys.exit("weg"),
    "raises": _raise,
    "segfaults": lambda file: ctypes.string_at(1),
    "aborts": lambda file: os.abort(),
    "killed": lambda file: os.kill(os.getpid(), signal.SIGKILL),
    "talks": _talk,
    "poisons": _poisoned.append,
    "counts": lambda file: file.with_suffix(".counted").touch(),
}


def _said(text: str, document: Document) -> Document:
    return build_document(Draft((DraftBlock(BlockKind.PARAGRAPH, text),)), document.source)
