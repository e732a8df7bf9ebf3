"""Look at everything, each thing in a process of its own.

In:  what the user chose.
Out: all Checks, in a fixed order.

A check that fails, hangs or dies costs its own line alone. A few run at a time.

Knows nothing of what any one of them looks at.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from ingest.apart import run_apart
from ingest.errors import WegwijsError
from ui.doctor import files, index, llm, machine, models, software
from ui.doctor.check import Check, Configured, wrong

_QUICK, _LOADING = 60, 180  # seconds; a large model takes long to load


@dataclass(frozen=True, slots=True)
class Examination:
    """Something to look at.

    Attributes:
        name: What it is called where it cannot be looked at.
        look: Looks, and may raise.
        seconds: How long that may take.
    """

    name: str
    look: Callable[[Configured], list[Check]]
    seconds: float = _QUICK


EXAMINATIONS = (
    Examination("Python", software.python),
    Examination("Pakketten", software.packages),
    Examination("Instellingen", software.settings),
    Examination("Ingebouwd taalmodel", models.embedded),
    Examination("Taalmodel voor zoeken", models.embedding, _LOADING),
    Examination("Herordeningsmodel", models.reranker, _LOADING),
    Examination("Taalmodel voor antwoorden", llm.answering, _LOADING),
    Examination("Taalmodel dat beoordeelt", llm.judging, _LOADING),
    Examination("Map met gegevens", machine.folder),
    Examination("Ruimte op de schijf", machine.disk),
    Examination("Index", index.generation),
    Examination("Bijwerken van de index", index.writer),
    Examination("Documenten", index.documents),
    Examination("Begrippenlijsten", files.concepts),
    Examination("Oordelen over antwoorden", files.judgements),
    Examination("Gebruikers", files.users),
    Examination("Vragen om mee te meten", files.questions),
    Examination("Poort van de app", machine.port),
)


def examine(
    configured: Configured, examinations: Sequence[Examination] = EXAMINATIONS
) -> list[Check]:
    """Return what was found, in the order of `examinations`."""
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        found = pool.map(lambda one: _look(one, configured), examinations)
        return [check for checks in found for check in checks]


def _look(examination: Examination, configured: Configured) -> list[Check]:
    try:
        return run_apart(examination.look, configured, seconds=examination.seconds).value
    except WegwijsError as problem:
        where = f"{problem.file}: " if problem.file else ""
        return [wrong(examination.name, f"{where}{problem.what}", problem.advice)]
