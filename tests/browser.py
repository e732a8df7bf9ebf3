"""Help tests look at the window as a user does: a stand-in assistant, a server, a browser.

In:  an assistant.
Out: the address of a window that listens; a Chromium page; every address that page asked for.

Knows nothing of what a test expects.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from assistant.calendar import Happening, happenings
from assistant.catalogue import Collection, Listing
from assistant.records import Answer, Citation, Status
from assistant.trace import Reason, Trace, Why
from assistant.validity import dating_of
from ingest.errors import DocumentMissingError
from ingest.milestones import find_milestones
from ingest.records import Block, BlockKind, Document
from ui.app import build_app, listen, web_server
from ui.feedback import Feedback

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

READY = "#vraag textarea"


def document(name: str, title: str, *parts: str, **metadata: str) -> Document:
    """Return a document with a heading and a paragraph for each further part."""
    text, blocks = "", []
    for number, part in enumerate((title, *parts)):
        text += "\n\n" if text else ""
        kind = BlockKind.PARAGRAPH if number else BlockKind.HEADING
        blocks.append(Block(kind, len(text), len(text) + len(part), level=0 if number else 1))
        text += part
    return Document(name, title, text, tuple(blocks), f"{name}.md", metadata)


def citation(number: int, source: Document, quote: str) -> Citation:
    """Return the citation of the first place where `source` says `quote`."""
    start = source.text.index(quote)
    return Citation(
        number, source.id, source.title, source.source, source.metadata.get("url"),
        (source.title,), None, quote, start, start + len(quote), dating_of(source.metadata),
    )  # fmt: skip


def answer(text: str, *citations: Citation, status: Status = Status.ANSWERED) -> Answer:
    """Return an answer to a question that is still to be filled in."""
    return Answer("", "", status, text, citations, (), {}, 1, Trace(Why(Reason.ENOUGH)))


SUBSIDY = document(
    "subsidie", "Subsidie voor coalities",
    "De regeling bestaat sinds 2023. Er zijn 12 coalities gevormd. Samen maken zij plannen.",
    publisher="Nederlands Jeugdinstituut", date="2026-03-03", url="https://www.nji.nl/subsidie",
)  # fmt: skip
REFUSAL = "Dat staat niet in de bronnen. Dit komt het dichtst in de buurt:"
HOW_MANY = "Hoeveel coalities zijn er?"
SINCE = "Sinds wanneer bestaat de regeling?"


@dataclass
class StandIn:
    """An assistant that knows its answers by heart; other questions it refuses.

    Attributes:
        answers: Answers by question; an exception is raised instead of answered.
        documents: Its documents.
        asked: What it was asked, with the questions before it.
        pause: Seconds to think.
    """

    answers: dict[str, Answer | Exception]
    documents: Sequence[Document] = (SUBSIDY,)
    asked: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    pause: float = 0.0

    def ask(
        self, question: str, *, history: Sequence[str] = (), today: date | None = None
    ) -> Answer:
        """Answer by heart."""
        self.asked.append((question, tuple(history)))
        time.sleep(self.pause)
        nearest = citation(1, self.documents[0], self.documents[0].text.split("\n\n")[-1])
        words = f"{REFUSAL}\n- {nearest.quote} [1]"
        known = self.answers.get(question, answer(words, nearest, status=Status.NOT_FOUND))
        if isinstance(known, Exception):
            raise known
        standalone = known.standalone_question or question
        return replace(known, question=question, standalone_question=standalone)

    def stream(
        self, question: str, *, history: Sequence[str] = (), today: date | None = None
    ) -> Iterator[Answer]:
        """Answer by heart, at once."""
        yield self.ask(question, history=history, today=today)

    def plain(self, question: str) -> Answer:
        """Answer by heart."""
        return self.ask(question)

    def examples(self) -> tuple[str, ...]:
        """Return its first two questions."""
        return tuple(self.answers)[:2]

    def also(self, cited: Sequence[Citation], asked: Sequence[str]) -> tuple[str, ...]:
        """Return what it can be asked and was not."""
        return tuple(question for question in self.answers if question not in asked)

    def happenings(self) -> tuple[Happening, ...]:
        """Return the milestones of its documents."""
        return happenings((one, find_milestones(one)) for one in self.documents)

    def collection(self) -> Collection:
        """Return its documents."""
        listings = tuple(Listing(one.id, one.title, one.source, 1) for one in self.documents)
        return Collection(listings, 1, "2026-03-04T10:00:00+00:00", "static:0123")

    def document(self, document_id: str) -> Document:
        """Return one of its documents."""
        for known in self.documents:
            if known.id == document_id:
                return known
        raise DocumentMissingError("Dit document staat niet in de index.", "Maak hem opnieuw.")


def stand_in(**more: Answer | Exception) -> StandIn:
    """Return an assistant with two answers, and `more` by question."""
    twelve = citation(1, SUBSIDY, "Er zijn 12 coalities gevormd.")
    since = citation(2, SUBSIDY, "De regeling bestaat sinds 2023.")
    return StandIn({
        HOW_MANY: answer("Er zijn 12 coalities gevormd. [1] Dat begon in 2023. [2]", twelve, since),
        SINCE: answer("Sinds 2023. [2]", since),
        **more,
    })  # fmt: skip


@contextmanager
def window(assistant: Any, data: Path | None = None) -> Generator[str]:
    """Let a window listen on a free port and yield its address; judgements go to `data`."""
    with tempfile.TemporaryDirectory() as folder, listen("127.0.0.1", 0) as line:
        server = web_server(build_app(assistant, Feedback(data or Path(folder))))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [line]}, daemon=True)
        thread.start()
        until = time.monotonic() + 30
        while not server.started:
            assert thread.is_alive() and time.monotonic() < until, "the window does not start"
            time.sleep(0.02)
        yield f"http://127.0.0.1:{line.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


@contextmanager
def chromium() -> Generator[Browser]:
    """Yield Chromium, or skip the test where there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("Chromium staat niet op deze computer; de browsertest kan niet draaien.")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def page_at(
    browser: Browser,
    address: str,
    *,
    width: int = 1280,
    height: int = 800,
    **options: Any,
) -> Generator[tuple[Page, list[str]]]:
    """Yield a page on the window, and the list of what it asks for and complains about."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="nl-NL", **options
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    heard: list[str] = []
    page.on("request", lambda request: heard.append(request.url))
    page.on("pageerror", lambda error: heard.append(f"error:{error}"))
    page.on("console", lambda said: _note_error(said.type, said.text, heard))
    with page.expect_request("**/heartbeat/**"):  # Gradio's last step of starting
        page.goto(address)
    page.wait_for_selector(READY)
    yield page, heard
    context.close()


def _note_error(kind: str, text: str, heard: list[str]) -> None:
    if kind == "error":
        heard.append(f"error:{text}")


def ask(page: Page, question: str) -> None:
    """Type a question, press Enter, and wait until no answer is on its way."""
    before = page.locator(".turn").count()
    page.fill(READY, question)
    page.press(READY, "Enter")
    page.wait_for_function(
        "count => document.querySelectorAll('.turn').length > count"
        " && !document.querySelector('.waiting')",
        arg=before,
    )


def watch_connections() -> Callable[[], list[str]]:
    """Note every connection of this process; return what reads the ones that leave the machine."""
    seen: list[str] = []

    def note(event: str, details: tuple[Any, ...]) -> None:
        if event == "socket.connect" and isinstance(details[1], tuple):
            seen.append(str(details[1][0]))

    sys.addaudithook(note)
    return lambda: [host for host in seen if host not in {"127.0.0.1", "::1", "localhost"}]
