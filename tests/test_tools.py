"""What can be done with an answer, as a user meets it in a real browser."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
from browser import (
    HOW_MANY,
    SINCE,
    StandIn,
    answer,
    ask,
    citation,
    document,
    page_at,
    stand_in,
    window,
)

from assistant.records import Status
from ingest.errors import IndexBrokenError
from ui.feedback import FILE, Feedback, Judgement

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PASSPORT = "Wat kost een paspoort? Mail jan@kade.example"
HOSTILE = "<script>document.title='stuk'</script> [k](javascript:k()) ${1+1}"

pytestmark = pytest.mark.browser


def kept(data: Path) -> tuple[Judgement, ...]:
    return Feedback(data).kept(date.today())


def thumb(page: Page, word: str, *, of: int = -1) -> None:
    page.locator(".turn").nth(of).get_by_role("button", name=f"{word}, dit antwoord").click()


def said(page: Page) -> str:
    return page.locator("#invoer [role=status]").inner_text()


def wait_until_said(page: Page, words: str) -> None:
    page.wait_for_function(
        "words => document.querySelector('#invoer [role=status]').textContent.includes(words)",
        arg=words,
    )


def test_without_a_judgement_nothing_of_a_question_is_kept(
    browser: Browser, tmp_path: Path
) -> None:
    with window(stand_in(), tmp_path) as url, page_at(browser, url) as (page, _):
        ask(page, HOW_MANY)
        page.get_by_role("button", name="Markdown").wait_for()

    assert list(tmp_path.iterdir()) == []


def test_a_judgement_with_a_remark_is_kept_masked_and_taken_back(
    browser: Browser, tmp_path: Path
) -> None:
    with window(stand_in(), tmp_path) as url, page_at(browser, url) as (page, heard):
        ask(page, HOW_MANY)
        ask(page, PASSPORT)
        thumb(page, "Nee")
        wait_until_said(page, "Je oordeel is bewaard")
        (judgement,) = kept(tmp_path)
        assert (judgement.useful, judgement.remark) == (False, "")
        assert judgement.asked.question == "Wat kost een paspoort? Mail [e-mailadres]"
        assert judgement.asked.status is Status.NOT_FOUND

        page.get_by_role("textbox", name="Wat klopt er niet, of wat mis je?").fill(
            "Bel 06-12345678 eens."
        )
        page.get_by_role("button", name="Stuur opmerking").click()
        page.get_by_text("Bedankt voor je opmerking.").wait_for()
        assert kept(tmp_path)[0].remark == "Bel [telefoonnummer] eens."
        assert page.locator("textarea:visible").count() == 1  # the question's

        ask(page, SINCE)  # the page of answers is made anew: what was judged stays so
        pressed = page.locator('.turn [aria-pressed="true"]')
        assert pressed.count() == 1
        assert "Nee" in pressed.inner_text()
        thumb(page, "Nee", of=1)
        wait_until_said(page, "Je oordeel is gewist.")
        assert kept(tmp_path) == ()
        assert page.locator('.turn [aria-pressed="true"]').count() == 0
        assert b"telefoonnummer" not in (tmp_path / FILE).read_bytes()
        assert not [line for line in heard if line.startswith("error:")]


def test_a_remark_that_is_being_typed_survives_the_next_answer(
    browser: Browser, tmp_path: Path
) -> None:
    with window(stand_in(), tmp_path) as url, page_at(browser, url) as (page, _):
        ask(page, HOW_MANY)
        thumb(page, "Ja")
        page.get_by_role("textbox", name="Wil je er iets bij zeggen?").fill("Half af")
        ask(page, SINCE)
        again = page.get_by_role("textbox", name="Wil je er iets bij zeggen?")
        assert again.input_value() == "Half af"


def test_a_judgement_that_cannot_be_kept_is_told_and_not_shown_as_kept(
    browser: Browser, tmp_path: Path
) -> None:
    (tmp_path / FILE).write_text("dit is geen SQLite " * 100, encoding="utf-8")
    with window(stand_in(), tmp_path) as url, page_at(browser, url) as (page, _):
        ask(page, HOW_MANY)
        thumb(page, "Ja")
        page.wait_for_selector(".notice:not(:empty)")
        notice = page.locator(".notice").inner_text()
        assert "kunnen nu niet worden bewaard" in notice and str(tmp_path) not in notice
        assert page.locator('.turn [aria-pressed="true"]').count() == 0


def test_an_answer_is_copied_with_its_sources(browser: Browser) -> None:
    permissions = ["clipboard-read", "clipboard-write"]
    with window(stand_in()) as url, page_at(browser, url, permissions=permissions) as (page, _):
        ask(page, HOW_MANY)
        page.get_by_role("button", name="Kopieer").click()
        page.get_by_role("button", name="Gekopieerd").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith(f"{HOW_MANY}\n\nEr zijn 12 coalities gevormd. [1]")
        assert "[2] Subsidie voor coalities" in copied
        dated = (
            "“De regeling bestaat sinds 2023.”\n    3 maart 2026\n    https://www.nji.nl/subsidie"
        )
        assert dated in copied
        assert "gekopieerd" in said(page)


def test_an_answer_is_copied_where_the_browser_gives_no_clipboard(browser: Browser) -> None:
    with window(stand_in()) as url, page_at(browser, url) as (page, _):
        page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
        ask(page, SINCE)
        page.get_by_role("button", name="Kopieer").click()
        page.get_by_role("button", name="Gekopieerd").wait_for()
        page.locator("#vraag textarea").focus()
        page.keyboard.press("Control+V")
        assert page.input_value("#vraag textarea").startswith(f"{SINCE}\n\nSinds 2023. [2]")


def test_a_conversation_is_saved_as_markdown_and_as_word(browser: Browser) -> None:
    bad = document("kwaad", HOSTILE, f"Dit staat er: {HOSTILE}.", url="javascript:alert(1)")
    cited = citation(1, bad, f"Dit staat er: {HOSTILE}.")
    assistant = StandIn({HOSTILE: answer(f"Zo: {HOSTILE} [1]", cited)}, documents=(bad,))
    with window(assistant) as url, page_at(browser, url) as (page, heard):
        ask(page, HOSTILE)
        ask(page, PASSPORT)
        with page.expect_download() as markdown:
            page.get_by_role("button", name="Markdown").click()
        with page.expect_download() as again:
            page.get_by_role("button", name="Markdown").click()
        with page.expect_download() as word:
            page.get_by_role("button", name="Word").click()

        name = f"wegwijs-gesprek-{date.today().isoformat()}"
        assert markdown.value.suggested_filename == again.value.suggested_filename == f"{name}.md"
        assert word.value.suggested_filename == f"{name}.docx"
        text = markdown.value.path().read_text(encoding="utf-8")
        assert "<script>" not in text and "Dat staat niet in de bronnen." in text
        saved = docx.Document(io.BytesIO(word.value.path().read_bytes()))
        paragraphs = [paragraph.text for paragraph in saved.paragraphs]
        assert HOSTILE in paragraphs and f"Zo: {HOSTILE} [1]" in paragraphs
        assert page.title() == "Wegwijs"
        assert all(line.startswith((url, "data:", "blob:")) for line in heard)


def test_a_question_goes_back_to_the_box_to_be_changed(browser: Browser) -> None:
    broken = IndexBrokenError("De index is stuk.", "Maak hem opnieuw.")
    assistant = stand_in(**{"Stuk?": broken})
    with window(assistant) as url, page_at(browser, url) as (page, _):
        ask(page, HOW_MANY)
        page.get_by_role("button", name="Vraag aanpassen").click()
        assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
        page.keyboard.type(" Nu?")
        page.keyboard.press("Enter")
        page.wait_for_function("document.querySelectorAll('.turn .answer').length === 2")
        assert assistant.asked[-1] == (f"{HOW_MANY} Nu?", (HOW_MANY,))

        ask(page, "Stuk?")
        assert page.locator(".turn").last.get_by_role("group").count() == 0  # nothing to judge
        page.locator(".turn").last.get_by_role("button", name="Vraag aanpassen").click()
        assert page.input_value("#vraag textarea") == "Stuk?"


def test_the_keyboard_alone_judges_an_answer(browser: Browser, tmp_path: Path) -> None:
    with window(stand_in(), tmp_path) as url, page_at(browser, url, height=420) as (page, _):
        ask(page, SINCE)
        page.get_by_role("button", name="Kopieer").focus()
        for _ in range(4):  # Vraag aanpassen, Opnieuw proberen, Ja, Nee
            page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.dataset.useful") == "nee"
        page.keyboard.press("Space")
        page.get_by_text("Wat klopt er niet").wait_for()
        page.get_by_role("button", name="Stuur opmerking").focus()
        send = page.get_by_role("button", name="Stuur opmerking").bounding_box()
        bar = page.locator("#invoer").bounding_box()
        assert send and bar and send["y"] + send["height"] <= bar["y"]  # not behind the question
        page.locator('.turn [data-useful="nee"]').focus()
        assert page.evaluate("document.activeElement.dataset.useful") == "nee"
        page.keyboard.press("Tab")
        page.keyboard.type("Te kort / te vaag")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.get_by_text("Bedankt voor je opmerking.").wait_for()
        assert page.evaluate("document.activeElement.dataset.useful") == "nee"
        assert kept(tmp_path)[0].remark == "Te kort / te vaag"
