"""Help tests talk to a website on this machine.

In:  what each path answers.
Out: an address, and what was asked for.

Knows nothing of who asks or why.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = b"<html><head><title>Nota</title></head><body><p>De nota van 2026.</p></body></html>"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        site: Site = self.server.site  # type: ignore[attr-defined]
        site.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
        site.pages[self.path.partition("?")[0]](self)

    def log_message(self, *_args: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    def handle_error(self, *_args: object) -> None:
        pass  # a client that hangs up is what some tests are about


Page = Callable[[Handler], None]


class Site:
    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.site = self  # type: ignore[attr-defined]
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()


def page(
    body: bytes = PAGE, kind: str = "text/html; charset=utf-8", status: int = 200, **headers: str
) -> Page:
    """Answer with `body`; a header's underscores stand for hyphens, "" leaves it out."""
    sent = {"Content-Type": kind, "Content-Length": str(len(body))}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}

    def answer(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in sent.items():
            if value:
                handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def to(location: str) -> Page:
    return page(b"", status=302, Location=location)


def versioned(header: str, question: str, value: str, body: bytes = PAGE) -> Page:
    """Answer 304 to who asks with the right `question`."""

    def answer(handler: Handler) -> None:
        if handler.headers.get(question) == value:
            handler.send_response(304)
            handler.end_headers()
        else:
            page(body, **{header: value})(handler)

    return answer


def drip(handler: Handler) -> None:
    page(b"", Content_Length="5000")(handler)
    for _ in range(400):
        handler.wfile.write(b"x")
        time.sleep(0.02)


def drip_headers(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Lang: ")
    drip(handler)
