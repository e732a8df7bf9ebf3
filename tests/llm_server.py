"""Help tests talk to a language model: a server that speaks OpenAI's protocol and Ollama's.

In:  what it says to each request, or how it fails.
Out: an address, and what was asked.

Knows nothing of what a test expects.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Say = Callable[[str], str]  # from the request's text to what the model writes


@dataclass(frozen=True)
class Reply:
    """How the server answers.

    Attributes:
        say: What it writes, given the words of the request.
        status: Another status than 200 is sent with an error as body.
        size: Letters a piece.
        breaks_after: Pieces after which the connection is cut, None for never.
        waits: Before the first piece it waits for this, if given.
        endless: Whether it says the same again and again.
        raw: Bytes that are sent in the place of a stream.
    """

    say: Say = lambda _request: ""
    status: int = 200
    size: int = 7
    breaks_after: int | None = None
    waits: threading.Event | None = None
    endless: bool = False
    raw: bytes | None = None


class LlmServer:
    """Its `reply` may be set at any time; `asked` holds paths, headers and bodies."""

    def __init__(self) -> None:
        self.reply = Reply()
        self.asked: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.server = _Server(("127.0.0.1", 0), _Handler)
        self.server.owner = self
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def says(self, text: str) -> None:
        self.reply = Reply(lambda _request: text)

    @property
    def last(self) -> str:
        """The words of the last request: instructions and all."""
        return words_of(self.asked[-1][2])

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def words_of(body: dict[str, Any]) -> str:
    return "\n\n".join(str(message["content"]) for message in body["messages"])


def given(request: str) -> dict[int, str]:
    """Return the passages in a request by their number."""
    found = re.findall(r'<passage nummer="(\d+)"[^>]*>\n(.*?)\n</passage>', request, re.DOTALL)
    return {int(number): text for number, text in found}


def numbered(request: str, words: str) -> int:
    """Return the number of the first passage with these words."""
    return next(number for number, text in given(request).items() if words in text)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    owner: LlmServer

    def handle_error(self, *_args: object) -> None:
        pass  # a client that hangs up is what some tests are about


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        owner = self.server.owner
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        owner.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
        reply = owner.reply
        if reply.waits is not None:
            reply.waits.wait(20)
        if reply.status != 200:
            self._whole(reply.status, json.dumps({"error": {"message": f"no: {body}"}}).encode())
            return
        if reply.raw is not None:
            self._whole(200, reply.raw)
            return
        is_openai = self.path.endswith("/chat/completions")
        self.send_response(200)
        self.send_header(
            "Content-Type", "text/event-stream" if is_openai else "application/x-ndjson"
        )
        self.end_headers()
        frame = _openai if is_openai else _ollama
        for number, piece in enumerate(_pieces(reply, words_of(body))):
            if number == reply.breaks_after:
                return
            self.wfile.write(frame(piece, is_last=False))
            self.wfile.flush()
        self.wfile.write(frame("", is_last=True))
        if is_openai:
            self.wfile.write(b"data: [DONE]\n\n")

    def _whole(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        pass


def _pieces(reply: Reply, request: str) -> Iterator[str]:
    text = reply.say(request)
    while True:
        yield from (text[i : i + reply.size] for i in range(0, len(text), reply.size))
        if not reply.endless:
            return


def _openai(piece: str, *, is_last: bool) -> bytes:
    delta = {} if is_last else {"role": "assistant", "content": piece}
    chunk = {
        "id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m",
        "choices": [{"index": 0, "delta": delta, "finish_reason": "stop" if is_last else None}],
    }  # fmt: skip
    return f"data: {json.dumps(chunk)}\n\n".encode()


def _ollama(piece: str, *, is_last: bool) -> bytes:
    message = {"role": "assistant", "content": piece}
    row = {"model": "m", "created_at": "2031-01-01T00:00:00Z", "message": message, "done": is_last}
    return f"{json.dumps(row)}\n".encode()
