"""Help tests run Wegwijs as its users and other programs do: as a process of its own.

In:  the words of a command, and variables of its surroundings.
Out: its exit code, what it wrote to stdout and to stderr.

Knows nothing of what a test expects.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.progress import Stage

MAIN = "from ui.cli import main; main()"
REPOSITORY = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Run:
    """What a process did."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """What it wrote to stderr besides the progress of an ingest."""
        return re.sub(rf"^({'|'.join(Stage)})( \d+/\d+)?\n", "", self.err, flags=re.M | re.I)

    @property
    def rows(self) -> list[Any]:
        """Every line of stdout as JSON: fails when anything else stands there."""
        return [json.loads(line) for line in self.out.removesuffix("\n").split("\n")]


def wegwijs(
    *words: str | Path,
    env: Mapping[str, str] | None = None,
    before: Sequence[str] = (),
    cwd: Path = REPOSITORY,
) -> Run:
    """Run `wegwijs` with these words; `before` goes before the command, such as `unshare`."""
    return python(MAIN, *words, env=env, before=before, cwd=cwd)


def python(
    code: str,
    *words: str | Path,
    env: Mapping[str, str] | None = None,
    before: Sequence[str] = (),
    cwd: Path = REPOSITORY,
) -> Run:
    """Run Python code in surroundings without settings of Wegwijs."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("WEGWIJS")}
    done = subprocess.run(
        [*before, sys.executable, "-c", code, *map(str, words)],
        env={**clean, **(env or {})},
        cwd=cwd,
        capture_output=True,  # bytes: what `show` prints must not be changed on the way
        timeout=120,
        check=False,
    )
    return Run(done.returncode, done.stdout.decode(), done.stderr.decode())


def jsonl(file: Path, *rows: object) -> Path:
    """Write one JSON object a line and return the file."""
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file
