"""Measure search against other systems, on the same passages and questions.

    make bench-retrieval
    python -m tests.bench_retrieval --passages 20000      # ours only, with noise in the index

In:  the collections of retrieval_sets.py; one that is not there is left out.
Out: for ours, ours without each of its sources, and every peer that is installed: nDCG@10,
     MRR@10, hit@1, hit@5, p50 and p95 of a query; and ours minus theirs with a 95% bootstrap
     interval. A difference whose interval holds 0 may be chance.

Every system gets the same passages, titles and headings included, and gives 50 a query. Where
documents are asked for, a document ranks as its first passage. Times are of a second round, one
query after another in one process.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.evaluation.statistics import interval
from assistant.retrieval import HybridSearch, Reranker, learned_weights
from ingest.embedding import Embedder, load_embedder
from tests.bench_ingest import PASSAGES, write_regulations
from tests.indexing import open_index
from tests.retrieval_peers import DEPTH, PEERS, Search
from tests.retrieval_sets import (
    COLLECTIONS,
    GOVERNMENT,
    OWN,
    Asked,
    Collection,
    government,
    invented,
    own,
    paraphrases,
    reworded,
    rows_of,
)

CORPUS = Path(__file__).parents[1] / "corpus"
OURS = "ours"
_METRICS = {"nDCG@10": "nDCG@10", "MRR@10": "RR@10", "hit@1": "Success@1", "hit@5": "Success@5"}
_COMPARED = ("nDCG@10", "MRR@10")


@dataclass(frozen=True, slots=True)
class Measured:
    """One value a question for each metric, and milliseconds a query."""

    values: dict[str, np.ndarray]
    milliseconds: np.ndarray


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure search against other systems.")
    parser.add_argument("--government", type=Path, default=GOVERNMENT, metavar="JSONL")
    parser.add_argument("--own", type=Path, default=OWN, metavar="FOLDER")
    parser.add_argument("--passages", type=int, help="noise to add; then only ours is measured")
    parser.add_argument("--regulations", type=Path, default=PASSAGES, metavar="JSONL.GZ")
    parser.add_argument("--embedding", help="another embedding model for ours")
    parser.add_argument("--reranker", help="a cross-encoder that reorders what ours finds")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        for line in _lines(options, Path(scratch)):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()


def _lines(options: argparse.Namespace, scratch: Path) -> Iterator[str]:
    embedder, reranker = load_embedder(options.embedding), _reranker(options.reranker)
    noise = scratch / "regulations" if options.passages else None
    if noise is not None:
        write_regulations(options.regulations, options.passages, noise)
    if options.government.exists():
        rows = rows_of(options.government)
        collection = government(rows, scratch / "government", embedder, noise)
        yield from report(collection, embedder, reranker, peers=noise is None)
        if options.government == GOVERNMENT and noise is None:
            yield from report(reworded(collection), embedder, reranker)
    else:
        yield f"{options.government} is not there: left out."
    if noise is not None:
        return
    if options.own.exists():
        collection = own([options.own], [CORPUS], scratch / "own", embedder)
        yield from report(collection, embedder, reranker)
        names = [folder.name for folder in sorted(COLLECTIONS.glob("*/"))]
        unseen = invented(names, scratch / "invented", embedder, "test")
        yield from report(unseen, embedder, reranker)
        yield from report(paraphrases(scratch / "paraphrases", embedder), embedder, reranker)
    else:
        yield f"{options.own} is not there: left out."


def _reranker(name: str | None) -> Reranker | None:
    if not name:
        return None
    from assistant.reranking import CrossEncoderReranker

    return CrossEncoderReranker(name)


def report(
    collection: Collection,
    embedder: Embedder,
    reranker: Reranker | None = None,
    *,
    peers: bool = True,
) -> Iterator[str]:
    """Yield a table: a line for every system."""
    yield f"\n{collection.name}: {len(collection.questions)}, {len(collection.passages)} passages"
    columns = [*_METRICS, "p50 ms", "p95 ms"]
    compared = [f"ours minus theirs, {name}" for name in _COMPARED]
    yield (
        f"{'':<26}"
        + "".join(f"{name:>9}" for name in columns)
        + "".join(f"{name:>31}" for name in compared)
    )
    with _ours(collection, embedder, reranker) as variants:
        baseline = measure(variants[OURS], collection)
        yield _line(OURS, baseline)
        for name, search in variants.items():
            if name != OURS:
                yield _line(name, measure(search, collection), baseline)
    for name, make in PEERS.items() if peers else ():
        try:
            search = make(collection.passages)
        except ImportError as problem:
            yield f"{name:<26} not installed ({problem.name})"
            continue
        yield _line(name, measure(search, collection), baseline)


@contextmanager
def _ours(
    collection: Collection, embedder: Embedder, reranker: Reranker | None
) -> Generator[dict[str, Search]]:
    with open_index(collection.data) as index:

        def search_with(weights: dict[str, float]) -> Search:
            retriever = HybridSearch(index, embedder, reranker=reranker, weights=weights)
            return lambda query: [hit.passage.id for hit in retriever.search(query, DEPTH)]

        variants = {OURS: search_with(dict(learned_weights()))}
        for source in learned_weights():
            variants[f"ours without {source}"] = search_with({**learned_weights(), source: 0.0})
        yield variants


def measure(search: Search, collection: Collection) -> Measured:
    """Ask every question twice: the first round warms up and is judged, the second is timed."""
    found = {asked.id: _units(search(asked.text), collection) for asked in collection.questions}
    times = [_seconds(search, asked.text) * 1000 for asked in collection.questions]
    return Measured(_judged(found, collection.questions), np.array(times))


def _units(passages: Sequence[str], collection: Collection) -> list[str]:
    return list(dict.fromkeys(collection.units[name] for name in passages))


def _seconds(search: Callable[[str], object], query: str) -> float:
    start = time.perf_counter()
    search(query)
    return time.perf_counter() - start


def _judged(found: dict[str, list[str]], questions: Sequence[Asked]) -> dict[str, np.ndarray]:
    import ir_measures

    measures = {ir_measures.parse_measure(name): shown for shown, name in _METRICS.items()}
    right = [ir_measures.Qrel(asked.id, unit, 1) for asked in questions for unit in asked.right]
    # Scores that fall strictly: ties would be broken by id.
    ranked = [
        ir_measures.ScoredDoc(name, unit, -float(rank))
        for name, units in found.items()
        for rank, unit in enumerate(units)
    ]
    values = {shown: dict.fromkeys(found, 0.0) for shown in _METRICS}
    for one in ir_measures.iter_calc(list(measures), right, ranked):
        values[measures[one.measure]][one.query_id] = one.value
    return {shown: np.array(list(by_id.values())) for shown, by_id in values.items()}


def _line(name: str, measured: Measured, baseline: Measured | None = None) -> str:
    figures = [f"{values.mean():9.3f}" for values in measured.values.values()]
    figures += [f"{np.percentile(measured.milliseconds, share):9.1f}" for share in (50, 95)]
    if baseline is not None:
        for metric in _COMPARED:
            difference = baseline.values[metric] - measured.values[metric]
            low, high = interval(difference)
            figures.append(f"{f'{difference.mean():+.3f} [{low:+.3f}, {high:+.3f}]':>31}")
    return f"{name:<26}" + "".join(figures)


if __name__ == "__main__":
    main()
