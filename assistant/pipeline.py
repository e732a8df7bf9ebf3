"""From question to cited answer. Reads downwards.

In:  a question, the conversation before it, the day; the data folder and a model.
Out: an Answer.

    asked of the sources? → understand → put spelling right → retrieve, with other words too
    → cut into statements → weigh → prefer what is in force → enough? → word it → cite and check

Knows nothing of screens.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence
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
from assistant.evidence import Evidence
from assistant.gathering import Gatherer
from assistant.language import with_note
from assistant.outcome import Outcome, clarification, word
from assistant.records import Answer, Citation, Hit, Kind, Question, Status
from assistant.retrieval import HybridSearch, Reranker
from assistant.scope import refusal
from assistant.suggestions import suggestions
from assistant.trace import Reason, Trace, Why
from assistant.tracing import traced
from assistant.understanding import Reader
from assistant.validity import editions
from ingest import generations
from ingest.embedding import Embedder
from ingest.errors import ModelError, WegwijsError
from ingest.index import Index
from ingest.previous import recipe_of
from ingest.records import Document

_EXAMPLES = 3  # questions offered to a new user
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
        self._retrieval = HybridSearch(index, embedder, reranker=reranker)
        self._reader = Reader(index)
        self._editions = editions(index.library.headers(), index.library.sketches())
        self._documents = functools.lru_cache(maxsize=_CACHED)(index.library.document)
        self._gatherer = Gatherer(index, embedder, self._documents, self._editions)
        self.suggester = Suggester(self.ask, self._documents, index.library.milestones)
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
        number, index = _open_current(data)
        recipe = index.library.settings().get("recipe", "")
        if recipe != recipe_of(embedder):
            index.close()
            is_same_model = recipe.split("/", 2)[-1] == embedder.fingerprint
            other = "een andere versie van Wegwijs" if is_same_model else "een ander taalmodel"
            raise ModelError(
                f"De index is met {other} gemaakt.", "Maak hem opnieuw met: wegwijs ingest"
            )
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

    def examples(self) -> tuple[str, ...]:
        """Return questions that the index answers, of different kinds."""
        documents = (self.document(entry) for entry in self._index.library.manifest())
        milestones = self._index.library.milestones
        answered = (
            question
            for question in suggestions(documents, milestones)
            if self.ask(question).status is Status.ANSWERED
        )
        return tuple(itertools.islice(answered, _EXAMPLES))

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
        return self._gatherer.evidence(question, hits)


def _open_current(data: Path) -> tuple[int, Index]:
    """Open the generation that answers, also when another takes its place meanwhile.

    Raises:
        WegwijsError: If it cannot be opened.
    """
    while True:
        number = generations.current(data)
        try:
            return number, Index.open(generations.generation_folder(data, number))
        except WegwijsError:
            if generations.current(data) == number:
                raise
