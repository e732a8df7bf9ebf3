"""The two doors of the web server: one for users who log in, one for this computer only.

In:  requests that came through the gate.
Out: those that may go on, each with the role of who sent it. For the others the page to log in,
     or why not.

Without a login everyone has one role, so a request that came by way of a proxy, or for another
name than that of this computer, is refused: a proxy in front of it does not let everyone in, and
no other site reaches it under a name of its own.

Knows nothing of the window, or of how a password is checked.
"""

from __future__ import annotations

import asyncio
import ipaddress
import logging
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs

from ingest.errors import WegwijsError
from ui.access import Role, grant
from ui.accounts import User
from ui.gate import headers_of, host_of
from ui.login import Login, Refused
from ui.login_page import login_html
from ui.problems import ASK
from ui.refusing import refuse
from ui.replies import PAGE, App, Message, Receive, Send, reply
from ui.sessions import LASTS

LOG_IN, LOG_OUT = "/inloggen", "/uitloggen"
COOKIE = "wegwijs_sessie"
_READING = {"GET", "HEAD"}
_MOST_BYTES = 8 * 1024  # of a form to log in
_AT_ONCE, _MOST_WAITING = 2, 40  # passwords to check; each takes 32 MiB meanwhile
# What a proxy says of who it speaks for; the server has taken from it what it may believe.
_FORWARDED = ("x-forwarded-", "forwarded", "x-real-ip", "x-gradio-server")
_ELSEWHERE = (
    "Wegwijs is zo alleen te gebruiken op de computer waarop het draait. Moeten anderen erbij "
    "kunnen? Maak gebruikers met 'wegwijs users add' en start Wegwijs met --host of --proxy."
)
_NO_FORM = "Dit is geen formulier om in te loggen."
_BUSY = "Het is nu te druk om in te loggen. Wacht even en probeer het opnieuw."

_log = logging.getLogger(__name__)


class OpenDoor:
    """Everyone on this computer comes in, with one role; no one else does."""

    def __init__(self, app: App, role: Role) -> None:
        """Guard `app`; `role` is everyone's."""
        self._app = app
        self._role = role

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Handle one request, as ASGI prescribes."""
        if scope["type"] == "http":
            headers = headers_of(scope)
            host = host_of(f"//{headers.get('host', '')}")
            if not is_loopback(host) or any(name.startswith(_FORWARDED) for name in headers):
                await refuse(scope, send, 403, _ELSEWHERE, leads_back=False)
                return
            grant(scope, self._role)
        await self._app(scope, receive, send)


class LoginDoor:
    """Users who are logged in come in; the others see the page to log in, and nothing else."""

    def __init__(self, app: App, login: Login, *, root_path: str = "") -> None:
        """Guard `app`.

        Args:
            app: What lies behind.
            login: Who may come in.
            root_path: Where a proxy shows the site, such as /wegwijs.
        """
        self._app = app
        self._login = login
        self._path = root_path or "/"
        self._checking = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="inloggen")
        self._waiting = 0

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Handle one request, as ASGI prescribes."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        kept = [pair for pair in scope["headers"] if not _is_forwarded(pair[0])]
        key = _key(scope)
        try:
            user = self._login.user(key) if key else None
        except WegwijsError as error:
            await _closed(scope, send, error)
        else:
            await self._handle(user, key, {**scope, "headers": kept}, receive, send)

    async def _handle(
        self, user: User | None, key: str, scope: Message, receive: Receive, send: Send
    ) -> None:
        path = scope["path"]
        if path == LOG_IN and scope["method"] in _READING and user is None:
            await reply(send, 200, login_html(), PAGE)
        elif path == LOG_IN and scope["method"] in _READING:
            await _go(send, "./")
        elif path == LOG_IN:
            await self._log_in(key, scope, receive, send)
        elif path == LOG_OUT and scope["method"] == "POST":
            self._login.leave(key)
            await _go(send, "inloggen", self._cookie(scope, "", 0))
        elif user is not None:
            grant(scope, user.role, user.name)
            await self._app(scope, receive, send)
        elif path == "/" and scope["method"] in _READING:
            await _go(send, "inloggen")
        else:
            await refuse(scope, send, 401, "Log eerst in.")

    async def _log_in(self, key: str, scope: Message, receive: Receive, send: Send) -> None:
        form = await _form(receive) if scope["method"] == "POST" else None
        if form is None:
            await refuse(scope, send, 400, _NO_FORM)
            return
        name, password = form
        address = scope["client"][0] if scope.get("client") else ""
        try:
            found = await self._checked(name, password, address)
        except WegwijsError as error:
            await _closed(scope, send, error)
            return
        if isinstance(found, str):
            self._login.leave(key)  # of who was logged in here before
            await _go(send, "./", self._cookie(scope, found, LASTS))
            return
        # Not the name: people type a password there.
        _log.warning("Inloggen is niet gelukt vanaf %s.", address)
        page = login_html(name=name, problem=found.why)
        wait = {"retry-after": str(found.wait)} if found.wait else {}
        await reply(send, 429 if found.wait else 401, page, PAGE, wait)

    async def _checked(self, name: str, password: str, address: str) -> str | Refused:
        if self._waiting >= _MOST_WAITING:
            return Refused(_BUSY, wait=10)
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            enter = self._login.enter
            return await loop.run_in_executor(self._checking, enter, name, password, address)
        finally:
            self._waiting -= 1

    def _cookie(self, scope: Message, key: str, seconds: int) -> dict[str, str]:
        secure = "; Secure" if scope["scheme"] == "https" else ""
        rules = f"Path={self._path}; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}"
        return {"set-cookie": f"{COOKIE}={key}; {rules}"}


def is_loopback(host: str) -> bool:
    """Tell whether a host is this computer, and cannot be reached from another.

    Example:
        >>> is_loopback("localhost"), is_loopback("::1"), is_loopback("192.0.2.1")
        (True, True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _is_forwarded(name: bytes) -> bool:
    return name.decode("latin-1").lower().startswith(_FORWARDED)


def _key(scope: Message) -> str:
    # Not http.cookies: a cookie of another program on this host that it cannot read hides ours.
    from starlette.requests import cookie_parser

    return cookie_parser(headers_of(scope).get("cookie", "")).get(COOKIE, "")


async def _form(receive: Receive) -> tuple[str, str] | None:
    """Return the name and the password of a form; None when it is not the one to log in."""
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > _MOST_BYTES or message["type"] == "http.disconnect":
            return None
    try:
        fields = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=8)
        return fields["naam"][0], fields["wachtwoord"][0]
    except (ValueError, KeyError):
        return None


async def _closed(scope: Message, send: Send, error: WegwijsError) -> None:
    # Who may come in is not known: nobody does. Which file it is, the log says.
    _log.error("%s", error)
    await refuse(scope, send, 503, f"{error.what} {ASK}")


async def _go(send: Send, place: str, headers: dict[str, str] | None = None) -> None:
    # A relative address is right wherever a proxy shows the site.
    await reply(send, 303, "", headers={"location": place, **(headers or {})})
