"""Keep runs as JSON.

In:  a Run; a file, or the data folder.
Out: the same Run; for programs also its figures and the values of every question.

Knows nothing of how runs are made or compared.
"""

from __future__ import annotations

import json
from dataclasses import asdict
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
    return _read(max(stored, key=lambda file: (file.stem[:19], len(file.stem), file.stem)))


def _stored(data: Path) -> list[Path]:
    folder = data / EVALUATIONS
    return list(folder.glob("*.json")) if folder.is_dir() else []


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
