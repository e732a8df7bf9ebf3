"""Check what a model writes, sentence by sentence, against the passages that it was given.

In:  sentences with markers; the passages by number, each with the evidence in it.
Out: a Line for each sentence that may be shown, in its own words or in those of the source, and
     the Sentence that tells what became of it.

Knows nothing of models, prompts or time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.answering import line_of
from assistant.citations import Line
from assistant.evidence import Evidence
from assistant.generation import Fate, Fault, Sentence
from assistant.llm.support import misquotes, supported, wrong_facts
from ingest.analysis import analyse

_MARKER = re.compile(r"\[([\d\s,;]*)\]")
_SPACE = re.compile(r"\s+(?=[.,;:!?])")
_ALIKE = 0.3  # share of the words of a sentence that its replacement has at least


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence that was checked.

    Attributes:
        line: What may be shown, None for nothing.
        sentence: What became of the sentence.
    """

    line: Line | None
    sentence: Sentence


class Checker:
    """Checks the sentences of one answer, in order."""

    def __init__(
        self, given: Mapping[int, Sequence[Evidence]], answers: Callable[[Evidence], bool]
    ) -> None:
        """Check against `given`.

        Args:
            given: By the number of a passage, the statements in it.
            answers: Tells whether a statement is enough to answer on: only such a one takes the
                place of a sentence.
        """
        self._given = given
        self._answers = answers
        self._said: set[tuple[object, ...]] = set()

    def check(self, written: str) -> Checked:
        """Return what may be shown of a sentence."""
        numbers = [int(n) for marks in _MARKER.findall(written) for n in re.findall(r"\d+", marks)]
        text = _SPACE.sub("", " ".join(_MARKER.sub(" ", written).split()))
        if not numbers:
            return _held(written, Fault.NO_MARKER)
        unknown = [number for number in numbers if number not in self._given]
        evidence = [one for n in dict.fromkeys(numbers) for one in self._given.get(n, ())]
        if not unknown and (line := supported(text, evidence)) is not None:
            if not self._is_new(line):
                return _held(written, Fault.REPEATED)
            return Checked(line, Sentence(written, Fate.PASSED))
        wrong = wrong_facts(text, evidence)
        fault = (
            Fault.UNKNOWN_MARKER if unknown
            else Fault.WRONG_QUOTE if misquotes(text, evidence)
            else Fault.WRONG_FACT if wrong
            else Fault.UNSUPPORTED
        )  # fmt: skip
        line = self._instead(text, evidence)
        if line is None or not self._is_new(line):
            return Checked(None, Sentence(written, Fate.HELD_BACK, fault, tuple(wrong)))
        return Checked(line, Sentence(written, Fate.REPLACED, fault, tuple(wrong)))

    def _instead(self, text: str, evidence: Sequence[Evidence]) -> Line | None:
        """Return what the source says in the place of a sentence, if that answers."""
        own = {term.stem for term in analyse(text) if not term.is_function_word}

        def alike(one: Evidence) -> float:
            said = {term.stem for term in analyse(line_of(one).text)}
            return len(own & said) / len(own) if own else 0.0

        fit = [one for one in evidence if alike(one) >= _ALIKE and self._answers(one)]
        return line_of(max(fit, key=alike)) if fit else None

    def _is_new(self, line: Line) -> bool:
        """Tell whether a line rests on what no line before it did; from now on one does."""
        spans = {(s.document.id, s.span.start, s.span.end) for s in line.sources}
        is_new = not spans <= self._said
        self._said |= spans
        return is_new


def _held(written: str, fault: Fault) -> Checked:
    return Checked(None, Sentence(written, Fate.HELD_BACK, fault))
