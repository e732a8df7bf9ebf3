"""Files that an editor chose, until they are taken in.

In:  the name and the bytes of a file from a browser; what documents there are.
Out: DATA/incoming/ with the files that fit: named safely, of a kind that can be read, not too
     large. A file with the name of a document is put where that document stands.

Nothing here changes what answers. Knows nothing of the web, or of how a file is read.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import threading
import time
import unicodedata
import zipfile
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ingest import files
from ingest.errors import FileError

MOST_BYTES = 20_000_000  # of one file
_MOST_FILES, _MOST_TOGETHER = 200, 500_000_000
_LONGEST = 200  # bytes of a name
_BEGINNING = 65_536  # bytes that show what a file is
_FORGOTTEN_AFTER = 3600  # seconds; of a file that never came in whole
_NO_NAME = "Geef het een naam met gewone letters en cijfers."


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that waits to be taken in."""

    name: str
    size: int


class Incoming:
    """The folder of files that wait; safe to use from several threads."""

    def __init__(self, data: Path, sources: Callable[[], Iterable[str]]) -> None:
        """Keep files in `data`; `sources` gives the names of the files of the documents."""
        self.folder = data / "incoming"
        self._sources = sources
        self._lock = threading.RLock()
        self._held = False

    @contextmanager
    def receiving(self) -> Generator[Path]:
        """Name a file to write an upload to; it goes when it was not put in its place."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for part in self.folder.glob(".part-*"):
            with suppress(FileNotFoundError):  # another upload was first
                if time.time() - part.stat().st_mtime > _FORGOTTEN_AFTER:
                    part.unlink()
        part = self.folder / f".part-{secrets.token_hex(8)}"
        try:
            yield part
        finally:
            part.unlink(missing_ok=True)

    def put(self, part: Path, name: str) -> None:
        """Let a file wait that came in whole; an earlier one of this name goes.

        Raises:
            FileError: If its name, its kind or its size does not fit, or files are held.
        """
        name = check_name(name)
        size = part.stat().st_size
        check_size(size)
        check_content(part, name)
        with self._lock:
            self.check_open()
            there = self.waiting()
            if len(there) >= _MOST_FILES or sum(w.size for w in there) + size > _MOST_TOGETHER:
                raise FileError(
                    "Er staan al veel bestanden klaar.", "Werk die eerst bij, of haal ze weg."
                )
            place = self.folder / self._place(name)
            place.parent.mkdir(parents=True, exist_ok=True)
            os.replace(part, place)

    @contextmanager
    def held(self) -> Generator[None]:
        """Keep the files that wait as they are: none comes in meanwhile."""
        with self._lock:
            self._held = True
        try:
            yield
        finally:
            with self._lock:
                self._held = False

    def check_open(self) -> None:
        """Check that files can come in.

        Raises:
            FileError: If they are held.
        """
        if self._held:
            raise FileError(
                "De documenten worden nu bijgewerkt.",
                "Wacht tot dat klaar is en kies het bestand dan opnieuw.",
            )

    def _place(self, name: str) -> str:
        # Folders on the server are unknown to who uploads: the name says which document it is.
        same = [source for source in self._sources() if _last(source) == _last(name)]
        return same[0] if len(same) == 1 else name

    def waiting(self) -> tuple[Waiting, ...]:
        """Return the files that wait, by name."""
        with self._lock:
            found = sorted(self.folder.rglob("*")) if self.folder.is_dir() else []
            return tuple(
                Waiting(file.relative_to(self.folder).as_posix(), file.stat().st_size)
                for file in found
                if not file.name.startswith(".") and file.is_file()
            )

    def mark(self) -> str:
        """Return a text that is another one when other files wait."""
        with self._lock:
            parts = [
                f"{one.name}\0{one.size}\0{(self.folder / one.name).stat().st_mtime_ns}"
                for one in self.waiting()
            ]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def discard(self, name: str) -> None:
        """Let go of a file that waits; another name does nothing."""
        with self._lock:
            if name in {one.name for one in self.waiting()}:
                (self.folder / name).unlink(missing_ok=True)

    def clear(self) -> None:
        """Let go of every file that waits."""
        with self._lock:
            for one in self.waiting():
                (self.folder / one.name).unlink(missing_ok=True)


def check_name(name: str) -> str:
    """Return a name as it is stored.

    Raises:
        FileError: If no file of this name can wait here, or its kind cannot be read.
    """
    name = unicodedata.normalize("NFC", name.strip())
    hidden = name.startswith((".", "~"))
    if not name or hidden or any(sign in name for sign in "/\\:") or files.shown(name) != name:
        raise FileError("Deze naam kan een bestand hier niet hebben.", _NO_NAME)
    if len(name.encode()) > _LONGEST:
        raise FileError("De naam van dit bestand is te lang.", "Geef het een kortere naam.")
    if PurePosixPath(name).suffix.lower() not in KINDS:
        raise FileError("Dit soort bestand kan Wegwijs niet lezen.", f"Kies {kinds()}.")
    return name


def check_size(size: int) -> None:
    """Check how large a file is.

    Raises:
        FileError: If it is too large, or empty.
    """
    most = MOST_BYTES // 1_000_000
    if size > MOST_BYTES:
        shown = max(most + 1, round(size / 1e6))
        raise FileError(
            f"Dit bestand is te groot ({shown} MB).", f"Kies een bestand tot {most} MB."
        )
    if not size:
        raise FileError("Dit bestand is leeg.", "Kies een bestand waar tekst in staat.")


def check_content(file: Path, name: str) -> None:
    """Check that the bytes of a file are of the kind that its name says.

    Raises:
        FileError: If they are of another.
    """
    suffix = PurePosixPath(name).suffix.lower()
    if not KINDS[suffix](file):
        raise FileError(
            f"De naam eindigt op {suffix}, maar de inhoud is iets anders.",
            f"Open het bestand, bewaar het opnieuw als {suffix} en kies het dan nog een keer.",
        )


def kinds() -> str:
    """Return the kinds of files that can be chosen, as a reader is told."""
    *most, last = sorted(KINDS)
    return f"{', '.join(most)} of {last}"


def _last(name: str) -> str:
    return unicodedata.normalize("NFC", PurePosixPath(name).name).casefold()


def _beginning(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(_BEGINNING)


def _is_text(file: Path) -> bool:
    beginning = _beginning(file)
    if beginning.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True  # UTF-16, which Windows writes
    return b"\0" not in beginning and not beginning.startswith((b"%PDF-", b"PK\x03\x04"))


def _is_pdf(file: Path) -> bool:
    return b"%PDF-" in _beginning(file)[:1024]


def _is_office(folder: str) -> Callable[[Path], bool]:
    def fits(file: Path) -> bool:
        try:
            with zipfile.ZipFile(file) as archive:
                return any(name.startswith(folder) for name in archive.namelist())
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            return False

    return fits


KINDS: Mapping[str, Callable[[Path], bool]] = {
    ".csv": _is_text,
    ".docx": _is_office("word/"),
    ".htm": _is_text,
    ".html": _is_text,
    ".md": _is_text,
    ".pdf": _is_pdf,
    ".txt": _is_text,
    ".xlsx": _is_office("xl/"),
}
