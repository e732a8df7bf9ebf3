"""Answers from the web: whole and in time, or not at all."""

from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
from pathlib import Path

import pytest
from syncing import fetch_one, files, listing
from website import PAGE, Page, Site, drip, drip_headers, page, to

from ingest.sources.sync import sync


def test_cookies_are_not_sent_back(site: Site, tmp_path: Path) -> None:
    site.pages["/nota"] = page(b"", status=302, Location="/twee", Set_Cookie="a=b")
    site.pages["/twee"] = page(Set_Cookie="c=d")
    fetch_one(site, tmp_path)
    fetch_one(site, tmp_path)
    assert len(site.asked) == 4
    assert not any("cookie" in headers for _, headers in site.asked)


@pytest.mark.parametrize("slow", [drip, drip_headers])
def test_a_slow_drip_ends_at_the_total_limit(site: Site, tmp_path: Path, slow: Page) -> None:
    site.pages["/nota"] = slow
    [failure] = fetch_one(site, tmp_path, read=60.0, total=0.5).failed
    assert "te langzaam" in failure.what
    assert files(tmp_path) == {}


def test_a_silent_site_ends_at_the_read_limit(site: Site, tmp_path: Path) -> None:
    done = threading.Event()
    site.pages["/nota"] = lambda _handler: done.wait(30) and None
    [failure] = fetch_one(site, tmp_path, read=0.2).failed
    done.set()
    assert "te langzaam" in failure.what


def test_a_site_that_is_down_is_said(tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        [failure] = sync(listing(tmp_path, ("nota", url)), tmp_path / "op").failed
    assert "niet te bereiken" in failure.what


def test_https_with_a_certificate_of_its_own_is_refused(site: Site, tmp_path: Path) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed")
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    made = (
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=localhost"
    )
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([openssl, *made.split(), *files], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
    url = f"https://localhost:{site.port}/nota"
    [failure] = sync(listing(tmp_path, ("nota", url)), tmp_path / "op").failed
    assert "certificaat" in failure.what
    assert not site.asked


def test_compressed_pages_are_kept_unpacked(site: Site, tmp_path: Path) -> None:
    site.pages["/nota"] = page(gzip.compress(PAGE), Content_Encoding="gzip")
    fetch_one(site, tmp_path)
    assert files(tmp_path) == {"nota.html": PAGE}


def test_a_redirect_on_the_same_host_is_followed_five_times(site: Site, tmp_path: Path) -> None:
    for number in range(6):
        site.pages[f"/{number}"] = to(f"/{number + 1}")
    site.pages["/6"] = page()
    assert "blijft doorverwijzen" in fetch_one(site, tmp_path, "/0").failed[0].what
    assert fetch_one(site, tmp_path, "/1").sources[0].status == "fetched"


def test_a_proxy_of_the_environment_is_not_used(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.pages["/nota"] = page()
    assert fetch_one(site, tmp_path).sources[0].status == "fetched"
