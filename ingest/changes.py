"""Find out which files changed, and read those.

In:  files, and the manifest of the generation that answers.
Out: the files whose bytes are new; their documents, prepared, with the versions to note.

A file whose name and bytes are in the manifest is not parsed again.

Knows nothing of indexes, models or publishing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import FileError
from ingest.library import Entry
from ingest.preparing import Prepared, prepare_all
from ingest.progress import Listener, Stage, Step
from ingest.reading import file_version
from ingest.records import Document
from ingest.report import Tally
from ingest.unread import warning


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that the index does not hold as it is now.

    Attributes:
        file: The file.
        folder: The folder it was found in.
        version: The hash of its name and bytes, "" where they cannot be had.
    """

    file: Path
    folder: Path
    version: str


def new_files(
    files: Sequence[tuple[Path, Path]],
    before: Mapping[str, Entry],
    tally: Tally,
    listener: Listener,
) -> list[NewFile]:
    """Return the files that are not in the manifest `before` as they are; tally the rest."""
    known = {entry.version: entry for entry in before.values()}
    new = []
    for done, (file, folder) in enumerate(files, start=1):
        listener(Step(Stage.COMPARING, done, len(files), file.name))
        version = file_version(file, folder) or ""
        entry = known.get(version)
        if entry is not None and entry.document_id not in tally.sources:
            tally.sources[entry.document_id] = entry.source
            tally.kept(entry.passages)
        else:
            new.append(NewFile(file, folder, version))
    return new


def read(
    files: Sequence[NewFile], tally: Tally, listener: Listener
) -> Iterator[tuple[Prepared, str]]:
    """Yield the document of each file with its version; tally what cannot be read."""
    with closing(prepare_all([(new.file, new.folder) for new in files])) as outcomes:
        for done, (outcome, new) in enumerate(zip(outcomes, files, strict=True), start=1):
            listener(Step(Stage.READING, done, len(files), new.file.name))
            if isinstance(outcome, FileError):
                tally.fail(outcome)
                continue
            document = outcome.document
            if document.id in tally.sources:
                tally.fail(_same_id(document, tally.sources[document.id]))
            else:
                tally.sources[document.id] = document.source
                if unread := warning(document.source, document.metadata):
                    tally.warnings.append(unread)
                yield outcome, new.version


def _same_id(document: Document, other: str) -> FileError:
    return FileError(
        f"Het document heeft dezelfde id ('{document.id}') als {other}.",
        "Geef een van de twee een andere id.",
        file=document.source,
    )
