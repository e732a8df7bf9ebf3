"""The page that is there from the first second, and the window that takes its place."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
import uvicorn
from browser import HOW_MANY, READY, behind, stand_in

from ingest.errors import IndexBrokenError
from ui.backend import Backend
from ui.entrance import Entrance
from ui.server import Place, listen, serve
from ui.server import window as site_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@contextmanager
def running(entrance: Entrance) -> Generator[str]:
    with listen("127.0.0.1", 0) as line:
        server = uvicorn.Server(uvicorn.Config(entrance, log_level="warning", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [line]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{line.getsockname()[1]}"
        entrance.let_go()
        server.should_exit = True
        thread.join(10)


@contextmanager
def opening(data: Path) -> Generator[tuple[str, threading.Event]]:
    """Yield the address of a window that opens when the event says so."""
    may_open = threading.Event()
    site = site_of(behind(stand_in(), data))

    def make() -> Any:
        assert may_open.wait(60)
        return site

    with running(Entrance(make, lambda: None)) as url:
        yield url, may_open


def test_what_cannot_be_opened_ends_the_program_with_the_reason(tmp_path: Path) -> None:
    def broken() -> Backend:
        raise IndexBrokenError("De index is stuk.", "Maak hem opnieuw.")

    with listen("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    with pytest.raises(IndexBrokenError, match="De index is stuk"):
        serve(broken, Place(port=port))


@pytest.mark.browser
def test_a_question_typed_while_wegwijs_starts_is_there_when_it_has(
    browser: Browser, tmp_path: Path
) -> None:
    with opening(tmp_path) as (url, may_open):
        with pytest.raises(HTTPError) as starting:
            urlopen(url, timeout=20)
        assert starting.value.code == 503
        assert "default-src 'none'" in starting.value.headers["content-security-policy"]
        assert '<html lang="nl">' in starting.value.read().decode()

        page = browser.new_page()
        heard: list[str] = []
        page.on("request", lambda request: heard.append(request.url))
        page.goto(url)
        page.get_by_role("status").get_by_text("Wegwijs start op.").wait_for()
        page.get_by_label("Je kunt je vraag alvast stellen:").fill("Hoeveel <b> zijn er?")
        may_open.set()
        page.wait_for_selector(READY)
        page.wait_for_function(
            "words => document.querySelector('#vraag textarea').value === words",
            arg="Hoeveel <b> zijn er?",
        )
        assert all(line.startswith((url, "data:")) for line in heard)
        page.close()


@pytest.mark.browser
def test_a_question_asked_while_wegwijs_starts_is_answered_when_it_has(
    browser: Browser, tmp_path: Path
) -> None:
    with opening(tmp_path) as (url, may_open):
        page = browser.new_page()
        page.goto(url)
        box = page.get_by_label("Je kunt je vraag alvast stellen:")
        box.press("Enter")  # nothing is asked yet
        assert "beantwoord" not in page.get_by_role("status").inner_text()
        box.fill(HOW_MANY)
        box.press("Enter")
        page.get_by_role("status").get_by_text("Daarna wordt je vraag beantwoord.").wait_for()
        may_open.set()
        page.wait_for_selector(".answer")
        assert page.locator(".question").all_inner_texts() == [HOW_MANY]
        assert "12 coalities" in page.locator(".answer").inner_text()
        page.reload()
        page.wait_for_selector(READY)
        page.wait_for_selector("#voorbeelden button:visible")
        assert page.input_value(READY) == "" and not page.locator(".turn").count()
        page.close()
