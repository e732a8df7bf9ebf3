"""Write documents to the parts of an open index, which always hold the same passages.

In:  documents with their passages; an embedding model.
Out: the library, the lexical index and the vectors changed together.

A passage that is in keeps its vector, and so does a new one whose text is in under another
name: only text that the index has never seen is embedded.

Knows nothing of files, manifests or generations.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from ingest.embedding import Embedder
from ingest.index import Index
from ingest.milestones import find_milestones
from ingest.records import Document, Passage
from ingest.splitting import split

if TYPE_CHECKING:
    from numpy.typing import NDArray

Entry = tuple[Document, Sequence[Passage], str]
_BATCH = 4000  # passages written at a time: bounds memory, changes no result


def batches(documents: Iterable[tuple[Document, str]]) -> Iterator[list[Entry]]:
    """Split documents, given with their versions, into batches of bounded size."""
    batch: list[Entry] = []
    size = 0
    for document, version in documents:
        passages = split(document)
        batch.append((document, passages, version))
        size += len(passages)
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
        batch: Documents with their passages and versions.
        embedder: Embeds what has no vector yet.
        vectors_from: Where to look for vectors; the index itself when left out.
    """
    fresh: list[tuple[Passage, str]] = []
    gone: list[str] = []
    for document, passages, _ in batch:
        old = index.library.passage_ids(document.id)
        fresh += [(passage, document.title) for passage in passages if passage.id not in old]
        gone += sorted(old - {passage.id for passage in passages})
    vectors = _vectors(vectors_from or index, [passage for passage, _ in fresh], embedder)
    for document, passages, version in batch:
        keys = [_key(passage) for passage in passages]
        index.library.put(document, passages, keys, find_milestones(document), version)
    index.vectors.update(added=[p.id for p, _ in fresh], vectors=vectors, removed=gone)
    index.lexical.update(added=fresh, removed=gone)


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


def _vectors(index: Index, passages: Sequence[Passage], embedder: Embedder) -> NDArray[np.float32]:
    """Return the vectors of passages, shape (len(passages), dimension), embedding the unseen."""
    known = index.library.passages_with_keys({_key(passage) for passage in passages})
    unseen = [passage for passage in passages if _key(passage) not in known]
    vectors = dict(
        zip(
            map(_key, unseen),
            embedder.embed_passages([embedded_text(p) for p in unseen]),
            strict=True,
        )
    )
    if known:
        kept = index.vectors.get(list(known.values()))
        vectors.update(zip(known, kept, strict=True))
    if not passages:
        return embedder.embed_passages([])
    return np.stack([vectors[_key(passage)] for passage in passages])
