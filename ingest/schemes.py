"""Keep the concept schemes of an index in line with their files.

In:  the files there are now, and the schemes that the generation before held.
Out: the vocabulary of the new generation, and a line in the report for every scheme that is
     new, changed or gone.

Files are read in processes of their own, like documents. A scheme whose file cannot be read
stays as it was.

Knows nothing of documents or of what a concept is used for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from ingest import reading
from ingest.changes import NewFile
from ingest.errors import FileError
from ingest.files import shown_name
from ingest.reading import file_version
from ingest.report import Change, Tally
from ingest.sandbox import read_all
from ingest.thesaurus import Concept
from ingest.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Scheme:
    """A file of concepts, with the hash of its name and bytes."""

    source: str
    version: str
    concepts: tuple[Concept, ...]


@dataclass(frozen=True, slots=True)
class Schemes:
    """What became of the schemes of the generation before.

    Attributes:
        before: Their versions, by file.
        new: Files that they do not hold as they are now.
        gone: Those whose file is no longer there.
    """

    before: Mapping[str, str]
    new: tuple[NewFile, ...]
    gone: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether every scheme is as it was."""
        return not self.new and not self.gone


def compare_schemes(
    files: Sequence[tuple[Path, Path]], before: Mapping[str, str], anew: bool, tally: Tally
) -> Schemes:
    """Return which schemes are new, changed or gone; of two with one name the second fails.

    Args:
        files: Each file with the folder it was found in.
        before: The versions that the generation before holds, by file.
        anew: Whether the index is made anew, so that every file is to be read.
        tally: Is told what fails.
    """
    found: dict[str, NewFile] = {}
    for file, folder in files:
        source = shown_name(file, folder)
        if source in found:
            what = "Er is al een begrippenlijst met deze naam."
            tally.fail(FileError(what, "Geef een van de twee een andere naam.", file=source))
        else:
            found[source] = NewFile(file, folder, file_version(file, folder) or "")
    known = set() if anew else set(before.values())
    return Schemes(
        before,
        tuple(new for new in found.values() if new.version not in known),
        tuple(source for source in before if source not in found),
    )


def read_schemes(schemes: Schemes, tally: Tally) -> list[Scheme]:
    """Return what the new files hold; tally what is new, changed, gone or cannot be read."""
    read = []
    with closing(read_all([(new.file, new.folder) for new in schemes.new], readers=__name__)) as it:
        # Workers give what this module's `read_document` returns.
        outcomes = cast("Iterator[tuple[Concept, ...] | FileError]", it)
        for new, outcome in zip(schemes.new, outcomes, strict=True):
            if isinstance(outcome, FileError):
                tally.fail(outcome)
                continue
            source = shown_name(new.file, new.folder)
            read.append(Scheme(source, new.version, outcome))
            if source not in schemes.before:
                tally.scheme(source, Change.ADDED, len(outcome))
            elif schemes.before[source] != new.version:
                tally.scheme(source, Change.CHANGED, len(outcome))
    for source in schemes.gone:
        if not tally.has_failed(source):
            tally.scheme(source, Change.REMOVED, 0)
    return read


def write_schemes(vocabulary: Vocabulary, schemes: Schemes, tally: Tally) -> None:
    """Bring a vocabulary, empty or a copy of the one before, in line with the files.

    What cannot be read stays as it is; call this when the documents have been read, so that
    the tally knows of a folder that cannot be opened.
    """
    for scheme in read_schemes(schemes, tally):
        vocabulary.put(scheme.source, scheme.version, scheme.concepts)
    for source in schemes.gone:
        if not tally.has_failed(source):
            vocabulary.remove(source)


def read_document(file: Path, folder: Path) -> tuple[Concept, ...]:
    """Read one scheme; the name by which a worker calls it.

    Raises:
        FileError: If the file cannot be read.
    """
    return reading.read_scheme(file, folder)
