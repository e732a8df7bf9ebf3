"""What a sync of the sources did, for people and for programs.

In:  how each source fared.
Out: a Dutch report or JSON.

Knows nothing of the web or of how a source is fetched.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Status = Literal["fetched", "unchanged", "failed", "skipped"]


@dataclass(frozen=True, slots=True)
class SourceResult:
    """How one source fared; `file` is the file that is there now, if any."""

    id: str
    title: str
    status: Status
    file: str | None = None
    what: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True)
class SyncReport:
    """How every source of the list fared, in the order of the list.

    Attributes:
        folder: Where the originals are.
        sources: One result a source.
        unlisted: Files fetched before whose source is no longer listed; they stay.
    """

    folder: str
    sources: tuple[SourceResult, ...]
    unlisted: tuple[str, ...] = ()

    @property
    def failed(self) -> tuple[SourceResult, ...]:
        """The sources that could not be fetched; what was there stays."""
        return self._having("failed")

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain data."""
        return asdict(self)

    def as_text(self) -> str:
        """Return the report in Dutch."""
        fetched, skipped = self._having("fetched"), self._having("skipped")
        lines = [
            f"Bronnen: {len(fetched)} opgehaald, {len(self._having('unchanged'))} gelijk, "
            f"{len(self.failed)} niet gelukt, {len(skipped)} zonder adres"
        ]
        lines += [f"  {result.id}: opgehaald als {result.file}" for result in fetched]
        for result in self.failed:
            stays = f" {result.file} blijft zoals het was." if result.file else ""
            lines.append(f"  {result.id}: {result.what}{stays} {result.advice}")
        lines += [f"  {result.id}: overgeslagen, er staat geen url bij." for result in skipped]
        lines += [
            f"  {name} staat niet meer in de lijst. Haal het weg als het niet meer mee moet doen."
            for name in self.unlisted
        ]
        return "\n".join(lines)

    def _having(self, status: Status) -> tuple[SourceResult, ...]:
        return tuple(result for result in self.sources if result.status == status)
