"""Which addresses may be asked for, and where a redirect may lead."""

from __future__ import annotations

import pytest

from ingest.errors import SourceError
from ingest.sources.addresses import checked_url, redirected


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("https://www.nji.nl", "https://www.nji.nl/"),
        (" HTTP://NJI.nl:8080/a b#deel ", "http://nji.nl:8080/a%20b"),
        ("https://één.nl/é?q=ë", "https://xn--n-9faa.nl/%C3%A9?q=%C3%AB"),
        ("https://nji.nl/a%20b", "https://nji.nl/a%20b"),
        ("http://[::1]:80/", "http://[::1]:80/"),
    ],
)
def test_an_address_is_asked_for_in_its_plain_form(address: str, asked: str) -> None:
    assert checked_url(address) == asked


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nji.nl",
        "ftp://nji.nl/",
        "file:///etc/passwd",
        "https:///pad",
        "https://naam:geheim@nji.nl/",
        "https://@nji.nl/",
        "https://nji.nl:poort/",
        "https://nji.nl:99999/",
        "https://a b/",
        "https://nji.nl\\@elders.nl/",
        f"https://{'a' * 64}.nl/",
    ],
)
def test_any_other_address_is_refused(address: str) -> None:
    with pytest.raises(SourceError):
        checked_url(address)


@pytest.mark.parametrize(
    ("url", "location", "target"),
    [
        ("https://nji.nl/a/b", "c?d=1", "https://nji.nl/a/c?d=1"),
        ("https://nji.nl/a", "https://NJI.nl:443/b", "https://nji.nl:443/b"),
        ("http://nji.nl/a", "https://nji.nl/a", "https://nji.nl/a"),
        ("http://nji.nl:8080/a", "https://nji.nl/a", "https://nji.nl/a"),
    ],
)
def test_a_redirect_on_the_same_host_is_followed(url: str, location: str, target: str) -> None:
    assert redirected(url, location) == target


@pytest.mark.parametrize(
    ("url", "location"),
    [
        ("https://nji.nl/a", "https://elders.nl/a"),
        ("https://nji.nl/a", "//elders.nl/a"),
        ("https://nji.nl/a", "https://www.nji.nl/a"),
        ("https://nji.nl/a", "https://nji.nl.elders.nl/a"),
        ("https://nji.nl/a", "https://nji.nl:8443/a"),
        ("https://nji.nl/a", "http://nji.nl/a"),
        ("https://nji.nl/a", "https://nji.nl@elders.nl/a"),
        ("https://nji.nl/a", "file:///etc/passwd"),
        ("https://nji.nl/a", "http://127.0.0.1/a"),
        ("https://nji.nl/a", "/login?next=/a"),
    ],
)
def test_a_redirect_elsewhere_is_refused(url: str, location: str) -> None:
    with pytest.raises(SourceError):
        redirected(url, location)
