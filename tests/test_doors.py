"""Who gets through to the window: on this computer, with a login, from another site, by a proxy."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from browser import StandIn, stand_in, window
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import IndexBrokenError
from ui.access import Role
from ui.accounts import FILE, Accounts
from ui.doors import COOKIE, is_loopback
from ui.entrance import MOST_BYTES
from ui.login import login_for
from ui.server import Place

SECRET = "vier losse woorden hier"

INSIDE = [
    "/config", "/theme.css", "/assets/x.js", "/static/x", "/manifest.json", "/gradio_api/info",
    "/gradio_api/queue/join", "/gradio_api/queue/data?session_hash=x", "/gradio_api/startup-events",
    "/gradio_api/heartbeat/x", "/gradio_api/upload", "/gradio_api/mcp/", "/docs", "/login",
    "/inloggen/", "//", "/inloggen/../config", "/iets-anders", "/uitloggen/",
]  # fmt: skip

pytestmark = pytest.mark.usefixtures("cheap_passwords")


class Reply:
    """What the server sent back."""

    def __init__(self, reply: http.client.HTTPResponse) -> None:
        self.status = reply.status
        self.headers = reply.headers
        self.text = reply.read().decode()


def send(
    address: str, path: str, method: str = "GET", body: bytes | str = b"", **headers: str
) -> Reply:
    """Send a request as it is, with headers as `x_like_this`."""
    there = urlsplit(address)
    line = http.client.HTTPConnection(str(there.hostname), there.port, timeout=20)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    line.request(method, path, body=body or None, headers=named)
    reply = Reply(line.getresponse())
    line.close()
    return reply


def enter(address: str, name: str, password: str, **headers: str) -> Reply:
    form = urlencode({"naam": name, "wachtwoord": password})
    return send(address, "/inloggen", "POST", form, **headers)


def cookie(address: str, name: str) -> str:
    reply = enter(address, name, SECRET)
    assert reply.status == 303
    return reply.headers["set-cookie"].split(";")[0]


@contextmanager
def guarded(
    data: Path, place: Place | None = None, assistant: StandIn | None = None
) -> Generator[str]:
    accounts = Accounts(data)
    if not accounts.all():
        accounts.add("Rita", Role.EDITOR, SECRET)
        accounts.add("Leo", Role.READER, SECRET)
    with window(assistant or stand_in(), data, login_for(data), place or Place()) as url:
        yield url


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("gebruikers")


@pytest.fixture(scope="module")
def address(data: Path, cheap_passwords: None) -> Iterator[str]:
    with guarded(data) as url:
        yield url


@pytest.fixture(scope="module")
def open_address() -> Iterator[str]:
    with window(stand_in()) as url:
        yield url


@pytest.mark.parametrize("path", INSIDE)
@pytest.mark.parametrize("headers", [{}, {"cookie": f"{COOKIE}=geraden"}])
def test_nothing_is_reached_without_a_login(
    address: str, path: str, headers: dict[str, str]
) -> None:
    for method in ("GET", "POST", "HEAD", "OPTIONS", "PUT"):
        reply = send(address, path, method, **headers)

        assert reply.status == 401
        assert reply.text in {"Log eerst in.", ""}
        assert "content-security-policy" in reply.headers
        assert "server" not in reply.headers


def test_the_page_leads_to_the_login_and_tells_nothing_of_the_app(address: str) -> None:
    first = send(address, "/")
    assert (first.status, first.headers["location"]) == (303, "inloggen")

    page = send(address, "/inloggen")
    assert page.status == 200 and '<html lang="nl">' in page.text
    assert "no-store" in page.headers["cache-control"]
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert not any(word in page.text for word in ("gradio", "coalities", "<script", "Rita"))


def test_a_login_gives_a_cookie_that_only_this_site_gets(address: str) -> None:
    reply = enter(address, "RITA", SECRET)
    cookie = reply.headers["set-cookie"]

    assert (reply.status, reply.headers["location"]) == (303, "./")
    assert "; HttpOnly; SameSite=Strict" in cookie and "; Path=/;" in cookie
    assert "Secure" not in cookie  # there is no https here
    inside = send(address, "/", cookie=cookie.split(";")[0])
    assert inside.status == 200
    assert 'data-role="redacteur" data-name="Rita"' in inside.text
    assert inside.headers["cache-control"] == "no-store"


def test_cookies_of_other_programs_do_not_hide_ours(address: str) -> None:
    mine = cookie(address, "leo")

    assert send(address, "/config", cookie=f'a={{"b": [1, "c"]}}; x; {mine}; @=1').status == 200


def test_logging_in_again_ends_the_session_before(address: str) -> None:
    first = cookie(address, "leo")
    again = enter(address, "rita", SECRET, cookie=first)

    assert again.status == 303
    assert send(address, "/config", cookie=first).status == 401


def test_leaving_ends_the_session_on_the_server(address: str) -> None:
    mine = cookie(address, "leo")
    assert send(address, "/config", cookie=mine).status == 200
    reply = send(address, "/uitloggen", "POST", cookie=mine)

    assert (reply.status, reply.headers["location"]) == (303, "inloggen")
    assert "Max-Age=0" in reply.headers["set-cookie"]
    assert send(address, "/config", cookie=mine).status == 401


def test_a_wrong_login_says_the_same_for_every_name(address: str) -> None:
    wrong, unknown = enter(address, "leo", "fout"), enter(address, "niemand", "fout")

    assert wrong.status == unknown.status == 401
    assert wrong.text.replace("leo", "") == unknown.text.replace("niemand", "")
    assert "horen niet bij elkaar" in wrong.text and "set-cookie" not in wrong.headers
    hostile = enter(address, '"><script>x</script>', "fout")
    assert "<script" not in hostile.text and "&lt;script&gt;" in hostile.text


@pytest.mark.parametrize(
    "body", [b"", b"naam=leo", b"\xff\xfe=1", b"naam=" + b"x" * 9000, b"a&" * 50, b'{"naam": 1}']
)
def test_what_is_no_form_is_refused(address: str, body: bytes) -> None:
    assert send(address, "/inloggen", "POST", body).status == 400


def test_guessing_is_slowed_down(tmp_path: Path) -> None:
    with guarded(tmp_path) as url:
        seen = [enter(url, "rita", "fout").status for _ in range(5)]
        late = enter(url, "rita", SECRET)
        assert seen == [401] * 4 + [429] or late.status == 429
        assert "Er is te vaak een fout gemaakt. Wacht" in late.text
        assert int(late.headers["retry-after"]) >= 1


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://kwaad.example"}, {"origin": "null"},
        {"origin": "http://127.0.0.1:1"}, {"origin": "http://["}, {"origin": ""},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
    ],
)  # fmt: skip
def test_another_site_can_do_nothing(
    address: str, open_address: str, headers: dict[str, str]
) -> None:
    assert enter(address, "rita", SECRET, **headers).status == 403
    assert send(open_address, "/gradio_api/queue/join", "POST", b"{}", **headers).status == 403
    if "origin" in headers:
        assert send(open_address, "/config", **headers).status == 403


def test_our_own_page_is_no_other_site(address: str) -> None:
    same = {"origin": address, "sec_fetch_site": "same-origin"}

    assert enter(address, "rita", SECRET, **same).status == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "wegwijs.example"}, {"host": "127.0.0.1.kwaad.example"}, {"host": ""},
        {"host": "["},
        {"x_forwarded_for": "192.0.2.1"}, {"forwarded": "for=192.0.2.1"}, {"x_real_ip": "::1"},
    ],
)  # fmt: skip
def test_without_users_only_this_computer_gets_in(
    open_address: str, headers: dict[str, str]
) -> None:
    assert send(open_address, "/").status == 200
    refused = send(open_address, "/", **headers)

    assert refused.status == 403 and "wegwijs users add" in refused.text


@given(st.sampled_from(["127.0.0.1", "::1", "LocalHost", "127.8.9.1"]))
def test_this_computer_has_several_names(name: str) -> None:
    assert is_loopback(name)


@given(st.one_of(st.ip_addresses().map(str), st.text()))
def test_no_other_name_is_this_computer(name: str) -> None:
    assert is_loopback(name) == (name.startswith("127.") or name in {"::1", "localhost"})


def test_a_proxy_says_who_asks_and_over_what(tmp_path: Path) -> None:
    place = Place(proxy="127.0.0.1", root_path="/wegwijs")
    passed = {"host": "wegwijs.example", "x_forwarded_proto": "https"}
    with guarded(tmp_path, place) as url:
        for number in range(11):  # one address guesses
            enter(url, f"naam{number}", "x", x_forwarded_for="192.0.2.1", **passed)
        assert enter(url, "leo", SECRET, x_forwarded_for="192.0.2.1", **passed).status == 429
        own = {**passed, "origin": "https://wegwijs.example", "x_forwarded_for": "192.0.2.2"}
        reply = enter(url, "leo", SECRET, **own)
        key = reply.headers["set-cookie"]
        assert reply.status == 303 and "; Path=/wegwijs;" in key and key.endswith("; Secure")
        config = send(url, "/config", cookie=key.split(";")[0], x_forwarded_host="kwaad", **passed)
        assert json.loads(config.text)["root"] == "https://wegwijs.example/wegwijs"


def test_who_is_no_proxy_is_not_believed(address: str) -> None:
    headers = {"x_forwarded_proto": "https", "x_forwarded_host": "kwaad.example"}
    reply = enter(address, "rita", SECRET, **headers)
    key = reply.headers["set-cookie"].split(";")[0]

    assert "Secure" not in reply.headers["set-cookie"]
    config = send(address, "/config", cookie=key, **headers)
    assert json.loads(config.text)["root"] == address


def test_health_is_told_to_anyone_and_says_no_more(address: str) -> None:
    health, ready = send(address, "/healthz"), send(address, "/readyz")

    assert (health.status, json.loads(health.text)) == (200, {"status": "ok"})
    assert (ready.status, json.loads(ready.text)) == (200, {"status": "ready"})


def test_without_a_readable_index_it_lives_and_is_not_ready() -> None:
    class Broken(StandIn):
        def collection(self) -> None:  # type: ignore[override]
            raise IndexBrokenError("De index in '/geheim' is stuk.", "Maak hem opnieuw.")

    with window(Broken({})) as url:
        assert send(url, "/healthz").status == 200
        ready = send(url, "/readyz")
        assert (ready.status, json.loads(ready.text)) == (503, {"status": "not ready"})


@pytest.mark.parametrize("chunked", [False, True])
def test_what_is_too_large_is_not_read(open_address: str, chunked: bool) -> None:
    there = urlsplit(open_address)
    with socket.create_connection((there.hostname, there.port), timeout=20) as line:
        size = "transfer-encoding: chunked" if chunked else f"content-length: {MOST_BYTES + 1}"
        line.sendall(
            f"POST /gradio_api/queue/join HTTP/1.1\r\nhost: {there.netloc}\r\n"
            f"content-type: application/json\r\n{size}\r\n\r\n".encode()
        )
        if chunked:
            line.sendall(b"%x\r\n" % (MOST_BYTES + 1) + b" " * (MOST_BYTES + 1) + b"\r\n")
        assert line.recv(100).startswith(b"HTTP/1.1 413")


def test_a_broken_file_of_users_lets_nobody_in(tmp_path: Path) -> None:
    with guarded(tmp_path) as url:
        mine = cookie(url, "rita")
        (tmp_path / FILE).write_text("kapot", encoding="utf-8")
        reply = send(url, "/", cookie=mine)
        assert reply.status == 503 and "kan niet worden gelezen" in reply.text
        assert str(tmp_path) not in reply.text
