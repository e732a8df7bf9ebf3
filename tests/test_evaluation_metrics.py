"""Metrics: by hand on small answers, and on systems that are bad on purpose."""

from __future__ import annotations

import math
from collections.abc import Callable

import evaluating
import pytest
from evaluating import Bad, case, declining, outcome, ranked, refusal

from assistant.evaluation.figures import figures
from assistant.evaluation.metrics import (
    METRICS,
    citation_precision,
    citation_recall,
    conciseness,
    evidence_hit,
    facts_right,
    needless_refusal,
    refusal_precision,
    refusal_recall,
    right,
    unsourced_numbers,
    values_of,
    wrong_facts,
)
from assistant.evaluation.ranking import ndcg, recall_at_5, recall_at_10, reciprocal_rank
from assistant.evaluation.records import Case, Cited
from assistant.evaluation.run import Answers, evaluate
from assistant.pipeline import Assistant
from assistant.records import Status

# --- right, facts -----------------------------------------------------------------------------


def test_right_needs_the_status_every_fact_and_nothing_wrong() -> None:
    two = case(facts=(("12", "twaalf"), ("regio",)), wrong=("13",))

    assert right(outcome("Twaalf in de regio. [1]", case=two)) == 1
    assert right(outcome("Twaalf in het land. [1]", case=two)) == 0
    assert right(outcome("Twaalf of 13 in de regio. [1]", case=two)) == 0
    assert right(outcome("Twaalf in de regio. [1]", case=two, status=Status.PARTIAL)) == 0
    assert right(refusal(case=two)) == 0


def test_a_refusal_is_right_where_there_is_no_answer() -> None:
    assert right(refusal(case=declining())) == 1
    assert right(outcome(case=declining())) == 0


def test_a_question_that_may_be_refused_or_answered_is_right_both_ways() -> None:
    either = case(status=(Status.ANSWERED, Status.NOT_FOUND))

    assert right(outcome(case=either)) == right(refusal(case=either)) == 1
    assert facts_right(refusal(case=either)) is None
    assert needless_refusal(refusal(case=either)) is None


def test_facts_right_is_the_share_of_the_facts() -> None:
    three = case(facts=(("12",), ("regio",), ("mei",)))

    assert facts_right(outcome("12 in de regio. [1]", case=three)) == pytest.approx(2 / 3)
    assert facts_right(refusal(case=three)) == 0
    assert facts_right(refusal(case=declining())) is None


def test_a_fact_in_the_nearest_passages_of_a_refusal_does_not_count() -> None:
    text = "Dat staat niet in de bronnen.\n- Er zijn 12 coalities. [1]"

    assert facts_right(outcome(text, status=Status.NOT_FOUND)) == 0


def test_a_marker_is_no_number_of_the_answer() -> None:
    only_marker = outcome("Er zijn coalities. [12]", case=case(facts=(("12",),)))

    assert facts_right(only_marker) == 0
    assert unsourced_numbers(only_marker) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Er zijn 12 coalities. [1]", 0),
        ("Er zijn 13 coalities. [1]", 1),
        ("Er zijn dertien coalities. [1]", 1),
        ("In mei zijn er 12 coalities. [1]", 1),
        ("In 2031 zijn er 12 coalities. [1]", 0),  # the question says 2031
        ("1. Er zijn 12 coalities. [1]", 0),  # the number of the line
    ],
)
def test_a_number_that_no_quote_holds_is_a_wrong_fact(text: str, wrong: float) -> None:
    asked = case(question="Hoeveel coalities zijn er in 2031?")

    assert wrong_facts(outcome(text, case=asked)) == wrong


def test_a_number_in_a_quote_that_is_not_in_the_document_has_no_source() -> None:
    false = Cited(1, "doc", "", "Er zijn 13 coalities.", verbatim=False, proves=False)

    assert wrong_facts(outcome("Er zijn 13 coalities. [1]", cited=(false,))) == 1


# --- citations --------------------------------------------------------------------------------


