"""Reading sentences beside a question: which of them answers, and whether any does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.selection import LONGEST, WEIGHTS, Weights, load_selector
from ingest.embedding import load_embedder
from ingest.errors import ModelError
from ingest.sections import read_sections

HELD_OUT = Path(__file__).parent / "sections.txt"
ASKED = "Wat kost een plek in de stalling?"
SENTENCES = [
    "Een plek in de stalling kost 3 euro per week.",
    "De stalling is op zondag dicht.",
    "Wie zijn fiets laat staan, krijgt na een maand een brief.",
]


def test_the_sentence_that_says_it_is_likelier_than_others_about_the_same() -> None:
    assert load_selector().log_odds(ASKED, SENTENCES).argmax() == 0


@given(st.lists(st.text(max_size=300), min_size=1, max_size=6), st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_a_sentence_is_read_alike_in_any_company(others: list[str], asked: str) -> None:
    selector = load_selector()
    alone = selector.log_odds(asked, SENTENCES[:1])
    among = selector.log_odds(asked, [*others, SENTENCES[0]])

    assert among.shape == (len(others) + 1,)
    assert np.isfinite(among).all()
    assert among[-1] == pytest.approx(alone[0], abs=1e-3)


def test_of_a_very_long_sentence_the_beginning_is_read() -> None:
    selector = load_selector()
    long = "De stalling is groen. " * LONGEST
    found = selector.log_odds(ASKED, [long, long + SENTENCES[0]])

    assert found[0] == pytest.approx(found[1], abs=1e-4)


def test_it_tells_what_answers_better_than_likeness_and_often_that_nothing_does() -> None:
    selector, model = load_selector(), load_embedder()
    by_reading = by_likeness = 0
    answered, unanswered = [], []
    for sentences, without_answer in read_sections(HELD_OUT):
        texts = [sentence for sentence, _ in sentences]
        vectors = model.embed_passages(texts)
        for place, (_, questions) in enumerate(sentences):
            for question in questions:
                odds = selector.log_odds(question, texts)
                by_reading += int(odds.argmax()) == place
                by_likeness += int((vectors @ model.embed_query(question)).argmax()) == place
                answered.append(odds.max())
        unanswered += [selector.log_odds(question, texts).max() for question in without_answer]

    assert by_reading > by_likeness > len(answered) / 3
    assert np.mean([np.mean(np.array(answered) > odds) for odds in unanswered]) > 0.7


@pytest.mark.parametrize("content", [None, b"", b"{}", WEIGHTS.read_bytes()[:1000]])
def test_weights_that_cannot_be_read_are_told(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "weights.safetensors"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(ModelError, match="niet te lezen") as raised:
        Weights.read(file)
    assert "weights.safetensors" in str(raised.value)
