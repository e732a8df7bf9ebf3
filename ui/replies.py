"""What every reply of the web server has: headers that close it to the outside, and our icon.

In:  a text, the way to send it.
Out: a reply, as ASGI prescribes.

The policy allows scripts by nonce and from this server only. 'unsafe-eval' stays: Gradio builds
the HTML component with `Function`. Inline style stays too: Gradio sets it on its elements.
The address of a page goes along within this site only: without it a browser does not say where a
form was sent from.

Knows nothing of what is asked or answered.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from html import escape
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

TEXT, PAGE, JSON = "text/plain; charset=utf-8", "text/html; charset=utf-8", "application/json"
_POLICY = (
    "default-src 'self'; script-src {scripts}; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'self'; object-src 'none'; "
    "frame-src 'none'; frame-ancestors 'none'; worker-src 'none'"
)
_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_ICON = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><rect width='32' height='32' "
    "rx='7' fill='#0B5D66'/><path d='M6 10l4.5 12L16 11l5.500 11L26 10' fill='none' "
    "stroke='#fff' stroke-width='3' stroke-linecap='round' stroke-linejoin='round'/></svg>"
)


def icon_link() -> str:
    """Return the icon of the window, for the head of a page."""
    icon = "data:image/svg+xml," + _ICON.replace("#", "%23").replace("<", "%3C").replace(">", "%3E")
    return f'<link rel="icon" href="{escape(icon)}">'


def secured(nonce: str = "") -> list[tuple[bytes, bytes]]:
    """Return the headers of a reply whose scripts are known by `nonce`; without it has none."""
    scripts = f"'self' 'nonce-{nonce}' 'unsafe-eval'" if nonce else "'none'"
    headers = {**_HEADERS, "content-security-policy": _POLICY.format(scripts=scripts)}
    return [(name.encode(), value.encode()) for name, value in headers.items()]


async def reply(
    send: Send,
    status: int,
    text: str,
    kind: str = TEXT,
    headers: Mapping[str, str] | None = None,
) -> None:
    """Send a whole reply; nobody keeps a copy of it."""
    body = text.encode()
    own = {
        "content-type": kind,
        "content-length": str(len(body)),
        "cache-control": "no-store",
        **(headers or {}),
    }
    pairs = [(name.encode(), value.encode("latin-1")) for name, value in own.items()]
    start = {"status": status, "headers": [*pairs, *secured()]}
    await send({"type": "http.response.start", **start})
    await send({"type": "http.response.body", "body": body})
