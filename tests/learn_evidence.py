"""Learn how much each sign counts in finding the statement that answers, and when to answer.

    python -m tests.learn_evidence

In:  the tune split of the project's questions: on corpus/, on the invented collections that are
     tuned on, on the answers to public government questions and, where it is there, on a folder of
     policy documents; and those government questions asked of sources that do not answer them.
Out: assistant/evidence.json, and what it reaches by cross-validation.

Ranking is a softmax over the statements found for a question: right are those in its evidence.
Answering is a logistic regression on the first statement of each question: whether it is right,
which it never is where the sources do not answer.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from assistant.evaluation.matching import holds
from assistant.evaluation.questions import load_cases
from assistant.evaluation.records import Case
from assistant.evidence import Evidence
from assistant.pipeline import Assistant
from assistant.statements import Statement
from ingest.embedding import load_embedder
from ingest.pipeline import ingest
from tests.retrieval_sets import (
    COLLECTIONS,
    GOVERNMENT,
    TUNED_ON,
    government_cases,
    rows_of,
    write_answers,
)

REPOSITORY = Path(__file__).parents[1]
_LEARNED = REPOSITORY / "assistant" / "evidence.json"
_POLICY = REPOSITORY.parent / "shared" / "data" / "policy-docs"
_RANKING = (
    "coverage", "own", "near", "similarity", "reading", "holds", "defines", "suits", "lacks",
    "passage", "title", "opens", "length", "specific", "leans", "unfocused",
)  # fmt: skip
_ANSWERING = ("score", *_RANKING, "distant", "unknown", "absent", "terms")
_ANSWERS = {"answered", "partial", "conflict"}
# What speaks for a statement never counts against it, whatever few questions say.
_FOR, _AGAINST = (0.0, None), (None, 0.0)
_BOUNDS = dict.fromkeys(
    (
        "score",
        "coverage",
        "own",
        "near",
        "similarity",
        "reading",
        "holds",
        "defines",
        "suits",
        "passage",
    ),
    _FOR,
)
_BOUNDS |= dict.fromkeys(
    ("lacks", "distant", "specific", "unknown", "absent", "leans", "unfocused"), _AGAINST
)
# Few of these questions ask whether something is over, which only a milestone's dates tell.
_BOUNDS["title"] = (-0.2, None)
_TODAY = date(2025, 11, 22)
_MOST = 60  # statements a question
_PASSAGES = 12
_FOLDS = 5
_DECAY = 1.0  # L2 on standardised signs
_OWN = 2.0  # weight of the shipped documents, which are asked about most
_ELSEWHERE = 0.5  # and of a question on another subject: there are many
_SURE = 0.26  # the least chance of being right that is answered on


@dataclass(frozen=True, slots=True)
class Sample:
    """One question: the signs of its statements, which of them are right, and its weight."""

    signs: NDArray[np.float64]
    right: NDArray[np.bool_]
    answerable: bool
    elsewhere: bool  # whether it is about something else than the sources
    weight: float


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of a logistic regression, on signs as they are."""

    names: tuple[str, ...]
    weights: NDArray[np.float64]
    bias: float

    def log_odds(self, signs: NDArray[np.float64]) -> NDArray[np.float64]:
        columns = [_ALL.index(name) for name in self.names]
        return np.asarray(signs[:, columns] @ self.weights + self.bias)

    def as_json(self) -> dict[str, float]:
        named = zip(self.names, self.weights.round(3).tolist(), strict=True)
        return {"bias": round(float(self.bias), 3)} | dict(named)


_ALL = tuple(dict.fromkeys((*_RANKING, *_ANSWERING)))


def main() -> None:
    parser = argparse.ArgumentParser(description="Learn the weights of evidence.")
    parser.add_argument("--questions", type=Path, default=REPOSITORY / "tests" / "questions")
    options = parser.parse_args()
    own = load_cases([options.questions / "corpus"], "tune")
    samples = _samples(REPOSITORY / "corpus", own, rows_of(GOVERNMENT), _OWN)
    for name in TUNED_ON:
        cases = load_cases([COLLECTIONS / name / "questions.yaml"], "tune")
        samples += _samples(COLLECTIONS / name / "documents", cases, rows_of(GOVERNMENT)[1::2])
    if _POLICY.is_dir():
        others = load_cases([options.questions / "policy-docs"], "tune")
        samples += _samples(_POLICY, others, rows_of(GOVERNMENT))
    with tempfile.TemporaryDirectory() as scratch:
        write_answers(rows_of(GOVERNMENT), Path(scratch) / "answers")
        samples += _samples(Path(scratch) / "answers", government_cases("tune"), ())
    samples = [sample for sample in samples if len(sample.signs)]
    _report(samples)
    ranking = _ranking(samples)
    record = {"ranking": ranking.as_json(), "answering": _answering(samples, ranking).as_json()}
    _LEARNED.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    sys.stdout.write(f"{record}\n")


def _samples(
    source: Path,
    cases: Sequence[Case],
    elsewhere: Sequence[Mapping[str, str]],
    weight: float = 1.0,
) -> list[Sample]:
    """Return samples of questions on a folder, and of questions that it does not answer."""
    with tempfile.TemporaryDirectory() as scratch:
        embedder = load_embedder()
        ingest([source], Path(scratch), embedder)
        assistant = Assistant.open(Path(scratch), embedder)
        samples = [_sample(assistant, case, weight) for case in cases]
        for row in elsewhere:
            evidence = _evidence(assistant, row["question"], (), None)
            nothing = np.zeros(len(evidence), bool)
            samples.append(Sample(_signs(evidence), nothing, False, True, _ELSEWHERE * weight))
        assistant.close()
    return samples


