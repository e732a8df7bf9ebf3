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
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Protocol

from ingest.errors import WegwijsError
from ui import conversation as talk
from ui import start, tools
from ui.chat_steps import OFFERED, Steps, message_html
from ui.conversation import Answers, Conversation
from ui.export import FORMATS, file_name
from ui.feedback import Asked, Judgement
from ui.problems import problem_text
from ui.turns import Turns
from ui.wiring import IN_TURN, QUIET, html, with_data, with_state

AT_ONCE = 4  # questions that are answered at the same time
_MOST_WORDINGS = 5  # of one question, from a page
_BESIDE = """<p class="beside">Klik in een antwoord op een nummer, zoals [1].
Dan zie je hier de bron, met de zin waar het staat.</p>"""
_THANKS = "Bedankt. Je oordeel is bewaard. Hieronder kun je zeggen waarom."
_THANKS_FOR_REMARK = "Bedankt. Je opmerking is bewaard."
_TAKEN_BACK = "Je oordeel is gewist."
_FOOTNOTE = '<p class="footnote">Automatisch antwoord. Controleer het in de bron.</p>'
# The browser says in which topic to search: the one that is chosen when the question is sent, or
# everything, for a question that Wegwijs offers.
_CHOSEN = (
    "(asked, state) => [asked, state, document.querySelector('#onderwerpen :checked')?.value ?? '']"
)
_EVERYTHING = "(asked, state) => [asked, state, '']"

Note = Callable[[Asked], None]

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
    topics: Any
    history: Any

    @property
    def outputs(self) -> list[Any]:
        """What a step of `Steps` changes, in its order."""
        fixed = (self.state, self.shown, self.message, self.box, self.lead, self.examples)
        return [*fixed, *self.buttons]


def build(gr: Any) -> ChatTab:  # noqa: ANN401
    """Return the components of the tab, in the place where it is called.

    What the index holds comes when the page asks for it: the tab is there before an index is.
    """
    state = gr.State(())
    shown = html(gr, "", "cards.js", "script.js", "tools.js", elem_id="gesprek")
    judged, saved = html(gr, "", "relay.js"), html(gr, "", "relay.js")
    with gr.Column(elem_id="voorbeelden") as examples:
        lead = html(gr, start.purpose_html(has_examples=False))
        buttons = [gr.Button("", visible=False) for _ in range(OFFERED)]
    history = html(gr, start.history_html(), "history.js", elem_id="eerder")
    with gr.Column(elem_id="invoer"):
        message = html(gr, message_html())
        topics = html(gr, "", "start.js", elem_id="onderwerpen")
        with gr.Row(elem_id="regel"):
            box = gr.Textbox(
                label="Je vraag", placeholder="Stel je vraag …", lines=1, max_lines=5,
                elem_id="vraag", autofocus=True, container=False,
            )  # fmt: skip
            send = gr.Button("Vraag", variant="primary", elem_id="verstuur")
        html(gr, _FOOTNOTE)
    html(gr, _BESIDE)
    return ChatTab(
        state, shown, judged, saved, message, box, lead, examples, buttons, send, topics, history
    )


def connect(
    gr: Any,  # noqa: ANN401
    assistant: Answers,
    judgements: Judgements,
    tab: ChatTab,
    new: Any,  # noqa: ANN401
    asking: Sequence[Any],
    note: Note,
) -> None:
    """Let the tab do its work.

    Args:
        gr: Gradio.
        assistant: Who answers.
        judgements: Where judgements of answers go.
        tab: The components.
        new: The button that begins a new conversation.
        asking: Pieces of HTML that send the wordings of a question, as JSON in "questions".
        note: Told of every question that was answered or refused.
    """
    steps = Steps(gr, assistant, note)
    turns = Turns(gr, steps.busy())
    limits: dict[str, Any] = {"concurrency_id": "vraag", "concurrency_limit": AT_ONCE, **QUIET}
    put: dict[str, Any] = {**limits, "fn": turns.typed(steps.put), "outputs": tab.outputs}
    typed = [tab.box, tab.state, tab.topics]
    asked = [gr.on([tab.box.submit, tab.send.click], inputs=typed, js=_CHOSEN, **put)]
    for button in tab.buttons:
        offered = [button, tab.state, tab.topics]
        asked.append(button.click(inputs=offered, js=_EVERYTHING, **put))
    for piece in asking:
        pick = with_data(gr, partial(_pick, assistant))
        asked.append(piece.submit(pick, outputs=tab.box, **limits).then(
            inputs=typed, js=_EVERYTHING, **put
        ))  # fmt: skip
    again, choose, restore = map(turns.sent, (steps.again, steps.choose, steps.restore))
    asked.append(tab.shown.retry(again, inputs=tab.state, outputs=tab.outputs, **limits))
    asked.append(tab.shown.option_select(choose, tab.state, tab.outputs, **limits))
    asked.append(tab.history.select(restore, tab.state, tab.outputs, **limits))
    stop, restart = turns.ended(steps.stop), turns.ended(steps.restart)
    tab.shown.stop(stop, tab.state, tab.outputs, cancels=asked, **QUIET)
    new.click(restart, outputs=tab.outputs, cancels=asked, **QUIET)
    opened = with_state(gr, steps.opened)
    tab.topics.select(opened, tab.state, [tab.topics, *tab.outputs], **QUIET)
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
        return gr.skip(), message_html(notice=problem_text(error))
    thanks = _TAKEN_BACK if useful is None else _THANKS_FOR_REMARK if remark else _THANKS
    return tools.judged_html(asked.key, useful, remark), message_html(spoken=thanks)


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
