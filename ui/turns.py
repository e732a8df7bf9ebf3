"""One question at a time in a conversation.

In:  work that is done in steps.
Out: an event handler that does it for a browser page only when the page's work before is done, and
     only as long as the page waits for it.

The page itself waits for its answer; this is for requests made by hand, and for a page that asks
again while an answer that nobody waits for any more is still being made.

Knows nothing of what is asked or answered.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ui.wiring import texts_of

BUSY = "Je vorige vraag wordt nog beantwoord. Wacht even en stel deze vraag dan opnieuw."


class Turns:
    """The browser pages that have work done."""

    def __init__(self, gr: Any, refused: Any) -> None:  # noqa: ANN401
        """Give `refused` for work that a page asks for while it has work done."""
        self._gr = gr
        self._refused = refused
        self._lock = threading.Lock()
        self._waits: dict[str, bool] = {}  # a page with work: whether it still waits for it

    def typed(self, work: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
        """Return an event handler of what was filled in."""

        def handle(request: Any, *inputs: Any) -> Iterator[Any]:  # noqa: ANN401
            yield from self._turn(request, lambda: work(*inputs))

        # Gradio reads the types to know what to hand over; it is imported too late to be written.
        handle.__annotations__ = {"request": self._gr.Request}
        return handle

    def sent(
        self, work: Callable[[Any, Mapping[str, str]], Iterator[Any]]
    ) -> Callable[..., Iterator[Any]]:
        """Return an event handler of one input, and of what a script sent along."""

        def handle(state: Any, event: Any, request: Any) -> Iterator[Any]:  # noqa: ANN401
            yield from self._turn(request, lambda: work(state, texts_of(event)))

        handle.__annotations__ = {"event": self._gr.EventData, "request": self._gr.Request}
        return handle

    def ended(self, work: Callable[..., Any]) -> Callable[..., Any]:
        """Return an event handler after which the page waits for no work from before.

        Gradio cancels an event as well, but only once a second request of the browser says so:
        by then the event may have written its answer into the conversation that came after it.
        """

        def handle(request: Any, *inputs: Any) -> Any:  # noqa: ANN401
            page = request.session_hash or ""
            with self._lock:
                if page in self._waits:
                    self._waits[page] = False
            return work(*inputs)

        handle.__annotations__ = {"request": self._gr.Request}
        return handle

    def _turn(self, request: Any, work: Callable[[], Iterator[Any]]) -> Iterator[Any]:  # noqa: ANN401
        page = request.session_hash or ""
        with self._lock:
            is_free = page not in self._waits
            if is_free:
                self._waits[page] = True
        if not is_free:
            yield self._refused
            return
        # Also when the event is cancelled: the steps are closed then.
        try:
            for step in work():
                if not self._waits[page]:
                    return
                yield step
        finally:
            with self._lock:
                del self._waits[page]
