"""Nothing leaves the machine: commands without a network, and commands that are listened to."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bicycles import BICYCLES
from commandline import MAIN, jsonl, python, wegwijs

QUESTION = "Wat kost lenen per uur?"

# Python runs this before anything else: every way to the network notes where it went and fails.
GUARD = """
import os, socket

def note(what):
    with open(os.environ["NETWORK_LOG"], "a") as log:
        log.write(f"{what}\\n")

def guarded(name):
    real = getattr(socket.socket, name)
    def call(self, *words):
        address = next((word for word in words if isinstance(word, tuple)), None)
        if self.family != socket.AF_UNIX and address and address[0] not in ("127.0.0.1", "::1"):
            note(address)
            raise OSError("no network in this test")
        return real(self, *words)
    setattr(socket.socket, name, call)

for name in ("connect", "connect_ex", "sendto"):
    guarded(name)
real_lookup = socket.getaddrinfo
def lookup(host, *words, **named):
    if host not in (None, "", "localhost", "127.0.0.1", "::1"):
        note(host)
        raise OSError("no network in this test")
    return real_lookup(host, *words, **named)
socket.getaddrinfo = lookup
"""


# Inside a network of its own, with only itself in it: serve, fetch the page, stop.
SERVE = """
import subprocess, sys, time, urllib.request
subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
server = subprocess.Popen(sys.argv[1:], stderr=subprocess.PIPE)
for attempt in range(600):
    try:
        page = urllib.request.urlopen("http://127.0.0.1:7860", timeout=30).read().decode()
        break
    except OSError:
        assert server.poll() is None, server.stderr.read().decode()
        time.sleep(0.1)
server.terminate()
server.wait()
print(page)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("leenfietsen")
    (made / "leenfietsen.md").write_text(BICYCLES, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def without_network() -> list[str]:
    """The words before a command that take the network away from it."""
    words = ["unshare", "--map-root-user", "--net"]
    if shutil.which("unshare") is None:
        pytest.skip("unshare is not on this machine")
    tried = subprocess.run([*words, "true"], capture_output=True, encoding="utf-8", check=False)
    if tried.returncode:
        pytest.skip(f"no network namespace can be made here: {tried.stderr.strip()}")
    return words


@pytest.fixture
def guard(tmp_path: Path) -> dict[str, str]:
    """Surroundings in which Python notes every attempt to reach the network."""
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    (tmp_path / "log").touch()
    return {"PYTHONPATH": str(tmp_path / "guard"), "NETWORK_LOG": str(tmp_path / "log")}


def attempts(guard: dict[str, str]) -> list[str]:
    return Path(guard["NETWORK_LOG"]).read_text(encoding="utf-8").splitlines()


def test_without_a_network_there_really_is_none(without_network: list[str]) -> None:
    tried = python(
        "import socket; socket.create_connection(('192.0.2.1', 80), timeout=5)",
        before=without_network,
    )

    assert "Network is unreachable" in tried.err


def test_ingest_ask_and_search_work_without_a_network(
    without_network: list[str], folder: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    made = wegwijs("ingest", folder, "--data", data, "--json", before=without_network)
    asked = wegwijs("ask", QUESTION, "--data", data, "--json", before=without_network)
    found = wegwijs("search", QUESTION, "--data", data, "--json", before=without_network)

    assert [run.code for run in (made, asked, found)] == [0, 0, 0]
    assert [run.err for run in (asked, found)] == ["", ""]
    assert made.rows[0]["documents"]["added"] == 1
    assert "2,50 euro" in asked.rows[0]["answer"]
    assert found.rows[0]["results"]


@pytest.mark.skipif(shutil.which("ip") is None, reason="ip is not on this machine")
def test_serve_works_without_a_network(without_network: list[str], corpus_data: Path) -> None:
    command = (sys.executable, "-c", MAIN, "serve", "--data", corpus_data)
    done = python(SERVE, *command, before=without_network)

    assert done.code == 0, done.err
    assert re.search(r'<html\s+lang="nl"', done.out)


def test_the_guard_notes_who_looks_outside(guard: dict[str, str]) -> None:
    for code in (
        "import urllib.request as u; u.urlopen('http://voorbeeld.invalid', timeout=5)",
        "import socket; socket.create_connection(('192.0.2.1', 80), timeout=5)",
        "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.2', 53))",
    ):
        assert python(code, env=guard).code == 1

    assert attempts(guard) == ["voorbeeld.invalid", "192.0.2.1", "('192.0.2.2', 53)"]


def test_ingest_ask_and_search_try_to_reach_nothing(
    guard: dict[str, str], folder: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    batch = jsonl(tmp_path / "q.jsonl", {"id": 1, "question": QUESTION})
    made = wegwijs("ingest", folder, "--data", data, env=guard)
    asked = wegwijs("ask", "--batch", batch, "--json", "--data", data, env=guard)
    found = wegwijs("search", QUESTION, "--data", data, env=guard)

    assert [run.code for run in (made, asked, found)] == [0, 0, 0]
    assert "2,50 euro" in asked.rows[0]["answer"]
    assert attempts(guard) == []


def test_no_system_call_reaches_outside(folder: Path, tmp_path: Path) -> None:
    """Also what is not Python: the libraries of the index are written in Rust and C."""
    log, data = tmp_path / "calls", tmp_path / "data"
    trace = ["strace", "-f", "-qq", "-A", "-o", str(log)]
    trace += ["-e", "trace=connect,sendto,sendmsg,sendmmsg"]
    if shutil.which("strace") is None:
        pytest.skip("strace is not on this machine")
    tried = subprocess.run([*trace, "true"], capture_output=True, encoding="utf-8", check=False)
    if tried.returncode:
        pytest.skip(f"no process can be traced here: {tried.stderr.strip()}")

    python("import socket; socket.socket().connect_ex(('127.0.0.9', 9))", before=trace)
    made = wegwijs("ingest", folder, "--data", data, before=trace)
    asked = wegwijs("ask", QUESTION, "--data", data, before=trace)

    assert (made.code, asked.code) == (0, 0)
    assert "2,50 euro" in asked.out
    calls = re.findall(r"AF_INET6?,.*", log.read_text(encoding="utf-8", errors="replace"))
    assert [call for call in calls if '"127.0.0.1"' not in call and '"::1"' not in call] == [
        call
        for call in calls
        if '"127.0.0.9"' in call  # ours: that it is listened to at all
    ]
    assert any('"127.0.0.9"' in call for call in calls)
