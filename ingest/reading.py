"""Read a file into a document, or into the concepts of a scheme.

In:  the path of a file and the folder it was found in.
Out: a Document with exact offsets, whatever the format; `Concept`s, for a file of those.

Knows nothing of splitting, embedding or the index.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from ingest import files
from ingest.cleaning import clean
from ingest.dutch.periods import is_period
from ingest.errors import FileError
from ingest.formats import docx, html, markdown, pdf, plaintext, sheets
from ingest.lettered import lettered_items, mark_of
from ingest.records import Block, BlockKind, Document, Draft, DraftBlock, Link
from ingest.thesaurus import Concept, read_concepts

Reader = Callable[[bytes], Draft]

READERS: Mapping[str, Reader] = {
    ".csv": sheets.read_csv,
    ".docx": docx.read,
    ".htm": html.read,
    ".html": html.read,
    ".markdown": markdown.read,
    ".md": markdown.read,
    ".pdf": pdf.read,
    ".txt": plaintext.read,
    ".xlsx": sheets.read_xlsx,
}

SCHEME_SUFFIX = ".ttl"

# Far above any document that people read; below it, a file that is no document costs too much.
_MAX_BYTES = 50_000_000
_LIMITS: Mapping[str, int] = {
    ".pdf": 100_000_000,  # most of it is images
    SCHEME_SUFFIX: 10_000_000,  # some 40,000 concepts
}


def find_files(paths: Sequence[Path]) -> list[tuple[Path, Path]]:
    """Return (file, folder) for every file to ingest, in a fixed order.

    A folder is searched with all its subfolders; names that start with a dot, and files in a
    format without a reader, are passed over. A file named by itself is always tried. What
    carries the name of a document and cannot be read is there too: `read_document` says why.

    Raises:
        EmptyCorpusError: If a path does not exist or there is no file to read.
    """
    documents = [path for path in paths if not _is_scheme(path)]
    return files.find(documents, READERS)


def find_schemes(paths: Sequence[Path]) -> list[tuple[Path, Path]]:
    """Return (file, folder) for every concept scheme in the paths, as `find_files` does."""
    found = files.find_any(paths, {SCHEME_SUFFIX})
    return [(file, folder) for file, folder in found if _is_scheme(file)]


def _is_scheme(path: Path) -> bool:
    return path.suffix.lower() == SCHEME_SUFFIX and not path.is_dir()


def file_version(file: Path, folder: Path) -> str | None:
    """Return a hash of a file's name and bytes, without understanding them.

    Returns:
        The same text for the same file; None for a file that `read_document` would refuse.
    """
    try:
        source = files.name_below(file, folder)
        content = files.take(files.locate(file, folder), limit=_limit(file))
    except (FileError, OSError):
        return None  # reading it says what is wrong
    return hashlib.sha256(source.encode() + b"\0" + content).hexdigest()


def read_document(file: Path, folder: Path) -> Document:
    """Read one file.

    Raises:
        FileError: If the file cannot be read, or holds no text.
    """
    source = files.name_below(file, folder)
    with _naming(source):
        draft = _draft(file, folder)
    return build_document(draft, source)


def read_scheme(file: Path, folder: Path) -> tuple[Concept, ...]:
    """Read one concept scheme.

    Raises:
        FileError: If the file cannot be read, or names no concept.
    """
    with _naming(files.name_below(file, folder)):
        return read_concepts(files.take(files.locate(file, folder), limit=_limit(file)))


@contextmanager
def _naming(source: str) -> Generator[None]:
    """Give whatever goes wrong in one file its name.

    Raises:
        FileError: Whatever it was.
    """
    try:
        yield
    except OSError as problem:
        reason = files.explain(problem)
        raise FileError(reason.what, reason.advice, file=source) from problem
    except FileError as problem:
        raise FileError(problem.what, problem.advice, file=source) from problem
    except Exception as problem:  # a parser met something it does not know: this file only
        raise FileError(
            f"Dit bestand is niet te lezen ({type(problem).__name__}).",
            "Open het, bewaar het opnieuw en probeer het nog eens.",
            file=source,
        ) from problem


def _draft(file: Path, folder: Path) -> Draft:
    real = files.locate(file, folder)
    suffix = file.suffix.lower()
    reader = READERS.get(suffix)
    if reader is None:
        raise FileError(
            "Dit soort bestand kan Wegwijs niet lezen.",
            f"Gebruik een van deze soorten: {', '.join(sorted(READERS))}.",
        )
    return reader(files.take(real, limit=_limit(file)))


def _limit(file: Path) -> int:
    return _LIMITS.get(file.suffix.lower(), _MAX_BYTES)


def build_document(draft: Draft, source: str) -> Document:
    """Lay the blocks of a draft out as one text and take their offsets.

    Raises:
        FileError: If the draft holds no text.
    """
    text, blocks = "", []
    previous: DraftBlock | None = None
    for block in _clean_blocks(draft):
        text += _separator(previous, block) + _marker(block)
        start = len(text)
        text += block.text
        blocks.append(
            Block(block.kind, start, len(text), block.level, block.ordinal, block.page, block.links)
        )
        previous = block
    if not blocks:
        raise FileError("Er staat geen tekst in.", "Vul het bestand of haal het weg.", file=source)
    metadata = {clean(name): clean(value) for name, value in draft.metadata.items()}
    document_id = metadata.pop("id", "") or source.rsplit(".", 1)[0]
    title = metadata.pop("title", "") or _heading(text, blocks) or document_id
    return Document(document_id, title, text, tuple(blocks), source, metadata)


def _heading(text: str, blocks: Sequence[Block]) -> str:
    """Return the heading that names a document, "" where none does.

    A timeline's first heading is a date, and a workbook's first sheet is one of several.
    """
    headings = [b for b in blocks if b.kind is BlockKind.HEADING]
    if headings and headings[0].level > 1 and len(headings) > 1:
        first = headings[0].level
        if all(block.level == first for block in headings):
            return ""
    named = (text[block.start : block.end] for block in headings)
    return next((heading for heading in named if not is_period(heading)), "")


def _clean_blocks(draft: Draft) -> Iterator[DraftBlock]:
    for block in draft.blocks:
        for part in _parts(replace(block, text=clean(block.text))):
            # A block is one line: line breaks part blocks in the stored text.
            text = " ".join(part.text.split())
            if text:
                yield replace(part, text=text)


def _parts(block: DraftBlock) -> Iterator[DraftBlock]:
    """Yield a block, or what introduces the lettered list in it and its items."""
    is_text = block.kind in {BlockKind.PARAGRAPH, BlockKind.ITEM}
    lead, items = lettered_items(block.text) if is_text else (block.text, [])
    if not items or (lead and not lead.endswith(":")):
        yield block
        return
    if lead:
        yield replace(block, text=lead, links=_within(lead, block.links))
    level = block.level + 1 if lead else max(block.level, 1)
    for item in items:
        links = _within(item, block.links)
        yield DraftBlock(BlockKind.ITEM, item, level, page=block.page, links=links)


def _within(text: str, links: Sequence[Link]) -> tuple[Link, ...]:
    return tuple(link for link in links if link.label in text)


def _separator(previous: DraftBlock | None, block: DraftBlock) -> str:
    if previous is None:
        return ""
    close = previous.kind is block.kind and block.kind in {BlockKind.ITEM, BlockKind.ROW}
    return "\n" if close or previous.kind is BlockKind.HEADING else "\n\n"


def _marker(block: DraftBlock) -> str:
    if block.kind is not BlockKind.ITEM:
        return ""
    sign = "- " if block.ordinal is None else f"{block.ordinal}. "
    return "  " * (block.level - 1) + ("" if mark_of(block.text) else sign)
