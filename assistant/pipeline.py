"""From question to cited answer. Reads downwards.

In:  a question, the conversation before it, the day; the data folder and a model.
Out: an Answer.

    asked of the sources? → understand → put spelling right → retrieve, with other words too
    → cut into statements → weigh → prefer what is in force → enough? → word it → cite and check

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

from assistant.also import Suggester
from assistant.answering import Composed, compose
from assistant.catalogue import Catalogue
from assistant.choosing import Decision
from assistant.citations import cite
from assistant.clarify import choices, is_vague, narrowed
from assistant.clock import Clock
from assistant.comparison import side_by_side, sides_of
from assistant.double import parts_of, together
from assistant.evidence import Candidate, Evidence, weigh
from assistant.language import with_note
from assistant.matching import weight_of
from assistant.opening import open_current
from assistant.outcome import Outcome, clarification, word
from assistant.preferring import in_force
from assistant.records import Answer, Citation, Hit, Kind, Question, Status
from assistant.retrieval import HybridSearch, Reranker
from assistant.scope import refusal
from assistant.statements import Statement, milestone_statements, statements_in
from assistant.topics import Topics
from assistant.trace import Reason, Trace, Why
from assistant.tracing import traced
from assistant.understanding import Reader
from assistant.validity import editions
from assistant.within import Holds, Search, SearchWithin, anywhere
from ingest.embedding import Embedder
from ingest.index import Index
from ingest.records import Document, Span

_CACHED = 64  # documents kept in memory
_PASSAGES = 12  # passages whose statements are weighed


class Assistant:
    """Answers questions from one generation of the index."""

    def __init__(
        self,
        index: Index,
        embedder: Embedder,
        generation: int,
        reranker: Reranker | None = None,
    ) -> None:
        """Answer from `index`, opened at `generation`, made with `embedder`."""
        self._index = index
        self._embedder = embedder
        self._retrieval: Search = HybridSearch(index, embedder, reranker=reranker)
        self._holds: Holds = anywhere
        self._reader = Reader(index)
        self._total = index.lexical.count()
        self._editions = editions(index.library.headers(), index.library.sketches())
        self._documents = functools.lru_cache(maxsize=_CACHED)(index.library.document)
        self.suggester = Suggester(self.ask, self._documents, index.library)
        self.topics = Topics(index.library, index.lexical)
        self.catalogue = Catalogue(index.library, self._documents, generation)
        self.generation = generation

    @classmethod
    def open(cls, data: Path, embedder: Embedder, reranker: Reranker | None = None) -> Self:
        """Open the generation that answers now.

        Raises:
            IndexMissingError: If no index was made yet.
            IndexBrokenError: If it cannot be opened.
            ModelError: If it was made with another model.
        """
        number, index = open_current(data, embedder)
        return cls(index, embedder, number, reranker)

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
        clock = Clock()
        line = refusal(question)
        if line is not None:
            return self._unasked(question, line)
        with clock.stage("understand"):
            asked = self.understand(question, history, today)
        with clock.stage("retrieve"):
            hits = self._retrieval.search(asked.standalone, _PASSAGES)
        topics = choices(asked, hits, self._index.library.facts) if is_vague(asked) else []
        if len(topics) == 1:
            return self._narrowed(asked, topics[0], today)
        outcome = clarification(topics) if topics else self._in_parts(asked, clock)
        if outcome is None:
            with clock.stage("weigh"):
                evidence = self.evidence(asked, hits)
            with clock.stage("answer"):
                outcome = word(asked, evidence)
        return Answer(
            question=question,
            standalone_question=asked.standalone,
            status=outcome.status,
            text=with_note(question, outcome.status, outcome.text),
            citations=outcome.citations,
            hits=tuple(hits),
            timings_ms=clock.timings_ms,
            generation=self.generation,
            trace=self._trace(asked, hits, outcome.decision, outcome.citations, outcome.parts),
            notes=self._editions.notes(outcome.rests_on, asked.today),
        )

    def _narrowed(self, question: Question, topic: str, today: date | None) -> Answer:
        """Answer a vague question as one about the only topic that it may have."""
        answer = self.ask(narrowed(question, topic), today=today)
        read = answer.trace.question or question
        asked = replace(
            read, text=question.text, language=question.language, corrected=question.corrected
        )
        return replace(answer, question=question.text, trace=replace(answer.trace, question=asked))

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

    def _in_parts(self, question: Question, clock: Clock) -> Outcome | None:
        """Return the answer to a question that compares or asks two things, from two answers."""
        sides = sides_of(question.standalone) if question.kind is Kind.COMPARISON else None
        asked = sides or parts_of(question.standalone)
        if asked is None:
            return None
        with clock.stage("parts"):
            answered = [self._part(part, question.today, is_side=bool(sides)) for part in asked]
            composed = [answer for _, _, answer in answered]
            status, lines = side_by_side(sides, composed) if sides else together(composed)
            text, citations = cite(lines)
        if not citations:
            return None
        parts = tuple(
            self._trace(part, hits, answer.decision, citations) for part, hits, answer in answered
        )
        reason = Reason.COMPARED if sides else Reason.IN_PARTS
        return Outcome(status, text, citations, Decision(reason), parts)

    def _part(
        self, question: str, today: date, *, is_side: bool
    ) -> tuple[Question, list[Hit], Composed]:
        asked = self.understand(question, today=today)
        hits = self._retrieval.search(asked.standalone, _PASSAGES)
        evidence = self.evidence(asked, hits)
        if is_side:  # what opens a list says little of one side without the list
            evidence = [e for e in evidence if not e.statement.text.endswith(":")]
        return asked, hits, compose(asked, evidence)

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

    def evidence(self, question: Question, hits: Sequence[Hit]) -> list[Evidence]:
        """Return what the passages found say as evidence, best first."""
        statements = list(self._statements(hits))
        if question.kind is Kind.TIMELINE:
            statements += self._other_milestones(hits)
        statements = [s for s in statements if self._holds(s.document.id, s.span.start)]
        if not statements:
            return []
        vectors = self._embedder.embed_passages([_quote(statement) for statement in statements])
        similarity = vectors @ self._embedder.embed_query(question.standalone)
        frequency = {t.surface: self._index.lexical.passage_frequency(t) for t in question.terms}
        weights = {
            t.surface: weight_of(t, frequency[t.surface], self._total) for t in question.terms
        }
        unknown = frozenset(t for t in question.terms if not frequency[t.surface])
        candidates = [
            Candidate(statement, float(close), _standing(statement, hits), unknown)
            for statement, close in zip(statements, similarity, strict=True)
        ]
        return in_force(question, weigh(question, candidates, weights), self._editions)

    def _statements(self, hits: Sequence[Hit]) -> Iterator[Statement]:
        spans: dict[str, list[Span]] = {}
        for hit in hits:
            passage = hit.passage
            spans.setdefault(passage.document_id, []).append(Span(passage.start, passage.end))
        for document_id, found in spans.items():
            document = self.document(document_id)
            milestones = self._index.library.milestones(document_id)
            yield from milestone_statements(document, milestones)
            yield from statements_in(document, found, milestones)

    def _other_milestones(self, hits: Sequence[Hit]) -> Iterator[Statement]:
        """Yield the milestones of documents that were not found: a timeline is of them all."""
        found = {hit.passage.document_id for hit in hits}
        for document_id, milestones in self._index.library.all_milestones().items():
            if document_id not in found:
                yield from milestone_statements(self.document(document_id), milestones)


def _quote(statement: Statement) -> str:
    return statement.document.text[statement.quoted.start : statement.quoted.end]


def _standing(statement: Statement, hits: Sequence[Hit]) -> float:
    """Return the score of the passage that a statement is in, as a share of the best."""
    holding = (
        hit.score
        for hit in hits
        if hit.passage.document_id == statement.document.id
        and hit.passage.start <= statement.span.start < hit.passage.end
    )
    return next(holding, 0.0) / hits[0].score if hits[0].score > 0 else 0.0
