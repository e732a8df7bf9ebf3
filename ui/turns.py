"""One question at a time in a conversation.

In:  an event handler that works in steps.
Out: the same handler, that does its work for a browser page only when its work before is done.

The page itself waits for its answer; this is for requests made by hand, and for a page that asks
again while an answer that nobody waits for any more is still being made.

Knows nothing of what is asked or answered.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

BUSY = "Je vorige vraag wordt nog beantwoord. Wacht even en stel deze vraag dan opnieuw."

T = TypeVar("T")


def one_at_a_time(
    gr: Any,  # noqa: ANN401
    work: Callable[..., Iterator[T]],
    refused: T,
) -> Callable[..., Iterator[T]]:
    """Return an event handler that gives `refused` while `work` goes on for the same page."""
    lock = threading.Lock()
    busy: set[str] = set()

    def handle(request: Any, *inputs: Any) -> Iterator[T]:  # noqa: ANN401
        page = request.session_hash or ""
        with lock:
            is_free = page not in busy
            busy.add(page)
        if not is_free:
            yield refused
            return
        # Also when the event is cancelled: the steps are closed then.
        try:
            yield from work(*inputs)
        finally:
            with lock:
                busy.discard(page)

    # Gradio reads the types to know what to hand over; it is imported too late to be written.
    handle.__annotations__ = {"request": gr.Request}
    return handle
