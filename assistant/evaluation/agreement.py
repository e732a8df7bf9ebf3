"""Say how far a language model that judged answers agrees with the exact metric.

In:  Outcomes that were judged.
Out: counts, the share on which both agree, and how much of that is more than chance.

Knows nothing of how an opinion is asked or shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evaluation.metrics import right
from assistant.evaluation.records import Opinion, Outcome


@dataclass(frozen=True, slots=True)
class Agreement:
    """A judge beside the exact metric `right`.

    Attributes:
        right: How many answers it finds right.
        wrong: How many it finds wrong.
        none: Of how many it gave no opinion.
        agreed: The share of its opinions that are those of the metric, None without opinions.
        kappa: Cohen's kappa (1960): (agreed - by chance) / (1 - by chance), where by chance is
            how often both would say the same if each said right as often as it does, by lot; None
            where both always say the same one thing.
    """

    right: int
    wrong: int
    none: int
    agreed: float | None
    kappa: float | None


def agreement(outcomes: Sequence[Outcome]) -> Agreement:
    """Return how far the judge of `outcomes` agrees with the exact metric."""
    opinions = [outcome.judged.opinion for outcome in outcomes if outcome.judged]
    pairs = [
        (outcome.judged.opinion is Opinion.RIGHT, right(outcome) == 1.0)
        for outcome in outcomes
        if outcome.judged and outcome.judged.opinion is not Opinion.NONE
    ]
    agreed = sum(judge == metric for judge, metric in pairs) / len(pairs) if pairs else None
    return Agreement(
        right=opinions.count(Opinion.RIGHT),
        wrong=opinions.count(Opinion.WRONG),
        none=opinions.count(Opinion.NONE),
        agreed=agreed,
        kappa=_kappa(pairs, agreed) if agreed is not None else None,
    )


def disagreements(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Return the answers of which judge and metric do not think the same."""
    return [
        outcome
        for outcome in outcomes
        if outcome.judged
        and outcome.judged.opinion is not Opinion.NONE
        and (outcome.judged.opinion is Opinion.RIGHT) != (right(outcome) == 1.0)
    ]


def _kappa(pairs: Sequence[tuple[bool, bool]], agreed: float) -> float | None:
    judge = sum(one for one, _ in pairs) / len(pairs)
    metric = sum(other for _, other in pairs) / len(pairs)
    chance = judge * metric + (1 - judge) * (1 - metric)
    return (agreed - chance) / (1 - chance) if chance < 1 else None