def test_a_sentence_is_supported_by_all_that_it_cites_together() -> None:
    together = outcome(
        "In mei 2025 komen de plannen van aanpak klaar. [1][2]",
        "mei 2025",
        "de plannen van aanpak komen klaar",
    )

    assert citation_recall(together) == 1
    assert citation_precision(together) == 1


def test_a_citation_that_adds_nothing_lowers_precision_only() -> None:
    padded = outcome("Er zijn 12 coalities. [1][2]", "Er zijn 12 coalities.", "Het regent.")

    assert citation_recall(padded) == 1
    assert citation_precision(padded) == 0.5


def test_a_citation_that_repeats_another_is_not_held_against_it() -> None:
    twice = outcome("Er zijn 12 coalities. [1][2]", "Er zijn 12 coalities.", "12 coalities zijn er")

    assert citation_precision(twice) == 1


def test_citations_of_a_sentence_that_is_not_supported_are_all_wrong() -> None:
    half = outcome(
        "Er zijn 12 coalities. [1] De kosten zijn 5 miljoen euro. [1][2]",
        "Er zijn 12 coalities.",
        "De kosten zijn hoog.",
    )

    assert citation_recall(half) == 0.5
    assert citation_precision(half) == pytest.approx(1 / 3)


@pytest.mark.parametrize("text", ["Er zijn 12 coalities.", "Er zijn 12 coalities. [7]"])
def test_an_answer_without_a_source_has_none_right(text: str) -> None:
    assert citation_recall(outcome(text)) == citation_precision(outcome(text)) == 0


def test_a_refusal_has_no_citations_to_judge() -> None:
    assert citation_recall(refusal()) is citation_precision(refusal()) is None


def test_evidence_is_hit_by_a_verbatim_quote_at_the_right_place_only() -> None:
    def cites(*, verbatim: bool, proves: bool) -> float | None:
        return evidence_hit(outcome(cited=(Cited(1, "doc", "", "…", verbatim, proves),)))

    assert cites(verbatim=True, proves=True) == 1
    assert cites(verbatim=False, proves=True) == cites(verbatim=True, proves=False) == 0
    assert evidence_hit(refusal()) == 0
    assert evidence_hit(refusal(case=declining())) is None


# --- refusals, length -------------------------------------------------------------------------


def test_refusals_have_precision_and_recall() -> None:
    answered, refused = outcome(), refusal()
    false_answer, right_refusal = outcome(case=declining()), refusal(case=declining())
    found = figures([answered, answered, refused, false_answer, right_refusal, right_refusal])

    assert found["refusal_precision"].value == pytest.approx(2 / 3)
    assert found["refusal_recall"].value == pytest.approx(2 / 3)
    assert found["needless_refusal"].value == pytest.approx(1 / 3)
    assert refusal_precision(answered) is refusal_recall(answered) is None


def test_conciseness_halves_when_length_doubles_and_grows_with_what_must_be_said() -> None:
    words = " ".join(["woord"] * 120)

    assert conciseness(outcome("Kort. [1]")) == 1
    assert conciseness(outcome(words)) == 0.5
    assert conciseness(outcome(words, case=case(facts=(("a",),) * 4))) == 1
    assert conciseness(refusal()) is None


# --- retrieval --------------------------------------------------------------------------------


def test_retrieval_counts_ranks_from_the_top() -> None:
    found = outcome(found=ranked(False, True, False, False, False, True), relevant=3)

    assert recall_at_5(found) == pytest.approx(1 / 3)
    assert recall_at_10(found) == pytest.approx(2 / 3)
    assert reciprocal_rank(found) == pytest.approx(1 / 2)
    gained = 1 / math.log2(3) + 1 / math.log2(7)
    ideal = 1 + 1 / math.log2(3) + 1 / math.log2(4)
    assert ndcg(found) == pytest.approx(gained / ideal)


def test_retrieval_does_not_depend_on_equal_scores() -> None:
    order = [i == 11 for i in range(12)]

    assert reciprocal_rank(outcome(found=ranked(*order), relevant=1)) == 0
    assert reciprocal_rank(outcome(found=ranked(*reversed(order)), relevant=1)) == 1


