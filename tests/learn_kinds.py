"""Learn what questions ask for, and write assistant/kinds.json.

    python -m tests.learn_kinds

In:  assistant/examples.yaml, and the tune split of the project's questions. What may count is
     what the examples hold at least twice: the words of the documents are in neither.
Out: the weights, and the share of questions read rightly: in cross-validation on the examples,
     and on both splits of the project's questions.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp

from assistant.evaluation.questions import load_cases
from assistant.kinds import features
from assistant.records import Kind
from tests.retrieval_sets import government_cases

REPOSITORY = Path(__file__).parents[1]
_EXAMPLES = REPOSITORY / "assistant" / "examples.yaml"
_WEIGHTS = REPOSITORY / "assistant" / "kinds.json"
_KINDS = list(Kind)
_FEWEST = 2  # questions that hold a feature
_DECAY = 0.5  # L2
_SMALL = 0.05  # weights below it are left out
_FOLDS = 5

Example = tuple[str, Kind]


def main() -> None:
    parser = argparse.ArgumentParser(description="Learn what questions ask for.")
    parser.add_argument("--questions", type=Path, default=REPOSITORY / "tests" / "questions")
    parser.add_argument("--decay", type=float, default=_DECAY)
    parser.add_argument("--test", action="store_true", help="also report the test split")
    options = parser.parse_args()
    own = examples()
    tune = asked(options.questions, "tune")
    names = vocabulary(own)
    sys.stdout.write(f"{len(own)} examples, {len(tune)} of the tune split, {len(names)} features\n")

    folds = [own[fold::_FOLDS] for fold in range(_FOLDS)]
    right = 0
    for fold in folds:
        rest = [one for other in folds if other is not fold for one in other]
        right += count_right(names, fit(names, rest, options.decay), fold)
    report("examples, cross-validated", right, len(own))
    report(
        "tune, from examples only",
        count_right(names, fit(names, own, options.decay), tune),
        len(tune),
    )
    parts = [tune[fold::_FOLDS] for fold in range(_FOLDS)]
    right = 0
    for part in parts:
        rest = [one for other in parts if other is not part for one in other]
        right += count_right(names, fit(names, own + rest, options.decay), part)
    report("tune, cross-validated", right, len(tune))

    weights = fit(names, own + tune, options.decay)
    if options.test:
        test = asked(options.questions, "test")
        report("test", count_right(names, weights, test), len(test))
    write(names, weights)


def examples() -> list[Example]:
    """Return the example questions; every fold of every fifth holds all kinds."""
    by_kind = yaml.safe_load(_EXAMPLES.read_text(encoding="utf-8"))
    return [(question, Kind(kind)) for kind, questions in by_kind.items() for question in questions]


def asked(folder: Path, half: str) -> list[Example]:
    """Return the project's questions of one half, those on public answers among them."""
    own = load_cases([folder / "corpus", folder / "policy-docs" / "basis.yaml"], half)
    cases = [*own, *government_cases(half)]
    return [(case.question, Kind(case.kind)) for case in cases if case.language != "en"]


def vocabulary(questions: Sequence[Example]) -> dict[str, int]:
    """Return a number for each feature that counts."""
    seen = Counter(feature for question, _ in questions for feature in features(question))
    return {name: i for i, name in enumerate(sorted(n for n in seen if seen[n] >= _FEWEST))}


def fit(names: dict[str, int], questions: Sequence[Example], decay: float) -> NDArray[np.float64]:
    """Return weights, shape (features, kinds), of a multinomial logistic regression."""
    seen = matrix(names, questions)
    right = np.zeros((len(questions), len(_KINDS)))
    right[range(len(questions)), [_KINDS.index(kind) for _, kind in questions]] = 1.0

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(len(names), len(_KINDS))
        scores = seen @ weights
        log_shares = scores - logsumexp(scores, axis=1, keepdims=True)
        slope = seen.T @ (np.exp(log_shares) - right) + decay * weights
        value = -(right * log_shares).sum() + decay / 2 * (weights**2).sum()
        return float(value), slope.ravel()

    start = np.zeros(len(names) * len(_KINDS))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return found.x.reshape(len(names), len(_KINDS))


def matrix(names: dict[str, int], questions: Sequence[Example]) -> NDArray[np.float64]:
    seen = np.zeros((len(questions), len(names)))
    for row, (question, _) in enumerate(questions):
        seen[row, [names[name] for name in features(question) if name in names]] = 1.0
    return seen


def count_right(
    names: dict[str, int], weights: NDArray[np.float64], questions: Sequence[Example]
) -> int:
    guessed = (matrix(names, questions) @ weights).argmax(axis=1)
    return sum(_KINDS[guess] is kind for guess, (_, kind) in zip(guessed, questions, strict=True))


def report(name: str, right: int, total: int) -> None:
    sys.stdout.write(f"{name:<26} {right:>4} of {total:>4}  {right / total:.1%}\n")


def write(names: dict[str, int], weights: NDArray[np.float64]) -> None:
    learned = {}
    for name, number in names.items():
        row = {
            str(kind): round(float(weight), 2)
            for kind, weight in zip(_KINDS, weights[number], strict=True)
            if abs(weight) >= _SMALL
        }
        if row:
            learned[name] = row
    lines = ",\n".join(
        f"  {json.dumps(name, ensure_ascii=False)}: {json.dumps(row)}"
        for name, row in learned.items()
    )
    _WEIGHTS.write_text(f'{{"weights": {{\n{lines}\n}}}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
