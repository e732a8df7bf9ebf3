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
_ALSO = '<p class="begin">Vraag ook:</p>'
_OFFERED = 3  # questions to choose from
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
    questions: tuple[str, ...]


def build(gr: Any, assistant: Answers) -> ChatTab:  # noqa: ANN401
    """Return the components of the tab, in the place where it is called."""
    state = gr.State(())
    shown = html(gr, "", "cards.js", "script.js", elem_id="gesprek")
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
    return ChatTab(state, shown, message, box, lead, examples, buttons, send, questions)


def connect(gr: Any, assistant: Answers, tab: ChatTab, new: Any, asking: Sequence[Any]) -> None:  # noqa: ANN401
    """Let the tab do its work.

    Args:
        gr: Gradio.
        assistant: Who answers.
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
    turn = talk.ask(assistant, so_far, question)
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
