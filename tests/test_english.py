"""Reading English questions in Dutch."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.english import Translator
from assistant.kinds import kind_of
from assistant.records import Kind
from ingest.library import Library
from ingest.thesaurus import read_concepts

CONCEPTS = b"""
@prefix : <https://voorbeeld.example/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
:fiets a skos:Concept ;
    skos:prefLabel "leenfiets"@nl, "public bicycle"@en ; skos:altLabel "rental bike"@en .
:stalling a skos:Concept ; skos:prefLabel "stalling"@nl, "bicycle parking"@en .
:advies a skos:Concept ; skos:prefLabel "adviseur"@nl, "consultancy"@en .
"""

READ = {
    "How much does a rental bike cost?": ("Hoeveel kost een leenfiets?", Kind.HOW_MUCH),
    "When does the bicycle parking open?": ("Wanneer de stalling open?", Kind.WHEN),
    "Who are the researchers?": ("Wie zijn de onderzoekers?", Kind.WHO),
    "What does LVB stand for?": ("Waar staat LVB voor?", Kind.DEFINITION),
    "Where are the rental bikes?": ("Waar zijn de leenfietsen?", Kind.OTHER),
    "What is the phone number of Jan Smit?": (
        "Wat is het telefoonnummer van Jan Smit?",
        Kind.CONTACT,
    ),
    "What happens in May 2031?": ("Wat gebeurt er in mei 2031?", Kind.TIMELINE),
    "Why was the bridge in March?": ("Waarom was de bridge in maart?", Kind.WHY),
    "How often does the newsletter appear?": ("Hoe vaak verschijnt de nieuwsbrief?", Kind.HOW_MANY),
}


@pytest.fixture(scope="module")
def translator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Translator]:
    with Library(tmp_path_factory.mktemp("begrippen") / "library.sqlite") as library:
        library.vocabulary.put("begrippen.ttl", "1", read_concepts(CONCEPTS))
        yield Translator(library.vocabulary)


@pytest.mark.parametrize("question", READ)
def test_a_question_is_read_in_dutch_and_for_what_it_asks(
    question: str, translator: Translator
) -> None:
    dutch, kind = READ[question]

    assert translator.in_dutch(question) == dutch
    assert kind_of(dutch) is kind


@pytest.mark.parametrize(
    ("question", "dutch"),
    [
        ("What are the alternatives?", "Wat zijn de alternatieven?"),
        ("Which municipality pays?", "Welke gemeente betaalt?"),
        ("Who helps the victims of bullying?", "Wie helpt de slachtoffers van pesten?"),
        ("How many schools are there in the Netherlands?", "Hoeveel scholen zijn er in Nederland?"),
    ],
)
def test_common_subjects_need_no_concept_scheme(
    question: str, dutch: str, translator: Translator
) -> None:
    assert translator.in_dutch(question) == dutch


def test_an_unknown_word_and_a_name_stay_as_they_are(translator: Translator) -> None:
    assert translator.in_dutch("Who built Time Square?") == "Wie built Time Square?"


def test_a_word_with_the_stem_of_a_concept_is_not_that_concept(translator: Translator) -> None:
    assert "adviseur" in translator.in_dutch("What is a consultancy?")
    assert "adviseur" not in translator.in_dutch("What is a consultation?")


@given(st.text(max_size=100))
def test_any_text_is_read_and_always_the_same(translator: Translator, text: str) -> None:
    assert translator.in_dutch(text) == translator.in_dutch(text)
