"""Everything in the window, by keyboard alone: no mouse, and no focus that a test sets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser import page_at, window
from indexing import write
from planning import FILES

from assistant.live import LiveAssistant
from ingest.embedding import Embedder
from ingest.pipeline import ingest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

QUESTION = "Hoeveel fietsen komen er in de stalling aan de Havenkade?"
NAME = """() => {
    const here = document.activeElement;
    const label = here.labels?.[0]?.innerText;
    return (here.getAttribute("aria-label") || label || here.innerText || "").trim();
}"""
VISIBLE = """() => {
    const here = document.activeElement;
    const ring = getComputedStyle(here.type === "radio" ? here.nextElementSibling : here);
    const box = here.getBoundingClientRect();
    const seen = box.bottom > 0 && box.top < innerHeight && box.width > 0;
    return seen && ring.outlineStyle !== "none" && parseFloat(ring.outlineWidth) >= 2;
}"""

pytestmark = pytest.mark.browser


def name(page: Page) -> str:
    return str(page.evaluate(NAME))


def go(page: Page, until: str, key: str = "Tab") -> None:
    """Press `key` until what has the focus is called `until`; all on the way shows its focus."""
    for _ in range(60):
        if name(page).startswith(until):
            return
        page.keyboard.press(key)
        assert page.evaluate(VISIBLE), f"no visible focus on {name(page)!r}"
    raise AssertionError(f"{key} does not reach {until!r}, last: {name(page)!r}")


def wait(page: Page, condition: str) -> None:
    page.wait_for_function(f"() => {condition}")


def test_everything_is_done_by_keyboard(
    browser: Browser, tmp_path: Path, embedder: Embedder
) -> None:
    write(tmp_path / "in", FILES)
    assert not ingest([tmp_path / "in"], tmp_path / "data", embedder).failed
    live = LiveAssistant(tmp_path / "data", embedder)
    with window(live, tmp_path) as url, page_at(browser, url) as (page, heard):
        page.wait_for_selector("#onderwerpen label")
        assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"

        # A topic, a question, and its source.
        go(page, "Alles", "Shift+Tab")
        page.keyboard.press("ArrowRight")
        assert name(page) == "Mijlpalen"
        page.keyboard.press("Tab")
        page.keyboard.type(QUESTION)
        page.keyboard.press("Enter")
        page.wait_for_selector(".answer.answered")
        assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
        go(page, "bron 1", "Shift+Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.classList.contains('source')")
        go(page, "Sluit")
        page.keyboard.press("Enter")
        assert name(page).startswith("bron 1")
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        assert name(page).startswith("bron 1")
        assert page.locator(".source:visible").count() == 0

        # What can be done with an answer.
        go(page, "Kopieer")
        page.keyboard.press("Enter")
        page.get_by_text("Gekopieerd").first.wait_for()
        go(page, "Opnieuw proberen")
        page.keyboard.press("Enter")
        page.wait_for_selector(".question:focus ~ .answer")
        go(page, "Nee, dit antwoord")
        page.keyboard.press("Space")
        page.get_by_role("button", name="Stuur opmerking").wait_for()
        go(page, "Wat klopt er niet")
        page.keyboard.type("Te kort.")
        go(page, "Stuur opmerking")
        page.keyboard.press("Enter")
        page.get_by_text("Bedankt voor je opmerking.").wait_for()
        go(page, "Markdown")
        with page.expect_download():
            page.keyboard.press("Enter")
        go(page, "Word")
        with page.expect_download():
            page.keyboard.press("Enter")

        # A question that is offered, a new conversation, and the earlier one.
        page.get_by_text("Vraag ook:").wait_for()
        offered = page.locator("#voorbeelden button:visible").first.inner_text()
        go(page, offered)
        page.keyboard.press("Enter")
        wait(page, "document.querySelectorAll('.turn .answer').length === 2")
        assert name(page) == offered
        go(page, "Nieuw gesprek", "Shift+Tab")
        page.keyboard.press("Enter")
        page.wait_for_selector(".turn", state="detached")
        go(page, QUESTION)
        page.keyboard.press("Enter")
        wait(page, "document.querySelectorAll('.turn .answer').length === 2")

        # The other tabs.
        go(page, "Vraag", "Shift+Tab")
        page.keyboard.press("ArrowRight")
        page.wait_for_selector("#tijdlijn table")
        go(page, "Onderwerp")
        page.keyboard.type("bakfiets")
        page.keyboard.press("Enter")
        page.get_by_text("1 van 4 mijlpalen.").wait_for()
        go(page, "Vraag hierover")
        page.keyboard.press("Enter")
        wait(page, "document.querySelectorAll('.turn .answer').length === 3")
        assert page.locator("#paneel-vraag").is_visible()
        go(page, "Vraag", "Shift+Tab")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        page.wait_for_selector("#bronnen .documents")
        go(page, "Lees het document")
        page.keyboard.press("Enter")
        page.wait_for_selector("#lezer h2")
        go(page, "← Terug")
        page.keyboard.press("Enter")
        assert name(page).startswith("Lees het document")
        assert not [line for line in heard if line.startswith("error:")]
