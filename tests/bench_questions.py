"""Measure answers on documents that the project does not ship.

    python -m tests.bench_questions

In:  what is there of: the answers to public government questions, a folder of policy documents,
     the originals that corpus/ was written from, invented collections; and the questions on each.
Out: for each, of both halves of its questions, how many are answered rightly, how many refused
     needlessly, and how many that cannot be answered are refused; and how many government
     questions are refused by sources that are on something else.

The originals are asked the questions on corpus/: they have other words for most facts and other
names for the documents, so there a right answer is one with the right facts.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from assistant.evaluation.figures import figures
from assistant.evaluation.questions import load_cases
from assistant.evaluation.records import Case
from assistant.evaluation.run import evaluate
from assistant.pipeline import Assistant
from assistant.records import Status
from ingest.embedding import Embedder, load_embedder
from ingest.pipeline import ingest
from tests.retrieval_sets import (
    COLLECTIONS,
    GOVERNMENT,
    ON_POLICY,
    OWN,
    government_cases,
    rows_of,
    write_answers,
)

REPOSITORY = Path(__file__).parents[1]
SHARED = REPOSITORY.parent / "shared"
TODAY = date(2026, 1, 1)  # for questions that name no day of their own
_SHOWN = {
    "right": "right",
    "needless_refusal": "refused needlessly",
    "refusal_recall": "refused, of what cannot be answered",
    "wrong_facts": "with a wrong fact",
}
_REFUSED = frozenset({Status.NOT_FOUND, Status.OUT_OF_SCOPE, Status.CLARIFY})


def main() -> None:
    embedder = load_embedder()
    own = load_cases([OWN])
    policy = load_cases([ON_POLICY])
    elsewhere = rows_of(GOVERNMENT) if GOVERNMENT.exists() else []
    with tempfile.TemporaryDirectory() as scratch:
        if elsewhere:
            answers = Path(scratch) / "answers"
            write_answers(elsewhere, answers)
            _measure("public government answers", answers, government_cases(), embedder)
        strangers = [row["question"] for row in elsewhere]
        _measure("policy documents", SHARED / "data" / "policy-docs", policy, embedder, strangers)
        _measure("originals", SHARED / "sources", own, embedder, strangers)
        _measure("corpus/", REPOSITORY / "corpus", own, embedder, strangers)
        for folder in sorted(COLLECTIONS.glob("*/")):
            cases = load_cases([folder / "questions.yaml"])
            name = f"invented collection {folder.name}"
            _measure(name, folder / "documents", cases, embedder, strangers)


def _measure(
    name: str,
    source: Path,
    cases: Sequence[Case],
    embedder: Embedder,
    strangers: Sequence[str] = (),
) -> None:
    """Print the figures of the questions on `source`, and of questions on something else."""
    if not source.is_dir():
        sys.stdout.write(f"{name}: not there\n")
        return
    with tempfile.TemporaryDirectory() as data:
        ingest([source], Path(data), embedder)
        with closing(Assistant.open(Path(data), embedder)) as assistant:
            run = evaluate(assistant, cases, today=TODAY)
            refused = sum(assistant.ask(one).status in _REFUSED for one in strangers)
    sys.stdout.write(f"{name}, {len(cases)} questions\n")
    for split in ("tune", "test"):
        found = figures([outcome for outcome in run.outcomes if outcome.case.split == split])
        shown = (
            f"{words} {found[figure].value:.2f} ({found[figure].low:.2f}-{found[figure].high:.2f}"
            f" of {found[figure].count})"
            for figure, words in _SHOWN.items()
            if figure in found
        )
        sys.stdout.write(f"  {split}: {'; '.join(shown)}\n")
    if strangers:
        sys.stdout.write(f"  on something else: {refused} of {len(strangers)} refused\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
