"""Putting typing errors right with the words of the index."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bicycles import BICYCLES
from hypothesis import assume, given
from hypothesis import strategies as st
from indexing import open_index, write

from assistant.pipeline import Assistant
from assistant.records import Kind
from assistant.spelling import Speller
from ingest.analysis import FUNCTION_WORDS, lexicon, stem_of
from ingest.embedding import Embedder
from ingest.index import Index
from ingest.pipeline import ingest

WORDS = sorted({word.lower() for word in re.findall(r"\b[a-z]{7,}\b", BICYCLES)})


@pytest.fixture(scope="module")
def cycling(bicycles: Assistant) -> Speller:
    return Speller(bicycles._index)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("projctleider", "projectleider"),
        ("jeugdhulpinsteling", "jeugdhulpinstelling"),
        ("mijlpalne", "mijlpalen"),
        ("Wat kost de samenwrking?", "Wat kost de samenwerking?"),
        ("subsidieregleing", "subsidieregeling"),
        ("De rotuekaart", "De routekaart"),
        ("onderwijscoalitites", "onderwijscoalities"),
        ("WAT DOET EEN PROJCTLEIDER", "WAT DOET EEN PROJECTLEIDER"),
        ("Wanneer? Expertsesie!", "Wanneer? Expertsessie!"),
        ("projctlieders", "projectleiders"),  # two errors
    ],
)
def test_a_misspelt_word_becomes_the_word_of_the_index(
    corpus_index: Index, wrong: str, right: str
) -> None:
    assert Speller(corpus_index).correct(wrong) == right


@st.composite
def typing_errors(draw: st.DrawFn) -> tuple[str, str]:
    """A word of the document, and what a hand may make of it."""
    word = draw(st.sampled_from(WORDS))
    place = draw(st.integers(1, len(word) - 2))
    return word, draw(
        st.sampled_from([
            word[:place] + word[place + 1 :],
            word[:place] + word[place] + word[place:],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        ])
    )


@given(typing_errors())
def test_one_error_in_a_word_leads_back_to_it_or_nowhere(
    cycling: Speller, pair: tuple[str, str]
) -> None:
    word, wrong = pair
    assert stem_of(cycling.correct(wrong)) in {stem_of(word), stem_of(wrong)}


def test_most_errors_are_put_right(cycling: Speller) -> None:
    wrong = {word: word[:3] + word[4] + word[3] + word[5:] for word in WORDS}
    right = [word for word in WORDS if stem_of(cycling.correct(wrong[word])) == stem_of(word)]

    assert len(right) > 0.8 * len(WORDS)


@given(st.lists(st.sampled_from([*WORDS, "fiest", "Jansen", "stlaling", "?", "van"])).map(" ".join))
def test_what_is_put_right_stays_as_it_is(cycling: Speller, text: str) -> None:
    once = cycling.correct(text)
    assert cycling.correct(once) == once


@pytest.mark.parametrize(
    "text",
    [
        "Wat doet Jansen bij de stalling?",  # names
        "Woont Marijke Oldenziek in Duinrede?",
        "Wie is mevrouw Stallink?",
        "Mail naar werkplaast@duinrade.example",  # an address
        "Wat kost een stal?",  # too short
        "Waar is de bloemist?",  # another word
        "Mag ik de pas uitlenen?",  # made of known parts
        "Is er een fietsenstalling bij de haven?",
        "Om welke redenen?",  # more than one of a known word
        "gemeentebibliotheek",
        "daarvan moesten zij",
        "b2b 4711 x",
        "",
        "?!",
    ],
)
def test_names_addresses_and_other_words_stay(cycling: Speller, text: str) -> None:
    assert cycling.correct(text) == text


@given(st.text(max_size=40))
def test_anything_can_be_asked(cycling: Speller, text: str) -> None:
    assume(not set(re.findall(r"\w+", text.lower())) & (lexicon() | FUNCTION_WORDS))
    assert isinstance(cycling.correct(text), str)


def test_every_sentence_of_the_documents_stays(corpus_index: Index) -> None:
    speller = Speller(corpus_index)
    for document_id in corpus_index.library.manifest():
        for passage in corpus_index.library.passages_of(document_id):
            assert speller.correct(passage.text) == passage.text


def test_a_word_that_could_be_two_things_stays(tmp_path: Path, embedder: Embedder) -> None:
    write(tmp_path / "docs", {"a.md": "# Nota\n\nDe zwelling en de zwalling staan er.\n"})
    ingest([tmp_path / "docs"], tmp_path / "data", embedder)
    with open_index(tmp_path / "data") as index:
        assert Speller(index).correct("de zwlling") == "de zwlling"


def test_a_word_of_the_thesaurus_stays(tmp_path: Path, embedder: Embedder) -> None:
    scheme = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <https://haven.example/x> skos:prefLabel "proviand" ; skos:hiddenLabel "provisand" ."""
    write(tmp_path / "docs", {"a.md": "# Nota\n\nHet proviand is op.\n", "w.ttl": scheme})
    ingest([tmp_path / "docs"], tmp_path / "data", embedder)
    with open_index(tmp_path / "data") as index:
        assert Speller(index).correct("provisand") == "provisand"
        assert Speller(index).correct("provjand") == "proviand"


def test_the_answer_says_how_the_question_was_read(bicycles: Assistant) -> None:
    answer = bicycles.ask("Wie is de projctleider van de leenfites?")

    assert answer.question == "Wie is de projctleider van de leenfites?"
    assert answer.standalone_question == "Wie is de projectleider van de leenfiets?"
    assert "Marijke Oldenziel" in answer.text


def test_what_was_put_right_is_told_word_by_word(bicycles: Assistant) -> None:
    asked = bicycles.understand("Wie is de projctleider van de Leenfites?")

    assert asked.corrected == (("projctleider", "projectleider"),)
    assert bicycles.understand("Wie is de projectleider?").corrected == ()


def test_a_corrected_question_is_read_for_what_it_asks(bicycles: Assistant) -> None:
    asked = bicycles.understand("Hoeveel laadpalne komen er bij het statoin?")

    assert asked.kind is Kind.HOW_MANY
    assert [term.surface for term in asked.terms] == ["laadpalen", "station"]


def test_search_finds_the_same_for_a_misspelt_word(bicycles: Assistant) -> None:
    assert bicycles.search("leenfites stlaling") == bicycles.search("leenfiets stalling") != []
