"""The gate of the web server: the first to look at every request.

In:  every request that reaches the web server.
Out: those that a page of this site, a program or a person sent, not larger than they need be. The
     replies to /healthz and /readyz, which anyone may ask.

Another site that is open in someone's browser cannot ask or do anything here, also where a cookie
would go along or where no login is needed.

Knows nothing of who may come in, or of what lies behind.
"""

from __future__ import annotations

import contextlib
import json
import logging
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from ui.refusing import refuse
from ui.replies import JSON, App, Message, Receive, Send, reply

MOST_BYTES = 1024 * 1024  # of what is sent along with a request
_SAME = {"same-origin", "none"}
_FOREIGN = "Dit verzoek komt van een andere website. Daarom doet Wegwijs niets."
_TOO_LARGE = "Wat je stuurt, is te groot."

_log = logging.getLogger(__name__)


class TooLargeError(Exception):
    """More is sent along with a request than it may have; never shown."""


class Gate:
    """Let in what was sent from here, and say how it goes."""

    def __init__(
        self, app: App, *, ready: Callable[[], object], larger: Mapping[str, int] | None = None
    ) -> None:
        """Guard `app`.

        Args:
            app: What lies behind.
            ready: Reads the index; raises when that cannot be.
            larger: How many bytes may be sent to a path, where that is more than elsewhere.
        """
        self._app = app
        self._ready = ready
        self._larger = larger or {}

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Handle one request, as ASGI prescribes."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] != "http":
            return  # nothing here speaks otherwise
        elif scope["path"] == "/healthz":
            await _state(send, 200, "ok")
        elif scope["path"] == "/readyz":
            await self._readiness(send)
        elif not _from_here(scope):
            await refuse(scope, send, 403, _FOREIGN)
        else:
            most = self._larger.get(scope["path"], MOST_BYTES)
            await _limited(self._app, most, scope, receive, send)

    async def _readiness(self, send: Send) -> None:
        from anyio import to_thread

        try:
            await to_thread.run_sync(self._ready)
        except Exception as error:  # noqa: BLE001 - whatever it is, no question can be answered
            _log.warning("De index kan niet worden gelezen: %s", type(error).__name__)
            await _state(send, 503, "not ready")
        else:
            await _state(send, 200, "ready")


def headers_of(scope: Message) -> dict[str, str]:
    """Return the headers of a request by their name in small letters."""
    pairs = ((name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"])
    return {name.lower(): value for name, value in pairs}


def _from_here(scope: Message) -> bool:
    headers = headers_of(scope)
    changes = scope["method"] not in {"GET", "HEAD"}
    if changes and headers.get("sec-fetch-site", "none") not in _SAME:
        return False
    # A browser names where a page comes from; a program or a person has no such page.
    origin = headers.get("origin")
    return origin is None or _place(origin) == _place(f"//{headers.get('host', '')}") != ""


def host_of(address: str) -> str:
    """Return the host of an address without its port, empty when it has none.

    Example:
        >>> host_of("//[::1]:7860"), host_of("//[")
        ('::1', '')
    """
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _place(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""


async def _limited(app: App, most: int, scope: Message, receive: Receive, send: Send) -> None:
    length = headers_of(scope).get("content-length", "0")
    received, started = 0, False

    async def counted() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > most:  # it did not say so beforehand
            raise TooLargeError
        return message

    async def noted(message: Message) -> None:
        # What lies behind may make another reply of the error.
        nonlocal started
        if received <= most or started:
            started = True
            await send(message)

    if not length.isdigit() or int(length) > most:
        await reply(send, 413, _TOO_LARGE)
        return
    with contextlib.suppress(TooLargeError):
        await app(scope, counted, noted)
    if received > most and not started:
        await reply(send, 413, _TOO_LARGE)


async def _state(send: Send, status: int, word: str) -> None:
    await reply(send, status, json.dumps({"status": word}), JSON)
