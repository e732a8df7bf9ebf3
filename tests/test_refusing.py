"""What someone gets instead of what was asked for: a page for a person, words for a program."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from browser import stand_in, window
from test_doors import Reply, send


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with window(stand_in()) as url:
        yield url


def gone_to(address: str, path: str, **headers: str) -> Reply:
    """Go to a page as a browser does."""
    return send(address, path, accept="text/html,application/xhtml+xml,*/*;q=0.8", **headers)


@pytest.mark.parametrize("path", ["/bestaat-niet", "/bestaat/ook/niet"])
def test_a_person_who_goes_to_a_wrong_address_is_led_back(address: str, path: str) -> None:
    reply = gone_to(address, path)

    assert reply.status == 404 and reply.headers["content-type"].startswith("text/html")
    assert '<html lang="nl">' in reply.text and "Deze pagina bestaat niet." in reply.text
    link = reply.text.split('<a href="')[1].split('"')[0]
    assert urljoin(f"https://x.example/wegwijs{path}", link) == "https://x.example/wegwijs/"


def test_a_program_is_told_in_plain_words(address: str) -> None:
    reply = send(address, "/bestaat-niet", accept="application/json")

    assert (reply.status, reply.text) == (404, "Deze pagina bestaat niet.")


def test_who_may_not_come_in_this_way_is_told_so_and_sent_nowhere(address: str) -> None:
    reply = gone_to(address, "/", x_forwarded_for="192.0.2.1")

    assert reply.status == 403 and "alleen te gebruiken op de computer" in reply.text
    assert "<a " not in reply.text
