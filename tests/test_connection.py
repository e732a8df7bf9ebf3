"""Connections: only to addresses that were checked."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from syncing import listing
from website import Site, page, to

from ingest.errors import SourceError
from ingest.sources import connection
from ingest.sources.connection import checked_addresses, is_public
from ingest.sources.fetching import fetch
from ingest.sources.sync import sync


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "64:ff9b::808:808"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1%2",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:7f00:1::",
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


def _answers(*addresses: str) -> object:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in addresses]
    return lambda *_args, **_kwargs: found


def test_one_private_address_behind_a_name_is_enough_to_refuse_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _answers("8.8.8.8", "10.0.0.1"))
    with pytest.raises(SourceError, match="allow_private"):
        checked_addresses("nji.nl", 80, allow_private=False)
    assert checked_addresses("nji.nl", 80, allow_private=True) == ["8.8.8.8", "10.0.0.1"]


def test_a_name_that_is_not_found_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_args: object, **_kwargs: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", fails)
    with pytest.raises(SourceError, match=r"'nji\.nl' is niet te vinden"):
        fetch("https://nji.nl/")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "2130706433", "localhost", "[::1]"])
def test_loopback_is_refused_however_it_is_written(host: str) -> None:
    with pytest.raises(SourceError, match="allow_private|niet te vinden"):
        fetch(f"http://{host}:9/")


def test_loopback_is_refused_unless_allowed(site: Site, tmp_path: Path) -> None:
    site.pages["/nota"] = page()
    sources = listing(tmp_path, ("nota", f"{site.url}/nota"), allow_private=False)
    [failure] = sync(sources, tmp_path / "op").failed
    assert "open internet" in failure.what
    assert "allow_private" in failure.advice
    assert not site.asked


def looked_up(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Let nota.example stand for each of `answers` in turn; 127.0.0.1 passes for public."""
    real, asked, left = socket.getaddrinfo, [], list(answers)

    def look_up(host: str, *args: object, **options: object) -> object:
        if host != "nota.example":
            return real(host, *args, **options)  # type: ignore[arg-type]
        asked.append(host)
        return real(left.pop(0), *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(connection, "is_public", lambda address: address == "127.0.0.1")
    return asked


def test_the_checked_address_is_the_one_that_is_connected_to(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = looked_up(monkeypatch, "127.0.0.1", "10.0.0.1")
    site.pages["/nota"] = page()
    sources = listing(
        tmp_path, ("nota", f"http://nota.example:{site.port}/nota"), allow_private=False
    )
    assert sync(sources, tmp_path / "op").sources[0].status == "fetched"
    assert len(asked) == 1
    assert site.asked[0][1]["host"] == f"nota.example:{site.port}"


def test_a_redirect_is_checked_anew(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up(monkeypatch, "127.0.0.1", "127.0.0.2")
    site.pages["/nota"] = to("/twee")
    site.pages["/twee"] = page()
    sources = listing(
        tmp_path, ("nota", f"http://nota.example:{site.port}/nota"), allow_private=False
    )
    [failure] = sync(sources, tmp_path / "op").failed
    assert "open internet" in failure.what
    assert [path for path, _ in site.asked] == ["/nota"]
