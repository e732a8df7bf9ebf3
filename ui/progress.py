"""Show how far an ingest is, on a terminal or in a log.

In:  the steps of an ingest.
Out: on a terminal a bar with the file and the time left; elsewhere a line now and then. Both
     on stderr, so that stdout holds the report and nothing else.

Knows nothing of what ingest does.
"""

from __future__ import annotations

import shutil
import sys
import time
from typing import Self

import click

from ingest.progress import Stage, Step

_BAR = 24  # characters
_EVERY = 0.1  # seconds between two drawings of the bar
_PARTS = 10  # lines a stage in a log


class TerminalProgress:
    """A bar that is drawn over itself."""

    def __init__(self) -> None:
        self._stage: Stage | None = None
        self._started = self._drawn = 0.0

    def __call__(self, step: Step) -> None:
        """Draw a step, not more often than an eye can follow."""
        now = time.monotonic()
        if step.stage is not self._stage:
            self._stage, self._started = step.stage, now
        elif now - self._drawn < _EVERY and step.done < step.total:
            return
        self._drawn = now
        line = f"{step.stage.capitalize()} …"
        if step.total:
            filled = _BAR * step.done // step.total
            left = (now - self._started) / max(step.done, 1) * (step.total - step.done)
            bar = "█" * filled + "░" * (_BAR - filled)
            line = (
                f"{step.stage.capitalize():<12} {bar} {step.done}/{step.total} "
                f"nog {_clock(left)}  {step.file}"
            )
        width = shutil.get_terminal_size().columns
        click.echo(f"\r\x1b[2K{line[: width - 1]}", err=True, nl=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        """Wipe the bar."""
        if self._stage is not None:
            click.echo("\r\x1b[2K", err=True, nl=False)


class PlainProgress:
    """A line at the start of a stage and at every tenth of it."""

    def __init__(self) -> None:
        self._last: tuple[Stage, int] | None = None

    def __call__(self, step: Step) -> None:
        """Write a line when a step begins a new part."""
        part = (step.stage, _PARTS * step.done // step.total if step.total else 0)
        if part != self._last:
            self._last = part
            counted = f" {step.done}/{step.total}" if step.total else ""
            click.echo(f"{step.stage.capitalize()}{counted}", err=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        """Nothing is left open."""


def shown() -> TerminalProgress | PlainProgress:
    """Return what fits where stderr goes."""
    return TerminalProgress() if sys.stderr.isatty() else PlainProgress()


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
