"""Measure the window with many users at once, while the index changes: `make test-load`.

In:  how many users, how long, how long they think.
Out: how many questions were answered, errors, and the times that people waited.

The window is a process of its own, on this machine; so is the ingest that changes a document
meanwhile. The questions are those of tests/questions/corpus, with their follow-ups, and one about
the document that changes. The visitors take part of the same cores.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from assistant.evaluation.questions import Case, load_cases
from tests.commandline import MAIN, REPOSITORY
from tests.visiting import Visit, visit

CORPUS = REPOSITORY / "corpus"
QUESTIONS = REPOSITORY / "tests" / "questions" / "corpus"
CHANGING = "Hoeveel fietsen staan er in stalling Noord en hoeveel kluizen heeft stalling Noord?"
_CASES = 3  # in one conversation
_EDITION = re.compile(r"\b9\d\d\d\b")


def documents(folder: Path, edition: int) -> list[Path]:
    """Write a document whose two numbers change together; return what to ingest."""
    folder.mkdir(exist_ok=True)
    number = 9000 + edition
    (folder / "stalling.md").write_text(
        "# Fietsenstalling Noord\n\n## Fietsen\n\n"
        f"Er staan {number} fietsen in stalling Noord.\n\n## Kluizen\n\n"
        f"Stalling Noord heeft {number} kluizen.\n",
        encoding="utf-8",
    )
    return [CORPUS, folder]


def editions(visits: Sequence[Visit]) -> list[set[str]]:
    """Return for each answer about the document that changes the editions that it shows."""
    return [set(_EDITION.findall(one.html)) for one in visits if one.question == CHANGING]


def conversations(seed: int = 1) -> Iterator[list[str]]:
    """Return conversations without end: questions of different kinds, and what follows them."""
    # Read now: whoever takes the first one may be measuring.
    return _drawn(list(load_cases(sorted(QUESTIONS.glob("*.yaml")))), random.Random(seed))


def _drawn(cases: Sequence[Case], chance: random.Random) -> Iterator[list[str]]:
    while True:
        drawn = chance.sample(cases, _CASES)
        asked = list(itertools.chain.from_iterable((*one.history, one.question) for one in drawn))
        if chance.random() < 0.5:
            asked.insert(chance.randrange(len(asked) + 1), CHANGING)
        yield asked


def wegwijs(*words: str | Path) -> subprocess.Popen[str]:
    """Start a command of Wegwijs."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("WEGWIJS")}
    return subprocess.Popen(
        [sys.executable, "-c", MAIN, *map(str, words)],
        cwd=REPOSITORY, env=clean, text=True,
        stdout=subprocess.PIPE,
    )  # fmt: skip


@contextmanager
def serving(data: Path, *words: str) -> Generator[str]:
    """Let `wegwijs serve` run on a free port and yield its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    process = wegwijs("serve", "--port", str(port), "--data", data, *words)
    try:
        assert process.stdout is not None
        assert address in (line := process.stdout.readline()), line
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        until = time.monotonic() + 30
        while True:
            try:
                opener.open(address, timeout=10).close()
                break
            except OSError:
                assert time.monotonic() < until and process.poll() is None
                time.sleep(0.05)
        yield address
    finally:
        process.terminate()
        process.communicate(timeout=20)


def ingest(data: Path, folder: Path, edition: int) -> None:
    """Bring an edition of the document into the index."""
    process = wegwijs("ingest", *documents(folder, edition), "--data", data)
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 0, out


def measure(users: int, seconds: float, pause: float, changes: int) -> list[Visit]:
    """Let users ask while the index changes, and return every question with what it led to."""
    with tempfile.TemporaryDirectory() as name:
        data, folder = Path(name, "data"), Path(name, "docs")
        ingest(data, folder, 0)
        with serving(data) as address, ThreadPoolExecutor(1) as beside:
            warm = iter(range(users))
            visit(address, conversations(0), users=2, goes_on=lambda: next(warm, None) is not None)
            asked = conversations()
            end = time.monotonic() + seconds
            changed = beside.submit(_change, data, folder, changes, seconds / (changes + 2))
            visits = visit(
                address,
                asked,
                users=users,
                goes_on=lambda: time.monotonic() < end,
                pause=pause,
            )
            changed.result()
    return visits


def _change(data: Path, folder: Path, changes: int, wait: float) -> None:
    for edition in range(1, changes + 1):
        time.sleep(wait)
        ingest(data, folder, edition)


def _percentile(times: Sequence[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def _row(name: str, times: Sequence[float]) -> str:
    shares = [_percentile(times, share) for share in (0.5, 0.95, 0.99)]
    return f"{name:<28}" + "".join(f"{t:8.2f}" for t in (*shares, max(times)))


def told(visits: Sequence[Visit], seconds: float) -> str:
    """Return in words what came of visits that took so many seconds."""
    errors = [one.error for one in visits if one.error]
    fine = [one for one in visits if not one.error]
    seen = editions(fine)
    lines = [
        f"  questions      {len(visits)} ({len(visits) / seconds:.1f} a second)",
        f"  errors         {len(errors)} {' | '.join(sorted(set(errors))[:5])}",
        f"  editions seen  {' '.join(sorted(set().union(*seen)))}",
        f"  mixed editions {sum(len(one) > 1 for one in seen)}",
        f"{'  seconds':<28}{'p50':>8}{'p95':>8}{'p99':>8}{'max':>8}",
    ]
    if fine:
        lines += [
            _row("  until the answer", [one.answered for one in fine]),
            _row("  until the next question", [one.done for one in fine]),
        ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pause", type=float, nargs="*", default=[0.0, 5.0])
    parser.add_argument("--changes", type=int, default=2, help="re-ingests meanwhile")
    given = parser.parse_args()
    for pause in given.pause:
        visits = measure(given.users, given.seconds, pause, given.changes)
        who = f"{given.users} users for {given.seconds:g} s, who think {pause:g} s"
        sys.stdout.write(f"{who}\n{told(visits, given.seconds)}")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
