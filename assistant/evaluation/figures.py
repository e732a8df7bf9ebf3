"""Sum up outcomes: each metric's mean with an interval, for all of them and by group.

In:  Outcomes.
Out: Figures by metric, for all questions and per kind, topic, document and tag.

Knows nothing of how figures are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.evaluation.metrics import METRICS, values_of
from assistant.evaluation.records import Outcome
from assistant.evaluation.statistics import interval


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over `count` questions, with its 95% bootstrap interval."""

    value: float
    low: float
    high: float
    count: int


Figures = Mapping[str, Figure]

_GROUPS: Mapping[str, Callable[[Outcome], Iterable[str]]] = {
    "kind": lambda outcome: (outcome.case.kind,),
    "topic": lambda outcome: (outcome.case.topic,),
    "document": lambda outcome: outcome.case.documents,
    "tag": lambda outcome: outcome.case.tags,
}


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """Return the figures of the metrics that apply to any of `outcomes`, in their own order."""
    return _figures([values_of(outcome) for outcome in outcomes])


def grouped(outcomes: Sequence[Outcome]) -> dict[str, dict[str, Figures]]:
    """Return the figures per kind, topic, document and tag; a question can be in several."""
    valued = [(outcome, values_of(outcome)) for outcome in outcomes]
    by_name: dict[str, dict[str, Figures]] = {}
    for name, groups_of in _GROUPS.items():
        members: dict[str, list[Mapping[str, float]]] = {}
        for outcome, values in valued:
            for group in groups_of(outcome):
                members.setdefault(group, []).append(values)
        by_name[name] = {group: _figures(members[group]) for group in sorted(members)}
    return by_name


def waits(outcomes: Sequence[Outcome]) -> tuple[float, float]:
    """Return the milliseconds within which half of the answers came, and 95% of them.

    The nearest-rank quantiles: a mean hides the questions that take long.
    """
    ordered = sorted(outcome.milliseconds for outcome in outcomes)
    last = len(ordered) - 1
    return ordered[round(0.5 * last)], ordered[round(0.95 * last)]


def _figures(rows: Sequence[Mapping[str, float]]) -> Figures:
    found = {}
    for name in METRICS:
        values = [row[name] for row in rows if name in row]
        if values:
            found[name] = Figure(sum(values) / len(values), *interval(values), len(values))
    return found
