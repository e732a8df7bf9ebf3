"""Let a language model word an answer, and show of it only what passed the check.

In:  a question that the evidence answers, the evidence, the passages; a Model.
Out: Drafts that grow as the model writes; the last says what became of every sentence.

Nothing of it is used when the model fails or nothing of use is left; and what the answer that
stands already says is said in any case.

Knows nothing of how a model is reached or a sentence is checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing

from assistant.aids import Draft
from assistant.answering import compose
from assistant.choosing import MAX_WORDS, answers
from assistant.citations import Line
from assistant.evidence import Evidence
from assistant.generation import Failure, Fate, Fault, Generation, Sentence
from assistant.language import is_english
from assistant.llm import prompts
from assistant.llm.checking import Checker
from assistant.llm.models import Model
from assistant.llm.neutral import instructs
from assistant.llm.prompting import Asked, ask
from assistant.llm.sentences import sentences
from assistant.llm.streaming import Failed, read
from assistant.records import Hit, Question
from ingest.analysis import FUNCTION_WORDS, analyse
from ingest.records import Passage, Span

_MOST = 5  # sentences in an answer
_SLIPS = (Fault.NO_MARKER, Fault.REPEATED)  # an introduction, or the same again
_DUTCH = 0.12  # share of function words that any Dutch text has at least


class LlmWriter:
    """Words answers with a language model."""

    def __init__(self, model: Model) -> None:
        """Word answers with `model`."""
        self._model = model

    def write(
        self,
        question: Question,
        ranked: Sequence[Evidence],
        hits: Sequence[Hit],
    ) -> Iterator[Draft]:
        """Yield what passed the check, growing; see `aids.Writer`."""
        usable = [one for one in ranked if not instructs(one.statement.text)]
        asked = ask(question.standalone, _passages(question, usable, hits), self._model)
        if asked is None:
            yield Draft((), Generation(self._model.name, failure=Failure.NO_ROOM))
            return
        given = {
            number: [one for one in usable if _is_in(one, passage)]
            for number, passage in enumerate(asked.given, start=1)
        }
        writing = _Writing(asked, Checker(given, lambda one: answers(question, one)), self._model)
        yield from writing.drafts()
        if writing.failure is None:
            standing = compose(question, ranked).lines
            good = [one for one in usable if answers(question, one)]
            lines = _merged(standing, writing.lines, good, has_mistakes=writing.has_mistakes)
            yield writing.last(lines, None if lines else Failure.NOT_SUPPORTED)
        else:
            yield writing.last((), writing.failure)


class _Writing:
    """One answer while it is written."""

    def __init__(self, asked: Asked, checker: Checker, model: Model) -> None:
        self._asked = asked
        self._checker = checker
        self._model = model
        self._sentences: list[Sentence] = []
        self._raw: list[str] = []
        self._detail = ""
        self.lines: list[Line] = []
        self.failure: Failure | None = None

    @property
    def has_mistakes(self) -> bool:
        """Whether it wrote a sentence that may not be shown as it is."""
        return any(s.fate is not Fate.PASSED and s.fault not in _SLIPS for s in self._sentences)

    def drafts(self) -> Iterator[Draft]:
        """Yield a draft for each sentence that may be shown; then `failure` is known."""
        try:
            with closing(read(self._model, self._asked.system, self._asked.request)) as pieces:
                for written in sentences(self._kept(pieces)):
                    if self._takes(written):
                        yield self.last(self.lines, None)
                    if self._is_full():
                        return
                    if self._goes_round():
                        self.failure = Failure.ENDLESS
                        return
        except Failed as failed:
            self.failure, self._detail = failed.failure, failed.detail
            return
        self.failure = self._judged()

    def last(self, lines: Sequence[Line], failure: Failure | None) -> Draft:
        """Return these lines, or why there are none, with what became of every sentence."""
        generation = Generation(
            self._model.name,
            self._asked.system,
            self._asked.request,
            tuple(self._sentences),
            failure,
            self._detail,
        )
        return Draft(tuple(lines), generation)

    def _kept(self, pieces: Iterator[str]) -> Iterator[str]:
        for piece in pieces:
            self._raw.append(piece)
            yield piece

    def _takes(self, written: str) -> bool:
        checked = self._checker.check(written)
        self._sentences.append(checked.sentence)
        if checked.line is not None:
            self.lines.append(checked.line)
        return checked.line is not None

    def _is_full(self) -> bool:
        words = sum(len(line.text.split()) for line in self.lines)
        return len(self.lines) >= _MOST or words >= MAX_WORDS

    def _goes_round(self) -> bool:
        return sum(s.fault is Fault.REPEATED for s in self._sentences) >= _MOST

    def _judged(self) -> Failure | None:
        """Return what is wrong with an answer that came whole."""
        text = "".join(self._raw).strip()
        if not text:
            return Failure.EMPTY
        if prompts.NOTHING in text.upper():
            return Failure.FOUND_NOTHING
        if text.startswith(("{", "[{")):
            return Failure.UNREADABLE
        if self.lines:
            return None
        return Failure.NOT_SUPPORTED if _is_dutch(text) else Failure.NOT_DUTCH


def _merged(
    standing: Sequence[Line],
    written: Sequence[Line],
    good: Sequence[Evidence],
    *,
    has_mistakes: bool,
) -> list[Line]:
    """Return an answer that says at least what stands without the model; none of no use.

    Args:
        standing: The lines of the answer without the model, best first.
        written: What passed the check.
        good: The statements that are enough to answer on.
        has_mistakes: Whether the model wrote what may not be shown. Then only those of its
            sentences stay that answer, and all that stands is said. Else its choice is followed,
            as long as the best that stands is in it; that is put in if it is not.
    """
    if not has_mistakes and any(_says(line, standing[0]) for line in written):
        return list(written)
    spans = [(one.statement.document.id, one.statement.span) for one in good]
    useful = [line for line in written if any(_touches(line, *span) for span in spans)]
    if not useful:
        return []
    standing = standing if has_mistakes else standing[:1]
    first = [next((own for own in useful if _says(own, line)), line) for line in standing]
    rest = [line for line in useful if line not in first]
    room = MAX_WORDS - sum(len(line.text.split()) for line in first)
    return [*first, *(line for line in rest if len(line.text.split()) <= room)][:_MOST]


def _says(line: Line, other: Line) -> bool:
    """Tell whether a line rests on what another says: its last source, after any heading."""
    return bool(other.sources) and _touches(
        line, other.sources[-1].document.id, other.sources[-1].span
    )


def _touches(line: Line, document_id: str, span: Span) -> bool:
    return any(
        source.document.id == document_id
        and source.span.start < span.end
        and span.start < source.span.end
        for source in line.sources
    )


def _is_in(evidence: Evidence, passage: Passage) -> bool:
    statement = evidence.statement
    inside = passage.start <= statement.span.start < passage.end
    return inside and statement.document.id == passage.document_id


def _passages(question: Question, ranked: Sequence[Evidence], hits: Sequence[Hit]) -> list[Passage]:
    """Return the passages, those with what answers best first, then as they were found."""
    found = [hit.passage for hit in hits]
    good = [one for one in ranked if answers(question, one)]
    best = [passage for one in good for passage in found if _is_in(one, passage)]
    return list({passage.id: passage for passage in (*best, *found)}.values())


def _is_dutch(text: str) -> bool:
    words = [term.surface for term in analyse(text)]
    dutch = sum(word in FUNCTION_WORDS for word in words)
    return bool(words) and dutch >= _DUTCH * len(words) and not is_english(text)
