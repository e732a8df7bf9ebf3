"""Read sets of questions.

In:  YAML files, or folders of them, each a list in the form of `Case` (records.py).
Out: Cases, in order; or an error in Dutch that names file, question and field.

Knows nothing of how they are asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from assistant.evaluation.records import Case
from ingest.errors import UsageError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_SUFFIXES = (".yaml", ".yml")
_LOOK = "Kijk in README.md hoe een vraag eruitziet."
_MEANINGS = {
    "missing": "ontbreekt",
    "unexpected_keyword_argument": "kent Wegwijs niet",
    "string_type": "moet tekst zijn; zet het tussen aanhalingstekens",
    "tuple_type": "moet een lijst zijn",
    "dataclass_type": "moet velden met een naam hebben",
}


def load_cases(paths: Sequence[Path], split: str = "all") -> tuple[Case, ...]:
    """Return the questions of files and folders.

    Args:
        paths: YAML files, and folders that hold them.
        split: "tune" or "test" for one half of the questions, "all" for both.

    Raises:
        UsageError: If a file cannot be read, or a question in it is not well formed.
    """
    cases: dict[str, tuple[Case, Path]] = {}
    for file in _files(paths):
        for case in _read(file):
            if case.id in cases:
                raise UsageError(
                    f"De vraag '{case.id}' staat ook in {cases[case.id][1].name}.",
                    "Geef elke vraag een eigen id.",
                    file=str(file),
                )
            cases[case.id] = (case, file)
    chosen = tuple(case for case, _ in cases.values() if split in {case.split, "all"})
    if not chosen:
        named = ", ".join(path.name for path in paths)
        raise UsageError(f"In {named} staat geen enkele vraag voor '{split}'.", _LOOK)
    return chosen


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.suffix in _SUFFIXES)
        else:
            yield path


def _read(file: Path) -> Iterator[Case]:
    from pydantic import TypeAdapter, ValidationError

    adapter = TypeAdapter(Case)
    for number, row in enumerate(_rows(file), start=1):
        try:
            case = adapter.validate_python(row)
        except ValidationError as problem:
            what = _explained(problem.errors()[0])
            raise _wrong(file, number, row, what) from problem
        if (lack := _says_too_little(case)) is not None:
            raise _wrong(file, number, row, lack)
        yield case


def _rows(file: Path) -> list[Any]:
    try:
        rows = yaml.safe_load(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as problem:
        raise UsageError(
            "Dit bestand bestaat niet.", "Kijk of de naam klopt.", file=str(file)
        ) from problem
    except (OSError, UnicodeDecodeError) as problem:
        raise UsageError(
            "Dit bestand is niet te lezen.", "Geef een YAML-bestand in UTF-8.", file=str(file)
        ) from problem
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        where = f"Regel {mark.line + 1} is" if mark else "Dit bestand is"
        raise UsageError(
            f"{where} geen goede YAML.",
            f"Zet tekst met leestekens tussen aanhalingstekens. {_LOOK}",
            file=str(file),
        ) from problem
    if not isinstance(rows, list):
        raise UsageError("Dit bestand is geen lijst met vragen.", _LOOK, file=str(file))
    return rows


def _explained(error: ErrorDetails) -> str:
    """Return what is wrong with which field, in Dutch."""
    name, *places = error["loc"] or ("de vraag",)
    field = f"'{name}'" + "".join(
        f", nummer {place + 1}" if isinstance(place, int) else f", '{place}'" for place in places
    )
    if expected := error.get("ctx", {}).get("expected"):
        return f"{field} moet een van deze zijn: {expected.replace(' or ', ', ')}"
    return f"{field} {_MEANINGS.get(error['type'], 'klopt niet')}"


def _says_too_little(case: Case) -> str | None:
    if not case.id or not case.question.strip():
        return "'id' of 'question' is leeg"
    if not case.status:
        return "'status' is leeg"
    if any(bool(place.quote) == bool(place.words) for place in case.evidence):
        return "elk stuk 'evidence' heeft of een 'quote', of 'words'"
    if any(not words or not all(word.strip() for word in words) for words in case.facts):
        return "een van de 'facts' is leeg"
    if case.must_answer and not case.facts and not case.evidence:
        return "'facts' en 'evidence' zijn leeg: dan is elk antwoord goed"
    return None


def _wrong(file: Path, number: int, row: object, what: str) -> UsageError:
    name = row.get("id") if isinstance(row, Mapping) else None
    named = f" ('{name}')" if name else ""
    return UsageError(f"Vraag {number}{named} klopt niet: {what}.", _LOOK, file=str(file))
