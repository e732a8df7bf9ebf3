"""Weighing statements as answers."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from bicycles import BICYCLES, read

from assistant.cutting import Cut, milestone_statements
from assistant.evidence import Candidate, Evidence, weigh
from assistant.matching import forms_of, match, weight_of
from assistant.questions import understand
from assistant.records import Question
from assistant.selection import load_selector
from assistant.statements import Statement
from ingest.analysis import analyse
from ingest.embedding import load_embedder
from ingest.milestones import find_milestones
from ingest.records import Document, Span

DOCUMENT = read(BICYCLES)


def ranked(question: str, document: Document = DOCUMENT) -> list[Evidence]:
    return weighed(understand(question), document)


def weighed(asked: Question, document: Document) -> list[Evidence]:
    milestones = find_milestones(document)
    statements = milestone_statements(document, milestones)
    statements += Cut(document, milestones).within([Span(0, len(document.text))])
    return weigh(asked, candidates(asked, statements), dict.fromkeys(words(asked), 1.0))


def candidates(asked: Question, statements: Sequence[Statement]) -> list[Candidate]:
    """Compare each statement with the question; all stand in an equally good passage."""
    model = load_embedder()
    texts = [statement.text for statement in statements]
    vectors = model.embed_passages(texts)
    alike = vectors @ model.embed_query(asked.standalone)
    odds = load_selector().log_odds(asked.standalone, texts)
    text = " ".join(statement.document.text for statement in statements[:1])
    unknown = frozenset(term for term in asked.terms if not match(term, forms_of(text)))
    return [
        Candidate(statement, float(close), float(reading), 1.0, unknown)
        for statement, close, reading in zip(statements, alike, odds, strict=True)
    ]


def words(asked: Question) -> list[str]:
    return [term.surface for term in asked.terms]


def first(question: str, document: Document = DOCUMENT) -> Evidence:
    return ranked(question, document)[0]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Wanneer opent de stalling aan de Havenkade?", "3 mei 2031"),
        ("Hoeveel geld is er voor de stallingen?", "380.000 euro"),
        ("Hoeveel fietsen staan er in de binnenstad?", "46 fietsen"),
        ("Hoeveel laadpalen komen er bij het station?", "twaalf laadpalen"),
        ("Wie is de projectleider van de leenfiets?", "Marijke Oldenziel"),
        ("Op welk mailadres meld ik een kapotte fiets?", "werkplaats@"),
        ("Wat is een deelbak?", "is een bakfiets"),
        ("Waar staat DFF voor?", "Duinrader Fietsfonds"),
        ("Waarom begon de gemeente met de leenfiets?", "omdat veel gezinnen"),
    ],
)
def test_the_statement_that_answers_comes_first_and_fits(question: str, words: str) -> None:
    best = first(question)

    assert words in best.statement.text
    assert best.fits > 0


def test_what_a_thing_is_fits_better_than_what_was_done_to_it() -> None:
    document = read("De pas is ontwikkeld door de haven.\n\nEen pas is een latje voor kades.\n")
    by_text = {e.statement.text: e.fits for e in ranked("Wat is een pas?", document)}

    assert 0 < by_text["De pas is ontwikkeld door de haven."] < 1
    assert by_text["Een pas is een latje voor kades."] == 1


def test_a_sentence_that_counts_what_is_asked_leads_to_its_list() -> None:
    document = read("De haven kent drie kades voor gasten.\n\nDe haven heeft kades.\n")
    by_text = {e.statement.text: e.fits for e in ranked("Welke kades zijn er?", document)}

    assert by_text["De haven kent drie kades voor gasten."] > by_text["De haven heeft kades."]


def test_every_statement_comes_back_once_by_falling_score() -> None:
    found = ranked("Wanneer opent de stalling?")

    assert [e.score for e in found] == sorted((e.score for e in found), reverse=True)
    assert len({e.statement.span for e in found}) == len(found) > 10
    assert all(0 <= e.signs["own"] <= e.coverage <= 1 + 1e-9 and 0 <= e.fits <= 1 for e in found)


def test_what_is_nowhere_near_is_named_as_missing() -> None:
    best = first("Wanneer opent de kinderopvang aan de Havenkade?")

    complete = first("Wanneer opent de stalling aan de Havenkade?")
    assert [term.surface for term in best.missing] == ["kinderopvang"]
    assert complete.missing == ()
    assert best.coverage < complete.coverage


def test_a_word_in_the_heading_counts_less_than_in_the_sentence() -> None:
    document = read("# Tarieven\n\nEen rit is gratis.\n\n# Overig\n\nTarieven staan op de halte.\n")
    by_text = {e.statement.text: e for e in ranked("tarieven", document)}

    inside, under = by_text["Tarieven staan op de halte."], by_text["Een rit is gratis."]
    assert inside.coverage > under.coverage > 0
    assert (inside.signs["own"], under.signs["own"]) == (1.0, 0.0)


def test_a_part_of_a_compound_is_recognised_and_counts_less() -> None:
    document = read("De subsidieaanvraag is klaar.\n\nDe subsidie is klaar.\n")
    compound, word = sorted(ranked("subsidie", document), key=lambda e: e.coverage)

    assert "subsidieaanvraag" in compound.statement.text
    assert 0 < compound.coverage < word.coverage == 1.0


def test_the_date_in_a_heading_dates_what_stands_under_it() -> None:
    document = read("# Nieuws\n\n## 3 mei 2031\n\nDe brug gaat open.\n\nDe haven is dan dicht.\n")
    best = first("Wanneer is de haven dicht?", document)

    assert best.statement.text == "De haven is dan dicht."
    assert best.dated_by is not None
    assert document.text[best.dated_by.start : best.dated_by.end] == "3 mei 2031"
    assert 0 < best.fits < 1


def test_a_sentence_with_its_own_date_needs_no_heading() -> None:
    best = first("Wanneer opent de stalling aan de Havenkade?")

    assert best.dated_by is None
    assert best.fits == 1


def test_a_name_that_opens_a_document_is_what_all_of_it_is_about() -> None:
    document = read("Brief van de gemeente Meerdam.\n\nDe veerpont vaart elk uur.\n")
    other = read("Brief van de gemeente Zeedam.\n\nDe veerpont vaart elk uur.\n")
    question = "Hoe vaak vaart de veerpont in Meerdam?"

    assert "veerpont" in first(question, document).statement.text
    assert first(question, document).lacking == frozenset()
    assert [term.surface for term in first(question, other).lacking] == ["meerdam"]


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        ("Het plan begint in 2031.", 1.0),
        ("Het plan begint in schooljaar 2031-2032.", 1.0),
        ("Het plan rust op de Verordening Duinrade 2031.", 0.3),
    ],
)
def test_the_year_in_a_name_is_hardly_a_date(text: str, fit: float) -> None:
    assert first("Wanneer begint het plan?", read(text)).fits == fit


def test_a_name_in_the_question_does_not_count_as_the_name_asked_for() -> None:
    document = read(
        "Marijke Oldenziel werkt in de werkplaats.\n\n"
        "In de werkplaats werkt ook Hendrik Zaalberg.\n"
    )
    found = {
        e.statement.text[:7]: e.fits for e in ranked("Met wie werkt Marijke Oldenziel?", document)
    }

    assert found["In de w"] > found["Marijke"] == 0


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        ("De VELO is ontwikkeld door de Fietsersbond, terwijl de RAFT breder is.", 0.0),
        ("De RAFT is ontwikkeld door de Fietsersbond.", 1.0),
        ("Deze toets is ontwikkeld door de Fietsersbond.", 1.0),
    ],
)
def test_by_whom_another_thing_was_made_is_not_what_was_asked(text: str, fit: float) -> None:
    document = read(f"# Toetsen\n\n{text}\n")

    assert [one.fits for one in ranked("Wie heeft de RAFT ontwikkeld?", document)] == [fit]


def test_similarity_decides_between_statements_that_cover_as_much() -> None:
    asked = understand("brood")
    statements = Cut(read("Brood is zacht.\n\nBrood is hard.\n")).within([Span(0, 99)])
    likeness = zip(statements, [0.1, 0.9], strict=True)
    both = [Candidate(statement, close, 0.0, 1.0, frozenset()) for statement, close in likeness]
    found = weigh(asked, both, {"brood": 1.0})

    assert [e.statement.text for e in found] == ["Brood is hard.", "Brood is zacht."]


def test_equal_statements_keep_the_order_of_their_document() -> None:
    asked = understand("brood")
    statements = Cut(read("Brood is zacht.\n\nBrood is hard.\n")).within([Span(0, 99)])
    both = [Candidate(statement, 0.5, 0.0, 1.0, frozenset()) for statement in statements]
    found = weigh(asked, both, {"brood": 1.0})

    assert [e.statement.text for e in found] == ["Brood is zacht.", "Brood is hard."]


def test_a_question_without_terms_and_no_statements_are_no_error() -> None:
    asked = understand("?!")

    assert weigh(asked, [], {}) == []
    assert {e.coverage for e in ranked("?!")} == {0.0}


def test_the_rarer_a_word_the_more_it_says() -> None:
    (term,) = analyse("fiets")
    weights = [weight_of(term, frequency, 100) for frequency in (1, 2, 10, 50, 100)]

    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) == len(weights)
    assert min(weights) > 0
    assert max(weights) < 4 * min(weights)


def test_a_number_in_words_says_little() -> None:
    (number,), (word,) = analyse("twaalf"), analyse("fiets")

    assert weight_of(number, 1, 100) < weight_of(word, 100, 100)


@pytest.mark.parametrize("total", [1, 2, 5])
def test_a_tiny_index_gives_usable_weights(total: int) -> None:
    (term,) = analyse("fiets")

    assert all(0 < weight_of(term, frequency, total) < 3 for frequency in range(total + 1))


def test_who_asks_how_they_are_called_gets_the_names_first() -> None:
    document = read(
        "# Mensen\n\nDe projectleiders organiseren elke maand een avond."
        "\n\nDe projectleiders zijn Marijke Oldenziel en Sjoerd Hamersma.\n"
    )
    found = first("Hoe heten de projectleiders?", document)

    assert "Marijke Oldenziel" in found.statement.text
