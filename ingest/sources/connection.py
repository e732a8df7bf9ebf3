"""Connect only to addresses that were checked, and never past a deadline.

In:  a host, whether it may be on a private network, a deadline.
Out: a connection for httpcore2.

Every address behind a name is checked and the connection goes to one that was checked, so a
name that points elsewhere a moment later changes nothing.

Knows nothing of HTTP.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import httpcore2

from ingest.errors import SourceError

_PUBLIC_IPV6 = IPv6Network("2000::/3")  # all that was ever given out
_NAT64 = IPv6Network("64:ff9b::/96")  # an IPv4 address, as networks with only IPv6 write it


def is_public(address: str) -> bool:
    """Tell whether an IP address is on the open internet, also when IPv6 wraps it."""
    ip: IPv4Address | IPv6Address = ip_address(address)
    if isinstance(ip, IPv6Address):
        nat64 = IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None
        ip = ip.ipv4_mapped or ip.sixtofour or nat64 or ip
    if isinstance(ip, IPv6Address) and ip not in _PUBLIC_IPV6:
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def checked_addresses(host: str, port: int, *, allow_private: bool) -> list[str]:
    """Return every IP address behind a name.

    Raises:
        SourceError: If there is none, or one that is not public without `allow_private`.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise SourceError(
            f"De site '{host}' is niet te vinden.",
            "Kijk of het adres klopt en of je internet hebt.",
        ) from problem
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not allow_private and not all(is_public(address) for address in addresses):
        raise SourceError(
            f"'{host}' staat niet op het open internet.",
            "Is het je eigen netwerk? Zet dan allow_private = true bij deze bron.",
        )
    return addresses


class CheckedBackend(httpcore2.NetworkBackend):
    """Connects only to addresses that were checked."""

    def __init__(self, allow_private: bool, deadline: float) -> None:
        self._allow_private = allow_private
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to the first address behind `host` that answers, if all of them are allowed.

        Raises:
            SourceError: If there is none, or one that is not allowed.
            ConnectError: If none can be reached.
            ConnectTimeout: If none answers in time.
        """
        failure: Exception = httpcore2.ConnectError(host)
        for address in checked_addresses(host, port, allow_private=self._allow_private):
            wait = _left(self._deadline, timeout)
            try:
                stream = httpcore2.SyncBackend().connect_tcp(address, port, wait)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as problem:
                failure = problem
            else:
                return _TimedStream(stream, self._deadline)
        raise failure


class _TimedStream(httpcore2.NetworkStream):
    """A connection on which no wait goes past the deadline, however slowly bytes drip in."""

    def __init__(self, inner: httpcore2.NetworkStream, deadline: float) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        wait = _left(self._deadline, timeout)
        secured = self._inner.start_tls(ssl_context, server_hostname, wait)
        return _TimedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)


def _left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore2.ReadTimeout("deadline")
    return left if timeout is None else min(left, timeout)
