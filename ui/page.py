"""Make the page that Gradio serves ours: Dutch, dressed at once, and closed to the outside.

In:  the web app that Gradio builds.
Out: the same app behind a door. Only what the window needs is reachable; every reply carries
     security headers; the page says it is Dutch, carries our style, and names no other site.

Knows nothing of questions or answers.
"""

from __future__ import annotations

import re
import secrets
from html import escape

from ui.access import Role, name_of, role_of
from ui.refusing import refuse
from ui.replies import App, Message, Receive, Send, icon_link, secured

# What the window and programs ask; Gradio's doors for uploads, files and proxies stay shut.
_OPEN = re.compile(
    r"/(?:|config|theme\.css|favicon\.ico|manifest\.json|(?:assets|static)/.+"
    r"|api/(?:ask|search|show|timeline|documents)|mcp|bronnen/upload"
    r"|gradio_api/(?:info|startup-events|queue/(?:join|data)|heartbeat/\w+|cancel|reset))/?"
)
_OURS = {b"content-length", b"cache-control"}
_PREVIEW = re.compile(r'<meta\s+(?:property|name)="(?:og|twitter):[^>]*>\s*')
_SCRIPT = re.compile(r"<script(?=[\s>])")


def dress(page: str, style: str, nonce: str, role: Role, name: str = "") -> str:
    """Return Gradio's page as ours.

    It is in Dutch, with our style and icon; its scripts are known by a nonce; it says who looks
    at it, so that what is for editors hides itself (`.for-editors`).
    """
    who = f'data-role="{role}" data-name="{escape(name)}"'
    page = page.replace('lang="en"', f'lang="nl" {who}', 1)
    page = _PREVIEW.sub("", page)
    page = _SCRIPT.sub(f'<script nonce="{nonce}"', page)
    ours = (
        '<meta name="color-scheme" content="light dark"><title>Wegwijs</title>'
        '<meta name="description" content="Antwoorden in het Nederlands, met de bron erbij.">'
        f"{icon_link()}<style>{style}</style>"
    )
    return page.replace("</head>", ours + "</head>", 1)


class Door:
    """Let in what the window needs, and send every reply out with its headers."""

    def __init__(self, app: App, *, style: str) -> None:
        """Guard `app`; `style` is the style sheet of its pages."""
        self._app = app
        self._style = style

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Handle one request, as ASGI prescribes."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif not _OPEN.fullmatch(scope["path"]):
            await refuse(scope, send, 404, "Deze pagina bestaat niet.")
        else:
            await self._app(scope, receive, _Reply(scope, send, self._style))


class _Reply:
    """Add headers to a reply; hold a page back until it is whole, and dress it."""

    def __init__(self, scope: Message, send: Send, style: str) -> None:
        self._scope = scope
        self._send = send
        self._style = style
        self._nonce = secrets.token_urlsafe(16)
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], *secured(self._nonce)]}
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
        who = role_of(self._scope), name_of(self._scope)
        body = dress(self._body.decode(), self._style, self._nonce, *who).encode()
        kept = [pair for pair in start["headers"] if pair[0].lower() not in _OURS]
        size = str(len(body)).encode()
        # It names who looks at it: no copy for who comes after.
        headers = [*kept, (b"content-length", size), (b"cache-control", b"no-store")]
        await self._send({**start, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})


def _is_page(message: Message) -> bool:
    types = [value for name, value in message["headers"] if name.lower() == b"content-type"]
    return any(value.startswith(b"text/html") for value in types)
