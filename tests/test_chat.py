"""The conversation as a user meets it: topics, asking again, stopping, earlier conversations."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browser import HOW_MANY, READY, SINCE, StandIn, answer, ask, page_at, stand_in, window
from indexing import write
from planning import FILES

from assistant.live import LiveAssistant
from assistant.records import Status
from ingest.embedding import Embedder
from ingest.errors import IndexBrokenError
from ingest.pipeline import ingest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BROKEN = "Stuk?"
KEPT = "wegwijs.gesprekken"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def assistant() -> StandIn:
    return stand_in(**{BROKEN: IndexBrokenError("De index is stuk.", "Maak hem opnieuw.")})


@pytest.fixture(scope="module")
def address(assistant: StandIn) -> Iterator[str]:
    with window(assistant) as url:
        yield url


def kept(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        page.evaluate(f"localStorage.getItem('{KEPT}')") or "[]"
    )
    return found


def asked(page: Page) -> list[str]:
    return page.locator(".question").all_inner_texts()


def anew(page: Page) -> None:
    page.get_by_role("button", name="Nieuw gesprek").click()
    page.wait_for_selector(".turn", state="detached")


def answered(page: Page, count: int) -> None:
    page.wait_for_function(
        "n => document.querySelectorAll('.turn .answer').length === n"
        " && !document.querySelector('.waiting')",
        arg=count,
    )


def test_a_question_is_asked_in_the_topic_that_is_chosen_and_then_in_everything(
    browser: Browser, address: str, assistant: StandIn
) -> None:
    with page_at(browser, address) as (page, heard):
        topics = page.get_by_role("radiogroup", name="Zoek in").get_by_role("radio")
        topics.nth(2).wait_for()
        assert [topics.nth(n).input_value() for n in range(3)] == ["", "mijlpalen", "subsidies"]
        assert topics.first.is_checked()
        page.get_by_role("radio", name="Subsidies").check()
        ask(page, HOW_MANY)
        assert assistant.within[-1] == "subsidies"
        assert "Gezocht in: Subsidies" in page.locator(".refusal").inner_text()

        page.get_by_role("button", name="Zoek in alles").click()
        page.wait_for_selector(".answer.answered")
        assert assistant.within[-1] == ""
        assert asked(page) == [HOW_MANY]  # in the place of the refusal
        assert topics.first.is_checked()
        assert not [line for line in heard if line.startswith("error:")]


def test_a_question_that_is_offered_is_asked_of_everything(
    browser: Browser, address: str, assistant: StandIn
) -> None:
    with page_at(browser, address) as (page, _):
        page.get_by_role("radio", name="Subsidies").check()
        page.get_by_role("button", name=SINCE).click()
        answered(page, 1)
        assert assistant.within[-1] == ""
        assert page.get_by_role("radio", name="Alles").is_checked()
        # The button that had the focus is gone: it goes on to what was asked, not nowhere.
        assert page.evaluate("document.activeElement.textContent") == SINCE


def test_the_last_question_is_asked_again_after_an_error_and_after_an_answer(
    browser: Browser, assistant: StandIn, address: str
) -> None:
    with page_at(browser, address) as (page, _):
        ask(page, HOW_MANY)
        ask(page, BROKEN)
        again = page.get_by_role("button", name="Opnieuw proberen")
        assert again.count() == 1  # under the last question only
        before = assistant.answers.pop(BROKEN)
        try:
            again.click()
            page.wait_for_selector(".turn:nth-of-type(2) .refusal")
        finally:
            assistant.answers[BROKEN] = before
        assert asked(page) == [HOW_MANY, BROKEN]
        assert assistant.asked[-1] == (BROKEN, (HOW_MANY,))
        ask(page, SINCE)
        count = len(assistant.asked)
        again.click()
        while len(assistant.asked) == count:
            page.wait_for_timeout(20)
        answered(page, 3)
        assert assistant.asked[count] == (SINCE, (HOW_MANY, BROKEN))


def test_a_question_back_is_answered_by_choosing(browser: Browser) -> None:
    back = answer("Wat bedoel je?\n- De kade\n- De <b>haven</b>", status=Status.CLARIFY)
    assistant = stand_in(**{"Hoe lang?": back})
    with window(assistant) as url, page_at(browser, url) as (page, _):
        ask(page, "Hoe lang?")
        page.get_by_role("button", name="De <b>haven</b>").click()
        answered(page, 2)
        assert assistant.asked[-1] == ("De <b>haven</b>", ("Hoe lang?",))


def test_stopping_gives_the_question_back(browser: Browser) -> None:
    slow = stand_in()
    with window(slow) as url, page_at(browser, url) as (page, _):
        ask(page, SINCE)
        slow.may_answer.clear()
        page.fill(READY, HOW_MANY)
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Stop").click()
        page.wait_for_function("document.querySelectorAll('.turn').length === 1")
        assert page.input_value(READY) == HOW_MANY
        assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
        slow.may_answer.set()
        page.wait_for_timeout(500)  # the answer that nobody waits for any more
        assert asked(page) == [SINCE]
        page.keyboard.press("Enter")
        answered(page, 2)
        assert slow.asked[-1] == (HOW_MANY, (SINCE,))


def test_an_earlier_conversation_comes_back_after_a_reload_and_goes_on(
    browser: Browser, assistant: StandIn, address: str
) -> None:
    with page_at(browser, address) as (page, heard):
        ask(page, HOW_MANY)
        ask(page, SINCE)
        page.reload()
        heard.clear()  # of what the page was still fetching
        page.get_by_role("heading", name="Eerdere gesprekken").wait_for()
        item = page.locator("#eerder li")
        assert item.inner_text().split("\n")[:2] == [HOW_MANY, "vandaag · 2 vragen"]
        item.locator("[data-open]").click()
        answered(page, 2)
        assert asked(page) == [HOW_MANY, SINCE]
        page.get_by_text("Dit is een eerder gesprek.").first.wait_for()
        assert not page.locator("#eerder section").is_visible()
        ask(page, "En nu?")
        assert assistant.asked[-1] == ("En nu?", (HOW_MANY, SINCE))
        (talk,) = kept(page)  # the same conversation, longer; of answers nothing is kept
        assert [one["question"] for one in talk["questions"]] == [HOW_MANY, SINCE, "En nu?"]
        assert "coalities gevormd" not in json.dumps(talk)
        assert not [line for line in heard if line.startswith("error:")]


def test_conversations_are_wiped_one_by_one_and_all_at_once(browser: Browser, address: str) -> None:
    with page_at(browser, address) as (page, _):
        for question in (HOW_MANY, SINCE, "Wat kost een paspoort?"):
            ask(page, question)
            anew(page)
        assert len(kept(page)) == 3
        page.get_by_role("button", name=f"Wis gesprek: {SINCE}").click()
        assert [talk["questions"][0]["question"] for talk in kept(page)] == [
            "Wat kost een paspoort?", HOW_MANY,
        ]  # fmt: skip
        assert page.evaluate("document.activeElement.dataset.open") == kept(page)[0]["id"]
        page.get_by_text("Gesprekken bewaren").click()
        page.get_by_role("button", name="Wis alle gesprekken").click()
        assert len(kept(page)) == 2  # asked whether it is meant
        page.get_by_role("button", name="Zeker weten? Wis alles").click()
        assert kept(page) == []
        assert not page.get_by_role("heading", name="Eerdere gesprekken").is_visible()


def test_who_wants_nothing_kept_keeps_nothing(browser: Browser, address: str) -> None:
    with page_at(browser, address) as (page, _):
        ask(page, HOW_MANY)
        anew(page)
        page.get_by_text("Gesprekken bewaren: aan").click()
        page.get_by_label("Bewaar gesprekken in deze browser").uncheck()
        assert kept(page) == []
        ask(page, SINCE)
        assert kept(page) == []
        page.reload()
        page.get_by_text("Gesprekken bewaren: uit").wait_for()


TAMPERED = [
    "dit is geen JSON",
    '{"questions": 7}',
    '[null, 7, "x", [], {"id": {}, "questions": [{"question": 5}]}]',
    json.dumps([{"id": "a", "day": "<b>x</b>", "questions": [
        {"question": "<img src=http://192.0.2.1/x onerror=document.title=1>", "topic": {"a": 1}},
        {"question": "x" * 9000}, {"question": "  "},
        {"question": HOW_MANY, "topic": "<script>"},
    ]}]),
    json.dumps([{"id": n, "day": "2026-01-01", "questions": [{"question": SINCE}] * 999}
                for n in range(99)]),
]  # fmt: skip


@pytest.mark.parametrize("found", TAMPERED)
def test_what_stands_in_the_browser_is_never_trusted(
    browser: Browser, address: str, found: str
) -> None:
    with page_at(browser, address) as (page, heard):
        page.evaluate("([key, value]) => localStorage.setItem(key, value)", [KEPT, found])
        page.reload()
        heard.clear()  # of what the page was still fetching
        page.wait_for_selector("#onderwerpen label")
        items = page.locator("#eerder li")
        assert items.count() <= 30
        if items.count():
            items.first.locator("button").first.click()
            page.wait_for_selector(".turn .answer")
            page.wait_for_function("!document.querySelector('.waiting')")
            assert page.locator(".turn").count() <= 30
        else:
            ask(page, SINCE)
        assert page.locator('[id^="paneel-"] :is(img, script, b)').count() == 0
        assert page.title() == "Wegwijs"
        assert all(line.startswith((address, "data:")) for line in heard)


def test_the_window_waits_for_the_first_index_and_then_works(
    browser: Browser, tmp_path: Path, embedder: Embedder
) -> None:
    live = LiveAssistant(tmp_path / "data", embedder)
    with window(live, tmp_path) as url, page_at(browser, url) as (page, heard):
        page.get_by_role("heading", name="De bronnen zijn er nog niet").wait_for()
        ask(page, "Hoeveel fietsen komen er in de stalling aan de Havenkade?")
        told = page.locator(".failed").inner_text()
        assert "De bronnen zijn nog niet ingelezen." in told and str(tmp_path) not in told
        page.get_by_role("tab", name="Tijdlijn").click()
        page.locator("#tijdlijn").get_by_text("nog niet ingelezen").wait_for()
        page.get_by_role("tab", name="Over").click()
        page.get_by_role("heading", name="Een automatische assistent").wait_for()
        assert "nog niet ingelezen" in page.locator("#over").inner_text()

        write(tmp_path / "in", FILES)
        assert not ingest([tmp_path / "in"], tmp_path / "data", embedder).failed

        page.get_by_role("tab", name="Vraag").click()
        page.get_by_role("radio", name="Mijlpalen").wait_for()
        page.get_by_role("button", name="Opnieuw proberen").click()
        page.wait_for_selector(".answer.answered")
        anew(page)
        page.get_by_text("begin met een van deze vragen").wait_for()
        page.get_by_role("tab", name="Tijdlijn").click()
        page.wait_for_selector("#tijdlijn table")
        assert all(line.startswith((url, "data:")) for line in heard)
