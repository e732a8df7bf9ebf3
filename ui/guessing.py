"""Slow down who guesses passwords.

In:  attempts to log in, by name and by address.
Out: how long to wait before the next one.

A few mistakes are free; each one more doubles the wait, of that name and of that address. An
attempt counts as a mistake until it proves right, so that many at once gain nothing. The longest
wait of a name is short: it also keeps out the one whose name it is.

Knows nothing of users or passwords: a name that does not exist waits as long as one that does.
"""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

_FORGOTTEN = 24 * 3600.0  # seconds
_MOST_KNOWN = 10_000  # names, and as many addresses
_IPV6_NETWORK = 64  # bits: who has one address of it has them all


@dataclass(frozen=True, slots=True)
class Patience:
    """How many mistakes are free, and the longest wait in seconds."""

    free: int
    longest: float


_OF_NAME = Patience(free=4, longest=60.0)
_OF_ADDRESS = Patience(free=10, longest=900.0)


class Guesses:
    """The mistakes of the last day; safe for several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin without any; `clock` gives seconds."""
        self._lock = threading.Lock()
        self._names = _Counts(_OF_NAME, clock)
        self._addresses = _Counts(_OF_ADDRESS, clock)

    def attempt(self, name: str, address: str) -> int:
        """Count an attempt as a mistake.

        Returns:
            How many whole seconds to wait: 0 when it may be made, else it does not count.
        """
        near = network(address)
        with self._lock:
            wait = max(self._names.wait(name), self._addresses.wait(near))
            if wait <= 0:
                self._names.add(name)
                self._addresses.add(near)
        return math.ceil(max(wait, 0.0))

    def right(self, name: str, address: str) -> None:
        """Take back the mistakes of a name, and the last one of an address."""
        with self._lock:
            self._names.clear(name)
            self._addresses.take_back(network(address))


class _Counts:
    """Mistakes by key, with the moment of the last one; the oldest go when there are too many."""

    def __init__(self, patience: Patience, clock: Callable[[], float]) -> None:
        self._patience = patience
        self._clock = clock
        self._known: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def wait(self, key: str) -> float:
        count, last = self._known.get(key, (0, 0.0))
        over = count - self._patience.free
        if over < 0:
            return 0.0
        longest = self._patience.longest
        # No power of two that is larger than it need be.
        pause = min(longest, 2.0 ** min(over, math.ceil(math.log2(longest))))
        return last + pause - self._clock()

    def add(self, key: str) -> None:
        now = self._clock()
        count, last = self._known.pop(key, (0, now))
        self._known[key] = (count + 1 if now - last < _FORGOTTEN else 1, now)
        if len(self._known) > _MOST_KNOWN:
            self._known.popitem(last=False)

    def clear(self, key: str) -> None:
        self._known.pop(key, None)

    def take_back(self, key: str) -> None:
        count, last = self._known.get(key, (0, 0.0))
        if count:
            self._known[key] = (count - 1, last)


def network(address: str) -> str:
    """Return what counts as one address: of IPv6 the network that one user has.

    Example:
        >>> network("192.0.2.1"), network("2001:db8::1"), network("2001:db8::2")
        ('192.0.2.1', '2001:db8::/64', '2001:db8::/64')
    """
    try:
        known = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv4Address):
        return str(known)
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return str(ipaddress.ip_network((known, _IPV6_NETWORK), strict=False))
