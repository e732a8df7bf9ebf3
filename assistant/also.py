"""Think of what someone may want to ask next.

In:  what an answer cites, and what was asked before it; or nothing yet.
Out: a few questions on what stands near it, that are answered with something new; or to begin
     with.

Knows nothing of how a question is answered.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from assistant.records import Answer, Citation, Status
from assistant.suggestions import suggestions, suggestions_near
from ingest.analysis import fold
from ingest.errors import DocumentMissingError
from ingest.library import Library
from ingest.records import Document

_OFFERED = 3
_TRIED = 10  # questions that are tried at most, so that an answer does not cost many
_KEPT = 2000  # questions whose outcome is kept: the same ones come back answer after answer

Place = tuple[str, int, int]


class Suggester:
    """Questions of one index, each tried once."""

    def __init__(
        self,
        ask: Callable[[str], Answer],
        document: Callable[[str], Document],
        library: Library,
    ) -> None:
        """Suggest questions that `ask` answers, on a `document` of the `library`."""
        self._ask = ask
        self._document = document
        self._library = library
        self._milestones = library.milestones
        self._examples: tuple[str, ...] | None = None
        self._cited = functools.lru_cache(maxsize=_KEPT)(self._places)
        self._questions = functools.lru_cache(maxsize=_KEPT)(self._questions_near)

    def examples(self) -> tuple[str, ...]:
        """Return questions that the index answers, of different kinds; thought of once."""
        if self._examples is None:
            documents = (self._document(entry) for entry in self._library.manifest())
            answered = (
                question
                for question in suggestions(documents, self._milestones)
                if self._ask(question).status is Status.ANSWERED
            )
            self._examples = tuple(islice(answered, _OFFERED))
        return self._examples

    def also(self, cited: Sequence[Citation], asked: Sequence[str]) -> tuple[str, ...]:
        """Return at most three questions.

        Args:
            cited: What the last answer cites.
            asked: The questions of the conversation.
        """
        before = {fold(question) for question in asked}
        seen = {(one.document_id, one.start, one.end) for one in cited}
        found: list[str] = []
        new = (question for question in self._near(cited) if fold(question) not in before)
        for question in islice(new, _TRIED):
            places = self._cited(question)
            if places - seen:
                found.append(question)
                seen |= places
            if len(found) == _OFFERED:
                break
        return tuple(found)

    def _near(self, cited: Sequence[Citation]) -> Iterator[str]:
        first = {one.document_id: one for one in reversed(cited)}
        for one in dict.fromkeys(first[citation.document_id] for citation in cited):
            # The index may have changed since that answer.
            with contextlib.suppress(DocumentMissingError):
                yield from self._questions(one.document_id, one.start)

    def _questions_near(self, document_id: str, place: int) -> tuple[str, ...]:
        document = self._document(document_id)
        return tuple(suggestions_near(document, self._milestones(document_id), place))

    def _places(self, question: str) -> frozenset[Place]:
        """Return what the answer to a question cites; nothing when it is no whole answer."""
        answer = self._ask(question)
        if answer.status is not Status.ANSWERED:
            return frozenset()
        return frozenset((one.document_id, one.start, one.end) for one in answer.citations)
