"""The command line: `wegwijs ingest | ask | search | show | status | …`.

In:  arguments, WEGWIJS_DATA, WEGWIJS_EMBEDDING, WEGWIJS_RERANKER.
Out: answers and reports on stdout, errors in Dutch on stderr, an exit code.

Heavy libraries are imported by the commands that need them: `wegwijs --help` needs none.

Knows nothing of how a question is answered or a file is read.
"""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ingest.errors import UsageError, WegwijsError
from ui import evaluate as evaluation
from ui import maintenance
from ui.dutch import DutchGroup, explain
from ui.options import (
    data_option,
    day_of,
    embedder_for,
    embedding_option,
    json_option,
    print_json,
    reranker_for,
    reranker_option,
)

if TYPE_CHECKING:
    from assistant.live import LiveAssistant
    from assistant.records import Answer

CORPUS = Path("corpus")

_batch = click.option(
    "--batch",
    type=click.Path(path_type=Path),
    metavar="BESTAND",
    help="Lees vragen uit een JSONL-bestand; vereist --json.",
)


@click.group(cls=DutchGroup)
@click.option("--debug", is_flag=True, help="Laat bij een fout ook de technische details zien.")
def wegwijs(debug: bool) -> None:
    """Antwoorden uit Nederlandse beleidsdocumenten, met de bron erbij."""


@wegwijs.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PAD]…")
@data_option
@embedding_option
@json_option
@click.option("--dry-run", is_flag=True, help="Laat zien wat er zou veranderen; verander niets.")
@click.option(
    "--evaluate",
    "questions",
    type=click.Path(path_type=Path),
    metavar="VRAGEN",
    help="Stel deze vragen eerst aan de nieuwe index; goede antwoorden mogen niet fout worden.",
)
@click.option(
    "--max-worse",
    type=click.IntRange(min=0),
    metavar="N",
    help="Hoeveel goede antwoorden fout mogen worden (standaard: 0).",
)
@click.option(
    "--force",
    is_flag=True,
    help="Ga ook door als veel verdwijnt of goede antwoorden fout worden.",
)
def ingest(
    paths: tuple[Path, ...],
    data: Path,
    embedding: str | None,
    as_json: bool,
    dry_run: bool,
    questions: Path | None,
    max_worse: int | None,
    force: bool,
) -> int:
    """Lees documenten in en werk de index bij (standaard: corpus/)."""
    from ingest.pipeline import ingest as run
    from ui.progress import shown

    embedder = embedder_for(embedding)
    with shown() as progress:
        gate = evaluation.gate_for(questions, data, embedder, max_worse, force, progress)
        with evaluation.told(gate, as_json):
            report = run(
                list(paths) or [CORPUS],
                data,
                embedder,
                force=force,
                dry_run=dry_run,
                listener=progress,
                gate=gate,
            )
    evaluation.show_report(report, gate, as_json)
    return 1 if report.failed else 0


@wegwijs.command()
@click.argument("question", required=False, metavar="VRAAG")
@data_option
@embedding_option
@reranker_option
@json_option
@_batch
@click.option("--today", metavar="JJJJ-MM-DD", help="De dag waarop je de vraag stelt.")
@click.option("--explain", "explained", is_flag=True, help="Laat zien hoe het antwoord er kwam.")
def ask(
    question: str | None,
    data: Path,
    embedding: str | None,
    reranker: str | None,
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
        answer = _assistant(data, embedding, reranker).ask(question or "", today=day)
        if as_json:
            print_json(as_row(answer))
            return 0
        click.echo(answer_as_text(answer))
        if explained:
            click.echo(f"\n{explanation(answer.trace)}")
        return 0
    from ui.batch import read_questions

    questions = read_questions(batch)
    assistant = _assistant(data, embedding, reranker)
    for asked in questions:
        answer = assistant.ask(asked.text, history=asked.history, today=asked.today or day)
        print_json(as_row(answer, asked.id))
    return 0


@wegwijs.command()
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


@wegwijs.command()
@click.argument("document", metavar="DOCUMENT")
@data_option
def show(document: str, data: Path) -> int:
    """Laat de opgeslagen tekst van een document zien, en niets anders."""
    from ingest.status import stored_text

    # Bytes, not echo: the text must come out as it is stored, on every system.
    sys.stdout.buffer.write(stored_text(data, document).encode())
    sys.stdout.buffer.flush()
    return 0


@wegwijs.command()
@data_option
@embedding_option
def status(data: Path, embedding: str | None) -> int:
    """Laat zien wat er in de index staat, en of die nog bij de documenten past."""
    from ingest.status import describe

    click.echo(describe(data, embedder_for(embedding)))
    return 0


for _command in (
    evaluation.evaluate,
    maintenance.facts,
    maintenance.sources,
    maintenance.verify,
    maintenance.rollback,
    maintenance.forget,
):
    wegwijs.add_command(_command)


@wegwijs.command()
@click.option("--port", type=click.IntRange(1, 65535), default=7860, help="Poort van de app.")
@data_option
@embedding_option
@reranker_option
def serve(port: int, data: Path, embedding: str | None, reranker: str | None) -> int:
    """Open de app in je browser op http://127.0.0.1:7860."""
    from ingest.generations import current

    current(data)  # no index: say so before anything heavy is loaded
    from assistant.live import LiveAssistant
    from ui.app import serve as run

    run(LiveAssistant(data, embedder_for(embedding), reranker_for(reranker)), port=port)
    return 0


def main() -> None:
    """Run the command line; the one place where errors become text and exit codes."""
    # Wherever it stands: who adds it to a command that failed puts it at the end.
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    debug = arguments != sys.argv[1:]
    try:
        code = wegwijs.main(arguments, standalone_mode=False, prog_name="wegwijs")
    except click.UsageError as problem:
        code = _fail(explain(problem), debug, 2)
    except WegwijsError as problem:
        code = _fail(str(problem), debug, problem.exit_code)
    except (KeyboardInterrupt, click.Abort):
        code = _fail("Gestopt. De index is gebleven zoals hij was.", debug, 130)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output left; nothing more to say
        code = 1
    except Exception as problem:
        code = _fail(
            f"Er ging iets mis dat Wegwijs niet kent ({type(problem).__name__}: {problem}). "
            "Probeer het opnieuw met 'wegwijs --debug …' en stuur de details mee als je "
            "dit meldt.",
            debug,
            1,
        )
    sys.exit(code if isinstance(code, int) else 0)


def _fail(text: str, debug: bool, code: int) -> int:
    if debug:
        traceback.print_exc()
    click.echo(text, err=True)
    return code


def _assistant(data: Path, embedding: str | None, reranker: str | None) -> LiveAssistant:
    from ingest.generations import current

    current(data)  # no index: say so before a model is loaded
    from assistant.live import LiveAssistant

    return LiveAssistant(data, embedder_for(embedding), reranker_for(reranker))


def _one_of(text: str | None, batch: Path | None, as_json: bool) -> None:
    if (text is None) == (batch is None):
        raise UsageError("Geef een vraag, of een bestand met --batch.", "Kijk met --help hoe.")
    if batch is not None and not as_json:
        raise UsageError("--batch geeft JSON.", "Zet er --json bij.")
