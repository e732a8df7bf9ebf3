"""The part of the tab with documents where an editor takes documents in.

In:  Gradio, what takes documents in.
Out: the components, and what happens when an editor uses them.

What only an editor may do is done nowhere but here, behind `for_editors`, and in upload.py.
Knows nothing of what the part looks like.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from ui.updates import State
from ui.updating import Updating
from ui.updating_html import REFUSED, frame_html, state_html, tick_html
from ui.wiring import QUIET, WAIT, for_editors, html, shown

_AT_ONCE = 8  # editors who look on while documents are taken in
_Shown = tuple[Any, Any]


def build(gr: Any, updating: Updating) -> None:  # noqa: ANN401
    """Make the part where it is called."""
    with gr.Column(elem_id="bijwerken", elem_classes=["for-editors"]):
        html(gr, frame_html(), elem_id="bijwerken-kiezen")
        state = html(gr, WAIT, "editing.js", elem_id="bijwerken-stand")
        tick = html(gr, "", "relay.js")

    def follow(sent: Mapping[str, str]) -> Iterator[_Shown]:
        was: State | None = None
        for now in updating.follow():
            # The page is drawn anew when something begins or ends; in between a script moves the
            # bar, so that the button which someone is about to press stays where it is.
            if was is None or now.running != was.running:
                yield shown(partial(_state, updating, now)), tick_html(now)
            elif now != was:
                yield gr.skip(), tick_html(now)
            was = now

    def act(sent: Mapping[str, str]) -> Iterator[_Shown]:
        _begin(updating, sent)
        yield from follow(sent)

    def cancel(sent: Mapping[str, str]) -> Iterator[Any]:
        updating.cancel()
        yield gr.skip()

    together = {**QUIET, "concurrency_id": "bijwerken", "concurrency_limit": _AT_ONCE}
    refused = (REFUSED, gr.skip())
    state.select(for_editors(gr, follow, refused), outputs=[state, tick], **together)
    state.submit(
        for_editors(gr, act, refused),
        outputs=[state, tick],
        trigger_mode="multiple",
        **together,
    )
    state.stop(for_editors(gr, cancel, gr.skip()), outputs=[tick], **QUIET)


def _begin(updating: Updating, sent: Mapping[str, str]) -> None:
    name = sent.get("name", "")
    match sent.get("action"):
        case "check":
            updating.check()
        case "update":
            updating.update(sent.get("mark", ""))
        case "rollback":
            updating.rollback()
        case "forget":
            updating.forget(name)
        case "discard":
            updating.discard(name)


def _state(updating: Updating, now: State) -> str:
    incoming = updating.incoming
    return state_html(now, incoming.waiting(), incoming.mark(), updating.versions())
