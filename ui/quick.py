"""Gradio's Blocks, without its work for outputs that stay as they are.

In:  Gradio.
Out: a class of Blocks that answers `gr.skip()` at once.

Gradio makes a whole new component, and its configuration twice, for each output that an event
skips: a third of the processor time of a question.

Knows nothing of what an event does.
"""

from __future__ import annotations

import copy
from typing import Any


def blocks(gr: Any) -> Any:  # noqa: ANN401 - a class; Gradio is imported too late for its types
    """Return the class."""
    same = gr.skip()

    class QuickBlocks(gr.Blocks):  # type: ignore[misc]
        async def postprocess_data(
            self,
            block_fn: Any,  # noqa: ANN401
            predictions: Any,  # noqa: ANN401
            state: Any,  # noqa: ANN401
        ) -> list[Any]:
            outputs = block_fn.outputs
            if len(outputs) < 2 or not isinstance(predictions, list | tuple):
                plain: list[Any] = await super().postprocess_data(block_fn, predictions, state)
                return plain
            new = [
                at
                for at, one in enumerate(predictions)
                if not (isinstance(one, dict) and one == same)
            ]
            changed = copy.copy(block_fn)
            changed.outputs = [outputs[at] for at in new]
            values = [predictions[at] for at in new]
            sent = await super().postprocess_data(
                changed, values[0] if len(new) == 1 else values, state
            )
            made = dict(zip(new, sent, strict=True))
            return [
                made[at] if at in made else None if one.stateful else dict(same)
                for at, one in enumerate(outputs)
            ]

    return QuickBlocks
