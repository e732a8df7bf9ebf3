"""What commands share: options, the embedding model and JSON.

In:  WEGWIJS_DATA, WEGWIJS_EMBEDDING, WEGWIJS_RERANKER, WEGWIJS_LLM and the options of the same
     meaning.
Out: decorators for commands, an embedder, a reranker, a language model's aids, a line on stdout.

Knows nothing of any one command.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ingest.errors import UsageError

if TYPE_CHECKING:
    from assistant.aids import Aids
    from assistant.llm.models import Model
    from assistant.retrieval import Reranker
    from ingest.embedding import Embedder

DATA = Path(".wegwijs")

data_option = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=DATA,
    envvar="WEGWIJS_DATA",
    metavar="MAP",
    help="Waar de index staat (standaard: .wegwijs).",
)
embedding_option = click.option(
    "--embedding",
    envvar="WEGWIJS_EMBEDDING",
    metavar="MODEL",
    help="Map of naam van een sentence-transformers-model (standaard: het ingebouwde model).",
)
reranker_option = click.option(
    "--reranker",
    envvar="WEGWIJS_RERANKER",
    metavar="MODEL",
    help="Map of naam van een cross-encoder die de beste passages herordent (standaard: geen).",
)
llm_option = click.option(
    "--llm",
    envvar="WEGWIJS_LLM",
    metavar="MODEL",
    help="Taalmodel dat antwoorden verwoordt, zoals ollama:MODEL (standaard: geen).",
)
judge_option = click.option(
    "--judge",
    envvar="WEGWIJS_JUDGE",
    metavar="MODEL",
    help="Taalmodel dat antwoorden beoordeelt, naast de cijfers (standaard: geen).",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Geef JSON voor programma's.")


def embedder_for(name: str | None) -> Embedder:
    """Return the embedding model that was chosen, or the embedded one.

    Raises:
        ModelError: If it cannot be loaded.
    """
    from ingest.embedding import load_embedder

    return load_embedder(name or None)


def reranker_for(name: str | None) -> Reranker | None:
    """Return the reranker that was chosen, None for none.

    Raises:
        ModelError: If it cannot be loaded.
    """
    if not name:
        return None
    from assistant.reranking import CrossEncoderReranker

    return CrossEncoderReranker(name)


def aids_for(llm: str | None) -> Aids:
    """Return what the language model that was chosen does for answers; nothing for none.

    Raises:
        SettingError: If the setting, or one that belongs to it, cannot be used.
        ModelError: If it cannot be loaded.
    """
    from assistant.aids import NO_AIDS

    if not llm:
        return NO_AIDS
    import os

    from assistant.llm.loading import aids

    return aids(llm, os.environ)


def judge_for(name: str | None) -> Model | None:
    """Return the language model that judges answers, None for none.

    Raises:
        SettingError: If the setting, or one that belongs to it, cannot be used.
        ModelError: If it cannot be loaded.
    """
    if not name:
        return None
    import os

    from assistant.evaluation.judge import load

    return load(name, os.environ)


def print_json(value: object) -> None:
    """Print a value on one line."""
    import json

    click.echo(json.dumps(value, ensure_ascii=False))


def day_of(text: str | None) -> date | None:
    """Read a day from an option.

    Raises:
        UsageError: If it is no day.
    """
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise UsageError(
            f"'{text}' is geen datum.", "Schrijf hem als JJJJ-MM-DD, zoals 2026-03-01."
        ) from None
