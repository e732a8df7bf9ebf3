"""Dutch terms: the same for index and question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.analysis import analyse, compound_parts, fold, lexicon, stem_of


@given(st.text())
def test_every_term_says_where_its_word_stands(text: str) -> None:
    position = 0
    for term in analyse(text):
        assert position <= term.start < term.end <= len(text)
        assert fold(text[term.start : term.end]) == term.surface
        assert term.surface and term.stem
        position = term.end


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("jongere", "jongeren"),
        ("gemeente", "gemeenten"),
        ("subsidie", "subsidies"),
        ("plan", "plannen"),
        ("school", "scholen"),
        ("coördinatie", "COORDINATIE"),
        ("cree\u0308ren", "creëren"),
    ],
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert [t.stem for t in analyse(one)] == [t.stem for t in analyse(other)]


@pytest.mark.parametrize(
    "words",
    [
        "woon woont wonen gewoond",
        "verander verandert veranderd veranderen verandering",
        "voorkom voorkomt voorkomen",
        "dien dient dienen",
        "indienen indient",
        "toepas toepast toepassen",
        "verhuis verhuist verhuisd verhuizen",
        "geef geeft geven gegeven",
    ],
)
def test_a_verb_is_one_in_all_its_regular_forms(words: str) -> None:
    assert len({stem_of(word) for word in words.split()}) == 1


@pytest.mark.parametrize("word", ["punt", "beleid", "gebied", "besluit", "land", "hond"])
def test_a_noun_that_ends_like_a_verb_keeps_its_end(word: str) -> None:
    assert stem_of(word)[-1] in "td"


def test_a_question_about_a_part_finds_its_compound() -> None:
    (compound,) = analyse("subsidieaanvragen")
    assert stem_of("subsidie") in compound.parts
    assert stem_of("aanvraag") in (*compound.parts, compound.stem)


def test_a_linking_s_is_no_part_of_a_compound() -> None:
    (compound,) = analyse("onderwijsinstelling")
    assert {stem_of("onderwijs"), stem_of("instelling")} <= {*compound.parts, compound.stem}


def test_compounds_are_cut_into_words_of_the_lexicon_only() -> None:
    for word in ("subsidieaanvraag", "jeugdhulpinstellingen", "schoolgebouw", "xyzzyplugh"):
        parts = compound_parts(word)
        assert set(parts) <= lexicon()
        assert len("".join(parts)) <= len(word)
    assert compound_parts("xyzzyplugh") == ()


@given(st.text("abcdefghijklmnoprstuvwz", max_size=40))
def test_cutting_a_word_always_gives_none_or_several_parts_found_in_it(word: str) -> None:
    parts = compound_parts(word)
    assert len(parts) != 1
    position = 0
    for part in parts:
        position = word.index(part, position) + len(part)


def test_a_number_in_words_is_found_by_its_digits() -> None:
    assert [t.parts for t in analyse("twaalf coalities") if t.surface == "twaalf"] == [("12",)]
    assert [t.parts for t in analyse("een school") if t.surface == "een"] == [()]


def test_function_words_weigh_little_but_words_that_deny_do_not() -> None:
    little = {term.surface for term in analyse("Wat is de rol van niet, geen en zonder?")
              if term.is_function_word}  # fmt: skip
    assert {"wat", "is", "de", "van", "en"} <= little
    assert not little & {"niet", "geen", "zonder", "rol"}


def test_a_question_without_words_has_no_terms() -> None:
    assert analyse("?! — …") == []
