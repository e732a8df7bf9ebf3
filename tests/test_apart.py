"""Functions in a process of their own: what they return, and every way in which they can fail."""

from __future__ import annotations

import math
import os
import time
from pathlib import Path

import pytest

from ingest.apart import run_apart
from ingest.errors import IndexMissingError, WegwijsError
from ingest.generations import current


def test_it_returns_what_the_function_returns_and_what_memory_its_process_held() -> None:
    small, large = run_apart(math.sqrt, 4.0), run_apart(eval, "len(b'x' * 100_000_000)")

    assert (small.value, large.value) == (2.0, 100_000_000)
    assert small.peak is not None and large.peak is not None
    assert large.peak - small.peak > 90_000_000


def test_it_happens_in_another_process() -> None:
    assert run_apart(os.getpid).value != os.getpid()


def test_an_error_of_ours_comes_back_whole() -> None:
    with pytest.raises(IndexMissingError, match="nergens") as caught:
        run_apart(current, Path("nergens"))
    assert "wegwijs ingest" in caught.value.advice


@pytest.mark.parametrize(
    ("function", "words", "said"),
    [
        (math.sqrt, (-1.0,), "ValueError"),
        (os._exit, (3,), "brak af"),
        (os.abort, (), "brak af"),
        (exit, (0,), "SystemExit"),
    ],
)
def test_whatever_else_happens_is_one_dutch_error(function, words, said) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(WegwijsError, match=said):
        run_apart(function, *words)


def test_what_takes_too_long_is_ended() -> None:
    with pytest.raises(WegwijsError, match="langer dan 1 seconden"):
        run_apart(time.sleep, 600, seconds=1)


def test_what_a_library_prints_does_not_come_between() -> None:
    assert run_apart(print, "hallo").value is None
