"""The book of Dutch words that say nearly the same."""

from __future__ import annotations

from ingest.analysis import stems_in
from ingest.dutch.wordbook import entries, groups


def others(word: str) -> set[str]:
    return {
        other for entry in entries().get(" ".join(stems_in(word)), ()) for other in entry.others
    }


def test_words_of_a_group_stand_for_each_other() -> None:
    assert "vermissing" in others("kwijtraken")
    assert "kwijtraken" in others("vermissing")


def test_a_kind_leads_to_what_it_is_a_kind_of_and_not_back() -> None:
    assert "intrekking" in others("afpakken")
    assert "afpakken" not in others("intrekking")


def test_a_word_never_stands_for_itself() -> None:
    assert [e for same in entries().values() for e in same if e.text in e.others] == []


def test_every_group_says_something() -> None:
    for group in groups():
        assert len(group) in {1, 2}
        assert all(stems_in(word) for side in group for word in side)
        assert len(group) == 2 or len(group[0]) > 1
