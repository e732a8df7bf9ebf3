"""Measure the shipped assistant and write the figures down: `make evaluate`.

    python -m tests.record_quality

In:  corpus/ and tests/questions/corpus/.
Out: a summary on stdout; tests/quality.json, which the quality gate reads; the block of
     README.md between its two comments.

The figures repeat: nothing in them depends on the clock or on how fast the machine is.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from assistant.evaluation.figures import figures
from assistant.evaluation.metrics import METRICS
from assistant.evaluation.questions import load_cases
from assistant.evaluation.records import Case, Run
from assistant.evaluation.run import evaluate
from assistant.pipeline import Assistant
from ingest.embedding import Embedder, load_embedder
from ingest.pipeline import ingest
from ui.evaluation_text import run_as_text

REPOSITORY = Path(__file__).parents[1]
CORPUS = REPOSITORY / "corpus"
QUESTIONS = REPOSITORY / "tests" / "questions" / "corpus"
QUALITY = REPOSITORY / "tests" / "quality.json"
README = REPOSITORY / "README.md"
TODAY = date(2026, 1, 1)  # for questions that name no day of their own

Quality = dict[str, dict[str, dict[str, float]]]

_NAMES = {
    "right": "right answers",
    "facts_right": "facts right",
    "wrong_facts": "answers with a wrong fact (less is better)",
    "citation_recall": "citation recall (ALCE)",
    "citation_precision": "citation precision (ALCE)",
    "evidence_hit": "answers that cite where it stands",
    "refusal_precision": "refusal precision",
    "refusal_recall": "refusal recall",
    "needless_refusal": "needless refusals (less is better)",
    "conciseness": "conciseness",
    "recall_at_5": "recall@5",
    "recall_at_10": "recall@10",
    "reciprocal_rank": "MRR@10",
    "ndcg": "nDCG@10",
}
_BLOCK = re.compile(r"(<!-- quality:start[^>]*-->\n).*?(<!-- quality:end -->)", re.DOTALL)


def main() -> None:
    embedder = load_embedder()
    with tempfile.TemporaryDirectory() as scratch:
        data = Path(scratch) / "data"
        ingest([CORPUS], data, embedder)
        run = asked(load_cases([QUESTIONS]), data, embedder)
    sys.stdout.write(f"{run_as_text(run)}\n")
    write(quality_of(run), QUALITY, README)


def asked(cases: Sequence[Case], data: Path, embedder: Embedder) -> Run:
    with closing(Assistant.open(data, embedder)) as assistant:
        return evaluate(assistant, cases, today=TODAY)


def quality_of(run: Run) -> Quality:
    """Return the figures that repeat, of each split."""
    return {
        split: {
            name: {
                "value": round(figure.value, 4),
                "low": round(figure.low, 4),
                "high": round(figure.high, 4),
                "count": figure.count,
            }
            for name, figure in figures([o for o in run.outcomes if o.case.split == split]).items()
            if METRICS[name].repeats
        }
        for split in ("tune", "test")
    }


def write(quality: Quality, quality_file: Path, readme_file: Path) -> None:
    quality_file.write_text(json.dumps(quality, indent=1) + "\n", encoding="utf-8")
    readme = readme_file.read_text(encoding="utf-8")
    readme_file.write_text(with_block(readme, quality), encoding="utf-8")


def with_block(readme: str, quality: Quality) -> str:
    """Return a README with the figures between its two comments."""
    assert len(_BLOCK.findall(readme)) == 1, "README.md has no place for the figures"
    return _BLOCK.sub(lambda match: f"{match[1]}{block(quality)}{match[2]}", readme)


def block(quality: Quality) -> str:
    counts = {split: quality[split]["right"]["count"] for split in quality}
    lines = [
        f"| | tune, {counts['tune']} questions | test, {counts['test']} questions |",
        "|---|---|---|",
    ]
    for name, words in _NAMES.items():
        cells = (_cell(quality[split].get(name)) for split in ("tune", "test"))
        lines.append(f"| {words} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _cell(figure: dict[str, Any] | None) -> str:
    if figure is None:
        return "–"
    return f"{figure['value']:.2f} ({figure['low']:.2f}–{figure['high']:.2f})"


if __name__ == "__main__":
    main()
