"""Full names and lengths of time."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dutch.durations import find_durations
from ingest.dutch.names import find_names
from ingest.records import Span


def words(text: str, spans: list[Span]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


def test_names_are_found_with_their_infixes() -> None:
    text = "Vraag het aan Pieter van Dijk, A.B. de Vries of Jeanet Vroom – Kasper voor meer."
    assert words(text, find_names(text)) == [
        "Pieter van Dijk",
        "A.B. de Vries",
        "Jeanet Vroom – Kasper",
    ]


@pytest.mark.parametrize(
    ("text", "durations"),
    [
        ("Bewaar logs zes maanden.", ["zes maanden"]),
        ("Binnen 14 dagen of twee werkdagen.", ["14 dagen", "twee werkdagen"]),
        ("Niet meer dan een half jaar, of anderhalve week.", ["een half jaar", "anderhalve week"]),
        ("Uiterlijk tien schooldagen later.", ["tien schooldagen"]),
        ("Open van 9.30 tot 14.00 uur.", []),  # times of day
        ("Er zijn 12 coalities in 2025.", []),
    ],
)
def test_lengths_of_time_are_found(text: str, durations: list[str]) -> None:
    assert words(text, find_durations(text)) == durations


@pytest.mark.parametrize("find", [find_durations, find_names])
@given(text=st.text(st.sampled_from("0159.,-% A.Bdéj maanden\n")))
def test_any_text_gives_spans_inside_it_in_order(
    find: Callable[[str], list[Span]], text: str
) -> None:
    spans = find(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert spans == sorted(spans, key=lambda span: span.start)
