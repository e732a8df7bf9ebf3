"""Make the page that Gradio serves ours: Dutch, dressed at once, and closed to the outside.

In:  the web app that Gradio builds.
Out: the same app behind a door. Only what the window needs is reachable; every reply carries
     security headers; the page says it is Dutch, carries our style, and names no other site.

The policy allows scripts by nonce and from this server only. 'unsafe-eval' stays: Gradio builds
the HTML component with `Function`. Inline style stays too: Gradio sets it on its elements.

Knows nothing of questions or answers.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from html import escape
from typing import Any

from ui.access import Role, grant

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

_POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'self'; object-src 'none'; "
    "frame-src 'none'; frame-ancestors 'none'; worker-src 'none'"
)
_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
# What the window asks of Gradio; its doors for uploads, files, proxies and the API stay shut.
_OPEN = re.compile(
    r"/(?:|config|theme\.css|favicon\.ico|manifest\.json|(?:assets|static)/.+"
    r"|api/(?:ask|search|show|timeline|documents)|mcp"
    r"|gradio_api/(?:info|startup-events|queue/(?:join|data)|heartbeat/\w+|cancel|reset))/?"
)
_ICON = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><rect width='32' height='32' "
    "rx='7' fill='#0B5D66'/><path d='M6 10l4.5 12L16 11l5.500 11L26 10' fill='none' "
    "stroke='#fff' stroke-width='3' stroke-linecap='round' stroke-linejoin='round'/></svg>"
)
_PREVIEW = re.compile(r'<meta\s+(?:property|name)="(?:og|twitter):[^>]*>\s*')
_SCRIPT = re.compile(r"<script(?=[\s>])")


def dress(page: str, style: str, nonce: str) -> str:
    """Return Gradio's page in Dutch, with our style and icon, and its scripts known by a nonce."""
    page = page.replace('lang="en"', 'lang="nl"', 1)
    page = _PREVIEW.sub("", page)
    page = _SCRIPT.sub(f'<script nonce="{nonce}"', page)
    icon = "data:image/svg+xml," + _ICON.replace("#", "%23").replace("<", "%3C").replace(">", "%3E")
    ours = (
        '<meta name="color-scheme" content="light dark"><title>Wegwijs</title>'
        '<meta name="description" content="Antwoorden in het Nederlands, met de bron erbij.">'
        f'<link rel="icon" href="{escape(icon)}"><style>{style}</style>'
    )
    return page.replace("</head>", ours + "</head>", 1)


class Door:
    """Let in what the window needs, and send every reply out with its headers."""

    def __init__(self, app: App, *, style: str, role: Role) -> None:
        """Guard `app`; `style` is the style sheet of its pages, `role` that of who comes in."""
        self._app = app
        self._style = style
        self._role = role

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Handle one request, as ASGI prescribes."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif not _OPEN.fullmatch(scope["path"]):
            await _not_found(send)
        else:
            grant(scope, self._role)
            await self._app(scope, receive, _Reply(send, self._style))


class _Reply:
    """Add headers to a reply; hold a page back until it is whole, and dress it."""

    def __init__(self, send: Send, style: str) -> None:
        self._send = send
        self._style = style
        self._nonce = secrets.token_urlsafe(16)
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], *_secured(self._nonce)]}
            if _is_page(message):
                self._start = message
            else:
                await self._send(message)
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._send_page(self._start)

    async def _send_page(self, start: Message) -> None:
        body = dress(self._body.decode(), self._style, self._nonce).encode()
        kept = [pair for pair in start["headers"] if pair[0].lower() != b"content-length"]
        headers = [*kept, (b"content-length", str(len(body)).encode())]
        await self._send({**start, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})


def _secured(nonce: str) -> list[tuple[bytes, bytes]]:
    headers = {**_HEADERS, "content-security-policy": _POLICY.format(nonce=nonce)}
    return [(name.encode(), value.encode()) for name, value in headers.items()]


def _is_page(message: Message) -> bool:
    types = [value for name, value in message["headers"] if name.lower() == b"content-type"]
    return any(value.startswith(b"text/html") for value in types)


async def _not_found(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *_secured("")]
    await send({"type": "http.response.start", "status": 404, "headers": headers})
    await send({"type": "http.response.body", "body": b"Deze pagina bestaat niet."})
