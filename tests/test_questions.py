"""Understanding a question."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.questions import understand
from assistant.records import Kind
from assistant.subject import subject_terms

KINDS = {
    "Wanneer opent het zwembad?": Kind.WHEN,
    "Tot wanneer kan ik me aanmelden?": Kind.WHEN,
    "In welk jaar begon de proef?": Kind.WHEN,
    "Hoe lang duurt de cursus?": Kind.WHEN,
    "Hoeveel geld is er voor de stallingen?": Kind.HOW_MUCH,
    "Welk bedrag krijgt de bibliotheek?": Kind.HOW_MUCH,
    "Wat kost een abonnement?": Kind.HOW_MUCH,
    "Hoe hoog is de subsidie?": Kind.HOW_MUCH,
    "Hoeveel fietsen staan er bij het station?": Kind.HOW_MANY,
    "Wat is het aantal deelnemers?": Kind.HOW_MANY,
    "Wie leidt het project?": Kind.WHO,
    "Hoe heten de begeleiders?": Kind.WHO,
    "Welke organisatie betaalt het onderhoud?": Kind.WHO,
    "Wat is het e-mailadres van de werkplaats?": Kind.CONTACT,
    "Hoe kan ik de helpdesk bereiken?": Kind.CONTACT,
    "Wat is een deelbak?": Kind.DEFINITION,
    "Waar staat DFF voor?": Kind.DEFINITION,
    "Waarom sluit de brug?": Kind.WHY,
    "Wat is het doel van de proef?": Kind.WHY,
    "Welke stappen zijn er?": Kind.LIST,
    "Noem de vestigingen.": Kind.LIST,
    "Op welke manieren kan ik betalen?": Kind.LIST,
    "Wat staat er op de planning?": Kind.TIMELINE,
    "Mag mijn hond mee?": Kind.YES_NO,
    "Vertel iets over de haven": Kind.OTHER,
}


@pytest.mark.parametrize("question", KINDS)
def test_a_question_is_read_for_what_it_asks(question: str) -> None:
    assert understand(question).kind is KINDS[question]


@pytest.mark.parametrize("change", [str.upper, str.lower, "  {}\n".format])
def test_capitals_and_white_space_change_no_reading(change) -> None:
    for question, kind in KINDS.items():
        read = understand(change(question))
        assert read.kind is kind
        assert [term.surface for term in read.terms] == [
            term.surface for term in understand(question).terms
        ]


def test_the_subject_is_what_is_left_without_question_words() -> None:
    terms = subject_terms("Op welk mailadres kan ik de werkplaats van de haven bereiken?")

    assert [term.surface for term in terms] == ["werkplaats", "haven"]


def test_what_is_left_of_a_clipped_word_is_no_subject() -> None:
    asked = understand("Mag m'n kind op z'n fiets naar zo'n stalling van categorie D?")

    assert [term.surface for term in asked.terms] == [
        "kind", "fiets", "stalling", "categorie", "d"
    ]  # fmt: skip


def test_a_term_stands_where_it_says_and_comes_once() -> None:
    question = understand("Wanneer opent de brug,  en waarom is die brug dicht?")

    assert sorted({term.surface for term in question.terms}) == sorted(
        term.surface for term in question.terms
    )
    for term in question.terms:
        assert question.standalone[term.start : term.end].lower() == term.surface


def test_a_question_of_question_words_only_keeps_them() -> None:
    assert [term.surface for term in subject_terms("Wat is het bedrag?")] == ["bedrag"]
    assert subject_terms("?!") == subject_terms("") == ()


def test_the_question_is_kept_as_asked_and_read_without_extra_white_space() -> None:
    question = understand(" Wat   kost\neen pas? ")

    assert (question.text, question.standalone) == (" Wat   kost\neen pas? ", "Wat kost een pas?")


def test_the_day_is_the_one_that_was_given_or_today() -> None:
    assert understand("Wat nu?", today=date(2031, 5, 3)).today == date(2031, 5, 3)
    before = date.today()
    assert before <= understand("Wat nu?").today <= date.today()


def test_a_follow_up_takes_the_subject_of_the_question_before_it() -> None:
    history = ["Wat kost de pas?", "Wanneer opent de stalling aan de kade?"]
    question = understand("En hoeveel fietsen passen daar?", history)

    assert {"fietsen", "stalling", "kade"} <= {term.surface for term in question.terms}
    assert "pas" not in {term.surface for term in question.terms}
    assert question.kind is Kind.HOW_MANY
    assert question.text == "En hoeveel fietsen passen daar?"


@pytest.mark.parametrize(
    "question",
    ["Wie leidt de werkplaats?", "En wanneer opent het nieuwe zwembad in de wijk Zuiderpark?"],
)
def test_a_question_with_its_own_subject_takes_nothing_from_the_conversation(question: str) -> None:
    assert understand(question, ["Wanneer opent de stalling?"]).standalone == question


def test_a_follow_up_without_a_conversation_stays_as_it_is() -> None:
    assert understand("En wie doet dat?").standalone == "En wie doet dat?"


@pytest.mark.parametrize(
    ("question", "focus"),
    [
        ("Hoeveel fietsen staan er?", "fietsen"),
        ("Hoeveel mag je straks per maand lenen?", None),
        ("Hoeveel vergoedt het fonds per kind?", None),
        ("Hoeveel krijgt een school?", None),
        ("Wie is de voorzitter van de club?", "voorzitter"),
        ("Welke organisatie levert de fietsen?", None),  # it need not call itself so
    ],
)
def test_what_is_counted_is_no_verb_and_who_is_asked_for_has_a_name(
    question: str, focus: str | None
) -> None:
    found = understand(question).focus

    assert (found.surface if found else None) == focus
