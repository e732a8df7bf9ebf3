"""Help tests send the window what a browser would, without one.

In:  the address of a window, the name of a page, a question.
Out: what the server says to being asked, and what it shows then.

Knows nothing of what a test expects.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any
from urllib.request import Request, urlopen


def put(address: str, page: str, question: Any, headers: Mapping[str, str] | None = None) -> int:
    """Put a question in the queue for a page; return the status, or raise an HTTPError."""
    number, count = _event(address, tuple((headers or {}).items()))
    sent = {
        "data": [question, None, ""][:count],
        "fn_index": number,
        "session_hash": page,
        "trigger_id": None,
    }
    body = json.dumps(sent).encode()
    own = {**(headers or {}), "content-type": "application/json"}
    with urlopen(Request(f"{address}/gradio_api/queue/join", body, own), timeout=20) as reply:
        return int(reply.status)


def shown(address: str, page: str, headers: Mapping[str, str] | None = None) -> str:
    """Return all that the page is shown until its questions are done."""
    return "".join(_messages(address, page, headers or {}))


def _messages(address: str, page: str, headers: Mapping[str, str]) -> Iterator[str]:
    there = Request(f"{address}/gradio_api/queue/data?session_hash={page}", headers=dict(headers))
    with urlopen(there, timeout=30) as stream:
        for line in stream:
            text = line.decode().strip()
            yield text
            if '"close_stream"' in text:
                return


@cache
def _event(address: str, headers: tuple[tuple[str, str], ...]) -> tuple[int, int]:
    """Return the number of the event that asks a question, and how many inputs it has."""
    with urlopen(Request(f"{address}/config", headers=dict(headers)), timeout=20) as reply:
        config = json.load(reply)
    (box,) = [one["id"] for one in config["components"] if one["props"].get("elem_id") == "vraag"]
    for event in config["dependencies"]:
        if [box, "submit"] in event["targets"]:
            return event["id"], len(event["inputs"])
    raise AssertionError("no event asks a question")
