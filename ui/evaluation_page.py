"""An evaluation as one HTML page that needs nothing beside itself.

In:  a Run, and a Comparison with an earlier one.
Out: HTML: the figures, what changed, every wrong answer, all questions.

Its policy (CSP) forbids the page every request, and every word of a question, an answer or
a document is escaped.

Knows nothing of commands, terminals or how anything was measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from assistant.evaluation.compare import Comparison
from assistant.evaluation.metrics import right
from assistant.evaluation.records import Outcome, Run
from ui.evaluation_cards import outcome_html
from ui.evaluation_summary import summary_html
from ui.evaluation_tables import table_html
from ui.evaluation_words import STATUS_WORDS, number

_HERE = Path(__file__).parent
_STYLES = ("colours.css", "evaluation_page.css", "evaluation.css")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"


def page(run: Run, comparison: Comparison | None = None) -> str:
    """Return the page."""
    style = "\n".join((_HERE / name).read_text(encoding="utf-8") for name in _STYLES)
    wrong = [outcome for outcome in run.outcomes if not right(outcome)]
    parts = [
        "<h1>Hoe goed antwoordt Wegwijs?</h1>",
        summary_html(run, comparison),
        f"<h2>Niet goed beantwoord ({len(wrong)})</h2>",
        *map(outcome_html, wrong),
        _all(run.outcomes),
    ]
    return (
        '<!doctype html>\n<html lang="nl"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Wegwijs: meting</title><style>{style}</style></head>"
        f'<body class="evaluation">{"".join(parts)}</body></html>\n'
    )


def _all(outcomes: Sequence[Outcome]) -> str:
    rows = (
        f'<tr><th scope="row">{escape(outcome.case.question)}'
        f'<span class="muted">{escape(outcome.case.id)}</span></th>'
        f"<td>{_mark(bool(right(outcome)))}</td><td>{STATUS_WORDS[outcome.status]}</td>"
        f'<td class="number">{number(outcome.milliseconds)} ms</td></tr>'
        for outcome in outcomes
    )
    table = table_html("Alle vragen", ("Vraag", "Goed of fout", "Kreeg", "Tijd"), rows)
    return f"<h2>Alle vragen</h2><details><summary>Laat zien</summary>{table}</details>"


def _mark(is_right: bool) -> str:
    return '<span class="good">goed</span>' if is_right else '<span class="bad">fout</span>'
