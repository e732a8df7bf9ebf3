"""Making a question stand by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.followup import standalone_of
from assistant.kinds import kind_of

CONVERSATIONS = [
    # a word that points back
    (["Hoe meld ik me aan voor de nieuwsbrief?"], "En voor wie is dat?",
     "Voor wie is de nieuwsbrief?"),
    (["Wat is de stadspas?"], "En voor wie geldt dat?", "Voor wie geldt de stadspas?"),
    (["Wanneer opent de kinderboerderij?"], "Wie regelt dit?", "Wie regelt de kinderboerderij?"),
    (["Wanneer is de kermis?"], "Is die gratis?", "Is de kermis gratis?"),
    (["Wanneer is de kermis?"], "Is het gratis?", "Is de kermis gratis?"),
    (["Hoe vraag ik een kapvergunning aan?"], "Wat kost dat?", "Wat kost een kapvergunning?"),
    (["Wat is een buurtfonds?"], "Wie beslist daarover?", "Wie beslist over een buurtfonds?"),
    (["Wat doet de wijkraad?"], "En wie zitten erin?", "Wie zitten er in de wijkraad?"),
    (["Wanneer was de inspraakavond?"], "Is daar een verslag van?",
     "Is er een verslag van de inspraakavond?"),
    (["Wie zijn de juryleden?"], "Wat zijn hun telefoonnummers?",
     "Wat zijn de telefoonnummers van de juryleden?"),
    (["Wie is de voorzitter van de club?"], "Wat is zijn mailadres?",
     "Wat is het mailadres van de voorzitter van de club?"),
    (["Hoeveel musea zijn er geopend?"], "Waar liggen ze?", "Waar liggen de musea?"),
    (["Welke drie soorten pas zijn er?"], "Wat kost de tweede?",
     "Wat kost de tweede van de drie soorten pas?"),
    (["Krijgen clubs een bijdrage?", "Wanneer is dat?"], "Krijgen ze die elk jaar?",
     "Krijgen clubs een bijdrage elk jaar?"),
    # a loose phrase, a period, question words only
    (["Wie zitten er in de kerngroep van de haven?"], "En in de stuurgroep?",
     "Wie zitten er in de stuurgroep?"),
    (["Wat kost een paspoort?"], "En een rijbewijs?", "Wat kost een rijbewijs?"),
    (["Wanneer begint de eerste ronde?"], "En de tweede?", "Wanneer begint de tweede ronde?"),
    (["Hoeveel budget is er voor wegen in 2031?"], "En het jaar daarop?",
     "Hoeveel budget is er voor wegen in 2032?"),
    (["Hoeveel budget is er voor wegen in 2031?"], "En in 2035?",
     "Hoeveel budget is er voor wegen in 2035?"),
    (["Wat gebeurt er in maart in de haven?"], "En in april?",
     "Wat gebeurt er in april in de haven?"),
    (["Krijgen clubs korting?"], "Vanaf wanneer dan?", "Vanaf wanneer krijgen clubs korting?"),
    (["Waar is de lezing?"], "En wanneer?", "Wanneer is de lezing?"),
    (["Hoeveel geld is er voor de brug?"], "En met welk doel?", "Wat is het doel van de brug?"),
    (["Kan ik bezwaar maken?"], "Hoe doe ik dat?", "Hoe kan ik bezwaar maken?"),
    # a thing that belongs to what was talked about; a subject for a question that had none
    (["Wanneer is de markt?"], "Wat is het adres?", "Wat is het adres van de markt?"),
    (["Hoeveel geld is er?"], "de wijkraad", "Hoeveel geld is er, als het gaat om de wijkraad?"),
    # what comes two questions back
    (["Wanneer was de lezing?", "Wie waren daarbij?"], "Wat kostte die?", "Wat kostte de lezing?"),
    # another subject
    (["Wanneer is de kermis?"], "Dank je. Iets anders, wie leidt de haven?", "Wie leidt de haven?"),
]  # fmt: skip
ALONE = [
    "Wie leidt de werkplaats?",
    "En wat is de ov-kaart?",
    "Klopt het dat de haven dichtgaat?",
    "Welke mensen die in de wijk wonen krijgen korting?",
    "Wanneer opent het nieuwe zwembad aan de kade?",
    "parkeren",
    "Dank je!",
    "?!",
    "",
]


@pytest.mark.parametrize(("history", "text", "expected"), CONVERSATIONS)
def test_a_follow_up_becomes_a_question_that_reads_alone(
    history: list[str], text: str, expected: str
) -> None:
    assert standalone_of(text, history) == expected


@pytest.mark.parametrize("text", ALONE)
def test_a_question_that_stands_alone_takes_nothing_along(text: str) -> None:
    assert standalone_of(text, ["Wanneer is de kermis?"]) == text


@pytest.mark.parametrize("text", [text for _, text, _ in CONVERSATIONS if "anders" not in text])
def test_without_a_conversation_a_question_stays_as_it_is(text: str) -> None:
    assert standalone_of(text) == text
    assert standalone_of(text, ["Dank je!"]) == text


def test_a_phrase_that_takes_the_place_of_another_keeps_what_is_asked() -> None:
    last = "Hoe vaak komt de krant in Noord?"

    assert kind_of(standalone_of("En in Zuid?", [last])) is kind_of(last)


@given(st.lists(st.text(max_size=60), max_size=4), st.text(max_size=80))
def test_any_conversation_gives_one_line_of_text_and_always_the_same(
    history: list[str], text: str
) -> None:
    found = standalone_of(text, history)

    assert found == standalone_of(text, history)
    assert "\n" not in found
    assert bool(found.strip()) == bool(text.strip())


SMALL_WORDS = """
en die dat ze hun daar daarvan er in van de het is wie wat wanneer hoeveel markt 2031 ?
"""
WORDS = st.sampled_from(SMALL_WORDS.split())


@given(st.lists(WORDS, max_size=8), st.lists(WORDS, max_size=8))
def test_any_row_of_small_words_is_read(before: list[str], now: list[str]) -> None:
    found = standalone_of(" ".join(now), [" ".join(before)])

    assert found == " ".join(found.split())
