"""Questions that are exact about a date, an ordinal, a time of day or an end."""

from __future__ import annotations

from datetime import date

import pytest
from bicycles import read
from hypothesis import given
from hypothesis import strategies as st
from test_evidence import weighed

from assistant.answering import compose
from assistant.questions import understand

HAVEN = read(
    """\
# De haven van Duinrade

## Feesten

Het eerste havenfeest was op 12 juli 2031. Daar kwamen 800 bezoekers. De tweede optocht is op \
3 augustus 2031.

## Winkel

De havenwinkel is open van 9.00 uur tot 17.30 uur. De havenwinkel opent op 1 juni 2031.

## Subsidie

Vissers krijgen van 2030 t/m 2033 per jaar 5.000 euro subsidie. In mei 2031 is er subsidie \
aangevraagd door 30 vissers.

## Onderhoud

Elk jaar is er 900 euro voor onderhoud van de steigers. Melden kan op maandag tot 14.00 uur. De \
melder heeft binnen tien werkdagen bericht. De steigers worden om de drie jaar gekeurd.

## Zeilles

Kinderen vanaf acht jaar mogen op zeilles. De zeilles is op zaterdag. Veertig procent van de \
zeilers is een meisje. De zeilgroep is voor kinderen van 8 tot en met 12 jaar. Een kind zit een \
half jaar in de zeilgroep. Op de roeiles zitten vooral jongens. De roeiles is voor iedereen.
"""
)
TODAY = date(2031, 9, 1)


def answer(question: str, today: date = TODAY) -> str:
    asked = understand(question, today=today)
    return " ".join(line.text for line in compose(asked, weighed(asked, HAVEN)).lines)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Hoe laat is de havenwinkel open?", "9.00 uur tot 17.30 uur"),
        ("Wanneer is de tweede optocht?", "3 augustus 2031"),
        ("Tot welk jaar krijgen vissers subsidie?", "2030 t/m 2033"),
        ("Hoeveel subsidie krijgen vissers in 2032?", "5.000 euro"),
        ("Hoeveel bezoekers kwamen er naar het havenfeest in juli 2031?", "800 bezoekers"),
        ("Vanaf welke leeftijd mogen kinderen op zeilles?", "acht jaar"),
        ("Hoe oud moeten kinderen zijn voor zeilles?", "acht jaar"),
        ("Hoeveel procent van de zeilers is een meisje?", "Veertig procent"),
        ("Hoe lang zit een kind in de zeilgroep?", "half jaar"),
        ("Binnen hoeveel dagen heeft de melder bericht?", "tien werkdagen"),
        ("Om de hoeveel jaar worden de steigers gekeurd?", "drie jaar"),
        ("Hoeveel geld is er volgend jaar voor onderhoud van de steigers?", "900 euro"),
    ],
)
def test_what_is_asked_exactly_is_answered_when_the_document_has_it(
    question: str, words: str
) -> None:
    assert words in answer(question)


@pytest.mark.parametrize(
    "question",
    [
        "Hoe laat begon het havenfeest?",
        "Vanaf welke leeftijd mag je op roeiles?",
        "Welk percentage van de roeiles is een jongen?",
        "Wanneer is het tweede havenfeest?",
        "Wanneer is het 3e havenfeest?",
        "Wanneer is het volgende havenfeest?",
        "Hoeveel subsidie krijgen vissers in 2029?",
        "Hoeveel bezoekers kwamen er naar het havenfeest in juli 2030?",
        "Hoeveel bezoekers kwamen er vorig jaar naar het havenfeest?",
    ],
)
def test_what_comes_near_is_no_answer(question: str) -> None:
    assert answer(question) == ""


@given(st.integers(2000, 2090))
def test_a_year_is_answered_just_when_it_lies_in_the_years_of_the_sentence(year: int) -> None:
    said = answer(f"Hoeveel subsidie krijgen vissers in {year}?")

    assert ("5.000 euro" in said) == (2030 <= year <= 2033)
