"""Number the citations of an answer and check that they hold: the last stage, always.

In:  lines of an answer, each with the spans that it rests on.
Out: the answer's text with markers [n], and one Citation a marker.

A line stays only if every number, date, amount, address and name in it stands in a span
that it cites. Quotes are cut from the stored text here, so they are verbatim.

Knows nothing of how lines were made.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.records import Citation
from assistant.statements import headings_of
from assistant.validity import dating_of
from ingest.analysis import fold
from ingest.dutch.addresses import find_addresses
from ingest.dutch.moment_patterns import MONTHS
from ingest.dutch.names import find_names
from ingest.dutch.numbers import NUMBER_WORDS
from ingest.records import Document, Span

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]+")
_OPENS_SENTENCE = re.compile(r"(?:[.!?:…]|^-)[\s\"'“‘(]*\Z")


@dataclass(frozen=True, slots=True)
class Source:
    """A span of a document that a line rests on."""

    document: Document
    span: Span

    @property
    def quote(self) -> str:
        """Its words, verbatim."""
        return self.document.text[self.span.start : self.span.end]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, list item or row of an answer, and what it rests on."""

    text: str
    sources: tuple[Source, ...]


def cite(lines: Sequence[Line]) -> tuple[str, tuple[Citation, ...]]:
    """Return the text of the lines that hold, with markers, and their citations.

    Lines without sources (an introduction of ours) pass if they state nothing to check.
    A line that begins with "- " stays a list item. Fewer lines can come out than go in.
    """
    numbers: dict[tuple[str, int, int], Citation] = {}
    texts = []
    for line in lines:
        if unsupported(line):
            continue
        for source in line.sources:
            key = (source.document.id, source.span.start, source.span.end)
            numbers.setdefault(key, citation_of(source, len(numbers) + 1))
        marks = "".join(
            f"[{numbers[s.document.id, s.span.start, s.span.end].number}]" for s in line.sources
        )
        texts.append(f"{line.text} {marks}".rstrip())
    return _join(texts), tuple(numbers.values())


def unsupported(line: Line) -> list[str]:
    """Return what the line states and no span that it cites holds.

    Numbers in digits and words, months, addresses, and words with a capital are compared
    whole: "380" does not stand in "380.000".
    """
    cited = set[str]().union(*(_claims(source.quote) for source in line.sources))
    words = {fold(word) for source in line.sources for word in _WORD.findall(source.quote)}
    wrong = [claim for claim in _claims(line.text) if claim not in cited and claim not in words]
    quotes = fold(" ".join(" ".join(source.quote.split()) for source in line.sources))
    names = [fold(line.text[span.start : span.end]) for span in find_names(line.text)]
    return wrong + [name for name in names if " ".join(name.split()) not in quotes]


def _claims(text: str) -> list[str]:
    """Return what in a text can be wrong by one letter, folded."""
    contacts = find_addresses(text)
    claims = [fold(text[span.start : span.end]) for span in contacts]
    claims += _NUMBER.findall(text)
    for match in _WORD.finditer(text):
        word = match.group()
        opens = _OPENS_SENTENCE.search(text, 0, match.start()) is not None or not match.start()
        is_name = any(char.isupper() for char in (word[1:] if opens else word))
        if is_name or word.lower() in MONTHS or (word.lower() in NUMBER_WORDS and word != "een"):
            claims.append(fold(word))
    return claims


def citation_of(source: Source, number: int) -> Citation:
    """Return the citation of one span."""
    document, span = source.document, source.span
    page = next((b.page for b in document.blocks if b.start <= span.start < b.end), None)
    return Citation(
        number,
        document.id,
        document.title,
        document.source,
        document.metadata.get("url") or None,
        tuple(document.text[h.start : h.end] for h in headings_of(document, span.start)),
        page,
        source.quote,
        span.start,
        span.end,
        dating_of(document.metadata),
    )


def _join(texts: Sequence[str]) -> str:
    """Put sentences after each other, list items under each other."""
    joined = ""
    for text in texts:
        is_item = text.startswith("- ")
        after_item = "\n" in joined and joined.rsplit("\n", 1)[-1].startswith("- ")
        separator = "\n" if is_item else "\n\n" if after_item else " "
        joined += (separator if joined else "") + text
    return joined
