"""Training pairs of texts that say the same in other words."""

from __future__ import annotations

import random
from collections import Counter, defaultdict

from ingest.analysis import analyse
from ingest.paraphrases import make_paraphrases, read_questions, reworded
from ingest.training import QUESTIONS
from tests.retrieval_sets import PARAPHRASES

ASKED = ("Wie hakt de knoop door?", "De voorzitter beslist bij staking van stemmen.")


def test_every_question_of_the_file_is_learned_from() -> None:
    questions = read_questions(QUESTIONS)

    assert set(questions) <= set(make_paraphrases(questions))
    assert all(question.strip() and sentence.strip() for question, sentence in questions)


def test_what_is_measured_on_is_nearly_nothing_that_was_learned_from() -> None:
    learned = read_questions(QUESTIONS)
    for kind, most in ((0, 0.6), (1, 0.5)):  # of the words of questions, and of sentences
        known = [_words(pair[kind]) for pair in learned]
        having: defaultdict[str, list[int]] = defaultdict(list)
        for number, words in enumerate(known):
            for word in words:
                having[word].append(number)
        for pair in read_questions(PARAPHRASES):
            asked = _words(pair[kind])
            shared = Counter(number for word in asked for number in having[word])
            assert all(n < most * len(asked | known[i]) for i, n in shared.items()), pair


def _words(text: str) -> frozenset[str]:
    return frozenset(term.stem for term in analyse(text) if not term.is_function_word)


def test_the_same_questions_give_the_same_pairs() -> None:
    assert make_paraphrases([ASKED]) == make_paraphrases([ASKED])


def test_a_word_is_told_with_another_of_its_group() -> None:
    told = {asked for asked, other in make_paraphrases([ASKED]) if other == "intrekking"}

    assert any("afpakken" in asked for asked in told)


def test_only_words_of_the_book_are_replaced() -> None:
    rng = random.Random(1)

    assert reworded("Ik ben er met Xanthippe.", rng, 1.0) == "Ik ben er met Xanthippe."
    assert reworded("Het paspoort is afgepakt.", rng, 0.0) == "Het paspoort is afgepakt."
    assert reworded("afpakken", rng, 1.0) != "afpakken"
