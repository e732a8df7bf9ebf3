"""The tab that evaluates as an editor meets it: a real browser, a real index, real questions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bicycles import BICYCLES
from browser import page_at, stand_in, window
from evaluating import QUESTIONS, TODAY
from indexing import write
from test_tabs import only_local

import ui.wiring
from assistant.evaluation import storage
from assistant.evaluation.questions import load_cases
from assistant.evaluation.run import evaluate
from assistant.live import LiveAssistant
from assistant.records import Status
from ingest.embedding import Embedder
from ingest.pipeline import ingest
from ui import question_sets
from ui.access import Role
from ui.feedback import Asked, Feedback, Judgement

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HOSTILE = "<script>document.title='stuk'</script><img src=http://192.0.2.1/x>"
# One that is answered wrong: what is asked for is not what is listed as its answer.
WRONG = f"""\
- id: fout
  question: "Wie is de projectleider van de leenfiets?"
  kind: who
  topic: "{HOSTILE}"
  status: [answered]
  facts: [["{HOSTILE}"]]
  evidence: [{{document: leenfietsen, quote: "is Marijke Oldenziel."}}]
"""

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    folder = tmp_path_factory.mktemp("meten")
    write(folder / "in", {"leenfietsen.md": BICYCLES})
    ingest([folder / "in"], folder / "data", embedder)
    files = {"fietsen.yaml": QUESTIONS, "met-fout.yaml": WRONG}
    write(folder / "data" / "questions", files)
    with LiveAssistant(folder / "data", embedder).held() as assistant:
        cases = load_cases([folder / "data" / "questions" / name for name in files])
        for asked in (cases[:9], cases):
            storage.save_in(evaluate(assistant, asked, today=TODAY), folder / "data")
    return folder / "data"


@pytest.fixture(scope="module")
def address(data: Path, embedder: Embedder) -> Iterator[str]:
    with window(LiveAssistant(data, embedder), data) as url:
        yield url


def opened(page: Page) -> None:
    page.get_by_role("tab", name="Evaluatie").click()
    page.wait_for_selector("#evaluatie-meten :is(form, [data-stop], .none)")
    page.wait_for_selector("#evaluatie :is(.score, .none)")


def measured(page: Page, questions: str) -> None:
    page.locator("select[name=questions]").select_option(questions)
    page.get_by_role("button", name="Meet", exact=True).click()
    page.get_by_text("Klaar: ").wait_for()
    page.get_by_role("button", name="Meet", exact=True).wait_for()


def cards(page: Page) -> list[str]:
    return page.locator("#evaluatie h2:has-text('beantwoord') ~ article").all_inner_texts()


def test_an_editor_measures_looks_at_what_is_wrong_and_compares(
    browser: Browser, address: str, data: Path
) -> None:
    with page_at(browser, address) as (page, heard):
        opened(page)
        measured(page, "eigen/fietsen.yaml")
        page.get_by_text("9 van de 9 vragen goed").wait_for()
        assert page.evaluate("document.activeElement.innerText") == "Meet"

        measured(page, "eigen")  # all files: one more question, that is answered wrong
        page.get_by_text("9 van de 10 vragen goed").wait_for()
        (wrong,) = cards(page)
        assert "Marijke Oldenziel. [1]" in wrong and f"mist: {HOSTILE}" in wrong
        assert wrong.index("Antwoord (antwoord)") < wrong.index("Waar het staat")
        row = page.get_by_role("row", name=re.compile("^Goed beantwoord"))
        assert "90%" in row.inner_text() and row.locator("svg").is_visible()

        first = storage.listed(data, 9)[-1]
        page.get_by_label("Vergelijk met").select_option(first.name)
        page.get_by_text("Vergeleken met een eerdere meting (9 vragen)").wait_for()
        said = page.locator("#evaluatie").inner_text()
        assert "was 100%, is 100%" in said and "0,0 (0,0 tot 0,0)" in said
        assert "Alleen in deze meting: 1 vraag." in said
        assert (
            page.title() == "Wegwijs" and page.locator("#evaluatie :is(script, img)").count() == 0
        )
        assert only_local(heard, address)


def test_answers_are_chosen_by_right_or_wrong_and_by_kind(browser: Browser, address: str) -> None:
    with page_at(browser, address) as (page, _):
        opened(page)
        page.get_by_label("Laat zien").select_option("Goede antwoorden")
        page.get_by_role("heading", name="Goed beantwoord", exact=True).wait_for()
        every = cards(page)
        page.locator("select[name=kind]").select_option("wanneer")
        page.get_by_text("2 vragen.", exact=True).wait_for()
        assert len(cards(page)) == 2 < len(every)

        page.get_by_role("tab", name="Bronnen").click()
        opened(page)  # as it was left
        assert page.locator("select[name=kind]").input_value() == "when" and len(cards(page)) == 2


def test_what_became_wrong_stands_beside_what_it_was(
    browser: Browser, address: str, data: Path
) -> None:
    last = storage.file_of(storage.listed(data, 1)[0].name, data)
    row = json.loads(last.read_text(encoding="utf-8"))
    row["outcomes"][0] |= {"status": "not_found", "text": "Dat staat niet in de bronnen."}
    worse = last.with_name("2099-01-01T00-00-00.json")
    worse.write_text(json.dumps(row), encoding="utf-8")
    with page_at(browser, address) as (page, _):
        opened(page)
        page.get_by_label("Vergelijk met").select_option(last.stem)
        page.get_by_role("heading", name="Slechter (1)").wait_for()
        card = page.locator("#evaluatie article.worse").inner_text()
        assert "Werd (niet gevonden)" in card and "3 mei 2031" in card
        assert "-10,0 (-30,0 tot 0,0)" in page.locator("#evaluatie").inner_text()

        worse.unlink()  # as when a document that it quotes is forgotten
        page.get_by_label("Laat zien").select_option("Alle antwoorden")
        page.get_by_text("Deze meting is er niet meer.").wait_for()


def test_a_run_goes_on_when_the_page_is_closed_and_can_be_stopped(browser: Browser) -> None:
    slow = stand_in()
    slow.pause = 0.4
    with window(slow) as url:
        with page_at(browser, url) as (page, _):
            opened(page)
            page.locator("select[name=questions]").select_option("Meegeleverde vragen")
            page.get_by_role("button", name="Meet", exact=True).click()
            page.get_by_text(re.compile(r"vraag \d+ van \d+")).wait_for()
        with page_at(browser, url) as (page, _):
            opened(page)
            page.get_by_text(re.compile(r"vraag ([3-9]|\d\d+) van \d+")).wait_for()
            page.get_by_role("button", name="Stop").click()
            page.get_by_text("Er is niets bewaard.").wait_for()
            assert page.evaluate("document.activeElement.innerText") == "Meet"
            assert page.locator("progress").count() == 0


def test_without_questions_it_says_what_to_do(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(question_sets, "SHIPPED", tmp_path / "nergens")
    asked = Asked("k", "Hoeveel <b>zwanen</b> zijn er?", "how_many", "nl", Status.ANSWERED, 1)
    Feedback(tmp_path).keep(Judgement(asked, useful=False, remark="Klopt niet"), date.today())
    with window(stand_in(), tmp_path) as url, page_at(browser, url) as (page, _):
        opened(page)
        assert (
            "Er zijn nog geen vragen om mee te meten."
            in page.locator("#evaluatie-meten .none").inner_text()
        )
        page.get_by_text("1 vraag van gebruikers om na te kijken").click()
        assert "Hoeveel <b>zwanen</b> zijn er?" in page.locator("pre").inner_text()

        write(tmp_path / "questions", {"stuk.yaml": "- id: een\n"})
        page.get_by_role("tab", name="Vraag").click()
        opened(page)
        page.get_by_role("button", name="Meet", exact=True).click()
        said = page.locator("#evaluatie-meten .failed").inner_text()
        assert "stuk.yaml: Vraag 1 ('een') klopt niet" in said and str(tmp_path) not in said


def test_a_reader_is_refused_by_the_server(
    browser: Browser, address: str, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = storage.listed(data, 99)
    with page_at(browser, address) as (page, _):
        opened(page)
        # The page of an editor, whose role was taken away: hiding the tab does not help here.
        monkeypatch.setattr(ui.wiring, "role_of", lambda scope: Role.READER)
        page.get_by_role("button", name="Meet", exact=True).click()
        page.get_by_text("Dit tabblad is voor redacteuren.").wait_for()
        assert page.locator("#evaluatie .score").count() == 0
    assert storage.listed(data, 99) == kept
