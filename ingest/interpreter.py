"""How to start another Python that runs a part of this one.

In:  the name of a module.
Out: the command that runs its `main` in a plain new interpreter.

Not `multiprocessing`: that would run the caller's main module again, which a script without a
guard, or code from a pipe, does not survive.

Knows nothing of what the two say to each other.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from importlib import "
_START += "import_module; import_module(sys.argv[2]).main()"


def command(module: str) -> list[str]:
    """Return the command; it finds the same modules as this process, wherever they stand."""
    path = json.dumps([*sys.path, str(Path(__file__).parents[1])])
    # Isolated (-I): a folder with documents in it may hold a file named json.py.
    return [sys.executable, "-I", f"-Xutf8={sys.flags.utf8_mode}", "-c", _START, path, module]
