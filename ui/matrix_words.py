"""Combinations of models beside each other, as Markdown for people and JSON for programs.

In:  Rows of a matrix.
Out: a table; a dictionary.

Knows nothing of how anything was measured.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from assistant.evaluation.figures import figures, waits
from assistant.evaluation.matrix import Combination, Row
from assistant.evaluation.records import Run
from ui.evaluation_words import amount, number

SCHEMA = 1
_SHOWN: Mapping[str, str] = {
    "right": "goed",
    "evidence_hit": "juiste plek",
    "wrong_facts": "fout feit",
    "refusal_recall": "zwijgt waar nodig",
    "needless_refusal": "zwijgt onnodig",
}
_COSTS = ("helft binnen (ms)", "95% binnen (ms)", "geheugen (MB)", "index maken (s)")
_MEANING = (
    "Fout feit en zwijgt onnodig: laag is goed. Geheugen: het meeste dat het proces dat antwoordt "
    "tegelijk gebruikte."
)


def as_markdown(rows: Sequence[Row]) -> str:
    """Return a table with a row for each combination; one that cannot be used says why."""
    heads = ("modellen", *_SHOWN.values(), *_COSTS)
    lines = [_line(heads), _line(["---", *["---:"] * (len(heads) - 1)])]
    problems = []
    for row in rows:
        name = combination_name(row.combination)
        if row.run is None:
            lines.append(_line([name, *["kan niet"], *[""] * (len(heads) - 2)]))
            problems.append(f"- {name}: {row.problem}")
        else:
            lines.append(_line([name, *_cells(row, row.run)]))
    asked = next((len(row.run.outcomes) for row in rows if row.run is not None), 0)
    text = [*lines, "", f"Vragen: {asked}. {_MEANING}"]
    return "\n".join([*text, "", "Kan niet:", *problems] if problems else text)


def as_json(rows: Sequence[Row]) -> dict[str, Any]:
    """Return the rows with all their figures."""
    return {"schema": SCHEMA, "rows": [_row_as_json(row) for row in rows]}


def combination_name(combination: Combination) -> str:
    """Return what a combination is called.

    Example:
        >>> combination_name(Combination("e5", "bge", "ollama:klein"))
        'e5, herordend door bge, verwoord door ollama:klein'
    """
    name = combination.embedding or "ingebouwd"
    reordered = f", herordend door {combination.reranker}" if combination.reranker else ""
    worded = f", verwoord door {_without_key(combination.llm)}" if combination.llm else ""
    return f"{name}{reordered}{worded}"


def _without_key(llm: str) -> str:
    """Return a setting without the part that may hold a key; one with a key is refused."""
    return f"{llm.partition(':')[0]}:…" if "@" in llm or "?" in llm else llm


def _cells(row: Row, run: Run) -> list[str]:
    found = figures(run.outcomes)
    shown = [amount(name, found[name].value) if name in found else "" for name in _SHOWN]
    half, most = waits(run.outcomes)
    memory = number(row.peak / 1e6) if row.peak is not None else "onbekend"
    return [*shown, number(half), number(most), memory, number(row.index_seconds, 1)]


def _line(cells: Sequence[str]) -> str:
    escaped = (cell.replace("|", "\\|").replace("\n", " ") for cell in cells)
    return f"| {' | '.join(escaped)} |"


def _row_as_json(row: Row) -> dict[str, Any]:
    names = asdict(row.combination) | {"llm": _without_key(row.combination.llm)}
    found: dict[str, Any] = {**names, "problem": row.problem}
    if row.run is None:
        return found
    half, most = waits(row.run.outcomes)
    return found | {
        "questions": len(row.run.outcomes),
        "split": row.run.split,
        "today": row.run.today.isoformat(),
        "model": row.run.model,
        "figures": {name: asdict(figure) for name, figure in figures(row.run.outcomes).items()},
        "milliseconds": {"p50": half, "p95": most},
        "peak_bytes": row.peak,
        "index_seconds": row.index_seconds,
    }
