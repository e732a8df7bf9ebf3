"""What is asked again is made once, and what is not used goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.remembering import Memory


@given(st.lists(st.integers(0, 9), max_size=60), st.integers(1, 5))
def test_a_result_is_always_that_of_its_key_and_few_are_kept(keys: list[int], size: int) -> None:
    memory = Memory[str](size)
    made: list[int] = []

    def make(key: int) -> str:
        made.append(key)
        return f"van {key}"

    recent: list[int] = []
    for key in keys:
        before = len(made)
        assert memory.recall(key, lambda key=key: make(key)) == f"van {key}"  # type: ignore[misc]
        assert (len(made) == before) == (key in recent)
        recent = [*(one for one in recent if one != key), key][-size:]


def test_an_error_is_not_remembered() -> None:
    memory = Memory[int](3)
    with pytest.raises(ZeroDivisionError):
        memory.recall("a", lambda: 1 // 0)
    assert memory.recall("a", lambda: 7) == 7
