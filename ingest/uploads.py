"""The documents that came in beside the folders that someone ingests: by upload, in the window.

    DATA/generations/0007/documents/   the uploaded files that generation 7 was made from

A generation holds its own uploads, so going back to an earlier one brings back its files too. An
upload counts in every later ingest, in the place of a file of the same name in a folder. A
document that was forgotten is known by a hash of its file's name only.

In:  the folder of a generation; a folder of new uploads.
Out: which files an ingest reads; the uploads that a new generation keeps.

Knows nothing of formats, indexes or the web.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest import files, generations
from ingest.errors import FileError, IndexBrokenError, IndexMissingError

FOLDER = "documents"  # in a generation
FORGOTTEN = "forgotten"  # the setting of a generation

Found = tuple[Path, Path]  # a file and the folder that it was found in


@dataclass(frozen=True, slots=True)
class Uploads:
    """The uploaded files of an ingest.

    Attributes:
        held: By name, those of the generation that answers.
        added: By name, those that are new; they take the place of held ones.
        forgotten: Hashes of the names of files that are left out.
    """

    held: Mapping[str, Found]
    added: Mapping[str, Found]
    forgotten: frozenset[str] = frozenset()

    def over(self, found: Iterable[Found]) -> tuple[list[Found], list[str]]:
        """Put the uploads over the files of folders.

        Returns:
            The files to read, and the names of those that an upload takes the place of.
        """
        uploads = {**self.held, **self.added}
        read, replaced = [], []
        for file, folder in found:
            name = files.shown_name(file, folder)
            if name in uploads:
                replaced.append(name)
            elif hashed(name) not in self.forgotten:
                read.append((file, folder))
        return [*read, *uploads.values()], replaced

    def keep(self, generation: Path, has_failed: Callable[[str], bool]) -> None:
        """Put the uploads in a generation that is being built, those that could be read."""
        for name, (file, _) in {**self.held, **self.added}.items():
            target = generation / FOLDER / name
            if target.exists() and (name not in self.added or has_failed(name)):
                continue  # came along with the generation that this one is a copy of
            if name in self.held and has_failed(name):
                file = self.held[name][0]  # what the document that stays was read from
            elif has_failed(name):
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)

    def noted(self) -> dict[str, str]:
        """Return what a generation notes of what was forgotten: an upload brings a name back."""
        left = self.forgotten - {hashed(name) for name in self.added}
        return {FORGOTTEN: json.dumps(sorted(left))}


def uploads_of(
    data: Path, added: Path | None, suffixes: Collection[str], forgotten: Collection[str]
) -> Uploads:
    """Return the uploads of an ingest.

    Args:
        data: The data folder.
        added: A folder of new uploads; None for none.
        suffixes: Of the files that count.
        forgotten: Hashes of names, as the generation that answers noted them. Who names folders
            himself wants all that is in them; only an upload leaves out what was forgotten.
    """
    held = _named(_folder(data), suffixes)
    if added is None:
        return Uploads(held, {})
    return Uploads(held, _named(added, suffixes), frozenset(forgotten))


def has_uploads(data: Path, added: Path | None, suffixes: Collection[str]) -> bool:
    """Tell whether there is any upload to read."""
    return bool(_named(added, suffixes) or _named(_folder(data), suffixes))


def copy_without(source: Path, target: Path, names: Collection[str]) -> None:
    """Copy the uploads of one generation to another, without those with these names."""
    for file in sorted((source / FOLDER).rglob("*")):
        name = file.relative_to(source / FOLDER).as_posix()
        if file.is_file() and name not in names:
            (target / FOLDER / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target / FOLDER / name)


def hashed(name: str) -> str:
    """Return what a forgotten file is known by."""
    return hashlib.sha256(name.encode("utf-8", "backslashreplace")).hexdigest()


def read_forgotten(settings: Mapping[str, str]) -> frozenset[str]:
    """Return the hashes that a generation noted."""
    return frozenset(json.loads(settings.get(FORGOTTEN, "[]")))


def _folder(data: Path) -> Path | None:
    try:
        number = generations.current(data)
    except (IndexMissingError, IndexBrokenError):  # a damaged pointer must not cost the uploads
        number = max(generations.numbers(data), default=0)
    folder = generations.generation_folder(data, number) / FOLDER
    return folder if folder.is_dir() else None


def _named(folder: Path | None, suffixes: Collection[str]) -> dict[str, Found]:
    if folder is None:
        return {}
    found = {}
    for file, root in files.find_any([folder], suffixes):
        try:
            found[files.name_below(file, root)] = (file, root)
        except FileError:
            continue  # no upload has such a name
    return found
