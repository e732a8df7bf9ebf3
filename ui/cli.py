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

import click

from ingest.errors import WegwijsError
from ui import asking, maintenance, questions, serving, users
from ui import evaluate as evaluation
from ui.doctor.command import doctor
from ui.dutch import DutchGroup, explain
from ui.options import data_option, embedder_for, embedding_option, json_option

CORPUS = Path("corpus")


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


for _command in (
    asking.ask,
    asking.search,
    asking.show,
    maintenance.status,
    evaluation.evaluate,
    questions.questions,
    maintenance.facts,
    maintenance.sources,
    maintenance.verify,
    doctor,
    maintenance.rollback,
    maintenance.forget,
    serving.serve,
    serving.mcp,
    users.users,
):
    wegwijs.add_command(_command)


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
