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
import operator
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from assistant.details import lacking
from assistant.fitting import NEEDED, fits
from assistant.matching import covers, forms_of, sought
from assistant.records import Kind, Question
from assistant.statements import Statement
from assistant.verdicts import verdict_of
from ingest.analysis import Term
from ingest.records import Document, Span

_LEARNED = Path(__file__).parent / "evidence.json"
# What a term counts for when it is matched in the statement itself; in its introduction, its
# nearest heading or the sentence before it; elsewhere in its paragraph, or in the explanation of a
# milestone; in a higher heading or the document's title, and a name in how the document opens.
_SHARES = (1.0, 0.7, 0.6, 0.5)
_PARAGRAPH = 2  # the place of its paragraph among these
_FITS = ("holds", "defines", "suits")  # what it may be called that a statement fits
# Below this, reading tells little: what it learned from has few names and addresses.
_LEAST_READING = -1.0
_ASKS_NAME = re.compile(r"hoe\s+(?:heet|heten|heette|heetten)\b", re.I)
_OPENING = 700  # characters of a document that tell whom and which place all of it is about


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement that could answer.

    Attributes:
        statement: The statement.
        similarity: Cosine similarity of it and the question.
        reading: Log-odds that it answers, from reading it beside the question.
        standing: Score of the passage that it is in, as a share of the best passage's.
        unknown: The question's terms that no passage holds.
    """

    statement: Statement
    similarity: float
    reading: float
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
        sufficiency: Above 0 where it is sure enough to answer on, as learned.
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

    @functools.cache  # and few statements, with what is around them
    def matched(circles: tuple[frozenset[str], ...]) -> _Matched:
        return _match(question, weights, list(zip(_SHARES, map(strengths, circles), strict=True)))

    found = _Circles(forms, sought(question.named, question.synonyms))
    sign = _sign_of(question)
    weighed = [
        _weigh(question, candidate, weights, matched(found.around(candidate.statement)), sign)
        for candidate in candidates
    ]
    return sorted(weighed, key=lambda evidence: -evidence.score)


class _Matched(NamedTuple):
    """How much of a question is found in and around a statement.

    Attributes:
        covered: In the statement or anywhere around it, by weight.
        own: In the statement itself.
        near: In it and what it stands under.
        missing: The terms that are nowhere near.
        lacking: Those of them that the question hangs on.
    """

    covered: float
    own: float
    near: float
    missing: tuple[Term, ...]
    lacking: frozenset[Term]


def _match(
    question: Question,
    weights: Mapping[str, float],
    circles: Sequence[tuple[float, Sequence[float]]],
) -> _Matched:
    """Return how much of a question is found.

    Args:
        question: The question.
        weights: How much each subject term says.
        circles: What a match counts for in and around the statement, the statement itself first,
            with how well each term is covered there.
    """
    covered = own = near = 0.0
    missing = []
    for number, term in enumerate(question.terms):
        values = [share * found[number] for share, found in circles]
        covered += weights[term.surface] * max(values)
        own += weights[term.surface] * values[0]
        near += weights[term.surface] * max(values[:_PARAGRAPH] + values[_PARAGRAPH + 1 :])
        if max(values) == 0.0:
            missing.append(term)
    return _Matched(covered, own, near, tuple(missing), lacking(question, missing))


def _weigh(
    question: Question,
    candidate: Candidate,
    weights: Mapping[str, float],
    matched: _Matched,
    sign: str,
) -> Evidence:
    statement, missing = candidate.statement, matched.missing
    total = sum(weights[term.surface] for term in question.terms) or 1.0
    found, dated_by = fits(question, statement)
    is_needed = question.kind in NEEDED
    opens = statement.text.endswith(":")  # then what follows may be what is asked for
    signs = {
        "coverage": matched.covered / total,
        "own": matched.own / total,
        "near": matched.near / total,
        "similarity": max(candidate.similarity, 0.0),
        "reading": max(candidate.reading, _LEAST_READING),
        "distant": is_needed * (1 - matched.near / total),
        **dict.fromkeys(_FITS, 0.0),
        sign: found,
        "lacks": float(is_needed and not found),
        "passage": candidate.standing,
        "title": float(statement.milestone is not None),
        "opens": float(opens),
        "leans": float(statement.quoted.start < statement.span.start and not (is_needed and found)),
        "length": min(math.log1p(_words_in(statement)) / 3, 1.2),
        "specific": float(min(len(matched.lacking), 2)),
        "unfocused": float(question.focus in missing and not opens),
        "absent": len(missing) / max(len(question.terms), 1),
        "terms": min(len(question.terms), 8) / 8,
        "unknown": sum(weights[t.surface] for t in missing if t in candidate.unknown) / total,
    }
    signs["score"] = _sum(signs, "ranking")
    return Evidence(
        statement,
        matched.covered / total,
        found,
        signs,
        signs["score"],
        _sum(signs, "answering"),
        dated_by,
        missing,
        matched.lacking,
    )


def _sign_of(question: Question) -> str:
    """Return what it is called that a statement fits: how much that says differs."""
    asks_name = question.kind is Kind.WHO and _ASKS_NAME.match(question.standalone) is not None
    if question.kind in NEEDED or asks_name or verdict_of(question.standalone) is not None:
        return "holds"
    return "defines" if question.kind is Kind.DEFINITION else "suits"


def _words_in(statement: Statement) -> int:
    return len(statement.document.text[statement.quoted.start : statement.quoted.end].split())


def _sum(signs: Mapping[str, float], name: str) -> float:
    bias, weights = _weights(name, tuple(signs))
    found: Iterator[float] = map(operator.mul, weights, signs.values())
    return bias + sum(found)


@functools.cache
def _weights(name: str, signs: tuple[str, ...]) -> tuple[float, tuple[float, ...]]:
    weights = learned()[name]
    return weights["bias"], tuple(weights.get(sign, 0.0) for sign in signs)


class _Circles:
    """Which forms that are sought are in and around statements, each place looked into once."""

    def __init__(self, sought: frozenset[str], names: frozenset[str]) -> None:
        self._sought, self._names = sought, names
        self._known: dict[tuple[str, int, int], frozenset[str]] = {}

    def around(self, statement: Statement) -> tuple[frozenset[str], ...]:
        """Return the forms found in a statement, near it, in its paragraph and far above it."""
        document = statement.document
        near = [span for span in (statement.lead, statement.neighbour, statement.topic) if span]
        near += statement.headings[-1:]
        block = document.blocks[statement.block]
        around = self._forms(document, block.start, block.end)
        if statement.milestone is not None and statement.milestone.explanation is not None:
            explanation = statement.milestone.explanation
            around |= self._forms(document, explanation.start, explanation.end)
        return (
            self._forms(document, statement.quoted.start, statement.quoted.end),
            self._all(document, near),
            around,
            self._all(document, statement.headings[:-1])
            | (forms_of(document.title) & self._sought)
            | (self._forms(document, 0, _OPENING) & self._names),
        )

    def _all(self, document: Document, spans: Sequence[Span]) -> frozenset[str]:
        return frozenset().union(*(self._forms(document, s.start, s.end) for s in spans))

    def _forms(self, document: Document, start: int, end: int) -> frozenset[str]:
        place = document.id, start, end
        if place not in self._known:
            self._known[place] = forms_of(document.text[start:end]) & self._sought
        return self._known[place]
