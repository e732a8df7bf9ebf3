"""Let a language model help to search: a follow-up that reads alone, other wordings.

In:  a question, the user's earlier questions; a Model.
Out: a question, or none to do it the built-in way.

What it writes is searched with and nothing else: what answers is decided by the words of the
user. A question that reads alone may have words of the conversation only.

Knows nothing of passages or answers.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant.language import is_english
from assistant.llm import prompts
from assistant.llm.models import Model
from assistant.llm.neutral import instructs, neutral
from assistant.llm.settings import Task
from assistant.llm.streaming import Failed, read
from ingest.analysis import analyse

_SHARE = 4  # of the time for an answer, a fourth is for help with the question
_LONGEST = 300  # letters in a question
_MOST = 3  # other wordings
_ENVELOPE = re.compile(r"^\s*(?:[-•*]|\d{1,2}[.)])?\s*[\"“']?(.*?)[\"”']?\s*$")
_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)

_log = logging.getLogger(__name__)


class LlmHelper:
    """Helps to search with a language model."""

    def __init__(self, model: Model, tasks: Collection[Task]) -> None:
        """Do these tasks with `model`; the others are done the built-in way."""
        self._model = replace(model, seconds=model.seconds / _SHARE)
        self._tasks = tasks

    def standalone(self, question: str, history: Sequence[str]) -> str | None:
        """Return a follow-up as a question that reads alone, None to do it the built-in way."""
        if Task.STANDALONE not in self._tasks:
            return None
        earlier = "\n".join(f"- {_line(one)}" for one in history)
        request = prompts.FOLLOW_UP.format(history=earlier, question=_line(question))
        written = self._lines(prompts.STANDALONE, request)
        known = _words(" ".join((*history, question)))
        fit = (one for one in written if _words(question) <= _words(one) <= known)
        return next(fit, None) if len(written) == 1 else None

    def wordings(self, question: str) -> tuple[str, ...]:
        """Return other ways to ask the same, none to search for the question alone."""
        if Task.WORDINGS not in self._tasks:
            return ()
        request = prompts.WORDING.format(question=_line(question))
        written = self._lines(prompts.WORDINGS, request)
        own = " ".join(question.split()).casefold()
        fit = (one for one in written if one.casefold() != own and not instructs(one))
        return tuple(dict.fromkeys(fit))[:_MOST]

    def _lines(self, system: str, request: str) -> list[str]:
        """Return the questions that the model writes; none when that goes wrong."""
        try:
            text = "".join(read(self._model, system, request))
        except Failed as failed:
            _log.warning("Het taalmodel hielp niet met een vraag: %s", failed.failure)
            return []
        lines = (_ENVELOPE.sub(r"\1", line) for line in _THOUGHT.sub("", text).splitlines())
        return [
            line
            for line in lines
            if line.endswith("?") and len(line) <= _LONGEST and not is_english(line)
        ]


def _line(text: str) -> str:
    return " ".join(neutral(text).split())


def _words(text: str) -> frozenset[str]:
    """Return the stems of what a text is about."""
    return frozenset(term.stem for term in analyse(text) if not term.is_function_word)
