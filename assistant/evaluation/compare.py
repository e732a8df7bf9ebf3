"""Say what became better, worse and different between two runs.

In:  two Runs; only questions that are in both are compared.
Out: a Comparison: each changed answer, and each metric with the p-value of its difference.

Knows nothing of how it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.evaluation.metrics import METRICS, right
from assistant.evaluation.records import Outcome, Run
from assistant.evaluation.statistics import corrected, interval, randomisation_test


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose answer is not what it was."""

    before: Outcome
    after: Outcome
    verdict: Literal["better", "worse", "different"]


@dataclass(frozen=True, slots=True)
class Difference:
    """A metric in both runs, over the questions to which it applies in both.

    Attributes:
        before: Its mean in the earlier run.
        after: Its mean in the later run.
        low: Where the interval (95%, bootstrap) of the mean difference begins.
        high: Where it ends.
        count: How many questions.
        p: How likely a difference like this is by chance alone, corrected (Holm) for the number
            of metrics; 1 when nothing differs.
    """

    before: float
    after: float
    low: float
    high: float
    count: int
    p: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs beside each other.

    Attributes:
        changes: Answers that changed: first what became worse, then better, then different.
        differences: Each metric but how long it took: a second run is quicker by itself.
        shared: How many questions are in both.
        only_before: Ids of questions that only the earlier run has.
        only_after: Ids of questions that only the later run has.
    """

    changes: tuple[Change, ...]
    differences: dict[str, Difference]
    shared: int
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]

    def with_verdict(self, verdict: str) -> tuple[Change, ...]:
        """Return the changes that are "better", "worse" or "different"."""
        return tuple(change for change in self.changes if change.verdict == verdict)


def compare(before: Run, after: Run) -> Comparison:
    """Put the answers of two runs beside each other."""
    old = {outcome.case.id: outcome for outcome in before.outcomes}
    new = {outcome.case.id: outcome for outcome in after.outcomes}
    pairs = [(old[name], new[name]) for name in new if name in old]
    changes = [change for pair in pairs if (change := _change(*pair)) is not None]
    order = ("worse", "better", "different")
    return Comparison(
        changes=tuple(sorted(changes, key=lambda change: order.index(change.verdict))),
        differences=_differences(pairs),
        shared=len(pairs),
        only_before=tuple(name for name in old if name not in new),
        only_after=tuple(name for name in new if name not in old),
    )


def _change(before: Outcome, after: Outcome) -> Change | None:
    was, now = right(before), right(after)
    if was != now:
        return Change(before, after, "better" if now > was else "worse")
    same = _said(before) == _said(after)
    return None if same else Change(before, after, "different")


def _said(outcome: Outcome) -> tuple[object, ...]:
    """Return what a reader sees of an answer; offsets may shift when a document grows.

    What stands beside a refusal only comes near, and changes with every document.
    """
    if not outcome.gives_answer:
        return (outcome.status,)
    quotes = tuple((cited.number, cited.document, cited.quote) for cited in outcome.cited)
    return outcome.status, outcome.text, quotes


def _differences(pairs: list[tuple[Outcome, Outcome]]) -> dict[str, Difference]:
    found: dict[str, tuple[list[float], list[float]]] = {}
    for name, metric in METRICS.items():
        if not metric.repeats:
            continue
        values = [(metric.of(before), metric.of(after)) for before, after in pairs]
        both = [(b, a) for b, a in values if b is not None and a is not None]
        if both:
            found[name] = ([b for b, _ in both], [a for _, a in both])
    p_values = corrected({name: randomisation_test(*values) for name, values in found.items()})
    return {
        name: Difference(
            sum(b) / len(b),
            sum(a) / len(a),
            *interval([new - old for old, new in zip(b, a, strict=True)]),
            len(a),
            p_values[name],
        )
        for name, (b, a) in found.items()
    }
