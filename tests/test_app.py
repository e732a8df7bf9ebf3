"""The window as a user meets it: in a real browser, from a real server."""

from __future__ import annotations

import logging
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from browser import (
    HOW_MANY,
    SINCE,
    SUBSIDY,
    StandIn,
    answer,
    ask,
    behind,
    citation,
    document,
    page_at,
    stand_in,
    watch_connections,
    window,
)

from assistant.records import Status
from ingest.errors import IndexBrokenError, PortError
from ui import conversation
from ui.access import Role
from ui.page import dress
from ui.server import Place, listen, serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CORPUS = Path(__file__).parent.parent / "corpus"
DOORS = [
    *("docs", "openapi.json", "monitoring", "login", "gradio_api/upload", "mcp"),
    *("gradio_api/runs", "gradio_api/file=/etc/passwd", "gradio_api/proxy=http://192.0.2.1"),
    *("gradio_api/run/x", "gradio_api/call/x", "gradio_api/component_server"),
]
HOSTILE = "<script>document.title='stuk'</script><img src=http://192.0.2.1/x> ${1+1} {{value}}"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with window(
        stand_in(**{"Stuk?": IndexBrokenError("De index is stuk.", "Maak hem opnieuw.")})
    ) as url:
        yield url


def only_local(heard: list[str], address: str) -> bool:
    return all(said.startswith((address, "data:")) for said in heard)


def mark(page: Page) -> str:
    return page.locator(".source:visible mark").text_content() or ""


def test_a_port_in_use_is_told_in_dutch() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortError, match=f"Poort {port} is al in gebruik. Sluit"):
            serve(lambda: behind(stand_in(), Path()), Place(port=port))


@pytest.mark.parametrize(("host", "port"), [("192.0.2.1", 7860), ("bestaat.invalid", 7860)])
def test_an_address_of_another_machine_is_told_in_dutch(host: str, port: int) -> None:
    with pytest.raises(PortError, match="geen adres van deze computer"):
        listen(host, port)


def test_a_port_that_does_not_exist_is_told_in_dutch() -> None:
    with pytest.raises(PortError, match="Poort 70000 bestaat niet"):
        listen("127.0.0.1", 70_000)


def test_the_page_is_dutch_and_guarded(address: str) -> None:
    with urlopen(address, timeout=20) as reply:
        html, headers = reply.read().decode(), reply.headers
    policy = headers["content-security-policy"]
    nonce = re.search(r"'nonce-([\w-]+)'", policy)

    assert nonce
    assert html.count("<script") == html.count(f'<script nonce="{nonce.group(1)}"') > 0
    assert '<html\n\tlang="nl"' in html
    assert "huggingface" not in html and "og:image" not in html
    assert "default-src 'self'" in policy and "'unsafe-inline'" not in policy.split("style-src")[0]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("door", DOORS)
def test_other_doors_are_shut(address: str, door: str) -> None:
    with pytest.raises(HTTPError) as refused:
        urlopen(f"{address}/{door}", timeout=20)

    assert refused.value.code == 404
    assert "content-security-policy" in refused.value.headers
    refused.value.close()


def test_dress_gives_every_script_the_nonce() -> None:
    page = dress(
        '<html lang="en"><head><script>a</script><script src=b></script></head>', "p{}", "N",
        Role.READER, 'Jan "<script>',
    )  # fmt: skip

    assert page.count('<script nonce="N"') == 2
    assert '<html lang="nl" data-role="lezer" data-name="Jan &quot;&lt;script&gt;">' in page
    assert "<style>p{}</style></head>" in page


