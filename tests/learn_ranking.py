"""Learn how much each source and signal counts in ranking, and write assistant/ranking.json.

    python -m tests.learn_ranking

In:  the tune split of the project's questions on corpus/, each with its evidence; public
     government questions, each with the answer that is its own (`id`, `question`, `answer`).
Out: the weights, and the mean reciprocal rank that they reach by cross-validation.

The loss is the listwise softmax (Cao et al., 2007) over passages, or over documents by their
best passage where only the document is known; both sets count equally. Weights are not
negative: a signal that would count against a passage is left out instead.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.optimize import minimize

from assistant.questions import understand
from assistant.retrieval import HybridSearch
from ingest import generations
from ingest.embedding import load_embedder
from ingest.index import Index
from ingest.pipeline import ingest
from ingest.records import Passage
from tests.retrieval_sets import GOVERNMENT, index_answers, rows_of

REPOSITORY = Path(__file__).parents[1]
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
    parser.add_argument("--questions", type=Path, default=REPOSITORY / "tests" / "questions")
    parser.add_argument("--public", type=Path, default=GOVERNMENT)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        sets = {
            "project": _project(options.questions, Path(scratch) / "project"),
            "public": _public(options.public, Path(scratch) / "public"),
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


def _project(folder: Path, data: Path) -> list[Case]:
    """Return a case for each question whose evidence is known: right are the passages with it."""
    ingest([REPOSITORY / "corpus"], data, load_embedder())
    cases = []
    with _open(data) as index:
        for file in sorted((folder / "corpus").glob("*.yaml")):
            for row in yaml.safe_load(file.read_text(encoding="utf-8")):
                if row.get("evidence") and _is_tuned_on(row["id"]):
                    cases.append(
                        _case(index, _standalone(row), lambda passage: passage.id, _holds(row))
                    )
    return [case for case in cases if case.right.any()]


def _public(file: Path, data: Path) -> list[Case]:
    """Return a case for each question: right is the document that was written for it."""
    rows = rows_of(file)
    with _open(index_answers(rows, data, load_embedder())) as index:
        cases = [
            _case(
                index,
                row["question"],
                lambda passage: passage.document_id,
                lambda passage, row=row: passage.document_id == row["id"],
            )
            for row in rows
        ]
    return [case for case in cases if case.right.any()]


def _open(data: Path) -> Index:
    return Index.open(generations.generation_folder(data, generations.current(data)))


def _is_tuned_on(question_id: str) -> bool:
    return int(hashlib.sha256(question_id.encode()).hexdigest(), 16) % 2 == 0


def _standalone(row: Mapping[str, Any]) -> str:
    return understand(row["question"], row.get("history", ()), row.get("today")).standalone


def _holds(row: Mapping[str, Any]) -> Callable[[Passage], bool]:
    quotes = [(one["document"], _plain(one["quote"])) for one in row["evidence"]]
    return lambda passage: any(
        passage.document_id == document and quote in _plain(passage.text)
        for document, quote in quotes
    )


def _plain(text: str) -> str:
    return " ".join(text.split())


def _case(
    index: Index,
    question: str,
    group_of: Callable[[Passage], str],
    is_right: Callable[[Passage], bool],
) -> Case:
    sources = HybridSearch(index, load_embedder()).sources(question, _DEPTH)
    ids = sorted({passage_id for found in sources.values() for passage_id, _ in found})
    passages = index.library.passages(ids)
    signals = np.zeros((len(ids), len(_NAMES)))
    for column, name in enumerate(_NAMES):
        found = dict(sources[name])
        best = max(found.values(), default=0.0)
        if best > 0:
            signals[:, column] = [max(found.get(one, 0.0), 0.0) / best for one in ids]
    names = sorted({group_of(passage) for passage in passages.values()})
    groups = np.array([names.index(group_of(passages[one])) for one in ids], dtype=np.intp)
    right = np.zeros(len(names), dtype=bool)
    for one, group in zip(ids, groups, strict=True):
        right[group] |= is_right(passages[one])
    return Case(signals, groups, right)


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
