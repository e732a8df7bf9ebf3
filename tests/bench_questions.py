"""Measure answers on public government questions.

    python -m tests.bench_questions

In:  a JSON-lines file of questions with their answers and addresses (see retrieval_sets.py).
Out: with the answers of about half of the questions left out of the index, how many questions
     are answered and how many refused.

Many questions whose own answer is left out have one in another document, so the share refused
is a floor, not a score. How well their passages are found: bench_retrieval.py.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.pipeline import Assistant
from assistant.records import Status
from ingest.embedding import load_embedder
from tests.retrieval_sets import GOVERNMENT, index_answers, rows_of, slug


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure answers.")
    parser.add_argument("--questions", type=Path, default=GOVERNMENT)
    options = parser.parse_args()
    if not options.questions.exists():
        sys.exit(f"{options.questions} is not there: name a file with --questions.")
    _answer(rows_of(options.questions))


def _answer(rows: Sequence[dict[str, Any]]) -> None:
    known = [row for row in rows if int(slug(row), 16) % 2]
    embedder = load_embedder()
    with tempfile.TemporaryDirectory() as scratch:
        assistant = Assistant.open(index_answers(known, Path(scratch), embedder), embedder)
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


if __name__ == "__main__":
    main()
