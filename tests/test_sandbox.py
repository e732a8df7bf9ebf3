"""Reading in processes of their own: what one file does to its worker hurts no other file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from ingest.errors import FileError, WegwijsError
from ingest.reading import find_files, read_document
from ingest.records import Document
from ingest.sandbox import read_all
from ingest.worker import Limits

CORPUS = Path(__file__).parents[1] / "corpus"
HOSTILE = "hostile_readers"
QUICK = Limits(memory=400_000_000, cpu_seconds=1, wall_seconds=4)
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs the signals of POSIX")


def make(folder: Path, *names: str) -> list[tuple[Path, Path]]:
    for name in names:
        (folder / name).write_text("# Kop\n\nTekst.", encoding="utf-8")
    return [(folder / name, folder) for name in names]


def numbered(folder: Path, kind: str, count: int) -> list[tuple[Path, Path]]:
    return make(folder, *(f"{kind}-{number:03}.md" for number in range(count)))


def outcomes(found: Iterator[Document | FileError]) -> list[tuple[str, str]]:
    return [(o.source, "") if isinstance(o, Document) else (o.file or "?", o.what) for o in found]


def pids(found: Iterator[Document | FileError]) -> set[int]:
    return {int(o.text) for o in found if isinstance(o, Document)}


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        # A process that ended, and that nobody waited for, can still be signalled.
        return " Z " not in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except ProcessLookupError:
        return False
    except FileNotFoundError:
        return not Path("/proc/self").exists()


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "this never happened"
        time.sleep(0.02)


@pytest.mark.parametrize("workers", [1, 3])
def test_documents_are_those_of_reading_itself_in_order(workers: int) -> None:
    files = find_files([CORPUS])
    assert list(read_all(files, workers=workers)) == [read_document(*file) for file in files]


def test_no_files_is_no_documents() -> None:
    assert not list(read_all([]))


def test_no_workers_is_refused() -> None:
    with pytest.raises(ValueError, match="workers"):
        next(read_all([], workers=0))


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("sleeps", "te lang"),
        pytest.param("spins", "te lang", marks=POSIX),
        pytest.param("eats", "geheugen", marks=POSIX),
        pytest.param("grows", "geheugen", marks=POSIX),
        ("exits", "liep vast"),
        ("quits", "liep vast"),
        ("raises", "liep vast"),
        ("segfaults", "liep vast"),
        ("aborts", "liep vast"),
        ("killed", "liep vast"),
    ],
)
def test_a_reader_that_fails_costs_its_own_file_alone(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], kind: str, what: str
) -> None:
    bad = f"{kind}.md"
    files = make(tmp_path, "a.md", "b.md", bad, "c.md", "d.md")
    found = list(read_all(files, workers=2, readers=HOSTILE, limits=QUICK))
    problem = found.pop(2)
    assert isinstance(problem, FileError)
    assert what in problem.what and problem.advice and problem.file == bad
    assert [o.source for o in found if isinstance(o, Document)] == ["a.md", "b.md", "c.md", "d.md"]
    assert capfd.readouterr() == ("", "")


def test_every_file_may_be_a_bad_one(tmp_path: Path) -> None:
    files = numbered(tmp_path, "exits", 9)
    found = outcomes(read_all(files, workers=2, readers=HOSTILE))
    assert [name for name, what in found if "liep vast" in what] == [f.name for f, _ in files]


def test_what_a_reader_prints_goes_nowhere(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    files = make(tmp_path, "talks.md", "a.md")
    found = outcomes(read_all(files, workers=1, readers=HOSTILE))
    assert found == [("talks.md", ""), ("a.md", "")]
    assert capfd.readouterr() == ("", "")


def test_a_file_is_not_blamed_for_what_an_earlier_one_left(tmp_path: Path) -> None:
    files = make(tmp_path, "poisons.md", "a.md", "b.md")
    found = outcomes(read_all(files, workers=1, readers=HOSTILE))
    assert found == [("poisons.md", ""), ("a.md", ""), ("b.md", "")]


def test_a_worker_that_ended_between_files_is_replaced(tmp_path: Path) -> None:
    files = numbered(tmp_path, "fine", 20)
    with closing(read_all(files, workers=1, readers=HOSTILE)) as found:
        (pid,) = pids(iter([next(found)]))
        os.kill(pid, signal.SIGTERM)
        rest = list(found)
    assert len(rest) == 19
    assert all(isinstance(outcome, Document) for outcome in rest)


def test_a_reader_module_that_is_not_there_is_no_fault_of_the_files(tmp_path: Path) -> None:
    with pytest.raises(WegwijsError, match="no_such_module") as caught:
        list(read_all(make(tmp_path, "a.md"), readers="no_such_module"))
    assert not isinstance(caught.value, FileError)


def test_a_slow_caller_is_not_flooded(tmp_path: Path) -> None:
    files = numbered(tmp_path, "counts", 120)
    with closing(read_all(files, workers=2, readers=HOSTILE)) as found:
        next(found)
        until(lambda: len(list(tmp_path.glob("*.counted"))) == 48)
        time.sleep(0.3)
        assert len(list(tmp_path.glob("*.counted"))) == 48
        assert len(list(found)) == 119


def test_a_worker_does_not_load_what_it_does_not_need(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(["Regeling", "Bedrag"])
    workbook.active.append(["Bijles", 12])
    workbook.save(tmp_path / "modules.xlsx")
    files = [(tmp_path / "modules.xlsx", tmp_path)]
    (document,) = read_all(files, readers=HOSTILE)
    assert isinstance(document, Document)
    loaded = set(document.text.split())
    assert "openpyxl" in loaded
    assert loaded.isdisjoint({"numpy", "chromadb", "torch", "llama_index", "gradio", "scipy"})


@POSIX
def test_closing_ends_the_workers_also_a_busy_one(tmp_path: Path) -> None:
    files = [*numbered(tmp_path, "fine", 2), *make(tmp_path, "sleeps.md")]
    with closing(read_all(files, workers=2, readers=HOSTILE)) as found:
        known = pids(iter([next(found), next(found)]))
        until((tmp_path / "sleeps.started").exists)
    until(lambda: not any(map(is_alive, known)))
    assert not is_alive(int((tmp_path / "sleeps.started").read_text(encoding="utf-8")))


SCRIPT = """
import sys
from pathlib import Path
from ingest.reading import find_files
from ingest.sandbox import read_all
sys.path.insert(0, {tests!r})
try:
    for outcome in read_all(find_files([Path({folder!r})]), workers=2, readers="hostile_readers"):
        print(outcome.text, flush=True)
