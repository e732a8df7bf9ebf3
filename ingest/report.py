"""What an ingest did, for people and for programs.

In:  what the pipeline comes across, document by document.
Out: a Dutch report or JSON.

Knows nothing of how ingest works.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from ingest.errors import FileError


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be taken in, and what to do about it."""

    file: str
    what: str
    advice: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many documents or passages fared how."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.added + other.added,
            self.changed + other.changed,
            self.removed + other.removed,
            self.unchanged + other.unchanged,
        )


@dataclass(frozen=True, slots=True)
class Renamed:
    """A document whose text came back under another id."""

    old: str
    new: str


class Change(StrEnum):
    """How a document or a concept scheme fared."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """A document that is not as it was, and the file that it comes from."""

    document: str
    file: str
    change: Change


@dataclass(frozen=True, slots=True)
class SchemeChange:
    """A concept scheme that is not as it was, and how many concepts it has now."""

    file: str
    change: Change
    concepts: int


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest did, or would do.

    Attributes:
        generation: The generation that answers.
        documents: Documents added, changed, removed and unchanged.
        passages: Passages likewise; one whose words changed is "changed".
        failed: Files that could not be taken in; what they held before stays.
        renamed: Removed documents whose text was added under another id.
        warnings: Dutch sentences on what is in and deserves a look.
        schemes: Concept schemes that are new, changed or gone.
        dry_run: Whether nothing was published.
        recall: Of what an exact search of the vectors finds, the share that the index finds
            (recall.py), as last measured; None when no vector changed.
        which: The documents that are new, changed or gone.
    """

    generation: int
    documents: Counts
    passages: Counts
    failed: tuple[Failure, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    warnings: tuple[str, ...] = ()
    schemes: tuple[SchemeChange, ...] = ()
    dry_run: bool = False
    recall: float | None = None
    which: tuple[DocumentChange, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the report in the form that README.md documents."""
        return asdict(self)

    def as_text(self) -> str:
        """Return the report in Dutch."""
        lines = [_line("Documenten", self.documents), _line("Passages", self.passages)]
        lines += [_SCHEMES[s.change].format(s.file, s.concepts) for s in self.schemes]
        lines += [f"Andere naam: {pair.old} heet nu {pair.new}" for pair in self.renamed]
        if self.failed:
            lines.append(f"Niet gelukt: {len(self.failed)}")
            lines += [f"  {f.file}: {f.what} {f.advice}" for f in self.failed]
        lines += [f"Let op: {warning}" for warning in self.warnings]
        if self.dry_run:
            lines.append("Dit was een proef: er is niets veranderd.")
        else:
            lines.append(f"Klaar. Versie {self.generation} van de index geeft antwoord.")
        return "\n".join(lines)


@dataclass(slots=True)
class Tally:
    """Counts while an ingest runs; the one record here that changes."""

    dry_run: bool = False
    sources: dict[str, str] = field(default_factory=dict)  # document id → its file
    written: list[str] = field(default_factory=list)  # ids of documents that are not as they were
    new_texts: dict[str, str] = field(default_factory=dict)  # hash of text → new document
    failed: list[Failure] = field(default_factory=list)
    renamed: list[Renamed] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    schemes: list[SchemeChange] = field(default_factory=list)
    documents: Counts = field(default_factory=Counts)
    passages: Counts = field(default_factory=Counts)
    recall: float | None = None
    which: list[DocumentChange] = field(default_factory=list)

    @property
    def changes(self) -> int:
        """The number of documents and concept schemes that are not as they were."""
        documents = self.documents.added + self.documents.changed + self.documents.removed
        return documents + len(self.schemes)

    def fail(self, problem: FileError) -> None:
        """Note a file that could not be taken in."""
        self.failed.append(Failure(problem.file or "", problem.what, problem.advice))

    def has_failed(self, source: str) -> bool:
        """Tell whether a file failed, by itself or with the folder that it is in."""
        failed = {failure.file for failure in self.failed}
        parts = source.split("/")
        return any("/".join(parts[:depth]) in failed for depth in range(1, len(parts) + 1))

    def failures_as_text(self) -> str:
        """Return what could not be taken in and why, on one line."""
        return " ".join(f"{f.file}: {f.what} {f.advice}" for f in self.failed)

    def wrote(self, was_in: bool, before: Collection[str] = (), now: Collection[str] = ()) -> None:
        """Count a document that was written, with its passage ids before and now."""
        gone, fresh = len(set(before) - set(now)), len(set(now) - set(before))
        changed = min(gone, fresh)
        self.documents += Counts(changed=1) if was_in else Counts(added=1)
        self.passages += Counts(fresh - changed, changed, gone - changed, len(now) - fresh)

    def kept(self, passages: int) -> None:
        """Count a document that stayed as it was."""
        self.documents += Counts(unchanged=1)
        self.passages += Counts(unchanged=passages)

    def removed(self, passages: int) -> None:
        """Count a document that went."""
        self.documents += Counts(removed=1)
        self.passages += Counts(removed=passages)

    def scheme(self, file: str, change: Change, concepts: int) -> None:
        """Note a concept scheme that is not as it was."""
        self.schemes.append(SchemeChange(file, change, concepts))

    def report(self, generation: int) -> IngestReport:
        """Return the report of an ingest that ended with `generation` answering."""
        return IngestReport(
            generation,
            self.documents,
            self.passages,
            tuple(self.failed),
            tuple(self.renamed),
            tuple(self.warnings),
            tuple(self.schemes),
            self.dry_run,
            self.recall,
            tuple(self.which),
        )


_SCHEMES = {
    Change.ADDED: "Begrippenlijst: {} is nieuw (begrippen: {})",
    Change.CHANGED: "Begrippenlijst: {} is veranderd (begrippen: {})",
    Change.REMOVED: "Begrippenlijst: {} is weg",
}


def _line(name: str, counts: Counts) -> str:
    return (
        f"{name}: {counts.added} nieuw, {counts.changed} veranderd, "
        f"{counts.removed} weg, {counts.unchanged} gelijk"
    )
