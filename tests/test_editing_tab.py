"""Documents taken in on the tab Bronnen as an editor meets it: a real browser, a real index."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser import ask, page_at, window
from indexing import content, write
from test_updating import Waiting

from assistant.live import LiveAssistant
from ingest import generations
from ingest.embedding import Embedder
from ingest.pipeline import ingest
from ui.access import Role
from ui.updating import Updating

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
QUESTION = "Hoeveel kost de zwemles?"
HOSTILE = "<img src=x onerror=alert(1)>.md"

pytestmark = pytest.mark.browser


def lesson(price: int) -> str:
    return f"# Zwemles\n\n## Geld\n\nDe zwemles kost {price} euro.\n"


@pytest.fixture
def data(tmp_path: Path, embedder: Embedder) -> Path:
    fair = "# Kermis\n\nDe kermis staat op het plein bij de haven.\n"
    write(tmp_path / "docs", {"zwemles.md": lesson(50), "kermis.md": fair})
    ingest([tmp_path / "docs"], tmp_path / "data", embedder)
    return tmp_path / "data"


@contextmanager
def looking(
    browser: Browser, data: Path, embedder: Embedder, role: Role = Role.EDITOR
) -> Generator[tuple[Page, list[str], str]]:
    """Yield a page on the documents, what it asks for, and its address."""
    assistant, updating = LiveAssistant(data, embedder), Updating(data, embedder)
    with (
        window(assistant, updating=updating, role=role) as address,
        page_at(browser, address) as (page, heard),
    ):
        page.get_by_role("tab", name="Bronnen").click()
        page.wait_for_selector("#bronnen .count")
        yield page, heard, address


def choose(page: Page, **files: str) -> None:
    payload = [
        {"name": name.replace("_", "."), "mimeType": "text/plain", "buffer": text.encode()}
        for name, text in files.items()
    ]
    page.set_input_files("#bijwerken input[type=file]", payload)  # type: ignore[arg-type]


def stands(page: Page, words: str) -> None:
    """Wait until the part says this."""
    page.locator("#bijwerken-stand").get_by_text(words).wait_for()


def press(page: Page, name: str) -> None:
    page.locator("#bijwerken").get_by_role("button", name=name, exact=True).click()


def answered(page: Page) -> str:
    page.get_by_role("tab", name="Vraag").click()
    ask(page, QUESTION)
    words = page.locator(".turn").last.locator(".answer .text").inner_text()
    page.get_by_role("tab", name="Bronnen").click()
    return words


def violations(page: Page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": WCAG}).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:80]}" for one in found]


def test_a_changed_document_answers_at_once_and_going_back_brings_the_old_answer(
    browser: Browser, data: Path, embedder: Embedder
) -> None:
    with looking(browser, data, embedder) as (page, heard, address):
        assert "50 euro" in answered(page)

        choose(page, zwemles_md=lesson(90), **{HOSTILE: "# Nieuw\n\nNieuw.\n"}, plaatje_png="x")
        stands(page, "Dit verandert er als je bijwerkt")
        assert "plaatje.png: Dit soort bestand" in page.inner_text("#bijwerken .refused")
        said = page.inner_text("#bijwerken-stand")
        assert f"Nieuw\n{HOSTILE}" in said and "Veranderd\nzwemles.md" in said
        assert "1 document blijft gelijk." in said
        assert page.evaluate("document.activeElement.tagName") == "H3"
        assert "50 euro" in answered(page)  # nothing changed yet
        assert violations(page) == []

        press(page, "Bijwerken")
        stands(page, "1 document bijgewerkt, 1 nieuw, 1 gelijk gebleven.")
        page.get_by_text("3 documenten.").wait_for()  # the list follows
        assert "90 euro" in answered(page)

        press(page, "Zet de vorige versie terug")
        page.keyboard.press("Escape")
        assert generations.current(data) == 2
        press(page, "Zet de vorige versie terug")
        press(page, "Zet terug")
        stands(page, "Versie 1 van de bronnen geeft weer antwoord.")
        page.get_by_text("2 documenten.").wait_for()
        assert "50 euro" in answered(page)
        refusal = [one for one in heard if one.startswith("error:")]
        assert len(refusal) == 1 and "422" in refusal[0]  # the picture
        asked = [one for one in heard if one not in refusal]
        assert all(one.startswith((address, "data:", "blob:")) for one in asked)


def test_a_document_is_forgotten_by_keyboard_after_a_question(
    browser: Browser, data: Path, embedder: Embedder
) -> None:
    with looking(browser, data, embedder) as (page, _, _):
        button = page.get_by_role("button", name="Vergeet dit document: Kermis")
        button.press("Enter")
        assert page.evaluate("document.activeElement.innerText") == "Niet doen"
        assert violations(page) == []
        page.keyboard.press("Enter")
        assert "kermis" in content(data)

        button.press("Enter")
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Enter")
        stands(page, "‘Kermis’ is weg uit elke versie van de bronnen.")
        page.get_by_text("1 document.").wait_for()
        assert list(content(data)) == ["zwemles"]


def test_updating_shows_how_far_it_is_and_can_be_stopped(
    browser: Browser, data: Path, embedder: Embedder
) -> None:
    slow = Waiting(embedder)
    with looking(browser, data, slow) as (page, _, _):
        choose(page, zwemles_md=lesson(90))
        assert slow.begun.wait(60)
        page.get_by_text("Lezen: 1 van 1, zwemles.md.").wait_for()
        bar = page.get_by_role("progressbar", name="Voortgang")
        assert bar.evaluate("bar => [bar.value, bar.max]") == [1, 1]
        assert violations(page) == []

        press(page, "Annuleren")
        slow.go_on.set()
        stands(page, "Er is niets veranderd. De gekozen bestanden staan er nog.")
        assert page.get_by_role("button", name="Haal weg: zwemles.md").is_visible()
        press(page, "Bekijk wat er verandert")
        stands(page, "Dit verandert er als je bijwerkt")
        press(page, "Haal de bestanden weg")
        page.locator("#bijwerken-stand h3").wait_for(state="detached")
        page.wait_for_function("document.activeElement.matches('#bijwerken input[type=file]')")
        assert generations.current(data) == 1 and not list(data.glob("incoming/*"))


def test_a_reader_who_sends_the_events_all_the_same_is_refused(
    browser: Browser, data: Path, embedder: Embedder
) -> None:
    ingest([data.parent / "docs" / "zwemles.md"], data, embedder)  # there is one to go back to
    before = content(data)
    with looking(browser, data, embedder, Role.READER) as (page, _, _):
        for action in ("rollback", "forget", "check", "update", "discard"):
            with page.expect_response("**/queue/join**"):
                page.evaluate(
                    """action => {
                        const button = document.createElement("button");
                        Object.assign(button.dataset, { action, name: "zwemles" });
                        document.querySelector("#paneel-bronnen").append(button);
                        button.click();
                    }""",
                    action,
                )
        assert "50 euro" in answered(page)  # by now the events were handled too
        refused = page.locator("#bijwerken-stand").text_content()
        assert "Alleen een redacteur" in (refused or "")
        assert "Versie" not in page.locator("#bijwerken-stand").inner_html()
    assert (content(data), generations.current(data)) == (before, 2)
