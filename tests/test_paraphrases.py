"""Training pairs of texts that say the same in other words."""

from __future__ import annotations

import random

from ingest.paraphrases import make_paraphrases, read_questions, reworded
from ingest.training import QUESTIONS

ASKED = ("Wie hakt de knoop door?", "De voorzitter beslist bij staking van stemmen.")


def test_every_question_of_the_file_is_learned_from() -> None:
    questions = read_questions(QUESTIONS)

    assert set(questions) <= set(make_paraphrases(questions))
    assert all(question.strip() and sentence.strip() for question, sentence in questions)


def test_the_same_questions_give_the_same_pairs() -> None:
    assert make_paraphrases([ASKED]) == make_paraphrases([ASKED])


def test_a_word_is_told_with_another_of_its_group() -> None:
    told = {asked for asked, other in make_paraphrases([ASKED]) if other == "intrekking"}

    assert any("afpakken" in asked for asked in told)


def test_only_words_of_the_book_are_replaced() -> None:
    rng = random.Random(1)

    assert reworded("Ik ben er met Xanthippe.", rng, 1.0) == "Ik ben er met Xanthippe."
    assert reworded("Ik was mijn paspoort kwijtgeraakt.", rng, 0.0).startswith("Ik was")
    assert reworded("afpakken", rng, 1.0) != "afpakken"
