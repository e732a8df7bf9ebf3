"""The chat window in the browser.

In:  an assistant, and where judgements of its answers go.
Out: a Gradio app (`build_app`), and that app listening on this machine (`serve`).

Gradio is imported inside functions only, after its telemetry is switched off.

Knows nothing of how answers are found or written as HTML.
"""

from __future__ import annotations

import errno
import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ingest.errors import PortError
from ui import api, chat_tab, documents_tab, quick, timeline_tab
from ui.about import about_html
from ui.access import Role
from ui.chat_tab import Judgements
from ui.conversation import Answers
from ui.documents_tab import Documents
from ui.mcp import Site, mcp_server
from ui.page import Door
from ui.programs import Service, Source, services
from ui.tabs import panel_id, tabs_html
from ui.timeline_tab import Milestones
from ui.wiring import QUIET, WAIT, html, shown, with_data

if TYPE_CHECKING:
    import uvicorn
    from gradio.blocks import Blocks

_WAITING_ROOM = 64
_HERE = Path(__file__).parent
_STYLES = ("style.css", "tools.css", "tabs.css", "timeline.css", "reader.css")
_FONTS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")
_NAME = "<h1>Wegwijs</h1>"


class Wegwijs(Answers, Milestones, Documents, Source, Protocol):
    """What the window needs of an assistant."""


def build_app(assistant: Wegwijs, judgements: Judgements) -> Blocks:
    """Return the window, not yet listening."""
    gr = _gradio()
    with quick.blocks(gr)(title="Wegwijs", analytics_enabled=False) as app:
        with gr.Row(elem_id="kop"):
            html(gr, _NAME)
            html(gr, tabs_html(), "tabs.js", "toast.js", elem_id="tabs")
            new = gr.Button("Nieuw gesprek", elem_id="nieuw", size="sm")
        with gr.Column(elem_id=panel_id("vraag")):
            chat = chat_tab.build(gr, assistant)
        with gr.Column(elem_id=panel_id("tijdlijn")):
            timeline = timeline_tab.build(gr, assistant)
        with gr.Column(elem_id=panel_id("bronnen")):
            documents_tab.build(gr, assistant)
        with gr.Column(elem_id=panel_id("over")):
            about = html(gr, WAIT, "opened.js", elem_id="over")
            page = with_data(gr, lambda _: shown(lambda: about_html(assistant.collection())))
            about.select(page, outputs=[about], **QUIET)
        chat_tab.connect(gr, assistant, judgements, chat, new, asking=[timeline])
        limits = {"concurrency_id": "vraag", "concurrency_limit": chat_tab.AT_ONCE}
        api.endpoints(gr, services(assistant), **limits)
    queued: Blocks = app.queue(
        default_concurrency_limit=chat_tab.AT_ONCE, max_size=_WAITING_ROOM, status_update_rate=30
    )
    return queued


def serve(
    assistant: Wegwijs,
    judgements: Judgements,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    with_mcp: bool = False,
) -> None:
    """Show the window on `host` and `port` until the user stops it with Ctrl+C.

    Args:
        assistant: Who answers.
        judgements: Where judgements of its answers go.
        host: Address to listen on; 127.0.0.1 is this machine only.
        port: Port to listen on.
        with_mcp: Whether to be an MCP server too.

    Raises:
        SettingError: If what an MCP server needs is not installed.
        PortError: If the port is taken or the address is not of this machine.
    """
    with listen(host, port) as line:
        programs = services(assistant)
        mcp = mcp_server(programs, host) if with_mcp else None
        web = web_server(build_app(assistant, judgements), programs, mcp)
        sys.stdout.write(f"Wegwijs staat klaar op http://{host}:{port} (stoppen: Ctrl+C)\n")
        sys.stdout.flush()
        try:
            web.run(sockets=[line])
        except KeyboardInterrupt:
            sys.stdout.write("Wegwijs is gestopt.\n")


def web_server(
    app: Blocks, programs: Mapping[str, Service], mcp: Site | None = None
) -> uvicorn.Server:
    """Return a server of the window and of what programs may ask, closed to everything else.

    Not `Blocks.launch`: that sends itself a request, which fails or leaves the machine where a
    proxy is set.
    """
    gr = _gradio()
    import uvicorn
    from fastapi import FastAPI
    from starlette.middleware import Middleware

    style = "\n".join((_HERE / name).read_text(encoding="utf-8") for name in _STYLES)
    door = Middleware(Door, style=style, role=Role.EDITOR)
    site = gr.mount_gradio_app(
        FastAPI(
            docs_url=None,
            redoc_url=None,
            openapi_url=None,
            routes=[*api.routes(programs), *(mcp.routes if mcp else ())],
            lifespan=mcp.lifespan if mcp else None,
            middleware=[door],
        ),
        app,
        path="/",
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


def _gradio() -> Any:  # noqa: ANN401 - a module; its own types are loose
    # Read when Gradio is imported: without it, Gradio reports home.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    # It sums up its last 10,000 events after each one, for a page that is closed here.
    os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
    import gradio

    return gradio
