"""Gather what the passages that were found say, as evidence.

In:  a Question and its Hits; an open index, its model, its documents, and which are in force.
Out: Evidence, best first, what is in force before what is not.

Knows nothing of how passages are found, of thresholds, or of wording.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from assistant.evidence import Candidate, Evidence, weigh
from assistant.matching import weight_of
from assistant.preferring import in_force
from assistant.records import Hit, Kind, Question
from assistant.statements import Statement, milestone_statements, statements_in
from assistant.validity import Editions
from ingest.embedding import Embedder
from ingest.index import Index
from ingest.records import Document, Span


class Gatherer:
    """Weighs what passages of one index say."""

    def __init__(
        self,
        index: Index,
        embedder: Embedder,
        documents: Callable[[str], Document],
        editions: Editions,
    ) -> None:
        """Weigh with the words of `index` and the vectors of `embedder`.

        Args:
            index: An open generation.
            embedder: The model that it was made with.
            documents: Gives a document by its id.
            editions: Which documents are in force.
        """
        self._index = index
        self._embedder = embedder
        self._documents = documents
        self._editions = editions
        self._total = index.lexical.count()

    def evidence(self, question: Question, hits: Sequence[Hit]) -> list[Evidence]:
        """Return what the passages found say as evidence, best first."""
        statements = list(self._statements(hits))
        if question.kind is Kind.TIMELINE:
            statements += self._other_milestones(hits)
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
            document = self._documents(document_id)
            milestones = self._index.library.milestones(document_id)
            yield from milestone_statements(document, milestones)
            yield from statements_in(document, found, milestones)

    def _other_milestones(self, hits: Sequence[Hit]) -> Iterator[Statement]:
        """Yield the milestones of documents that were not found: a timeline is of them all."""
        found = {hit.passage.document_id for hit in hits}
        for document_id, milestones in self._index.library.all_milestones().items():
            if document_id not in found:
                yield from milestone_statements(self._documents(document_id), milestones)


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
