"""Run a function in a process of its own, which may fail, hang or eat memory without harm.

In:  a function of a module and its arguments, all of which can be pickled; a time limit.
Out: what it returns, with the most memory that its process held; or a Dutch error.

One call is one process, so that what it held is its own and nobody else's; worker_handle.py reads
many files in one.

Knows nothing of what is run.
"""

from __future__ import annotations

import os
import pickle  # noqa: S403 - between a process and its own child
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from ingest.errors import WegwijsError
from ingest.interpreter import command

_Result = TypeVar("_Result")
_ADVICE = "Probeer het nog eens. Blijft het zo? Meld het dan met deze tekst erbij."


@dataclass(frozen=True, slots=True)
class Done(Generic[_Result]):
    """What a function returned, and the most bytes of memory that its process held.

    Attributes:
        value: What it returned.
        peak: None where the system does not tell.
    """

    value: _Result
    peak: int | None


def run_apart(
    function: Callable[..., _Result],
    *arguments: object,
    seconds: float | None = None,
    is_heard: bool = False,
) -> Done[_Result]:
    """Call a function in a process of its own.

    Args:
        function: A function of a module, by which the other process finds it.
        *arguments: What it is given.
        seconds: How long it may take; None for as long as it needs.
        is_heard: Whether its stderr is ours, to show how far it is.

    Raises:
        WegwijsError: What it raised; or that it failed in another way, died or took too long.
    """
    try:
        done = subprocess.run(
            command(__name__),
            input=pickle.dumps((function, arguments)),
            stdout=subprocess.PIPE,
            stderr=None if is_heard else subprocess.DEVNULL,
            timeout=seconds,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired as problem:
        raise WegwijsError(f"Dit duurde langer dan {seconds:.0f} seconden.", _ADVICE) from problem
    except OSError as problem:
        what = f"Er kan geen proces worden gestart ({problem.strerror or problem})."
        raise WegwijsError(what, "Sluit andere programma's en probeer het opnieuw.") from problem
    if done.returncode or not done.stdout:
        raise WegwijsError(
            f"Het proces brak af (code {done.returncode}).",
            "Misschien is er te weinig geheugen: sluit andere programma's, of kies een kleiner "
            "model.",
        )
    answer: Done[_Result] | WegwijsError = pickle.loads(done.stdout)  # noqa: S301 - our own child
    if isinstance(answer, WegwijsError):
        raise answer
    return answer


def main() -> None:
    """Do what stdin asks and write what came of it to stdout; the other side of `run_apart`."""
    # What a library prints must not come between: its stdout is our stderr from here on.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    answer: Done[Any] | WegwijsError
    try:
        function, arguments = pickle.loads(sys.stdin.buffer.read())  # noqa: S301 - our own parent
        answer = Done(function(*arguments), _peak())
    except WegwijsError as problem:
        answer = problem
    except BaseException as problem:  # noqa: BLE001 - libraries in Rust panic with their own
        answer = WegwijsError(f"Er ging iets mis ({type(problem).__name__}: {problem}).", _ADVICE)
    with out:
        pickle.dump(answer, out)
    # Threads that a library left behind are of no use now.
    sys.stderr.flush()
    os._exit(0)


def _peak() -> int | None:
    """Return the most bytes that this process held.

    Not `ru_maxrss`: on Linux that starts with what the process that started this one held.
    """
    status = Path("/proc/self/status")
    if status.exists():
        found = dict(line.split(":", 1) for line in status.read_text("utf-8").splitlines())
        return int(found["VmHWM"].split()[0]) * 1024
    try:
        import resource
    except ImportError:  # Windows
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
