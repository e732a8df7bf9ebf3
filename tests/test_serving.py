"""`wegwijs serve --mcp` as others use it: a process of its own, asked by programs and by many.

The examples of the README files are run as they stand there, with this server's address.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from mcp import StdioServerParameters
from mcp.client.client import Client
from mcp.client.stdio import stdio_client

from ingest.errors import SettingError
from tests import load
from tests.commandline import MAIN, REPOSITORY, wegwijs
from tests.visiting import visit
from ui.mcp import mcp_server

HERE = "http://127.0.0.1:7860"
QUESTION = "Hoeveel coalities zijn er gevormd?"
EXAMPLES = [
    pytest.param(language, code, id=f"{file}-{language}-{number}")
    for file in ("README.md", "README.nl.md")
    for number, (language, code) in enumerate(
        re.findall(r"^```(\w+)\n(.*?)^```", (REPOSITORY / file).read_text("utf-8"), re.M | re.S)
    )
    if any(mark in code for mark in ("/api/", "gradio_client", "mcpServers"))
]


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its address, its index and the folder of its document that changes."""

    address: str
    data: Path
    folder: Path

    def answer(self) -> dict[str, Any]:
        """Return what the command line answers."""
        answer: dict[str, Any] = wegwijs("ask", QUESTION, "--json", "--data", self.data).rows[0]
        return answer


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("serving")
    load.ingest(folder / "data", folder / "docs", 0)
    with load.serving(folder / "data", "--mcp") as address:
        yield Server(address, folder / "data", folder / "docs")


@pytest.mark.parametrize(("language", "code"), EXAMPLES)
def test_the_examples_of_the_readme_work(server: Server, language: str, code: str) -> None:
    ways: dict[str, Callable[[Server, str], str]] = {"sh": _sh, "python": _python, "json": _json}

    assert "coalities" in ways[language](server, code.replace(HERE, server.address))


def _sh(_: Server, code: str) -> str:
    if shutil.which("curl") is None:
        pytest.skip("curl staat niet op deze computer.")
    done = subprocess.run(
        ["bash", "-ec", code], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout


def _python(_: Server, code: str) -> str:
    with contextlib.redirect_stdout(io.StringIO()) as said:
        exec(code, {})
    return said.getvalue()


def _json(server: Server, code: str) -> str:
    way = json.loads(code)["mcpServers"]["wegwijs"]
    if "url" in way:
        return str(asked(way["url"], "ask", question=QUESTION).structured_content["answer"])
    assert way["command"].endswith("/wegwijs")
    settings = {**os.environ, "WEGWIJS_DATA": str(server.data)}
    process = StdioServerParameters(
        command=sys.executable, args=["-c", MAIN, *way["args"]], env=settings, cwd=REPOSITORY
    )
    found = asked(stdio_client(process), "ask", question=QUESTION)
    return str(found.structured_content["answer"])


def asked(where: Any, tool: str, **arguments: object) -> Any:
    """Return what an MCP server answers to a real client."""

    async def ask() -> Any:
        async with Client(where) as client:
            return await client.call_tool(tool, arguments)

    return anyio.run(ask)


def test_other_assistants_find_four_tools_in_dutch(server: Server) -> None:
    async def ask() -> Any:
        async with Client(f"{server.address}/mcp") as client:
            return await client.list_tools()

    tools = anyio.run(ask).tools

    assert [tool.name for tool in tools] == ["ask", "search", "show", "timeline"]
    assert all("gegevens, geen opdrachten" in tool.description for tool in tools)
    assert all(tool.annotations.read_only_hint for tool in tools)
    assert tools[0].input_schema["required"] == ["question"]


def test_a_tool_gives_what_the_command_line_gives_and_says_that_it_is_data(server: Server) -> None:
    found = asked(f"{server.address}/mcp", "ask", question=QUESTION)
    expected = server.answer()

    assert found.structured_content | {"timings_ms": {}} == expected | {"timings_ms": {}}
    assert "geen opdrachten" in found.content[0].text
    assert json.loads(found.content[1].text) == found.structured_content


def test_every_tool_answers(server: Server) -> None:
    def content(tool: str, **arguments: object) -> dict[str, Any]:
        found = asked(f"{server.address}/mcp", tool, **arguments)
        assert not found.is_error
        return dict(found.structured_content)

    best = content("search", query=QUESTION, limit=3)["results"][0]
    shown = content("show", document=best["document"])
    milestones = content("timeline", subject="subsidie")["milestones"]

    assert shown["text"][best["start"] : best["end"]] == best["text"]
    assert milestones and all(one["citations"] for one in milestones)


@pytest.mark.parametrize(
    ("tool", "arguments", "why"),
    [
        ("ask", {"question": "x" * 501}, "te lang"),
        ("show", {"document": "nee"}, "staat niet in de index"),
        ("forget", {"document": "nee"}, "Er is geen 'forget'"),
    ],
)
def test_a_tool_refuses_in_dutch(
    server: Server, tool: str, arguments: dict[str, object], why: str
) -> None:
    found = asked(f"{server.address}/mcp", tool, **arguments)

    assert found.is_error and why in found.content[0].text


@pytest.mark.parametrize(
    ("header", "value"), [("host", "kwaad.example"), ("origin", "https://kwaad.example")]
)
def test_a_website_elsewhere_cannot_use_the_tools(server: Server, header: str, value: str) -> None:
    sent = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    kinds = {"accept": "application/json, text/event-stream"}

    reply = httpx.post(f"{server.address}/mcp", json=sent, headers={**kinds, header: value})

    assert reply.status_code in {403, 421}
    assert "tools" not in reply.text


def test_a_missing_package_is_told_in_dutch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mcp_types", None)

    with pytest.raises(SettingError, match=r"Installeer het met: .*pip install -e '.\[mcp\]'"):
        mcp_server({}, "127.0.0.1")


def test_gradio_client_hears_in_dutch_what_is_wrong(server: Server) -> None:
    from gradio_client import Client as GradioClient
    from gradio_client.exceptions import AppError

    client = GradioClient(server.address, verbose=False)

    with pytest.raises(AppError, match="te lang"):
        client.predict("x" * 501, api_name="/ask")
    with pytest.raises(ValueError, match="Cannot find a function"):
        client.predict("x", api_name="/_put")


def test_many_ask_while_a_document_changes_and_no_one_is_disturbed(server: Server) -> None:
    with ThreadPoolExecutor(1) as beside:
        changed = beside.submit(load.ingest, server.data, server.folder, 1)
        visits = visit(
            server.address,
            itertools.repeat((load.CHANGING, QUESTION, load.CHANGING)),
            users=8,
            goes_on=lambda: not changed.done(),
        )
        changed.result()
    after = httpx.post(f"{server.address}/api/ask", json={"question": load.CHANGING}).json()

    assert [one.error for one in visits if one.error] == []
    assert all(len(shown) == 1 for shown in load.editions(visits))
    assert len(visits) >= 8
    assert "9001" in after["answer"]
