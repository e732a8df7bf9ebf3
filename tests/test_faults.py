"""What someone sees of a fault that nobody foresaw."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from ui.faults import Faults

PAGE = {"accept": "text/html"}


def breaks(_: Request) -> PlainTextResponse:
    raise RuntimeError("/geheim/pad")


def breaks_off(_: Request) -> StreamingResponse:
    def parts() -> Iterator[str]:
        yield "het begin"
        raise RuntimeError("/geheim/pad")

    return StreamingResponse(parts(), media_type="text/plain")


def works(_: Request) -> PlainTextResponse:
    return PlainTextResponse("goed")


def says_so(_: Request) -> JSONResponse:
    return JSONResponse({"error": "Dat kan niet."}, 500)


@pytest.fixture(scope="module")
def client() -> TestClient:
    paths = {"/stuk": breaks, "/half": breaks_off, "/goed": works, "/zegt": says_so}
    app = Starlette(routes=[Route(path, work) for path, work in paths.items()])
    return TestClient(Faults(app))


def test_a_person_gets_a_page_in_dutch_without_the_cause(client: TestClient) -> None:
    reply = client.get("/stuk", headers=PAGE)

    assert reply.status_code == 500 and '<html lang="nl">' in reply.text
    assert "Er ging iets mis. Probeer het nog een keer." in reply.text
    assert "geheim" not in reply.text and "Server Error" not in reply.text


def test_a_program_gets_the_words_alone_and_the_log_the_cause(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    assert client.get("/stuk").text == "Er ging iets mis. Probeer het nog een keer."
    assert "/geheim/pad" in caplog.text


def test_what_goes_well_and_what_speaks_for_itself_is_left_alone(client: TestClient) -> None:
    assert client.get("/goed").text == "goed"
    assert client.get("/zegt", headers=PAGE).json() == {"error": "Dat kan niet."}


def test_half_a_reply_is_broken_off(client: TestClient) -> None:
    with pytest.raises(RuntimeError):
        client.get("/half")
