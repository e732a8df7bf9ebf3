"""What speaks for passages, besides what the sources say."""

from __future__ import annotations

from assistant.records import Kind
from assistant.signals import signals
from ingest.analysis import analyse
from ingest.facts import FactKind
from ingest.library import Place
from ingest.records import Passage

TERMS = [term for term in analyse("tarief veerpont") if not term.is_function_word]
TEXTS = {
    "haven-1": "De veerpont van de haven.",
    "haven-2": "Het tarief is 2 euro.",
    "markt-1": "De markt is op zaterdag.",
    "markt-2": "Het tarief is 3 euro.",
}


def found(kind: Kind = Kind.OTHER) -> dict[str, dict[str, float]]:
    passages = {
        name: Passage(name, name.split("-")[0], 0, len(text), text) for name, text in TEXTS.items()
    }
    places = {
        name: Place("", name.endswith("1"), frozenset({FactKind.AMOUNT} if "euro" in text else ()))
        for name, text in TEXTS.items()
    }
    weights = {term.surface: 1.0 for term in TERMS}
    scores = signals(TERMS, weights, {}, kind, passages, places)
    assert all(entry == sorted(entry, key=lambda one: -one[1]) for entry in scores.values())
    return {name: dict(entries) for name, entries in scores.items()}


def test_a_passage_that_holds_half_of_the_question_says_so_and_one_without_it_nothing() -> None:
    assert found()["coverage"] == {"haven-1": 0.5, "haven-2": 0.5, "markt-2": 0.5}


def test_a_passage_that_opens_its_document_says_so() -> None:
    assert set(found()["lead"]) == {"haven-1", "markt-1"}


def test_a_passage_with_the_sort_of_fact_that_is_asked_for_says_so() -> None:
    assert set(found(Kind.HOW_MUCH)["fact"]) == {"haven-2", "markt-2"}
    assert found(Kind.WHO)["fact"] == {}
