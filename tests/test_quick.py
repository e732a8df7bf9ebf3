"""Quick blocks: the same to a page and to an event as with Gradio's own Blocks, and cheap."""

from __future__ import annotations

import asyncio
import copy
from typing import Any

import gradio as gr
import pytest
from gradio.components.base import _Keywords
from gradio.state_holder import SessionState

from ui import quick, wiring

SAME = gr.skip()
HIDDEN = gr.update(visible=False)
OVER = _Keywords.FINISHED_ITERATING


class Page:
    """A page of an app with one event, which takes and changes five components."""

    def __init__(self, blocks: Any) -> None:
        with blocks(analytics_enabled=False) as app:
            self.kept, text, box = gr.State(()), gr.HTML("oud"), gr.Textbox("oud")
            button = gr.Button("oud")
            with gr.Column() as column:
                pass
            event = button.click(
                lambda *_: None,
                inputs=[self.kept, text, box, button],
                outputs=[self.kept, text, box, button, column],
            )
        self.app, self.work, self.session = app, app.fns[event["id"]], SessionState(app)

    def sent(self, said: list[Any]) -> tuple[list[Any], Any]:
        """Return what the page is sent for what the event said, and what the server keeps."""
        outputs = asyncio.run(
            self.app.postprocess_data(self.work, copy.deepcopy(said), self.session)
        )
        for one in outputs:
            if isinstance(one, dict):
                one.pop("props", None)  # Gradio's HTML adds them, empty, to an update without any
        return outputs, self.session[self.kept._id]

    def taken(self, given: list[Any]) -> list[Any]:
        """Return what the event is handed of what the page gave."""
        taken: list[Any] = asyncio.run(self.app.preprocess_data(self.work, given, self.session))
        return taken


@pytest.mark.parametrize(
    "said",
    [
        [SAME, SAME, SAME, SAME, SAME],
        [(1, 2), SAME, SAME, SAME, HIDDEN],
        [SAME, "<p>nieuw</p>", SAME, SAME, gr.update(visible=True)],
        [SAME, SAME, "", HIDDEN, SAME],
        [SAME, None, None, "nieuw", SAME],
        [(), "nieuw", "nieuw", gr.update(value="nieuw", visible=True), HIDDEN],
        [SAME, gr.update(value="nieuw"), gr.update(max_lines=2), gr.update(size="sm"), SAME],
        [OVER, OVER, OVER, OVER, OVER],
    ],
)
def test_a_page_is_sent_what_gradio_would_send(said: list[Any]) -> None:
    assert Page(quick.blocks(gr)).sent(said) == Page(gr.Blocks).sent(said)


@pytest.mark.parametrize(
    "given",
    [
        [None, "<p>", "vraag", "knop"],
        [["niet van ons"], "<p>", "vraag", "knop"],  # the page has no say in what the server keeps
        [None, None, 5, "knop", "te veel"],
        [None, {"path": "x", "meta": {"_type": "gradio.FileData"}}, ["vraag"], "knop"],
    ],
)
def test_an_event_is_handed_what_gradio_would_hand_it(given: list[Any]) -> None:
    assert Page(quick.blocks(gr)).taken(given) == Page(gr.Blocks).taken(given)


def test_a_page_that_gives_too_little_is_refused() -> None:
    with pytest.raises(ValueError, match="enough input values"):
        Page(quick.blocks(gr)).taken([None, "<p>"])


def test_what_stays_or_is_hidden_makes_no_component(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Page(quick.blocks(gr))

    def refuse(self: Any, *_: Any, **__: Any) -> None:
        raise AssertionError(type(self).__name__)

    for one in (gr.HTML, gr.Textbox, gr.Button, gr.Column):
        monkeypatch.setattr(one, "__init__", refuse)

    page.sent([SAME, SAME, "nieuw", gr.update(value="nieuw", visible=True), HIDDEN])


def test_of_a_page_no_configuration_is_kept() -> None:
    page = Page(quick.blocks(gr))
    page.sent([(1, 2), "nieuw", "nieuw", HIDDEN, HIDDEN])

    assert not list(page.session.components)
    assert page.app.get_config_file()["components"]  # the page itself is built from it


def test_no_event_is_summed_up() -> None:
    queue = wiring.gradio().Blocks(analytics_enabled=False)._queue
    queue.events_recorded = 100
    event = {"function": "vraag", "status": "success", "process_time": 0.1}

    assert queue.compute_analytics_summary([event]) == {"functions": {}}
