"""Gradio's Blocks, without its work that shows nothing.

In:  Gradio.
Out: a class of Blocks that takes and sends the same, for less than half of the processor time.

For each page that asks, Gradio writes down the configuration of every component, and again after
each change: for links to a page as someone left it, which are closed here. It makes a new
component of whatever an event shows, hides or skips, and has another thread hand back a text.

Knows nothing of what an event does.
"""

from __future__ import annotations

import copy
from typing import Any

_CHANGES = {"__type__", "value", "visible"}  # of a button or a column
_NOT_PLAIN = object()


def blocks(gr: Any) -> Any:  # noqa: ANN401 - a class; Gradio is imported too late for its types
    """Return the class."""
    components = _components()

    class QuickBlocks(gr.Blocks):  # type: ignore[misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
            super().__init__(*args, **kwargs)
            self.default_config = components(self)

        async def preprocess_data(
            self,
            block_fn: Any,  # noqa: ANN401
            inputs: list[Any],
            state: Any,  # noqa: ANN401
            explicit_call: bool = False,
        ) -> list[Any]:
            pairs = list(zip(block_fn.inputs, inputs, strict=False))
            if len(pairs) == len(block_fn.inputs) and all(_is_plain(gr, *pair) for pair in pairs):
                return [state[one._id] if one.stateful else given for one, given in pairs]
            taken: list[Any] = await super().preprocess_data(block_fn, inputs, state, explicit_call)
            return taken

        async def postprocess_data(
            self,
            block_fn: Any,  # noqa: ANN401
            predictions: Any,  # noqa: ANN401
            state: Any,  # noqa: ANN401
        ) -> list[Any]:
            outputs = block_fn.outputs
            if len(outputs) < 2 or not isinstance(predictions, list | tuple):
                made: list[Any] = await super().postprocess_data(block_fn, predictions, state)
                return made
            sent = [_plain(gr, *pair) for pair in zip(outputs, predictions, strict=True)]
            if new := [at for at, one in enumerate(sent) if one is _NOT_PLAIN]:
                changed = copy.copy(block_fn)
                changed.outputs = [outputs[at] for at in new]
                values = [predictions[at] for at in new]
                made = await super().postprocess_data(
                    changed, values[0] if len(new) == 1 else values, state
                )
                for at, one in zip(new, made, strict=True):
                    sent[at] = one
            return sent

    return QuickBlocks


def _components() -> Any:  # noqa: ANN401
    """Return the class of the components of an app, of which a page keeps no configuration."""
    from gradio.blocks import BlocksConfig

    class Components(BlocksConfig):
        def __copy__(self) -> Any:  # noqa: ANN401 - made for each page
            of_a_page: Any = super().__copy__()  # type: ignore[no-untyped-call]
            of_a_page.config_for_block = lambda *_: {}
            return of_a_page

    return Components


def _is_plain(gr: Any, one: Any, given: Any) -> bool:  # noqa: ANN401
    """Tell whether an event is handed what a page gave as it is, or what the server keeps."""
    return one.stateful or (isinstance(given, str) and _is_text(gr, one))


def _plain(gr: Any, one: Any, said: Any) -> Any:  # noqa: ANN401
    """Return what a page is sent for an output, where that needs no work of Gradio's."""
    if isinstance(said, str) and _is_text(gr, one):
        return said
    if isinstance(said, dict) and said.get("__type__") == "update":
        if len(said) == 1:
            return None if one.stateful else dict(said)
        if type(one) in (gr.Button, gr.Column) and said.keys() <= _CHANGES:
            return dict(said)
    return _NOT_PLAIN


def _is_text(gr: Any, one: Any) -> bool:  # noqa: ANN401
    return type(one) in (gr.HTML, gr.Textbox, gr.Button)
