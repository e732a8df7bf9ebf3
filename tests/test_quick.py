"""Outputs that stay as they are: the same to a page as with Gradio's own Blocks, and cheap."""

from __future__ import annotations

import asyncio
import copy
from typing import Any

import gradio as gr
import pytest
from gradio.state_holder import SessionState

from ui import quick

SAME = gr.skip()
HIDDEN = gr.update(visible=False)


def sent(blocks: Any, said: list[Any]) -> tuple[list[Any], Any]:
    """Return what a page is sent for what an event said, and what the server keeps."""
    with blocks(analytics_enabled=False) as app:
        state, text, box = gr.State(()), gr.HTML("oud"), gr.Textbox("oud")
        button = gr.Button("oud")
        event = button.click(lambda: None, outputs=[state, text, box, button])
    session = SessionState(app)
    work = app.fns[event["id"]]
    outputs = asyncio.run(app.postprocess_data(work, copy.deepcopy(said), session))
    for one in outputs:
        if isinstance(one, dict):
            one.pop("props", None)  # Gradio's HTML adds them, empty, to an update without any
    return outputs, session[state._id]


@pytest.mark.parametrize(
    "said",
    [
        [SAME, SAME, SAME, SAME],
        [(1, 2), SAME, SAME, SAME],
        [SAME, "<p>nieuw</p>", SAME, SAME],
        [SAME, SAME, "", HIDDEN],
        [(), "nieuw", "nieuw", gr.update(value="nieuw", visible=True)],
    ],
)
def test_a_page_is_sent_what_gradio_would_send(said: list[Any]) -> None:
    assert sent(quick.blocks(gr), said) == sent(gr.Blocks, said)


def test_what_stays_makes_no_component(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    plain = gr.HTML.__init__

    def noted(self: Any, *args: Any, **kwargs: Any) -> None:
        made.append(type(self).__name__)
        plain(self, *args, **kwargs)

    monkeypatch.setattr(gr.HTML, "__init__", noted)
    sent(quick.blocks(gr), [SAME, SAME, "nieuw", SAME])

    assert len(made) == 1  # the one on the page
