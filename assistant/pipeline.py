"""From question to cited answer. Reads downwards.

In:  a question, the conversation before it, the day; the data folder and a model.
Out: an Answer.

    asked of the sources? → understand → put spelling right → retrieve, with other words too
    → cut into statements → weigh → prefer what is in force → enough? → word it → cite and check
    → on demand: let a language model word it too, and keep of that what passes the same check

Knows nothing of screens.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Self

from assistant.aids import NO_AIDS, Aids, Draft, Helper, may_write, worded
from assistant.also import Suggester
from assistant.catalogue import Catalogue
from assistant.choosing import Decision
from assistant.clarify import choices, is_vague, narrowed
from assistant.clock import Clock
from assistant.evidence import Evidence
from assistant.expansion import Expander
from assistant.gathering import Gatherer
from assistant.generation import note_of
from assistant.language import with_note
from assistant.opening import open_current
from assistant.outcome import Found, clarification, word
from assistant.parts import Looked, in_parts
from assistant.records import Answer, Citation, Hit, Question, Status
from assistant.remembering import Memory
from assistant.retrieval import HybridSearch, Reranker, joined
from assistant.scope import refusal
from assistant.topics import Topics
from assistant.trace import Reason, Trace, Why
from assistant.tracing import traced
from assistant.understanding import Reader
from assistant.validity import editions
from assistant.within import Holds, Search, SearchWithin, anywhere
from ingest.embedding import Embedder
from ingest.index import Index
from ingest.records import Document

_CACHED = 64  # documents kept in memory
_REMEMBERED = 1000  # answers, some 12 kB each
_PASSAGES = 12  # passages whose statements are weighed
_FEW = 3  # passages that another wording may add


class Assistant:
    """Answers questions from one generation of the index."""

    def __init__(
        self,
        index: Index,
        embedder: Embedder,
        generation: int,
        reranker: Reranker | None = None,
        aids: Aids = NO_AIDS,
    ) -> None:
        """Answer from `index`, opened at `generation`, made with `embedder`."""
        self._index = index
        self._aids = aids
        expander = Expander(index.library.vocabulary)
        self._retrieval: Search = HybridSearch(
            index, embedder, reranker=reranker, expander=expander
        )
        self._holds: Holds = anywhere
        self._reader = Reader(index, expander)
        self._editions = editions(index.library.headers(), index.library.sketches())
        self._documents = functools.lru_cache(maxsize=_CACHED)(index.library.document)
        self._gatherer = Gatherer(index, embedder, self._documents, self._editions)
        self.suggester = Suggester(self.plain, self._documents, index.library)
        self.topics = Topics(index.library, index.lexical)
        self.catalogue = Catalogue(index.library, self._documents, generation)
        self.generation = generation
        self.answered = Memory[Answer](_REMEMBERED)  # goes with the generation that gave them

    @classmethod
    def open(
        cls,
        data: Path,
        embedder: Embedder,
        reranker: Reranker | None = None,
        aids: Aids = NO_AIDS,
    ) -> Self:
        """Open the generation that answers now.

        Raises:
            IndexMissingError: If no index was made yet.
            IndexBrokenError: If it cannot be opened.
            ModelError: If it was made with another model.
        """
        number, index = open_current(data, embedder)
        return cls(index, embedder, number, reranker, aids)

    def close(self) -> None:
        """Let go of the index."""
        self._index.close()

    def search(self, query: str, limit: int = 10) -> list[Hit]:
        """Return the passages found for `query`, best first."""
        return self._retrieval.search(self._reader.correct(query), limit)

    def document(self, document_id: str) -> Document:
        """Return a document as stored.

        Raises:
            DocumentMissingError: If it is not in the index.
        """
        return self._documents(document_id)

    def within(self, topic: str) -> Self:
        """Return this assistant, limited to the passages of a topic; "" is all of them.

        Raises:
            UsageError: If there is no such topic.
        """
        if not topic:
            return self
        limited = copy.copy(self)
        limited._holds = self.topics.holding(self.topics.named(topic))
        limited._retrieval = SearchWithin(self._retrieval, limited._holds)
        return limited

    def ask(
        self, question: str, *, history: Sequence[str] = (), today: date | None = None
    ) -> Answer:
        """Answer a question.

        Args:
            question: What the user asks.
            history: The user's earlier questions, oldest first.
            today: The day of asking; the machine's own date when left out.
        """
        *_, last = self.stream(question, history=history, today=today)
        return last

    def stream(
        self, question: str, *, history: Sequence[str] = (), today: date | None = None
    ) -> Iterator[Answer]:
        """Yield the answer to a question while it grows; the last one is `ask`'s.

        Without a language model, and for what none may word, there is one.
        """
        if (line := refusal(question)) is not None:
            yield self._unasked(question, line)
            return
        found = self._find(question, history, today, self._aids.helper)
        writer = self._aids.writer
        if writer is None or not may_write(found.asked, found.outcome):
            yield self._answer(found)
            return
        drafts = writer.write(found.asked, found.evidence, found.hits)
        with found.clock.stage("generate"):
            for draft in drafts:
                yield self._answer(found, draft)
        yield self._answer(found, draft)

    def plain(self, question: str) -> Answer:
        """Answer a question without any language model."""
        if (line := refusal(question)) is not None:
            return self._unasked(question, line)
        return self._answer(self._find(question, (), None))

    def _find(
        self,
        question: str,
        history: Sequence[str],
        today: date | None,
        helper: Helper | None = None,
    ) -> Found:
        """Find what answers a question, and word it without a language model."""
        clock = Clock()
        with clock.stage("understand"):
            asked = self._read(question, history, today, helper)
        with clock.stage("retrieve"):
            hits = self._retrieval.search(asked.standalone, _PASSAGES)
        if helper is not None:
            with clock.stage("wordings"):
                others = helper.wordings(asked.standalone)
                hits = joined(hits, [self._retrieval.search(other, _FEW) for other in others])
        topics = choices(asked, hits, self._index.library.facts) if is_vague(asked) else []
        if len(topics) == 1:
            return self._narrowed(asked, topics[0], today)
        outcome = (
            clarification(topics) if topics else in_parts(asked, self._look, self._trace, clock)
        )
        evidence: list[Evidence] = []
        if outcome is None:
            with clock.stage("weigh"):
                evidence = self.evidence(asked, hits)
            with clock.stage("answer"):
                outcome = word(asked, evidence)
        return Found(question, question, asked, hits, evidence, outcome, clock)

    def _read(
        self, text: str, history: Sequence[str], today: date | None, helper: Helper | None
    ) -> Question:
        """Read a question; what follows up on another with the helper, if that does."""
        alone = helper.standalone(text, history) if helper is not None and history else None
        if alone is None:
            return self.understand(text, history, today)
        return replace(self.understand(alone, today=today), text=text)

    def _narrowed(self, question: Question, topic: str, today: date | None) -> Found:
        """Find what answers a vague question as one about the only topic that it may have."""
        found = self._find(narrowed(question, topic), (), today)
        asked = replace(
            found.asked,
            text=question.text,
            language=question.language,
            corrected=question.corrected,
        )
        return replace(found, question=question.text, asked=asked)

    def _answer(self, found: Found, draft: Draft | None = None) -> Answer:
        outcome = worded(found.outcome, draft) if draft is not None else found.outcome
        asked, generation = found.asked, draft.generation if draft is not None else None
        trace = self._trace(asked, found.hits, outcome.decision, outcome.citations, outcome.parts)
        failed = [note_of(generation.failure)] if generation and generation.failure else []
        return Answer(
            question=found.question,
            standalone_question=asked.standalone,
            status=outcome.status,
            text=with_note(found.searched, outcome.status, outcome.text),
            citations=outcome.citations,
            hits=tuple(found.hits),
            timings_ms=dict(found.clock.timings_ms),
            generation=self.generation,
            trace=replace(trace, generation=generation),
            notes=(*self._editions.notes(outcome.rests_on, asked.today), *failed),
        )

    def _trace(
        self,
        question: Question,
        hits: Sequence[Hit],
        decision: Decision,
        citations: Sequence[Citation],
        parts: Sequence[Trace] = (),
    ) -> Trace:
        frequency = self._index.lexical.passage_frequency
        unknown = [term for term in question.terms if not frequency(term)]
        return traced(question, hits, decision, citations, unknown, parts)

    def _look(self, question: str, today: date) -> Looked:
        """Look for one of the things that a question asks."""
        asked = self.understand(question, today=today)
        hits = self._retrieval.search(asked.standalone, _PASSAGES)
        return asked, hits, self.evidence(asked, hits)

    def _unasked(self, question: str, line: str) -> Answer:
        """Return `line` as the answer to what asks nothing of the sources."""
        status = Status.OUT_OF_SCOPE
        text = with_note(question, status, line)
        trace = Trace(Why(Reason.OUT_OF_SCOPE))
        return Answer(question, question, status, text, (), (), {}, self.generation, trace)

    def understand(
        self, text: str, history: Sequence[str] = (), today: date | None = None
    ) -> Question:
        """Read a question with the words of the index; see `Reader.understand`."""
        return self._reader.understand(text, history, today)

    def standalone(self, text: str, history: Sequence[str]) -> str:
        """Return a question as one that needs no history; see `Reader.standalone`."""
        return self._reader.standalone(text, history)

    def evidence(self, question: Question, hits: Sequence[Hit]) -> list[Evidence]:
        """Return what the passages found say as evidence, best first."""
        return self._gatherer.evidence(question, hits, self._holds)
