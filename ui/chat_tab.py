"""The tab to ask questions on.

In:  Gradio, an assistant, where judgements of its answers go; pieces of HTML elsewhere in the
     window that ask a question.
Out: the components of the tab, and what happens when someone asks.

Knows nothing of how answers are found or written as HTML.
"""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from html import escape
from typing import Any, Protocol

from ingest.errors import WegwijsError
from ui import conversation as talk
from ui import tools
from ui.conversation import Answers, Conversation
from ui.export import FORMATS, file_name
from ui.feedback import Judgement
from ui.wiring import IN_TURN, QUIET, html, with_data, with_state

AT_ONCE = 4  # questions that are answered at the same time
_MOST_WORDINGS = 5  # of one question, from a page
_PURPOSE = """<p class="purpose">Wegwijs zoekt het antwoord op je vraag in een vaste set bronnen
en laat zien waar het staat.</p>"""
_BESIDE = """<p class="beside">Klik in een antwoord op een nummer, zoals [1].
Dan zie je hier de bron, met de zin waar het staat.</p>"""
_START = f'{_PURPOSE}<p class="begin">Stel een vraag, of begin met een van deze vragen:</p>'
_AGAIN = '<p class="begin">Deze vragen kan Wegwijs wel beantwoorden:</p>'
_ALSO = '<p class="begin">Vraag ook:</p>'
_THANKS = "Bedankt. Je oordeel is bewaard. Hieronder kun je zeggen waarom."
_THANKS_FOR_REMARK = "Bedankt. Je opmerking is bewaard."
_TAKEN_BACK = "Je oordeel is gewist."
_OFFERED = 3  # questions to choose from
_FOOTNOTE = '<p class="footnote">Automatisch antwoord. Controleer het in de bron.</p>'

_log = logging.getLogger(__name__)


class Judgements(Protocol):
    """Where the window leaves what someone thinks of an answer."""

    def keep(self, judgement: Judgement, today: date) -> None:
        """Store a judgement, in the place of an earlier one of the same answer."""
        ...

    def take_back(self, key: str, today: date) -> None:
        """Forget the judgement of an answer."""
        ...


@dataclass(frozen=True, slots=True)
class ChatTab:
    """The components that an event of this tab reads or changes."""

    state: Any
    shown: Any
    judged: Any
    saved: Any
    message: Any
    box: Any
    lead: Any
    examples: Any
    buttons: Sequence[Any]
    send: Any
    questions: tuple[str, ...]


def build(gr: Any, assistant: Answers) -> ChatTab:  # noqa: ANN401
    """Return the components of the tab, in the place where it is called."""
    state = gr.State(())
    shown = html(gr, "", "cards.js", "script.js", "tools.js", elem_id="gesprek")
    judged, saved = html(gr, "", "relay.js"), html(gr, "", "relay.js")
    with gr.Column(elem_id="voorbeelden") as examples:
        questions = assistant.examples()[:_OFFERED]
        lead = html(gr, _START if questions else _PURPOSE)
        offered = [*questions, *[""] * (_OFFERED - len(questions))]
        buttons = [gr.Button(question, visible=bool(question)) for question in offered]
    with gr.Column(elem_id="invoer"):
        message = html(gr, _message())
        with gr.Row(elem_id="regel"):
            box = gr.Textbox(
                label="Je vraag", placeholder="Stel je vraag …", lines=1, max_lines=5,
                elem_id="vraag", autofocus=True, container=False,
            )  # fmt: skip
            send = gr.Button("Vraag", variant="primary", elem_id="verstuur")
        html(gr, _FOOTNOTE)
    html(gr, _BESIDE)
    return ChatTab(
        state, shown, judged, saved, message, box, lead, examples, buttons, send, questions
    )


def connect(
    gr: Any,  # noqa: ANN401
    assistant: Answers,
    judgements: Judgements,
    tab: ChatTab,
    new: Any,  # noqa: ANN401
    asking: Sequence[Any],
) -> None:
    """Let the tab do its work.

    Args:
        gr: Gradio.
        assistant: Who answers.
        judgements: Where judgements of answers go.
        tab: The components.
        new: The button that begins a new conversation.
        asking: Pieces of HTML that send the wordings of a question, as JSON in "questions".
    """
    outputs = [tab.state, tab.shown, tab.message, tab.box, tab.lead, tab.examples, *tab.buttons]
    put = partial(_put, gr, assistant, tab.questions)
    limits = {"concurrency_id": "vraag", "concurrency_limit": AT_ONCE}
    event: dict[str, Any] = {**QUIET, **limits, "fn": put, "outputs": outputs}
    typed = [tab.box, tab.state]
    asked = [gr.on([tab.box.submit, tab.send.click], inputs=typed, **event)]
    asked += [button.click(inputs=[button, tab.state], **event) for button in tab.buttons]
    for piece in asking:
        pick = with_data(gr, partial(_pick, assistant))
        asked.append(piece.submit(pick, outputs=tab.box, **limits, **QUIET).then(
            inputs=typed, **event
        ))  # fmt: skip
    new.click(partial(_restart, gr, tab.questions), cancels=asked, outputs=outputs, **QUIET)
    judge = with_state(gr, partial(_judge, gr, judgements))
    tab.shown.submit(judge, inputs=tab.state, outputs=[tab.judged, tab.message], **IN_TURN)
    save = with_state(gr, _save)
    tab.shown.select(save, inputs=tab.state, outputs=tab.saved, **IN_TURN)


