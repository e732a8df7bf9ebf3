"""Keep runs as JSON.

In:  a Run; a file, or the data folder.
Out: the same Run; for programs also its figures and the values of every question; a list of
     what is kept.

Knows nothing of how runs are made or compared.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.evaluation.agreement import agreement
from assistant.evaluation.figures import Figures, figures, grouped
from assistant.evaluation.metrics import values_of
from assistant.evaluation.records import Run
from ingest import storage
from ingest.errors import StorageError, UsageError
from ingest.generations import EVALUATIONS

# Raise it when a Run stored earlier can no longer be read.
SCHEMA = 1
PREVIOUS = "vorige"


@dataclass(frozen=True, slots=True)
class Stored:
    """A run in the data folder, in short.

    Attributes:
        name: Of its file, without the suffix.
        made: When it was made.
        questions: What its set is called, "" where that was not kept.
        count: How many questions; 0 where the file cannot be read.
        right: The share that was answered right.
    """

    name: str
    made: datetime
    questions: str
    count: int
    right: float


def as_json(run: Run) -> dict[str, Any]:
    """Return a run with its figures, as values that JSON has.

    What `load` reads is the run; "figures" and each outcome's "values" are made from it.
    """
    from pydantic import TypeAdapter

    stored: dict[str, Any] = TypeAdapter(Run).dump_python(run, mode="json")
    outcomes = stored.pop("outcomes")
    for row, outcome in zip(outcomes, run.outcomes, strict=True):
        row["values"] = values_of(outcome)
    groups = grouped(run.outcomes)
    return {
        "schema": SCHEMA,
        **stored,
        "figures": {
            "all": _plain(figures(run.outcomes)),
            **{
                name: {group: _plain(found) for group, found in members.items()}
                for name, members in groups.items()
            },
        },
        **({"agreement": asdict(agreement(run.outcomes))} if run.judge else {}),
        "outcomes": outcomes,
    }


def save(run: Run, file: Path) -> None:
    """Write a run to a file.

    Raises:
        StorageError: If that cannot be.
    """
    text = json.dumps(as_json(run), ensure_ascii=False, indent=1)
    write_text(file, f"{text}\n")


def write_text(file: Path, text: str) -> None:
    """Write a file, making its folder.

    Raises:
        StorageError: If that cannot be.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise StorageError(
            f"Dit bestand kan niet worden geschreven ({problem.strerror or problem}).",
            "Kies een andere plaats, of maak ruimte vrij als de schijf vol is.",
            file=str(file),
        ) from problem


def save_in(run: Run, data: Path) -> Path:
    """Write a run to a new file in the data folder and return the file.

    Raises:
        StorageError: If that cannot be.
    """
    name = run.made.strftime("%Y-%m-%dT%H-%M-%S")
    taken = {file.stem for file in _stored(data)}
    same = [name, *(f"{name}-{number}" for number in range(2, len(taken) + 3))]
    file = data / EVALUATIONS / f"{next(n for n in same if n not in taken)}.json"
    save(run, file)
    return file


def load(name: str, data: Path) -> Run:
    """Return a stored run.

    Args:
        name: A file, or `PREVIOUS` for the last one in the data folder.
        data: The data folder.

    Raises:
        UsageError: If there is none, or it cannot be read.
    """
    if name != PREVIOUS:
        return _read(Path(name))
    stored = _stored(data)
    if not stored:
        raise UsageError(
            f"Er is nog geen eerdere meting in '{data / EVALUATIONS}'.",
            "Doe eerst 'wegwijs evaluate', of geef een bestand dat --json heeft gemaakt.",
        )
    return _read(stored[-1])


def listed(data: Path, most: int) -> tuple[Stored, ...]:
    """Return the last runs in the data folder, `most` at most, the newest first."""
    newest = _stored(data)[: -most - 1 : -1]
    return tuple(_in_short(file, file.stat().st_mtime_ns) for file in newest)


@lru_cache(maxsize=256)
def _in_short(file: Path, changed: int) -> Stored:
    # A run is some megabytes: one that did not change is not read again.
    made = datetime.fromtimestamp(changed / 1e9, tz=UTC)
    try:
        run = json.loads(file.read_text(encoding="utf-8"))
        found = run["figures"]["all"]["right"]
        return Stored(
            file.stem,
            datetime.fromisoformat(run["made"]),
            run.get("questions", ""),
            found["count"],
            found["value"],
        )
    except (OSError, ValueError, KeyError, TypeError):
        return Stored(file.stem, made, "", 0, 0.0)


def file_of(name: str, data: Path) -> Path:
    """Return the file of a run in the data folder.

    Raises:
        UsageError: If there is none of this name.
    """
    for file in _stored(data):
        if file.stem == name:
            return file
    raise UsageError("Deze meting is er niet meer.", "Kies een andere meting.")


def _stored(data: Path) -> list[Path]:
    """Return the files of runs in the data folder, in the order in which they were made."""
    folder = data / EVALUATIONS
    files = folder.glob("*.json") if folder.is_dir() else ()
    return sorted(files, key=lambda file: (file.stem[:19], len(file.stem), file.stem))


def _read(file: Path) -> Run:
    from pydantic import TypeAdapter, ValidationError

    advice = "Geef een bestand dat 'wegwijs evaluate --json' heeft gemaakt."
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
        if stored["schema"] != SCHEMA:
            raise UsageError(
                "Deze meting is van een andere versie van Wegwijs.",
                "Maak een nieuwe met 'wegwijs evaluate'.",
                file=str(file),
            )
        return TypeAdapter(Run).validate_python(stored)
    except FileNotFoundError as problem:
        raise UsageError("Dit bestand bestaat niet.", advice, file=str(file)) from problem
    except OSError as problem:
        what, _ = storage.reason(problem)
        raise UsageError(what, advice, file=str(file)) from problem
    except (ValueError, KeyError, TypeError, ValidationError) as problem:
        raise UsageError("Dit is geen meting.", advice, file=str(file)) from problem


def _plain(found: Figures) -> dict[str, dict[str, float]]:
    return {name: asdict(figure) for name, figure in found.items()}
