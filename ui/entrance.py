"""Let the window be there at once, while the program behind it still starts.

In:  what makes the web app of the window; that takes seconds, for it loads Gradio and an index.
Out: a web app that answers from the first moment: with a page that says that Wegwijs starts and
     takes a question already, and with the window as soon as that is ready.

Knows nothing of what the window holds.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import IndexMissingError
from ui.plain_page import page_html
from ui.replies import Message, Receive, Send

_POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'unsafe-inline'; "
    "img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_HEAD = '<noscript><meta http-equiv="refresh" content="2"></noscript>'
_BODY = """<p role="status">Wegwijs start op. Dat duurt een paar tellen.</p>
<form>
<label for="vraag">Je kunt je vraag alvast stellen:</label>
<textarea id="vraag" rows="2" maxlength="500" autofocus></textarea>
<button>Vraag</button>
</form>
<script nonce="{nonce}">{script}</script>"""
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Site:
    """The web app of the window.

    Attributes:
        app: A FastAPI app with Gradio's in it.
        ready: Reads the index; raises when no question can be answered.
    """

    app: Any
    ready: Callable[[], object]

    def let_go(self) -> None:
        """End the connections that pages hold open, or stopping would wait for them."""
        self.app.routes[-1].app.stop_event.set()


class Entrance:
    """The web app of the window, from before it is there."""

    def __init__(self, make: Callable[[], Site], opened: Callable[[], None]) -> None:
        """Open the window in the background.

        Args:
            make: Makes the web app.
            opened: Called when it is there, or could not be made; then `problem` says why.
        """
        self._make = make
        self._opened = opened
        self._site: Site | None = None
        self._closing = asyncio.Event()
        self.problem: Exception | None = None

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Handle one request, or the life of the server, as ASGI prescribes."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif self._site is not None:
            await self._site.app(scope, receive, send)
        else:
            await _starting(send)

    def let_go(self) -> None:
        """End the connections that pages hold open."""
        if self._site is not None:
            self._site.let_go()

    def ready(self) -> None:
        """Read the index.

        Raises:
            IndexMissingError: If the window is not there yet.
            WegwijsError: If no question can be answered.
        """
        if self._site is None:
            raise IndexMissingError("Wegwijs start nog op.", "Wacht even en probeer het opnieuw.")
        self._site.ready()

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        opening = asyncio.create_task(self._open())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self._closing.set()
        await opening
        await send({"type": "lifespan.shutdown.complete"})

    async def _open(self) -> None:
        async with contextlib.AsyncExitStack() as stack:
            try:
                site = await asyncio.to_thread(self._make)
                await stack.enter_async_context(site.app.router.lifespan_context(site.app))
            except Exception as problem:  # noqa: BLE001 - `serve` raises it again
                self.problem = problem
                self._opened()
                return
            self._site = site
            self._opened()
            await self._closing.wait()


async def _starting(send: Send) -> None:
    nonce = secrets.token_urlsafe(16)
    script = (_HERE / "entrance.js").read_text(encoding="utf-8")
    page = page_html("", _BODY.format(nonce=nonce, script=script), head=_HEAD).encode()
    headers = {
        "content-type": "text/html; charset=utf-8",
        "content-length": str(len(page)),
        "content-security-policy": _POLICY.format(nonce=nonce),
        "cache-control": "no-store",
        "retry-after": "1",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
    }
    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": 503, "headers": pairs})
    await send({"type": "http.response.body", "body": page})
