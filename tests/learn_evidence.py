"""Learn how much each sign counts in finding the statement that answers, and when to answer.

    python -m tests.learn_evidence

In:  the tune split of the project's questions: on corpus/, on the invented collections that are
     tuned on, on the answers to public government questions and, where it is there, on a folder of
     policy documents; and those government questions asked of sources that do not answer them.
Out: assistant/evidence.json, and what it reaches by cross-validation.

Both are logistic regressions. Ranking learns from every statement that was found: right are
those in the evidence of a question. Answering learns from the best statement of each question:
whether the question can be answered from the sources at all.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
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
    "coverage", "own", "similarity", "holds", "suits", "lacks",
    "passage", "title", "length", "specific", "leans",
)  # fmt: skip
_ANSWERS = {"answered", "partial", "conflict"}
_ANSWERING = ("coverage", "similarity", "lacks", "specific", "unknown", "absent", "terms")
# What speaks for a statement never counts against it, whatever few questions say.
_FOR, _AGAINST = (0.0, None), (None, 0.0)
_BOUNDS = dict.fromkeys(("coverage", "own", "similarity", "holds", "suits", "passage"), _FOR)
_BOUNDS |= dict.fromkeys(("lacks", "specific", "unknown", "absent", "leans"), _AGAINST)
_TODAY = date(2025, 11, 22)
_MOST = 60  # statements a question
_PASSAGES = 12
_FOLDS = 5
_DECAY = 1.0  # L2 on standardised signs
_OTHERS = 1 / 12  # weight of a wrong statement beside a right one
_ELSEWHERE = 0.7  # weight of a question on another subject: there are many
_NEAR = 3.0  # weight of a question that the sources nearly answer: there are few
_NEEDLESS = 0.09  # share of needless refusals that the threshold allows


@dataclass(frozen=True, slots=True)
class Sample:
    """One question: the signs of its statements, which of them are right, and its weight."""

    signs: NDArray[np.float64]
    right: NDArray[np.bool_]
    answerable: bool
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
    samples = _samples(REPOSITORY / "corpus", own, rows_of(GOVERNMENT))
    for name in TUNED_ON:
        cases = load_cases([COLLECTIONS / name / "questions.yaml"], "tune")
        samples += _samples(COLLECTIONS / name / "documents", cases, ())
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
    source: Path, cases: Sequence[Case], elsewhere: Sequence[Mapping[str, str]]
) -> list[Sample]:
    """Return samples of questions on a folder, and of questions that it does not answer."""
    with tempfile.TemporaryDirectory() as scratch:
        embedder = load_embedder()
        ingest([source], Path(scratch), embedder)
        assistant = Assistant.open(Path(scratch), embedder)
        samples = [_sample(assistant, case) for case in cases]
        for row in elsewhere:
            evidence = _evidence(assistant, row["question"], (), None)
            nothing = np.zeros(len(evidence), bool)
            samples.append(Sample(_signs(evidence), nothing, False, _ELSEWHERE))
        assistant.close()
    return samples


def _sample(assistant: Assistant, case: Case) -> Sample:
    evidence = _evidence(assistant, case.question, case.history, case.today)
    right = np.array([_is_right(one.statement, case) for one in evidence], bool)
    answerable = any(status.value in _ANSWERS for status in case.status)
    return Sample(_signs(evidence), right, answerable, 1.0 if answerable else _NEAR)


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
    signs, right, weights = [], [], []
    for sample in samples:
        if sample.answerable and not sample.right.any():
            continue
        signs.append(sample.signs)
        right.append(sample.right)
        share = 1 / max(sample.right.sum(), 1)
        weights.append(np.where(sample.right, share, _OTHERS) * min(sample.weight, 1.0))
    return _fit(_RANKING, np.vstack(signs), np.concatenate(right), np.concatenate(weights))


def _answering(samples: Sequence[Sample], ranking: Model) -> Model:
    """Learn which questions can be answered; above 0 is where the threshold is put."""
    best = np.stack([_best(sample, ranking)[0] for sample in samples])
    answerable = np.array([sample.answerable for sample in samples])
    model = _fit(_ANSWERING, best, answerable, np.array([sample.weight for sample in samples]))
    threshold = float(np.quantile(model.log_odds(best[answerable]), _NEEDLESS))
    return Model(model.names, model.weights, model.bias - threshold)


def _best(sample: Sample, ranking: Model) -> tuple[NDArray[np.float64], bool]:
    first = int(ranking.log_odds(sample.signs).argmax())
    return sample.signs[first], bool(sample.right[first])


def _fit(
    names: tuple[str, ...],
    signs: NDArray[np.float64],
    right: NDArray[np.bool_],
    weights: NDArray[np.float64],
) -> Model:
    columns = signs[:, [_ALL.index(name) for name in names]]
    mean, spread = columns.mean(axis=0), columns.std(axis=0) + 1e-6
    standard = (columns - mean) / spread

    def loss(found: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = standard @ found[:-1] + found[-1]
        surprise = weights @ (np.logaddexp(0, odds) - right * odds)
        slope = weights * (1 / (1 + np.exp(-odds)) - right)
        decay = np.append(2 * _DECAY * found[:-1], 0.0)
        value = float(surprise + _DECAY * np.sum(found[:-1] ** 2))
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
    needless: list[bool] = []
    refused: dict[float, list[bool]] = {_NEAR: [], _ELSEWHERE: []}
    for fold in range(_FOLDS):
        held = [samples[i] for i in order[fold::_FOLDS]]
        others = [samples[i] for at, i in enumerate(order) if at % _FOLDS != fold]
        ranking = _ranking(others)
        answering = _answering(others, ranking)
        for sample in held:
            signs, right = _best(sample, ranking)
            is_refused = bool(answering.log_odds(signs[np.newaxis])[0] < 0)
            if sample.answerable:
                first.append(right)
                needless.append(is_refused)
            else:
                refused[sample.weight].append(is_refused)
    figures = {
        "best statement right": first,
        "needlessly refused": needless,
        "refused, known subject": refused[_NEAR],
        "refused, other subject": refused[_ELSEWHERE],
    }
    for name, values in figures.items():
        sys.stdout.write(f"{name:<24} {np.mean(values):.3f} of {len(values)}\n")


if __name__ == "__main__":
    main()
