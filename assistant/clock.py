"""Time the stages of an answer.

In:  stages, as they run.
Out: milliseconds by stage.

Knows nothing of what the stages do.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import contextmanager


class Clock:
    """Milliseconds by stage."""

    def __init__(self) -> None:
        """Start with no stages."""
        self.timings_ms: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Generator[None]:
        """Time what runs inside."""
        start = time.perf_counter()
        yield
        self.timings_ms[name] = round((time.perf_counter() - start) * 1000, 2)
