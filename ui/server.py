"""The web server of the window.

In:  what stands behind the window, an address and a port.
Out: the window listening there, until the user stops it.

Knows nothing of what the window shows.
"""

from __future__ import annotations

import errno
import socket
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.errors import PortError
from ui import api
from ui.access import Role
from ui.app import build_app
from ui.backend import Backend
from ui.doors import LoginDoor, OpenDoor, is_loopback
from ui.entrance import Entrance, Site
from ui.faults import Faults
from ui.gate import Gate
from ui.incoming import MOST_BYTES
from ui.login import Login
from ui.mcp import mcp_server
from ui.page import Door
from ui.programs import services
from ui.replies import App
from ui.upload import PATH, upload_route
from ui.wiring import gradio

if TYPE_CHECKING:
    import uvicorn
    from gradio.blocks import Blocks
    from starlette.routing import Route

_HERE = Path(__file__).parent
_STYLES = (
    "colours.css", "parts.css", "style.css", "sources.css", "tools.css", "start.css", "tabs.css",
    "timeline.css", "reader.css", "editing.css", "who.css", "evaluation.css", "evaluation_tab.css",
    "contrast.css",
)  # fmt: skip
_FONTS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")
_UNSAFE = (
    "Let op: zonder https kan het netwerk meelezen, ook wachtwoorden. In de handleiding staat hoe "
    "je Wegwijs achter een webserver met https zet.\n"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the window listens, and for whom.

    Attributes:
        host: Address to listen on; 127.0.0.1 is this machine only.
        port: Port to listen on.
        with_mcp: Whether it is an MCP server too.
        proxy: Addresses of proxies, with commas between them, that may say who they speak for.
        root_path: Where a proxy shows the window, such as /wegwijs.
    """

    host: str = "127.0.0.1"
    port: int = 7860
    with_mcp: bool = False
    proxy: str = ""
    root_path: str = ""

    @property
    def is_open(self) -> bool:
        """Whether someone on another computer can reach it."""
        return bool(self.proxy) or not is_loopback(self.host)


HERE = Place()


def serve(opening: Callable[[], Backend], place: Place, login: Login | None = None) -> None:
    """Show the window until the user stops it with Ctrl+C.

    Args:
        opening: Opens what stands behind it; that takes a while, and a page is there meanwhile.
        place: Where to listen.
        login: Who may come in; None when everyone on this computer may do everything.

    Raises:
        PortError: If the port is taken or the address is not of this machine.
        WegwijsError: What `opening` raises.
    """
    with listen(place.host, place.port) as line:

        def opened() -> None:
            if entrance.problem is not None:
                web.should_exit = True
            else:
                _tell(place)

        entrance = Entrance(lambda: window(opening(), place), opened)
        web = _server(guarded(entrance, entrance.ready, login, place), entrance.let_go, place)
        try:
            web.run(sockets=[line])
        except KeyboardInterrupt:
            sys.stdout.write("Wegwijs is gestopt.\n")
    if entrance.problem is not None:
        raise entrance.problem


def _tell(place: Place) -> None:
    host = f"[{place.host}]" if ":" in place.host else place.host
    sys.stdout.write(f"Wegwijs staat klaar op http://{host}:{place.port} (stoppen: Ctrl+C)\n")
    if not is_loopback(place.host) and not place.proxy:
        sys.stdout.write(_UNSAFE)
    sys.stdout.flush()


def window(backend: Backend, place: Place = HERE) -> Site:
    """Return the web app of the window and of what programs may ask.

    Raises:
        SettingError: If what an MCP server needs is not installed.
    """
    assistant, updating = backend.assistant, backend.updating
    programs = services(assistant)
    mcp = mcp_server(programs, place.host) if place.with_mcp else None
    routes = [
        *api.routes(programs),
        *([upload_route(updating.incoming)] if updating else ()),
        *(mcp.routes if mcp else ()),
    ]
    app = web_app(build_app(backend), routes, mcp.lifespan if mcp else None, place=place)
    return Site(app, assistant.collection)


def web_server(
    site: Site, place: Place = HERE, login: Login | None = None, role: Role = Role.EDITOR
) -> uvicorn.Server:
    """Return a server of a web app.

    Args:
        site: The web app.
        place: Where it will listen.
        login: Who may come in; None when everyone on this computer may.
        role: What everyone may do, where no one logs in.
    """
    return _server(guarded(site.app, site.ready, login, place, role), site.let_go, place)


def guarded(
    site: App,
    ready: Callable[[], object],
    login: Login | None = None,
    place: Place = HERE,
    role: Role = Role.EDITOR,
) -> App:
    """Return `site` for those only who may come in, from this site only, with its health beside it.

    Args:
        site: What is guarded.
        ready: Reads the index; raises when no question can be answered.
        login: Who may come in; None when everyone on this computer may.
        place: Where it will listen.
        role: What everyone may do, where no one logs in.
    """
    door: App = OpenDoor(site, role)
    if login is not None:
        door = LoginDoor(site, login, root_path=place.root_path)
    # A little more, so that it is the upload that says how large a file may be.
    return Faults(Gate(door, ready=ready, larger={PATH: 2 * MOST_BYTES}))


def web_app(
    app: Blocks,
    routes: Sequence[Route] = (),
    lifespan: Callable[[Any], AbstractAsyncContextManager[Any]] | None = None,
    *,
    place: Place = HERE,
) -> Any:  # noqa: ANN401 - FastAPI's, with Gradio's in it
    """Return the web app of the window, closed to everything that the window does not need.

    Not `Blocks.launch`: that sends itself a request, which fails or leaves the machine where a
    proxy is set.
    """
    gr = gradio()
    from fastapi import FastAPI
    from starlette.middleware import Middleware

    return gr.mount_gradio_app(
        FastAPI(
            docs_url=None,
            redoc_url=None,
            openapi_url=None,
            routes=list(routes),
            lifespan=lifespan,
            middleware=[Middleware(Door, style=_css(*_STYLES))],
        ),
        app,
        path="/",
        root_path=place.root_path or None,
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size="1b",
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        theme=gr.themes.Base(font=_FONTS, font_mono=("ui-monospace", "monospace")),
    )


def _server(site: App, let_go: Callable[[], None], place: Place) -> uvicorn.Server:
    import uvicorn

    class Server(uvicorn.Server):
        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            let_go()
            await super().shutdown(sockets)

    return Server(
        uvicorn.Config(
            site,
            log_level="warning",
            access_log=False,  # an address may hold a question
            server_header=False,
            proxy_headers=bool(place.proxy),
            forwarded_allow_ips=place.proxy,
            ws="none",
            timeout_graceful_shutdown=2,
        )
    )


def _css(*names: str) -> str:
    return "\n".join((_HERE / name).read_text(encoding="utf-8") for name in names)


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on `host` and `port`.

    Raises:
        PortError: If that cannot be; the error says in Dutch what to do.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=128)
    except OverflowError as error:
        advice = "Kies een getal tussen 1024 en 65535."
        raise PortError(f"Poort {port} bestaat niet.", advice) from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            advice = "Sluit het programma dat deze poort gebruikt, of kies een andere poort."
            raise PortError(f"Poort {port} is al in gebruik.", advice) from error
        if error.errno == errno.EACCES:
            advice = "Kies een poort vanaf 1024."
            raise PortError(f"Wegwijs mag poort {port} niet gebruiken.", advice) from error
        advice = "Gebruik 127.0.0.1 voor alleen deze computer."
        raise PortError(f"{host} is geen adres van deze computer.", advice) from error
