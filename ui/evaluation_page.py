"""An evaluation as one HTML page that needs nothing beside itself.

In:  a Run, and a Comparison with an earlier one.
Out: HTML: figures with plots, groups, what changed, every wrong answer, all questions.

Its policy (CSP) forbids the page every request, and every word of a question, an answer or
a document is escaped.

Knows nothing of commands, terminals or how anything was measured.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from assistant.evaluation.compare import Comparison
from assistant.evaluation.figures import Figure, Figures, figures, grouped, waits
from assistant.evaluation.metrics import METRICS, right
from assistant.evaluation.records import Outcome, Run
from ui.evaluation_cards import change_html, outcome_html
from ui.evaluation_words import (
    GROUP_WORDS,
    METRIC_WORDS,
    STATUS_WORDS,
    VERDICT_WORDS,
    amount,
    group_name,
    number,
    questions,
    span,
)
from ui.judging import judge_as_html

_STYLE = Path(__file__).parent / "evaluation.css"
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"
# What the tables per group show.
_GROUP_METRICS = ("right", "facts_right", "evidence_hit", "reciprocal_rank")
_WIDTH = 200  # units of a plot


def page(run: Run, comparison: Comparison | None = None) -> str:
    """Return the page."""
    wrong = [outcome for outcome in run.outcomes if not right(outcome)]
    parts = [
        _heading(run),
        _figures(run),
        judge_as_html(run),
        _comparison(comparison) if comparison else "",
        *(_group(name, members) for name, members in grouped(run.outcomes).items() if members),
        f"<h2>Niet goed beantwoord ({len(wrong)})</h2>",
        *map(outcome_html, wrong),
        _all(run.outcomes),
    ]
    return (
        '<!doctype html>\n<html lang="nl"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<title>Wegwijs: meting</title>"
        f"<style>{_STYLE.read_text(encoding='utf-8')}</style></head>"
        f"<body>{''.join(parts)}</body></html>\n"
    )


def _heading(run: Run) -> str:
    made = run.made.strftime("%d-%m-%Y %H:%M")
    return (
        "<h1>Hoe goed antwoordt Wegwijs?</h1>"
        f'<p class="muted">{questions(len(run.outcomes))}, versie {run.generation} van de index, '
        f"gemeten op {made} (UTC) in {number(run.seconds, 1)} seconden.</p>"
    )


def _figures(run: Run) -> str:
    half, most = waits(run.outcomes)
    rows = (
        _row(
            f"<td>{METRIC_WORDS[name].name}</td>",
            _number(amount(name, figure.value)),
            f"<td>{_plot(figure) if METRICS[name].repeats else ''}</td>",
            _number(span(name, figure)),
            _number(str(figure.count)),
            f'<td class="muted">{METRIC_WORDS[name].meaning}</td>',
        )
        for name, figure in figures(run.outcomes).items()
    )
    head = ("Cijfer", "", "", "95% zeker", "vragen", "")
    return (
        f"<h2>Cijfers</h2>{_table(head, rows)}"
        f'<p class="muted">De helft van de antwoorden kwam binnen {number(half)} ms, '
        f"95% binnen {number(most)} ms.</p>"
    )


def _group(name: str, members: dict[str, Figures]) -> str:
    rows = (
        _row(
            f"<td>{escape(group_name(name, member))}</td>",
            _number(str(found["right"].count)),
            *(_cells(metric, found.get(metric)) for metric in _GROUP_METRICS),
        )
        for member, found in members.items()
    )
    head = ("", "vragen", *(part for m in _GROUP_METRICS for part in (METRIC_WORDS[m].name, "")))
    return f"<h2>{GROUP_WORDS[name]}</h2>{_table(head, rows)}"


def _cells(metric: str, figure: Figure | None) -> str:
    if figure is None:
        return '<td class="number muted">–</td><td></td>'
    return f"{_number(amount(metric, figure.value))}<td>{_plot(figure)}</td>"


def _comparison(comparison: Comparison) -> str:
    rows = (
        _row(
            f"<td>{METRIC_WORDS[name].name}</td>",
            _number(amount(name, found.before)),
            _number(amount(name, found.after)),
            _number(number(found.p, 3)),
            _number(str(found.count)),
        )
        for name, found in comparison.differences.items()
    )
    parts = [
        f"<h2>Vergeleken met een eerdere meting ({questions(comparison.shared)})</h2>",
        _table(("Cijfer", "was", "is", "p", "vragen"), rows),
        '<p class="muted">p is de kans op zo’n verschil door toeval alleen (Holm).</p>',
    ]
    for verdict, title in VERDICT_WORDS.items():
        changes = comparison.with_verdict(verdict)
        parts.append(f"<h3>{title} ({len(changes)})</h3>")
        parts += [change_html(change) for change in changes]
    return "".join(parts)


def _all(outcomes: Sequence[Outcome]) -> str:
    rows = (
        _row(
            f"<td>{_mark(bool(right(outcome)))}</td>",
            f"<td>{escape(outcome.case.id)}</td>",
            f"<td>{escape(outcome.case.question)}</td>",
            f"<td>{STATUS_WORDS[outcome.status]}</td>",
            _number(f"{number(outcome.milliseconds)} ms"),
        )
        for outcome in outcomes
    )
    table = _table(("", "id", "vraag", "kreeg", "tijd"), rows)
    return f"<h2>Alle vragen</h2><details><summary>Laat zien</summary>{table}</details>"


def _mark(is_right: bool) -> str:
    return '<span class="good">goed</span>' if is_right else '<span class="bad">fout</span>'


def _plot(figure: Figure) -> str:
    """Return a bar for the mean, with a line for its interval."""
    value, low, high = (round(_WIDTH * part, 1) for part in (figure.value, figure.low, figure.high))
    return (
        f'<svg viewBox="0 0 {_WIDTH} 16" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="track" width="{_WIDTH}" height="10" y="3"/>'
        f'<rect class="bar" width="{value}" height="10" y="3"/>'
        f'<line class="whisker" x1="{low}" x2="{high}" y1="8" y2="8"/></svg>'
    )


def _table(head: Iterable[str], rows: Iterable[str]) -> str:
    names = "".join(f'<th scope="col">{name}</th>' for name in head)
    return f'<div class="wide"><table><thead><tr>{names}</tr></thead>{"".join(rows)}</table></div>'


def _row(*cells: str) -> str:
    return f"<tr>{''.join(cells)}</tr>"


def _number(text: str) -> str:
    return f'<td class="number">{text}</td>'
