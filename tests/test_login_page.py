"""Logging in and being kept out, as a user meets it: a real browser, a real server."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPErrorProcessor, Request, build_opener, urlopen

import asking_by_hand
import pytest
from browser import HOW_MANY, READY, StandIn, ask, page_at, stand_in, window
from commandline import MAIN, REPOSITORY, wegwijs

from assistant.records import Answer
from ingest.embedding import Embedder
from ingest.pipeline import ingest
from ui.access import Role
from ui.accounts import Accounts
from ui.entrance import Site
from ui.login import login_for
from ui.question_log import FILE
from ui.server import listen, web_app, web_server
from ui.turns import BUSY
from ui.wiring import for_editors, gradio, html

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SECRET = "vier losse woorden hier"

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

pytestmark = pytest.mark.usefixtures("cheap_passwords")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, cheap_passwords: None) -> Path:
    folder = tmp_path_factory.mktemp("gebruikers")
    accounts = Accounts(folder)
    accounts.add("Rita", Role.EDITOR, SECRET)
    accounts.add("Leo", Role.READER, SECRET)
    return folder


@pytest.fixture(scope="module")
def address(data: Path) -> Iterator[str]:
    with window(stand_in(), data, login_for(data)) as url:
        yield url


def enter(page: Page, name: str, password: str = SECRET) -> None:
    page.fill("#naam", name)
    page.fill("#wachtwoord", password)
    page.press("#wachtwoord", "Enter")


def said(page: Page) -> str:
    """Return what the message in the corner says."""
    page.wait_for_selector(".toast-message-item")
    return str(
        page.evaluate(
            "getComputedStyle(document.querySelector('.toast-message-item'), '::after').content"
        )
    )


def broken_rules(page: Page) -> list[object]:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    only = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
    return list(axe.run(page, options=only).response["violations"])


@pytest.mark.browser
def test_a_reader_logs_in_asks_and_leaves(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="nl-NL")
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    assert page.url == f"{address}/inloggen"
    assert page.evaluate("document.activeElement.id") == "naam"
    enter(page, "leo", "niet het wachtwoord")
    assert "horen niet bij elkaar" in page.get_by_role("alert").inner_text()
    assert page.input_value("#naam") == "leo"
    assert page.evaluate("document.activeElement.id") == "wachtwoord"

    enter(page, "leo")
    page.wait_for_selector(READY)
    page.get_by_text("Leo (lezer)").wait_for()
    assert broken_rules(page) == []
    ask(page, HOW_MANY)
    assert "12 coalities" in page.locator(".answer").inner_text()
    page.get_by_role("button", name="Log uit").click()
    page.wait_for_selector("#naam")
    page.go_back()
    page.wait_for_selector("#naam")
    assert all(url.startswith((address, "data:")) for url in asked)
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_to_log_in_breaks_no_rule_of_wcag_and_needs_no_script(
    browser: Browser, address: str, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": 320, "height": 600}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    page.goto(address)
    for _ in range(2):
        assert broken_rules(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        enter(page, "w" * 64, "fout")
        page.wait_for_selector(".wrong")
    context.close()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    enter(page, "rita")
    page.wait_for_url(f"{address}/")
    assert page.title() == "Wegwijs"
    context.close()


@pytest.mark.browser
def test_a_reader_neither_sees_nor_does_what_is_for_editors(browser: Browser, data: Path) -> None:
    gr, done = gradio(), []
    with gr.Blocks(analytics_enabled=False) as app:
        button = '<button type="button">Doe het</button>'
        panel = html(gr, button, elem_id="knop")
        panel.js_on_load = (
            "document.addEventListener('doe', () => trigger('submit', {}));"
            "element.classList.add('for-editors')"
        )
        result = html(gr, "", elem_id="uitslag")

        def work(_: Mapping[str, str]) -> Iterator[str]:
            done.append("gedaan")
            yield "<p>Gedaan.</p>"

        panel.submit(for_editors(gr, work, "<p>Dat mag een lezer niet.</p>"), outputs=result)
    accounts = Accounts(data)
    with listen("127.0.0.1", 0) as line:
        server = web_server(Site(web_app(app), list), login=login_for(data))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [line]}, daemon=True)
        thread.start()
        page = browser.new_context().new_page()
        page.goto(f"http://127.0.0.1:{line.getsockname()[1]}")
        enter(page, "rita")
        page.get_by_role("button", name="Doe het").wait_for()
        page.evaluate("document.dispatchEvent(new Event('doe'))")
        page.get_by_text("Gedaan.").wait_for()
        try:
            accounts.give_role("rita", Role.READER)  # the page stays as it is; the server does not
            page.evaluate("document.dispatchEvent(new Event('doe'))")
            page.get_by_text("Dat mag een lezer niet.").wait_for()
            page.reload()
            page.wait_for_selector("#knop button", state="attached")
            assert not page.locator("#knop button").is_visible()
        finally:
            accounts.give_role("rita", Role.EDITOR)
        page.context.close()
        server.should_exit = True
        thread.join(10)

    assert done == ["gedaan"]


@pytest.mark.browser
def test_who_is_removed_is_told_to_log_in_again(browser: Browser, tmp_path: Path) -> None:
    accounts = Accounts(tmp_path)
    accounts.add("Rita", Role.EDITOR, SECRET)
    with window(stand_in(), tmp_path, login_for(tmp_path)) as url:
        page = browser.new_context().new_page()
        page.goto(url)
        enter(page, "rita")
        page.wait_for_selector(READY)
        page.get_by_text("Rita (redacteur)").wait_for()
        accounts.remove("rita")
        page.fill(READY, HOW_MANY)
        page.press(READY, "Enter")
        assert "Je bent niet meer ingelogd." in said(page)
        page.reload()
        page.wait_for_selector("#naam")
        page.context.close()


class Patient(StandIn):
    """An assistant that answers when it may."""

    def __init__(self) -> None:
        super().__init__(stand_in().answers)
        self.may = threading.Event()

    def ask(self, question: str, **how: Any) -> Answer:
        found = super().ask(question, **how)
        assert self.may.wait(120)
        return found


@pytest.mark.browser
def test_when_too_many_ask_at_once_that_is_said(browser: Browser) -> None:
    assistant = Patient()
    with window(assistant) as url, page_at(browser, url) as (page, _):
        with pytest.raises(HTTPError) as refused:
            for number in range(100):
                asking_by_hand.put(url, f"pagina{number}", HOW_MANY)
        assert refused.value.code == 503
        page.fill(READY, HOW_MANY)
        page.press(READY, "Enter")
        assert "Het is nu erg druk." in said(page)
        assert page.input_value(READY) == HOW_MANY
        assistant.may.set()


def test_a_conversation_asks_one_question_at_a_time() -> None:
    assistant = Patient()
    with window(assistant) as url:
        asking_by_hand.put(url, "een", HOW_MANY)
        while not assistant.asked:
            time.sleep(0.02)
        asking_by_hand.put(url, "een", "En nu?")
        asking_by_hand.put(url, "ander", "Mag ik ook?")
        told = ""
        for message in asking_by_hand.messages(url, "een"):
            told += message
            if BUSY in told:
                assistant.may.set()
        assert "12 coalities" in told
        assert BUSY not in asking_by_hand.shown(url, "ander")
        assert {question for question, _ in assistant.asked} == {HOW_MANY, "Mag ik ook?"}
        asking_by_hand.put(url, "een", "En nu?")
        assert BUSY not in asking_by_hand.shown(url, "een")


@pytest.mark.browser
@pytest.mark.parametrize("is_late", [False, True])
def test_after_a_new_conversation_only_its_own_question_is_answered(
    browser: Browser, is_late: bool
) -> None:
    assistant = Patient()
    with window(assistant) as url, page_at(browser, url) as (page, _):
        if is_late:  # the request that cancels the answer does not come
            page.route("**/cancel*", lambda _: None)
        page.fill(READY, "Wacht?")
        page.press(READY, "Enter")
        page.wait_for_selector(".waiting")
        page.get_by_role("button", name="Nieuw gesprek").click()
        page.wait_for_selector(".turn", state="detached")
        assistant.may.set()
        page.fill(READY, HOW_MANY)
        for _ in range(50):  # until the answer that nobody waits for is done
            page.press(READY, "Enter")
            page.wait_for_timeout(100)
            if page.locator(".answer").count():
                break
        assert page.locator(".question").all_inner_texts() == [HOW_MANY]
        assert "12 coalities" in page.locator(".answer").inner_text()


def test_a_request_made_by_hand_is_held_to_the_same_limits() -> None:
    assistant = stand_in()
    with window(assistant) as url:
        for question in ("x" * 501, "", None, 3, ["lijst"], {"a": "b"}, "x" * 100_000):
            asking_by_hand.put(url, "hand", question)
            shown = asking_by_hand.shown(url, "hand")
            assert "Traceback" not in shown and ".py" not in shown
        asking_by_hand.put(url, "hand", HOW_MANY)
        assert "12 coalities" in asking_by_hand.shown(url, "hand")

    assert all(0 < len(asked) <= 500 for asked, _ in assistant.asked)


def test_no_other_address_without_users(tmp_path: Path) -> None:
    for words in (["--host", "0.0.0.0"], ["--login"], ["--proxy", "127.0.0.1"]):
        refused = wegwijs("serve", *words, "--data", tmp_path)

        assert (refused.code, refused.out) == (1, "")
        assert f"wegwijs users add NAAM --role redacteur --data {tmp_path}" in refused.err


def test_a_served_app_keeps_questions_and_writes_none_down(
    tmp_path: Path, docs: Path, embedder: Embedder
) -> None:
    ingest([docs], tmp_path, embedder)
    Accounts(tmp_path).add("Rita", Role.EDITOR, SECRET)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    words = ["serve", "--host", "0.0.0.0", "--port", str(port), "--log-questions", "30"]
    process = subprocess.Popen(
        [sys.executable, "-c", MAIN, *words, "--data", str(tmp_path)],
        cwd=REPOSITORY, env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{url}/readyz")
        form = urlencode({"naam": "rita", "wachtwoord": SECRET}).encode()
        with build_opener(Stay).open(Request(f"{url}/inloggen", form), timeout=20) as reply:
            mine = {"cookie": reply.headers["set-cookie"].split(";")[0]}
        asking_by_hand.put(url, "een", "Wat kost een paspoort voor jan@kade.example?", mine)
        assert "Dat staat niet in de bronnen" in asking_by_hand.shown(url, "een", mine)
    finally:
        process.send_signal(signal.SIGINT)
        output = process.communicate(timeout=20)[0]

    assert "zonder https kan het netwerk meelezen" in output
    assert "paspoort" not in output and "GET" not in output and "POST" not in output
    stored = (tmp_path / FILE).read_bytes()
    assert b"Wat kost een paspoort voor [e-mailadres]?" in stored and b"Rita" not in stored
    assert "paspoort" in wegwijs("questions", "review", "--data", tmp_path).out


class Stay(HTTPErrorProcessor):
    """Follow no redirect."""

    def http_response(self, request, response):
        return response


def wait_for(address: str) -> None:
    until = time.monotonic() + 90
    while True:
        try:
            with urlopen(address, timeout=60) as reply:
                assert reply.status == 200
                return
        except URLError:  # it does not listen yet
            assert time.monotonic() < until, "the app does not start"
            time.sleep(0.2)
