"""The chat window in the browser.

In:  an assistant.
Out: a Gradio app (`build_app`), and that app listening on this machine (`serve`).

Gradio is imported inside functions only, after its telemetry is switched off.

Knows nothing of how answers are found or written as HTML.
"""

from __future__ import annotations

import errno
import os
import socket
import sys
from collections.abc import Iterator
from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.errors import PortError
from ui import conversation as talk
from ui.conversation import Answers, Conversation
from ui.page import Door

if TYPE_CHECKING:
    import uvicorn
    from gradio.blocks import Blocks

AT_ONCE = 4  # questions that are answered at the same time
_WAITING_ROOM = 64
_HERE = Path(__file__).parent
_FONTS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")
_NAME = "<h1>Wegwijs</h1>"
_PURPOSE = """<p>Wegwijs zoekt het antwoord op je vraag in een vaste set bronnen
en laat zien waar het staat.</p>"""
_BESIDE = """<p class="beside">Klik in een antwoord op een nummer, zoals [1].
Dan zie je hier de bron, met de zin waar het staat.</p>"""
_START = '<p class="begin">Stel een vraag, of begin met een van deze vragen:</p>'
_AGAIN = '<p class="begin">Deze vragen kan Wegwijs wel beantwoorden:</p>'
_FOOTNOTE = '<p class="footnote">Automatisch antwoord. Controleer het in de bron.</p>'


def build_app(assistant: Answers) -> Blocks:
    """Return the window, not yet listening."""
    gr = _gradio()
    html = partial(gr.HTML, apply_default_css=False)
    with gr.Blocks(title="Wegwijs", analytics_enabled=False) as app:
        state = gr.State(())
        with gr.Row(elem_id="kop"):
            html(_NAME)
            html(_PURPOSE, elem_id="zin")
            new = gr.Button("Nieuw gesprek", elem_id="nieuw", size="sm")
        script = (_HERE / "script.js").read_text(encoding="utf-8")
        shown = html("", elem_id="gesprek", js_on_load=script)
        with gr.Column(elem_id="voorbeelden") as examples:
            questions = assistant.examples()
            lead = html(_START if questions else "")
            buttons = [gr.Button(question) for question in questions]
        with gr.Column(elem_id="invoer"):
            message = html(_message())
            with gr.Row(elem_id="regel"):
                box = gr.Textbox(
                    label="Je vraag", placeholder="Stel je vraag …", lines=1, max_lines=5,
                    elem_id="vraag", autofocus=True, container=False,
                )  # fmt: skip
                send = gr.Button("Vraag", variant="primary", elem_id="verstuur")
            html(_FOOTNOTE)
        html(_BESIDE)

        outputs = [state, shown, message, box, lead, examples]
        event: dict[str, Any] = {
            "outputs": outputs, "show_progress": "hidden", "api_visibility": "private",
        }  # fmt: skip
        put = partial(_put, gr, assistant)
        asking = {**event, "fn": put, "concurrency_id": "vraag", "concurrency_limit": AT_ONCE}
        asked = [gr.on([box.submit, send.click], inputs=[box, state], **asking)]
        asked += [button.click(inputs=[button, state], **asking) for button in buttons]
        new.click(partial(_restart, gr), cancels=asked, **event)
    queued: Blocks = app.queue(default_concurrency_limit=AT_ONCE, max_size=_WAITING_ROOM)
    return queued


def serve(assistant: Answers, *, host: str = "127.0.0.1", port: int = 7860) -> None:
    """Show the window on `host` and `port` until the user stops it with Ctrl+C.

    Args:
        assistant: Who answers.
        host: Address to listen on; 127.0.0.1 is this machine only.
        port: Port to listen on.

    Raises:
        PortError: If the port is taken or the address is not of this machine.
    """
    with listen(host, port) as line:
        web = web_server(build_app(assistant))
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
    gr = _gradio()
    import uvicorn
    from fastapi import FastAPI
    from starlette.middleware import Middleware

    style = (_HERE / "style.css").read_text(encoding="utf-8")
    site = gr.mount_gradio_app(
        FastAPI(docs_url=None, redoc_url=None, openapi_url=None),
        app,
        path="/",
        footer_links=[],
        run_history=False,
        app_kwargs={"middleware": [Middleware(Door, style=style)]},
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
    import gradio

    return gradio


def _put(
    gr: Any,  # noqa: ANN401
    assistant: Answers,
    typed: str,
    so_far: Conversation,
) -> Iterator[tuple[Any, ...]]:
    # First the question, at once; then its answer, when it is there.
    reason = talk.objection(typed)
    if reason is not None:
        yield (gr.skip(), gr.skip(), _message(notice=reason), gr.skip(), gr.skip(), gr.skip())
        return
    question = typed.strip()
    waiting = talk.transcript(so_far, waiting_for=question)
    yield (so_far, waiting, _message(), "", gr.skip(), gr.update(visible=False))
    turn = talk.ask(assistant, so_far, question)
    now = (*so_far, turn)
    said = _message(spoken=turn.spoken)
    yield (now, talk.transcript(now), said, gr.skip(), _AGAIN, gr.update(visible=turn.refused))


def _restart(gr: Any) -> tuple[Any, ...]:  # noqa: ANN401
    return ((), "", _message(spoken="Nieuw gesprek."), "", _START, gr.update(visible=True))


def _message(*, notice: str = "", spoken: str = "") -> str:
    # A notice above the question, and what only a screen reader says.
    return (
        f'<p class="unseen" role="status">{escape(spoken)}</p>'
        f'<p class="notice" role="alert">{escape(notice)}</p>'
    )
