"""Bring the tab Vraag in every state that it has, one after the other.

In:  Chromium; a folder for data.
Out: the page in each state, with the name of the state.

A real server, real events; an assistant that knows an answer of every kind by heart.
Knows nothing of what a test expects of a state.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from browser import (
    HOW_MANY,
    READY,
    SINCE,
    SUBSIDY,
    StandIn,
    answer,
    ask,
    citation,
    document,
    page_at,
    window,
)

from assistant.generation import Generation
from assistant.language import with_note
from assistant.records import Answer, Status
from ingest.embedding import Embedder
from ingest.errors import IndexBrokenError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

States = Iterator[tuple["Page", str]]
LONG = "Meerjarenuitvoeringsprogrammasubsidieregelingsaanvraagformulier"
ENGLISH = "How many coalitions are there?"
NOTE = "‘Subsidie voor coalities’ is een oudere versie; er is een nieuwere van 3 maart 2026."
OTHER = document(
    "regeling", f"{LONG} en de bekostiging van coalities in de jaren 2025 tot en met 2027",
    "Er zijn 14 coalities gevormd. De bijdrage is 380.000 euro per jaar. Aanvragen kan tot 1 mei.",
    publisher="Ministerie van Volksgezondheid", date="2025-01-01",
)  # fmt: skip


def _answers() -> dict[str, Answer | Exception]:
    twelve = citation(1, SUBSIDY, "Er zijn 12 coalities gevormd.")
    fourteen = citation(2, OTHER, "Er zijn 14 coalities gevormd.")
    money = citation(3, OTHER, "De bijdrage is 380.000 euro per jaar.")
    stale = replace(money, start=0, end=5, number=4)
    return {
        HOW_MANY: replace(
            answer("Er zijn 12 coalities gevormd. [1] De bijdrage is 380.000 euro. [3] [4]",
                   twelve, money, stale), notes=(NOTE,),
        ),
        SINCE: answer("Sinds 2023. [1]", citation(1, SUBSIDY, "De regeling bestaat sinds 2023.")),
        "Welke bedragen zijn er?": answer(
            f"In de bronnen staan deze:\n- 12 coalities [1]\n- {LONG}: 380.000 euro [3]\n"
            "- Aanvragen kan tot 1 mei [2]\n- 14 coalities [2]", twelve, fourteen, money,
        ),
        "Zijn het er 12 of 14?": answer(
            "De bronnen zeggen niet hetzelfde:\n- Er zijn 12 coalities gevormd. [1]\n"
            "- Er zijn 14 coalities gevormd. [2]", twelve, fourteen, status=Status.CONFLICT,
        ),
        "Hoeveel, en voor wie?": replace(
            answer("Er zijn 12 coalities gevormd. [1]\nOver voor wie staat er niets in de bronnen.",
                   twelve, status=Status.PARTIAL), notes=(NOTE,),
        ),
        "Hoeveel geld?": answer(
            f"Wat bedoel je?\n- Subsidie voor coalities\n- {LONG}", status=Status.CLARIFY
        ),
        "Schrijf een gedicht": answer(
            "Daar gaat Wegwijs niet over. Stel een vraag over wat in de bronnen staat.",
            status=Status.OUT_OF_SCOPE,
        ),
        ENGLISH: replace(
            answer(with_note(ENGLISH, Status.ANSWERED, "Er zijn er 12. [1]"), twelve),
            standalone_question=HOW_MANY,
        ),
        "Stuk?": IndexBrokenError("De index is stuk.", "Maak hem opnieuw met: wegwijs ingest"),
    }  # fmt: skip


class Slow(StandIn):
    """It shows its answer, and says that it is whole when it may."""

    def __init__(self) -> None:
        super().__init__(_answers(), documents=(SUBSIDY, OTHER))
        self.may_end = threading.Event()

    def stream(self, question: str, **asked: Any) -> Iterator[Answer]:
        whole = self.ask(question, **asked)
        yield replace(whole, trace=replace(whole.trace, generation=Generation("llm")))
        assert self.may_end.wait(60)
        yield whole


def conversation(browser: Browser, data: Path, embedder: Embedder) -> States:
    """Everything on the tab Vraag."""
    slow = Slow()
    with window(slow, data) as url, page_at(browser, url) as (page, _):
        page.get_by_text("begin met een van deze vragen").wait_for()
        yield page, "Vraag, begin"
        slow.may_answer.clear()
        page.fill(READY, HOW_MANY)
        page.press(READY, "Enter")
        page.get_by_role("button", name="Stop").wait_for()
        yield page, "Vraag, zoekt"
        slow.may_answer.set()
        page.get_by_text("Er komt meer").wait_for()
        yield page, "Vraag, antwoord groeit"
        slow.may_end.set()
        page.get_by_text("Vraag ook:").wait_for()
        yield page, "Vraag, antwoord met open bron"
        page.keyboard.press("Escape")
        yield page, "Vraag, antwoord"
        page.locator(".answer .marker").nth(2).click()
        yield page, "Vraag, bron die veranderd is"
        page.get_by_role("button", name="Ja, dit antwoord").click()
        page.get_by_role("button", name="Stuur opmerking").wait_for()
        yield page, "Vraag, oordeel met opmerking"
        page.get_by_label("Wil je er iets bij zeggen?").fill("Handig.")
        page.get_by_role("button", name="Stuur opmerking").click()
        page.get_by_text("Bedankt voor je opmerking.").wait_for()
        yield page, "Vraag, bedankt"
        page.fill(READY, "x" * 501)
        page.press(READY, "Enter")
        page.wait_for_selector(".notice:not(:empty)")
        yield page, "Vraag, te lang"
        page.get_by_role("button", name="Nieuw gesprek").click()
        page.get_by_text("Gesprekken bewaren").click()
        page.get_by_role("button", name="Wis alle gesprekken").click()
        yield page, "Vraag, eerdere gesprekken, zeker weten?"
        page.locator("#eerder [data-open]").first.click()
        page.locator(".info").get_by_text("Dit is een eerder gesprek.").wait_for()
        yield page, "Vraag, eerder gesprek"
        for question in list(slow.answers)[2:]:
            ask(page, question)
        page.get_by_role("radio", name="Mijlpalen").check(force=True)
        ask(page, HOW_MANY)
        page.get_by_role("button", name="Zoek in alles").wait_for()
        yield page, "Vraag, elk soort antwoord"
        page.get_by_role("button", name="Nieuw gesprek").click()
        page.wait_for_selector(".turn", state="detached")
        page.route("**/queue/join*", lambda route: route.abort())
        page.fill(READY, HOW_MANY)
        page.press(READY, "Enter")
        page.get_by_role("button", name="Sluit deze melding").wait_for()
        yield page, "Vraag, niet bereikbaar"
