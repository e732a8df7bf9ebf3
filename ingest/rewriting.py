"""Write what an index holds to another one: without some of it, or with another model.

In:  an open index, the entries of its manifest to take over, an embedding model.
Out: an index with the same documents and concept schemes, whole and measured.

Knows nothing of generations, or of why.
"""

from __future__ import annotations

from collections.abc import Iterable

from ingest.embedding import Embedder
from ingest.index import Index
from ingest.library import Entry
from ingest.preparing import prepare
from ingest.recall import keep_up
from ingest.writing import batches, write


def rewrite(
    old: Index,
    new: Index,
    entries: Iterable[Entry],
    embedder: Embedder,
    *,
    vectors_from: Index | None = None,
) -> None:
    """Write documents of `old`, and all its concept schemes, to the empty `new`.

    Args:
        old: Where documents are taken from; it does not change.
        new: Where they go.
        entries: Which ones.
        embedder: Embeds what has no vector.
        vectors_from: Where to look for vectors, an index of the same model; None for nowhere.

    Raises:
        IndexBrokenError: If what was written is not whole.
    """
    documents = ((prepare(old.library.document(e.document_id)), e.version) for e in entries)
    for batch in batches(documents):
        write(new, batch, embedder, vectors_from=vectors_from)
    for source, scheme in old.library.vocabulary.versions().items():
        new.library.vocabulary.put(source, scheme, old.library.vocabulary.concepts(source))
    new.validate()
    _, noted = keep_up(new.vectors, {})
    new.library.note(noted)
