"""The window, as Gradio components.

In:  what stands behind it.
Out: a Gradio app, not yet listening.

Knows nothing of how answers are found or written as HTML, or of the web server.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui import api, chat_tab, documents_tab, evaluation_tab, quick, timeline_tab
from ui.about import about_html, not_yet_html
from ui.backend import Backend
from ui.feedback import Asked
from ui.programs import services
from ui.tabs import FOR_EDITORS, panel_id, tabs_html
from ui.wiring import QUIET, WAIT, gradio, html, shown, with_data

if TYPE_CHECKING:
    from gradio.blocks import Blocks

_WAITING_ROOM = 64
_NAME = "<h1>Wegwijs</h1>"
_WHO = (
    '<div class="who" hidden><span class="who-name"></span>'
    '<form method="post" action="uitloggen"><button>Log uit</button></form></div>'
)


def build_app(backend: Backend) -> Blocks:
    """Return the window, not yet listening."""
    assistant, questions = backend.assistant, backend.questions
    gr = gradio()
    with quick.blocks(gr)(title="Wegwijs", analytics_enabled=False) as app:
        with gr.Row(elem_id="kop"):
            html(gr, _NAME)
            html(gr, tabs_html(), "tabs.js", "toast.js", elem_id="tabs")
            new = gr.Button("Nieuw gesprek", elem_id="nieuw", size="sm")
            html(gr, _WHO, "who.js", "trouble.js", elem_id="wie")
        with gr.Column(elem_id=panel_id("vraag")):
            chat = chat_tab.build(gr)
        with gr.Column(elem_id=panel_id("tijdlijn")):
            timeline = timeline_tab.build(gr, assistant)
        with gr.Column(elem_id=panel_id("bronnen")):
            documents_tab.build(gr, assistant, backend.updating)
        with gr.Column(elem_id=panel_id("evaluatie"), elem_classes=FOR_EDITORS):
            evaluation_tab.build(gr, assistant, backend.data)
        with gr.Column(elem_id=panel_id("over")):
            about = html(gr, WAIT, "opened.js", elem_id="over")
            days = questions.days if questions else 0
            page = with_data(
                gr,
                lambda _: shown(
                    lambda: about_html(assistant.collection(), days), missing=not_yet_html()
                ),
            )
            about.select(page, outputs=[about], **QUIET)
        note = questions.note if questions else _forget
        asking = [timeline, chat.topics]
        chat_tab.connect(gr, assistant, backend.judgements, chat, new, asking=asking, note=note)
        limits = {"concurrency_id": "vraag", "concurrency_limit": chat_tab.AT_ONCE}
        api.endpoints(gr, services(assistant), **limits)
    queued: Blocks = app.queue(
        default_concurrency_limit=chat_tab.AT_ONCE, max_size=_WAITING_ROOM, status_update_rate=30
    )
    return queued


def _forget(_: Asked) -> None:
    """Keep nothing of a question."""
