"""Programs that ask over HTTP: what they get, what they are refused, in which words."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from browser import HOW_MANY, REFUSAL, SINCE, SUBSIDY, stand_in, window
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import IndexBrokenError, UsageError
from ui.output import answer_as_json
from ui.programs import services

BROKEN, STRANGE = "Is de index heel?", "Is alles heel?"
NOT_JSON = {"content": b"{", "headers": {"content-type": "application/json"}}
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


def assistant() -> Any:
    return stand_in(**{
        BROKEN: IndexBrokenError("De index is stuk.", "Maak hem opnieuw."),
        STRANGE: RuntimeError("geheim /pad/naar/iets"),
    })


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with (
        window(assistant()) as address,
        httpx.Client(base_url=address, trust_env=False, timeout=20) as client,
    ):
        yield client


def test_an_answer_is_the_documented_one(client: httpx.Client) -> None:
    reply = client.post("/api/ask", json={"question": HOW_MANY})

    assert reply.status_code == 200
    assert reply.json() == json.loads(json.dumps(answer_as_json(assistant().ask(HOW_MANY))))
    assert reply.headers["cache-control"] == "no-store"
    assert "content-security-policy" in reply.headers


def test_a_follow_up_carries_what_was_asked_before() -> None:
    asked = assistant()
    services(asked)["ask"].run({"question": f" {SINCE} ", "history": [HOW_MANY]})

    assert asked.asked == [(SINCE, (HOW_MANY,))]


def test_a_refusal_is_an_answer(client: httpx.Client) -> None:
    said = client.post("/api/ask", json={"question": "Wat kost een paspoort?"}).json()

    assert said["status"] == "not_found"
    assert said["answer"].startswith(REFUSAL)


def test_a_quote_is_found_in_the_text_of_its_document(client: httpx.Client) -> None:
    cited = client.post("/api/ask", json={"question": HOW_MANY}).json()["citations"][0]
    shown = client.get("/api/show", params={"document": cited["document"]}).json()

    assert shown["text"][cited["start"] : cited["end"]] == cited["quote"]
    assert shown["title"] == SUBSIDY.title


def test_the_list_of_documents_leads_to_each(client: httpx.Client) -> None:
    listed = client.get("/api/documents").json()["documents"]

    assert [one["document"] for one in listed] == [SUBSIDY.id]


@pytest.mark.parametrize(
    ("method", "path", "sent", "status", "why"),
    [
        ("POST", "ask", {"json": {"question": ""}}, 400, "Typ eerst een vraag"),
        ("POST", "ask", {"json": {"question": "x" * 501}}, 400, "te lang (501 tekens)"),
        ("POST", "ask", {"json": {"question": 3}}, 400, "geen tekst"),
        ("POST", "ask", {"json": {"question": "\ud800"}}, 400, "geen tekst"),
        ("POST", "ask", {"json": {}}, 400, "'question' ontbreekt"),
        ("POST", "ask", {"json": {"vraag": "Wat?"}}, 400, "Wel: question, history, today"),
        ("POST", "ask", {"json": {"question": "Wat?", "today": "3 mei"}}, 400, "JJJJ-MM-DD"),
        ("POST", "ask", {"json": {"question": "Wat?", "history": ["a"] * 21}}, 400, "hoogstens"),
        ("POST", "ask", {"json": ["Wat?"]}, 400, "JSON-object"),
        ("POST", "ask", NOT_JSON, 400, "geen geldige JSON"),
        ("POST", "ask", {"data": {"question": "Wat?"}}, 415, "application/json"),
        ("POST", "ask", {"json": {"question": "x" * 70_000}}, 413, "te groot"),
        ("POST", "ask", {"json": {"question": BROKEN}}, 503, "De index is stuk. Maak hem"),
        ("GET", "ask", {"params": {"question": "Wat?"}}, 405, "Gebruik hier POST"),
        ("POST", "show", {"json": {}}, 405, "Gebruik hier GET"),
        ("POST", "search", {"json": {"query": "x", "limit": 101}}, 400, "van 1 tot 100"),
        ("POST", "search", {"json": {"query": "x", "limit": True}}, 400, "heel getal"),
        ("GET", "show", {"params": {"document": "nee"}}, 404, "staat niet in de index"),
        ("GET", "timeline", {"params": {"year": "2026-01"}}, 400, "heel getal"),
    ],
)
def test_what_is_wrong_is_told_in_dutch(
    client: httpx.Client, method: str, path: str, sent: dict[str, Any], status: int, why: str
) -> None:
    if "json" in sent:  # httpx would write half a character as bytes that are no text
        sent = {"content": json.dumps(sent["json"]), "headers": NOT_JSON["headers"]}
    reply = client.request(method, f"/api/{path}", **sent)

    assert reply.status_code == status
    assert why in reply.json()["error"]


def test_an_unknown_fault_is_logged_and_not_told(
    client: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        reply = client.post("/api/ask", json={"question": STRANGE})

    assert reply.status_code == 500
    assert reply.json() == {"error": "Er ging iets mis. Probeer het nog een keer."}
    assert "RuntimeError" in caplog.text and STRANGE not in caplog.text


def test_what_is_no_service_is_not_there(client: httpx.Client) -> None:
    assert client.get("/api/rollback").status_code == 404
    assert client.get("/mcp").status_code == 404


def test_the_events_of_the_page_are_not_offered_to_programs(client: httpx.Client) -> None:
    offered = client.get("/gradio_api/info").json()

    assert set(offered["named_endpoints"]) == {f"/{name}" for name in services(assistant())}
    assert offered["unnamed_endpoints"] == {}


@given(st.dictionaries(st.sampled_from(["question", "history", "today", "x"]), ANY_JSON))
def test_whatever_a_program_sends_is_answered_or_refused_in_words(sent: dict[str, Any]) -> None:
    try:
        said = services(stand_in())["ask"].run(sent)
    except UsageError as error:
        assert error.what and error.advice
    else:
        assert said["question"].strip() == str(sent["question"]).strip()
