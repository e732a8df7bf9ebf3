"""Visit a window as many browsers do at once: the protocol of its page, without a browser.

In:  the address of a window; conversations, each the questions of one visitor in order.
Out: what every question led to: the seconds until its answer stood on the page and until the
     next question could be asked, what was shown, and what went wrong.

A visitor sends the events that the page sends (queue/join, queue/data) and keeps what is shown
as the page does, from differences. Knows nothing of what a test expects.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import ssl
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import httpx
from gradio_client.utils import apply_diff


@dataclass(frozen=True, slots=True)
class Visit:
    """A question and what came of it.

    Attributes:
        question: As asked.
        answered: Seconds until the answer stood there.
        done: Seconds until the page was ready for the next question.
        html: The last turn of the conversation as shown; empty after an error.
        error: What went wrong, empty when nothing did.
    """

    question: str
    answered: float
    done: float
    html: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """The event of the page that asks a question.

    Attributes:
        event: Its number.
        trigger: The number of what it comes from.
        data: What it sends after the question: nothing for what the server keeps.
        shown: Which of what it changes is the conversation.
    """

    event: int
    trigger: int
    data: tuple[str | None, ...]
    shown: int


def visit(
    address: str,
    conversations: Iterator[Sequence[str]],
    *,
    users: int,
    goes_on: Callable[[], bool],
    pause: float = 0.0,
) -> list[Visit]:
    """Let users ask, each the next conversation when its own is over, and return all visits.

    Args:
        address: Of the window.
        conversations: As many as it takes.
        users: How many ask at once.
        goes_on: Whether new questions are asked; those under way are waited for.
        pause: Seconds between an answer and the next question.
    """
    return asyncio.run(_visit(address, conversations, users, goes_on, pause))


async def _visit(
    address: str,
    conversations: Iterator[Sequence[str]],
    users: int,
    goes_on: Callable[[], bool],
    pause: float,
) -> list[Visit]:
    context = ssl.create_default_context()  # not used, and slow to make

    def browser() -> httpx.AsyncClient:  # one a user: a shared one looks through all connections
        return httpx.AsyncClient(base_url=address, timeout=60, trust_env=False, verify=context)

    async with browser() as client:
        asking = _asking((await client.get("/config")).json())
    visits: list[Visit] = []

    async def be_a_user(number: int) -> None:
        await asyncio.sleep(pause * number / users)  # people do not start together
        async with browser() as client:
            while goes_on():
                session = secrets.token_hex(6)
                for question in next(conversations):
                    if not goes_on():
                        break
                    visits.append(await _ask(client, asking, session, question))
                    await asyncio.sleep(pause)

    await asyncio.gather(*(be_a_user(number) for number in range(users)))
    return visits


def _asking(config: dict[str, Any]) -> Asking:
    components = {one["id"]: one for one in config["components"]}
    named = {one["props"].get("elem_id"): one["id"] for one in config["components"]}
    box = named["vraag"]
    event = next(d for d in config["dependencies"] if [box, "submit"] in map(list, d["targets"]))
    kinds = [components[one]["type"] for one in event["inputs"][1:]]
    data = tuple(None if kind == "state" else "" for kind in kinds)
    return Asking(event["id"], box, data, event["outputs"].index(named["gesprek"]))


async def _ask(client: httpx.AsyncClient, asking: Asking, session: str, question: str) -> Visit:
    start = time.monotonic()
    answered, shown, html = 0.0, None, ""

    def failed(error: str) -> Visit:
        return Visit(question, answered, time.monotonic() - start, "", error)

    try:
        joined = await client.post(
            "/gradio_api/queue/join",
            json={
                "data": [question, *asking.data], "event_data": None, "fn_index": asking.event,
                "trigger_id": asking.trigger, "session_hash": session,
            },
        )  # fmt: skip
        if joined.status_code != 200:
            return failed(f"{joined.status_code} {joined.text}")
        async with aclosing(_messages(client, session)) as messages:
            async for message in messages:
                if message["msg"] == "process_generating":
                    now = message["output"]["data"][asking.shown]
                    shown = now if shown is None else apply_diff(shown, now)
                    if isinstance(shown, str) and not answered and 'class="waiting"' not in shown:
                        answered = time.monotonic() - start
                        html = shown[shown.rindex('<article class="turn"') :]
                elif message["msg"] == "unexpected_error":
                    return failed(message["message"])
                elif message["msg"] == "process_completed":
                    if not message["success"]:
                        return failed(str(message["output"]))
                    done = time.monotonic() - start
                    error = "" if 'class="answer' in html else "no answer was shown"
                    error = "a failure was shown" if 'class="answer failed' in html else error
                    return Visit(question, answered, done, html, error)
    except httpx.HTTPError as error:
        return failed(repr(error))
    return failed("the stream ended")


async def _messages(client: httpx.AsyncClient, session: str) -> AsyncIterator[dict[str, Any]]:
    async with client.stream(
        "GET", "/gradio_api/queue/data", params={"session_hash": session}
    ) as stream:
        async for line in stream.aiter_lines():
            if line.startswith("data:"):
                yield json.loads(line.removeprefix("data:"))
