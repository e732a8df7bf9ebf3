"""Weigh statements as answers to a question.

In:  a Question, Statements, and how much each of its terms says.
Out: Evidence, best first: how much of the question a statement and its surroundings cover,
     and whether it holds the sort of thing that is asked for.

Knows nothing of retrieval or of how an answer is worded.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.details import lacking
from assistant.fitting import NEEDED, fits
from assistant.matching import covers, forms_of, sought
from assistant.records import Question
from assistant.statements import Statement
from ingest.analysis import Term
from ingest.records import Span

_LEARNED = Path(__file__).parent / "evidence.json"
# What a term counts for when it is matched elsewhere than in the statement itself.
_NEAR = 0.7  # in its introduction, its nearest heading or the sentence before it
_FAR = 0.5  # in a higher heading or the document's title
_AROUND = 0.6  # elsewhere in its paragraph, or in the explanation of a milestone
_PARAGRAPH = 2  # the place of that among what `_circles` returns


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement that could answer.

    Attributes:
        statement: The statement.
        similarity: Cosine similarity of it and the question.
        standing: Score of the passage that it is in, as a share of the best passage's.
        unknown: The question's terms that no passage holds.
    """

    statement: Statement
    similarity: float
    standing: float
    unknown: frozenset[Term]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A statement as an answer.

    Attributes:
        statement: The statement.
        coverage: Share of the question's weight found in it and its surroundings, 0 to 1.
        fits: How surely it holds the sort of thing that is asked for, 0 to 1.
        signs: What speaks for or against it, by name (see evidence.json); "own" is the share of
            the question found in the statement itself, "near" that in it and what it stands
            under, not what else its paragraph says.
        score: What evidence is ordered by: the log-odds that it answers, as learned.
        sufficiency: Above 0 where it is enough to answer on, as learned.
        dated_by: Span of a heading that gives the date which the statement itself lacks.
        missing: The question's terms that are nowhere near.
        lacking: Those of them that the question hangs on.
    """

    statement: Statement
    coverage: float
    fits: float
    signs: Mapping[str, float]
    score: float
    sufficiency: float
    dated_by: Span | None
    missing: tuple[Term, ...]
    lacking: frozenset[Term]


@functools.cache
def learned() -> Mapping[str, Mapping[str, float]]:
    """Return the weights of signs for ranking and for answering, from tests/learn_evidence.py."""
    weights: dict[str, dict[str, float]] = json.loads(_LEARNED.read_text(encoding="utf-8"))
    return weights


def weigh(
    question: Question, candidates: Sequence[Candidate], weights: Mapping[str, float]
) -> list[Evidence]:
    """Return the candidates as evidence, best first; ties in the order given.

    Args:
        question: The question.
        candidates: What could answer it.
        weights: How much each subject term says (`weight_of`), by surface form.
    """
    forms = sought(question.terms, question.synonyms)

    @functools.cache  # few texts differ in what is sought
    def strengths(found: frozenset[str]) -> tuple[float, ...]:
        return tuple(covers(term, question.synonyms, found) for term in question.terms)

    weighed = [
        _weigh(
            question,
            candidate,
            weights,
            [(share, strengths(found)) for share, found in _circles(candidate.statement, forms)],
        )
        for candidate in candidates
    ]
    return sorted(weighed, key=lambda evidence: -evidence.score)


def _weigh(
    question: Question,
    candidate: Candidate,
    weights: Mapping[str, float],
    circles: Sequence[tuple[float, Sequence[float]]],
) -> Evidence:
    """Weigh a candidate.

    Args:
        question: The question.
        candidate: What could answer it.
        weights: How much each subject term says.
        circles: What a match counts for in and around the statement, the statement itself first,
            with how well each term is covered there.
    """
    statement = candidate.statement
    total = sum(weights[term.surface] for term in question.terms) or 1.0
    covered = own = near = 0.0
    missing = []
    for number, term in enumerate(question.terms):
        values = [share * found[number] for share, found in circles]
        covered += weights[term.surface] * max(values)
        own += weights[term.surface] * values[0]
        near += weights[term.surface] * max(values[:_PARAGRAPH] + values[_PARAGRAPH + 1 :])
        if max(values) == 0.0:
            missing.append(term)
    found, dated_by = fits(question, statement)
    lacks = lacking(question, missing)
    is_needed = question.kind in NEEDED
    signs = {
        "coverage": covered / total,
        "own": own / total,
        "near": near / total,
        "similarity": max(candidate.similarity, 0.0),
        "holds": found if is_needed else 0.0,
        "suits": 0.0 if is_needed else found,
        "lacks": float(is_needed and not found),
        "passage": candidate.standing,
        "first": float(candidate.standing == 1.0),
        "title": float(statement.milestone is not None),
        "leans": float(statement.quoted.start < statement.span.start and not (is_needed and found)),
        "length": min(math.log1p(_words_in(statement)) / 3, 1.2),
        "specific": float(min(len(lacks), 2)),
        "absent": len(missing) / max(len(question.terms), 1),
        "terms": min(len(question.terms), 8) / 8,
        "unknown": sum(weights[t.surface] for t in missing if t in candidate.unknown) / total,
    }
    return Evidence(
        statement,
        covered / total,
        found,
        signs,
        _sum(signs, learned()["ranking"]),
        _sum(signs, learned()["answering"]),
        dated_by,
        tuple(missing),
        lacks,
    )


def _words_in(statement: Statement) -> int:
    return len(statement.document.text[statement.quoted.start : statement.quoted.end].split())


def _sum(signs: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return weights["bias"] + sum(weights.get(name, 0.0) * sign for name, sign in signs.items())


def _circles(statement: Statement, wanted: frozenset[str]) -> list[tuple[float, frozenset[str]]]:
    """Return which forms are in and around a statement, and what a match there counts for."""
    document = statement.document
    near = [span for span in (statement.lead, statement.neighbour, statement.topic) if span]
    near += statement.headings[-1:]
    block = document.blocks[statement.block]
    around = [Span(block.start, block.end)]
    if statement.milestone is not None and statement.milestone.explanation is not None:
        around.append(statement.milestone.explanation)
    far = _forms(document.text, list(statement.headings[:-1]), wanted)
    return [
        (1.0, _forms(document.text, [statement.quoted], wanted)),
        (_NEAR, _forms(document.text, near, wanted)),
        (_AROUND, _forms(document.text, around, wanted)),
        (_FAR, far | (forms_of(document.title) & wanted)),
    ]


def _forms(text: str, spans: Sequence[Span], wanted: frozenset[str]) -> frozenset[str]:
    found = (forms_of(text[span.start : span.end]) & wanted for span in spans)
    return frozenset().union(*found)
