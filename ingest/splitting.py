"""Split a document into passages.

In:  a Document.
Out: Passages that do not overlap and together hold every visible character of its text.

A passage stays under one heading and keeps whole blocks together while they fit; a block
that is too long by itself is cut between sentences. A heading opens the passage that it
stands above, so that a quote of it can be checked like any other.

Knows nothing of search or storage.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.dutch.sentences import sentence_spans
from ingest.records import Block, BlockKind, Document, Passage, Span

# Characters. Long enough for an answer with its context, short enough to rank sharply.
TARGET_LENGTH = 700


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block, or part of a long one, with its place in the heading tree."""

    start: int
    end: int
    headings: tuple[str, ...]
    page: int | None
    is_heading: bool


def split(document: Document, *, target_length: int = TARGET_LENGTH) -> list[Passage]:
    """Return the passages of `document`, in order.

    Args:
        document: The document.
        target_length: Characters that a passage may hold; only a longer sentence exceeds it.
    """
    groups = _group(list(_pieces(document, target_length)), target_length)
    seen: Counter[str] = Counter()
    passages = []
    for group in groups:
        start, end = group[0].start, group[-1].end
        text, headings = document.text[start:end], group[-1].headings
        key = "\0".join((document.id, document.title, *headings, text))
        seen[key] += 1
        identity = hashlib.sha256(f"{key}\0{seen[key]}".encode()).hexdigest()[:24]
        passages.append(Passage(identity, document.id, start, end, text, headings, group[0].page))
    return passages


def _pieces(document: Document, target_length: int) -> Iterator[_Piece]:
    path: list[tuple[int, str]] = []
    floor = 0  # a list marker before a block belongs to the block
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            path = [(level, title) for level, title in path if level < block.level]
            path.append((block.level, document.text[block.start : block.end]))
        headings = tuple(title for _, title in path)
        is_heading = block.kind is BlockKind.HEADING
        for span in _cut(document.text, block, target_length):
            start = span.start
            if span.start == block.start:
                gap = document.text[floor : block.start]
                start = block.start - len(gap.lstrip())
            yield _Piece(start, span.end, headings, block.page, is_heading)
        floor = block.end


def _cut(text: str, block: Block, target_length: int) -> list[Span]:
    if block.end - block.start <= target_length:
        return [Span(block.start, block.end)]
    spans: list[Span] = []
    for sentence in sentence_spans(text[block.start : block.end]):
        start, end = block.start + sentence.start, block.start + sentence.end
        if spans and end - spans[-1].start <= target_length:
            spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(start, end))
    return spans


def _group(pieces: list[_Piece], target_length: int) -> list[list[_Piece]]:
    groups: list[list[_Piece]] = []
    for piece in pieces:
        group = groups[-1] if groups else None
        if group is not None and _fits(group, piece, target_length):
            group.append(piece)
        else:
            groups.append([piece])
    return groups


def _fits(group: list[_Piece], piece: _Piece, target_length: int) -> bool:
    only_headings = all(member.is_heading for member in group)
    if piece.is_heading:
        return only_headings and len(piece.headings) > len(group[-1].headings)
    if only_headings:
        return True
    return piece.headings == group[-1].headings and piece.end - group[0].start <= target_length