def test_evidence_that_is_not_in_the_index_is_not_found() -> None:
    assert recall_at_10(outcome(found=ranked(False), relevant=0)) == 0
    assert recall_at_10(outcome(found=(), relevant=2)) == 0
    assert recall_at_10(refusal(case=declining())) is None


def test_every_metric_says_what_it_is_and_where_it_is_from() -> None:
    for metric in METRICS.values():
        assert metric.of.__doc__
    assert set(values_of(outcome(found=ranked(True), relevant=1))) <= set(METRICS)


# --- systems that are bad on purpose ----------------------------------------------------------


def measured(answers: Answers, cases: tuple[Case, ...]) -> dict[str, float]:
    run = evaluate(answers, cases, today=evaluating.TODAY)
    return {name: figure.value for name, figure in figures(run.outcomes).items()}


@pytest.fixture(scope="module")
def good(bicycles: Assistant, cases: tuple[Case, ...]) -> dict[str, float]:
    """The real system's figures: what the bad ones are held against."""
    return measured(bicycles, cases)


@pytest.fixture
def spoilt(
    bicycles: Assistant, cases: tuple[Case, ...]
) -> Callable[[Callable[[Assistant], Bad]], dict[str, float]]:
    return lambda make: measured(make(bicycles), cases)


Spoilt = Callable[[Callable[[Assistant], Bad]], dict[str, float]]


def test_the_real_system_does_well_on_easy_questions(good: dict[str, float]) -> None:
    assert good["right"] > 0.7
    assert good["citation_recall"] > 0.9
    assert good["wrong_facts"] < 0.1


def test_always_refusing_is_caught(spoilt: Spoilt, good: dict[str, float]) -> None:
    bad = spoilt(evaluating.always_refuses)

    assert bad["needless_refusal"] == 1 > good["needless_refusal"]
    assert bad["facts_right"] == bad["evidence_hit"] == 0
    assert bad["refusal_recall"] == 1
    assert bad["refusal_precision"] == pytest.approx(1 / 3)  # three of nine have no answer
    assert bad["right"] < good["right"] - 0.3


def test_always_answering_with_the_top_passage_is_caught(
    spoilt: Spoilt, good: dict[str, float]
) -> None:
    bad = spoilt(evaluating.top_passage)

    assert bad["refusal_recall"] == 0 < good["refusal_recall"]
    assert bad["right"] < good["right"]


def test_shuffled_citations_are_caught(spoilt: Spoilt, good: dict[str, float]) -> None:
    bad = spoilt(evaluating.shuffled_citations)

    assert bad["citation_recall"] < 0.2 < good["citation_recall"]
    assert bad["citation_precision"] < 0.2 < good["citation_precision"]
    assert bad["evidence_hit"] < 0.2 < good["evidence_hit"]
    assert bad["wrong_facts"] > 0.6
    assert bad["facts_right"] == good["facts_right"]  # the words are still right


def test_changed_numbers_are_caught(spoilt: Spoilt, good: dict[str, float]) -> None:
    bad = spoilt(evaluating.changed_numbers)

    assert bad["wrong_facts"] > 0.7 > good["wrong_facts"]
    assert bad["facts_right"] < 0.3 < good["facts_right"]
    assert bad["citation_recall"] < 0.5 < good["citation_recall"]


def test_copying_whole_documents_is_caught(spoilt: Spoilt, good: dict[str, float]) -> None:
    bad = spoilt(evaluating.whole_documents)

    assert bad["conciseness"] < 0.4 < good["conciseness"]
    assert bad["facts_right"] == 1  # it holds everything, which is why length must count
    assert bad["refusal_recall"] == 0


def test_invented_quotes_are_caught(spoilt: Spoilt, good: dict[str, float]) -> None:
    bad = spoilt(evaluating.invented_quotes)

    assert bad["citation_recall"] == bad["citation_precision"] == bad["evidence_hit"] == 0
    assert bad["facts_right"] == good["facts_right"]
