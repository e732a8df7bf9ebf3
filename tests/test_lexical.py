"""The lexical index, in the real tantivy."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.analysis import analyse
from ingest.errors import IndexBrokenError
from ingest.lexical import LexicalIndex, fields_of
from ingest.records import Passage

TEXTS = {
    "zwem": "De gemeente betaalt de zwemlessen van twaalf kinderen.",
    "gym": "Gym is op school en kost de ouders niets.",
    "bad": "Het bad is koud, zegt de badmeester.",
    "subsidie": "De subsidieaanvraag gaat naar het loket.",
}


def passage(name: str, text: str, headings: tuple[str, ...] = ()) -> Passage:
    return Passage(name, "nota", 0, len(text), text, headings)


@pytest.fixture
def lexical(tmp_path: Path) -> LexicalIndex:
    index = LexicalIndex(tmp_path / "lexical")
    index.update(added=[fields_of(passage(n, t), "Nota") for n, t in TEXTS.items()], removed=[])
    return index


def ids(index: LexicalIndex, question: str, limit: int = 10) -> list[str]:
    return [name for name, _ in index.search(analyse(question), limit)]


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("Wie betaalt de zwemlessen?", "zwem"),
        ("één gemeente", "zwem"),  # another form of the word
        ("12 kinderen", "zwem"),  # digits for a number in words
        ("ouder", "gym"),
        ("aanvraag", "subsidie"),  # part of a compound
        ("BADMEESTER", "bad"),
    ],
)
def test_a_question_finds_its_passage_first(
    lexical: LexicalIndex, question: str, best: str
) -> None:
    assert ids(lexical, question)[0] == best


def test_words_of_headings_and_titles_are_found(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path)
    index.update(
        added=[
            fields_of(passage("a", "Tekst.", ("Vervoer",)), "Nota"),
            fields_of(passage("b", "Ook."), "Brief"),
        ],
        removed=[],
    )
    assert ids(index, "vervoer") == ["a"]
    assert ids(index, "brief") == ["b"]


def test_a_word_in_the_text_weighs_more_than_function_words(lexical: LexicalIndex) -> None:
    assert ids(lexical, "de en is van het loket")[0] == "subsidie"


def test_nothing_in_common_finds_nothing(lexical: LexicalIndex) -> None:
    assert ids(lexical, "xylofoon quasar") == []
    assert ids(lexical, "?!") == []
    assert ids(lexical, "") == []


def test_characters_of_a_query_language_do_no_harm(lexical: LexicalIndex) -> None:
    assert ids(lexical, 'text:* AND (zwemlessen OR "') == ids(lexical, "text AND zwemlessen OR")


def test_equal_scores_come_in_order_of_id(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path)
    index.update(added=[fields_of(passage(n, "Zelfde tekst."), "Nota") for n in "cab"], removed=[])
    found = index.search(analyse("tekst"), 10)
    assert [name for name, _ in found] == ["a", "b", "c"]
    assert len({score for _, score in found}) == 1


def test_no_more_than_the_limit_comes_back(lexical: LexicalIndex) -> None:
    assert len(ids(lexical, "de het", limit=2)) == 2


def test_updates_take_out_and_in_and_stay_after_reopening(
    lexical: LexicalIndex, tmp_path: Path
) -> None:
    lexical.update(
        added=[fields_of(passage("bad", "Het bad is warm."), "Nota")],
        removed=["bad", "gym", "onbekend"],
    )
    lexical.commit()
    for index in (lexical, LexicalIndex(tmp_path / "lexical")):
        assert index.count() == 3
        assert ids(index, "gym") == []
        assert ids(index, "koud") == []
        assert ids(index, "warm") == ["bad"]


def test_a_passage_put_in_and_taken_out_again_is_not_found(
    lexical: LexicalIndex, tmp_path: Path
) -> None:
    lexical.update(added=[fields_of(passage("nieuw", "Het zwembad."), "Nota")], removed=[])
    lexical.update(added=[], removed=["nieuw"])
    lexical.update(added=[fields_of(passage("gym", "Turnen."), "Nota")], removed=["gym"])
    assert ids(lexical, "zwembad") == []
    assert ids(lexical, "turnen") == ["gym"]
    assert LexicalIndex(tmp_path / "lexical").count() == lexical.count() == len(TEXTS)


def test_passage_frequency_counts_passages_with_the_stem(lexical: LexicalIndex) -> None:
    (term,) = analyse("gemeenten")
    assert lexical.passage_frequency(term) == 1
    (term,) = analyse("nergens")
    assert lexical.passage_frequency(term) == 0


def test_a_damaged_index_is_told_from_an_empty_one(lexical: LexicalIndex, tmp_path: Path) -> None:
    (tmp_path / "lexical" / "meta.json").write_text("{ kapot", encoding="utf-8")
    with pytest.raises(IndexBrokenError) as caught:
        LexicalIndex(tmp_path / "lexical")
    assert caught.value.advice
