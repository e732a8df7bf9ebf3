"""Measure search and answers on public government questions.

    python -m tests.bench_questions

In:  a JSON-lines file of questions with their answers and addresses (`id`, `question`, `answer`,
     `url`).
Out: how often search ranks the question's own answer first, by each source and fused; and, with
     the answers of about half of the questions left out of the index, how many questions are
     answered and how many refused.

Many questions whose own answer is left out have one in another document, so the share refused
is a floor, not a score.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant import retrieval
from assistant.pipeline import Assistant
from assistant.records import Status
from ingest.embedding import load_embedder
from ingest.pipeline import ingest

QUESTIONS = Path(__file__).parents[2] / "shared" / "data" / "rijksoverheid-qa" / "questions.jsonl"
_NOTHING = dict.fromkeys(retrieval.weights(), 0.0)
_SOURCES = {
    "lexical": _NOTHING | {"lexical": 1.0},
    "dense": _NOTHING | {"dense": 1.0},
    "both": _NOTHING | {"lexical": 0.65, "dense": 0.35},
    "ranked": dict(retrieval.weights()),
}
_DEPTH = 50  # passages searched for the question's own document


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure search and answers.")
    parser.add_argument("--questions", type=Path, default=QUESTIONS)
    options = parser.parse_args()
    if not options.questions.exists():
        sys.exit(f"{options.questions} is not there: name a file with --questions.")
    lines = options.questions.read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    _search(rows)
    _answer(rows)


def _search(rows: Sequence[dict[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        assistant = index_of(rows, Path(scratch))
        for name, weights in _SOURCES.items():
            retrieval.weights = lambda chosen=weights: chosen
            ranks = [_rank(assistant, row) for row in rows]
            reciprocal = sum(1 / rank for rank in ranks if rank <= 10) / len(rows)
            first = sum(rank == 1 for rank in ranks) / len(rows)
            sys.stdout.write(f"{name:<8} MRR@10 {reciprocal:.3f}  hit@1 {first:.3f}\n")
        assistant.close()


def _rank(assistant: Assistant, row: dict[str, Any]) -> int:
    hits = assistant.search(row["question"], _DEPTH)
    found = list(dict.fromkeys(hit.passage.document_id for hit in hits))
    return found.index(row["id"]) + 1 if row["id"] in found else sys.maxsize


def _answer(rows: Sequence[dict[str, Any]]) -> None:
    known = [row for row in rows if int(_slug(row), 16) % 2]
    with tempfile.TemporaryDirectory() as scratch:
        assistant = index_of(known, Path(scratch))
        answered = right = refused = 0
        for row in rows:
            answer = assistant.ask(row["question"])
            is_answered = answer.status is Status.ANSWERED
            if row in known:
                answered += is_answered
                right += is_answered and answer.citations[0].document_id == row["id"]
            else:
                refused += not is_answered
        assistant.close()
    sys.stdout.write(
        f"own answer in the index:     {answered} of {len(known)} answered, "
        f"{right} first citing it\n"
        f"own answer not in the index: {refused} of {len(rows) - len(known)} refused\n"
    )


def index_of(rows: Sequence[dict[str, Any]], scratch: Path) -> Assistant:
    """Ingest the answers as documents and open them; `scratch` gets `documents` and `data`."""
    folder, data, embedder = scratch / "documents", scratch / "data", load_embedder()
    folder.mkdir(parents=True)
    for row in rows:
        # The title must not give the question away.
        head = f"id: {row['id']}\ntitle: Antwoord {_slug(row)}\nurl: {row['url']}"
        text = f"---\n{head}\n---\n\n{row['answer']}\n"
        (folder / f"{_slug(row)}.md").write_text(text, encoding="utf-8")
    ingest([folder], data, embedder)
    return Assistant.open(data, embedder)


def _slug(row: dict[str, Any]) -> str:
    return hashlib.sha256(row["id"].encode()).hexdigest()[:10]


if __name__ == "__main__":
    main()