def _judge(
    gr: Any,  # noqa: ANN401
    judgements: Judgements,
    so_far: Conversation,
    sent: Mapping[str, str],
) -> tuple[Any, Any]:
    # Only an answer of this conversation can be judged: what is kept comes from here, not from
    # the page.
    known = {turn.asked.key: turn.asked for turn in so_far if turn.asked}
    asked = known.get(sent.get("key", ""))
    if asked is None:
        return gr.skip(), gr.skip()
    useful = {"ja": True, "nee": False}.get(sent.get("useful", ""))
    remark = sent.get("remark", "") if useful is not None else ""
    try:
        if useful is None:
            judgements.take_back(asked.key, date.today())
        else:
            judgements.keep(Judgement(asked, useful, remark), date.today())
    except WegwijsError as error:
        _log.warning("Een oordeel is niet bewaard: %s", type(error).__name__)
        return gr.skip(), _message(notice=f"{error.what} {error.advice}")
    thanks = _TAKEN_BACK if useful is None else _THANKS_FOR_REMARK if remark else _THANKS
    return tools.judged_html(asked.key, useful, remark), _message(spoken=thanks)


def _save(so_far: Conversation, sent: Mapping[str, str]) -> str:
    name = sent.get("format", "")
    if name not in FORMATS or not so_far:
        return ""
    today = date.today()
    content = FORMATS[name].write([turn.said for turn in so_far], today)
    key = secrets.token_hex(4)
    return tools.file_html(file_name(name, today), FORMATS[name].media_type, content, key)


def _pick(assistant: Answers, sent: Mapping[str, str]) -> str:
    """Return the first wording of a question from a page that is answered."""
    try:
        wordings = json.loads(sent.get("questions", "[]"))
    except ValueError:
        return ""
    if not isinstance(wordings, list):
        return ""
    return talk.best_of(assistant, [w for w in wordings if isinstance(w, str)][:_MOST_WORDINGS])


def _put(
    gr: Any,  # noqa: ANN401
    assistant: Answers,
    examples: Sequence[str],
    typed: str,
    so_far: Conversation,
) -> Iterator[tuple[Any, ...]]:
    # First the question, at once; then its answer, when it is there; then what to ask next.
    same, kept = gr.skip(), [gr.skip()] * _OFFERED
    reason = talk.objection(typed)
    if reason is not None:
        yield (same, same, _message(notice=reason), same, same, same, *kept)
        return
    question = typed.strip()
    waiting = talk.transcript(so_far, waiting_for=question)
    yield (so_far, waiting, _message(), "", same, gr.update(visible=False), *kept)
    for turn in talk.stream(assistant, so_far, question):
        if turn.growing:
            shown = talk.transcript(so_far, growing=turn)
            yield (same, shown, same, same, same, same, *kept)
    now = (*so_far, turn)
    yield (now, talk.transcript(now), _message(spoken=turn.spoken), same, same, same, *kept)
    more = talk.next_questions(assistant, now) or (examples if turn.refused else ())
    lead = _AGAIN if turn.refused else _ALSO
    yield (same, same, same, same, lead, gr.update(visible=bool(more)), *_offer(gr, more))


def _offer(gr: Any, questions: Sequence[str]) -> list[Any]:  # noqa: ANN401
    offered = [*questions, *[""] * _OFFERED][:_OFFERED]
    return [gr.update(value=question, visible=bool(question)) for question in offered]


def _restart(gr: Any, questions: Sequence[str]) -> tuple[Any, ...]:  # noqa: ANN401
    lead = _START if questions else _PURPOSE
    said = _message(spoken="Nieuw gesprek.")
    return ((), "", said, "", lead, gr.update(visible=True), *_offer(gr, questions))


def _message(*, notice: str = "", spoken: str = "") -> str:
    # A notice above the question, and what only a screen reader says.
    return (
        f'<p class="unseen" role="status">{escape(spoken)}</p>'
        f'<p class="notice" role="alert">{escape(notice)}</p>'
    )
