"""Understand a question with the words of one index.

In:  a question, the user's earlier questions, the day.
Out: a Question record: English read in Dutch, typing errors put right, other words added.

Knows nothing of passages or answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.english import Translator
from assistant.expansion import Expander, synonyms
from assistant.followup import standalone_of
from assistant.joining import Joiner
from assistant.language import is_english
from assistant.questions import understand
from assistant.records import Question
from assistant.spelling import Speller, corrections
from ingest.analysis import analyse
from ingest.index import Index


class Reader:
    """Reads questions with the words of one index."""

    def __init__(self, index: Index, expander: Expander) -> None:
        """Read with the words of `index`; `expander` knows its vocabulary."""
        self._speller = Speller(index)
        self._expander = expander
        self._joiner = Joiner(index.lexical)
        self._translator = Translator(index.library.vocabulary)

    def correct(self, text: str) -> str:
        """Return `text` with its typing errors put right."""
        return self._speller.correct(text)

    def standalone(self, text: str, history: Sequence[str]) -> str:
        """Return a question in Dutch as one that needs no history; all else rests on that."""
        return standalone_of(self._in_dutch(text), [self._in_dutch(one) for one in history])

    def understand(
        self, text: str, history: Sequence[str] = (), today: date | None = None
    ) -> Question:
        """Return a question as understood; see `questions.understand`."""
        is_foreign = is_english(text)
        asked = understand(self._in_dutch(text), [self._in_dutch(one) for one in history], today)
        # Of an English word that is not known nothing Dutch is to be made.
        corrected = asked.standalone if is_foreign else self.correct(asked.standalone)
        changes = corrections(asked.standalone, corrected)
        if changes:
            asked = understand(corrected, today=today)
        terms = analyse(corrected)
        joined = self._joiner.join(terms)
        others = [*self._expander.expand(terms), *joined.expansions]
        return replace(
            asked,
            text=text,
            terms=joined.subject(asked.terms),
            synonyms=synonyms(others) | joined.synonyms(),
            language="en" if is_foreign else "nl",
            corrected=changes,
        )

    def _in_dutch(self, text: str) -> str:
        return self._translator.in_dutch(text) if is_english(text) else text
