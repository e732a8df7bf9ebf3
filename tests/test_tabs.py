"""The tabs beside the chat as a user meets them: a real browser, a real index."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from browser import StandIn, answer, ask, citation, document, page_at, stand_in, window
from indexing import write
from planning import FILES

from assistant.live import LiveAssistant
from ingest.embedding import Embedder
from ingest.pipeline import ingest
from ingest.records import Block, BlockKind, Document

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HOSTILE = "<script>document.title='stuk'</script><img src=http://192.0.2.1/x> [k](javascript:k())"
TABS = ("Vraag", "Tijdlijn", "Bronnen", "Evaluatie", "Over")

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> LiveAssistant:
    folder = tmp_path_factory.mktemp("planning")
    write(folder / "in", FILES)
    assert not ingest([folder / "in"], folder / "data", embedder).failed
    return LiveAssistant(folder / "data", embedder)


@pytest.fixture(scope="module")
def address(assistant: LiveAssistant) -> Iterator[str]:
    with window(assistant) as url:
        yield url


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()
    ready = {"Tijdlijn": "#tijdlijn .count", "Bronnen": "#bronnen .count", "Over": "#over h2",
             "Evaluatie": "#evaluatie :is(.score, .none)"}  # fmt: skip
    if name in ready:
        page.wait_for_selector(ready[name])


def happens(page: Page) -> list[str]:
    return page.locator("#tijdlijn tbody th").all_inner_texts()


def only_local(heard: list[str], address: str) -> bool:
    return all(said.startswith((address, "data:")) for said in heard)


def test_the_timeline_is_filtered_by_year_document_and_subject(
    browser: Browser, address: str
) -> None:
    with page_at(browser, address) as (page, heard):
        tab(page, "Tijdlijn")
        assert len(happens(page)) == 4

        page.get_by_label("Jaar").select_option("2032")
        page.get_by_text("2 van 4 mijlpalen.").wait_for()
        assert happens(page) == ["Proef met deelbakken", "Onderhoud door de werkplaats"]

        page.get_by_label("Jaar").select_option("")
        page.get_by_label("Document").select_option("Agenda van de haven")
        page.get_by_text("1 van 4 mijlpalen.").wait_for()
        assert happens(page) == ["Nieuwe sluisdeur geplaatst"]

        page.get_by_label("Document").select_option("")
        page.get_by_label("Onderwerp").fill("bakfiets")
        page.get_by_label("Onderwerp").press("Enter")
        page.get_by_text("1 van 4 mijlpalen.").wait_for()
        page.wait_for_function("document.querySelector('#tijdlijn tbody th').innerText[0] === 'P'")
        assert happens(page) == ["Proef met deelbakken"]

        page.get_by_label("Onderwerp").fill("paspoort")
        page.get_by_role("button", name="Zoek").click()
        page.get_by_text("Er zijn geen mijlpalen die hierbij passen").wait_for()
        assert only_local(heard, address)


def test_a_milestone_opens_the_exact_words_and_then_the_document(
    browser: Browser, address: str, assistant: LiveAssistant
) -> None:
    cited = assistant.happenings()[2].citations[0]
    stored = assistant.document(cited.document_id).text[cited.start : cited.end]
    with page_at(browser, address) as (page, heard):
        tab(page, "Tijdlijn")
        marker = page.get_by_role("button", name="bron 3, Planning van de leenfiets")
        marker.click()

        assert page.locator("#tijdlijn .source:visible mark").text_content() == stored
        assert page.evaluate("document.activeElement.id") == "mijlpaal-bron-3"
        page.keyboard.press("Escape")
        assert page.locator("#tijdlijn .source:visible").count() == 0
        assert page.evaluate("document.activeElement.dataset.source") == "mijlpaal-bron-3"

        marker.click()
        page.locator("#tijdlijn .source:visible").get_by_text("Open het document").click()
        page.wait_for_selector("#lezer mark")
        assert page.get_by_role("tab", name="Bronnen").get_attribute("aria-selected") == "true"
        shown = "".join(page.locator("#lezer mark").all_text_contents())
        assert shown == stored.replace("\n", "")
        assert page.evaluate("document.activeElement.tagName") == "MARK"

        page.locator("#lezer .back").first.click()
        assert page.locator("#tijdlijn .source:visible").count() == 1  # as it was left
        assert page.evaluate("document.activeElement.innerText") == "Open het document"
        assert only_local(heard, address)


def test_ask_about_it_asks_a_question_that_is_answered(browser: Browser, address: str) -> None:
    with page_at(browser, address) as (page, _):
        tab(page, "Tijdlijn")
        for name, expected in (("Stalling aan", "46 fietsen"), ("Onderhoud door", "doorlopend")):
            tab(page, "Tijdlijn")
            before = page.locator(".turn .answer").count()
            page.get_by_role("button", name=f"Vraag hierover: {name}").click()
            page.wait_for_function(
                "n => document.querySelectorAll('.turn .answer').length > n", arg=before
            )
            turn = page.locator(".turn").last
            assert page.locator("#paneel-vraag").is_visible()
            assert name.lower() in turn.locator(".question").inner_text().lower()
            assert turn.locator(".answer.answered").count() == 1
            assert expected in turn.locator(".answer").inner_text()
        assert page.locator(".turn").count() == 2


def test_a_collection_without_milestones_says_so(browser: Browser) -> None:
    with window(stand_in()) as url, page_at(browser, url) as (page, _):
        tab_button = page.get_by_role("tab", name="Tijdlijn")
        tab_button.click()
        page.get_by_text("In deze bronnen staan geen mijlpalen").wait_for()
        assert page.locator("#tijdlijn-kiezen form").count() == 0


def test_a_document_opens_with_headings_that_lead_to_their_place(
    browser: Browser, address: str
) -> None:
    with page_at(browser, address, height=500) as (page, heard):
        tab(page, "Bronnen")
        item = page.locator("#bronnen li", has_text="Planning van de leenfiets")
        assert "Gemeente Duinrade · 14 februari 2031" in item.inner_text()
        assert "passages" in item.inner_text()
        assert item.get_by_role("link").get_attribute("href") == "https://duinrade.example/planning"

        item.get_by_role("button", name="Lees het document").click()
        page.locator("#lezer h2").wait_for()
        assert not page.locator("#bronnenlijst").is_visible()
        assert page.evaluate("document.activeElement.innerText") == "Planning van de leenfiets"
        page.get_by_role("navigation").get_by_text("Contact").click()
        assert page.evaluate("document.activeElement.innerText") == "Contact"
        assert page.locator("#lezer h3", has_text="Contact").bounding_box()["y"] < 500

        page.locator("#lezer .back").first.click()
        assert page.locator("#bronnenlijst").is_visible()
        assert page.evaluate("document.activeElement.dataset.document") == "planning"
        item.get_by_role("button", name="Lees het document").click()  # the same one again
        page.locator("#lezer h2").wait_for()
        assert only_local(heard, address)


def test_a_citation_in_the_chat_leads_to_its_passage_and_back(
    browser: Browser, address: str
) -> None:
    with page_at(browser, address) as (page, _):
        ask(page, "Hoeveel fietsen komen er in de stalling aan de Havenkade?")
        page.locator(".answer .marker").first.click()
        quote = page.locator(".source:visible mark").text_content()
        page.locator(".source:visible .open").click()
        page.wait_for_selector("#lezer mark")
        assert page.locator("#lezer mark").text_content() == quote
        page.locator("#lezer .back").first.click()
        assert page.locator("#paneel-vraag .source:visible").count() == 1


def test_after_an_answer_there_are_questions_that_are_answered_too(
    browser: Browser, address: str
) -> None:
    with page_at(browser, address) as (page, _):
        question = "Hoeveel fietsen komen er in de stalling aan de Havenkade?"
        ask(page, question)
        page.get_by_text("Vraag ook:").wait_for()
        offered = page.locator("#voorbeelden button:visible").all_inner_texts()
        assert 1 <= len(offered) <= 3 and question not in offered

        page.get_by_role("button", name=offered[0]).click()
        page.wait_for_function("document.querySelectorAll('.turn .answer').length === 2")
        assert page.locator(".turn").last.locator(".answered").count() == 1
        assert page.locator(".question").last.inner_text() == offered[0]
        page.get_by_role("button", name="Nieuw gesprek").click()
        page.wait_for_selector(".turn", state="detached")
        page.get_by_text("Stel een vraag, of begin met").wait_for()


def test_the_keyboard_alone_reaches_everything(browser: Browser, address: str) -> None:
    with page_at(browser, address) as (page, _):

        def focused() -> str:
            said = "document.activeElement.getAttribute('aria-label')"
            return str(page.evaluate(f"{said} || document.activeElement.innerText"))

        def press(key: str, until: str) -> None:
            for _ in range(30):
                if focused().startswith(until):
                    return
                page.keyboard.press(key)
            raise AssertionError(f"{key} does not reach {until!r}")

        page.locator("h1").click()
        page.keyboard.press("Tab")
        assert focused() == "Vraag"
        page.keyboard.press("ArrowRight")
        page.wait_for_selector("#tijdlijn table")
        assert focused() == "Tijdlijn"
        press("Tab", "bron 1")
        page.keyboard.press("Enter")
        assert page.locator("#tijdlijn .source:visible").count() == 1
        press("Tab", "Open het document")
        page.keyboard.press("Enter")
        page.wait_for_selector("#lezer mark")
        press("Tab", "← Terug")
        page.keyboard.press("Enter")
        assert focused() == "Open het document"
        page.keyboard.press("Escape")
        assert focused() == "bron 1, Agenda van de haven"
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
        assert page.locator("#paneel-vraag").is_visible()
        press("Shift+Tab", "Vraag")
        page.keyboard.press("End")
        assert focused() == "Over"
        page.keyboard.press("ArrowRight")
        assert focused() == "Vraag"


def test_an_address_leads_to_a_tab_and_the_browser_goes_back(
    browser: Browser, address: str
) -> None:
    with page_at(browser, address) as (page, _):
        tab(page, "Over")
        assert page.url.endswith("#over")
        tab(page, "Bronnen")
        page.go_back()
        page.locator("#over").wait_for(state="visible")
        page.reload()
        page.get_by_text("Je vragen worden niet bewaard").wait_for()
        assert page.get_by_role("tab", name="Over").get_attribute("aria-selected") == "true"


def test_a_hostile_document_changes_nothing_on_any_tab(browser: Browser) -> None:
    parts = (
        (BlockKind.HEADING, HOSTILE), (BlockKind.HEADING, f"Mijlpaal: {HOSTILE}"),
        (BlockKind.PARAGRAPH, "Periode: mei 2031"), (BlockKind.PARAGRAPH, f"Zo: {HOSTILE}."),
        (BlockKind.ITEM, HOSTILE), (BlockKind.ROW, HOSTILE), (BlockKind.FOOTNOTE, HOSTILE),
    )  # fmt: skip
    text, blocks = "", []
    for kind, words in parts:
        level = 1 if not text else 2 if kind is BlockKind.HEADING else 0
        text += "\n\n" if text else ""
        blocks.append(Block(kind, len(text), len(text) + len(words), level=level))
        text += words
    bad = {"publisher": HOSTILE, "date": HOSTILE, "url": "javascript:alert(1)", "language": "x y"}
    kwaad = Document('k"><b>', HOSTILE, text, tuple(blocks), HOSTILE, bad)
    other = document("goed", "Goed", "Niets aan de hand.")
    known = {HOSTILE: answer(f"{HOSTILE} [1]", citation(1, kwaad, HOSTILE))}
    with (
        window(StandIn(known, documents=(kwaad, other))) as url,
        page_at(browser, url) as (page, heard),
    ):
        tab(page, "Tijdlijn")
        assert happens(page) == [HOSTILE]
        page.locator("#tijdlijn .marker").first.click()
        page.locator("#tijdlijn .source:visible .open").click()
        page.wait_for_selector("#lezer mark")
        assert HOSTILE in page.locator("#lezer li").inner_text()
        page.get_by_role("tab", name="Vraag").click()
        tab(page, "Over")
        page.get_by_role("tab", name="Tijdlijn").click()
        page.locator("#tijdlijn .ask").click()
        page.wait_for_selector(".turn .answer")

        assert page.title() == "Wegwijs"
        panels = '[id^="paneel-"] :is(script, img, iframe, object, b.x)'
        assert page.locator(panels).count() == 0
        assert page.locator('a[href^="javascript"]').count() == 0
        assert only_local(heard, url)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 700, 1280, 1920])
def test_nothing_scrolls_sideways_on_any_tab(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    with page_at(browser, address, width=width, color_scheme=scheme) as (page, _):

        def fits() -> bool:
            return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))

        for name in TABS:
            tab(page, name)
            assert fits(), name
        tab(page, "Tijdlijn")
        page.locator("#tijdlijn .marker").first.click()
        card = page.locator("#tijdlijn .source:visible").bounding_box()
        assert fits() and card and card["x"] >= 0 and card["x"] + card["width"] <= width
        page.locator("#tijdlijn .source:visible .open").click()
        page.wait_for_selector("#lezer mark")
        assert fits()


def test_what_gradio_says_in_english_is_said_in_dutch(browser: Browser, address: str) -> None:
    with page_at(browser, address) as (page, _):
        page.route("**/queue/join*", lambda route: route.abort())
        page.fill("#vraag textarea", "Valt de verbinding weg?")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Sluit deze melding").wait_for()
        assert page.get_by_role("button", name="Close").count() == 0
        aloud = page.locator("[role=alert]:not(:empty)")
        assert aloud.inner_text().startswith("Wegwijs is niet bereikbaar.")
        page.get_by_role("button", name="Sluit deze melding").click()
        aloud.wait_for(state="detached")
        assert page.evaluate("document.documentElement.lang") == "nl"


def test_a_document_that_is_gone_is_told(browser: Browser) -> None:
    gone = stand_in()
    with window(gone) as url, page_at(browser, url) as (page, _):
        tab(page, "Bronnen")
        gone.documents = ()
        page.locator("#bronnen .open").first.click()
        page.get_by_text("Dit document staat niet meer in de bronnen.").wait_for()
        page.locator("#lezer .back").click()
        assert page.locator("#bronnenlijst").is_visible()
