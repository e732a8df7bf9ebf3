"""The commands on questions that people asked: `questions review`.

In:  arguments, WEGWIJS_DATA.
Out: questions on stdout, an exit code.

Knows nothing of how judgements are kept or become candidates.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ingest.errors import UsageError
from ui.dutch import DutchGroup
from ui.options import data_option, json_option, print_json


@click.group(cls=DutchGroup)
def questions() -> None:
    """Kijk na welke vragen in de app geen goed antwoord kregen."""


@questions.command()
@data_option
@json_option
@click.option("--yaml", "as_yaml", is_flag=True, help="Geef testvragen om aan te vullen.")
def review(data: Path, as_json: bool, as_yaml: bool) -> int:
    """Laat de vragen zien met een oordeel 'niet nuttig', of zonder antwoord."""
    from ui import candidates
    from ui.feedback import Feedback
    from ui.question_log import QuestionLog

    _one_form(as_json, as_yaml)
    today = date.today()
    unanswered = QuestionLog(data, 0).unanswered(today)
    found = candidates.candidates(Feedback(data).kept(today), unanswered)
    if as_json:
        print_json(candidates.as_json(found))
    else:
        click.echo(candidates.as_yaml(found) if as_yaml else candidates.as_text(found))
    return 0


def _one_form(as_json: bool, as_yaml: bool) -> None:
    if as_json and as_yaml:
        raise UsageError("Kies --json of --yaml.", "Allebei tegelijk kan niet.")
