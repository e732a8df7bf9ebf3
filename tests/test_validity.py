"""Which documents are in force on a day, and what is said of one that is not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.records import Dating
from assistant.validity import Editions, State, dating_of, editions
from ingest.versions import Version, order_of

DAY = date(2031, 6, 1)
names = st.sampled_from("abcd")


def of(**metadata: Mapping[str, str]) -> Editions:
    """Return documents with these metadata by id, each with a title of its own."""
    return editions([(name, f"Het {name}", said) for name, said in metadata.items()], {})


def test_a_document_that_says_nothing_is_in_force_without_a_note() -> None:
    silent = of(a={}, b={"valid_until": "onbekend"})

    assert {silent.state(name, DAY) for name in "ab"} == {State.IN_FORCE}
    assert not silent.notes("ab", DAY)


def test_a_document_is_in_force_on_its_first_and_last_day_and_not_outside() -> None:
    dated = of(a={"valid_from": "2031-03-01", "valid_until": "31 mei 2031"})

    assert dated.state("a", date(2031, 2, 28)) is State.NOT_YET
    assert dated.state("a", date(2031, 3, 1)) is State.IN_FORCE
    assert dated.state("a", date(2031, 5, 31)) is State.IN_FORCE
    assert dated.state("a", date(2031, 6, 1)) is State.NO_LONGER
    assert dated.notes("a", DAY) == ("De informatie uit “Het a” gold tot en met 31 mei 2031.",)
    assert dated.notes("a", date(2031, 1, 1)) == (
        "De informatie uit “Het a” geldt pas vanaf 1 maart 2031.",
    )


def test_a_year_ends_with_its_last_day() -> None:
    dated = of(a={"valid_until": "2031"})

    assert dated.state("a", date(2031, 12, 31)) is State.IN_FORCE
    assert dated.state("a", date(2032, 1, 1)) is State.NO_LONGER


def test_a_document_is_superseded_from_the_day_that_the_newer_one_is_valid() -> None:
    replaced = of(old={}, new={"supersedes": "old", "valid_from": "2031-06-01"})

    assert replaced.state("old", DAY - timedelta(days=1)) is State.IN_FORCE
    assert replaced.state("old", DAY) is State.SUPERSEDED
    assert replaced.newer_than("old", DAY) == {"new"}
    assert replaced.notes(["old", "new", "old"], DAY) == (
        "Er is een nieuwere versie van “Het old”.",
    )


def test_the_version_after_the_next_is_newer_too() -> None:
    chain = of(a={}, b={"supersedes": "a"}, c={"supersedes": "b"})

    assert chain.newer_than("a", DAY) == {"b", "c"}
    assert chain.state("c", DAY) is State.IN_FORCE


@given(st.dictionaries(names, st.fixed_dictionaries({"supersedes": names})))
def test_of_two_documents_at_most_one_is_the_newer(said: dict[str, dict[str, str]]) -> None:
    found = of(**said)

    for one in said:
        assert one not in found.newer_than(one, DAY)
        for newer in found.newer_than(one, DAY):
            assert one not in found.newer_than(newer, DAY)


def test_from_when_information_is_stands_as_the_document_writes_it() -> None:
    written = {"date": "maart 2031", "version": "2", "language": "nl"}

    assert dating_of(written) == Dating("2", "maart 2031")
    assert dating_of({}) == Dating()


@pytest.mark.parametrize(
    ("one", "other", "older"),
    [("1.9", "1.10", "one"), ("v2", "versie 1", "other"), ("2", "2", None), ("concept", "2", None)],
)
def test_the_higher_number_is_the_newer_version(one: str, other: str, older: str | None) -> None:
    order = order_of(Version("one", version=one), Version("other", version=other))

    assert (order.older if order else None) == older
