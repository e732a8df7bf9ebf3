"""Tell in Dutch that something went wrong where nobody foresaw it.

In:  a web app.
Out: the same app; where a fault leaves no reply, or bare English words, a page or a line in Dutch.
     What went wrong is in the log, and nowhere else.

Knows nothing of what is asked.
"""

from __future__ import annotations

import logging

from ui.refusing import WRONG, refuse
from ui.replies import App, Message, Receive, Send

_log = logging.getLogger(__name__)


class Faults:
    """Replies to a request that ends in a fault."""

    def __init__(self, app: App) -> None:
        """Stand in front of `app`."""
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Handle one request, as ASGI prescribes."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        has_started = is_fault = False

        async def passed_on(message: Message) -> None:
            nonlocal has_started, is_fault
            if message["type"] == "http.response.start":
                is_fault = _is_bare(message)
                has_started = not is_fault
            if not is_fault:
                await send(message)

        try:
            await self._app(scope, receive, passed_on)
        except Exception:
            if has_started:
                raise  # half a reply: the server breaks it off
            _log.exception("Een verzoek is niet beantwoord.")
            is_fault = True
        if is_fault:
            await refuse(scope, send, 500, WRONG)


def _is_bare(start: Message) -> bool:
    """Tell whether a reply is what the framework makes of a fault: a few plain words."""
    kinds = [value for name, value in start["headers"] if name.lower() == b"content-type"]
    return bool(start["status"] == 500 and kinds and kinds[0].startswith(b"text/plain"))
