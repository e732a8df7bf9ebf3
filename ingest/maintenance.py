"""Look after an index: verify it end to end, take uploads in, forget a document for good.

In:  the data folder, an embedding model.
Out: a report of what was checked or taken in; a new generation without the forgotten document.

Knows nothing of files to ingest or of questions.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ingest import generations
from ingest.analysis import analyse
from ingest.embedding import Embedder
from ingest.errors import DocumentMissingError, EmptyCorpusError, IndexMissingError
from ingest.index import Index
from ingest.library import Library
from ingest.pipeline import ingest
from ingest.progress import Listener, silent
from ingest.recall import describe, measure
from ingest.records import Document, Passage
from ingest.report import IngestReport
from ingest.rewriting import rewrite
from ingest.splitting import split
from ingest.uploads import FORGOTTEN, copy_without, hashed, read_forgotten
from ingest.writing import embedded_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SELF_SIMILARITY = 0.999  # a passage's own vector, stored and made anew
# Passages with the same words may stand above it; boilerplate can have very many.
_NEAR_TOP, _DEEP = 5, 1000


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked, and what is wrong: Dutch sentences.

    Attributes:
        generation: The number of the generation.
        documents: How many documents it holds.
        passages: How many passages.
        problems: What is wrong.
        recall: Of what an exact search of the vectors finds, the share that the index finds
            (recall.py); None where something is wrong.
    """

    generation: int
    documents: int
    passages: int
    problems: tuple[str, ...]
    recall: float | None

    def as_text(self) -> str:
        """Return the verification in Dutch."""
        counted = f"{self.documents} documenten, {self.passages} passages"
        if self.recall is not None:
            verdict = f"Versie {self.generation} van de index klopt ({counted})."
            return f"{verdict}\n{describe(self.recall)}"
        lines = [f"Versie {self.generation} van de index klopt niet ({counted}):"]
        lines += [f"  {problem}" for problem in self.problems]
        return "\n".join([*lines, "Maak de index opnieuw: wegwijs ingest, of ga terug: rollback."])


def verify(data: Path, embedder: Embedder) -> Verification:
    """Check the generation that answers: counts, offsets, files, and that every passage is found.

    Raises:
        IndexMissingError: If there is no index.
        IndexBrokenError: If it cannot be opened.
    """
    number = generations.current(data)
    with Index.open(generations.generation_folder(data, number)) as index:
        manifest = index.library.manifest()
        passages = sum(entry.passages for entry in manifest.values())
        problems = [*_counts(index, passages)]
        for document_id in manifest:
            document = index.library.document(document_id)
            stored = index.library.passages_of(document_id)
            problems += _offsets(document, stored)
            problems += _retrieval(index, stored, embedder)
        recall = None if problems else measure(index.vectors)
        return Verification(number, len(manifest), passages, tuple(problems), recall)


def update(
    data: Path,
    added: Path,
    embedder: Embedder,
    *,
    dry_run: bool = False,
    listener: Listener = silent,
) -> IngestReport:
    """Take a folder of uploads in, beside what the index was made from.

    Raises:
        EmptyCorpusError: If a folder that the index was made from is gone.
        WegwijsError: As `ingest`.
    """
    try:
        folder = generations.generation_folder(data, generations.current(data))
        with Library(folder / "library.sqlite") as library:
            paths = [Path(path) for path in json.loads(library.settings().get("paths", "[]"))]
    except IndexMissingError:
        paths = []
    if not all(path.exists() for path in paths):
        raise EmptyCorpusError(
            "Een map waar deze bronnen uit komen is er niet meer.",
            "Vraag wie Wegwijs beheert om de bronnen opnieuw in te lezen met: wegwijs ingest",
        )
    return ingest(paths, data, embedder, added=added, dry_run=dry_run, listener=listener)


