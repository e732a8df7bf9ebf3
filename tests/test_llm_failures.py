"""Whatever an endpoint does, the answer from the sources stands and one line says why."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

import pytest
from llm_server import LlmServer, Reply, numbered

from assistant.aids import Aids
from assistant.generation import Failure
from assistant.llm.loading import aids
from assistant.pipeline import Assistant
from assistant.records import Answer
from ingest.embedding import load_embedder

QUESTION = "Wanneer opent de stalling aan de Havenkade?"
TRUE = "De stalling aan de Havenkade opent op 3 mei 2031."
KEY = "sk-heel-geheim"
NEVER = threading.Event()
FAILURES = {
    "wrong model": (Reply(status=404), Failure.NO_SUCH_MODEL),
    "no key": (Reply(status=401), Failure.KEY_REFUSED),
    "forbidden": (Reply(status=403), Failure.KEY_REFUSED),
    "too many": (Reply(status=429), Failure.TOO_BUSY),
    "too long": (Reply(status=400), Failure.REJECTED),
    "out of order": (Reply(status=503), Failure.BROKEN),
    "redirect": (Reply(status=302), Failure.BROKEN),
    "dies midway": (Reply(lambda _: f"{TRUE} [1] {TRUE}", breaks_after=9), Failure.BROKE_OFF),
    "dies at once": (Reply(lambda _: TRUE, breaks_after=0), Failure.EMPTY),
    "endless": (Reply(lambda _: "en zo voort ", size=99, endless=True), Failure.ENDLESS),
    "endless sentences": (
        Reply(lambda _: f"{TRUE} [1] ", size=99, endless=True), Failure.ENDLESS
    ),
    "empty": (Reply(), Failure.EMPTY),
    "blank": (Reply(lambda _: "  \n \n"), Failure.EMPTY),
    "English": (Reply(lambda _: "The shed opens on the first of May."), Failure.NOT_DUTCH),
    "Chinese": (Reply(lambda _: "车棚将于五月三日开放 [1]。"), Failure.NOT_DUTCH),
    "JSON": (Reply(lambda _: '{"answer": "3 mei 2031", "sources": [1]}'), Failure.UNREADABLE),
    "no stream": (Reply(raw=b'{"choices": 3, "message": []}'), None),
    "half a line": (Reply(raw=b'data: {"choi\n\n{"mess'), Failure.UNREADABLE),
    "a web page": (Reply(raw=b"<html><body>It works!</body></html>"), None),
    "found nothing": (Reply(lambda _: "Niet gevonden."), Failure.FOUND_NOTHING),
    "all made up": (
        Reply(lambda _: "Het kost vast niets [1]. Dat is zo [7]."), Failure.NOT_SUPPORTED
    ),
    "beside the point": (
        Reply(lambda r: f"Er staan 46 fietsen in de binnenstad [{numbered(r, '46 fietsen')}]."),
        Failure.NOT_SUPPORTED,
    ),
    "only thoughts": (Reply(lambda _: f"<think>{TRUE} [1]"), None),
}  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[LlmServer]:
    server = LlmServer()
    yield server
    server.close()


def _with(bicycles: Assistant, found: Aids) -> Assistant:
    return Assistant(bicycles._index, load_embedder(), bicycles.generation, aids=found)


def _aids(server: LlmServer, setting: str, seconds: str = "60") -> Aids:
    environment = {"OLLAMA_HOST": server.url, "WEGWIJS_LLM_KEY": KEY}
    return aids(setting, {**environment, "WEGWIJS_LLM_SECONDS": seconds})


@pytest.fixture(scope="module")
def assistants(server: LlmServer, bicycles: Assistant) -> list[Assistant]:
    settings = (f"openai-like:{server.url}/v1 m", "ollama:m")
    return [_with(bicycles, _aids(server, setting)) for setting in settings]


def _stands(answer: Answer, plain: Answer) -> Failure | None:
    """Check that an answer is the one without a model, with one line more; return why."""
    assert (answer.status, answer.text, answer.citations) == (
        plain.status,
        plain.text,
        plain.citations,
    )
    assert len(answer.notes) == len(plain.notes) + 1
    assert answer.notes[-1].endswith("Dit antwoord komt daarom rechtstreeks uit de bronnen.")
    assert answer.trace.generation is not None
    return answer.trace.generation.failure


@pytest.mark.parametrize("name", FAILURES)
def test_the_answer_from_the_sources_stands_and_a_line_says_why(
    server: LlmServer, assistants: list[Assistant], bicycles: Assistant, name: str
) -> None:
    server.reply, expected = FAILURES[name]
    plain = bicycles.ask(QUESTION)

    for assistant in assistants:
        failure = _stands(assistant.ask(QUESTION), plain)

        assert failure is expected or (expected is None and failure is not None)


def test_a_silent_endpoint_is_waited_for_no_longer_than_was_set(
    server: LlmServer, bicycles: Assistant
) -> None:
    server.reply = Reply(waits=NEVER)
    assistant = _with(bicycles, _aids(server, "ollama:m", seconds="1"))

    assert _stands(assistant.ask(QUESTION), bicycles.ask(QUESTION)) is Failure.TOO_SLOW


@pytest.mark.parametrize("setting", ["openai-like:{url}/v1 m", "ollama:m"])
def test_an_endpoint_that_is_down_is_told(bicycles: Assistant, setting: str) -> None:
    server = LlmServer()
    assistant = _with(bicycles, _aids(server, setting.format(url=server.url)))
    server.close()

    assert _stands(assistant.ask(QUESTION), bicycles.ask(QUESTION)) is Failure.UNREACHABLE


def test_the_key_goes_to_the_endpoint_and_nowhere_else(
    server: LlmServer,
    assistants: list[Assistant],
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    seen = []
    for status in (200, 401, 500):
        server.reply = Reply(lambda _: f"{TRUE} [1]", status=status)
        seen += [repr(assistant.ask(QUESTION)) for assistant in assistants]

    assert {headers["authorization"] for _, headers, _ in server.asked[-6:]} == {f"Bearer {KEY}"}
    assert KEY not in "".join((*seen, caplog.text, *capfd.readouterr()))


def test_a_key_of_another_service_in_the_environment_is_not_sent(
    server: LlmServer, bicycles: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    server.says(f"{TRUE} [1]")

    assistant = _with(bicycles, aids(f"openai-like:{server.url}/v1 m", {}))

    assert assistant.ask(QUESTION).notes == ()
    assert KEY not in repr(server.asked[-1])


def test_only_question_and_passages_leave_the_machine(
    server: LlmServer, assistants: list[Assistant]
) -> None:
    server.says(f"{TRUE} [1]")
    answer = assistants[0].ask(QUESTION, history=["Wie betaalt het onderhoud?"])

    assert answer.trace.generation is not None
    assert server.last == f"{answer.trace.generation.system}\n\n{answer.trace.generation.prompt}"
    assert "Wie betaalt het onderhoud?" not in server.last
