"""Intervals and tests: what holds for all values, and known values."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluation.statistics import corrected, interval, randomisation_test

share = st.floats(0, 1, allow_nan=False)
values = st.lists(share, min_size=1, max_size=40)
pairs = st.lists(st.tuples(share, share), min_size=1, max_size=30)


@given(values)
def test_an_interval_holds_the_mean_and_stays_between_the_values(sample: list[float]) -> None:
    low, high = interval(sample)

    assert low - 1e-9 <= np.mean(sample) <= high + 1e-9
    assert min(sample) - 1e-9 <= low <= high <= max(sample) + 1e-9


@given(values)
def test_a_surer_interval_is_not_narrower(sample: list[float]) -> None:
    low, high = interval(sample, level=0.8)
    lower, higher = interval(sample, level=0.99)

    assert lower <= low <= high <= higher


def test_an_interval_is_the_same_every_time_and_narrows_with_more_questions() -> None:
    few, many = interval([0, 1] * 10), interval([0, 1] * 200)

    assert few == interval([0, 1] * 10)
    assert few[1] - few[0] > 2 * (many[1] - many[0])


def test_an_interval_of_shares_is_about_what_theory_says() -> None:
    low, high = interval([1] * 80 + [0] * 20)

    assert (low, high) == pytest.approx((0.8 - 1.96 * 0.04, 0.8 + 1.96 * 0.04), abs=0.02)


@given(pairs)
def test_the_test_does_not_mind_which_run_came_first(both: list[tuple[float, float]]) -> None:
    one, other = zip(*both, strict=True)
    p = randomisation_test(one, other)

    assert p == randomisation_test(other, one)
    assert 0 < p <= 1


@given(values)
def test_runs_that_are_the_same_do_not_differ(sample: list[float]) -> None:
    assert randomisation_test(sample, sample) == 1


@pytest.mark.parametrize("count", [1, 2, 5, 10])
def test_a_difference_that_always_goes_one_way_is_as_likely_as_a_row_of_heads(count: int) -> None:
    assert randomisation_test([0.0] * count, [1.0] * count) == pytest.approx(2 / 2**count)


def test_many_differences_one_way_are_no_chance_and_as_many_each_way_are() -> None:
    assert randomisation_test([0.0] * 40, [1.0] * 40) < 0.001
    assert randomisation_test([0.0, 1.0] * 20, [1.0, 0.0] * 20) == 1


@given(st.dictionaries(st.text(max_size=3), st.floats(0, 1), max_size=8))
def test_correction_makes_no_p_value_smaller_and_keeps_their_order(
    found: dict[str, float],
) -> None:
    larger = corrected(found)

    assert larger.keys() == found.keys()
    assert all(found[name] <= larger[name] <= 1 for name in found)
    ordered = sorted(found, key=lambda name: (found[name], name))
    assert [larger[name] for name in ordered] == sorted(larger.values())
