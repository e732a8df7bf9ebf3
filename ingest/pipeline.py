"""Ingest: from files to a published generation. Reads downwards.

In:  files and folders, the data folder, an embedding model.
Out: a new generation that answers, and a report of what changed.

    find files → read → compare with the manifest → split → embed what is new
    → write beside the current generation → validate → publish

A document that did not change keeps its passages and vectors. A file that cannot be read
keeps what it had. Nothing is published unless it validates.

Knows nothing of questions.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ingest import generations
from ingest.changes import NewFile, new_files, read
from ingest.embedding import Embedder
from ingest.errors import (
    EmptyCorpusError,
    IndexBrokenError,
    IndexMissingError,
    MassRemovalError,
)
from ingest.index import Index, copy_generation, counts_agree
from ingest.library import Entry, Library
from ingest.lookalikes import warnings
from ingest.preparing import prepare
from ingest.progress import Listener, Stage, Step, silent
from ingest.reading import find_files
from ingest.recall import LEAST, describe, settle
from ingest.records import Document
from ingest.report import IngestReport, Renamed, Tally
from ingest.splitting import TARGET_LENGTH
from ingest.writing import batches, remove, write

# Raise it when reading, splitting or analysis changes: older indexes are then made anew.
FORMAT = 1
_NOTHING_READ = "Geen van de bestanden kon worden gelezen."


@dataclass(frozen=True, slots=True)
class _Previous:
    """The generation that answers while the next one is built."""

    folder: Path
    number: int
    manifest: Mapping[str, Entry]
    recipe: str

    def document(self, document_id: str) -> Document:
        with Library(self.folder / "library.sqlite") as library:
            return library.document(document_id)


def ingest(
    paths: Sequence[Path],
    data: Path,
    embedder: Embedder,
    *,
    force: bool = False,
    dry_run: bool = False,
    listener: Listener = silent,
) -> IngestReport:
    """Bring the index in `data` in line with the files in `paths`.

    Args:
        paths: Files and folders; together they are the whole collection.
        data: Where the index lives.
        embedder: The embedding model.
        force: Go on where the ingest would empty the index or remove more than half of it.
        dry_run: Do everything but publish: the report is exact and nothing changes.
        listener: Is told every step.

    Returns:
        What changed; the generation is the old one when nothing did.

    Raises:
        EmptyCorpusError: If there is nothing to read, or no file could be read.
        MassRemovalError: If more than half of the passages would go.
        LockedError: If another process is writing.
        WegwijsError: Any other of the tree in errors.py; the current index answers on.
    """
    files = _find(paths, force)
    recipe = _recipe(embedder)
    with generations.writer_lock(data):
        previous = _previous(data)
        before = previous.manifest if previous is not None else {}
        base = previous if previous is not None and _serves(previous, recipe) else None
        tally = Tally(dry_run=dry_run)
        new = new_files(files, before if base is not None else {}, tally, listener)
        if base is not None and not new and not _missing(before, tally):
            return tally.report(base.number)
        if base is not None and not _opens(base):
            base, tally = None, Tally(dry_run=dry_run)
            new = new_files(files, {}, tally, listener)
        with generations.building(data) as folder:
            if base is not None:
                copy_generation(base.folder, folder)
            with Index.create(folder) as index:
                _write(index, new, before, embedder, tally, listener)
                if previous is not None:
                    _settle_unread(index, previous, embedder, tally)
                    _remove_missing(index, previous, tally, force)
                elif not tally.sources:
                    raise EmptyCorpusError(_NOTHING_READ, tally.failures_as_text())
                tally.warnings += warnings(index.library, tally.written)
                index.library.note(_settings(paths, recipe))
                listener(Step(Stage.CHECKING))
                index.validate()
                if index.vectors.has_changed:
                    tally.recall = settle(index.vectors)
                    tally.warnings += [describe(tally.recall)] if tally.recall < LEAST else []
            if dry_run or (base is not None and not tally.changes):
                return tally.report(previous.number if previous is not None else 0)
            listener(Step(Stage.PUBLISHING))
            return tally.report(generations.publish(data, folder))


def compare(paths: Sequence[Path], data: Path, embedder: Embedder) -> IngestReport:
    """Return which documents `ingest` would add, change or remove now; change nothing.

    Faster than a dry run, which counts passages too; needs no lock.

    Raises:
        WegwijsError: As `ingest`.
    """
    previous = _previous(data)
    builds_on = previous is not None and previous.recipe == _recipe(embedder)
    before = previous.manifest if previous is not None else {}
    tally = Tally()
    new = new_files(find_files(list(paths)), before if builds_on else {}, tally, silent)
    for prepared, _ in read(new, tally, silent):
        tally.wrote(prepared.document.id in before)
    for entry in _unread(before, tally):
        tally.kept(entry.passages)
    for entry in _missing(before, tally):
        tally.removed(entry.passages)
    return tally.report(previous.number if previous is not None else 0)


def _find(paths: Sequence[Path], force: bool) -> list[tuple[Path, Path]]:
    try:
        return find_files(list(paths))
    except EmptyCorpusError:
        if force and all(path.is_dir() for path in paths):
            return []
        raise


def _recipe(embedder: Embedder) -> str:
    return f"{FORMAT}/{TARGET_LENGTH}/{embedder.fingerprint}"


def _settings(paths: Sequence[Path], recipe: str) -> dict[str, str]:
    return {
        "recipe": recipe,
        "paths": json.dumps([str(path.resolve()) for path in paths]),
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _previous(data: Path) -> _Previous | None:
    try:
        number = generations.current(data)
    except IndexMissingError:
        return None
    except IndexBrokenError:
        return None  # the pointer leads nowhere: all is made anew
    folder = generations.generation_folder(data, number)
    try:
        with Library(folder / "library.sqlite") as library:
            recipe = library.settings().get("recipe", "")
            return _Previous(folder, number, library.manifest(), recipe)
    except IndexBrokenError:
        return None


def _serves(previous: _Previous, recipe: str) -> bool:
    """Tell whether the next generation can begin as a copy; a damaged one is made anew."""
    try:
        return previous.recipe == recipe and counts_agree(previous.folder)
    except IndexBrokenError:
        return False


def _opens(previous: _Previous) -> bool:
    """Tell whether all parts open: takes a second, so only where there is something to do."""
    try:
        with Index.open(previous.folder) as index:
            index.check_counts()
    except IndexBrokenError:
        return False
    return True


def _write(
    index: Index,
    new: Sequence[NewFile],
    before: Mapping[str, Entry],
    embedder: Embedder,
    tally: Tally,
    listener: Listener,
) -> None:
    for batch in batches(read(new, tally, listener)):
        for prepared, _ in batch:
            document = prepared.document
            old = index.library.passage_ids(document.id)
            was_in = document.id in before
            tally.wrote(was_in, old, {passage.id for passage in prepared.passages})
            tally.written.append(document.id)
            if not was_in:
                tally.new_texts[_text_hash(document)] = document.id
        write(index, batch, embedder)


def _settle_unread(index: Index, previous: _Previous, embedder: Embedder, tally: Tally) -> None:
    """Keep what could not be read this time as it was, also where all is made anew."""
    there = index.library.manifest()
    unread = _unread(previous.manifest, tally)
    for entry in unread:
        tally.kept(entry.passages)
    lost = [entry for entry in unread if entry.document_id not in there]
    for batch in batches((prepare(previous.document(e.document_id)), e.version) for e in lost):
        write(index, batch, embedder)


def _unread(manifest: Mapping[str, Entry], tally: Tally) -> list[Entry]:
    """Return what could not be read now, of what was in."""
    failed = {failure.file for failure in tally.failed}
    return [
        entry
        for entry in manifest.values()
        if entry.document_id not in tally.sources and _under(entry.source, failed)
    ]


def _missing(manifest: Mapping[str, Entry], tally: Tally) -> list[Entry]:
    """Return what no file holds now; a file that failed keeps what it had."""
    failed = {failure.file for failure in tally.failed}
    return [
        entry
        for entry in manifest.values()
        if entry.document_id not in tally.sources and not _under(entry.source, failed)
    ]


def _under(source: str, failed: Set[str]) -> bool:
    """Tell whether a file failed, by itself or with the folder that it is in."""
    parts = source.split("/")
    return any("/".join(parts[:depth]) in failed for depth in range(1, len(parts) + 1))


def _remove_missing(index: Index, previous: _Previous, tally: Tally, force: bool) -> None:
    gone = _missing(previous.manifest, tally)
    share = sum(entry.passages for entry in gone)
    total = sum(entry.passages for entry in previous.manifest.values())
    if 2 * share > total and not force:
        raise MassRemovalError(
            f"Hiermee verdwijnen {len(gone)} van de {len(previous.manifest)} documenten uit de "
            "index, meer dan de helft.",
            "Kijk of dit de goede map is en of hij bereikbaar is. Wil je dit echt? Doe dan "
            "hetzelfde met --force erbij.",
        )
    remove(index, (entry.document_id for entry in gone))
    for entry in gone:
        tally.removed(entry.passages)
        if tally.new_texts:
            new = tally.new_texts.pop(_text_hash(previous.document(entry.document_id)), None)
            tally.renamed += [Renamed(entry.document_id, new)] if new is not None else []


def _text_hash(document: Document) -> str:
    return hashlib.sha256(document.text.encode()).hexdigest()
