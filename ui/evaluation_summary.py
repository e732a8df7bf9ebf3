"""The figures of an evaluation as HTML.

In:  a Run, and a Comparison with an earlier one.
Out: HTML: the figures with plots, what differs from the earlier run, the figures by kind, topic,
     document and tag. Every word of a question or a document is escaped.

Knows nothing of pages, tabs or how anything was measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.evaluation.compare import Change, Comparison, Difference
from assistant.evaluation.figures import Figure, Figures, figures, grouped, waits
from assistant.evaluation.metrics import METRICS, right
from assistant.evaluation.records import Run
from ui.evaluation_cards import change_html
from ui.evaluation_plots import bar, dot
from ui.evaluation_tables import table_html
from ui.evaluation_words import (
    GROUP_WORDS,
    METRIC_WORDS,
    VERDICT_WORDS,
    amount,
    chance,
    group_name,
    moment,
    number,
    points,
    questions,
    span,
)
from ui.judging import judge_as_html

# What tells most; the rest is folded.
_MAIN = ("right", "facts_right", "wrong_facts", "evidence_hit", "needless_refusal", "latency")
_GROUP_METRICS = ("right", "facts_right", "evidence_hit", "reciprocal_rank")
_SURE = "Tussen haakjes: waar het echte cijfer waarschijnlijk ligt (95%)."


def summary_html(run: Run, comparison: Comparison | None = None) -> str:
    """Return all figures of a run, and what differs from the run that it is compared with."""
    parts = [
        _score(run),
        _comparison(comparison) if comparison else "",
        _figures(run),
        judge_as_html(run),
        "<h2>Uitgesplitst</h2>",
        *(_group(name, members) for name, members in grouped(run.outcomes).items() if members),
    ]
    return "".join(parts)


def _score(run: Run) -> str:
    good = sum(bool(right(outcome)) for outcome in run.outcomes)
    asked = f"{escape(run.questions)}: {questions(len(run.outcomes))}"
    return (
        f'<p class="score"><strong>{number(100 * good / len(run.outcomes))}%</strong> '
        f"{good} van de {questions(len(run.outcomes))} goed beantwoord</p>"
        f'<p class="muted">{asked if run.questions else questions(len(run.outcomes))}. Gemeten op '
        f"{moment(run.made)} met versie {run.generation} van de bronnen, in "
        f"{number(run.seconds, 1)} seconden.</p>"
    )


def _figures(run: Run) -> str:
    half, most = waits(run.outcomes)
    found = figures(run.outcomes)
    main = {name: figure for name, figure in found.items() if name in _MAIN}
    rest = {name: figure for name, figure in found.items() if name not in _MAIN}
    return (
        f"<h2>Cijfers</h2>{_figure_table('Cijfers', main)}"
        f'<p class="muted">{_SURE} De helft van de antwoorden kwam binnen {number(half)} ms, '
        f"95% binnen {number(most)} ms.</p>"
        f"<details><summary>Meer cijfers</summary>{_figure_table('Meer cijfers', rest)}</details>"
    )


def _figure_table(caption: str, found: Figures) -> str:
    rows = (
        _row(
            f'{METRIC_WORDS[name].name}<span class="muted">{METRIC_WORDS[name].meaning}</span>',
            f"<td>{_amount(name, figure)}</td>",
            _number(figure.count),
        )
        for name, figure in found.items()
    )
    return table_html(caption, ("Cijfer", "Uitkomst", "Vragen"), rows)


def _group(name: str, members: dict[str, Figures]) -> str:
    rows = (
        _row(
            escape(group_name(name, member)),
            _number(found["right"].count),
            *(_cell(metric, found.get(metric)) for metric in _GROUP_METRICS),
        )
        for member, found in members.items()
    )
    words = GROUP_WORDS[name]
    head = (words.removeprefix("Per ").capitalize(), "Vragen",
            *(METRIC_WORDS[metric].name for metric in _GROUP_METRICS))  # fmt: skip
    return f"<details><summary>{words}</summary>{table_html(words, head, rows)}</details>"


def _cell(metric: str, figure: Figure | None) -> str:
    return f"<td>{_amount(metric, figure)}</td>" if figure else '<td class="muted">–</td>'


def _amount(name: str, figure: Figure) -> str:
    plot = bar(figure) if METRICS[name].repeats else ""
    where = f'<span class="muted keep">({span(name, figure)})</span>'
    return f"<b>{amount(name, figure.value)}</b> {where}{plot}"


def _comparison(comparison: Comparison) -> str:
    if not comparison.shared:
        return (
            "<h2>Vergeleken met een eerdere meting</h2>"
            '<p class="none">Deze twee metingen hebben geen vragen gemeen.</p>'
        )
    parts = [
        f"<h2>Vergeleken met een eerdere meting ({questions(comparison.shared)})</h2>",
        _differences(comparison),
        _only(comparison),
    ]
    for verdict, title in VERDICT_WORDS.items():
        if changes := comparison.with_verdict(verdict):
            parts.append(_changes(verdict, title, changes))
    return "".join(parts)


def _differences(comparison: Comparison) -> str:
    # The first tells how it went as a whole; of the others only what differs is worth a row.
    found = {
        name: one
        for name, one in comparison.differences.items()
        if name == "right" or one.before != one.after
    }
    reach = max((max(abs(one.low), abs(one.high)) for one in found.values()), default=0.0)
    rows = (_difference(name, one, reach) for name, one in found.items())
    same = len(comparison.differences) - len(found)
    kept = f" {_same(same)}" if same else ""
    kept += "" if comparison.changes else " Elk antwoord is hetzelfde gebleven."
    table = table_html("Verschillen", ("Cijfer", "Verschil", "Vragen"), rows)
    return (
        f'{table}<p class="muted">Verschil in procentpunten, met daarachter waar het echte '
        f"verschil waarschijnlijk ligt (95%). p is de kans op zo’n verschil door toeval alleen "
        f"(Holm).{kept}</p>"
    )


def _difference(name: str, one: Difference, reach: float) -> str:
    differs = one.before != one.after
    said = f"{chance(one.p)} (p = {number(one.p, 3)})" if differs else "geen verschil"
    return _row(
        f"{METRIC_WORDS[name].name}"
        f'<span class="muted">was {amount(name, one.before)}, is {amount(name, one.after)}</span>',
        f"<td><b>{points(one.after - one.before)}</b> "
        f'<span class="muted keep">({points(one.low)} tot {points(one.high)})</span>'
        f"{dot(one, reach)}"
        f'<span class="muted">{said}</span></td>',
        _number(one.count),
    )


def _same(count: int) -> str:
    return "1 ander cijfer is gelijk." if count == 1 else f"{count} andere cijfers zijn gelijk."


def _only(comparison: Comparison) -> str:
    parts = [
        f"{title}: {questions(len(names))}."
        for title, names in (
            ("Alleen in de eerdere meting", comparison.only_before),
            ("Alleen in deze meting", comparison.only_after),
        )
        if names
    ]
    return f'<p class="muted">{" ".join(parts)}</p>' if parts else ""


def _changes(verdict: str, title: str, changes: Sequence[Change]) -> str:
    cards = "".join(map(change_html, changes))
    if verdict == "different":
        return f"<details><summary>{title} ({len(changes)})</summary>{cards}</details>"
    return f"<h3>{title} ({len(changes)})</h3>{cards}"


def _row(head: str, *cells: str) -> str:
    return f'<tr><th scope="row">{head}</th>{"".join(cells)}</tr>'


def _number(count: int) -> str:
    return f'<td class="number">{count}</td>'
