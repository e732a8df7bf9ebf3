"""Look at the index: is it there, whole and up to date, and is anyone writing to it?

In:  the data folder.
Out: Checks; or the error that says that there is no index, or that it is broken.

Only files are read: Chroma writes to a store that it opens, so it stays out. What takes long is
left to `wegwijs verify`.

Knows nothing of questions or of models.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from ingest import generations, graph
from ingest.changes import new_files
from ingest.errors import EmptyCorpusError, IndexBrokenError, IndexMissingError, StorageError
from ingest.files import shown_name
from ingest.index import counts_agree
from ingest.library import Library
from ingest.previous import FORMAT
from ingest.progress import silent
from ingest.reading import find_files, find_schemes
from ingest.report import Tally
from ingest.schemes import compare_schemes
from ui.doctor.check import Check, Configured, ok, warning, wrong

_AGAIN = "Maak de index opnieuw met: wegwijs ingest"


def generation(configured: Configured) -> list[Check]:
    """Tell what answers, and whether it is of this version of Wegwijs and whole.

    Raises:
        IndexMissingError: If there is no index.
        IndexBrokenError: If it cannot be read.
    """
    name = "Index"
    number = generations.current(configured.data)
    folder = generations.generation_folder(configured.data, number)
    try:
        agree = counts_agree(folder)
    except StorageError:  # a folder that is closed to writing: `ask` opens a copy
        agree = True
    with Library(folder / "library.sqlite") as library:
        settings, is_whole = library.settings(), library.check(thorough=False)
        if not settings.get("recipe", "").startswith(f"{FORMAT}/"):
            found = "De index is met een andere versie van Wegwijs gemaakt."
            return [wrong(name, found, _AGAIN)]
        manifest = library.manifest()
    passages = sum(entry.passages for entry in manifest.values())
    counted = f"Versie {number}: {len(manifest)} documenten, {passages} passages"
    if not agree:
        found = f"{counted}, maar de delen van de index passen niet bij elkaar."
        return [wrong(name, found, _AGAIN)]
    vectors = folder / "vectors"
    if not (is_whole and graph.is_whole(vectors) and _is_sound(vectors / "chroma.sqlite3")):
        return [wrong(name, f"{counted}, maar een bestand is beschadigd.", _AGAIN)]
    made = settings.get("made", "onbekend")
    return [ok(name, f"{counted}, gemaakt op {made}. Alles nakijken: wegwijs verify.")]


def writer(configured: Configured) -> list[Check]:
    """Tell whether another process is writing the index now."""
    name = "Bijwerken van de index"
    holder = generations.holder(configured.data)
    if holder is None:
        return [ok(name, "Niemand werkt de index nu bij.")]
    advice = "Wacht tot dat klaar is voordat je zelf iets inleest."
    return [warning(name, f"Een ander proces{holder} werkt de index nu bij.", advice)]


def documents(configured: Configured) -> list[Check]:
    """Tell whether the files that were ingested are still what the index holds."""
    name = "Documenten"
    try:
        number = generations.current(configured.data)
        folder = generations.generation_folder(configured.data, number)
        with Library(folder / "library.sqlite") as library:
            settings, manifest = library.settings(), library.manifest()
            schemes = library.vocabulary.versions()
    except (IndexMissingError, IndexBrokenError):
        return []  # `generation` says so
    paths = [Path(path) for path in json.loads(settings.get("paths", "[]"))]
    where = ", ".join(map(str, paths))
    tally = Tally()
    try:
        files, lists = find_files(paths), find_schemes(paths)
    except EmptyCorpusError as problem:
        where = problem.file or where
        return [warning(name, f"{where}: {problem.what}", "Zet de documenten terug.")]
    anew = {shown_name(f.file, f.folder) for f in new_files(files, manifest, tally, silent)}
    before = {entry.source for entry in manifest.values()}
    gone = before - {shown_name(file, below) for file, below in files}
    other = compare_schemes(lists, schemes, False, tally)
    counts = (len(anew - before), len(anew & before), len(gone), len(other.new) + len(other.gone))
    if not any(counts):
        return [ok(name, f"De index past bij {where}.")]
    advice = "Werk de index bij met: wegwijs ingest"
    return [warning(name, f"In {where} is {_changes(counts)}.", advice)]


def _changes(counts: Sequence[int]) -> str:
    new, changed, gone, lists = counts
    return f"{new} nieuw, {changed} veranderd, {gone} weg, {lists} begrippenlijst(en) anders"


def _is_sound(file: Path) -> bool:
    """Tell whether SQLite finds a file whole; it is opened for reading only."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as db:
            return bool(db.execute("PRAGMA quick_check").fetchone() == ("ok",))
    except sqlite3.Error:
        return False