def forget(data: Path, document_id: str, embedder: Embedder) -> int:
    """Make the index anew without a document; take other generations and evaluations away.

    Deleting rows would leave its words and vectors in the bytes of the files, so the
    generation is written from the documents that stay; their vectors are kept.

    Returns:
        The number of the generation that answers now.

    Raises:
        DocumentMissingError: If no generation holds the document.
        LockedError: If another process is writing.
    """
    with generations.writer_lock(data), generations.building(data) as folder:
        sources = _sources(data, document_id)
        if not sources:
            raise DocumentMissingError(
                f"Het document '{document_id}' staat niet in de index.",
                "Kijk met 'wegwijs status' welke documenten er wel in staan.",
            )
        current = generations.generation_folder(data, generations.current(data))
        with Index.open(current) as old, Index.create(folder) as new:
            manifest = old.library.manifest()
            staying = [entry for entry in manifest.values() if entry.document_id != document_id]
            settings = old.library.settings()
            forgotten = read_forgotten(settings) | {hashed(source) for source in sources}
            new.library.note({**settings, FORGOTTEN: json.dumps(sorted(forgotten))})
            copy_without(current, folder, sources)
            rewrite(old, new, staying, embedder, vectors_from=old)
        number = generations.publish(data, folder, keep_previous=False)
        if (evaluations := data / generations.EVALUATIONS).exists():
            shutil.rmtree(evaluations)  # they quote the documents that were asked about
        return number


def _sources(data: Path, document_id: str) -> set[str]:
    """Return the files that any generation has the document from."""
    found = set()
    for number in generations.numbers(data):
        with Library(generations.generation_folder(data, number) / "library.sqlite") as library:
            entry = library.manifest().get(document_id)
            found |= {entry.source} if entry is not None else set()
    return found


def _counts(index: Index, passages: int) -> Iterator[str]:
    if not index.library.check():
        yield "Het bestand met de documenten is beschadigd."
    if not index.vectors.check():
        yield "Het bestand met de vectoren is beschadigd."
    for name, count in (("zoekindex", index.lexical.count()), ("vectoren", index.vectors.count())):
        if count != passages:
            yield f"De {name} hebben {count} passages in plaats van {passages}."


def _offsets(document: Document, stored: list[Passage]) -> Iterator[str]:
    expected = split(document)
    if [(p.id, p.start, p.end) for p in stored] != [(p.id, p.start, p.end) for p in expected]:
        yield f"{document.id}: de passages staan niet op de plaats waar ze horen."
    if any(document.text[p.start : p.end] != p.text for p in stored):
        yield f"{document.id}: een passage is anders dan de tekst."


def _retrieval(index: Index, stored: list[Passage], embedder: Embedder) -> Iterator[str]:
    vectors = embedder.embed_passages([embedded_text(passage) for passage in stored])
    for passage, vector in zip(stored, vectors, strict=True):
        where = f"{passage.document_id}, tekens {passage.start}-{passage.end}"
        if vector.any() and not _found_by_vector(index, passage, vector):
            yield f"{where}: de vector van deze passage is niet terug te vinden."
        if not _found_by_words(index, passage):
            yield f"{where}: deze passage is niet terug te vinden op haar eigen woorden."


def _found_by_vector(index: Index, passage: Passage, vector: NDArray[np.float32]) -> bool:
    return any(
        dict(index.vectors.search(vector, limit)).get(passage.id, 0.0) >= _SELF_SIMILARITY
        for limit in (_NEAR_TOP, _DEEP)
    )


def _found_by_words(index: Index, passage: Passage) -> bool:
    """Tell whether its rarest word leads to a passage: a common one leads to any."""
    terms = analyse(passage.text)
    if not terms:
        return True
    rarest = min(terms, key=index.lexical.passage_frequency)
    common = index.lexical.passage_frequency(rarest) > _DEEP
    hits = index.lexical.search(terms if common else [rarest], _DEEP)
    return passage.id in (hit for hit, _ in hits)
