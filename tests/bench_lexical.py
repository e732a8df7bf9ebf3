"""Compare two lexical indexes, bm25s and tantivy, on what keeping one costs.

    make bench-lexical
    python -m tests.bench_lexical --passages 20000

In:  a gzipped JSON-lines file of passages (`_id`, `title`, `section`, `text`); a JSON-lines file
     of questions.
Out: for each system: seconds and peak memory of building, size on disk, seconds and memory of
     opening, p50 and p95 of a query, seconds to add one passage.

Both get the stems of our own analysis, and one field: which ranks better is measured by
bench_retrieval.py. `ours` is tantivy as ingest/lexical.py uses it, with its four fields. A
process of its own builds, another opens, asks and adds, so that memory is its own. The stems are
made beforehand and read from a file while it builds, as an ingest would hand them over.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ingest.analysis import Term, analyse
from ingest.lexical import LexicalIndex, fields_of
from ingest.records import Passage
from tests.bench_ingest import PASSAGES
from tests.retrieval_sets import GOVERNMENT, rows_of

DEPTH = 50
_QUERIES = 200
Search = Callable[[list[Term]], object]
Rows = Iterable[Mapping[str, str]]  # what is indexed of each passage, from `fields_of`


@dataclass(frozen=True, slots=True)
class System:
    """How to build an index in a folder, open it, and add one passage to it."""

    build: Callable[[Path, Rows], None]
    open: Callable[[Path], Search]
    add: Callable[[Path, Rows, Mapping[str, str]], None]


def bm25s_build(folder: Path, rows: Rows) -> None:
    import bm25s

    names, texts = [], []
    for row in rows:
        names.append(row["id"])
        texts.append(row["stem"].split())
    index = bm25s.BM25()  # as it comes; with numba beside it, it answers faster
    index.index(texts, show_progress=False)
    index.save(folder)
    (folder / "names.json").write_text(json.dumps(names), encoding="utf-8")


def bm25s_open(folder: Path) -> Search:
    import bm25s

    index = bm25s.BM25.load(folder, mmap=True)
    names = json.loads((folder / "names.json").read_text(encoding="utf-8"))

    def search(terms: list[Term]) -> list[tuple[str, float]]:
        stems = [[term.stem for term in terms if not term.is_function_word]]
        found, scores = index.retrieve(stems, k=DEPTH, show_progress=False)
        return [(names[i], float(s)) for i, s in zip(found[0], scores[0], strict=True)]

    return search


def bm25s_add(folder: Path, rows: Rows, new: Mapping[str, str]) -> None:
    """It cannot add: the weight of every word in every passage rests on all passages."""
    bm25s_build(folder, [*rows, new])


def tantivy_build(folder: Path, rows: Rows) -> None:
    _tantivy_write(_tantivy_index(folder), rows)


def tantivy_open(folder: Path) -> Search:
    import tantivy

    index = _tantivy_index(folder)
    schema = index.schema

    def search(terms: list[Term]) -> list[tuple[str, float]]:
        stems = {term.stem for term in terms if not term.is_function_word}
        words = [tantivy.Query.term_query(schema, "stem", s, "freq") for s in sorted(stems)]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, word) for word in words])
        searcher = index.searcher()
        found = searcher.search(query, DEPTH, count=False).hits
        return [(str(searcher.doc(place)["id"][0]), float(score)) for score, place in found]

    return search


def tantivy_add(folder: Path, _: Rows, new: Mapping[str, str]) -> None:
    _tantivy_write(_tantivy_index(folder), [new])


def _tantivy_index(folder: Path) -> Any:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("stem", tokenizer_name="white", index_option="freq")
    index = tantivy.Index(builder.build(), path=str(folder))
    white = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("white", white)
    return index


def _tantivy_write(index: Any, rows: Rows) -> None:
    import tantivy

    writer = index.writer(heap_size=64_000_000, num_threads=1)
    for row in rows:
        writer.add_document(tantivy.Document(id=row["id"], stem=row["stem"]))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()


def ours_build(folder: Path, rows: Rows) -> None:
    index = LexicalIndex(folder)
    index.update(added=rows, removed=[])
    index.commit()


def ours_open(folder: Path) -> Search:
    index = LexicalIndex(folder)
    return lambda terms: index.search(terms, DEPTH)


def ours_add(folder: Path, _: Rows, new: Mapping[str, str]) -> None:
    ours_build(folder, [new])


SYSTEMS = {
    "bm25s": System(bm25s_build, bm25s_open, bm25s_add),
    "tantivy": System(tantivy_build, tantivy_open, tantivy_add),
    "ours": System(ours_build, ours_open, ours_add),
}


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare bm25s and tantivy.")
    parser.add_argument("--regulations", type=Path, default=PASSAGES, metavar="JSONL.GZ")
    parser.add_argument("--government", type=Path, default=GOVERNMENT, metavar="JSONL")
    parser.add_argument("--passages", type=int, default=20_000)
    parser.add_argument("--step", nargs=3, metavar=("STEP", "SYSTEM", "FOLDER"))
    options = parser.parse_args()
    if options.step:
        step, name, folder = options.step
        measured = _STEPS[step](SYSTEMS[name], Path(folder), options)
        sys.stdout.write(json.dumps(measured) + "\n")
        return
    for file in (options.regulations, options.government):
        if not file.exists():
            sys.exit(f"{file} is not there.")
    with tempfile.TemporaryDirectory() as scratch:
        for line in report(options, Path(scratch)):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()


def report(options: argparse.Namespace, scratch: Path) -> Iterator[str]:
    """Yield a table: a line for every system."""
    count = _process("rows", "ours", scratch, options)["count"]
    idle = _process("idle", "ours", scratch, options)["megabytes"]
    yield f"{count:.0f} passages; a process that does nothing takes {idle:.0f} MB"
    columns = ("build s", "peak MB", "disk MB", "open s", "open MB", "p50 ms", "p95 ms", "add s")
    yield f"{'':<9}" + "".join(f"{column:>9}" for column in columns)
    for name in SYSTEMS:
        built = _process("build", name, scratch, options)
        asked = _process("ask", name, scratch, options)
        added = _process("add", name, scratch, options)
        disk = sum(file.stat().st_size for file in (scratch / name).rglob("*")) / 1e6
        figures = (built["seconds"], built["megabytes"], disk, asked["open"], asked["megabytes"])
        figures += (asked["p50"], asked["p95"], added["seconds"])
        yield f"{name:<9}" + "".join(f"{figure:>9.2f}" for figure in figures)


def _process(step: str, name: str, scratch: Path, options: argparse.Namespace) -> dict[str, float]:
    folder = scratch / name
    folder.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "tests.bench_lexical", "--step", step, name, str(folder)]
    command += ["--government", str(options.government), "--passages", str(options.passages)]
    command += ["--regulations", str(options.regulations)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    return json.loads(done.stdout.splitlines()[-1])


def _write_rows(_: System, folder: Path, options: argparse.Namespace) -> dict[str, float]:
    """Analyse the passages; in a process of its own, whose memory those after it would show."""
    count = 0
    with (
        gzip.open(options.regulations, "rt", encoding="utf-8") as lines,
        (folder.parent / "rows.jsonl").open("w", encoding="utf-8") as rows,
    ):
        for _, line in zip(range(options.passages), lines, strict=False):
            row = json.loads(line)
            text = row["text"]
            passage = Passage(row["_id"], row["_id"], 0, len(text), text, (row["section"] or "",))
            rows.write(json.dumps(fields_of(passage, row["title"] or "")) + "\n")
            count += 1
    return {"count": count}


def _rows(folder: Path) -> Iterator[Mapping[str, str]]:
    with (folder.parent / "rows.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _idle(*_: object) -> dict[str, float]:
    return {"megabytes": _peak()}


def _build(system: System, folder: Path, _: argparse.Namespace) -> dict[str, float]:
    start = time.perf_counter()
    system.build(folder, _rows(folder))
    return {"seconds": time.perf_counter() - start, "megabytes": _peak()}


def _ask(system: System, folder: Path, options: argparse.Namespace) -> dict[str, float]:
    questions = [analyse(row["question"]) for row in rows_of(options.government)]
    queries = [questions[n % len(questions)] for n in range(_QUERIES)]
    start = time.perf_counter()
    search = system.open(folder)
    opened = time.perf_counter() - start
    search(queries[0])  # what is compiled at the first query is no query's time
    times = []
    for terms in queries:
        start = time.perf_counter()
        search(terms)
        times.append((time.perf_counter() - start) * 1000)
    p50, p95 = np.percentile(times, (50, 95))
    return {"open": opened, "p50": float(p50), "p95": float(p95), "megabytes": _peak()}


def _add(system: System, folder: Path, _: argparse.Namespace) -> dict[str, float]:
    new = {"id": "nieuw", "text": "nieuw", "heading": "", "stem": "nieuw regel", "part": ""}
    start = time.perf_counter()
    system.add(folder, _rows(folder), new)
    return {"seconds": time.perf_counter() - start}


_STEPS = {"rows": _write_rows, "idle": _idle, "build": _build, "ask": _ask, "add": _add}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
