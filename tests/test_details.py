"""What a question hangs on: an answer without it is about something else."""

from __future__ import annotations

import pytest

from assistant.questions import understand


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Hoeveel stallingen zijn er in Utrecht?", ["utrecht"]),
        ("Hoeveel stallingen zijn er in België?", ["belgie"]),
        ("Wat kost de pas per leerling?", ["leerling"]),
        ("Wat is er op zaterdag te doen?", ["zaterdag"]),
        ("Wat doen de 12 coaches?", ["12"]),
        # What is told before it is asked, and the word that opens a sentence.
        ("Onze stalling telt 1700 fietsen. Hoeveel coaches komen er?", []),
        ("Ik woon in Utrecht. Telt dat mee?", ["utrecht"]),
        # The country that Dutch documents are about, whether they say so or not.
        ("Hoeveel stallingen zijn er in Nederland?", []),
        ("Wat zijn de Nederlandse regels voor stallingen?", []),
    ],
)
def test_a_name_a_number_and_a_day_must_be_in_the_answer(question: str, named: list[str]) -> None:
    assert [term.surface for term in understand(question).named] == named
