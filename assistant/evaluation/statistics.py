"""How sure a figure is, and whether two figures really differ.

In:  values, one a question.
Out: intervals and p-values. The same values always give the same: the seed is fixed.

Knows nothing of what the values mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SEED = 20230524
_RESAMPLES = 2000
_SIGNS = 10_000
_ALL_SIGNS = 13  # with up to this many differences all ways to swap are tried


def interval(values: Sequence[float], *, level: float = 0.95) -> tuple[float, float]:
    """Return a bootstrap percentile interval of the mean.

    The mean of `_RESAMPLES` samples of len(values) values drawn with replacement; the interval
    runs from the (1 - level) / 2 quantile of these means to the (1 + level) / 2 quantile
    (Efron & Tibshirani 1993, An Introduction to the Bootstrap, §13.3).

    Args:
        values: At least one value.
        level: How often an interval made like this holds the true mean, about.
    """
    sample = np.asarray(values, dtype=float)
    dice = np.random.default_rng(_SEED)
    means = sample[dice.integers(0, len(sample), (_RESAMPLES, len(sample)))].mean(axis=1)
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def randomisation_test(before: Sequence[float], after: Sequence[float]) -> float:
    """Return the p-value of a difference between paired values.

    How often the mean difference is at least as large, to either side, when for every question
    it is chance which of both values came from which run (Fisher 1935; Smucker, Allan &
    Carterette 2007, who found it the test to use on figures of retrieval). All ways to swap
    are counted when few values differ; else a sample, in which the order that was seen counts
    as one: p = (1 + count) / (1 + samples).

    Args:
        before: A value a question.
        after: A value for each of the same questions.
    """
    difference = np.asarray(after, dtype=float) - np.asarray(before, dtype=float)
    difference = difference[difference != 0.0]
    if not len(difference):
        return 1.0
    seen = abs(difference.sum())
    slack = 1e-9 * np.abs(difference).sum()  # sums that are equal but for rounding
    if len(difference) <= _ALL_SIGNS:
        return float(np.mean(np.abs(_all_signs(len(difference)) @ difference) >= seen - slack))
    signs = np.random.default_rng(_SEED).choice([-1.0, 1.0], (_SIGNS, len(difference)))
    count = int(np.count_nonzero(np.abs(signs @ difference) >= seen - slack))
    return (1 + count) / (1 + _SIGNS)


def _all_signs(count: int) -> NDArray[np.float64]:
    numbers = np.arange(2**count)[:, None]
    return np.where((numbers >> np.arange(count)) & 1, 1.0, -1.0)


def corrected(p_values: Mapping[str, float]) -> dict[str, float]:
    """Return p-values corrected for how many tests were done (Holm 1979).

    The i-th smallest of m is multiplied by m - i + 1, and is at least the one before it.

    Example:
        >>> corrected({"a": 0.01, "b": 0.04, "c": 0.03})
        {'a': 0.03, 'c': 0.06, 'b': 0.06}
    """
    found: dict[str, float] = {}
    least = 0.0
    for rank, name in enumerate(sorted(p_values, key=lambda name: (p_values[name], name))):
        least = max(least, min(1.0, (len(p_values) - rank) * p_values[name]))
        found[name] = least
    return found
