"""How an answer came about: what is told about real answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from bicycles import BICYCLES
from test_choosing import HARBOUR
from test_evidence import ranked

from assistant.choosing import Decision, Judged
from assistant.citations import Source, citation_of
from assistant.pipeline import Assistant
from assistant.questions import understand
from assistant.records import Kind, Status
from assistant.trace import Objection, Reason
from assistant.tracing import traced
from ingest.embedding import Embedder
from ingest.pipeline import ingest

TODAY = date(2031, 3, 1)


@pytest.fixture(scope="module")
def bicycles(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("leenfietsen")
    (folder / "leenfietsen.md").write_text(BICYCLES, encoding="utf-8")
    ingest([folder], folder / "data", embedder)
    opened = Assistant.open(folder / "data", embedder)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("question", "status", "reason"),
    [
        ("Wanneer opent de stalling aan de Havenkade?", Status.ANSWERED, Reason.ENOUGH),
        ("Wat gebeurt er in mei 2031?", Status.ANSWERED, Reason.OVERVIEW),
        ("Wat is het verschil tussen een deelbak en een maanraket?", Status.PARTIAL,
         Reason.COMPARED),
        ("Hallo!", Status.OUT_OF_SCOPE, Reason.OUT_OF_SCOPE),
        ("???", Status.CLARIFY, Reason.NO_QUESTION),
        ("Hoeveel verdient de burgemeester?", Status.NOT_FOUND, Reason.NOT_ENOUGH),
    ],
)  # fmt: skip
def test_every_sort_of_answer_has_its_reason(
    bicycles: Assistant, question: str, status: Status, reason: Reason
) -> None:
    answer = bicycles.ask(question, today=TODAY)

    assert (answer.status, answer.trace.why.reason) == (status, reason)


def test_the_question_is_told_as_it_was_understood(bicycles: Assistant) -> None:
    trace = bicycles.ask("Hoeveel laadpalne komen er in Utrecht in mei 2031?", today=TODAY).trace

    assert trace.question is not None
    assert trace.question.kind is Kind.HOW_MANY
    assert trace.question.language == "nl"
    assert trace.question.corrected == (("laadpalne", "laadpalen"),)
    assert [term.surface for term in trace.question.named] == ["utrecht"]
    assert trace.question.period is not None
    assert trace.question.period.windows[0].first == date(2031, 5, 1)
    assert trace.unknown == ("Utrecht",)


def test_an_english_question_is_told_to_be_one(bicycles: Assistant) -> None:
    trace = bicycles.ask("When does the trial with the deelbak end?").trace

    assert trace.question is not None
    assert trace.question.language == "en"
    assert trace.question.corrected == ()


def test_a_refused_near_miss_tells_which_name_is_missing(bicycles: Assistant) -> None:
    trace = bicycles.ask("Wanneer opent de stalling in Utrecht?").trace

    assert trace.why.lacking == ("Utrecht",)
    assert not any(one.is_chosen for one in trace.weighed)
    assert "Utrecht" in trace.weighed[0].missing


def test_a_refused_question_tells_what_sort_of_fact_is_missing(bicycles: Assistant) -> None:
    trace = bicycles.ask("Hoeveel euro kost een pas in de bibliotheek?").trace

    nearest = trace.weighed[0]
    assert (trace.why.reason, trace.why.kind) == (Reason.NOT_ENOUGH, Kind.HOW_MUCH)
    assert (nearest.text, nearest.objection) == (
        "Maak een pas aan in de bibliotheek.", Objection.NO_FACT,
    )  # fmt: skip
    assert trace.why.objection is Objection.NO_FACT


def test_what_is_chosen_is_what_the_answer_quotes(bicycles: Assistant) -> None:
    answer = bicycles.ask("Wie is de projectleider van de leenfiets?")
    chosen = [one for one in answer.trace.weighed if one.is_chosen]

    assert [one.text for one in chosen] == [citation.quote for citation in answer.citations] != []
    for one in answer.trace.weighed:
        stored = bicycles.document(one.document_id).text
        assert stored[one.start : one.end] == one.text
        assert one.objection is None or not one.is_chosen
    scores = [one.score for one in answer.trace.weighed]
    assert scores == sorted(scores, reverse=True)


def test_a_comparison_tells_of_each_side(bicycles: Assistant) -> None:
    trace = bicycles.ask("Wat is het verschil tussen een deelbak en een maanraket?").trace

    known, unknown = trace.parts
    assert known.why.reason is Reason.ENOUGH
    assert known.hits and any(one.is_chosen for one in known.weighed)
    assert unknown.why.lacking == ("maanraket",)


def test_a_vague_question_with_one_possible_subject_stays_the_question_that_was_asked(
    bicycles: Assistant,
) -> None:
    answer = bicycles.ask("What is the e-mail address?")

    assert answer.trace.question is not None
    assert "werkplaats@duinrade.example" in answer.text
    assert "als het gaat om" in answer.trace.question.standalone
    assert answer.trace.question.text == answer.question == "What is the e-mail address?"
    assert answer.trace.question.language == "en"


def test_a_name_that_is_in_no_sentence_that_would_do_is_what_is_missing() -> None:
    asked = understand("Besluit het college binnen zes weken over de ligplaats van Groen?")
    best = ranked(asked.standalone, HARBOUR)[0]
    decision = Decision(Reason.DETAIL_MISSING, (Judged(best, None),), frozenset(asked.named))
    near = citation_of(Source(best.statement.document, best.statement.span), 1)
    trace = traced(asked, [], decision, [near], [])

    assert (trace.why.objection, trace.why.lacking) == (None, ("Groen",))
    assert not trace.weighed[0].is_chosen  # a refusal shows what is near and rests on nothing


def test_where_all_that_is_near_leads_away_that_is_the_objection() -> None:
    asked = understand("Welke vergunning is er?")
    best = ranked(asked.standalone, HARBOUR)[0]
    decision = Decision(Reason.NOT_ENOUGH, (Judged(best, Objection.LEADS_AWAY),))

    assert traced(asked, [], decision, [], []).why.objection is Objection.LEADS_AWAY
