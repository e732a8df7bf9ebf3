"""Read questions in batches from a JSONL file.

In:  a file with one JSON object a line, in the form that README.md documents.
Out: the questions, in order; or an error that names the line, before any is answered.

Knows nothing of answers.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ingest.errors import UsageError


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of a batch."""

    id: object
    text: str
    today: date | None = None
    history: tuple[str, ...] = ()


def read_questions(file: Path) -> list[Asked]:
    """Return the lines `{"id", "question", "today"?, "history"?}` of a file.

    Raises:
        UsageError: If the file or a line is not readable.
    """
    return [_question(row, number, file) for number, row in _rows(file)]


def read_queries(file: Path) -> list[Asked]:
    """Return the lines `{"id", "query"}` of a file.

    Raises:
        UsageError: If the file or a line is not readable.
    """
    return [Asked(row.get("id"), _text(row, "query", n, file)) for n, row in _rows(file)]


def _rows(file: Path) -> list[tuple[int, dict[str, Any]]]:
    try:
        # Only "\n" parts lines: JSON may hold other line breaks, such as U+2028, as they are.
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except FileNotFoundError as problem:
        raise UsageError(
            "Dit bestand bestaat niet.", "Kijk of de naam klopt.", file=str(file)
        ) from problem
    except (OSError, UnicodeDecodeError) as problem:
        raise UsageError(
            "Dit bestand is niet te lezen.", "Geef een JSONL-bestand in UTF-8.", file=str(file)
        ) from problem
    rows = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as problem:
            raise _wrong(file, number, "is geen JSON") from problem
        if not isinstance(row, dict):
            raise _wrong(file, number, "is geen JSON-object")
        rows.append((number, row))
    return rows


def _question(row: dict[str, Any], number: int, file: Path) -> Asked:
    try:
        today = date.fromisoformat(row["today"]) if row.get("today") else None
        history = tuple(
            _text(message, "content", number, file)
            for message in row.get("history") or ()
            if message.get("role") == "user"
        )
    except (ValueError, TypeError, KeyError, AttributeError) as problem:
        raise _wrong(file, number, "heeft een 'today' of 'history' die niet klopt") from problem
    return Asked(row.get("id"), _text(row, "question", number, file), today, history)


def _text(row: dict[str, Any], name: str, number: int, file: Path) -> str:
    text = row.get(name)
    if not isinstance(text, str):
        raise _wrong(file, number, f"mist '{name}'")
    return text


def _wrong(file: Path, number: int, what: str) -> UsageError:
    return UsageError(
        f"Regel {number} {what}.",
        "Schrijf elke regel zoals README.md het laat zien.",
        file=str(file),
    )
