"""Find files, and take their bytes without trusting them.

In:  the paths that a user named; a file and the folder it was found in.
Out: every file to read with its folder; a file's name below the folder; its bytes, whole.

Nothing is opened but a plain file inside the folder. What looks like a document and is not one
is found too, so that it gets a line in the report instead of being missed in silence.

Knows nothing of formats: which suffixes count, and how large a file may be, it is told.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Never

from ingest.errors import EmptyCorpusError, FileError

# Hidden files, and the notes that Word and Excel leave beside a document that is open.
_PASSED_OVER = (".", "~$")

# In a name these end a line, cannot be stored, or make it show as another name than it is.
_UNSHOWABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})
_TURNS_TEXT = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})

# Without O_NONBLOCK, opening a pipe that took the file's place would wait for ever.
_OPEN = os.O_RDONLY
for _flag in ("O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC", "O_BINARY"):
    _OPEN |= getattr(os, _flag, 0)


def find(paths: Sequence[Path], suffixes: Collection[str]) -> list[tuple[Path, Path]]:
    """Return (file, folder) for every file to read, in a fixed order.

    A folder is searched with all its subfolders, links to folders not followed. A link that the
    user named by itself comes with itself as folder: it may lead anywhere.

    Raises:
        EmptyCorpusError: If a path does not exist, a folder cannot be opened, or there is no
            file to read.
    """
    found = find_any(paths, suffixes)
    if not found:
        raise EmptyCorpusError(
            "Hier staat geen document dat Wegwijs kan lezen.",
            f"Zet er bestanden in ({', '.join(sorted(suffixes))}) of noem een andere map.",
            file=", ".join(shown(str(path)) for path in paths),
        )
    return found


def find_any(paths: Sequence[Path], suffixes: Collection[str]) -> list[tuple[Path, Path]]:
    """Return what `find` does, and nothing where there is no file to read.

    Raises:
        EmptyCorpusError: If a path does not exist or a folder cannot be opened.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        if not os.path.exists(path):
            raise EmptyCorpusError(
                "Deze map of dit bestand bestaat niet.",
                "Kijk of de naam klopt.",
                file=shown(str(path)),
            )
        if os.path.isdir(path):
            for file in sorted(_walk(path, suffixes)):
                found.setdefault(file, path)
        elif os.path.islink(path):
            found[path] = path
        else:
            found.setdefault(path, path.parent)
    return list(found.items())


def _walk(folder: Path, suffixes: Collection[str]) -> list[Path]:
    found: list[Path] = []
    named_as_file: list[Path] = []
    todo = [folder]
    while todo:
        current = todo.pop()
        try:
            with os.scandir(current) as entries:
                inside = [e for e in entries if not e.name.startswith(_PASSED_OVER)]
        except OSError as problem:
            if current == folder:
                raise EmptyCorpusError(
                    "Deze map is niet te openen.",
                    "Kijk of je de map mag openen.",
                    file=shown(str(folder)),
                ) from problem
            found.append(current)
            continue
        for entry in inside:
            path = current / entry.name
            is_known = path.suffix.lower() in suffixes
            if entry.is_symlink() and os.path.isdir(path):
                # A folder inside is found where it really is; one outside would be missed.
                if not _is_inside(path, folder):
                    found.append(path)
            elif _is_folder(entry):
                todo.append(path)
                if is_known:
                    named_as_file.append(path)
            elif is_known:
                found.append(path)
    filled = {parent for file in found for parent in file.parents}
    return found + [path for path in named_as_file if path not in filled]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False  # it went away: reading it will say so


def _is_inside(file: Path, folder: Path) -> bool:
    return Path(os.path.realpath(file)).is_relative_to(os.path.realpath(folder))


def name_below(file: Path, folder: Path) -> str:
    """Return the file's path below the folder, as it is stored and cited.

    Raises:
        FileError: If the name cannot be stored, or would not show as what it is.
    """
    name = _relative(file, folder)
    if shown(name) != name:
        raise FileError(
            "In de naam staan tekens die niet te zien zijn.",
            "Geef het bestand of zijn map een naam met gewone letters en cijfers.",
            file=shown(name),
        )
    return name


