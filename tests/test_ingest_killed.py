"""An ingest that is killed half-way: an index answers on, and the next ingest makes it good."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from commandline import wegwijs
from indexing import DOCUMENTS, ZWEM, answers, content, found, write

from ingest import generations
from ingest.embedding import Embedder
from ingest.pipeline import ingest

# A real ingest in a process of its own, which says when it is about to begin and can be told
# to kill itself at the n-th time that Python is about to do something to the disk.
CHILD = """
import os, signal, sys
from pathlib import Path
import chromadb, tantivy, scipy.optimize
from ingest.embedding import load_embedder
from ingest.pipeline import ingest
docs, data, event, count = sys.argv[1:]
embedder, left = load_embedder(), int(count)
embedder.embed_query("warm")
def hook(name, arguments):
    global left
    if name == event:
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
print("begint", flush=True)
ingest([Path(docs)], Path(data), embedder)
print("klaar", flush=True)
"""


def start(docs: Path, data: Path, event: str = "none", count: int = 0) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(docs), str(data), event, str(count)],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout and process.stdout.readline() == "begint\n"
    return process


@pytest.fixture(scope="module")
def changes(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> dict[str, Any]:
    """An index, its documents as they are now, and what an undisturbed ingest makes of them."""
    folder = tmp_path_factory.mktemp("changes")
    docs, old, new = folder / "docs", folder / "old", folder / "new"
    write(docs, DOCUMENTS)
    write(
        docs,
        {f"extra{i}.md": f"# Extra {i}\n\nTekst nummer {i} over zwemmen.\n" for i in range(30)},
    )
    ingest([docs], old, embedder)
    write(docs, {"zwemles.md": ZWEM.replace("5 euro", "7 euro"), "nieuw.md": "# Nieuw\n\nTrein.\n"})
    (docs / "brief.md").unlink()
    shutil.copytree(old, new)
    process = start(docs, new)
    began = time.monotonic()
    process.wait()
    seconds = time.monotonic() - began
    return {
        "docs": docs, "old": old, "seconds": seconds,
        "before": content(old), "answered": answers(old, embedder),
        "after": content(new), "answers": answers(new, embedder), "found": found(new, embedder),
    }  # fmt: skip


def check_answers_and_recovers(changes: dict[str, Any], data: Path, embedder: Embedder) -> None:
    """Check that a whole index answers, and that the next ingest ends where it should."""
    is_old = generations.current(data) == 1
    assert answers(data, embedder) == changes["answered" if is_old else "answers"]
    assert content(data) == changes["before" if is_old else "after"]  # validates too
    report = ingest([changes["docs"]], data, embedder)
    assert not report.failed
    assert content(data) == changes["after"]
    assert found(data, embedder) == changes["found"]
    assert len(generations.numbers(data)) <= 2
    assert answers(data, embedder) == changes["answers"]
    assert {path.name for path in (data / "generations").iterdir()} == {
        f"{number:04d}" for number in generations.numbers(data)
    }


KILLS = int(os.environ.get("WEGWIJS_KILLS", "5"))  # `make test-kills` asks for 50


@pytest.mark.slow
@pytest.mark.parametrize(
    "share", [random.Random(i).uniform(i / KILLS, (i + 1) / KILLS) for i in range(KILLS)]
)
def test_an_ingest_killed_at_any_moment_leaves_an_index_that_answers(
    changes: dict[str, Any], tmp_path: Path, embedder: Embedder, share: float
) -> None:
    data = tmp_path / "data"
    shutil.copytree(changes["old"], data)
    with start(changes["docs"], data) as process:
        time.sleep(share * changes["seconds"])
        process.send_signal(signal.SIGKILL)
    if share > 0.6:  # a few times as a user does it
        done = wegwijs("ask", "Wie betaalt de zwemles?", "--data", data)
        assert (done.code, done.err) == (0, "")
        assert ("5 euro" if generations.current(data) == 1 else "7 euro") in done.out
    check_answers_and_recovers(changes, data, embedder)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("event", "count", "answers"),
    [
        ("shutil.copytree", 1, 1),  # before the first byte of the new generation
        ("os.rename", 1, 1),  # built, and not yet in its place
        ("os.rename", 2, 1),  # in its place, and CURRENT not yet replaced
        ("shutil.rmtree", 2, 2),  # CURRENT replaced, and nothing tidied yet
    ],
)
def test_an_ingest_killed_around_publishing_leaves_an_index_that_answers(
    changes: dict[str, Any],
    tmp_path: Path,
    embedder: Embedder,
    event: str,
    count: int,
    answers: int,
) -> None:
    data = tmp_path / "data"
    shutil.copytree(changes["old"], data)
    with start(changes["docs"], data, event, count) as process:
        process.wait()
    assert process.returncode == -signal.SIGKILL
    assert generations.current(data) == answers
    check_answers_and_recovers(changes, data, embedder)


@pytest.mark.slow
def test_a_first_ingest_that_was_killed_leaves_no_index_and_the_next_one_works(
    changes: dict[str, Any], tmp_path: Path, embedder: Embedder
) -> None:
    with start(changes["docs"], tmp_path / "data", "os.rename", 1) as process:
        process.wait()
    assert process.returncode == -signal.SIGKILL
    assert not (tmp_path / "data" / "CURRENT").exists()
    ingest([changes["docs"]], tmp_path / "data", embedder)
    assert content(tmp_path / "data") == changes["after"]
