"""Evaluations as text for a terminal, and comparisons as JSON for programs.

In:  Runs and Comparisons.
Out: Dutch text; dictionaries.

Knows nothing of commands, pages or how anything was measured.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from assistant.evaluation.compare import Change, Comparison
from assistant.evaluation.figures import Figures, figures, grouped, waits
from assistant.evaluation.metrics import right
from assistant.evaluation.records import Outcome, Run
from ui.evaluation_words import (
    GROUP_WORDS,
    METRIC_WORDS,
    STATUS_WORDS,
    VERDICT_WORDS,
    amount,
    chance,
    group_name,
    number,
    questions,
    reasons,
    span,
)
from ui.judging import judge_as_text

_SHOWN = 10  # wrong answers, and changes that are not for the worse


def run_as_text(run: Run) -> str:
    """Return the summary of a run: figures, groups, the first wrong answers."""
    found = figures(run.outcomes)
    half, most = waits(run.outcomes)
    wrong = [outcome for outcome in run.outcomes if not right(outcome)]
    lines = [
        f"{questions(len(run.outcomes))}, versie {run.generation} van de index, "
        f"{number(run.seconds, 1)} seconden",
        "",
        *_figures(found),
        f"{'':<24}de helft binnen {number(half)} ms, 95% binnen {number(most)} ms",
        "",
        "Tussen haakjes: waar het echte cijfer waarschijnlijk ligt (95%).",
    ]
    for group, members in grouped(run.outcomes).items():
        if members:
            lines += ["", f"{GROUP_WORDS[group]}: goed beantwoord", *_members(group, members)]
    lines += ["", f"Niet goed beantwoord: {len(wrong)} van de {questions(len(run.outcomes))}"]
    for outcome in wrong[:_SHOWN]:
        lines += _wrong(outcome)
    if len(wrong) > _SHOWN:
        lines.append(f"  … en nog {len(wrong) - _SHOWN}; zet er --html BESTAND bij voor alles.")
    lines += _unfounded(run)
    lines += judge_as_text(run)
    return "\n".join(lines)


def comparison_as_text(comparison: Comparison) -> str:
    """Return what became worse, better and different."""
    lines = [f"Vergeleken met de vorige antwoorden: {questions(comparison.shared)}"]
    for name, difference in comparison.differences.items():
        if difference.before != difference.after:
            sure = chance(difference.p)
            lines.append(
                f"  {METRIC_WORDS[name].name:<23}{amount(name, difference.before):>7} → "
                f"{amount(name, difference.after):<8} p = {number(difference.p, 3)}, {sure}"
            )
    for verdict, title in VERDICT_WORDS.items():
        changes = comparison.with_verdict(verdict)
        shown = len(changes) if verdict == "worse" else _SHOWN
        lines.append(f"{title}: {len(changes)}")
        for change in changes[:shown]:
            lines += _change(change)
        if len(changes) > shown:
            lines.append(f"  … en nog {len(changes) - shown}")
    for title, names in (
        ("Alleen in de vorige meting", comparison.only_before),
        ("Alleen in deze meting", comparison.only_after),
    ):
        if names:
            lines.append(f"{title}: {questions(len(names))}")
    return "\n".join(lines)


def comparison_as_json(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison for programs: changed answers by verdict, and the metrics."""
    return {
        "questions": comparison.shared,
        **{
            verdict: [_change_as_json(change) for change in comparison.with_verdict(verdict)]
            for verdict in VERDICT_WORDS
        },
        "metrics": {name: asdict(found) for name, found in comparison.differences.items()},
    }


def _change_as_json(change: Change) -> dict[str, Any]:
    before, after = change.before, change.after
    return {
        "id": after.case.id,
        "question": after.case.question,
        "before": {"status": before.status.value, "answer": before.text},
        "after": {"status": after.status.value, "answer": after.text},
    }


def _figures(found: Figures) -> Iterator[str]:
    for name, figure in found.items():
        words = METRIC_WORDS[name]
        where = f"({span(name, figure)})"
        yield (
            f"{words.name:<23}{amount(name, figure.value):>7} {where:<10} "
            f"{figure.count:>4}  {words.meaning}"
        )


def _members(group: str, members: dict[str, Figures]) -> Iterator[str]:
    width = max(len(group_name(group, member)) for member in members) + 2
    for member, found in members.items():
        figure = found["right"]
        where = f"({span('right', figure)})"
        yield (
            f"  {group_name(group, member):<{width}}{amount('right', figure.value):>5} "
            f"{where:<10} {questions(figure.count)}"
        )


def _wrong(outcome: Outcome) -> list[str]:
    lines = [f"  {outcome.case.id}: {outcome.case.question}"]
    return lines + [f"    {reason}" for reason in reasons(outcome)]


def _change(change: Change) -> list[str]:
    case = change.after.case
    return [
        f"  {case.id}: {case.question}",
        f"    was:  {_short(change.before)}",
        f"    werd: {_short(change.after)}",
    ]


def _short(outcome: Outcome) -> str:
    text = " ".join(outcome.text.split())
    shown = text if len(text) <= 150 else f"{text[:150].rsplit(' ', 1)[0]} …"
    return f"({STATUS_WORDS[outcome.status]}) {shown}"


def _unfounded(run: Run) -> list[str]:
    lost = [outcome for outcome in run.outcomes if outcome.unfounded]
    if not lost:
        return []
    lines = ["", f"Let op: bij {questions(len(lost))} staat het bewijs niet in de documenten."]
    for outcome in lost[:_SHOWN]:
        for place in outcome.unfounded:
            words = place.quote or ", ".join(place.words)
            lines.append(f"  {outcome.case.id}: {place.document}: “{words}”")
    return lines
