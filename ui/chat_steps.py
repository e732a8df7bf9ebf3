"""What changes in the window, step by step, when something is asked.

In:  Gradio, an assistant, the conversation so far, and what a user or a script sent.
Out: new values for the components of the tab, in the order of `ChatTab.outputs`.

A step that leaves a component as it is skips it. Nothing that a browser says of an earlier
conversation is shown: its questions are asked again.

Knows nothing of which event leads to which step.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from ingest.errors import IndexMissingError
from ui import conversation as talk
from ui import start
from ui.conversation import Answers, Conversation
from ui.feedback import Asked
from ui.turns import BUSY
from ui.wiring import shown

OFFERED = 3  # questions to choose from
MOST_TURNS = 30  # of an earlier conversation
_AGAIN = '<p class="begin">Deze vragen kan Wegwijs wel beantwoorden:</p>'
_ALSO = '<p class="begin">Vraag ook:</p>'
_RESTORED = "Dit is een eerder gesprek. De antwoorden zijn opnieuw opgezocht, in de bronnen van nu."

Step = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of one window."""

    gr: Any
    assistant: Answers
    note: Callable[[Asked], None]  # told of every question that is answered or refused

    def put(self, typed: str, so_far: Conversation, topic: str) -> Iterator[Step]:
        """Ask: first the question shows, at once; then its answer; then what to ask next."""
        reason = talk.objection(typed)
        if reason is not None:
            yield self._step(message=message_html(notice=reason))
            return
        yield from self._ask(so_far, typed.strip(), topic, box="")

    def again(self, so_far: Conversation, sent: Mapping[str, str]) -> Iterator[Step]:
        """Ask the last question again, in the place of what came of it."""
        if so_far:
            yield from self._ask(so_far[:-1], so_far[-1].question, sent.get("topic", ""))

    def choose(self, so_far: Conversation, sent: Mapping[str, str]) -> Iterator[Step]:
        """Answer a question back with what was chosen."""
        question = sent.get("question", "")
        if talk.objection(question) is None:
            yield from self._ask(so_far, question, sent.get("topic", ""))

    def restore(self, _: Conversation, sent: Mapping[str, str]) -> Iterator[Step]:
        """Ask the questions of an earlier conversation again, one after the other."""
        asked = _earlier(sent.get("questions", ""))
        so_far: Conversation = ()
        for number, (question, topic) in enumerate(asked):
            waiting = talk.transcript(so_far, waiting_for=question)
            hidden = self.gr.update(visible=False) if not number else None
            info = message_html(info=_RESTORED) if not number else None
            yield self._step(so_far, waiting, info, examples=hidden)
            so_far = (*so_far, talk.ask(self.assistant, so_far, question, topic))
        if so_far:
            told = message_html(info=_RESTORED, spoken=_RESTORED)
            yield self._step(so_far, talk.transcript(so_far), told)
            yield self._next(so_far)

    def stop(self, so_far: Conversation) -> Step:
        """Go back to what was there before the question that is being answered."""
        said = message_html(spoken="Gestopt. Je vraag staat weer in het invoerveld.")
        here = talk.transcript(so_far)
        return self._step(shown=here, message=said, examples=self.gr.update(visible=True))

    def busy(self) -> Step:
        """Say that the question before is still being answered."""
        return self._step(message=message_html(notice=BUSY))

    def restart(self) -> Step:
        """Begin a new conversation."""
        lead, questions = self._start()
        return self._step(
            (), "", message_html(spoken="Nieuw gesprek."), "", lead,
            self.gr.update(visible=True), questions,
        )  # fmt: skip

    def opened(self, so_far: Conversation, sent: Mapping[str, str]) -> Step:
        """Return the topics, and what to begin with, of the index there is; or that there is none.

        Args:
            so_far: The conversation; what to begin with is of no use once it has begun.
            sent: Under "waited", whether the page waited for an index.
        """
        topics = shown(lambda: start.topics_html(self.assistant.topics()), missing="")
        if not topics:
            topics = start.no_topics_html()
        said = (
            message_html(spoken=start.READY)
            if sent.get("waited") and "data-ready" in topics
            else None
        )
        if so_far:
            return topics, *self._step(message=said)
        lead, questions = self._start()
        return topics, *self._step(message=said, lead=lead, questions=questions)

    def _ask(
        self, so_far: Conversation, question: str, topic: str, *, box: str | None = None
    ) -> Iterator[Step]:
        waiting = talk.transcript(so_far, waiting_for=question)
        hidden = self.gr.update(visible=False)
        yield self._step(so_far, waiting, message_html(), box, examples=hidden)
        for turn in talk.stream(self.assistant, so_far, question, topic):
            if turn.growing:
                yield self._step(shown=talk.transcript(so_far, growing=turn))
        if turn.asked:
            self.note(turn.asked)
        now = (*so_far, turn)
        yield self._step(now, talk.transcript(now), message_html(spoken=turn.spoken))
        yield self._next(now)

    def _next(self, now: Conversation) -> Step:
        refused = now[-1].refused
        more = talk.next_questions(self.assistant, now) or (self._examples() if refused else ())
        lead = _AGAIN if refused else _ALSO
        return self._step(lead=lead, examples=self.gr.update(visible=bool(more)), questions=more)

    def _start(self) -> tuple[str, Sequence[str]]:
        def lead() -> str:
            return start.purpose_html(has_examples=bool(self.assistant.examples()))

        return shown(lead, missing=start.not_yet_html()), self._examples()

    def _examples(self) -> Sequence[str]:
        try:
            return self.assistant.examples()[:OFFERED]
        except IndexMissingError:
            return ()

    def _step(
        self,
        state: Conversation | None = None,
        shown: str | None = None,
        message: str | None = None,
        box: str | None = None,
        lead: str | None = None,
        examples: Any = None,  # noqa: ANN401 - an update of Gradio's
        questions: Sequence[str] | None = None,
    ) -> Step:
        same = self.gr.skip()
        new = (same if v is None else v for v in (state, shown, message, box, lead, examples))
        if questions is None:
            return (*new, *[same] * OFFERED)
        offered = [*questions, *[""] * OFFERED][:OFFERED]
        return (*new, *(self.gr.update(value=one, visible=bool(one)) for one in offered))


def message_html(*, notice: str = "", spoken: str = "", info: str = "") -> str:
    """Return a notice or some information above the question, and what is only spoken."""
    return (
        f'<p class="unseen" role="status">{escape(spoken)}</p>'
        f'<p class="info">{escape(info)}</p>'
        f'<p class="notice" role="alert">{escape(notice)}</p>'
    )


def _earlier(text: str) -> list[tuple[str, str]]:
    """Return the questions of an earlier conversation, each with its topic, as a browser says.

    What could not have been asked is left out.
    """
    try:
        sent = json.loads(text)
    except (ValueError, RecursionError):
        return []
    pairs = [_pair(one) for one in sent[:MOST_TURNS]] if isinstance(sent, list) else []
    return [(question, topic) for question, topic in pairs if talk.objection(question) is None]


def _pair(one: Any) -> tuple[str, str]:  # noqa: ANN401 - whatever a browser sent
    found = one if isinstance(one, dict) else {}
    question, topic = found.get("question"), found.get("topic")
    return (
        question.strip() if isinstance(question, str) else "",
        topic[:100] if isinstance(topic, str) else "",
    )
