"""What is told while an ingest runs: to a program, in a log, on a terminal."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
import termios
from itertools import groupby
from pathlib import Path

from commandline import MAIN, REPOSITORY, wegwijs
from indexing import ZWEM, write

from ingest.embedding import Embedder
from ingest.pipeline import ingest
from ingest.progress import Stage, Step


def steps_of(docs: Path, data: Path, embedder: Embedder) -> dict[Stage, list[Step]]:
    """Return the steps of an ingest by stage; a stage comes once, in one piece."""
    steps: list[Step] = []
    ingest([docs], data, embedder, listener=steps.append)
    stages = [stage for stage, _ in groupby(steps, lambda step: step.stage)]
    assert len(stages) == len(set(stages))
    return {stage: [step for step in steps if step.stage is stage] for stage in stages}


def test_the_steps_come_in_order_with_the_right_counts(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    write(docs, {"stuk.txt": "\x00"})
    stages = steps_of(docs, data, embedder)
    assert list(stages) == [Stage.COMPARING, Stage.READING, Stage.CHECKING, Stage.PUBLISHING]
    for stage in (Stage.COMPARING, Stage.READING):
        counted = [(step.done, step.total) for step in stages[stage]]
        assert counted == [(done, 5) for done in range(1, 6)]
        assert {step.file for step in stages[stage]} == {
            "bad.txt", "brief.md", "gym.md", "stuk.txt", "zwemles.md",
        }  # fmt: skip
    assert stages[Stage.CHECKING] == [Step(Stage.CHECKING)]
    assert stages[Stage.PUBLISHING] == [Step(Stage.PUBLISHING)]


def test_only_files_that_changed_are_read_and_nothing_new_is_not_published(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    ingest([docs], data, embedder)
    assert list(steps_of(docs, data, embedder)) == [Stage.COMPARING]
    write(docs, {"zwemles.md": ZWEM.replace("5 euro", "7 euro")})
    stages = steps_of(docs, data, embedder)
    assert len(stages[Stage.COMPARING]) == 4
    assert stages[Stage.READING] == [Step(Stage.READING, 1, 1, "zwemles.md")]


def test_a_log_gets_plain_lines_and_stdout_the_report_alone(docs: Path, data: Path) -> None:
    write(docs, {f"extra{i}.md": f"# Extra {i}\n\nTekst {i}.\n" for i in range(60)})
    done = wegwijs("ingest", docs, "--data", data)
    assert done.code == 0
    assert done.out.startswith("Documenten: 64 nieuw") and len(done.out.splitlines()) == 3
    lines = done.err.splitlines()
    assert all(re.fullmatch(r"[A-Z][a-z]+( \d+/64)?", line) for line in lines), done.err
    assert lines[-2:] == ["Controleren", "Klaarzetten"]
    assert "Vergelijken 64/64" in lines and "Lezen 64/64" in lines
    assert len(lines) <= 26
    assert "\x1b" not in done.err and "\r" not in done.err


def test_json_is_all_that_stdout_holds(docs: Path, data: Path) -> None:
    done = wegwijs("ingest", docs, "--data", data, "--json")
    (report,) = done.rows
    assert report["documents"]["added"] == 4
    assert "Lezen 4/4" in done.err


def on_terminal(*words: str | Path, columns: int = 100) -> tuple[int, str, str]:
    """Run with stderr on a terminal; return the exit code, stdout and what the terminal got."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, columns))
    with subprocess.Popen(
        [sys.executable, "-c", MAIN, *map(str, words)],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "COLUMNS": str(columns)},
    ) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # Linux says so at the end
                break
            if not piece:
                break
            shown += piece
        assert process.stdout
        out = process.stdout.read().decode()
    os.close(ours)
    return process.returncode, out, shown.decode()


def last_line(shown: str) -> str:
    """Return what stands on the last line of a terminal after all that was written."""
    return re.split(r"\r\x1b\[2K", re.split(r"\n", shown)[-1])[-1]


def test_a_terminal_shows_a_bar_with_files_and_is_left_clean(docs: Path, data: Path) -> None:
    code, out, shown = on_terminal("ingest", docs, "--data", data)
    assert code == 0
    assert out.startswith("Documenten: 4 nieuw") and "\x1b" not in out
    drawn = re.split(r"\r\x1b\[2K", shown)
    assert any(
        re.fullmatch(r"Lezen +█+░* [1-4]/4 nog \d+:\d\d  \S+\.(md|txt)", line) for line in drawn
    ), drawn
    assert any("█" * 24 + " 4/4 nog 0:00" in line for line in drawn)
    assert "Controleren …" in drawn and "Klaarzetten …" in drawn
    assert "\n" not in shown  # drawn over itself
    assert last_line(shown) == ""


def test_a_bar_fits_a_narrow_terminal(docs: Path, data: Path) -> None:
    write(docs, {f"{'lange-naam-' * 9}.md": "# Lang\n\nTekst.\n"})
    _, _, shown = on_terminal("ingest", docs, "--data", data, columns=50)
    assert max(len(line) for line in re.split(r"\r\x1b\[2K", shown)) < 50


def test_an_error_wipes_the_bar_and_stands_alone(docs: Path, data: Path) -> None:
    on_terminal("ingest", docs, "--data", data)
    for name in ("zwemles.md", "bad.txt", "brief.md"):
        (docs / name).unlink()
    code, out, shown = on_terminal("ingest", docs, "--data", data)
    assert (code, out) == (1, "")
    error = re.split(r"\r\x1b\[2K", shown)[-1]
    assert error.startswith("Hiermee verdwijnen 3 van de 4 documenten") and "--force" in error


def test_a_listener_that_leaves_breaks_the_ingest_off_and_nothing_changes(
    docs: Path, data: Path
) -> None:
    wegwijs("ingest", docs, "--data", data)
    write(docs, {f"extra{i}.md": f"# Extra {i}\n\nTekst {i}.\n" for i in range(9)})
    with subprocess.Popen(
        [sys.executable, "-c", MAIN, "ingest", str(docs), "--data", str(data)],
        cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stderr and process.stdout
        process.stderr.close()
        out = process.stdout.read()
    assert (process.returncode, out) == (1, b"")
    (report,) = wegwijs("ingest", docs, "--data", data, "--json", "--dry-run").rows
    assert (report["documents"]["added"], report["generation"]) == (9, 1)
    assert json.loads(json.dumps(report)) == report
