"""Look at the files beside the index: judgements, users, concept schemes, sets of questions.

In:  the data folder; the folders that were ingested; the shipped questions.
Out: Checks.

Knows nothing of what the files are used for.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from ingest import generations
from ingest.errors import (
    EmptyCorpusError,
    FileError,
    IndexBrokenError,
    IndexMissingError,
    UsersError,
)
from ingest.files import shown_name
from ingest.library import Library
from ingest.reading import find_schemes, read_scheme
from ui import accounts
from ui.doctor.check import Check, Configured, ok, warning, wrong
from ui.feedback import FILE

_CORPUS = Path("corpus")
_QUESTIONS = Path(__file__).parents[2] / "tests" / "questions" / "corpus"


def judgements(configured: Configured) -> list[Check]:
    """Tell whether the file with what people thought of answers is whole."""
    name, file = "Oordelen over antwoorden", configured.data / FILE
    if not file.exists():
        return [ok(name, "Er zijn nog geen oordelen bewaard.")]
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as db:
            is_whole = db.execute("PRAGMA quick_check").fetchone() == ("ok",)
            count = db.execute("SELECT count(*) FROM judgement").fetchone()[0]
    except sqlite3.Error:
        is_whole = False
    if not is_whole:
        advice = "Geef dit bestand een andere naam; Wegwijs maakt dan een nieuw."
        return [wrong(name, f"Het bestand '{file}' is beschadigd.", advice)]
    return [ok(name, f"{count} bewaard in '{file}'.")]


def users(configured: Configured) -> list[Check]:
    """Tell whether the file of users can be read, by its owner alone; it names none of them."""
    name, file = "Gebruikers", configured.data / accounts.FILE
    if not file.exists():
        return [ok(name, "Er zijn geen gebruikers: de app is er voor deze computer.")]
    try:
        count = len(accounts.Accounts(configured.data).all())
    except UsersError as problem:
        return [wrong(name, f"{problem.what} ({file})", problem.advice)]
    if os.name == "posix" and file.stat().st_mode & 0o077:
        found = f"Ook anderen op deze computer kunnen bij '{file}'."
        return [warning(name, found, f"Maak het alleen van jou: chmod 600 '{file}'")]
    return [ok(name, f"{count} in '{file}'.")]


def concepts(configured: Configured) -> list[Check]:
    """Tell whether every concept scheme beside the documents can be read."""
    name = "Begrippenlijsten"
    try:
        found = find_schemes(_ingested(configured.data))
    except EmptyCorpusError as problem:
        return [warning(name, problem.what, problem.advice)]
    checks, total = [], 0
    for file, folder in found:
        try:
            total += len(read_scheme(file, folder))
        except FileError as problem:
            found_in = f"{shown_name(file, folder)}: {problem.what}"
            checks.append(wrong(name, found_in, problem.advice))
    return checks or [ok(name, f"{len(found)} gevonden, met {total} begrippen.")]


def questions(_: Configured) -> list[Check]:
    """Tell whether the shipped questions with known answers can be read.

    Raises:
        UsageError: If one of their files cannot.
    """
    from assistant.evaluation.questions import load_cases

    name = "Vragen om mee te meten"
    if not _QUESTIONS.is_dir():
        return [ok(name, "Er zijn geen vragen meegeleverd.")]
    return [ok(name, f"{len(load_cases([_QUESTIONS]))} vragen zijn goed te lezen.")]


def _ingested(data: Path) -> list[Path]:
    """Return the folders that the index was made from, or those that a first one would be."""
    try:
        folder = generations.generation_folder(data, generations.current(data))
        with Library(folder / "library.sqlite") as library:
            return [Path(path) for path in json.loads(library.settings().get("paths", "[]"))]
    except (IndexMissingError, IndexBrokenError):
        return [_CORPUS] if _CORPUS.is_dir() else []
