"""Prepare a document for the index: all that needs no index, no model and no other document.

In:  a Document, or a file that holds one.
Out: the document with its passages, their words for the lexical index, and its facts.

This is most of the work of an ingest, so it is done where files are parsed: in processes of
their own, one a core. Nothing here may need numpy, which those go without.

Knows nothing of vectors, storage or what was in the index before.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from ingest import reading
from ingest.errors import FileError
from ingest.facts import Fact, find_facts
from ingest.lexical import Fields, fields_of
from ingest.records import Document, Passage
from ingest.sandbox import read_all
from ingest.splitting import split


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document, ready to be embedded and written.

    Attributes:
        document: The document.
        passages: Its passages, in order.
        fields: For each passage, what the lexical index holds of it.
        facts: Its facts.
    """

    document: Document
    passages: tuple[Passage, ...]
    fields: tuple[Fields, ...]
    facts: tuple[Fact, ...]


def prepare(document: Document) -> Prepared:
    """Prepare one document."""
    passages = tuple(split(document))
    fields = tuple(fields_of(passage, document.title) for passage in passages)
    return Prepared(document, passages, fields, tuple(find_facts(document)))


def read_document(file: Path, folder: Path) -> Prepared:
    """Read and prepare one file; a worker calls this.

    Raises:
        FileError: If the file cannot be read.
    """
    return prepare(reading.read_document(file, folder))


def prepare_all(
    files: Sequence[tuple[Path, Path]],
) -> Generator[Prepared | FileError]:
    """Yield what each file holds, prepared, or why it cannot be read; see `sandbox.read_all`."""
    outcomes = read_all(files, readers=__name__)
    # Workers give what this module's `read_document` returns.
    return cast("Generator[Prepared | FileError]", outcomes)
