"""An ingest that cannot go on: a full disk, a closed folder, Ctrl-C. The old index answers on."""

from __future__ import annotations

import os
import random
import shutil
import signal
import string
import subprocess
import sys
import time
from pathlib import Path

import pytest
from commandline import MAIN, REPOSITORY, Run, wegwijs
from indexing import ZWEM, content, write

from ingest import generations, storage
from ingest.embedding import Embedder
from ingest.errors import StorageError
from ingest.library import Library
from ingest.maintenance import verify
from ingest.pipeline import ingest

NAMESPACE = ("unshare", "--user", "--map-root-user", "--mount")
QUESTION = "Wie betaalt de zwemles?"
FULL = "De schijf is vol. Maak ruimte vrij"
CLOSED = "kan niet worden geschreven"


def can_mount() -> bool:
    try:
        tried = subprocess.run(
            [*NAMESPACE, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False
        )
    except OSError:
        return False
    return tried.returncode == 0


needs_mount = pytest.mark.skipif(
    not can_mount(), reason="file systems of one's own (unshare --mount) are not allowed here"
)


def grow(docs: Path) -> None:
    """Add and change documents, so that the next ingest writes megabytes."""
    dice = random.Random(5)
    letters = string.ascii_lowercase
    for i in range(12):
        # Words of its own for every part, so that no two parts look alike.
        words = ["".join(dice.choices(letters, k=7)) for _ in range(200)]
        parts = [" ".join(words[n : n + 5] * 14) + "." for n in range(0, 200, 5)]
        write(docs, {f"groot{i}.md": f"# Groot {i}\n\n" + "\n\n".join(parts) + "\n"})
    write(docs, {"zwemles.md": ZWEM.replace("5 euro", "7 euro")})


def fails_well(run: Run, said: str) -> bool:
    assert "Traceback" not in run.err and "Errno" not in run.said, run.err
    assert run.code != 0 and run.out == ""
    assert said in run.said and len(run.said.splitlines()) == 1, run.err
    return True


# Makes the data folder a file system of its own, as large as what it holds and $3 KiB more; runs
# the ingest, asks, and then again with room enough. The parts are separated by lines of dashes.
ON_SMALL_DISK = """
set -u; docs=$1; data=$2; room=$3; python=$4; main=$5
mv "$data" "$data.before"; mkdir "$data"; mount -t tmpfs -o size=64m none "$data"
cp -r "$data.before/." "$data"
used=$(du -sk "$data" | cut -f1); mount -o "remount,size=$((used + room))k" "$data"
wegwijs() { "$python" -c "$main" "$@" --data "$data"; echo "rc $?"; }
wegwijs ingest "$docs" 2>&1; echo -----
ls "$data/generations"; echo -----
wegwijs ask "$question" 2>&1; echo -----
mount -o remount,size=64m "$data"
wegwijs ingest "$docs" 2>&1; echo -----
ls "$data/generations"; echo -----
wegwijs verify 2>&1
"""


@needs_mount
@pytest.mark.slow
@pytest.mark.parametrize("room", [0, 60, 700, 2000])
def test_a_full_disk_is_told_and_the_old_index_answers_on(
    docs: Path, data: Path, embedder: Embedder, room: int
) -> None:
    ingest([docs], data, embedder)
    grow(docs)
    words = (ON_SMALL_DISK, "sh", docs, data, str(room), sys.executable, MAIN)
    done = subprocess.run(
        [*NAMESPACE, "sh", "-c", *words],
        cwd=REPOSITORY, capture_output=True, text=True, timeout=300, check=True,
        env={**os.environ, "question": QUESTION},
    )  # fmt: skip
    first, left, asked, second, after, verified = done.stdout.split("-----\n")
    assert done.stderr == ""
    *_, error, code = first.splitlines()
    assert error.startswith(FULL) and "De oude index is gebleven" in error and code == "rc 1"
    assert "Traceback" not in first
    assert left.split() == ["0001"]
    assert "5 euro" in asked and asked.endswith("rc 0\n")
    assert "Documenten: 12 nieuw, 1 veranderd, 0 weg, 3 gelijk" in second and "rc 0" in second
    assert after.split() == ["0001", "0002"]
    assert "Versie 2 van de index klopt" in verified


# Ingests with a limit on the size of any one file, as a quota would have it.
LIMITED = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
from ui.cli import main
main()
"""


@pytest.mark.parametrize("most", [100_000, 280_000, 400_000])
def test_a_file_that_may_not_grow_is_told_and_the_old_index_answers_on(
    docs: Path, data: Path, embedder: Embedder, most: int
) -> None:
    ingest([docs], data, embedder)
    before = content(data)
    grow(docs)
    process = subprocess.run(
        [sys.executable, "-c", LIMITED, str(most), "ingest", str(docs), "--data", str(data)],
        cwd=REPOSITORY, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    run = Run(process.returncode, process.stdout, process.stderr)
    assert fails_well(run, "De oude index is gebleven zoals hij was.")
    assert run.code == 1
    assert content(data) == before
    assert [path.name for path in (data / "generations").iterdir()] == ["0001"]
    assert ingest([docs], data, embedder).documents.added == 12
    assert verify(data, embedder).problems == ()


READ_ONLY = ("sh", "-c", 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"')


@needs_mount
def test_a_read_only_index_answers_and_cannot_be_changed(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    ingest([docs], data, embedder)
    grow(docs)
    before = content(data)
    closed = (*NAMESPACE, *READ_ONLY, str(data))

    for words in (("ingest", docs), ("rollback",), ("forget", "brief")):
        assert fails_well(wegwijs(*words, "--data", data, before=closed), CLOSED)
    asked = wegwijs("ask", QUESTION, "--data", data, before=closed)
    assert (asked.code, asked.err) == (0, "") and "5 euro" in asked.out
    verified = wegwijs("verify", "--data", data, before=closed)
    assert (verified.code, verified.err) == (0, "")
    assert wegwijs("show", "brief", "--data", data, before=closed).code == 0
    assert wegwijs("status", "--data", data, before=closed).code == 0
    assert content(data) == before and generations.numbers(data) == [1]


# Root may write anywhere, unless it gives that up.
AS_OTHERS = () if os.geteuid() else ("setpriv", "--inh-caps=-all", "--bounding-set=-all")


@pytest.mark.skipif(
    bool(AS_OTHERS) and not shutil.which("setpriv"), reason="root may write anywhere"
)
def test_a_folder_without_permission_answers_and_cannot_be_changed(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    ingest([docs], data, embedder)
    grow(docs)
    everything = [data, *data.rglob("*")]
    for path in everything:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        for words in (("ingest", docs), ("rollback",), ("forget", "brief")):
            assert fails_well(wegwijs(*words, "--data", data, before=AS_OTHERS), CLOSED)
        asked = wegwijs("ask", QUESTION, "--data", data, before=AS_OTHERS)
        assert (asked.code, asked.err) == (0, "") and "5 euro" in asked.out
    finally:
        for path in everything:
            path.chmod(0o755 if path.is_dir() else 0o644)


def test_what_the_disk_does_wrong_is_told_apart_from_damage(tmp_path: Path) -> None:
    def fill(library: Library) -> None:
        library._db.execute("PRAGMA max_page_count = 9")  # the database may grow no more
        library.note({"groot": "x" * 100_000})

    with Library(tmp_path / "library.sqlite") as library:
        with pytest.raises(StorageError, match="De schijf is vol"):
            fill(library)
        assert library.settings() == {} and library.check()


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (OSError(28, os.strerror(28)), "De schijf is vol."),
        (OSError(122, os.strerror(122)), "De schijf is vol."),
        (PermissionError(13, os.strerror(13)), "mag niet worden geschreven"),
        (OSError(5, os.strerror(5)), "kan niet worden opgeslagen (Input/output error)"),
        (ValueError("An IO error: 'No space left on device (os error 28)'"), "De schijf is vol."),
    ],
)
def test_an_error_of_the_disk_says_what_to_do(problem: Exception, said: str) -> None:
    what, advice = storage.reason(problem)
    assert said in what and advice.endswith("De oude index is gebleven zoals hij was.")


def start(docs: Path, data: Path) -> subprocess.Popen[str]:
    """Start an ingest in a process group of its own, as a terminal does."""
    return subprocess.Popen(
        [sys.executable, "-c", MAIN, "ingest", str(docs), "--data", str(data)],
        cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip


def processes_in(group: int) -> list[str]:
    """Return the command lines of the processes in a group, zombies aside (Linux)."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text("utf-8").rsplit(")", 1)[1].split()
            if int(fields[2]) == group and fields[0] != "Z":
                found.append((folder / "cmdline").read_text("utf-8"))
        except OSError:
            continue
    return found


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes in /proc")
@pytest.mark.parametrize("whole_group", [True, False], ids=["terminal", "one process"])
@pytest.mark.parametrize("stage", ["Lezen", "Controleren"])
def test_ctrl_c_stops_cleanly_and_the_old_index_answers_on(
    docs: Path, data: Path, embedder: Embedder, stage: str, whole_group: bool
) -> None:
    ingest([docs], data, embedder)
    before = content(data)
    grow(docs)
    with start(docs, data) as process:
        assert process.stderr and process.stdout
        for line in process.stderr:
            if line.startswith(stage):
                break
        (os.killpg if whole_group else os.kill)(process.pid, signal.SIGINT)
        said = process.stderr.read()
        out = process.stdout.read()
    last = said.splitlines()[-1]
    assert (process.returncode, out) == (130, ""), said
    assert last == "Gestopt. De index is gebleven zoals hij was."
    assert "Traceback" not in said
    deadline = time.monotonic() + 20
    while (left := processes_in(process.pid)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert left == []
    assert content(data) == before
    assert [path.name for path in (data / "generations").iterdir()] == ["0001"]
    assert not (data / "writer").exists()
    assert ingest([docs], data, embedder).documents.added == 12
