"""Rows of tables as text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.formats.tables import is_form, is_header, row_text, rows

CELLS = st.text("ab1. :€?", max_size=4).map(str.strip)
GRIDS = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=6)
)


def test_every_cell_stands_behind_the_name_of_its_column() -> None:
    grid = [["Wat", "Wanneer", "Bedrag"], ["Zwemles", "mei 2026", ""], ["Gym", "", "€ 5"]]
    assert rows(grid) == ["Wat: Zwemles | Wanneer: mei 2026", "Wat: Gym | Bedrag: € 5"]


def test_a_name_that_ends_in_a_colon_gets_no_second_one() -> None:
    assert row_text(["Naam:"], ["Wet"]) == "Naam: Wet"


def test_a_cell_beyond_the_header_stands_alone() -> None:
    assert row_text(["Naam"], ["Wet", "los"]) == "Naam: Wet | los"


def test_a_form_gives_a_line_per_label() -> None:
    grid = [["Naam:", "Jan"], ["Plaats:", "Ede"], ["Leeg:", ""]]
    assert is_form(grid)
    assert rows(grid) == ["Naam: Jan", "Plaats: Ede", "Leeg:"]


def test_header_rows_above_each_other_become_one_name_per_column() -> None:
    grid = [["Jaar", "Kosten", ""], ["", "plan", "echt"], ["2025", "3", "4"]]
    assert rows(grid, header_rows=2) == ["Jaar: 2025 | Kosten plan: 3 | echt: 4"]


def test_a_table_that_is_only_a_header_keeps_its_words() -> None:
    assert rows([["Wat", "Wanneer"]]) == ["Wat | Wanneer"]


@pytest.mark.parametrize(
    ("row", "names"),
    [
        (["Wat", "Wanneer"], True),
        (["Regio", "2024", "2025"], True),
        (["1.", "Zwemles"], False),
        (["Zwemles begint in mei.", "Gym"], False),
        (["Naam", "Naam"], False),
        (["alleen"], False),
        (["x" * 81, "y"], False),
    ],
)
def test_a_header_is_told_from_a_first_row(row: list[str], names: bool) -> None:
    assert is_header(row) is names


@given(GRIDS)
def test_no_cell_below_the_header_is_lost(grid: list[list[str]]) -> None:
    filled = [row for row in grid if any(row)]
    found = rows(grid)
    below = filled[len(filled) - len(found) :]
    assert len(found) >= len(filled) - 1
    for text, cells in zip(found, below, strict=True):
        assert text
        assert all(cell.strip(" :") in text for cell in cells)
