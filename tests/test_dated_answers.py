"""Is it over by now? And what a milestone's text says more than its title."""

from __future__ import annotations

from datetime import date

import pytest
from bicycles import read
from test_evidence import weighed

from assistant.answering import compose
from assistant.citations import Line, unsupported
from assistant.questions import understand

PLAN = read(
    """\
# Plan voor de haven

## Mijlpaal: het havenfeest

Periode: juni 2031

Toelichting: Op 13 juni 2031 was er een havenfeest voor vissers. Het feest bracht 900 euro op \
voor de reddingsboot.

## Mijlpaal: proef met elektrische boten

Periode: maart 2031 t/m september 2032

Toelichting: De proef is bedoeld om te leren varen zonder lawaai.

## Mijlpaal: zeekaart van de haven klaar

Periode: december 2031

Toelichting: De zeekaart laat zien waar het ondiep is.

## Mijlpaal: onderhoud van de steigers

Periode: doorlopend

Toelichting: Daarvoor zorgt de havenmeester.
"""
)
YES, NO, ENDED = (
    "Ja, volgens de bronnen. ",
    "Nee, volgens de bronnen nog niet. ",
    "Nee, volgens de bronnen niet meer. ",
)


def lines(question: str, today: date) -> list[Line]:
    asked = understand(question, today=today)
    return compose(asked, weighed(asked, PLAN)).lines


@pytest.mark.parametrize(
    ("question", "today", "verdict"),
    [
        ("Is het havenfeest al geweest?", date(2031, 5, 31), NO),
        ("Is het havenfeest al geweest?", date(2031, 6, 14), YES),
        ("Is de zeekaart al klaar?", date(2031, 11, 30), NO),
        ("Is de zeekaart al klaar?", date(2031, 12, 10), ""),
        ("Is de zeekaart al klaar?", date(2032, 1, 1), YES),
        ("Is de zeekaart inmiddels opgeleverd?", date(2032, 1, 1), YES),
        ("Is de proef al begonnen?", date(2031, 2, 1), NO),
        ("Is de proef al begonnen?", date(2031, 3, 10), ""),
        ("Is de proef al begonnen?", date(2031, 5, 1), YES),
        ("Loopt de proef nog?", date(2031, 2, 1), NO),
        ("Loopt de proef nog?", date(2032, 9, 30), YES),
        ("Loopt de proef nog steeds?", date(2032, 10, 1), ENDED),
        ("Loopt het onderhoud nog?", date(2040, 1, 1), YES),
    ],
)
def test_whether_something_is_over_follows_from_its_date_and_today(
    question: str, today: date, verdict: str
) -> None:
    (line,) = lines(question, today)

    said = line.text.split(". ")[0]
    assert line.text.startswith(verdict) if verdict else not said.startswith(("Ja", "Nee"))
    assert unsupported(line) == []
    assert "2031" in line.text or "Doorlopend" in line.text


@pytest.mark.parametrize(
    "question", ["Is het zwembad al klaar?", "Is de vergunning van de proef al goedgekeurd?"]
)
def test_what_no_document_dates_is_not_settled(question: str) -> None:
    assert not any(
        line.text.startswith(("Ja,", "Nee,")) for line in lines(question, date(2040, 1, 1))
    )


def test_a_day_in_the_text_is_more_exact_than_the_month_of_the_title() -> None:
    (line, *_) = lines("Wanneer was het havenfeest?", date(2031, 9, 1))

    assert line.text == "Op 13 juni 2031 was er een havenfeest voor vissers."


def test_when_is_answered_by_the_title_where_the_text_gives_no_other_date() -> None:
    (line, *_) = lines("Wanneer is de zeekaart klaar?", date(2031, 9, 1))

    assert line.text == "December 2031: zeekaart van de haven klaar."


def test_another_question_is_answered_by_the_text_and_not_by_the_title() -> None:
    (line, *_) = lines("Waarom is er een proef met elektrische boten?", date(2031, 9, 1))

    assert "leren varen" in line.text
