"""Answer from the newest generation, also when it changes while the app runs.

In:  the data folder and a model.
Out: the same answers as an Assistant; a question is answered by one generation from start to
     end, and the next one by whatever is current by then. A generation that is taken away
     while it answers leaves no error: its question goes to the one that is current.

Knows nothing of how answers are made, or of screens.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from assistant.aids import NO_AIDS, Aids
from assistant.calendar import Happening
from assistant.catalogue import Collection
from assistant.pipeline import Assistant
from assistant.records import Answer, Citation, Hit
from assistant.retrieval import Reranker
from ingest import generations
from ingest.embedding import Embedder
from ingest.records import Document

_Result = TypeVar("_Result")


class LiveAssistant:
    """An Assistant that follows the CURRENT pointer; safe to use from several threads."""

    def __init__(
        self,
        data: Path,
        embedder: Embedder,
        reranker: Reranker | None = None,
        aids: Aids = NO_AIDS,
    ) -> None:
        """Open what is current.

        Raises:
            WegwijsError: As `Assistant.open`.
        """
        self._data = data
        self._embedder = embedder
        self._reranker = reranker
        self._aids = aids
        self._lock = threading.Lock()
        self._users: dict[Assistant, int] = {}
        self._newest = Assistant.open(data, embedder, reranker, aids)

    def ask(
        self, question: str, *, history: Sequence[str] = (), today: date | None = None
    ) -> Answer:
        """Answer a question; see `Assistant.ask`."""
        return self._by_newest(lambda one: one.ask(question, history=history, today=today))

    def stream(
        self, question: str, *, history: Sequence[str] = (), today: date | None = None
    ) -> Iterator[Answer]:
        """Yield an answer while it grows; see `Assistant.stream`."""
        while True:
            with self._current() as assistant:
                try:
                    yield from assistant.stream(question, history=history, today=today)
                    return
                except Exception:
                    if generations.current(self._data) == assistant.generation:
                        raise

    def plain(self, question: str) -> Answer:
        """Answer a question without any language model; see `Assistant.plain`."""
        return self._by_newest(lambda one: one.plain(question))

    def search(self, query: str, limit: int = 10) -> list[Hit]:
        """Return the passages found for a query, best first."""
        return self._by_newest(lambda one: one.search(query, limit))

    def document(self, document_id: str) -> Document:
        """Return a document as stored; see `Assistant.document`."""
        return self._by_newest(lambda one: one.document(document_id))

    def examples(self) -> tuple[str, ...]:
        """Return questions that the index answers."""
        return self._by_newest(lambda one: one.examples())

    def also(self, cited: Sequence[Citation], asked: Sequence[str]) -> tuple[str, ...]:
        """Return questions to ask next; see `Suggester.also`."""
        return self._by_newest(lambda one: one.suggester.also(cited, asked))

    def happenings(self) -> tuple[Happening, ...]:
        """Return the milestones of the index in order of time."""
        return self._by_newest(lambda one: one.catalogue.happenings())

    def collection(self) -> Collection:
        """Return what documents the index holds, how it was made, and which model helps."""
        found = self._by_newest(lambda one: one.catalogue.collection())
        return replace(found, llm=self._aids.name, llm_host=self._aids.host)

    def _by_newest(self, work: Callable[[Assistant], _Result]) -> _Result:
        while True:
            with self._current() as assistant:
                try:
                    return work(assistant)
                except Exception:
                    if generations.current(self._data) == assistant.generation:
                        raise

    @contextmanager
    def _current(self) -> Generator[Assistant]:
        """Lend the newest assistant; the one before it closes when its last question is done."""
        with self._lock:
            if generations.current(self._data) != self._newest.generation:
                before = self._newest
                self._newest = Assistant.open(
                    self._data, self._embedder, self._reranker, self._aids
                )
                if not self._users.get(before):
                    self._users.pop(before, None)
                    before.close()
            assistant = self._newest
            self._users[assistant] = self._users.get(assistant, 0) + 1
        try:
            yield assistant
        finally:
            with self._lock:
                self._users[assistant] -= 1
                if not self._users[assistant] and assistant is not self._newest:
                    del self._users[assistant]
                    assistant.close()
