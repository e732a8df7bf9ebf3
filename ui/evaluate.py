"""The command `evaluate`, and what `ingest --evaluate` adds to an ingest.

In:  arguments, WEGWIJS_DATA, WEGWIJS_EMBEDDING, WEGWIJS_RERANKER, WEGWIJS_LLM,
     WEGWIJS_JUDGE.
Out: a report on stdout, a run as JSON, a page as HTML.

Heavy libraries are imported by the functions that need them.

Knows nothing of metrics or of how a question is answered.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ingest.errors import RegressionError, UsageError
from ui.dutch import DutchCommand
from ui.matrix import (
    Models,
    fitting,
    show,
    with_embedding_option,
    with_llm_option,
    with_reranker_option,
)
from ui.options import (
    aids_for,
    data_option,
    day_of,
    embedder_for,
    embedding_option,
    judge_for,
    judge_option,
    llm_option,
    print_json,
    reranker_for,
    reranker_option,
)

if TYPE_CHECKING:
    from assistant.evaluation.gate import Gate
    from assistant.evaluation.matrix import Combination
    from assistant.evaluation.records import Case, Run
    from assistant.llm.models import Model
    from ingest.embedding import Embedder
    from ingest.progress import Listener
    from ingest.report import IngestReport


@click.command(cls=DutchCommand)
@click.argument("questions", nargs=-1, type=click.Path(path_type=Path), metavar="[VRAGEN]…")
@click.option(
    "--split",
    type=click.Choice(["tune", "test", "all"]),
    default="all",
    help="Welk deel van de vragen: tune (om mee te verbeteren), test of all (standaard).",
)
@click.option(
    "--json",
    "json_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="BESTAND",
    help="Bewaar de meting hier (standaard: in de map evaluations bij de index).",
)
@click.option(
    "--html",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="BESTAND",
    help="Maak een pagina met alles wat fout ging.",
)
@click.option(
    "--compare",
    metavar="METING",
    help="Laat zien wat er anders is dan in deze meting: een bestand, of 'vorige'.",
)
@click.option("--today", metavar="JJJJ-MM-DD", help="De dag waarop de vragen worden gesteld.")
@click.option("--matrix", is_flag=True, help="Zet combinaties van modellen naast elkaar.")
@with_embedding_option
@with_reranker_option
@with_llm_option
@data_option
@embedding_option
@reranker_option
@llm_option
@judge_option
def evaluate(
    questions: tuple[Path, ...],
    split: str,
    json_file: Path | None,
    html: Path | None,
    compare: str | None,
    today: str | None,
    matrix: bool,
    embeddings: tuple[str, ...],
    rerankers: tuple[str, ...],
    llms: tuple[str, ...],
    data: Path,
    embedding: str | None,
    reranker: str | None,
    llm: str | None,
    judge: str | None,
) -> int:
    """Meet hoe goed vragen met een bekend antwoord worden beantwoord."""
    from ingest.generations import current

    current(data)  # no index: say so before anything is read
    from assistant.evaluation import storage
    from assistant.evaluation.compare import compare as put_beside
    from assistant.evaluation.matrix import Combination
    from assistant.evaluation.questions import load_cases
    from ui.evaluation_text import comparison_as_text, run_as_text
    from ui.question_sets import title_of

    fitting(matrix, others=bool(html or compare), models=bool(embeddings or rerankers or llms))
    files = list(questions) or _shipped()
    cases = load_cases(files, split)
    day = day_of(today) or date.today()
    if matrix:
        models = Models((*embeddings, embedding), (*rerankers, reranker), (*llms, llm))
        return show(data, models, cases, day, split, json_file)
    before = storage.load(compare, data) if compare else None
    chosen = Combination(embedding or "", reranker or "", llm or "")
    judging = judge_for(judge)
    named = ", ".join(title_of(file) for file in files)
    run = _judged(_ask(cases, data, chosen, day, split, named), judging)
    comparison = put_beside(before, run) if before else None
    click.echo(run_as_text(run))
    if comparison:
        click.echo(f"\n{comparison_as_text(comparison)}")
    if json_file:
        storage.save(run, json_file)
    else:
        json_file = storage.save_in(run, data)
    click.echo(f"\nBewaard in {json_file}")
    if html:
        from ui.evaluation_page import page

        storage.write_text(html, page(run, comparison))
        click.echo(f"Pagina: {html}")
    return 0


def _ask(
    cases: Sequence[Case], data: Path, chosen: Combination, today: date, split: str, named: str
) -> Run:
    from assistant.evaluation.run import evaluate as run
    from assistant.pipeline import Assistant
    from ui.progress import shown

    embedder, reranker = embedder_for(chosen.embedding), reranker_for(chosen.reranker)
    opened = Assistant.open(data, embedder, reranker, aids_for(chosen.llm))
    with closing(opened) as assistant, shown() as progress:
        return run(
            assistant,
            cases,
            today=today,
            model=chosen.noted(embedder.fingerprint),
            split_name=split,
            set_name=named,
            listener=progress,
        )


def _judged(run: Run, judging: Model | None) -> Run:
    if judging is None:
        return run
    from assistant.evaluation.judge import judged
    from ui.progress import shown

    with shown() as progress:
        return judged(run, judging, listener=progress)


def _shipped() -> list[Path]:
    from ui.question_sets import SHIPPED

    if not SHIPPED.is_dir():
        raise UsageError(
            "Geef een bestand of map met vragen op.",
            "Hoe die eruitzien, staat in README.md.",
        )
    return [SHIPPED]


def gate_for(
    questions: Path | None,
    data: Path,
    embedder: Embedder,
    most_worse: int | None,
    force: bool,
    listener: Listener,
) -> Gate | None:
    """Return what `ingest --evaluate` guards the index with; None without questions.

    Raises:
        UsageError: If the questions cannot be read, or a limit is given without them.
    """
    if questions is None:
        if most_worse is not None:
            raise UsageError("--max-worse hoort bij --evaluate.", "Zet er --evaluate VRAGEN bij.")
        return None
    from assistant.evaluation.gate import Gate
    from assistant.evaluation.questions import load_cases

    return Gate(
        data,
        embedder,
        load_cases([questions]),
        today=date.today(),
        most_worse=most_worse or 0,
        force=force,
        listener=listener,
    )


@contextmanager
def told(gate: Gate | None, as_json: bool) -> Generator[None]:
    """Show which answers would change when a gate refuses; the error itself goes on.

    Raises:
        RegressionError: The gate's own.
    """
    try:
        yield
    except RegressionError:
        if gate is not None and gate.comparison is not None:
            from ui.evaluation_text import comparison_as_json, comparison_as_text

            if as_json:
                print_json({"evaluation": comparison_as_json(gate.comparison)})
            else:
                click.echo(comparison_as_text(gate.comparison))
        raise


def show_report(report: IngestReport, gate: Gate | None, as_json: bool) -> None:
    """Print what an ingest did, with the answers that changed by it where a gate looked."""
    from ui.evaluation_text import comparison_as_json, comparison_as_text

    comparison = gate.comparison if gate is not None else None
    if as_json:
        extra = {"evaluation": comparison_as_json(comparison)} if comparison else {}
        print_json(report.as_json() | extra)
        return
    if comparison is not None:
        click.echo(comparison_as_text(comparison))
    elif gate is not None and gate.run is not None:
        click.echo("Er waren geen eerdere antwoorden om mee te vergelijken.")
    click.echo(report.as_text())
