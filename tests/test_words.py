"""Questions about the corpus in other words than its own: do they find what was meant?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.pipeline import Assistant
from ingest.embedding import Embedder

ROWS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "words.yaml").read_text(encoding="utf-8")
)
# What search reached when this was written, less a little.
LEAST = {"spelling": 0.85, "lay": 0.75, "synonym": 0.8, "english": 0.65}


@pytest.fixture(scope="module")
def assistant(corpus_data: Path, embedder: Embedder) -> Iterator[Assistant]:
    opened = Assistant.open(corpus_data, embedder)
    yield opened
    opened.close()


def reciprocal_rank(assistant: Assistant, row: dict[str, Any]) -> float:
    words = row["passage"].lower()
    for rank, hit in enumerate(assistant.search(row["query"], 10), start=1):
        if any(words in text.lower() for text in (hit.passage.text, *hit.passage.headings)):
            return 1 / rank
    return 0.0


@pytest.mark.parametrize("kind", LEAST)
def test_other_words_find_the_passage(assistant: Assistant, kind: str) -> None:
    found = [reciprocal_rank(assistant, row) for row in ROWS if row["kind"] == kind]

    assert len(found) >= 8
    assert sum(found) / len(found) >= LEAST[kind]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("projctleider", "projectleider"),
        ("jeugdhulpinsteling", "jeugdhulpinstelling"),
        ("mijlpalne", "mijlpalen"),
    ],
)
def test_a_misspelt_word_finds_what_the_word_finds(
    assistant: Assistant, wrong: str, right: str
) -> None:
    found = assistant.search(wrong, 10)

    assert found == assistant.search(right, 10)
    assert right in found[0].passage.text.lower()
