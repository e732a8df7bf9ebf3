"""Fusing scored lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.fusion import fuse

Lists = dict[str, list[tuple[str, float]]]

scores = st.floats(0.01, 100)
lists = st.dictionaries(st.sampled_from("abcdefgh"), scores, max_size=8).map(
    lambda found: sorted(found.items(), key=lambda entry: (-entry[1], entry[0]))
)
sources = st.fixed_dictionaries({"lexical": lists, "dense": lists})
weights = st.fixed_dictionaries({name: st.floats(0.01, 10) for name in ("lexical", "dense")})
EQUAL = {"lexical": 1, "dense": 1}


def test_an_id_in_both_sources_beats_one_that_only_one_source_scores_as_high() -> None:
    fused = fuse({"lexical": [("a", 4.0), ("b", 3.0)], "dense": [("b", 0.5)]}, EQUAL)

    assert [(entry.id, entry.ranks) for entry in fused] == [
        ("b", {"lexical": 2, "dense": 1}),
        ("a", {"lexical": 1}),
    ]
    assert [entry.score for entry in fused] == pytest.approx([3 / 4 + 1, 1])


def test_how_far_the_best_stands_out_counts() -> None:
    dense = [("b", 0.5), ("a", 0.4)]

    assert fuse({"lexical": [("a", 9.0), ("b", 1.0)], "dense": dense}, EQUAL)[0].id == "a"
    assert fuse({"lexical": [("a", 9.0), ("b", 8.9)], "dense": dense}, EQUAL)[0].id == "b"


def test_a_source_counts_by_its_weight() -> None:
    found = {"lexical": [("a", 2.0), ("b", 1.0)], "dense": [("b", 2.0), ("a", 1.0)]}

    assert fuse(found, {"lexical": 1, "dense": 0.3})[0].id == "a"
    assert fuse(found, {"lexical": 0.3, "dense": 1})[0].id == "b"


def test_equal_scores_are_ordered_by_id() -> None:
    fused = fuse({"lexical": [("z", 3.0)], "dense": [("a", 0.2)]}, EQUAL)

    assert [entry.id for entry in fused] == ["a", "z"]


def test_nothing_in_is_nothing_out() -> None:
    assert fuse({"lexical": [], "dense": []}, EQUAL) == []


def test_a_source_that_finds_nothing_alike_decides_nothing() -> None:
    found = {"lexical": [("a", 2.0), ("b", 1.0)], "dense": [("b", 0.0), ("a", -0.5)]}

    assert [(entry.id, entry.score) for entry in fuse(found, EQUAL)] == [("a", 1.0), ("b", 0.5)]


def test_an_id_named_twice_by_one_source_is_refused() -> None:
    with pytest.raises(ValueError, match="lexical names 'a' twice"):
        fuse({"lexical": [("a", 3.0), ("b", 2.0), ("a", 1.0)]}, {"lexical": 1})


@given(sources, weights)
def test_every_id_comes_out_once_with_its_ranks_by_falling_score(
    found: Lists, weighing: dict[str, float]
) -> None:
    fused = fuse(found, weighing)

    assert sorted(entry.id for entry in fused) == sorted({
        entry_id for entries in found.values() for entry_id, _ in entries
    })
    assert fused == sorted(fused, key=lambda entry: (-entry.score, entry.id))
    for entry in fused:
        assert all(found[source][rank - 1][0] == entry.id for source, rank in entry.ranks.items())
        assert len(entry.ranks) == sum(entry.id in dict(entries) for entries in found.values())


@given(sources, weights)
def test_the_order_in_which_sources_are_named_changes_no_ranking(
    found: Lists, weighing: dict[str, float]
) -> None:
    turned = dict(reversed(found.items()))

    assert [e.id for e in fuse(found, weighing)] == [e.id for e in fuse(turned, weighing)]


@given(sources, weights, st.sampled_from([0.001, 0.5, 2, 1024]))
def test_the_scale_of_a_source_changes_nothing(
    found: Lists, weighing: dict[str, float], factor: float
) -> None:
    scaled = {**found, "lexical": [(i, factor * score) for i, score in found["lexical"]]}
    before = {entry.id: entry.score for entry in fuse(found, weighing)}

    assert {e.id: e.score for e in fuse(scaled, weighing)} == pytest.approx(before)


@given(sources, weights, st.data())
def test_a_better_score_in_a_source_never_lowers_an_id(
    found: Lists, weighing: dict[str, float], data: st.DataObject
) -> None:
    ranked = found["lexical"]
    if not ranked:
        return
    lifted, score = data.draw(st.sampled_from(ranked))
    better = {**dict(ranked), lifted: score * 2}
    changed = {**found, "lexical": sorted(better.items(), key=lambda entry: -entry[1])}

    def place(lists: Lists) -> int:
        return [entry.id for entry in fuse(lists, weighing)].index(lifted)

    assert place(changed) <= place(found)