@pytest.mark.browser
def test_an_example_leads_to_an_answer_with_its_source(browser: Browser, address: str) -> None:
    leaving = watch_connections()
    with page_at(browser, address) as (page, heard):
        page.get_by_role("button", name=HOW_MANY).click()
        page.wait_for_selector(".answer")
        assert mark(page) == "Er zijn 12 coalities gevormd."  # opened by itself: there is room

        page.get_by_role("button", name="bron 2, Subsidie voor coalities").first.click()

        assert mark(page) == "De regeling bestaat sinds 2023."
        assert page.evaluate("document.activeElement.classList.contains('source')")
        assert (
            page.locator(".source:visible a").get_attribute("href") == "https://www.nji.nl/subsidie"
        )
        page.keyboard.press("Escape")
        assert page.locator(".source:visible").count() == 0
        assert page.evaluate("document.activeElement.dataset.source") == "bron-1-2"
        assert "Antwoord: Er zijn 12 coalities" in page.locator("p[role=status]").inner_text()
        assert only_local(heard, address)
    assert leaving() == []


@pytest.mark.browser
def test_a_refusal_looks_different_and_shows_what_is_near(browser: Browser, address: str) -> None:
    with page_at(browser, address) as (page, heard):
        ask(page, "Wat kost een paspoort?")

        assert "Dat staat niet in de bronnen." in page.locator(".refusal").inner_text()
        page.get_by_text("Deze vragen kan Wegwijs wel beantwoorden").wait_for()
        page.locator(".near").click()
        assert mark(page) == SUBSIDY.text.split("\n\n")[-1]
        assert only_local(heard, address)


@pytest.mark.browser
def test_the_keyboard_is_enough(browser: Browser, address: str) -> None:
    with page_at(browser, address) as (page, _):
        page.locator("h1").click()
        page.keyboard.press("/")
        page.keyboard.type("Eerste regel")
        page.keyboard.press("Shift+Enter")
        assert page.input_value("#vraag textarea") == "Eerste regel\n"
        page.fill("#vraag textarea", HOW_MANY)
        page.keyboard.press("Enter")
        page.wait_for_selector(".answer .marker")
        page.locator("h1").click()
        for _ in range(4):  # the tabs, Nieuw gesprek, [1], [2]
            page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith(
            "bron 2"
        )
        page.keyboard.press("Enter")
        assert mark(page) == "De regeling bestaat sinds 2023."


@pytest.mark.browser
def test_a_conversation_goes_on_and_starts_anew(browser: Browser) -> None:
    assistant = stand_in()
    with window(assistant) as url, page_at(browser, url) as (page, _):
        ask(page, HOW_MANY)
        ask(page, SINCE)
        assert assistant.asked == [(HOW_MANY, ()), (SINCE, (HOW_MANY,))]
        page.get_by_role("button", name="Nieuw gesprek").click()
        page.wait_for_selector(".turn", state="detached")
        assert page.locator("#voorbeelden").is_visible()
        ask(page, SINCE)
        assert assistant.asked[-1] == (SINCE, ())


@pytest.mark.browser
def test_two_users_do_not_see_each_other(browser: Browser, address: str) -> None:
    with page_at(browser, address) as (one, _), page_at(browser, address) as (other, _):
        ask(one, HOW_MANY)
        ask(other, SINCE)
        assert [q.inner_text() for q in one.locator(".question").all()] == [HOW_MANY]
        assert [q.inner_text() for q in other.locator(".question").all()] == [SINCE]


@pytest.mark.browser
def test_a_new_conversation_stops_the_answer_on_its_way(browser: Browser) -> None:
    assistant = stand_in()
    assistant.pause = 1.5
    with window(assistant) as url, page_at(browser, url) as (page, _):
        page.fill("#vraag textarea", HOW_MANY)
        page.keyboard.press("Enter")
        page.wait_for_selector(".waiting")
        page.get_by_role("button", name="Nieuw gesprek").click()
        page.wait_for_selector(".turn", state="detached")
        page.wait_for_timeout(2000)
        assert page.locator(".turn").count() == 0


@pytest.mark.browser
def test_what_goes_wrong_is_told_in_dutch(browser: Browser, address: str) -> None:
    with page_at(browser, address) as (page, _):
        ask(page, "Stuk?")
        assert "De index is stuk. Maak hem opnieuw." in page.locator(".failed").inner_text()
        page.fill("#vraag textarea", "x" * 501)
        page.keyboard.press("Enter")
        page.wait_for_selector(".notice:not(:empty)")
        assert "te lang (501 tekens)" in page.locator(".notice").inner_text()
        assert page.input_value("#vraag textarea") == "x" * 501
        assert page.locator(".turn").count() == 1


