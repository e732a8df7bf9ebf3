"""What only the day of asking decides."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.verdicts import verdict_of
from ingest.dutch.periods import find_periods

PERIOD = find_periods("maart 2031 t/m september 2032")[0]


@pytest.mark.parametrize(
    ("question", "today", "verdict"),
    [
        ("Is de proef al begonnen?", date(2031, 2, 1), "Nee, volgens de bronnen nog niet."),
        ("Is de proef al begonnen?", date(2031, 3, 10), ""),
        ("En loopt de proef nog?", date(2032, 9, 30), "Ja, volgens de bronnen."),
        ("Is de proef al afgelopen?", date(2032, 10, 1), "Ja, volgens de bronnen."),
    ],
)
def test_a_period_and_the_day_decide(question: str, today: date, verdict: str) -> None:
    decide = verdict_of(question)

    assert decide is not None and decide(PERIOD, today) == verdict


@pytest.mark.parametrize(
    "question", ["Wanneer begint de proef?", "Is de proef leuk?", "Loopt de proef nog niet?"]
)
def test_other_questions_are_not_decided_by_a_day(question: str) -> None:
    assert verdict_of(question) is None
