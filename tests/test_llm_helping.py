"""What a model does for a question before it is searched for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from llm_server import LlmServer, Reply

from assistant.llm.loading import aids
from assistant.pipeline import Assistant
from assistant.records import Status
from assistant.retrieval import joined
from ingest.embedding import load_embedder

BEFORE = ["Wanneer opent de stalling aan de Havenkade?"]


@pytest.fixture(scope="module")
def server() -> Iterator[LlmServer]:
    server = LlmServer()
    yield server
    server.close()


@pytest.fixture(scope="module")
def assistant(server: LlmServer, bicycles: Assistant) -> Assistant:
    """One that a model helps to search, and that words its answers itself."""
    environment = {"OLLAMA_HOST": server.url, "WEGWIJS_LLM_FOR": "standalone,wordings"}
    found = aids("ollama:m", environment)
    return Assistant(bicycles._index, load_embedder(), bicycles.generation, aids=found)


def _says(server: LlmServer, alone: str = "", others: str = "") -> None:
    server.reply = Reply(lambda request: alone if "Eerdere vragen:" in request else others)


def test_a_follow_up_is_read_as_the_model_writes_it(
    server: LlmServer, assistant: Assistant
) -> None:
    _says(server, alone='"Wat kost de stalling aan de Havenkade?"')

    answer = assistant.ask("En wat kost die?", history=BEFORE)

    assert answer.standalone_question == "Wat kost de stalling aan de Havenkade?"
    assert answer.question == "En wat kost die?"


@pytest.mark.parametrize(
    "written",
    [
        "Wat kost de stalling aan de Havenkade in Rotterdam?",
        "Die kost 5 euro.",
        "What does it cost?",
        "Wat?\nWat kost het?",
        "",
        "Wat kost " + "de stalling " * 40 + "?",
    ],
)
def test_a_follow_up_with_words_of_its_own_or_of_no_use_is_read_the_built_in_way(
    server: LlmServer, assistant: Assistant, bicycles: Assistant, written: str
) -> None:
    _says(server, alone=written)
    question = "En wat kost die?"

    answer = assistant.ask(question, history=BEFORE)

    built_in = bicycles.ask(question, history=BEFORE)
    assert answer.standalone_question == built_in.standalone_question
    assert answer.text == built_in.text


def test_the_model_is_not_asked_about_a_first_question(
    server: LlmServer, assistant: Assistant
) -> None:
    server.asked.clear()

    assistant.ask(BEFORE[0])

    assert not any("Eerdere vragen:" in repr(body) for _, _, body in server.asked)


def test_another_wording_adds_passages_and_moves_none(
    server: LlmServer, assistant: Assistant, bicycles: Assistant
) -> None:
    _says(
        server, others="1. Welke prijs heeft huren?\n2. Wie betaalt het onderhoud?\nGraag gedaan!"
    )
    question = "Waar mail ik over een kapotte fiets?"

    plain, helped = bicycles.ask(question), assistant.ask(question)

    assert helped.text == plain.text
    before = [hit.passage.id for hit in plain.hits]
    assert [hit.passage.id for hit in helped.hits][: len(before)] == before


def test_hits_of_other_wordings_come_after_with_falling_scores(bicycles: Assistant) -> None:
    own, other = bicycles.search("stalling", 2), bicycles.search("onderhoud", 6)

    hits = joined(own, [other, own, []])

    assert hits[:2] == own
    assert {hit.passage.id for hit in hits} == {hit.passage.id for hit in (*own, *other)}
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True) and len(set(scores)) == len(scores)


def test_no_wording_makes_an_answer_of_a_refusal(server: LlmServer, assistant: Assistant) -> None:
    _says(server, others="Wanneer opent de stalling aan de Havenkade?\nWat kost lenen per uur?")

    assert assistant.ask("Hoe hoog is de Eiffeltoren in Parijs?").status is Status.NOT_FOUND


@pytest.mark.parametrize("reply", [Reply(status=500), Reply(raw=b"{}"), Reply()])
def test_a_model_that_fails_changes_nothing(
    server: LlmServer, assistant: Assistant, bicycles: Assistant, reply: Reply
) -> None:
    server.reply = reply
    question = "En wat kost die?"

    answer, built_in = (
        assistant.ask(question, history=BEFORE),
        bicycles.ask(question, history=BEFORE),
    )

    assert (answer.text, answer.citations) == (built_in.text, built_in.citations)
