"""Find the words around a quote.

In:  a Document and the offsets of a quote in it.
Out: the offsets of that quote with a sentence before and after it, under the same heading.

Knows nothing of HTML or of answers.
"""

from __future__ import annotations

from ingest.dutch.sentences import sentence_spans
from ingest.records import BlockKind, Document

_REACH = 280  # characters on either side, at most


def surroundings(document: Document, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence before a quote starts and where the one after it ends.

    Both stay under the quote's own heading, and a long sentence is cut at a word.
    """
    floor, ceiling = _section(document, start, end)
    floor, ceiling = max(floor, start - _REACH), min(ceiling, end + _REACH)
    starts, ends = [], []
    for block in document.blocks:
        if block.end <= floor or block.start >= ceiling:
            continue
        spans = sentence_spans(document.text[block.start : block.end])
        starts += [block.start + span.start for span in spans]
        ends += [block.start + span.end for span in spans]
    first = max((place for place in starts if place < start), default=start)
    last = min((place for place in ends if place > end), default=end)
    return _word_start(document.text, first, floor, start), _word_end(
        document.text, last, ceiling, end
    )


def _section(document: Document, start: int, end: int) -> tuple[int, int]:
    headings = [block for block in document.blocks if block.kind is BlockKind.HEADING]
    # A quote from a heading starts at that heading; any other one below the heading above it.
    floor = max(
        (h.start if h.end > start else h.end for h in headings if h.start <= start), default=0
    )
    ceiling = min((h.start for h in headings if h.start >= end), default=len(document.text))
    return floor, ceiling


def _word_start(text: str, first: int, floor: int, start: int) -> int:
    if first >= floor:
        return first
    space = text.find(" ", floor, start)
    return start if space < 0 else space + 1


def _word_end(text: str, last: int, ceiling: int, end: int) -> int:
    if last <= ceiling:
        return last
    space = text.rfind(" ", end, ceiling)
    return end if space < 0 else space
