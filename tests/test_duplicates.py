"""Nearly the same text, and which of two documents is the older."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.duplicates import NearDuplicate, find_near_duplicates, similarity, sketch
from ingest.versions import (
    Order,
    Version,
    days_in,
    find_versions,
    order_of,
    sentence,
    version_of,
)

SYLLABLES = ("ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "wu", "da", "fe", "gi", "ho")


def text_of(seed: int, words: int = 1000) -> str:
    """Return words that no other seed gives in this order."""
    chance = random.Random(seed)
    return " ".join("".join(chance.choices(SYLLABLES, k=3)) for _ in range(words))


def changed(text: str, every: int, seed: int = 9) -> str:
    """Return `text` with one word in `every` replaced."""
    fresh = iter(text_of(seed, len(text.split())).split())
    return " ".join(next(fresh) if i % every == 0 else word for i, word in enumerate(text.split()))


@given(st.text(min_size=1))
def test_the_same_text_has_the_same_sketch(text: str) -> None:
    made = sketch(text)
    assert made == sketch(text)
    assert len(made) in {0, 512}
    assert similarity(made, made) == (1.0 if made else 0.0)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_unrelated_texts_are_not_alike(first: int, second: int) -> None:
    if first != second:
        assert similarity(sketch(text_of(first, 300)), sketch(text_of(second, 300))) < 0.1


@given(st.integers(0, 10**6), st.integers(0, 999))
def test_a_small_edit_stays_above_the_threshold(seed: int, place: int) -> None:
    words = text_of(seed).split()
    edited = " ".join([*words[:place], "nieuw", "woord", *words[place + 1 :]])
    assert similarity(sketch(" ".join(words)), sketch(edited)) > 0.9


@given(st.integers(0, 10**6), st.integers(1, 9))
def test_a_sketch_estimates_the_share_of_runs_in_common(seed: int, tenths: int) -> None:
    words, tail = text_of(seed).split(), text_of(seed + 1).split()
    keep = tenths * 100
    other = words[:keep] + tail[keep:]
    runs = [{tuple(t[i : i + 5]) for i in range(len(t) - 4)} for t in (words, other)]
    exact = len(runs[0] & runs[1]) / len(runs[0] | runs[1])
    assert abs(similarity(sketch(" ".join(words)), sketch(" ".join(other))) - exact) < 0.2


def test_capitals_punctuation_and_white_space_make_no_difference() -> None:
    assert sketch("De school, in Zeist.\nEn daar!") == sketch("de  school in zeist en DAAR")


@pytest.mark.parametrize("text", ["", " \n", "...", "—"])
def test_a_text_without_words_is_like_nothing(text: str) -> None:
    assert sketch(text) == b""
    assert find_near_duplicates({"a": sketch(text), "b": sketch(text)}, ["a", "b"]) == []


def test_a_short_text_is_like_itself_only() -> None:
    same = {"a": sketch("Nee"), "b": sketch("nee."), "c": sketch("Ja")}
    assert find_near_duplicates(same, ["a", "c"]) == [NearDuplicate("a", "b", 1.0)]


def test_the_same_form_filled_in_otherwise_is_another_document() -> None:
    form = "Naam van de school {} plaats {} aantal leerlingen {} datum {} toelichting {} "
    filled = [
        "".join(form.format(*text_of(seed * 100 + i, 5).split()) for i in range(30))
        for seed in (1, 2)
    ]
    assert similarity(*map(sketch, filled)) < 0.5


def test_changed_documents_are_compared_with_all_others() -> None:
    base = text_of(1)
    sketches = {
        "oud": sketch(base),
        "nieuw": sketch(changed(base, 100)),
        "anders": sketch(text_of(2)),
    }
    (found,) = find_near_duplicates(sketches, ["nieuw"])
    assert (found.document_id, found.other_id) == ("nieuw", "oud")
    assert 0.8 <= found.similarity < 1
    assert find_near_duplicates(sketches, ["anders"]) == []
    assert find_near_duplicates(sketches, []) == []
    assert find_near_duplicates(sketches, ["weg"]) == []
    assert len(find_near_duplicates(sketches, sketches)) == 1


def test_bands_find_what_comparing_one_by_one_finds() -> None:
    texts = {f"d{i}": text_of(i, 200) for i in range(100)}
    texts |= {f"e{i}": changed(texts[f"d{i}"], 60 + i) for i in range(0, 100, 2)}
    sketches = {one: sketch(text) for one, text in texts.items()}
    banded = {(p.document_id, p.other_id) for p in find_near_duplicates(sketches, sketches)}
    one_by_one = {
        tuple(sorted((p.document_id, p.other_id)))
        for one in sketches
        for p in find_near_duplicates(sketches, [one])
    }
    assert len(one_by_one) > 30
    assert banded == one_by_one


def test_a_thousand_copies_give_a_thousand_lines() -> None:
    copy = sketch(text_of(1))
    found = find_near_duplicates(
        {f"d{i:04}": copy for i in range(1000)}, [f"d{i:04}" for i in range(1000)]
    )
    assert len(found) == 999 and {p.document_id for p in found} == {"d0000"}


def test_a_changed_document_is_compared_for_its_unchanged_copies() -> None:
    base = text_of(1)
    sketches = {"a": sketch(base), "z": sketch(base), "lijkt": sketch(changed(base, 200))}
    found = {(p.document_id, p.other_id) for p in find_near_duplicates(sketches, ["z"])}
    assert found == {("z", "a"), ("z", "lijkt")}


@given(st.lists(st.sampled_from([sketch(text_of(i % 3)) for i in range(3)] + [b""]), max_size=9))
def test_no_document_is_its_own_duplicate_and_no_pair_comes_twice(made: list[bytes]) -> None:
    sketches = {str(i): one for i, one in enumerate(made)}
    found = find_near_duplicates(sketches, list(sketches))
    pairs = [frozenset((p.document_id, p.other_id)) for p in found]
    assert all(len(pair) == 2 for pair in pairs) and len(set(pairs)) == len(pairs)


@pytest.mark.parametrize(
    ("first", "second", "older"),
    [
        (Version("a", date="2024"), Version("b", date="2025"), "a"),
        (Version("a", date="3 maart 2026"), Version("b", date="2025-07"), "b"),
        (Version("a", date="2025"), Version("b", date="2025-03"), None),
        (Version("a", date="2025-03"), Version("b", date="2025-03"), None),
        (Version("a", date="2025-03-01"), Version("b", date="2025-03-02T10:00"), "a"),
        (Version("a"), Version("b", date="2025"), None),
        (Version("a", date="onbekend"), Version("b", date="2025"), None),
        (Version("a", valid_from="2026", date="2024"), Version("b", valid_from="2025", date="2025"),
         "b"),
        (Version("a", valid_until="2024-12-31"), Version("b", valid_from="2025-01-01"), "a"),
        (Version("a", valid_until="2025"), Version("b", valid_until="2026"), "a"),
        (Version("a", supersedes="b", date="2020"), Version("b", date="2025"), "b"),
        (Version("a", supersedes="['x', 'b']"), Version("b"), "b"),
        (Version("a", supersedes="b"), Version("b", supersedes="a"), None),
        (Version("a", date="2025-02-31"), Version("b", date="2026"), None),
    ],
)  # fmt: skip
def test_metadata_say_which_is_the_older(
    first: Version, second: Version, older: str | None
) -> None:
    for order in (order_of(first, second), order_of(second, first)):
        assert (order and order.older) == older


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-03", "2025-03-01", "2025-03-31"),
        ("2011-12", "2011-12-01", "2011-12-31"),
        ("2025-03-09", "2025-03-09", "2025-03-09"),
        ("3 maart 2026", "2026-03-03", "2026-03-03"),
        ("maart 2026", "2026-03-01", "2026-03-31"),
    ],
)
def test_a_date_may_be_vague(written: str, first: str, last: str) -> None:
    days = days_in(written)
    assert days is not None and [str(day) for day in days] == [first, last]


@given(st.text(), st.text())
def test_any_metadata_give_one_order_or_none(first: str, second: str) -> None:
    a, b = Version("a", date=first, valid_from=second), Version("b", date=second, supersedes=first)
    one, other = order_of(a, b), order_of(b, a)
    assert one == other


def test_versions_are_found_by_text_by_title_and_by_name() -> None:
    base = text_of(1)
    half = " ".join(base.split()[:700] + text_of(2).split()[:300])
    documents = [
        Version("nota-2024", "Nota", "2024"),
        Version("nota-2025", "nota ", "2025"),
        Version("los", "Nota", "2020"),
        Version("wet-2", "Wet", supersedes="wet-1"),
        Version("wet-1", "Oude wet"),
        Version("kopie", "Kopie", "2026"),
    ]
    sketches = {
        "nota-2024": sketch(base), "nota-2025": sketch(half), "los": sketch(text_of(3)),
        "wet-1": sketch(text_of(4)), "wet-2": sketch(text_of(5)), "kopie": sketch(base),
    }  # fmt: skip
    near = find_near_duplicates(sketches, sketches)
    found = [(order.older, order.newer) for order in find_versions(documents, near, sketches)]
    assert found == [("nota-2024", "kopie"), ("nota-2024", "nota-2025"), ("wet-1", "wet-2")]


def test_the_report_says_it_in_dutch() -> None:
    old = version_of("nota-2024", "Nota", {"date": "3 maart 2024"})
    new = version_of("nota-2025", "Nota", {"date": "2025-07-01"})
    near = NearDuplicate("nota-2025", "nota-2024", 0.92)
    order = order_of(new, old)
    assert sentence(near, order) == (
        "nota-2024 lijkt voor 92 % op nota-2025 en is ouder (3 maart 2024 tegen 1 juli 2025)."
    )
    assert sentence(near, None) == "nota-2025 lijkt voor 92 % op nota-2024."
    assert sentence(None, order) == (
        "nota-2024 heet net als nota-2025 en is ouder (3 maart 2024 tegen 1 juli 2025)."
    )
    named = Order("a", "b", "b vervangt het", is_explicit=True)
    assert sentence(None, named) == "a is vervangen door b."
    assert sentence(near, named).startswith("a is vervangen door b en lijkt voor 92 % op b")
    assert "99 %" in sentence(NearDuplicate("a", "b", 0.999), None)
