"""`evaluate --matrix`: its options, and what it shows.

In:  the names of models, Cases, the data folder.
Out: a Markdown table on stdout, JSON in a file; an exit code.

Heavy libraries are imported by the functions that need them.

Knows nothing of how a table is laid out or of how anything is measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ingest.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from assistant.evaluation.records import Case

with_embedding_option = click.option(
    "--with-embedding",
    "embeddings",
    multiple=True,
    metavar="MODEL",
    help="Neem dit zoekmodel mee in --matrix; mag vaker.",
)
with_reranker_option = click.option(
    "--with-reranker",
    "rerankers",
    multiple=True,
    metavar="MODEL",
    help="Neem dit herordeningsmodel mee in --matrix; mag vaker.",
)
with_llm_option = click.option(
    "--with-llm",
    "llms",
    multiple=True,
    metavar="MODEL",
    help="Neem dit taalmodel mee in --matrix, zoals ollama:MODEL; mag vaker.",
)


@dataclass(frozen=True, slots=True)
class Models:
    """The names of the models to combine; an empty one is none."""

    embeddings: Sequence[str | None]
    rerankers: Sequence[str | None]
    llms: Sequence[str | None]


def fitting(matrix: bool, *, others: bool, models: bool) -> None:
    """Check that options belong together.

    Args:
        matrix: Whether a matrix is asked for.
        others: Whether something is asked for that is of one run.
        models: Whether models are named for a matrix.

    Raises:
        UsageError: If they do not.
    """
    if models and not matrix:
        what = "--with-embedding, --with-reranker en --with-llm horen bij --matrix."
        raise UsageError(what, "Zet er --matrix bij.")
    if matrix and others:
        what = "--html en --compare horen bij een meting van een keuze, niet bij --matrix."
        raise UsageError(what, "Laat ze weg, of laat --matrix weg.")


def show(
    data: Path,
    models: Models,
    cases: Sequence[Case],
    today: date,
    split: str,
    json_file: Path | None,
) -> int:
    """Measure every combination and print the table; keep all figures in `json_file`.

    Raises:
        StorageError: If the file cannot be written.
    """
    import json

    from assistant.evaluation import storage
    from assistant.evaluation.matrix import combinations, measure
    from ui.matrix_words import as_json, as_markdown
    from ui.progress import shown

    named = map(_named, (models.embeddings, models.rerankers, models.llms))
    chosen = combinations(*named)
    with shown() as progress:
        rows = list(measure(data, chosen, cases, today=today, split_name=split, listener=progress))
    click.echo(as_markdown(rows))
    if json_file:
        text = json.dumps(as_json(rows), ensure_ascii=False, indent=1)
        storage.write_text(json_file, f"{text}\n")
        click.echo(f"\nBewaard in {json_file}")
    return 0


def _named(names: Sequence[str | None]) -> list[str]:
    return [name for name in names if name]
