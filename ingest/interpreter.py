"""Start another Python that runs a part of this one.

In:  the name of a module.
Out: a plain new interpreter that runs its `main`, or the command for it.

Not `multiprocessing`: that would run the caller's main module again, which a script without a
guard, or code from a pipe, does not survive.

Knows nothing of what the two say to each other.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from importlib import "
_START += "import_module; import_module(sys.argv[2]).main()"


def command(module: str) -> list[str]:
    """Return the command; it finds the same modules as this process, wherever they stand."""
    path = json.dumps([*sys.path, str(Path(__file__).parents[1])])
    # Isolated (-I): a folder with documents in it may hold a file named json.py.
    return [sys.executable, "-I", f"-Xutf8={sys.flags.utf8_mode}", "-c", _START, path, module]


def start(module: str) -> subprocess.Popen[bytes]:
    """Start it, with pipes to its standard input and from its standard output.

    Raises:
        OSError: If the system does not allow it.
    """
    return subprocess.Popen(
        command(module),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
