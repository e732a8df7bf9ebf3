"""Think of questions that a collection may answer.

In:  its documents and their milestones.
Out: Dutch questions made from headings, periods and abbreviations; the asker finds out which
     of them are answered.

Knows nothing of how a question is answered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, zip_longest

from ingest.dutch.periods import is_period
from ingest.milestones import Milestone
from ingest.records import BlockKind, Document

_DEFINED = re.compile(r"\b[A-ZÀ-Þ][\w-]+(?: [\w-]+){0,5} \(([A-Z]{2,6}[a-z]?)\)")
_WORDS = range(2, 9)  # words in a heading that makes a question


def suggestions(
    documents: Iterable[Document], milestones: Callable[[str], Sequence[Milestone]]
) -> Iterator[str]:
    """Yield questions, the kinds in turn, each once.

    Args:
        documents: The documents of the collection.
        milestones: Gives the milestones of a document by its id.
    """
    kinds: tuple[list[str], ...] = ([], [], [])
    for document in documents:
        for kind, placed in zip(kinds, _placed(document, milestones(document.id)), strict=True):
            kind.extend(question for _, question in placed)
    yield from _in_turn(kinds)


def suggestions_near(
    document: Document, milestones: Sequence[Milestone], place: int
) -> Iterator[str]:
    """Yield questions on one document, the kinds in turn, first what stands near `place`.

    What the heading above `place` is about is left out: that was read just now.
    """
    own = max(
        (b.start for b in document.blocks if b.kind is BlockKind.HEADING and b.start <= place),
        default=-1,
    )
    kinds = []
    for placed in _placed(document, milestones):
        others = [(start, question) for start, question in placed if start != own]
        others.sort(key=lambda entry: abs(entry[0] - place))
        kinds.append([question for _, question in others])
    yield from _in_turn(kinds)


def _in_turn(kinds: Iterable[Sequence[str]]) -> Iterator[str]:
    in_turn = chain.from_iterable(zip_longest(*kinds))
    yield from dict.fromkeys(question for question in in_turn if question)


def _placed(
    document: Document, milestones: Sequence[Milestone]
) -> tuple[list[tuple[int, str]], ...]:
    """Return the questions of each kind, with the place in the document that they come from."""
    abbreviations = _DEFINED.finditer(document.text)
    return (
        list(_of_milestones(document, milestones)),
        list(_of_headings(document)),
        [(match.start(), f"Waar staat {match.group(1)} voor?") for match in abbreviations],
    )


def _of_milestones(
    document: Document, milestones: Sequence[Milestone]
) -> Iterator[tuple[int, str]]:
    latest = sorted((m.period for m in milestones if m.period.last), key=lambda p: str(p.last))
    for period in reversed(latest):
        when = document.text[period.start : period.end]
        yield period.start, f"Welke mijlpalen zijn er in {when[:1].lower()}{when[1:]}?"


def _of_headings(document: Document) -> Iterator[tuple[int, str]]:
    for block in document.blocks:
        heading = document.text[block.start : block.end]
        if block.kind is not BlockKind.HEADING or block.level == 1 or is_period(heading):
            continue
        if heading.endswith("?"):
            yield block.start, heading
        elif len(heading.split()) in _WORDS and ":" not in heading:
            subject = re.sub(r"^[Oo]ver ", "", heading)
            subject = f"{subject[:1].lower()}{subject[1:]}"
            yield block.start, f"Wat staat er in de bronnen over {subject}?"
