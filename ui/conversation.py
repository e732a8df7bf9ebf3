"""Hold a conversation and put a question to the assistant.

In:  an assistant, the conversation so far and a question.
Out: the conversation with one turn more. What goes wrong becomes a turn in Dutch; its cause goes
     to the log, without the question.

Knows nothing of Gradio.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from assistant.records import Answer, Citation, Kind
from assistant.topics import Topic
from ingest.errors import DocumentMissingError, IndexMissingError, WegwijsError
from ingest.records import Document
from ui import render, tools
from ui.export import Said
from ui.feedback import Asked
from ui.output import answer_as_text
from ui.problems import problem_text

QUESTION_LIMIT = 500
_FAILED = "Er ging iets mis bij het zoeken. Stel je vraag nog een keer."

_log = logging.getLogger(__name__)


class Answers(Protocol):
    """What the window needs of an assistant."""

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        today: date | None = None,
        topic: str = "",
    ) -> Answer:
        """Answer a question, given the user's earlier questions, oldest first."""
        ...

    def stream(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        today: date | None = None,
        topic: str = "",
    ) -> Iterator[Answer]:
        """Yield an answer while it grows; the last one is whole."""
        ...

    def plain(self, question: str) -> Answer:
        """Answer a question at once, without any language model."""
        ...

    def topics(self) -> tuple[Topic, ...]:
        """Return the topics that a question can be limited to."""
        ...

    def examples(self) -> tuple[str, ...]:
        """Return questions that the index can answer."""
        ...

    def also(self, cited: Sequence[Citation], asked: Sequence[str]) -> tuple[str, ...]:
        """Return questions to ask next, given what an answer cites and what was asked."""
        ...

    def document(self, document_id: str) -> Document:
        """Return a document of the index."""
        ...


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what came of it.

    Attributes:
        question: As asked.
        html: What is shown below the question.
        spoken: What a screen reader says of it.
        said: What a file of the conversation shows of it.
        answered: Whether the assistant gave an answer or a refusal; False after an error.
        refused: Whether it was a refusal.
        cited: What the answer cites.
        asked: What may be kept of it, when someone judges the answer; None after an error.
        topic: The key of the topic that was searched, "" for everything.
        growing: Whether more of the answer is coming.
    """

    question: str
    html: str
    spoken: str
    said: Said
    answered: bool = True
    refused: bool = False
    cited: tuple[Citation, ...] = ()
    asked: Asked | None = None
    topic: str = ""
    growing: bool = False


Conversation = tuple[Turn, ...]


def objection(question: str) -> str | None:
    """Return in Dutch why a question cannot be asked, or None when it can."""
    if not question or not question.strip():  # a request made by hand may hold nothing at all
        return "Typ eerst een vraag."
    if len(question) > QUESTION_LIMIT:
        length = len(question)
        return f"Je vraag is te lang ({length} tekens). Gebruik hoogstens {QUESTION_LIMIT} tekens."
    return None


def ask(assistant: Answers, conversation: Conversation, question: str, topic: str = "") -> Turn:
    """Return the turn that a question leads to; errors become a turn too."""
    *_, last = stream(assistant, conversation, question, topic)
    return last


def stream(
    assistant: Answers, conversation: Conversation, question: str, topic: str = ""
) -> Iterator[Turn]:
    """Yield the turn that a question leads to, while its answer grows; the last one is whole."""
    history = [turn.question for turn in conversation if turn.answered]
    number = len(conversation) + 1
    try:
        for answer in assistant.stream(question, history=history, topic=topic):
            body = render.answer_html(answer, _documents(assistant, answer), turn=number)
            written = answer.trace.generation
            if written is not None and written.failure is None:  # a language model is at work
                yield _growing(question, body, topic)
    except IndexMissingError:
        yield _failure(question, render.NO_SOURCES, topic)
    except WegwijsError as error:
        _log.warning("Een vraag is niet beantwoord: %s", type(error).__name__)
        yield _failure(question, problem_text(error), topic)
    except Exception:  # noqa: BLE001 - the window stays; the log says what broke
        _log.exception("Een vraag is niet beantwoord.")
        yield _failure(question, _FAILED, topic)
    else:
        yield _whole(question, answer, body, topic, follows=bool(history))


def _growing(question: str, body: str, topic: str) -> Turn:
    said = Said(question, "", "")
    return Turn(question, body + render.writing_html(), "", said, topic=topic, growing=True)


def _whole(question: str, answer: Answer, body: str, topic: str, *, follows: bool) -> Turn:
    asked = _asked(answer, follows=follows)
    below = tools.tools_html(question, f"{question}\n\n{answer_as_text(answer)}", asked.key)
    return Turn(
        question,
        body + below,
        render.spoken(answer),
        Said(question, render.reading(answer), answer.text, answer.citations),
        refused=answer.status in render.REFUSALS,
        cited=answer.citations,
        asked=asked,
        topic=topic,
    )


def _asked(answer: Answer, *, follows: bool) -> Asked:
    understood = answer.trace.question
    return Asked(
        secrets.token_hex(8),
        answer.standalone_question if follows else answer.question,
        understood.kind.value if understood else Kind.OTHER.value,
        "nl" if follows or understood is None else understood.language,
        answer.status,
        answer.generation,
    )


def next_questions(assistant: Answers, conversation: Conversation) -> tuple[str, ...]:
    """Return questions to ask after the last turn; none when that goes wrong."""
    asked = [turn.question for turn in conversation]
    try:
        return assistant.also(conversation[-1].cited, asked)
    except Exception:  # noqa: BLE001 - the answer stands without them; the log says what broke
        _log.exception("Er zijn geen vervolgvragen bedacht.")
        return ()


def best_of(assistant: Answers, wordings: Sequence[str]) -> str:
    """Return the first of these wordings of one question that is answered, else the first."""
    fine = [wording for wording in wordings if objection(wording) is None]
    for wording in fine if len(fine) > 1 else ():
        try:
            if assistant.plain(wording).status not in render.REFUSALS:
                return wording
        except Exception:  # noqa: BLE001 - asking it shows, and logs, what is wrong
            break
    return fine[0] if fine else ""


def transcript(
    conversation: Conversation, *, waiting_for: str | None = None, growing: Turn | None = None
) -> str:
    """Return the HTML of a conversation, and of a question that still waits for its answer."""
    turns = [render.turn_html(t.question, t.html, topic=t.topic) for t in conversation]
    if waiting_for is not None:
        turns.append(render.turn_html(waiting_for, render.waiting_html()))
    elif growing is not None:
        turns.append(render.turn_html(growing.question, growing.html, topic=growing.topic))
    elif turns:
        turns.append(tools.keep_html())
    return "".join(turns)


def _documents(assistant: Answers, answer: Answer) -> dict[str, Document]:
    found = {}
    for document_id in {citation.document_id for citation in answer.citations}:
        try:
            found[document_id] = assistant.document(document_id)
        except DocumentMissingError:
            _log.warning("Een geciteerd document staat niet meer in de index.")
    return found


def _failure(question: str, message: str, topic: str) -> Turn:
    body = render.error_html(message) + tools.failed_tools_html(question)
    return Turn(question, body, message, Said(question, "", message), answered=False, topic=topic)
