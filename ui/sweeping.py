"""Take out in time what may be kept for a set time only, while the app runs.

In:  what takes out what is too old, given a day.
Out: its work, at once and then every hour.

Knows nothing of what is kept.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import date

from ingest.errors import StorageError

_PAUSE = 3600.0  # seconds

_log = logging.getLogger(__name__)


@contextmanager
def sweeping(*sweeps: Callable[[date], object], pause: float = _PAUSE) -> Generator[None]:
    """Let `sweeps` do their work, and again after every `pause` seconds.

    Raises:
        StorageError: If one cannot, the first time.
    """
    for sweep in sweeps:
        sweep(date.today())
    stopped = threading.Event()

    def work() -> None:
        while not stopped.wait(pause):
            for sweep in sweeps:
                try:
                    sweep(date.today())
                except StorageError as error:  # the next hour is a new chance
                    _log.warning("%s", error)

    thread = threading.Thread(target=work, name="opruimen", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join()
