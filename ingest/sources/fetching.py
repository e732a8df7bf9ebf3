"""Fetch one answer from the web, whole, or say why not.

In:  an address, what the server said of the copy that is there, and limits.
Out: a Reply, or None when the server says that nothing changed.

Only the host of the address itself is spoken to. Proxies in the environment are not used: a
proxy looks names up itself, behind the check of connection.py. No cookies and no passwords are
sent.

Knows nothing of the list of sources, of where originals are kept, or of what is in them.
"""

from __future__ import annotations

import ssl
import time
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import httpcore2

from ingest.errors import SourceError
from ingest.sources.addresses import checked_url, redirected
from ingest.sources.advice import BY_HAND, LATER
from ingest.sources.connection import CheckedBackend

_HEADERS = {
    "User-Agent": "Wegwijs (document assistant; fetches the sources its user lists)",
    "Accept": "*/*",
    "Accept-Encoding": "gzip",
}
_LOOK = "Open het adres in je browser en kijk wat er staat."
_PROBLEMS: tuple[tuple[tuple[type[Exception], ...], str, str], ...] = (
    (
        (ssl.SSLCertVerificationError,),
        "Het certificaat van de site klopt niet.",
        "Vraag het de beheerder.",
    ),
    ((httpcore2.TimeoutException, TimeoutError), "De site antwoordt te langzaam.", LATER),
    (
        (httpcore2.NetworkError, OSError),
        "De site is niet te bereiken of brak het gesprek af.",
        "Kijk of je internet hebt; een proxy gebruikt Wegwijs niet.",
    ),
    ((httpcore2.ProtocolError, zlib.error), "Het antwoord kwam niet heel aan.", LATER),
    ((Exception,), "Het antwoord van de site is niet te begrijpen.", _LOOK),
)
_STATUSES = {
    401: ("De site laat je hier niet bij zonder inloggen", BY_HAND),
    403: ("De site laat Wegwijs hier niet bij", BY_HAND),
    404: ("Het document staat niet op dit adres", "Zoek het nieuwe adres en zet dat in de lijst."),
    410: ("Het document is weggehaald", "Zoek het nieuwe adres en zet dat in de lijst."),
    429: ("De site heeft het te druk", LATER),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much and how long one source may take; bytes and seconds."""

    size: int = 25_000_000  # as sent, and again after unpacking
    connect: float = 10.0
    read: float = 20.0
    total: float = 120.0  # redirects included; looking a name up has the system's own limit
    redirects: int = 5


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer, and what to ask with next time (`conditions`).

    Attributes:
        headers: The headers, by name in lower case.
        content: The body, unpacked.
        conditions: Headers that ask whether this is still the version that is served.
    """

    headers: Mapping[str, str]
    content: bytes
    conditions: Mapping[str, str]


def fetch(
    address: str,
    conditions: Mapping[str, str] | None = None,
    *,
    allow_private: bool = False,
    limits: Limits = LIMITS,
) -> Reply | None:
    """Return what is at an http(s) address, or None if it is as `conditions` say.

    Raises:
        SourceError: If it cannot be had, or not whole.
    """
    try:
        return _fetch(checked_url(address), dict(conditions or {}), allow_private, limits)
    except SourceError:
        raise
    except Exception as problem:
        # The library wraps what went wrong in a more general error.
        cause = next((arg for arg in problem.args if isinstance(arg, ssl.SSLError)), problem)
        for kinds, what, advice in _PROBLEMS:
            if isinstance(cause, kinds):
                raise SourceError(what, advice) from problem
        raise


def _fetch(
    url: str, conditions: Mapping[str, str], allow_private: bool, limits: Limits
) -> Reply | None:
    backend = CheckedBackend(allow_private, time.monotonic() + limits.total)
    timeouts = {"connect": limits.connect, "read": limits.read, "write": limits.read}
    request = [(name, value) for name, value in {**_HEADERS, **conditions}.items()]
    with httpcore2.ConnectionPool(network_backend=backend, max_keepalive_connections=0) as pool:
        for _ in range(limits.redirects + 1):
            with pool.stream(
                "GET", url, headers=request, extensions={"timeout": timeouts}
            ) as response:
                headers = {
                    name.decode("latin-1").lower(): value.decode("utf-8", "replace").strip()
                    for name, value in response.headers
                }
                if response.status in {301, 302, 303, 307, 308}:
                    url = redirected(url, headers.get("location", ""))
                elif response.status == 304 and conditions:
                    return None
                elif response.status != 200:
                    fault = "De site heeft een storing" if response.status >= 500 else ""
                    what, advice = _STATUSES.get(
                        response.status, (fault or "De site stuurt geen document", LATER)
                    )
                    raise SourceError(f"{what} (antwoord {response.status}).", advice)
                else:
                    content = _body(headers, response.iter_stream(), limits.size)
                    return Reply(headers, content, _conditions(headers))
    raise SourceError("De site blijft doorverwijzen.", _LOOK)


def _conditions(headers: Mapping[str, str]) -> dict[str, str]:
    found = {
        "If-None-Match": headers.get("etag", ""),
        "If-Modified-Since": headers.get("last-modified", ""),
    }
    return {name: value for name, value in found.items() if value.isascii() and value}


def _body(headers: Mapping[str, str], chunks: Iterable[bytes], size: int) -> bytes:
    coding = headers.get("content-encoding", "identity").lower()
    if coding not in {"identity", "gzip", "x-gzip"}:
        raise SourceError("De site verpakt het antwoord op een onbekende manier.", BY_HAND)
    unpack = None if coding == "identity" else zlib.decompressobj(wbits=31)
    body, sent = bytearray(), 0
    for chunk in chunks:
        sent += len(chunk)
        # One byte past the limit is enough to see that it is passed.
        body += unpack.decompress(chunk, size + 1 - len(body)) if unpack else chunk
        if max(sent, len(body)) > size:
            raise SourceError(f"Het document is groter dan {size / 1e6:.0f} MB.", BY_HAND)
    if unpack and (not unpack.eof or unpack.unused_data):
        raise SourceError("Het antwoord kwam niet heel aan.", LATER)
    return bytes(body)
