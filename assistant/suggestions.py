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
        kinds[0].extend(_of_milestones(document, milestones(document.id)))
        kinds[1].extend(_of_headings(document))
        kinds[2].extend(f"Waar staat {m.group(1)} voor?" for m in _DEFINED.finditer(document.text))
    in_turn = chain.from_iterable(zip_longest(*kinds))
    yield from dict.fromkeys(question for question in in_turn if question)


def _of_milestones(document: Document, milestones: Sequence[Milestone]) -> Iterator[str]:
    latest = sorted((m.period for m in milestones if m.period.last), key=lambda p: str(p.last))
    for period in reversed(latest):
        when = document.text[period.start : period.end]
        yield f"Welke mijlpalen zijn er in {when[:1].lower()}{when[1:]}?"


def _of_headings(document: Document) -> Iterator[str]:
    for block in document.blocks:
        heading = document.text[block.start : block.end]
        if block.kind is not BlockKind.HEADING or block.level == 1 or is_period(heading):
            continue
        if heading.endswith("?"):
            yield heading
        elif len(heading.split()) in _WORDS and ":" not in heading:
            subject = re.sub(r"^[Oo]ver ", "", heading)
            yield f"Wat staat er in de bronnen over {subject[:1].lower()}{subject[1:]}?"