def _sample(assistant: Assistant, case: Case, weight: float) -> Sample:
    evidence = _evidence(assistant, case.question, case.history, case.today)
    answerable = any(status.value in _ANSWERS for status in case.status)
    right = np.array([_is_right(one.statement, case) for one in evidence], bool) & answerable
    return Sample(_signs(evidence), right, answerable, False, weight)


def _is_right(statement: Statement, case: Case) -> bool:
    places = [place for place in case.evidence if place.document == statement.document.id]
    for place in places:
        at = statement.document.text.find(place.quote) if place.quote else -1
        if at >= 0 and at < statement.span.end and statement.span.start < at + len(place.quote):
            return True
    facts = [any(holds(statement.text, words) for words in line) for line in case.facts]
    return bool(places and facts) and (all(facts) or (any(facts) and not places[0].quote))


def _evidence(
    assistant: Assistant, question: str, history: Sequence[str], today: date | None
) -> list[Evidence]:
    asked = assistant.understand(question, history, today or _TODAY)
    return assistant.evidence(asked, assistant.search(asked.standalone, _PASSAGES))[:_MOST]


def _signs(evidence: Sequence[Evidence]) -> NDArray[np.float64]:
    rows = [[one.signs[name] for name in _ALL] for one in evidence]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(_ALL))


def _ranking(samples: Sequence[Sample]) -> Model:
    """Learn which statements are right, from questions of which one is."""
    found = [sample for sample in samples if sample.right.any()]
    starts = np.cumsum([0, *(len(sample.right) for sample in found[:-1])])
    lengths = np.diff([*starts, sum(len(sample.right) for sample in found)])
    right = np.concatenate([sample.right for sample in found])
    weights = np.array([sample.weight for sample in found])

    def surprise(odds: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        raised = np.exp(odds - np.repeat(np.maximum.reduceat(odds, starts), lengths))
        share = raised / np.repeat(np.add.reduceat(raised, starts), lengths)
        of_right = np.add.reduceat(share * right, starts)
        slope = share - share * right / np.repeat(of_right, lengths)
        return -float(weights @ np.log(of_right)), slope * np.repeat(weights, lengths)

    return _fit(_RANKING, np.vstack([sample.signs for sample in found]), surprise)


def _answering(samples: Sequence[Sample], ranking: Model) -> Model:
    """Learn whether the first statement is right; above 0 is where that is sure enough."""
    best = [_best(sample, ranking) for sample in samples]
    right = np.array([is_right for _, is_right in best])
    weights = np.array([sample.weight for sample in samples])

    def surprise(odds: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value = float(weights @ (np.logaddexp(0, odds) - right * odds))
        return value, weights * (1 / (1 + np.exp(-odds)) - right)

    model = _fit(_ANSWERING, np.stack([signs for signs, _ in best]), surprise)
    return Model(model.names, model.weights, model.bias - math.log(_SURE / (1 - _SURE)))


def _best(sample: Sample, ranking: Model) -> tuple[NDArray[np.float64], bool]:
    """Return the signs of the statement that comes first, and whether it is right."""
    scores = ranking.log_odds(sample.signs)
    first = int(scores.argmax())
    signs = sample.signs[first].copy()
    signs[_ALL.index("score")] = scores[first]
    return signs, bool(sample.right[first])


def _fit(
    names: tuple[str, ...],
    signs: NDArray[np.float64],
    surprise: Callable[[NDArray[np.float64]], tuple[float, NDArray[np.float64]]],
) -> Model:
    """Return the weights of least surprise, which is given with its slope for odds of each row."""
    columns = signs[:, [_ALL.index(name) for name in names]]
    mean, spread = columns.mean(axis=0), columns.std(axis=0) + 1e-6
    standard = (columns - mean) / spread

    def loss(found: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value, slope = surprise(standard @ found[:-1] + found[-1])
        decay = np.append(2 * _DECAY * found[:-1], 0.0)
        value += float(_DECAY * np.sum(found[:-1] ** 2))
        return value, np.append(standard.T @ slope, slope.sum()) + decay

    bounds = [*(_BOUNDS.get(name, (None, None)) for name in names), (None, None)]
    start = np.zeros(len(names) + 1)
    found = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B").x
    scaled = found[:-1] / spread
    return Model(names, scaled, float(found[-1] - scaled @ mean))


def _report(samples: Sequence[Sample]) -> None:
    """Print what models reach on questions that they did not learn from."""
    order = np.random.default_rng(0).permutation(len(samples))
    first: list[bool] = []
    right: list[bool] = []
    wrong: list[bool] = []
    refused: list[bool] = []
    elsewhere: list[bool] = []
    for fold in range(_FOLDS):
        held = [samples[i] for i in order[fold::_FOLDS]]
        others = [samples[i] for at, i in enumerate(order) if at % _FOLDS != fold]
        ranking = _ranking(others)
        answering = _answering(others, ranking)
        for sample in held:
            signs, is_right = _best(sample, ranking)
            is_refused = bool(answering.log_odds(signs[np.newaxis])[0] < 0)
            if sample.answerable:
                first.append(is_right)
                right.append(is_right and not is_refused)
                wrong.append(not is_right and not is_refused)
            else:
                (elsewhere if sample.elsewhere else refused).append(is_refused)
    figures = {
        "first statement right": first,
        "answered on a right one": right,
        "answered on a wrong one": wrong,
        "refused, known subject": refused,
        "refused, other subject": elsewhere,
    }
    for name, values in figures.items():
        sys.stdout.write(f"{name:<24} {np.mean(values):.3f} of {len(values)}\n")


if __name__ == "__main__":
    main()
