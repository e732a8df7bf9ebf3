"""The one address where a file can be sent to.

In:  a request that came through the gate, with one file as its body.
Out: the file of an editor among those that wait to be taken in, or in Dutch why not.

The file is written to disk as it comes. Knows nothing of what happens to it next.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from ingest.errors import FileError
from ui.access import Role, role_of
from ui.incoming import MOST_BYTES, Incoming, check_name, check_size

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

PATH = "/bronnen/upload"
_READER = "Alleen een redacteur kan documenten bijwerken."
_NO_ROOM = "Dit bestand kan niet worden bewaard. Vraag wie Wegwijs beheert of de schijf vol is."

_log = logging.getLogger(__name__)


def upload_route(incoming: Incoming) -> Route:
    """Return the route for the web app."""
    from starlette.requests import ClientDisconnect
    from starlette.responses import PlainTextResponse
    from starlette.routing import Route

    async def endpoint(request: Request) -> Response:
        if role_of(request.scope) is not Role.EDITOR:
            return PlainTextResponse(_READER, 403)
        try:
            await _receive(request, incoming)
        except FileError as problem:
            return PlainTextResponse(f"{problem.what} {problem.advice}", 422)
        except ClientDisconnect:
            return PlainTextResponse("", 400)
        except OSError:
            _log.exception("Een bestand is niet bewaard.")
            return PlainTextResponse(_NO_ROOM, 507)
        return PlainTextResponse("", 201)

    return Route(PATH, endpoint, methods=["POST"])


async def _receive(request: Request, incoming: Incoming) -> None:
    from starlette.concurrency import run_in_threadpool

    length = request.headers.get("content-length", "")
    try:
        name = check_name(request.query_params.get("naam", ""))
        check_size(int(length) if length.isdecimal() else 1)
        incoming.check_open()
    except FileError:
        await _let_by(request)
        raise
    with incoming.receiving() as part:
        with part.open("xb") as file:
            async for chunk in request.stream():
                await run_in_threadpool(file.write, chunk)
                check_size(file.tell() or 1)
        await run_in_threadpool(incoming.put, part, name)


async def _let_by(request: Request) -> None:
    # A browser that is cut off while it sends does not show why.
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MOST_BYTES:
            return
