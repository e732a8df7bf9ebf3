"""Commands that tell what is in the documents: `ask`, `search`, `show`, `serve`.

In:  arguments, WEGWIJS_DATA, WEGWIJS_EMBEDDING, WEGWIJS_RERANKER, WEGWIJS_LLM.
Out: answers, passages or a text on stdout, or the app; an exit code.

Heavy libraries are imported by the commands that need them.

Knows nothing of how a question is answered or an index is made.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ingest.errors import UsageError
from ui.dutch import DutchCommand
from ui.options import (
    aids_for,
    data_option,
    day_of,
    embedder_for,
    embedding_option,
    json_option,
    llm_option,
    print_json,
    reranker_for,
    reranker_option,
)

if TYPE_CHECKING:
    from assistant.live import LiveAssistant
    from assistant.records import Answer

_batch = click.option(
    "--batch",
    type=click.Path(path_type=Path),
    metavar="BESTAND",
    help="Lees vragen uit een JSONL-bestand; vereist --json.",
)


@click.command(cls=DutchCommand)
@click.argument("question", required=False, metavar="VRAAG")
@data_option
@embedding_option
@reranker_option
@llm_option
@json_option
@_batch
@click.option("--today", metavar="JJJJ-MM-DD", help="De dag waarop je de vraag stelt.")
@click.option("--explain", "explained", is_flag=True, help="Laat zien hoe het antwoord er kwam.")
def ask(
    question: str | None,
    data: Path,
    embedding: str | None,
    reranker: str | None,
    llm: str | None,
    as_json: bool,
    batch: Path | None,
    today: str | None,
    explained: bool,
) -> int:
    """Stel een vraag."""
    from ui.explain import explanation
    from ui.output import answer_as_json, answer_as_text, trace_as_json

    def as_row(answer: Answer, question_id: object = None) -> dict[str, Any]:
        trace = {"trace": trace_as_json(answer.trace)} if explained else {}
        return answer_as_json(answer, question_id) | trace

    _one_of(question, batch, as_json)
    day = day_of(today)
    if batch is None:
        answer = _assistant(data, embedding, reranker, llm).ask(question or "", today=day)
        if as_json:
            print_json(as_row(answer))
            return 0
        click.echo(answer_as_text(answer))
        if explained:
            click.echo(f"\n{explanation(answer.trace)}")
        return 0
    from ui.batch import read_questions

    questions = read_questions(batch)
    assistant = _assistant(data, embedding, reranker, llm)
    for asked in questions:
        answer = assistant.ask(asked.text, history=asked.history, today=asked.today or day)
        print_json(as_row(answer, asked.id))
    return 0


@click.command(cls=DutchCommand)
@click.argument("query", required=False, metavar="ZOEKVRAAG")
@click.option("-k", "limit", type=click.IntRange(1, 1000), default=10, help="Hoeveel passages.")
@data_option
@embedding_option
@reranker_option
@json_option
@_batch
def search(
    query: str | None,
    limit: int,
    data: Path,
    embedding: str | None,
    reranker: str | None,
    as_json: bool,
    batch: Path | None,
) -> int:
    """Zoek passages, de beste eerst."""
    from ui.output import hits_as_json, hits_as_text

    _one_of(query, batch, as_json)
    if batch is None:
        hits = _assistant(data, embedding, reranker).search(query or "", limit)
        print_json(hits_as_json(hits)) if as_json else click.echo(hits_as_text(hits))
        return 0
    from ui.batch import read_queries

    queries = read_queries(batch)
    assistant = _assistant(data, embedding, reranker)
    for asked in queries:
        print_json(hits_as_json(assistant.search(asked.text, limit), asked.id))
    return 0


@click.command(cls=DutchCommand)
@click.argument("document", metavar="DOCUMENT")
@data_option
def show(document: str, data: Path) -> int:
    """Laat de opgeslagen tekst van een document zien, en niets anders."""
    from ingest.status import stored_text

    # Bytes, not echo: the text must come out as it is stored, on every system.
    sys.stdout.buffer.write(stored_text(data, document).encode())
    sys.stdout.buffer.flush()
    return 0


@click.command(cls=DutchCommand)
@click.option("--port", type=click.IntRange(1, 65535), default=7860, help="Poort van de app.")
@data_option
@embedding_option
@reranker_option
@llm_option
def serve(
    port: int, data: Path, embedding: str | None, reranker: str | None, llm: str | None
) -> int:
    """Open de app in je browser op http://127.0.0.1:7860."""
    from ui.app import serve as run
    from ui.feedback import Feedback

    assistant, feedback = _assistant(data, embedding, reranker, llm), Feedback(data)
    feedback.kept(date.today())  # a year that passed while nothing ran is over too
    run(assistant, feedback, port=port)
    return 0


def _assistant(
    data: Path, embedding: str | None, reranker: str | None, llm: str | None = None
) -> LiveAssistant:
    from ingest.generations import current

    current(data)  # no index: say so before a model is loaded
    from assistant.live import LiveAssistant

    aids = aids_for(llm)
    return LiveAssistant(data, embedder_for(embedding), reranker_for(reranker), aids)


def _one_of(text: str | None, batch: Path | None, as_json: bool) -> None:
    if (text is None) == (batch is None):
        raise UsageError("Geef een vraag, of een bestand met --batch.", "Kijk met --help hoe.")
    if batch is not None and not as_json:
        raise UsageError("--batch geeft JSON.", "Zet er --json bij.")
