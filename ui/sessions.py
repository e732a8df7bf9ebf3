"""Who is logged in.

In:  a user who proved who he is; later the key that he was given.
Out: that user as he was when he logged in, until the session is over.

Sessions live in memory: after a restart everyone logs in again. Only a hash of a key is kept.

Knows nothing of passwords, cookies or screens.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from ui.accounts import User

LASTS = 12 * 3600  # seconds
_MOST = 5_000


class Sessions:
    """The sessions of a web server; safe for several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin without any; `clock` gives seconds."""
        self._clock = clock
        self._lock = threading.Lock()
        self._open: OrderedDict[str, tuple[User, float]] = OrderedDict()

    def begin(self, user: User) -> str:
        """Return the key of a new session."""
        key = secrets.token_urlsafe(32)
        with self._lock:
            self._open[_hash(key)] = (user, self._clock() + LASTS)
            # All last as long, so the first is the first that is over.
            while len(self._open) > _MOST or next(iter(self._open.values()))[1] <= self._clock():
                self._open.popitem(last=False)
        return key

    def user(self, key: str) -> User | None:
        """Return who has a key; None when the session is over or never was."""
        with self._lock:
            user, until = self._open.get(_hash(key), (None, 0.0))
        return user if self._clock() < until else None

    def end(self, key: str) -> None:
        """End a session."""
        with self._lock:
            self._open.pop(_hash(key), None)


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode(errors="replace")).hexdigest()
