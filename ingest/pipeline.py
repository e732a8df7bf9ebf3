"""Ingest: from files to a published generation. Reads downwards.

In:  files and folders, the data folder, an embedding model.
Out: a new generation that answers, and a report of what changed.

    find files → read → compare with the manifest → split → embed what is new
    → write beside the current generation → validate → pass the gate → publish

A document that did not change keeps its passages and vectors. A file that cannot be read
keeps what it had. Nothing is published unless it validates.

Knows nothing of questions.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from ingest import generations
from ingest.changes import NewFile, new_files, read
from ingest.embedding import Embedder
from ingest.errors import (
    EmptyCorpusError,
    MassRemovalError,
)
from ingest.index import Index, copy_generation
from ingest.library import Entry
from ingest.lookalikes import warnings
from ingest.preparing import prepare
from ingest.previous import Previous, opens, previous_generation, recipe_of, serves
from ingest.progress import Listener, Stage, Step, silent
from ingest.reading import READERS, find_files, find_schemes
from ingest.recall import LEAST, describe, keep_up
from ingest.records import Document
from ingest.report import Change, DocumentChange, IngestReport, Renamed, Tally
from ingest.schemes import Schemes, compare_schemes, read_schemes, write_schemes
from ingest.uploads import Uploads, has_uploads, uploads_of
from ingest.writing import batches, remove, write

_NOTHING_READ = "Geen van de bestanden kon worden gelezen."


def ingest(
    paths: Sequence[Path],
    data: Path,
    embedder: Embedder,
    *,
    added: Path | None = None,
    force: bool = False,
    dry_run: bool = False,
    listener: Listener = silent,
    gate: Callable[[Path], None] | None = None,
) -> IngestReport:
    """Bring the index in `data` in line with the files in `paths`.

    Args:
        paths: Files and folders; with the uploads (uploads.py) they are the whole collection.
        data: Where the index lives.
        embedder: The embedding model.
        added: A folder of new uploads.
        force: Go on where the ingest would empty the index or remove more than half of it.
        dry_run: Do everything but publish: the report is exact and nothing changes.
        listener: Is told every step.
        gate: Is given the folder of a generation that is whole, and raises when it may not be
            published; it has closed what it opened there when it returns.

    Returns:
        What changed; the generation is the old one when nothing did.

    Raises:
        EmptyCorpusError: If there is nothing to read, or no file could be read.
        MassRemovalError: If more than half of the passages would go.
        LockedError: If another process is writing.
        WegwijsError: Any other of the tree in errors.py; the current index answers on.
    """
    found = _find(paths, force or has_uploads(data, added, READERS))
    recipe = recipe_of(embedder)
    with generations.writer_lock(data):
        previous = previous_generation(data)
        before = previous.manifest if previous is not None else {}
        base = previous if previous is not None and serves(previous, recipe) else None
        uploads = _uploads(data, added, previous)
        files, replaced = uploads.over(found)
        instead = [_instead(name) for name in replaced] if added is None else []
        tally = Tally(dry_run=dry_run)
        new, schemes = _compare(files, paths, previous, base, tally, listener)
        if base is not None and not new and not _missing(before, tally) and schemes.same:
            tally.warnings += instead
            return tally.report(base.number)
        if base is not None and not opens(base):
            base, tally = None, Tally(dry_run=dry_run)
            new, schemes = _compare(files, paths, previous, None, tally, listener)
        with generations.building(data) as folder:
            if base is not None:
                copy_generation(base.folder, folder)
            with Index.create(folder) as index:
                _write(index, new, before, embedder, tally, listener)
                write_schemes(index.library.vocabulary, schemes, tally)
                if previous is not None:
                    _settle_unread(index, previous, embedder, tally)
                    _remove_missing(index, previous, tally, force)
                elif not tally.sources:
                    raise EmptyCorpusError(_NOTHING_READ, tally.failures_as_text())
                tally.warnings += warnings(index.library, tally.written)
                tally.warnings += instead
                index.library.note({**_settings(paths, recipe), **uploads.noted()})
                uploads.keep(folder, tally.has_failed)
                listener(Step(Stage.CHECKING))
                index.validate()
                if index.vectors.changes:
                    tally.recall, noted = keep_up(index.vectors, index.library.settings())
                    index.library.note(noted)
                    tally.warnings += [describe(tally.recall)] if tally.recall < LEAST else []
            is_new = base is None or tally.changes > 0
            if gate is not None and is_new:
                gate(folder)
            if dry_run or not is_new:
                return tally.report(previous.number if previous is not None else 0)
            listener(Step(Stage.PUBLISHING))
            return tally.report(generations.publish(data, folder))


def compare(paths: Sequence[Path], data: Path, embedder: Embedder) -> IngestReport:
    """Return which documents `ingest` would add, change or remove now; change nothing.

    Faster than a dry run, which counts passages too; needs no lock.

    Raises:
        WegwijsError: As `ingest`.
    """
    previous = previous_generation(data)
    base = previous if previous is not None and previous.recipe == recipe_of(embedder) else None
    before = previous.manifest if previous is not None else {}
    tally = Tally()
    files, _ = _uploads(data, None, previous).over(
        _find(paths, force=has_uploads(data, None, READERS))
    )
    new, schemes = _compare(files, paths, previous, base, tally, silent)
    for prepared, _ in read(new, tally, silent):
        tally.wrote(prepared.document.id in before)
    for entry in _unread(before, tally):
        tally.kept(entry.passages)
    for entry in _missing(before, tally):
        tally.removed(entry.passages)
    read_schemes(schemes, tally)
    return tally.report(previous.number if previous is not None else 0)


def _find(paths: Sequence[Path], force: bool) -> list[tuple[Path, Path]]:
    try:
        return find_files(list(paths))
    except EmptyCorpusError:
        if force and all(path.is_dir() for path in paths):
            return []
        raise


def _uploads(data: Path, added: Path | None, previous: Previous | None) -> Uploads:
    forgotten = previous.forgotten if previous is not None else frozenset()
    return uploads_of(data, added, READERS, forgotten)


def _instead(name: str) -> str:
    return f"Van {name} telt het bestand dat op de tab Bronnen is gekozen, niet dat in de map."


def _compare(
    files: Sequence[tuple[Path, Path]],
    paths: Sequence[Path],
    previous: Previous | None,
    base: Previous | None,
    tally: Tally,
    listener: Listener,
) -> tuple[list[NewFile], Schemes]:
    """Return the documents and concept schemes that are to be read, all of them without a base."""
    new = new_files(files, base.manifest if base is not None else {}, tally, listener)
    before = previous.schemes if previous is not None else {}
    return new, compare_schemes(find_schemes(paths), before, base is None, tally)


def _settings(paths: Sequence[Path], recipe: str) -> dict[str, str]:
    return {
        "recipe": recipe,
        "paths": json.dumps([str(path.resolve()) for path in paths]),
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
    }


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
            how = Change.CHANGED if was_in else Change.ADDED
            tally.which.append(DocumentChange(document.id, document.source, how))
            if not was_in:
                tally.new_texts[_text_hash(document)] = document.id
        write(index, batch, embedder)


def _settle_unread(index: Index, previous: Previous, embedder: Embedder, tally: Tally) -> None:
    """Keep what could not be read this time as it was, also where all is made anew."""
    there = index.library.manifest()
    unread = _unread(previous.manifest, tally)
    for entry in unread:
        tally.kept(entry.passages)
    lost = [entry for entry in unread if entry.document_id not in there]
    for batch in batches((prepare(previous.document(e.document_id)), e.version) for e in lost):
        write(index, batch, embedder)
    vocabulary = index.library.vocabulary
    for source in previous.schemes.keys() - vocabulary.versions().keys():
        if tally.has_failed(source):
            vocabulary.put(source, previous.schemes[source], previous.concepts(source))


def _unread(manifest: Mapping[str, Entry], tally: Tally) -> list[Entry]:
    """Return what could not be read now, of what was in."""
    return [
        entry
        for entry in manifest.values()
        if entry.document_id not in tally.sources and tally.has_failed(entry.source)
    ]


def _missing(manifest: Mapping[str, Entry], tally: Tally) -> list[Entry]:
    """Return what no file holds now; a file that failed keeps what it had."""
    return [
        entry
        for entry in manifest.values()
        if entry.document_id not in tally.sources and not tally.has_failed(entry.source)
    ]


def _remove_missing(index: Index, previous: Previous, tally: Tally, force: bool) -> None:
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
        tally.which.append(DocumentChange(entry.document_id, entry.source, Change.REMOVED))
        if tally.new_texts:
            new = tally.new_texts.pop(_text_hash(previous.document(entry.document_id)), None)
            tally.renamed += [Renamed(entry.document_id, new)] if new is not None else []


def _text_hash(document: Document) -> str:
    return hashlib.sha256(document.text.encode()).hexdigest()
