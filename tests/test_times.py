"""Finding times of day."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dutch.times import find_times


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Open van 8.00 uur tot 20.00 uur.", ["8.00 uur", "20.00 uur"]),
        ("Van 9.00 tot 17.30 uur", ["9.00", "17.30 uur"]),
        ("Het begint om 14:30.", ["14:30"]),
        ("Elke avond om acht uur", ["om acht uur"]),
        ("Om half negen is er koffie", ["half negen"]),
        ("van 's ochtends acht tot acht 's avonds", ["acht 's avonds"]),
        ("De cursus duurt 8 uur en kost 12.50 euro", []),
        ("Op 13.06.2031 of artikel 8.10", []),
        ("Zie 10:30:5 en versie 3.11", []),
    ],
)
def test_times_of_day_are_found_and_nothing_else(text: str, found: list[str]) -> None:
    assert [text[span.start : span.end] for span in find_times(text)] == found


@given(st.integers(0, 23), st.integers(0, 59))
def test_every_time_is_found_however_it_is_written(hour: int, minute: int) -> None:
    for written in (f"{hour}:{minute:02}", f"{hour:02}.{minute:02} uur"):
        text = f"Het begint om {written} in de haven."
        assert [text[span.start : span.end] for span in find_times(text)] == [written]
