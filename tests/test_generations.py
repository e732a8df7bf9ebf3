"""Generations on disk: one answers, one writer builds the next."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ingest import generations
from ingest.errors import IndexBrokenError, IndexMissingError, LockedError, SettingError


def publish(data: Path, words: str) -> int:
    with generations.building(data) as folder:
        (folder / "tekst").write_text(words, encoding="utf-8")
        return generations.publish(data, folder)


def answer(data: Path) -> str:
    folder = generations.generation_folder(data, generations.current(data))
    return (folder / "tekst").read_text(encoding="utf-8")


def test_what_is_published_answers(tmp_path: Path) -> None:
    assert [publish(tmp_path, words) for words in ("een", "twee")] == [1, 2]
    assert answer(tmp_path) == "twee"


def test_only_the_current_generation_and_the_one_before_it_stay(tmp_path: Path) -> None:
    for words in ("een", "twee", "drie", "vier"):
        publish(tmp_path, words)
    assert generations.numbers(tmp_path) == [3, 4]


def test_a_generation_that_never_answered_is_not_kept_as_the_one_before(tmp_path: Path) -> None:
    publish(tmp_path, "een")
    generations.generation_folder(tmp_path, 2).mkdir()  # a crash just before CURRENT
    assert publish(tmp_path, "drie") == 3
    assert generations.numbers(tmp_path) == [1, 3]


def test_what_was_being_built_goes_whatever_fails(tmp_path: Path) -> None:
    publish(tmp_path, "een")
    with pytest.raises(ZeroDivisionError), generations.building(tmp_path) as folder:
        (folder / "tekst").write_text("half", encoding="utf-8")
        raise ZeroDivisionError
    assert not folder.exists()
    assert answer(tmp_path) == "een"


def test_a_half_made_generation_of_a_crash_does_not_get_into_the_next(tmp_path: Path) -> None:
    left = tmp_path / "generations" / "building"
    left.mkdir(parents=True)
    (left / "rommel").touch()
    with generations.writer_lock(tmp_path), generations.building(tmp_path) as folder:
        assert list(folder.iterdir()) == []


def test_whoever_writes_next_takes_away_what_a_crash_left_behind(tmp_path: Path) -> None:
    publish(tmp_path, "een")
    for name in ("building", "going-0000"):
        (tmp_path / "generations" / name).mkdir()
        (tmp_path / "generations" / name / "rommel").touch()
    with generations.writer_lock(tmp_path):
        assert [path.name for path in (tmp_path / "generations").iterdir()] == ["0001"]


def test_a_rollback_lets_the_one_before_answer(tmp_path: Path) -> None:
    for words in ("een", "twee"):
        publish(tmp_path, words)
    assert generations.rollback(tmp_path) == 1
    assert answer(tmp_path) == "een"
    with pytest.raises(IndexMissingError):
        generations.rollback(tmp_path)
    assert publish(tmp_path, "drie") == 3
    assert answer(tmp_path) == "drie"


def test_without_an_index_the_error_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="wegwijs ingest"):
        generations.current(tmp_path)
    assert generations.numbers(tmp_path) == []


@pytest.mark.parametrize("pointer", ["7", "", "kapot", "-1", "1\n2"])
def test_a_pointer_to_nothing_is_a_broken_index(tmp_path: Path, pointer: str) -> None:
    publish(tmp_path, "een")
    (tmp_path / "CURRENT").write_text(pointer, encoding="utf-8")
    with pytest.raises(IndexBrokenError) as caught:
        generations.current(tmp_path)
    assert caught.value.advice


def test_a_second_writer_is_told_who_is_writing(tmp_path: Path) -> None:
    with (
        generations.writer_lock(tmp_path),
        pytest.raises(LockedError, match=str(os.getpid())),
        generations.writer_lock(tmp_path),
    ):
        pytest.fail("two writers at once")
    with generations.writer_lock(tmp_path):
        pass  # free again


HOLD = """
import sys
from pathlib import Path
from ingest.generations import writer_lock
with writer_lock(Path(sys.argv[1])):
    print("holds", flush=True)
    sys.stdin.read()
"""


def test_a_writer_that_was_killed_frees_the_lock(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout and process.stdout.readline() == "holds\n"
        with pytest.raises(LockedError, match=str(process.pid)), generations.writer_lock(tmp_path):
            pytest.fail("two writers at once")
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    with generations.writer_lock(tmp_path):
        pass


def test_a_place_where_nothing_can_be_written_is_a_setting_to_mend(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for data in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(SettingError, match="--data"), generations.writer_lock(data):
            pytest.fail("a lock in a file")
