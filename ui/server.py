"""The web server of the window.

In:  the window, an address and a port.
Out: the window listening there, until the user stops it.

Knows nothing of what the window shows.
"""

from __future__ import annotations

import errno
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import PortError
from ui.access import Role
from ui.app import Wegwijs, build_app
from ui.chat_tab import Judgements
from ui.page import Door
from ui.wiring import gradio

if TYPE_CHECKING:
    import uvicorn
    from gradio.blocks import Blocks

_HERE = Path(__file__).parent
_STYLES = ("style.css", "tools.css", "tabs.css", "timeline.css", "reader.css")
_FONTS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")


def serve(
    assistant: Wegwijs,
    judgements: Judgements,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
) -> None:
    """Show the window on `host` and `port` until the user stops it with Ctrl+C.

    Args:
        assistant: Who answers.
        judgements: Where judgements of its answers go.
        host: Address to listen on; 127.0.0.1 is this machine only.
        port: Port to listen on.

    Raises:
        PortError: If the port is taken or the address is not of this machine.
    """
    with listen(host, port) as line:
        web = web_server(build_app(assistant, judgements))
        sys.stdout.write(f"Wegwijs staat klaar op http://{host}:{port} (stoppen: Ctrl+C)\n")
        sys.stdout.flush()
        try:
            web.run(sockets=[line])
        except KeyboardInterrupt:
            sys.stdout.write("Wegwijs is gestopt.\n")


def web_server(app: Blocks) -> uvicorn.Server:
    """Return a server of the window, closed to everything that the window does not need.

    Not `Blocks.launch`: that sends itself a request, which fails or leaves the machine where a
    proxy is set.
    """
    gr = gradio()
    import uvicorn
    from fastapi import FastAPI
    from starlette.middleware import Middleware

    style = "\n".join((_HERE / name).read_text(encoding="utf-8") for name in _STYLES)
    site = gr.mount_gradio_app(
        FastAPI(docs_url=None, redoc_url=None, openapi_url=None),
        app,
        path="/",
        footer_links=[],
        run_history=False,
        app_kwargs={"middleware": [Middleware(Door, style=style, role=Role.EDITOR)]},
        show_error=False,
        max_file_size="1b",
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        theme=gr.themes.Base(font=_FONTS, font_mono=("ui-monospace", "monospace")),
    )

    class Server(uvicorn.Server):
        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            # A page that is open holds on to a connection; let go of it, or stopping would wait.
            site.routes[-1].app.stop_event.set()
            await super().shutdown(sockets)

    config = uvicorn.Config(site, log_level="warning", ws="none", timeout_graceful_shutdown=2)
    return Server(config)


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on `host` and `port`.

    Raises:
        PortError: If that cannot be; the error says in Dutch what to do.
    """
    try:
        return socket.create_server((host, port), backlog=128)
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
