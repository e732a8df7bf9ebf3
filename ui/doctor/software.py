"""Look at Python, the packages and the names of the settings.

In:  this interpreter, pyproject.toml or what was noted at the installation, the environment.
Out: Checks.

Knows nothing of what a package is used for.
"""

from __future__ import annotations

import os
import platform
import tomllib
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from ui.doctor.check import Check, Configured, ok, warning, wrong

_PROJECT = Path(__file__).parents[2] / "pyproject.toml"
_NAME = "wegwijs"
_INSTALL = "Doe in de map van Wegwijs: make setup. Of installeer Wegwijs opnieuw."
SETTINGS = frozenset({
    "WEGWIJS_DATA", "WEGWIJS_EMBEDDING", "WEGWIJS_JUDGE", "WEGWIJS_JUDGE_CONTEXT",
    "WEGWIJS_JUDGE_KEY", "WEGWIJS_JUDGE_KEY_FILE", "WEGWIJS_JUDGE_SECONDS", "WEGWIJS_LLM",
    "WEGWIJS_LLM_CONTEXT", "WEGWIJS_LLM_FOR", "WEGWIJS_LLM_KEY", "WEGWIJS_LLM_KEY_FILE",
    "WEGWIJS_LLM_SECONDS", "WEGWIJS_LOG_QUESTIONS", "WEGWIJS_RERANKER",
})  # fmt: skip


def python(_: Configured) -> list[Check]:
    """Tell whether this Python is new enough."""
    from packaging.specifiers import SpecifierSet

    found, asked = platform.python_version(), _asked()[0]
    if SpecifierSet(asked).contains(found, prereleases=True):
        return [ok("Python", f"Versie {found} (nodig: {asked}).")]
    advice = "Installeer een nieuwere Python en daarna Wegwijs opnieuw."
    return [wrong("Python", f"Versie {found} is te oud (nodig: {asked}).", advice)]


def packages(_: Configured) -> list[Check]:
    """Tell which packages are missing or of a version that was not asked for."""
    asked = _asked()[1]
    problems = [problem for line in asked if (problem := _problem(line))]
    if problems:
        return [wrong("Pakketten", f"Niet zoals gevraagd: {'; '.join(problems)}.", _INSTALL)]
    return [ok("Pakketten", f"Alle {len(asked)} pakketten hebben een goede versie.")]


def settings(_: Configured) -> list[Check]:
    """Tell which settings are there, without what they hold: that may be a secret."""
    given = sorted(name for name, value in os.environ.items() if _is_ours(name) and value)
    if unknown := [name for name in given if name not in SETTINGS]:
        known = ", ".join(sorted(SETTINGS))
        found = f"Wegwijs kent deze instelling niet: {', '.join(unknown)}."
        return [warning("Instellingen", found, f"Kijk of de naam klopt. Bekend zijn: {known}.")]
    named = f"Ingesteld: {', '.join(given)}." if given else "Er is niets ingesteld."
    return [ok("Instellingen", named)]


def _is_ours(name: str) -> bool:
    return name.upper().startswith("WEGWIJS_")


def _asked() -> tuple[str, tuple[str, ...]]:
    """Return which Python and which packages are asked for; a clone's own file knows best."""
    if _PROJECT.is_file():
        project = tomllib.loads(_PROJECT.read_text(encoding="utf-8")).get("project", {})
        if project.get("name") == _NAME:
            return project["requires-python"], tuple(project["dependencies"])
    asked = metadata.metadata(_NAME)["Requires-Python"]
    return asked, tuple(_always(metadata.requires(_NAME) or ()))


def _always(lines: Iterable[str]) -> Iterable[str]:
    """Yield the packages that are needed here and by no extra."""
    from packaging.requirements import Requirement

    for line in lines:
        marker = Requirement(line).marker
        if marker is None or marker.evaluate({"extra": ""}):
            yield line


def _problem(line: str) -> str:
    from packaging.requirements import Requirement

    asked = Requirement(line)
    try:
        found = metadata.version(asked.name)
    except metadata.PackageNotFoundError:
        return f"{asked.name} ontbreekt"
    if asked.specifier.contains(found, prereleases=True):
        return ""
    return f"{asked.name} is {found} (nodig: {asked.specifier})"
