"""Read the list of sources.

In:  a TOML file of [[source]] tables (id, title, url, allow_private).
Out: a Source each, with a file name that is safe and that no other has.

Knows nothing of the web or of what was fetched before.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import SourceError


@dataclass(frozen=True, slots=True)
class Source:
    """One [[source]] of the list; `stem` is the name of its file without suffix."""

    id: str
    title: str
    url: str
    allow_private: bool
    stem: str


def read_listing(listing: Path) -> list[Source]:
    """Return the sources that a list names.

    Raises:
        SourceError: If it is not there or something in it is wrong.
    """
    name = str(listing)
    try:
        tables = tomllib.loads(listing.read_text(encoding="utf-8-sig")).get("source")
    except OSError as problem:
        reason = problem.strerror or problem
        raise SourceError(
            f"De lijst is niet te lezen ({reason}).", "Kijk of de naam klopt.", file=name
        ) from problem
    except ValueError as problem:  # not TOML, or not UTF-8
        where = re.search(r"line (\d+)", str(problem))
        place = f" op regel {where[1]}" if where else ""
        raise SourceError(
            f"De lijst is geen goede TOML{place}.", "Verbeter dat.", file=name
        ) from problem
    if not isinstance(tables, list) or not tables:
        raise SourceError(
            "In de lijst staat geen bron.", "Begin elke bron met een regel [[source]].", file=name
        )
    found: dict[str, Source] = {}
    for number, table in enumerate(tables, start=1):
        source = _source(table)
        if source is None:
            raise SourceError(
                f"Bron {number} in de lijst klopt niet.",
                'Geef hem een id met letters, zoals id = "nota", en schrijf title en url tussen '
                "aanhalingstekens; allow_private is true of false.",
                file=name,
            )
        other = found.setdefault(source.stem.casefold(), source)
        if other is not source:
            raise SourceError(
                f"Bron {number} ('{source.id}') zou hetzelfde bestand krijgen als '{other.id}'.",
                "Geef een van de twee een ander id.",
                file=name,
            )
    return list(found.values())


def _source(table: object) -> Source | None:
    defaults = {"id": "", "title": "", "url": "", "allow_private": False}
    match {**defaults, **table} if isinstance(table, dict) else None:
        case {
            "id": str(name),
            "title": str(title),
            "url": str(url),
            "allow_private": bool(private),
        }:
            # Only letters, digits, hyphens, underscores and dots, and no dot in front.
            stem = re.sub(r"[^\w.-]+", "-", unicodedata.normalize("NFC", name))[:100].strip("-.")
            return Source(name, title or name, url, private, stem) if stem else None
    return None
