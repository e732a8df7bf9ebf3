"""Words for the same thing, stored and looked up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.library import Library
from ingest.thesaurus import Concept, Label, LabelKind, keys_of
from ingest.vocabulary import Vocabulary


def concept(name: str, *labels: tuple[LabelKind, str, str], above: tuple[str, ...] = ()) -> Concept:
    return Concept(name, tuple(sorted(Label(*label) for label in labels)), above)


PREFERRED, HIDDEN = LabelKind.PREFERRED, LabelKind.HIDDEN
SHIP = concept("schip", (PREFERRED, "nl", "zeilschip"), (HIDDEN, "nl", "grote boot"))
SLOOP = concept("sloep", (PREFERRED, "nl", "sloep"), (PREFERRED, "en", "dinghy"), above=("schip",))


@pytest.fixture
def vocabulary(tmp_path: Path) -> Iterator[Vocabulary]:
    with Library(tmp_path / "library.sqlite") as library:
        library.vocabulary.put("boten.ttl", "v1", [SHIP, SLOOP])
        yield library.vocabulary


def test_a_scheme_comes_back_as_it_was_put(vocabulary: Vocabulary) -> None:
    assert vocabulary.concepts("boten.ttl") == (SHIP, SLOOP)
    assert vocabulary.versions() == {"boten.ttl": "v1"}


def test_a_scheme_takes_the_place_of_what_the_same_file_held(vocabulary: Vocabulary) -> None:
    vocabulary.put("boten.ttl", "v2", [SLOOP])
    vocabulary.put("meer.ttl", "v1", [SHIP])

    assert vocabulary.versions() == {"boten.ttl": "v2", "meer.ttl": "v1"}
    assert vocabulary.concepts("boten.ttl") == (SLOOP,)
    vocabulary.remove("meer.ttl")
    vocabulary.remove("nooit.ttl")
    assert vocabulary.versions() == {"boten.ttl": "v2"}
    assert vocabulary.names(["zeilschip"]) == {}


@pytest.mark.parametrize("check", ["quick_check", "integrity_check"])
def test_sqlite_finds_the_tables_whole(vocabulary: Vocabulary, check: str) -> None:
    # A quick check that is mistaken costs an ingest a thorough one.
    assert vocabulary._db.execute(f"PRAGMA {check}").fetchall() == [("ok",)]


def test_a_name_leads_to_its_concept_and_up(vocabulary: Vocabulary) -> None:
    def named(text: str) -> list[str]:
        names = vocabulary.names(keys_of(text)).values()
        return [name.concept for found in names for name in found]

    assert (named("sloepen"), named("grote boten"), named("dinghies")) == (
        ["sloep"],
        ["schip"],
        ["sloep"],
    )
    assert named("auto") == named("boot") == []
    assert vocabulary.broader("sloep") == ["schip"]
    assert [label.text for label in vocabulary.labels("schip")] == ["zeilschip", "grote boot"]


def test_a_word_is_known_in_any_form_of_any_label(vocabulary: Vocabulary) -> None:
    assert all(vocabulary.mentions(word) for word in ("boten", "sloepen", "dinghies", "grote"))
    assert not any(vocabulary.mentions(word) for word in ("auto", "sloe", "%", "_"))


def test_abbreviations_lead_both_ways_and_go_with_their_document(vocabulary: Vocabulary) -> None:
    for document in "abc":
        vocabulary.put_abbreviations(document, [("KNV", "Koninklijke Nederlandse Vaart")])
    vocabulary.put_abbreviations("d", [("KNV", "Kring Noordelijke Vissers")])

    assert vocabulary.abbreviations(["knv"])["knv"] == [
        "Koninklijke Nederlandse Vaart",
        "Kring Noordelijke Vissers",
    ]
    long = keys_of("Kring Noordelijke Vissers")
    assert vocabulary.abbreviations(long) == {long[0]: ["KNV"]}
    vocabulary.put_abbreviations("d", [])
    assert vocabulary.abbreviations(["knv"])["knv"] == ["Koninklijke Nederlandse Vaart"]


def test_ten_thousand_concepts_are_looked_up_like_two(vocabulary: Vocabulary) -> None:
    many = [
        concept(f"c{n}", (PREFERRED, "nl", f"begrip {n}"), above=(f"c{n // 10}",))
        for n in range(10_000)
    ]
    vocabulary.put("veel.ttl", "v1", many)

    assert vocabulary.concepts("veel.ttl") == tuple(many)
    (name,) = vocabulary.names(["begrip 9999"])["begrip 9999"]
    assert (name.concept, vocabulary.broader("c9999")) == ("c9999", ["c999"])
