"""The commands that answer until they are stopped: `serve`, `mcp`.

In:  where to listen, for whom; WEGWIJS_DATA, WEGWIJS_EMBEDDING, WEGWIJS_RERANKER,
     WEGWIJS_LLM.
Out: the window, or an MCP server on stdin and stdout, until the user stops it.

Heavy libraries are imported by the command that needs them.

Knows nothing of what the window shows.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.dutch import DutchCommand
from ui.options import (
    aids_for,
    data_option,
    embedder_for,
    embedding_option,
    llm_option,
    reranker_for,
    reranker_option,
)

if TYPE_CHECKING:
    from assistant.live import LiveAssistant
    from ingest.embedding import Embedder
    from ui.backend import Backend


@click.command(cls=DutchCommand)
@click.option("--port", type=click.IntRange(1, 65535), default=7860, help="Poort van de app.")
@click.option(
    "--host",
    default="127.0.0.1",
    metavar="ADRES",
    help="Waar de app luistert. Elk ander adres dan 127.0.0.1 vraagt om in te loggen.",
)
@click.option("--mcp", "with_mcp", is_flag=True, help="Wees ook een MCP-server, op /mcp.")
@click.option("--login", "with_login", is_flag=True, help="Laat ook op 127.0.0.1 inloggen.")
@click.option(
    "--proxy",
    default="",
    metavar="ADRES",
    help="Adres van de webserver die ervoor staat, zoals 127.0.0.1. Vraagt om in te loggen.",
)
@click.option(
    "--root-path", default="", metavar="PAD", help="Waar die webserver de app laat zien: /wegwijs."
)
@click.option(
    "--log-questions",
    "log_days",
    type=click.IntRange(0, 3650),
    default=0,
    envvar="WEGWIJS_LOG_QUESTIONS",
    metavar="DAGEN",
    help="Bewaar vragen zo veel dagen, zonder namen van gebruikers (standaard: bewaar ze niet).",
)
@data_option
@embedding_option
@reranker_option
@llm_option
def serve(
    port: int,
    host: str,
    with_mcp: bool,
    with_login: bool,
    proxy: str,
    root_path: str,
    log_days: int,
    data: Path,
    embedding: str | None,
    reranker: str | None,
    llm: str | None,
) -> int:
    """Open de app in je browser op http://127.0.0.1:7860."""
    from ui.feedback import Feedback
    from ui.login import login_for
    from ui.question_log import QuestionLog
    from ui.server import Place
    from ui.server import serve as run
    from ui.sweeping import sweeping

    root = f"/{root_path.strip('/')}" if root_path.strip("/") else ""
    place = Place(host, port, with_mcp, proxy, root)
    login = login_for(data) if with_login or place.is_open else None
    feedback, log = Feedback(data), QuestionLog(data, log_days)

    def opening() -> Backend:
        from ui.backend import Backend
        from ui.updating import Updating

        embedder = embedder_for(embedding)
        assistant = _assistant(data, embedder, reranker, llm)
        return Backend(assistant, feedback, data, log, Updating(data, embedder))

    with sweeping(feedback.kept, log.forget):
        run(opening, place, login)
    return 0


def _assistant(
    data: Path, embedder: Embedder, reranker: str | None, llm: str | None
) -> LiveAssistant:
    from assistant.live import LiveAssistant

    return LiveAssistant(data, embedder, reranker_for(reranker), aids_for(llm))


@click.command(cls=DutchCommand)
@data_option
@embedding_option
@reranker_option
@llm_option
def mcp(data: Path, embedding: str | None, reranker: str | None, llm: str | None) -> int:
    """Wees een MCP-server op stdin en stdout, voor een andere assistent."""
    from ingest.generations import current
    from ui.mcp import serve_here
    from ui.programs import services

    current(data)  # no index: say so before a model is loaded
    serve_here(services(_assistant(data, embedder_for(embedding), reranker, llm)))
    return 0
