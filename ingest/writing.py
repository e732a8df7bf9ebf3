"""Write documents to the parts of an open index, which always hold the same passages.

In:  prepared documents; an embedding model.
Out: the library, the lexical index and the vectors changed together.

A passage that is in keeps its vector, and so does a new one whose text is in under another
name: only text that the index has never seen is embedded.

Knows nothing of files, manifests or generations.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from ingest.duplicates import sketch
from ingest.embedding import Embedder
from ingest.index import Index
from ingest.lexical import Fields
from ingest.library import Contents
from ingest.milestones import find_milestones
from ingest.preparing import Prepared
from ingest.records import Passage

if TYPE_CHECKING:
    from numpy.typing import NDArray

Entry = tuple[Prepared, str]  # with the version that the manifest will hold
_BATCH = 1000  # passages written at a time: bounds memory, changes no result


def batches(documents: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Put documents into batches of bounded size."""
    batch: list[Entry] = []
    size = 0
    for prepared, version in documents:
        batch.append((prepared, version))
        size += len(prepared.passages)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def write(
    index: Index, batch: Sequence[Entry], embedder: Embedder, *, vectors_from: Index | None = None
) -> None:
    """Put documents in the place of what the index had of them.

    Args:
        index: The index to write to.
        batch: Documents with their versions.
        embedder: Embeds what has no vector yet.
        vectors_from: Where to look for vectors; the index itself when left out.
    """
    fresh: list[tuple[Passage, Fields]] = []
    keys: dict[str, str] = {}
    gone: list[str] = []
    for prepared, _ in batch:
        old = index.library.passage_ids(prepared.document.id)
        pairs = zip(prepared.passages, prepared.fields, strict=True)
        fresh += [(passage, fields) for passage, fields in pairs if passage.id not in old]
        gone += sorted(old - {passage.id for passage in prepared.passages})
        keys |= {passage.id: _key(passage) for passage in prepared.passages}
    embedded = [(keys[passage.id], passage) for passage, _ in fresh]
    vectors = _vectors(vectors_from or index, embedded, embedder)
    for prepared, version in batch:
        index.library.put(_contents(prepared, keys), version)
    # Words first: tantivy works on beside, also while Chroma holds on to the interpreter.
    index.lexical.update(added=[fields for _, fields in fresh], removed=gone)
    index.vectors.update(added=[p.id for p, _ in fresh], vectors=vectors, removed=gone)


def _contents(prepared: Prepared, keys: Mapping[str, str]) -> Contents:
    document = prepared.document
    return Contents(
        document,
        prepared.passages,
        [keys[passage.id] for passage in prepared.passages],
        find_milestones(document),
        prepared.facts,
        sketch(document.text),
    )


def remove(index: Index, document_ids: Iterable[str]) -> None:
    """Take documents out; an unknown id does nothing."""
    gone: list[str] = []
    for document_id in document_ids:
        gone += sorted(index.library.passage_ids(document_id))
        index.library.remove(document_id)
    if gone:
        index.vectors.remove(gone)
        index.lexical.update(added=[], removed=gone)


def embedded_text(passage: Passage) -> str:
    """Return what is embedded of a passage: its headings, which say what it is about, and text."""
    return " ".join((*passage.headings, passage.text))


def _key(passage: Passage) -> str:
    return hashlib.blake2b(embedded_text(passage).encode(), digest_size=12).hexdigest()


def _vectors(
    index: Index, passages: Sequence[tuple[str, Passage]], embedder: Embedder
) -> NDArray[np.float32]:
    """Return the vectors of passages, each with its key, in their order; embed the unseen."""
    known = index.library.passages_with_keys({key for key, _ in passages})
    unseen = {key: passage for key, passage in passages if key not in known}
    found = embedder.embed_passages([embedded_text(passage) for passage in unseen.values()])
    if not known and len(unseen) == len(passages):
        return found  # all new and all different: already in order
    vectors = dict(zip(unseen, found, strict=True))
    if known:
        vectors.update(zip(known, index.vectors.get(list(known.values())), strict=True))
    return np.stack([vectors[key] for key, _ in passages])