except KeyboardInterrupt:
    sys.exit(130)
"""


def start(folder: Path) -> subprocess.Popen[str]:
    script = SCRIPT.format(tests=str(Path(__file__).parent), folder=str(folder))
    return subprocess.Popen(
        [sys.executable, "-c", script],
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


@POSIX
@pytest.mark.parametrize("stop", ["SIGKILL", "SIGTERM", "SIGINT"])
def test_workers_end_with_the_process_that_started_them(tmp_path: Path, stop: str) -> None:
    # Good files keep one worker at hand; the other is in the midst of a file.
    make(tmp_path, "a.md", "b.md", "sleeps.md")
    process = start(tmp_path)
    with process:
        assert process.stdout is not None and process.stderr is not None
        known = {int(process.stdout.readline()), int(process.stdout.readline())}
        until((tmp_path / "sleeps.started").exists)
        known.add(int((tmp_path / "sleeps.started").read_text(encoding="utf-8")))
        assert is_alive(max(known))
        if stop == "SIGINT":  # Ctrl-C reaches every process of the terminal
            os.killpg(process.pid, signal.SIGINT)
        else:
            process.send_signal(getattr(signal, stop))
        process.wait(60)
        until(lambda: not any(map(is_alive, known)))
        assert not process.stderr.read()
        if stop == "SIGINT":
            assert process.returncode == 130


@pytest.mark.parametrize("way", ["-c", "-", "unguarded.py"])
def test_it_works_from_any_kind_of_main_module(tmp_path: Path, way: str) -> None:
    make(tmp_path, "a.md")
    script = SCRIPT.format(tests=str(Path(__file__).parent), folder=str(tmp_path))
    (tmp_path / "unguarded.py").write_text(script, encoding="utf-8")
    (tmp_path / "json.py").write_text("raise SystemExit('the wrong json')", encoding="utf-8")
    arguments = {"-c": ["-P", "-c", script], "-": ["-P", "-"]}.get(way, ["-P", way])
    done = subprocess.run(
        [sys.executable, *arguments],
        input=script if way == "-" else "",
        text=True,
        capture_output=True,
        cwd=tmp_path,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout)
