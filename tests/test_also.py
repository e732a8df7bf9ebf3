"""What to ask next: near the last answer, new, and answered."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.live import LiveAssistant
from assistant.records import Citation, Status
from ingest.embedding import Embedder


@pytest.fixture(scope="module")
def assistant(corpus_data: Path, embedder: Embedder) -> LiveAssistant:
    return LiveAssistant(corpus_data, embedder)


def test_each_is_answered_with_something_that_was_not_shown(assistant: LiveAssistant) -> None:
    question = "Hoeveel coalities zijn er gevormd?"
    shown = assistant.ask(question).citations
    places = {(one.document_id, one.start, one.end) for one in shown}

    offered = assistant.also(shown, [question])

    assert len(offered) == 3
    for one in offered:
        answer = assistant.ask(one)
        found = {(c.document_id, c.start, c.end) for c in answer.citations}
        assert answer.status is Status.ANSWERED and found - places
        places |= found


def test_what_was_asked_is_not_offered_again(assistant: LiveAssistant) -> None:
    cited = assistant.ask("Waar staat TGJ voor?").citations
    first = assistant.also(cited, [])

    second = assistant.also(cited, [question.upper() for question in first])

    assert first and not set(first) & set(second)


def test_without_a_source_or_with_one_that_is_gone_there_are_none(
    assistant: LiveAssistant,
) -> None:
    gone = Citation(1, "bestaat-niet", "t", "s", None, (), None, "q", 0, 1)

    assert assistant.also((), []) == ()
    assert assistant.also((gone,), []) == ()
