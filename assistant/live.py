"""Answer from the newest generation, also when it changes while the app runs.

In:  the data folder and a model.
Out: the same answers as an Assistant; a question is answered by one generation from start to
     end, and the next one by whatever is current by then. A generation that is taken away
     while it answers leaves no error: its question goes to the one that is current. Before the
     first one is made, a question is an error, and after that it is answered.

Knows nothing of how answers are made, or of screens.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
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
from assistant.topics import Topic
from ingest import generations
from ingest.embedding import Embedder
from ingest.errors import IndexMissingError
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
        """Open what is current, if anything is.

        Raises:
            WegwijsError: As `Assistant.open`, but for an index that is not made yet.
        """
        self._data = data
        self._embedder = embedder
        self._reranker = reranker
        self._aids = aids
        self._lock = threading.Lock()
        self._users: dict[Assistant, int] = {}
        self._newest: Assistant | None = None
        with contextlib.suppress(IndexMissingError), self._current():
            pass

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        today: date | None = None,
        topic: str = "",
    ) -> Answer:
        """Answer a question, from one topic or from everything; see `Assistant.ask`."""
        *_, last = self.stream(question, history=history, today=today, topic=topic)
        return last

    def stream(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        today: date | None = None,
        topic: str = "",
    ) -> Iterator[Answer]:
        """Yield an answer while it grows; see `Assistant.stream`.

        Without a language model the same question is answered once a day and generation.
        """
        if self._aids == NO_AIDS:
            key = (question, tuple(history), today or date.today(), topic)
            yield self._by_newest(lambda one: self._once(one, *key))
            return
        while True:
            with self._current() as assistant:
                try:
                    limited = assistant.within(topic)
                    for answer in limited.stream(question, history=history, today=today):
                        yield assistant.topics.told(answer, topic)
                    return
                except Exception:
                    if generations.current(self._data) == assistant.generation:
                        raise

    def _once(
        self, one: Assistant, question: str, history: tuple[str, ...], today: date, topic: str
    ) -> Answer:
        def answer() -> Answer:
            found = one.within(topic).ask(question, history=history, today=today)
            return one.topics.told(found, topic)

        # Of what was asked before, only what the question takes from it makes a difference.
        key = question, one.standalone(question, history), today, topic
        return one.answered.recall(key, answer)

    def plain(self, question: str) -> Answer:
        """Answer a question without any language model; see `Assistant.plain`."""
        return self._by_newest(lambda one: one.plain(question))

    def search(self, query: str, limit: int = 10, *, topic: str = "") -> list[Hit]:
        """Return the passages found for a query, best first."""
        return self._by_newest(lambda one: one.within(topic).search(query, limit))

    def topics(self) -> tuple[Topic, ...]:
        """Return the topics of the index that a question can be limited to."""
        return self._by_newest(lambda one: one.topics.all())

    def document(self, document_id: str) -> Document:
        """Return a document as stored; see `Assistant.document`."""
        return self._by_newest(lambda one: one.document(document_id))

    def examples(self) -> tuple[str, ...]:
        """Return questions that the index answers."""
        return self._by_newest(lambda one: one.suggester.examples())

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

    def held(self) -> contextlib.AbstractContextManager[Assistant]:
        """Lend the newest assistant, for several questions to one generation."""
        return self._current()

    def _by_newest(self, work: Callable[[Assistant], _Result]) -> _Result:
        while True:
            with self._current() as assistant:
                try:
                    return work(assistant)
                except Exception:
                    if generations.current(self._data) == assistant.generation:
                        raise

    @contextlib.contextmanager
    def _current(self) -> Generator[Assistant]:
        """Lend the newest assistant; the one before it closes when its last question is done."""
        with self._lock:
            before, number = self._newest, generations.current(self._data)
            assistant = before
            if assistant is None or number != assistant.generation:
                assistant = Assistant.open(self._data, self._embedder, self._reranker, self._aids)
                self._newest = assistant
                if before is not None and not self._users.get(before):
                    self._users.pop(before, None)
                    before.close()
            self._users[assistant] = self._users.get(assistant, 0) + 1
        try:
            yield assistant
        finally:
            with self._lock:
                self._users[assistant] -= 1
                if not self._users[assistant] and assistant is not self._newest:
                    del self._users[assistant]
                    assistant.close()
