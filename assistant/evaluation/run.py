"""Ask a set of questions and note what came of each.

In:  Cases, and whoever answers them.
Out: a Run.

Knows nothing of metrics.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol

from assistant.evaluation.matching import holding, spans_of
from assistant.evaluation.records import Case, Cited, Found, Outcome, Run
from assistant.records import Answer, Citation, Hit
from ingest.errors import DocumentMissingError
from ingest.progress import Listener, Stage, Step, silent
from ingest.records import Document, Passage, Span
from ingest.splitting import split

_SHOWN = 300  # characters of a passage that are kept


class Answers(Protocol):
    """Who answers: an `Assistant`, or in a test one that does it badly on purpose."""

    def ask(self, question: str, *, history: Sequence[str], today: date | None) -> Answer:
        """Answer a question; see `Assistant.ask`."""

    def document(self, document_id: str) -> Document:
        """Return a document as stored; see `Assistant.document`."""


def evaluate(
    answers: Answers,
    cases: Sequence[Case],
    *,
    today: date,
    model: str = "",
    split_name: str = "all",
    set_name: str = "",
    listener: Listener = silent,
) -> Run:
    """Ask every question once, one after the other.

    Args:
        answers: Who answers.
        cases: The questions.
        today: The day on which questions are asked that name none.
        model: The fingerprint of the embedding model, to be noted.
        split_name: Which part of the set `cases` is, to be noted.
        set_name: What the set is called, to be noted.
        listener: Is told how far it is.
    """
    library = _Library(answers)
    outcomes = []
    generation = 0
    started = time.perf_counter()
    for number, case in enumerate(cases, start=1):
        asked = time.perf_counter()
        answer = answers.ask(case.question, history=case.history, today=case.today or today)
        milliseconds = round((time.perf_counter() - asked) * 1000, 2)
        outcomes.append(_outcome(case, answer, milliseconds, library))
        generation = answer.generation
        listener(Step(Stage.ANSWERING, number, len(cases)))
    seconds = round(time.perf_counter() - started, 2)
    made = datetime.now(UTC).replace(microsecond=0)
    return Run(made, today, generation, model, split_name, seconds, tuple(outcomes), set_name)


@dataclass(frozen=True, slots=True)
class _Text:
    """A document with the passages that the index holds of it; none where it is not in."""

    document: Document | None
    passages: tuple[Passage, ...]


class _Library:
    """The documents that were looked at, each fetched and split once."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._texts: dict[str, _Text] = {}

    def text(self, document_id: str) -> _Text:
        if document_id not in self._texts:
            try:
                document = self._answers.document(document_id)
                self._texts[document_id] = _Text(document, tuple(split(document)))
            except DocumentMissingError:
                self._texts[document_id] = _Text(None, ())
        return self._texts[document_id]


def _outcome(case: Case, answer: Answer, milliseconds: float, library: _Library) -> Outcome:
    proof: dict[str, list[Span]] = {}
    relevant: set[str] = set()
    unfounded = []
    for evidence in case.evidence:
        text = library.text(evidence.document)
        spans = spans_of(evidence, text.document, text.passages) if text.document else []
        if not spans:
            unfounded.append(evidence)
        proof.setdefault(evidence.document, []).extend(spans)
        relevant |= holding(spans, text.passages)
    return Outcome(
        case=case,
        status=answer.status,
        text=answer.text,
        read_as=answer.standalone_question,
        cited=tuple(_cited(citation, proof, library) for citation in answer.citations),
        found=tuple(_found(hit, relevant) for hit in answer.hits),
        relevant=len(relevant),
        unfounded=tuple(unfounded),
        milliseconds=milliseconds,
        timings_ms=dict(answer.timings_ms),
        why=answer.trace.why,
    )


def _cited(citation: Citation, proof: dict[str, list[Span]], library: _Library) -> Cited:
    document = library.text(citation.document_id).document
    stored = document.text[citation.start : citation.end] if document else ""
    proves = any(
        span.start < citation.end and citation.start < span.end
        for span in proof.get(citation.document_id, ())
    )
    return Cited(
        citation.number,
        citation.document_id,
        " › ".join(citation.headings),
        citation.quote,
        verbatim=bool(citation.quote) and stored == citation.quote,
        proves=proves,
    )


def _found(hit: Hit, relevant: set[str]) -> Found:
    passage = hit.passage
    return Found(
        passage.document_id,
        " › ".join(passage.headings),
        passage.text[:_SHOWN],
        round(hit.score, 4),
        dict(hit.ranks),
        holds=passage.id in relevant,
    )
