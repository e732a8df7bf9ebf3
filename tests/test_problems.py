"""What went wrong, told to someone who may have no command line."""

from __future__ import annotations

import pytest

from ingest.errors import IndexBrokenError, LockedError, StorageError, WegwijsError
from ui.problems import problem_text


@pytest.mark.parametrize(
    "advice",
    [
        "Maak hem opnieuw met: wegwijs ingest",
        "Kijk met 'wegwijs verify' wat er mis is.",
        "Doe dan hetzelfde met --force erbij.",
        "Laat WEGWIJS_EMBEDDING leeg voor het ingebouwde model.",
    ],
)
def test_a_command_is_for_who_manages_wegwijs(advice: str) -> None:
    said = problem_text(IndexBrokenError("De index is stuk.", advice))
    assert said.startswith("De index is stuk. Vraag het aan wie Wegwijs beheert.")
    assert said.endswith(f"Ben je dat zelf? {advice}")


@pytest.mark.parametrize(
    "error",
    [
        StorageError("De schijf is vol.", "Maak ruimte vrij en doe dan hetzelfde opnieuw."),
        LockedError("Iemand anders werkt Wegwijs bij.", "Probeer het straks opnieuw."),
    ],
)
def test_other_advice_is_for_everyone(error: WegwijsError) -> None:
    assert problem_text(error) == f"{error.what} {error.advice}"
