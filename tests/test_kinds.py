"""Telling what a question asks for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.kinds import features, kind_of
from assistant.records import Kind
from tests.learn_kinds import examples, vocabulary

ASSISTANT = Path(__file__).parents[1] / "assistant"

# None of these is in assistant/examples.yaml.
UNSEEN = {
    "Wanneer gaat de kermis open?": Kind.WHEN,
    "Tot hoe laat kan ik naar het gemeentehuis?": Kind.WHEN,
    "Hoe lang blijft de weg afgesloten?": Kind.WHEN,
    "Wat is de deadline voor de stembrieven?": Kind.WHEN,
    "Wat is de bezwaartermijn bij bouwplannen?": Kind.WHEN,
    "Hoeveel subsidie is er voor muziekles?": Kind.HOW_MUCH,
    "Wat is het tarief voor een marktkraam?": Kind.HOW_MUCH,
    "Wat is het maximale boetebedrag?": Kind.HOW_MUCH,
    "Wat kost een trouwboekje?": Kind.HOW_MUCH,
    "Hoeveel huizen staan er leeg?": Kind.HOW_MANY,
    "Hoe vaak komt de vuilniswagen?": Kind.HOW_MANY,
    "Wie keurt de speeltoestellen?": Kind.WHO,
    "Door wie wordt de dijk beheerd?": Kind.WHO,
    "Wat is het telefoonnummer van de huisarts?": Kind.CONTACT,
    "Hoe bereik ik de stadsdichter?": Kind.CONTACT,
    "Wat is een wijkschouw?": Kind.DEFINITION,
    "Waar staat LVB voor?": Kind.DEFINITION,
    "Waarom is de markt verplaatst?": Kind.WHY,
    "Wat willen de dorpen met elkaar bereiken?": Kind.WHY,
    "Welke papieren heb ik nodig?": Kind.LIST,
    "Welke letters in de tijdlijn zijn hoofdletters?": Kind.LIST,
    "Hoe meld ik een gat in de weg?": Kind.HOW,
    "Wat gebeurt er in juni 2031?": Kind.TIMELINE,
    "Wat is het verschil tussen riool en regenwater?": Kind.COMPARISON,
    "Vergelijk de twee zwembaden.": Kind.COMPARISON,
    "Is er meer geld voor wegen of voor fietspaden?": Kind.COMPARISON,
    "Mag ik hier barbecueën?": Kind.YES_NO,
    "Komt er een nieuwe sporthal?": Kind.YES_NO,
    "Wat komt er in plaats van de oude molen?": Kind.OTHER,
    "Waar wordt het zand gestort?": Kind.OTHER,
}


@pytest.mark.parametrize("question", UNSEEN)
def test_a_question_on_any_subject_is_read_for_what_it_asks(question: str) -> None:
    assert kind_of(question) is UNSEEN[question]


def test_the_sentence_that_asks_decides_and_not_what_is_told_before_it() -> None:
    assert kind_of("Wanneer ik thuiskom is het laat. Wie regelt de taxi?") is Kind.WHO
    assert kind_of("En wie regelt de taxi?") is kind_of("Wie regelt de taxi?")


@given(st.text(max_size=200))
def test_any_text_has_a_kind_and_always_the_same(text: str) -> None:
    assert kind_of(text) is kind_of(text)
    assert kind_of(text) in set(Kind)


@given(st.text(alphabet="xyzXYZ", min_size=1, max_size=12))
def test_an_unknown_subject_changes_no_reading_of_a_plain_question(word: str) -> None:
    assert kind_of(f"Wanneer begint de {word}?") is Kind.WHEN
    assert kind_of(f"Wat is het telefoonnummer van {word}?") is Kind.CONTACT


def test_there_are_examples_enough_of_every_kind_and_none_comes_twice() -> None:
    by_kind = yaml.safe_load((ASSISTANT / "examples.yaml").read_text(encoding="utf-8"))
    questions = [question for kind in by_kind.values() for question in kind]

    assert set(by_kind) == set(Kind)
    assert len(questions) >= 250
    assert len(questions) == len(set(questions))
    assert min(map(len, by_kind.values())) >= 25
    assert not set(UNSEEN) & set(questions)


def test_what_was_learned_rests_on_the_examples_as_they_are_now() -> None:
    """Whoever adds an example and does not learn again is told so here."""
    learned = json.loads((ASSISTANT / "kinds.json").read_text(encoding="utf-8"))["weights"]
    names = vocabulary(examples())

    assert set(learned) <= set(names)
    assert len(learned) > 0.9 * len(names)


def test_the_project_s_own_words_say_nothing_about_the_kind() -> None:
    known = set(vocabulary(examples()))

    assert not {"gesloten", "jeugdhulp", "onderwijscoalities", "mijlpalen"} & (
        known - features("Welke mijlpalen?")
    )
