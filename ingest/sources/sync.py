"""Bring the originals that a list names up to date in a folder. Reads downwards.

In:  the list of sources and a folder.
Out: a file per source, named after its id, and a SyncReport.

A file is only ever replaced, in one step, by a whole document of the same kind; whatever else a
site sends, the file that is there stays. What servers said of their versions is remembered
beside the files; without it everything is fetched again.

Knows nothing of the index, of HTTP, or of what makes a document whole.
"""

from __future__ import annotations

from pathlib import Path

from ingest.errors import SourceError
from ingest.sources.fetching import LIMITS, Limits, fetch
from ingest.sources.folder import Memory, digest, find, held, recall, remember, replace
from ingest.sources.listing import Source, read_listing
from ingest.sources.originals import SUFFIXES, check_whole, suffix_of
from ingest.sources.report import SourceResult, Status, SyncReport


def sync(listing: Path, folder: Path, limits: Limits = LIMITS) -> SyncReport:
    """Fetch every listed source that has an address and changed; one that fails stops no other.

    Args:
        listing: The list of sources.
        folder: Where the originals go; it is made if need be.
        limits: How much and how long a source may take.

    Returns:
        How each source fared.

    Raises:
        SourceError: If the list cannot be used, or the folder cannot be written to.
        LockedError: If another process is fetching into the folder.
    """
    sources = read_listing(listing)
    with held(folder):
        memories = recall(folder)
        results = tuple(_bring(source, folder, memories, limits) for source in sources)
    gone = memories.keys() - {source.id for source in sources}
    unlisted = sorted({memories[source_id].file for source_id in gone} - {r.file for r in results})
    return SyncReport(
        str(folder), results, tuple(name for name in unlisted if (folder / name).is_file())
    )


def _bring(
    source: Source, folder: Path, memories: dict[str, Memory], limits: Limits
) -> SourceResult:
    present = find(folder, source.stem, SUFFIXES.values())
    if not source.url:
        return SourceResult(source.id, source.title, "skipped", present)
    status: Status = "unchanged"
    try:
        now = digest((folder / present).read_bytes()) if present else ""
        memory = memories.get(source.id)
        known = memory and (memory.url, memory.file, memory.sha256) == (source.url, present, now)
        reply = fetch(
            source.url,
            memory.conditions if memory and known else None,
            allow_private=source.allow_private,
            limits=limits,
        )
        if reply is not None:
            suffix = suffix_of(reply, source.url, present)
            check_whole(reply, suffix)
            fresh = digest(reply.content)
            name = source.stem + suffix
            if fresh != now:
                replace(folder / name, reply.content)
                status, present = "fetched", name
            memories[source.id] = Memory(source.url, name, fresh, dict(reply.conditions))
            remember(folder, memories)
    except SourceError as problem:
        return SourceResult(
            source.id, source.title, "failed", present, problem.what, problem.advice
        )
    except OSError as problem:
        what = f"Het bestand is niet te bewaren ({problem.strerror or problem})."
        advice = "Kijk of er ruimte is en of je in de map mag schrijven."
        return SourceResult(source.id, source.title, "failed", present, what, advice)
    return SourceResult(source.id, source.title, status, present)