def test_an_unknown_fault_is_logged_and_not_shown(caplog: pytest.LogCaptureFixture) -> None:
    assistant = stand_in(**{"Stuk?": RuntimeError("geheim /pad/naar/iets")})

    with caplog.at_level(logging.ERROR):
        turn = conversation.ask(assistant, (), "Stuk?")

    assert "geheim" not in turn.html and "Er ging iets mis" in turn.html
    assert "RuntimeError" in caplog.text and "Stuk?" not in caplog.text
    assert not turn.answered


@pytest.mark.browser
def test_a_hostile_document_changes_nothing(browser: Browser) -> None:
    bad = document("kwaad", HOSTILE, f"Zin ervoor. {HOSTILE} Zin erna.", url="javascript:alert(1)")
    cited = citation(1, bad, HOSTILE)
    assistant = StandIn({HOSTILE: answer(f"{HOSTILE} [1]", cited)}, documents=(bad,))
    with window(assistant) as url, page_at(browser, url) as (page, heard):
        assert page.locator("#voorbeelden button").first.inner_text() == HOSTILE
        ask(page, HOSTILE)
        page.locator(".marker").first.click()

        assert mark(page) == HOSTILE
        assert page.locator("#gesprek h2").inner_text() == HOSTILE
        assert page.title() == "Wegwijs"
        assert page.locator("#gesprek :is(script, img, form, iframe, a)").count() == 0
        assert only_local(heard, url)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_scrolls_sideways_on_a_phone(browser: Browser, scheme: str) -> None:
    long = "Wapenstilstandsonderhandelingsdelegatieleidersoverleg" * 2
    source = document("lang", long, f"{long}. Dit staat er: {long}.", url=f"https://nji.nl/{long}")
    words = f"{long} [1]\n- {long} [1]"
    assistant = StandIn({"Lang?": answer(words, citation(1, source, long))}, documents=(source,))
    with (
        window(assistant) as url,
        page_at(browser, url, width=320, height=640, color_scheme=scheme) as (page, _),
    ):
        ask(page, "Lang?")
        ask(page, long)
        page.locator(".marker").first.click()
        sizes = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert sizes[0] <= sizes[1] == 320
        card = page.locator(".source:visible").bounding_box()
        assert card is not None and card["x"] >= 0 and card["x"] + card["width"] <= 320


@pytest.mark.browser
def test_stopping_is_quiet_and_quick_with_a_page_open(browser: Browser) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    code = (
        "from browser import *; from ui.server import Place, serve; "
        f"serve(lambda: behind(stand_in(), Path()), Place(port={port}))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=CORPUS.parent / "tests",
        env={**os.environ, "PYTHONPATH": str(CORPUS.parent), "HTTP_PROXY": "http://127.0.0.1:9"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    with page_at(browser, f"http://127.0.0.1:{port}"):
        process.send_signal(signal.SIGINT)
        rest = process.communicate(timeout=10)[0]

    assert first == f"Wegwijs staat klaar op http://127.0.0.1:{port} (stoppen: Ctrl+C)\n"
    assert rest == "Wegwijs is gestopt.\n"
    assert process.returncode == 0


@pytest.mark.browser
def test_the_real_assistant_shows_a_quote_as_stored(browser: Browser, tmp_path: Path) -> None:
    from assistant.live import LiveAssistant
    from ingest.embedding import load_embedder
    from ingest.pipeline import ingest

    embedder = load_embedder()
    ingest([CORPUS], tmp_path, embedder)
    assistant = LiveAssistant(tmp_path, embedder)
    question = "Hoeveel coalities zijn er gevormd?"
    expected = assistant.ask(question)
    with window(assistant) as url, page_at(browser, url) as (page, heard):
        ask(page, question)
        page.locator(".marker").first.click()

        first = expected.citations[0]
        stored = assistant.document(first.document_id)
        assert expected.status is Status.ANSWERED
        assert mark(page) == stored.text[first.start : first.end]
        assert only_local(heard, url)
