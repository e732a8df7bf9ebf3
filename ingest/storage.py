"""Say why something could not be stored.

In:  an error of the file system, or of a library that writes to it.
Out: whether the disk is to blame; what happened and what to do, for a StorageError.

Knows nothing of what was being stored.
"""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

# Libraries pass the words of the system or of SQLite on, and little else.
_FULL = (*map(os.strerror, (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)), "disk is full")
_FORBIDDEN = (*map(os.strerror, (errno.EACCES, errno.EPERM, errno.EROFS)), "readonly database")
_LITTLE = 1 << 20  # bytes


def is_to_blame(problem: Exception) -> bool:
    """Tell whether an error is about the disk, and not about what is on it."""
    return any(words in str(problem) for words in (*_FULL, *_FORBIDDEN, "disk I/O error"))


def reason(problem: Exception, folder: Path | None = None) -> tuple[str, str]:
    """Return what an error while writing means, and what to do: Dutch sentences.

    Args:
        problem: The error.
        folder: Where was written, for an error that may not say that the disk is full.
    """
    said = str(problem)
    if any(words in said for words in _FULL) or (folder is not None and _has_no_room(folder)):
        what = "De schijf is vol."
        advice = "Maak ruimte vrij en doe dan hetzelfde opnieuw."
    elif any(words in said for words in _FORBIDDEN):
        what = "In de map van de index mag niet worden geschreven."
        advice = "Geef jezelf het recht om er te schrijven, of kies met --data een andere map."
    else:
        what = f"De index kan niet worden opgeslagen ({_short(problem)})."
        advice = "Kijk of de schijf het goed doet en doe dan hetzelfde opnieuw."
    return what, f"{advice} De oude index is gebleven zoals hij was."


def _has_no_room(folder: Path) -> bool:
    return shutil.disk_usage(folder).free < _LITTLE


def _short(problem: Exception) -> str:
    strerror = problem.strerror if isinstance(problem, OSError) else None
    return str(strerror or problem)
