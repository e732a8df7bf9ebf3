"""Other words for what a question names, and what they count for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from bicycles import read
from conftest import CORPUS
from hypothesis import given
from hypothesis import strategies as st

from assistant.cutting import Cut
from assistant.evidence import Candidate, weigh
from assistant.expansion import Expander, alike, synonyms
from assistant.questions import understand
from ingest.analysis import analyse
from ingest.lexical import Expansion, LexicalIndex, Wording, fields_of
from ingest.library import Library
from ingest.records import Passage, Span
from ingest.thesaurus import read_concepts

BOATS = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <https://haven.example/> .
:vaart skos:prefLabel "scheepvaart"@nl .
:schip skos:prefLabel "schip"@nl, "ship"@en ; skos:altLabel "vaartuig"@nl ;
    skos:hiddenLabel "boot"@nl ; skos:broader :vaart .
:zeilschip skos:prefLabel "groot schip"@nl ; skos:altLabel "driemaster"@nl ; skos:broader :schip .
:haven skos:prefLabel "haven"@nl-NL ; skos:altLabel "zeehaven" .
"""


@pytest.fixture(scope="module")
def expander(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Expander]:
    with Library(tmp_path_factory.mktemp("words") / "library.sqlite") as library:
        library.vocabulary.put("boten.ttl", "v", read_concepts(BOATS.encode()))
        ours = read_concepts((CORPUS / "begrippen.ttl").read_bytes())
        library.vocabulary.put("begrippen.ttl", "v", ours)
        library.vocabulary.put_abbreviations("a", [("KNV", "Koninklijke Nederlandse Vaart")])
        yield Expander(library.vocabulary)


def others(expander: Expander, question: str) -> dict[str, dict[str, float]]:
    """The other words and their weights, for each stretch of a question."""
    return {
        " ".join(term.surface for term in expansion.terms): {
            " ".join(term.surface for term in wording.terms): wording.weight
            for wording in expansion.wordings
        }
        for expansion in expander.expand(analyse(question))
    }


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("boot", "vaartuig"),
        ("boten", "schip"),
        ("ships", "schip"),
        ("zeehaven", "haven"),
        ("KNV", "koninklijke nederlandse vaart"),
        ("Koninklijke Nederlandse Vaart", "knv"),
        ("geld", "subsidie"),
        ("geld", "bekostiging"),
        ("gesloten jeugdzorg", "jeugdzorgplus"),
        ("JeugdzorgPlus", "gesloten jeugdhulp"),
        ("gesloten jeugdhulp", "gesloten jeugdzorg"),
        ("closed youth care", "gesloten jeugdhulp"),
        ("milestones", "mijlpaal"),
        ("kartrekker", "projectleider"),
        ("spijbelen", "schoolverzuim"),
        ("kleuterjuf en juf", "leraar"),
    ],
)
def test_a_word_leads_to_the_other_words(expander: Expander, word: str, other: str) -> None:
    found = others(expander, f"Is er iets over {word}?")
    assert other in {name for names in found.values() for name in names}


def test_the_longest_name_wins(expander: Expander) -> None:
    assert list(others(expander, "een groot schip in de haven")) == ["groot schip", "haven"]


def test_lay_words_and_other_languages_are_led_from_and_never_to(expander: Expander) -> None:
    assert set(others(expander, "vaartuig")["vaartuig"]) == {"schip", "scheepvaart"}


def test_the_concept_above_counts_least_and_is_no_synonym(expander: Expander) -> None:
    found = others(expander, "schip")["schip"]
    same = synonyms(expander.expand(analyse("schip")))["schip"]

    assert found["scheepvaart"] < found["vaartuig"] < 1
    assert [[term.surface for term in words] for words in same] == [["vaartuig"]]


def test_a_lay_word_counts_less_than_a_synonym(expander: Expander) -> None:
    assert (
        others(expander, "boot")["boot"]["schip"]
        < others(expander, "vaartuig")["vaartuig"]["schip"]
    )


@pytest.mark.parametrize(
    "question", ["Is dit geldig?", "Welke eisen gelden er?", "de het een", "?!", ""]
)
def test_another_word_with_the_same_stem_is_not_meant(expander: Expander, question: str) -> None:
    assert synonyms(expander.expand(analyse(question))) == {}


