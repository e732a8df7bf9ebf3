"""Gather what the passages that were found say, as evidence.

In:  a Question and its Hits; an open index, its model, its documents, and which are in force.
Out: Evidence, best first, what is in force before what is not.

Knows nothing of how passages are found, of thresholds, or of wording.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from assistant.cutting import Cut
from assistant.evidence import Candidate, Evidence, weigh
from assistant.matching import weight_of
from assistant.preferring import in_force
from assistant.records import Hit, Kind, Question
from assistant.selection import load_selector
from assistant.statements import Statement
from assistant.validity import Editions
from assistant.within import Holds, anywhere
from ingest.embedding import Embedder
from ingest.index import Index
from ingest.records import Document, Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

_DOCUMENTS = 64  # that are kept cut
_VECTORS = 10_000  # of texts that are kept


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
        self._selector = load_selector()
        self._cuts = functools.lru_cache(maxsize=_DOCUMENTS)(
            lambda document_id: Cut(documents(document_id), index.library.milestones(document_id))
        )
        self._vectors: dict[str, NDArray[np.float32]] = {}
        self._editions = editions
        self._total = index.lexical.count()

    def evidence(
        self, question: Question, hits: Sequence[Hit], holds: Holds = anywhere
    ) -> list[Evidence]:
        """Return what the passages found say as evidence, best first.

        Args:
            question: What is asked.
            hits: The passages.
            holds: Tells of a place in a document whether it is within reach.
        """
        statements = list(self._statements(hits))
        if question.kind is Kind.TIMELINE:
            statements += self._other_milestones(hits)
        statements = [s for s in statements if holds(s.document.id, s.span.start)]
        if not statements:
            return []
        vectors = self._embedded([_quote(statement) for statement in statements])
        similarity = vectors @ self._embedder.embed_query(question.standalone)
        readings = self._selector.log_odds(question.standalone, [_in_place(s) for s in statements])
        frequency = {t.surface: self._index.lexical.passage_frequency(t) for t in question.terms}
        weights = {
            t.surface: weight_of(t, frequency[t.surface], self._total) for t in question.terms
        }
        unknown = frozenset(t for t in question.terms if not frequency[t.surface])
        candidates = [
            Candidate(statement, float(close), float(odds), _standing(statement, hits), unknown)
            for statement, close, odds in zip(statements, similarity, readings, strict=True)
        ]
        return in_force(question, weigh(question, candidates, weights), self._editions)

    def _statements(self, hits: Sequence[Hit]) -> Iterator[Statement]:
        spans: dict[str, list[Span]] = {}
        for hit in hits:
            passage = hit.passage
            spans.setdefault(passage.document_id, []).append(Span(passage.start, passage.end))
        for document_id, found in spans.items():
            cut = self._cuts(document_id)
            yield from cut.milestones
            yield from cut.within(found)

    def _other_milestones(self, hits: Sequence[Hit]) -> Iterator[Statement]:
        """Yield the milestones of documents that were not found: a timeline is of them all."""
        found = {hit.passage.document_id for hit in hits}
        for document_id in self._index.library.all_milestones():
            if document_id not in found:
                yield from self._cuts(document_id).milestones

    def _embedded(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return their vectors, each made once: the same texts come back question after question.

        A text with the same words has the same vector in any company.
        """
        known = self._vectors if len(self._vectors) < _VECTORS else {}
        self._vectors = known  # another thread may go on with the one before
        new = list(dict.fromkeys(text for text in texts if text not in known))
        if new:
            known.update(zip(new, self._embedder.embed_passages(new), strict=True))
        return np.stack([known[text] for text in texts])


def _quote(statement: Statement) -> str:
    return statement.document.text[statement.quoted.start : statement.quoted.end]


def _in_place(statement: Statement) -> str:
    """Return a statement as it is read: under its heading, after what introduces it."""
    text = statement.document.text
    around = (*statement.headings[-1:], *([statement.lead] if statement.lead else []))
    return " ".join([*(text[span.start : span.end] for span in around), statement.text])


def _standing(statement: Statement, hits: Sequence[Hit]) -> float:
    """Return the score of the passage that a statement is in, as a share of the best."""
    holding = (
        hit.score
        for hit in hits
        if hit.passage.document_id == statement.document.id
        and hit.passage.start <= statement.span.start < hit.passage.end
    )
    return next(holding, 0.0) / hits[0].score if hits[0].score > 0 else 0.0
