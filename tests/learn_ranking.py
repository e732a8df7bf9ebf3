"""Learn how much each source and signal counts in ranking, and write assistant/ranking.json.

    python -m tests.learn_ranking

In:  the tune split of the project's questions on corpus/ and on the invented collections that
     are tuned on, each with its evidence; public government questions, each with the answer that
     is its own (`id`, `question`, `answer`).
Out: the weights, and the mean reciprocal rank that they reach by cross-validation.

The loss is the listwise softmax (Cao et al., 2007) over passages, or over documents by their
best passage where only the document is known; the sets count equally. Weights are not
negative: a signal that would count against a passage is left out instead.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from assistant.retrieval import HybridSearch
from ingest.embedding import Embedder, load_embedder
from tests.indexing import open_index
from tests.retrieval_sets import (
    GOVERNMENT,
    OWN,
    TUNED_ON,
    Asked,
    Collection,
    government,
    invented,
    own,
    rows_of,
)

REPOSITORY = Path(__file__).parents[1]
CORPUS = REPOSITORY / "corpus"
_WEIGHTS = REPOSITORY / "assistant" / "ranking.json"
_NAMES = ("lexical", "dense", "coverage", "phrase", "lead", "fact")
_DEPTH = 50
_FOLDS, _REPEATS = 5, 4
_SHARPNESS = 12.0  # of the softmax, for scores that differ by tenths
_DECAY = 0.02  # L2


@dataclass(frozen=True, slots=True)
class Case:
    """One question: its candidates' signals, what they are counted as, and which are right.

    Attributes:
        signals: Normalised as in fusion, shape (candidates, signals).
        groups: For each candidate the passage or document that it counts as, from 0.
        right: For each group whether it is right.
    """

    signals: NDArray[np.float64]
    groups: NDArray[np.intp]
    right: NDArray[np.bool_]


def main() -> None:
    parser = argparse.ArgumentParser(description="Learn the weights of ranking.")
    parser.add_argument("--questions", type=Path, default=OWN)
    parser.add_argument("--public", type=Path, default=GOVERNMENT)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        embedder, folder = load_embedder(), Path(scratch)
        project = own([options.questions], [CORPUS], folder / "project", embedder, "tune")
        on_invented = invented(TUNED_ON, folder / "invented", embedder, "tune")
        public = government(rows_of(options.public), folder / "public", embedder)
        sets = {
            "project": _cases(project, embedder),
            "invented": _cases(on_invented, embedder),
            "public": _cases(public, embedder),
        }
    reached = _cross_validate(sets)
    learned = dict(zip(_NAMES, _fit(list(sets.values())).round(3).tolist(), strict=True))
    for name, cases in sets.items():
        sys.stdout.write(f"{name:<8} {len(cases):>4} questions  MRR@10 {reached[name]}\n")
    record = {
        "weights": learned,
        "learned_from": {name: len(cases) for name, cases in sets.items()},
        "mrr_at_10_by_cross_validation": reached,
    }
    _WEIGHTS.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    sys.stdout.write(f"{learned}\n")


def _cases(collection: Collection, embedder: Embedder) -> list[Case]:
    """Return a case for each question of which something right is found."""
    with open_index(collection.data) as index:
        search = HybridSearch(index, embedder)
        cases = [_case(search, collection, asked) for asked in collection.questions]
    return [case for case in cases if case.right.any()]


def _case(search: HybridSearch, collection: Collection, asked: Asked) -> Case:
    sources = search.sources(asked.text, _DEPTH)
    ids = sorted({passage_id for found in sources.values() for passage_id, _ in found})
    signals = np.zeros((len(ids), len(_NAMES)))
    for column, name in enumerate(_NAMES):
        found = dict(sources[name])
        best = max(found.values(), default=0.0)
        if best > 0:
            signals[:, column] = [max(found.get(one, 0.0), 0.0) / best for one in ids]
    units = [collection.units[one] for one in ids]
    names = sorted(set(units))
    groups = np.array([names.index(unit) for unit in units], dtype=np.intp)
    return Case(signals, groups, np.array([name in asked.right for name in names], dtype=bool))


def _fit(sets: Sequence[Sequence[Case]]) -> NDArray[np.float64]:
    """Return the weights, scaled to sum to one."""

    def loss(weights: NDArray[np.float64]) -> float:
        means = [np.mean([_surprise(case, weights) for case in cases]) for cases in sets]
        return float(np.mean(means) + _DECAY * np.sum(weights**2))

    start = np.full(len(_NAMES), 1 / len(_NAMES))
    found = minimize(loss, start, method="L-BFGS-B", bounds=[(0, 3)] * len(_NAMES))
    return np.asarray(found.x / found.x.sum())


def _surprise(case: Case, weights: NDArray[np.float64]) -> float:
    best = _SHARPNESS * _by_group(case, weights)
    return float(np.logaddexp.reduce(best) - np.logaddexp.reduce(best[case.right]))


def _by_group(case: Case, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    best = np.full(len(case.right), -np.inf)
    np.maximum.at(best, case.groups, case.signals @ weights)
    return best


def _cross_validate(sets: Mapping[str, Sequence[Case]]) -> dict[str, list[float]]:
    """Return for each set the mean reciprocal rank on what was not learned from, by repeat."""
    reached: dict[str, list[float]] = {name: [] for name in sets}
    for repeat in range(_REPEATS):
        ranks: dict[str, list[float]] = {name: [] for name in sets}
        orders = {
            name: np.random.default_rng(repeat).permutation(len(cases))
            for name, cases in sets.items()
        }
        for fold in range(_FOLDS):
            weights = _fit([
                [cases[i] for at, i in enumerate(orders[name]) if at % _FOLDS != fold]
                for name, cases in sets.items()
            ])
            for name, cases in sets.items():
                ranks[name] += [_reciprocal(cases[i], weights) for i in orders[name][fold::_FOLDS]]
        for name, found in ranks.items():
            reached[name].append(round(float(np.mean(found)), 3))
    return reached


def _reciprocal(case: Case, weights: NDArray[np.float64]) -> float:
    best = _by_group(case, weights)
    rank = 1 + int(np.sum(best > best[case.right].max()))
    return 1 / rank if rank <= 10 else 0.0


if __name__ == "__main__":
    main()
