"""Wording an answer from evidence."""

from __future__ import annotations

import pytest
from bicycles import BICYCLES, read
from test_evidence import ranked

from assistant.answering import compose
from assistant.choosing import answers
from assistant.citations import Line, unsupported
from assistant.questions import understand
from ingest.records import Document

DOCUMENT = read(BICYCLES)
PLAN = read(
    """\
# Plan voor de haven

## Mijlpaal: de brug gaat open

Periode: mei 2031

Toelichting: In mei 2031 gaat de brug voor verkeer open. Daarvoor wordt hij geverfd.

## Mijlpaal: de kade is klaar

Periode: november 2030

Toelichting: In november 2030 is de kade klaar.

## Mijlpaal: de vuurtoren brandt weer

Periode: januari 2033

Toelichting: In januari 2033 brandt de vuurtoren weer.
"""
)


def lines(question: str, document: Document = DOCUMENT) -> list[Line]:
    return compose(understand(question), ranked(question, document)).lines


def texts(question: str, document: Document = DOCUMENT) -> list[str]:
    return [line.text for line in lines(question, document)]


QUESTIONS = [
    "Wanneer opent de stalling aan de Havenkade?",
    "Hoeveel geld is er voor de stallingen?",
    "Hoeveel fietsen staan er in de binnenstad?",
    "Wie is de projectleider van de leenfiets?",
    "Op welk mailadres meld ik een kapotte fiets?",
    "Wat is een deelbak?",
    "Waarom begon de gemeente met de leenfiets?",
    "Welke stappen zijn er om een fiets te lenen?",
]
OTHER_SUBJECTS = [
    "Wanneer opent de stalling aan het Marktplein?",
    "Hoeveel fietsen staan er op Texel?",
    "Wat kost een parkeervergunning?",
    "Wie is de wethouder van cultuur?",
    "Waarom sluit het zwembad?",
    "Wat is een deelauto?",
    "Wanneer opent de stalling in 1997?",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_is_made_of_words_of_the_document(question: str) -> None:
    found = lines(question)

    assert found
    for line in found:
        assert line.sources
        assert unsupported(line) == []
        said = line.text.removeprefix("- ").rstrip(".:")
        assert all(
            source.quote == DOCUMENT.text[source.span.start : source.span.end]
            for source in line.sources
        )
        assert said in " ".join(source.quote for source in line.sources)


@pytest.mark.parametrize("question", OTHER_SUBJECTS)
def test_what_the_document_does_not_tell_gets_no_answer(question: str) -> None:
    assert lines(question) == []


def test_no_evidence_is_no_answer() -> None:
    assert compose(understand("Wat is een deelbak?"), []).lines == []


def test_a_list_question_gets_the_whole_list_with_its_introduction() -> None:
    assert texts("Welke stappen zijn er om een fiets te lenen?") == [
        "Lenen gaat in drie stappen:",
        "- Maak een pas aan in de bibliotheek.",
        "- Houd de pas tegen het slot.",
        "- Zet de fiets terug in een stalling.",
    ]


def test_how_to_do_something_in_steps_gets_all_the_steps() -> None:
    answer = " ".join(texts("Hoe leen je een fiets?"))

    assert all(step in answer for step in ("Maak een pas", "Houd de pas", "Zet de fiets terug"))


def test_a_long_list_is_given_whole_and_shortened_in_its_items() -> None:
    items = "\n".join(f"- regel {n}: {'woord ' * 45}" for n in range(1, 9))
    document = read(f"# Regels\n\nDit zijn de regels voor het strand:\n\n{items}\n")
    found = texts("Welke regels zijn er voor het strand?", document)

    assert [text.split(":")[0] for text in found[1:]] == [f"- regel {n}" for n in range(1, 9)]
    assert all(text.endswith("…") for text in found[1:])


def test_a_milestone_answers_with_its_date_and_cites_where_it_stands() -> None:
    (line,) = lines("Wanneer gaat de brug open?", PLAN)

    assert "mei 2031" in line.text.lower()
    assert any("mei 2031" in source.quote for source in line.sources)


def test_a_question_in_a_document_does_not_answer_a_question() -> None:
    document = read("Waar ligt de dijk van Duinrade?\n\nDe dijk van Duinrade ligt langs de kade.\n")
    said = texts("Waar ligt de dijk van Duinrade?", document)

    assert said == ["De dijk van Duinrade ligt langs de kade."]


def test_a_timeline_comes_in_order_of_time() -> None:
    assert [text.split(":")[0] for text in texts("Wat staat er op de planning?", PLAN)] == [
        "- November 2030",
        "- Mei 2031",
        "- Januari 2033",
    ]


def test_a_timeline_of_one_year_leaves_the_other_years_out() -> None:
    assert [text.split(":")[0] for text in texts("Wat gebeurt er in 2031?", PLAN)] == ["Mei 2031"]


def test_a_date_above_a_sentence_is_said_and_cited() -> None:
    document = read("# Nieuws\n\n## 3 mei 2031\n\nDe brug gaat open.\n\nDe haven is dan dicht.\n")
    (line,) = lines("Wanneer is de haven dicht?", document)

    assert line.text == "3 mei 2031: De haven is dan dicht."
    assert [source.quote for source in line.sources] == ["3 mei 2031", "De haven is dan dicht."]


def test_a_sentence_that_leans_on_the_one_before_it_brings_it_along() -> None:
    document = read(
        "# Haven\n\nHet havenfonds is nieuw. Daarvoor is 5 miljoen euro uitgetrokken.\n"
    )
    (line,) = lines("Hoeveel geld is er uitgetrokken voor het havenfonds?", document)

    assert line.sources[0].quote.startswith("Het havenfonds is nieuw. Daarvoor")
    assert "5 miljoen euro" in line.text


def test_why_is_said_after_a_sentence_that_only_says_what_is_so() -> None:
    document = read(
        "# De sluis\n\nDe sluis in Zuiderdam krijgt geen tweede kolk. Die zou ruim twee miljoen "
        "kosten, terwijl er vooral roeiers komen.\n\nOver een tweede kolk voor de sluis in "
        "Zuiderdam stemde de raad in mei.\n\nEen tweede kolk van de sluis in Zuiderdam stond al in "
        "het plan van 2019."
    )
    said = texts("Waarom krijgt de sluis in Zuiderdam geen tweede kolk?", document)

    assert said[0].startswith("De sluis in Zuiderdam krijgt geen tweede kolk.")
    assert "twee miljoen" in " ".join(said[:2]) and len(said) <= 3


def test_an_answer_stays_short() -> None:
    story = " ".join(f"De vuurtoren van Duinrade heeft deel {n} met licht {n}." for n in range(80))
    document = read(f"# Vuurtoren\n\n{story}\n")
    found = texts("de vuurtoren van Duinrade", document)

    assert 0 < len(found) <= 3
    assert sum(len(text.split()) for text in found) <= 120


def test_the_same_sentence_in_two_documents_is_said_once() -> None:
    document = read("# A\n\nDe brug is groen.\n\n# B\n\nDe brug is groen.\n")

    assert texts("Is de brug groen?", document) == ["De brug is groen."]


def test_only_evidence_that_covers_the_question_is_enough() -> None:
    asked = understand("Wat is een deelauto?")

    assert not any(answers(asked, evidence) for evidence in ranked(asked.text))
    asked = understand("Wat is een deelbak?")
    assert answers(asked, ranked(asked.text)[0])


@pytest.mark.parametrize(
    "question",
    ["Hoeveel geld is er voor de laadpalen?", "Wanneer komen er laadpalen bij het station?"],
)
def test_an_amount_or_date_that_the_document_does_not_give_is_not_made_up(question: str) -> None:
    assert lines(question) == []
