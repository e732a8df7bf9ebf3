"""The tab to ask questions on.

In:  Gradio, an assistant; pieces of HTML elsewhere in the window that ask a question.
Out: the components of the tab, and what happens when someone asks.

Knows nothing of how answers are found or written as HTML.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any

from ui import conversation as talk
from ui.conversation import Answers, Conversation
from ui.wiring import QUIET, html, with_data

AT_ONCE = 4  # questions that are answered at the same time
_MOST_WORDINGS = 5  # of one question, from a page
_PURPOSE = """<p class="purpose">Wegwijs zoekt het antwoord op je vraag in een vaste set bronnen
en laat zien waar het staat.</p>"""
_BESIDE = """<p class="beside">Klik in een antwoord op een nummer, zoals [1].
Dan zie je hier de bron, met de zin waar het staat.</p>"""
_START = f'{_PURPOSE}<p class="begin">Stel een vraag, of begin met een van deze vragen:</p>'
_AGAIN = '<p class="begin">Deze vragen kan Wegwijs wel beantwoorden:</p>'
_FOOTNOTE = '<p class="footnote">Automatisch antwoord. Controleer het in de bron.</p>'


@dataclass(frozen=True, slots=True)
class ChatTab:
    """The components that an event of this tab reads or changes."""

    state: Any
    shown: Any
    message: Any
    box: Any
    lead: Any
    examples: Any
    buttons: Sequence[Any]
    send: Any


def build(gr: Any, assistant: Answers) -> ChatTab:  # noqa: ANN401
    """Return the components of the tab, in the place where it is called."""
    state = gr.State(())
    shown = html(gr, "", "cards.js", "script.js", elem_id="gesprek")
    with gr.Column(elem_id="voorbeelden") as examples:
        questions = assistant.examples()
        lead = html(gr, _START if questions else _PURPOSE)
        buttons = [gr.Button(question) for question in questions]
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
    return ChatTab(state, shown, message, box, lead, examples, buttons, send)


def connect(gr: Any, assistant: Answers, tab: ChatTab, new: Any, asking: Sequence[Any]) -> None:  # noqa: ANN401
    """Let the tab do its work.

    Args:
        gr: Gradio.
        assistant: Who answers.
        tab: The components.
        new: The button that begins a new conversation.
        asking: Pieces of HTML that send the wordings of a question, as JSON in "questions".
    """
    outputs = [tab.state, tab.shown, tab.message, tab.box, tab.lead, tab.examples]
    put = partial(_put, gr, assistant)
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
    new.click(partial(_restart, gr), cancels=asked, outputs=outputs, **QUIET)


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
    typed: str,
    so_far: Conversation,
) -> Iterator[tuple[Any, ...]]:
    # First the question, at once; then its answer, when it is there.
    reason = talk.objection(typed)
    if reason is not None:
        yield (gr.skip(), gr.skip(), _message(notice=reason), gr.skip(), gr.skip(), gr.skip())
        return
    question = typed.strip()
    waiting = talk.transcript(so_far, waiting_for=question)
    yield (so_far, waiting, _message(), "", gr.skip(), gr.update(visible=False))
    turn = talk.ask(assistant, so_far, question)
    now = (*so_far, turn)
    said = _message(spoken=turn.spoken)
    yield (now, talk.transcript(now), said, gr.skip(), _AGAIN, gr.update(visible=turn.refused))


def _restart(gr: Any) -> tuple[Any, ...]:  # noqa: ANN401
    return ((), "", _message(spoken="Nieuw gesprek."), "", _START, gr.update(visible=True))


def _message(*, notice: str = "", spoken: str = "") -> str:
    # A notice above the question, and what only a screen reader says.
    return (
        f'<p class="unseen" role="status">{escape(spoken)}</p>'
        f'<p class="notice" role="alert">{escape(notice)}</p>'
    )
