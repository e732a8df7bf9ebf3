"""The doors for programs: JSON over HTTP, and named endpoints for gradio_client.

In:  what programs may ask for (programs.py), a request.
Out: its answer as JSON, or an error in Dutch with a status code and without paths or traces.

    400 the request is wrong   404 there is no such document   413 it is too long
    405, 415 it is sent in a wrong way   503 the index cannot answer now, or too many ask at once

Answers take processor time, so a few are made at once and some may wait; more are sent away.
Who someone is, is settled before a request comes here.

Knows nothing of how an answer is made.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from ingest.errors import DocumentMissingError, UsageError, WegwijsError
from ui.programs import Service
from ui.refusing import WRONG

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

POSTED = frozenset({"ask", "search"})  # what someone asks stands in no address, so in no log
# All that there are: what is not served here would be asked of the window.
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_MOST = 64 * 1024  # bytes of a request
_AT_ONCE = 2
_WAITING = 32
_BUSY = "Het is nu te druk. Probeer het straks nog een keer."

_log = logging.getLogger(__name__)


def path_of(name: str) -> str:
    """Return the path of a service."""
    return f"/api/{name}"


def routes(services: Mapping[str, Service]) -> list[Route]:
    """Return the web server's routes to these services."""
    from anyio import CapacityLimiter
    from starlette.routing import Route

    limiter: CapacityLimiter | None = None

    def shared() -> CapacityLimiter:
        nonlocal limiter
        if limiter is None:  # it belongs to a running event loop
            limiter = CapacityLimiter(_AT_ONCE)
        return limiter

    return [
        Route(path_of(name), _endpoint(service, name in POSTED, shared), methods=_METHODS)
        for name, service in services.items()
    ]


def _endpoint(
    service: Service,
    is_posted: bool,
    limiter: Callable[[], Any],
) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        from anyio import to_thread

        right = "POST" if is_posted else "GET"
        if request.method != right:
            return _failed(405, f"Gebruik hier {right}.", {"allow": right})
        if is_posted:
            given = await _sent(request)
        else:
            given = dict(request.query_params)
        if not isinstance(given, dict):
            return given
        if limiter().statistics().tasks_waiting >= _WAITING:
            return _failed(503, _BUSY, {"retry-after": "2"})
        status, content = await to_thread.run_sync(
            partial(outcome, service, given), limiter=limiter()
        )
        return _reply(status, content)

    return endpoint


async def _sent(request: Request) -> dict[str, object] | Response:
    """Return what a request carries, or what to reply when that cannot be read."""
    if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
        return _failed(415, "Stuur JSON, met de kop 'Content-Type: application/json'.")
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _MOST:
            return _failed(413, "Dit verzoek is te groot.")
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        return _failed(400, "Dit is geen geldige JSON.")
    return given if isinstance(given, dict) else _failed(400, "Stuur een JSON-object.")


def outcome(service: Service, given: Mapping[str, object]) -> tuple[int, dict[str, Any]]:
    """Return a status code and what a service gives, or an error in Dutch; causes are logged."""
    try:
        return 200, service.run(given)
    except WegwijsError as error:
        status = {UsageError: 400, DocumentMissingError: 404}.get(type(error), 503)
        if status == 503:
            _log.warning("Een programma kreeg geen antwoord: %s", type(error).__name__)
        return status, {"error": f"{error.what} {error.advice}"}
    except Exception:  # noqa: BLE001 - the server stays; the log says what broke
        _log.exception("Een programma kreeg geen antwoord.")
        return 500, {"error": WRONG}


def _failed(status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
    return _reply(status, {"error": message}, headers)


def _reply(
    status: int, content: dict[str, Any], headers: Mapping[str, str] | None = None
) -> Response:
    from starlette.responses import Response

    body = json.dumps(content, ensure_ascii=False).encode(errors="backslashreplace")
    kept = {"cache-control": "no-store", **(headers or {})}
    return Response(body, status, kept, media_type="application/json")


def endpoints(gr: Any, services: Mapping[str, Service], **limits: Any) -> None:  # noqa: ANN401
    """Give the app that is being built an endpoint for each service; gradio_client knows them.

    Args:
        gr: Gradio.
        services: What programs may ask for.
        limits: Of how many are made at once, as Gradio's events take them.
    """

    def run(name: str, **given: object) -> dict[str, Any]:
        status, content = outcome(services[name], given)
        if status != 200:
            raise gr.Error(content["error"], print_exception=False)
        return content

    def ask(
        question: str, history: list[str] | None = None, today: str | None = None
    ) -> dict[str, Any]:
        return run("ask", question=question, history=history, today=today)

    def search(query: str, limit: int | None = None) -> dict[str, Any]:
        return run("search", query=query, limit=limit)

    def show(document: str) -> dict[str, Any]:
        return run("show", document=document)

    def timeline(
        year: int | None = None, document: str | None = None, subject: str | None = None
    ) -> dict[str, Any]:
        return run("timeline", year=year, document=document, subject=subject)

    def documents() -> dict[str, Any]:
        return run("documents")

    for endpoint in (ask, search, show, timeline, documents):
        name = endpoint.__name__
        gr.api(endpoint, api_name=name, api_description=services[name].what, **limits)
