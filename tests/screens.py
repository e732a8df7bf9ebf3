"""Bring the window in every state that it has, one after the other.

In:  Chromium; a folder for data; the embedded model where a real index is made.
Out: the page in each state, with the name of the state.

Real servers, real events. The tab Vraag has a file of its own: screens_chat.py.
Knows nothing of what a test expects of a state.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import test_editing_tab as editing
from browser import (
    READY,
    page_at,
    stand_in,
    window,
)
from evaluating import QUESTIONS, case, declining, outcome, run_of
from indexing import write
from planning import FILES
from screens_chat import LONG, States, conversation
from test_entrance import running
from test_updating import Waiting

from assistant.evaluation import storage
from assistant.live import LiveAssistant
from assistant.records import Status
from ingest import generations
from ingest.embedding import Embedder
from ingest.pipeline import ingest
from ui import evaluation_page
from ui.access import Role
from ui.accounts import Accounts
from ui.entrance import Entrance
from ui.feedback import Asked, Feedback, Judgement
from ui.login import login_for
from ui.updating import Updating

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SECRET = "vier losse woorden hier"


def starting(browser: Browser, data: Path, embedder: Embedder) -> States:
    """The page that is there while the window is made."""
    never = threading.Event()

    def make() -> Any:
        assert not never.wait(60)
        raise AssertionError

    with running(Entrance(make, lambda: None)) as url:
        page = browser.new_page(bypass_csp=True)
        page.goto(url)
        yield page, "Wegwijs start op"
        page.close()
        never.set()


def nothing(browser: Browser, data: Path, embedder: Embedder) -> States:
    """Every tab while there is no index."""
    updating = Updating(data, embedder)
    with (
        window(LiveAssistant(data, embedder), data, updating=updating) as url,
        page_at(browser, url) as (page, _),
    ):
        page.get_by_role("heading", name="De bronnen zijn er nog niet").wait_for()
        yield page, "Vraag, geen bronnen"
        for name in ("Tijdlijn", "Bronnen", "Evaluatie", "Over"):
            page.get_by_role("tab", name=name).click()
            page.wait_for_selector(f"#{name.lower()} :is(.failed, .none), #over h2")
            yield page, f"{name}, geen bronnen"


def reading(browser: Browser, data: Path, embedder: Embedder) -> States:
    """The tabs with milestones and documents, and the one about the window, as a reader."""
    few = {f"nota{n}.md": f"# Nota {n}\n\nNota {n} gaat over wijk {n}.\n" for n in range(8)}
    write(data / "in", {**FILES, **few})  # so many that they can be searched
    ingest([data / "in"], data, embedder)
    live = LiveAssistant(data, embedder)
    with window(live, data, role=Role.READER) as url, page_at(browser, url) as (page, _):
        page.get_by_role("tab", name="Tijdlijn").click()
        page.wait_for_selector("#tijdlijn table")
        yield page, "Tijdlijn"
        page.locator("#tijdlijn .marker").first.click()
        yield page, "Tijdlijn met bron"
        page.locator("#tijdlijn .source:visible .open").click()
        page.wait_for_selector("#lezer mark")
        yield page, "Document bij een citaat"
        page.locator("#lezer .back").first.click()
        page.get_by_label("Jaar").select_option("2032")
        page.get_by_text("2 van 4 mijlpalen.").wait_for()
        yield page, "Tijdlijn van een jaar"
        page.get_by_label("Onderwerp").fill("paspoort")
        page.get_by_role("button", name="Zoek").click()
        page.wait_for_selector("#tijdlijn .none")
        yield page, "Tijdlijn zonder mijlpalen"
        page.get_by_role("tab", name="Bronnen").click()
        page.wait_for_selector("#bronnen .count")
        yield page, "Bronnen van een lezer"
        page.get_by_role("button", name="Lees het document: Planning").click()
        page.wait_for_selector("#lezer h2")
        yield page, "Document"
        page.locator("#lezer .back").first.click()
        page.locator("#bronnen .open").first.evaluate(
            "button => { button.dataset.document = 'x'; }"
        )
        page.locator("#bronnen .open").first.click()
        page.get_by_text("Dit document staat niet meer in de bronnen.").wait_for()
        yield page, "Document dat weg is"
        page.locator("#lezer .back").first.click()
        page.get_by_label("Zoek een document").fill("paspoort")
        page.get_by_label("Zoek een document").press("Enter")
        page.get_by_text("Er is geen document met deze woorden").wait_for()
        yield page, "Bronnen, niets gevonden"
        page.get_by_role("tab", name="Over").click()
        page.wait_for_selector("#over h2")
        yield page, "Over"


def editing_documents(browser: Browser, data: Path, embedder: Embedder) -> States:
    """The part of the tab Bronnen for editors."""
    write(
        data / "in", {"zwemles.md": editing.lesson(50), "kermis.md": "# Kermis\n\nOp het plein.\n"}
    )
    ingest([data / "in"], data, embedder)
    slow = Waiting(embedder)
    with editing.looking(browser, data, slow) as (page, _, _):
        yield page, "Bronnen"
        page.get_by_role("button", name="Vergeet dit document: Kermis").click()
        yield page, "Bronnen, vergeten?"
        editing.press(page, "Niet doen")
        editing.choose(page, zwemles_md=editing.lesson(90), **{f"{LONG}_md": "# Nieuw\n\nNieuw.\n"})
        assert slow.begun.wait(60)
        page.get_by_text("Lezen: ").wait_for()
        yield page, "Bronnen, bezig"
        editing.press(page, "Annuleren")
        slow.go_on.set()
        editing.stands(page, "Er is niets veranderd. De gekozen bestanden staan er nog.")
        yield page, "Bronnen, gestopt, bestanden klaar"
        editing.press(page, "Bekijk wat er verandert")
        editing.stands(page, "Dit verandert er als je bijwerkt")
        editing.choose(page, plaatje_png="x", te_groot_exe="x")
        page.locator("#bijwerken .refused li").nth(1).wait_for()
        yield page, "Bronnen, wat er verandert, bestand geweigerd"
        with generations.writer_lock(data):
            editing.press(page, "Bijwerken")
            editing.stands(page, "Dat lukte niet")
            yield page, "Bronnen, mislukt"
        editing.press(page, "Bekijk wat er verandert")
        editing.stands(page, "Dit verandert er als je bijwerkt")
        editing.press(page, "Bijwerken")
        editing.stands(page, "1 document bijgewerkt, 1 nieuw")
        yield page, "Bronnen, klaar"
        editing.press(page, "Zet de vorige versie terug")
        yield page, "Bronnen, vorige versie terug?"


def evaluating(browser: Browser, data: Path, embedder: Embedder) -> States:
    """The tab Evaluatie."""
    slow = stand_in()
    asked = Asked("k", "Hoeveel zwanen zijn er?", "how_many", "nl", Status.NOT_FOUND, 1)
    Feedback(data).keep(Judgement(asked, useful=False, remark="Jammer"), date.today())
    with window(slow, data) as url, page_at(browser, url) as (page, _):
        page.get_by_role("tab", name="Evaluatie").click()
        page.wait_for_selector("#evaluatie .none")
        page.get_by_text("1 vraag van gebruikers om na te kijken").click()
        yield page, "Evaluatie, nog geen meting, vragen van gebruikers"
        slow.may_answer.clear()
        page.get_by_role("button", name="Meet", exact=True).click()
        page.wait_for_selector("#evaluatie-stand progress")
        yield page, "Evaluatie, bezig"
        page.get_by_role("button", name="Stop").click()
        slow.may_answer.set()
        page.get_by_text("Er is niets bewaard.").wait_for()
        yield page, "Evaluatie, gestopt"
        right, wrong = outcome(), outcome("Er zijn er 3. [1]", case=case(id="fout"))
        none = outcome(case=declining(id="geen", question="Wie won de Tour de France?"))
        for day, outcomes in enumerate([(right, right), (right, wrong, none)], start=1):
            made = datetime(2026, 11, day, 3, 0, tzinfo=UTC)
            storage.save_in(replace(run_of(*outcomes), made=made), data)
        write(data / "questions", {"fietsen.yaml": QUESTIONS})
        page.get_by_role("tab", name="Vraag").click()
        page.get_by_role("tab", name="Evaluatie").click()
        page.wait_for_selector("#evaluatie .score")
        for summary in page.locator("#evaluatie summary:visible").all():
            summary.click()
        yield page, "Evaluatie, meting"
        page.get_by_label("Vergelijk met").select_option(storage.listed(data, 9)[-1].name)
        page.get_by_text("Vergeleken met").wait_for()
        yield page, "Evaluatie, vergeleken"
        report = data / "meting.html"
        report.write_text(evaluation_page.page(run_of(right, wrong, none)), encoding="utf-8")
        page.goto(report.as_uri())
        yield page, "Meting als bestand"


def logging_in(browser: Browser, data: Path, embedder: Embedder) -> States:
    """The page to log in, and what stands in the place of a page that is not there."""
    Accounts(data).add("Wilhelmina-Alexandrina van Oranje", Role.READER, SECRET)
    with window(stand_in(), data, login_for(data)) as url:
        page = browser.new_page(bypass_csp=True)
        page.goto(url)
        yield page, "Inloggen"
        for state in ("fout wachtwoord", *[""] * 12):
            page.fill("#naam", "Wilhelmina-Alexandrina van Oranje")
            page.fill("#wachtwoord", "fout")
            page.press("#wachtwoord", "Enter")
            page.wait_for_selector(".wrong")
            if state:
                yield page, f"Inloggen, {state}"
        yield page, "Inloggen, te vaak fout"
        page.close()
    with window(stand_in(), data, login_for(data)) as url:  # it remembers no mistakes
        page = browser.new_page(bypass_csp=True)
        page.goto(url)
        page.fill("#naam", "Wilhelmina-Alexandrina van Oranje")
        page.fill("#wachtwoord", SECRET)
        page.press("#wachtwoord", "Enter")
        page.wait_for_selector(READY)
        page.wait_for_selector("#onderwerpen label")
        yield page, "Vraag, ingelogd"
        page.goto(f"{url}/bestaat-niet")
        yield page, "Een pagina die niet bestaat"
        page.close()


WALKS = (
    starting, conversation, nothing, reading, editing_documents, evaluating, logging_in,
)  # fmt: skip
