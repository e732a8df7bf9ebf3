"""Find words in answers and in documents.

In:  an answer, a document with its passages, what to look for.
Out: whether a text holds a phrase; the places in a document that hold the evidence.

Case, kinds of white space and of quotation marks make no difference. A phrase is found as
whole words, and a number as a whole number: "5 miljoen" is not in "1,5 miljoen".

Knows nothing of how well an answer did.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.evaluation.records import Evidence
from ingest.records import Document, Passage, Span

_MARKERS = re.compile(r"\s*\[\d+\]")
_SAME = str.maketrans("‘’“”–‑", "''\"\"--")


def without_markers(text: str) -> str:
    """Return the words of an answer."""
    return _MARKERS.sub("", text)


def holds(text: str, phrase: str) -> bool:
    """Tell whether a phrase is in a text.

    Example:
        >>> holds("Ruim 41  miljoen euro.", "41 Miljoen"), holds("41,5 miljoen", "5 miljoen")
        (True, False)
    """
    return next(_matches(text, phrase), None) is not None


def spans_of(evidence: Evidence, document: Document, passages: Sequence[Passage]) -> list[Span]:
    """Return the places in a document that hold the answer.

    A quote's own places; for words, the passages (with the headings above) that hold them all.
    """
    if evidence.quote:
        return [Span(m.start(), m.end()) for m in _matches(document.text, evidence.quote)]
    return [
        Span(passage.start, passage.end)
        for passage in passages
        if all(holds(" ".join((*passage.headings, passage.text)), word) for word in evidence.words)
    ]


def holding(spans: Iterable[Span], passages: Sequence[Passage]) -> set[str]:
    """Return the ids of the passages that hold one of `spans` whole, or else a part of it."""
    ids: set[str] = set()
    for span in spans:
        touched = [p for p in passages if p.start < span.end and span.start < p.end]
        whole = [p for p in touched if p.start <= span.start and span.end <= p.end]
        ids.update(passage.id for passage in whole or touched)
    return ids


def _matches(text: str, phrase: str) -> Iterator[re.Match[str]]:
    # Every replacement is one character for one: offsets stay those of `text`.
    return _pattern(phrase).finditer(text.translate(_SAME))


@functools.lru_cache(maxsize=4096)
def _pattern(phrase: str) -> re.Pattern[str]:
    words = phrase.translate(_SAME).split()
    before = r"(?<!\w)" if phrase.strip()[:1].isalnum() else ""
    after = r"(?!\w)" if phrase.strip()[-1:].isalnum() else ""
    before += r"(?<!\d[.,])" if phrase.strip()[:1].isdigit() else ""
    after += r"(?![.,]\d)" if phrase.strip()[-1:].isdigit() else ""
    return re.compile(before + r"\s+".join(map(re.escape, words)) + after, re.IGNORECASE)