def shown_name(file: Path, folder: Path) -> str:
    """Return the file's path below the folder, fit to show whatever it holds."""
    return shown(_relative(file, folder))


def _relative(file: Path, folder: Path) -> str:
    return file.name if file == folder else file.relative_to(folder).as_posix()


def shown(name: str) -> str:
    r"""Return a name on one line, with an escape for every character that cannot be shown.

    Example:
        >>> print(shown("a\nb.md"), shown("caf\udce9.md"), shown("café.md"))
        a\nb.md caf\udce9.md café.md
    """
    return "".join(
        char.encode("unicode_escape").decode("ascii")
        if unicodedata.category(char) in _UNSHOWABLE
        or unicodedata.bidirectional(char) in _TURNS_TEXT
        else char
        for char in name
    )


def locate(file: Path, folder: Path) -> Path:
    """Return where a plain file inside the folder really is, without opening it.

    Raises:
        FileError: If it leads out of the folder, or is no plain file.
        OSError: If it cannot be found.
    """
    real = Path(os.path.realpath(file))
    if file != folder and not _is_inside(file, folder):
        raise FileError(
            "Dit is een verwijzing naar een plek buiten de map.",
            "Zet het bestand of de map zelf hier neer, of lees die andere plek apart in.",
        )
    mode = os.lstat(real).st_mode
    if stat.S_ISDIR(mode):
        _refuse_folder(real)
    _check_plain(mode)
    return real


def _refuse_folder(folder: Path) -> Never:
    try:
        os.scandir(folder).close()
    except OSError as problem:
        raise FileError("Deze map is niet te openen.", "Kijk of je de map mag openen.") from problem
    raise FileError("Dit is een map, geen bestand.", "Geef de map een andere naam of haal hem weg.")


def take(real: Path, *, limit: int) -> bytes:
    """Return the whole content of a plain file that stays as it is meanwhile.

    Args:
        real: The file, no link.
        limit: The most bytes it may hold.

    Raises:
        FileError: If it is empty, too large, no plain file, or changes while it is read.
        OSError: If it cannot be read.
    """
    with os.fdopen(os.open(real, _OPEN), "rb") as stream:
        before = os.fstat(stream.fileno())
        _check_plain(before.st_mode)
        if before.st_size > limit:
            raise FileError(
                f"Het bestand is te groot: {before.st_size / 1e6:.0f} MB. "
                f"Het mag hoogstens {limit // 1_000_000} MB zijn.",
                "Splits het in kleinere bestanden.",
            )
        content = stream.read(before.st_size + 1)  # one more than there is: it may grow
    if _state(before) != _state(os.stat(real)) or len(content) != before.st_size:
        raise FileError(
            "Het bestand veranderde tijdens het lezen.",
            "Wacht tot het helemaal is opgeslagen en lees het opnieuw in.",
        )
    if not content:
        raise FileError(
            "Het bestand is leeg: er staat geen tekst in.", "Vul het bestand of haal het weg."
        )
    return content


def explain(problem: OSError) -> FileError:
    """Return what an error of the file system means to a reader."""
    if isinstance(problem, FileNotFoundError):
        reason, advice = "het is er niet meer", "Kijk of het verplaatst of weggehaald is."
    elif isinstance(problem, PermissionError):
        reason, advice = "je mag het niet openen", "Geef jezelf het recht om het te lezen."
    else:
        reason = str(problem.strerror or problem)
        advice = "Kijk of je het zelf kunt openen. Probeer het daarna nog eens."
    return FileError(f"Het bestand is niet te lezen: {reason}.", advice)


def _state(status: os.stat_result) -> tuple[int, int, int, int]:
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


def _check_plain(mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise FileError(
            "Dit is geen gewoon bestand, maar bijvoorbeeld een pipe of een apparaat.",
            "Haal het weg of zet er een gewoon bestand neer.",
        )
