"""Look at the machine: the data folder, the room on its disk, the port of the window.

In:  what the user chose.
Out: Checks.

Nothing is written to try whether it can be: the system is asked.

Knows nothing of what is kept in the data folder.
"""

from __future__ import annotations

import errno
import os
import shutil
import socket
from pathlib import Path

from ui.doctor.check import Check, Configured, ok, warning, wrong

_LEAST, _ROOMY = 100_000_000, 1_000_000_000  # bytes free: too little, and enough for any ingest
_HOST = "127.0.0.1"


def folder(configured: Configured) -> list[Check]:
    """Tell whether the data folder, or the one that it is to be made in, can be written to."""
    name, data = "Map met gegevens", configured.data
    if data.exists() and not data.is_dir():
        advice = "Geef met --data of WEGWIJS_DATA een map op."
        return [wrong(name, f"'{data}' is een bestand en geen map.", advice)]
    if not os.access(_there(data), os.W_OK | os.X_OK):
        advice = "Geef jezelf het recht om er te schrijven, of kies met --data een andere map."
        return [wrong(name, f"In '{_there(data)}' mag je niet schrijven.", advice)]
    if not data.is_dir():
        return [ok(name, f"'{data}' is er nog niet en kan worden gemaakt.")]
    return [ok(name, f"In '{data}' kan worden geschreven.")]


def disk(configured: Configured) -> list[Check]:
    """Tell whether there is room for a new index beside the one that answers."""
    name = "Ruimte op de schijf"
    free = shutil.disk_usage(_there(configured.data)).free
    taken = _size(configured.data)
    found = f"{_amount(free)} vrij; de map met gegevens gebruikt {_amount(taken)}."
    advice = "Maak ruimte vrij: bij het inlezen staan de oude en de nieuwe index naast elkaar."
    if free < _LEAST:
        return [wrong(name, found, advice)]
    if free < _ROOMY and free < 2 * taken:
        return [warning(name, found, advice)]
    return [ok(name, found)]


def port(configured: Configured) -> list[Check]:
    """Tell whether the window can listen on its port."""
    name, number = "Poort van de app", configured.port
    try:
        # As `serve` does it, but nobody can connect: this one does not listen.
        with socket.socket() as line:
            if os.name == "posix":
                line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            line.bind((_HOST, number))
    except OSError as problem:
        if problem.errno == errno.EACCES:
            return [wrong(name, f"Wegwijs mag poort {number} niet gebruiken.", _other(8000))]
        found = f"Poort {number} is in gebruik. Misschien draait de app al."
        return [warning(name, found, _other(number + 1 if number < 65535 else number - 1))]
    return [ok(name, f"Poort {number} is vrij.")]


def _other(number: int) -> str:
    return f"Sluit wat deze poort gebruikt, of start met: wegwijs serve --port {number}"


def _there(path: Path) -> Path:
    """Return the folder, or the nearest one above it that exists."""
    absolute = path.absolute()
    return next(above for above in (absolute, *absolute.parents) if above.is_dir())


def _size(data: Path) -> int:
    return sum(file.stat().st_size for file in data.rglob("*") if file.is_file())


def _amount(size: int) -> str:
    unit, divisor = ("GB", 1e9) if size >= 1e9 else ("MB", 1e6)
    return f"{size / divisor:.1f} {unit}".replace(".", ",")