@given(
    st.text(max_size=60) | st.lists(st.sampled_from(BOATS.split() + ["geld", "KNV"])).map(" ".join)
)
def test_a_question_never_blows_up(expander: Expander, question: str) -> None:
    found = expander.expand(analyse(question))

    assert len(found) <= 6
    assert all(len(one.wordings) <= 8 for one in found)
    assert all(0 < wording.weight < 1 for one in found for wording in one.wordings)
    places = [term.start for one in found for term in one.terms]
    assert places == sorted(set(places)), "no word is expanded twice"


def test_a_word_of_the_language_leads_to_what_documents_say(expander: Expander) -> None:
    found = others(expander, "Ik ben mijn sleutel kwijt")

    assert "vermissing" in found["kwijt"]
    assert synonyms(expander.expand(analyse("kwijt"))) == {}, "it proves nothing"
    assert "kwijt" in alike(expander.expand(analyse("kwijt")))


def test_what_a_scheme_names_goes_before_what_the_language_has(expander: Expander) -> None:
    assert set(others(expander, "boot")["boot"]) == {"schip", "vaartuig", "scheepvaart"}


# --- in the lexical index ---


def index_of(folder: Path, *texts: str) -> LexicalIndex:
    index = LexicalIndex(folder / "lexical")
    passages = [Passage(str(n), "d", 0, len(t), t) for n, t in enumerate(texts)]
    index.update(added=[fields_of(passage, "Nota") for passage in passages], removed=[])
    return index


def expansion(own: str, *names: str, weight: float = 0.7) -> Expansion:
    return Expansion(tuple(analyse(own)), tuple(Wording(tuple(analyse(n)), weight) for n in names))


def ranked(index: LexicalIndex, query: str, *expansions: Expansion) -> list[str]:
    return [name for name, _ in index.search(analyse(query), 10, expansions)]


def test_other_words_find_what_the_own_words_do_not(tmp_path: Path) -> None:
    index = index_of(tmp_path, "Het vaartuig ligt stil.", "De trein rijdt.")

    assert ranked(index, "boot") == []
    assert ranked(index, "boot", expansion("boot", "schip", "vaartuig")) == ["0"]


@pytest.mark.parametrize("common", [0, 5, 20])
def test_own_words_stand_above_a_rarer_synonym(tmp_path: Path, common: int) -> None:
    texts = ["De boot ligt stil."] * (common + 1) + ["De schuit ligt stil."]
    index = index_of(tmp_path, *texts)
    found = index.search(analyse("boot"), 50, [expansion("boot", "schuit")])

    assert found[-1][0] == str(common + 1)
    assert found[-1][1] < found[-2][1]


def test_many_names_for_one_thing_do_not_add_up(tmp_path: Path) -> None:
    all_names = "sloep schuit aak kotter vlet"
    index = index_of(tmp_path, f"{all_names} ligt daar", "boot vlet kaai ligt daar", "x y")

    assert ranked(index, "boot", expansion("boot", *all_names.split()))[0] == "1"


def test_a_name_of_two_words_counts_whole_only_when_both_are_there(tmp_path: Path) -> None:
    index = index_of(tmp_path, "Een groot huis.", "Een groot zeilschip.", "Een klein huis.")
    assert ranked(index, "driemaster", expansion("driemaster", "groot zeilschip"))[0] == "1"


# --- as evidence ---


def coverages(question: str, text: str, **same: tuple[str, ...]) -> dict[str, float]:
    found = {word: tuple(tuple(analyse(n)) for n in names) for word, names in same.items()}
    asked = replace(understand(question), synonyms=found)
    statements = Cut(read(text)).within([Span(0, len(text))])
    weights = {term.surface: 1.0 for term in asked.terms}
    candidates = [Candidate(statement, 0.0, 0.0, 1.0, frozenset()) for statement in statements]
    weighed = weigh(asked, candidates, weights)
    return {evidence.statement.text: evidence.coverage for evidence in weighed}


def test_a_synonym_covers_a_term_a_little_less_than_the_word_itself() -> None:
    text = "Het schip is wit.\n\nDe boot is wit.\n\nDe trein is wit.\n"
    found = coverages("boot", text, boot=("schip",))

    own, other, none = (found[f"{x} is wit."] for x in ("De boot", "Het schip", "De trein"))
    assert own == 1.0 > other > 0.6 > none == 0.0


def test_half_of_a_name_covers_nothing() -> None:
    text = "Een groot huis is wit.\n\nEen groot schip is wit.\n"
    found = coverages("driemaster", text, driemaster=("groot schip",))

    assert found["Een groot huis is wit."] == 0.0 < found["Een groot schip is wit."]
