"""Put the milestones of an index in order of time, and choose among them.

In:  documents with their milestones; a day; a year, a document, a subject.
Out: Happenings: what happens when, in words and in days, with the passages that say so.

Knows nothing of questions, of how milestones are found, or of screens.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.citations import Source, citation_of
from assistant.matching import forms_of, match
from assistant.records import Citation
from ingest.analysis import analyse, fold
from ingest.dutch.periods import Period
from ingest.dutch.sentences import sentence_spans
from ingest.milestones import Milestone
from ingest.records import Document, Span

_LABEL = 40  # characters between two parts of a milestone that one quote can hold
_EXPLAINED = 320  # characters of an explanation, at most, after its first sentence
_COVERED = 0.8  # how well a word of the subject is found


class Phase(StrEnum):
    """How a happening lies to a day."""

    PAST = "past"
    NOW = "now"
    COMING = "coming"
    ONGOING = "ongoing"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Happening:
    """A milestone as a reader meets it.

    Attributes:
        what: What happens.
        when: When, in the words of the document.
        explanation: Its first sentences; empty when there is none.
        period: When, in days.
        document_id: The document that says so.
        title: That document's title.
        citations: The passages that hold what, when and explanation.
        questions: Questions about it, the best first.
    """

    what: str
    when: str
    explanation: str
    period: Period
    document_id: str
    title: str
    citations: tuple[Citation, ...]
    questions: tuple[str, ...]


def happenings(found: Iterable[tuple[Document, Sequence[Milestone]]]) -> tuple[Happening, ...]:
    """Return milestones in order of time; ongoing ones and those without a year come last.

    Their citations are numbered on, so that each number is one passage.
    """
    pairs = [(document, milestone) for document, own in found for milestone in own]
    pairs.sort(key=lambda pair: (*_order(pair[1].period), pair[0].id, pair[1].title.start))
    made: list[Happening] = []
    number = 1
    for document, milestone in pairs:
        made.append(_happening(document, milestone, number))
        number += len(made[-1].citations)
    return tuple(made)


def phase(period: Period, today: date) -> Phase:
    """Return how a period lies to `today`."""
    if period.first is None or period.last is None:
        return Phase.ONGOING if period.ongoing else Phase.UNDATED
    if period.last < today:
        return Phase.PAST
    return Phase.COMING if period.first > today else Phase.NOW


def years(known: Iterable[Happening]) -> tuple[int, ...]:
    """Return every year in which something begins, goes on or ends, in order."""
    found: set[int] = set()
    for period in (happening.period for happening in known):
        if period.first is not None and period.last is not None:
            found.update(range(period.first.year, period.last.year + 1))
    return tuple(sorted(found))


def chosen(
    known: Iterable[Happening],
    *,
    year: int | None = None,
    document_id: str = "",
    subject: str = "",
) -> tuple[Happening, ...]:
    """Return the happenings that fit all that is asked for.

    Args:
        known: Happenings.
        year: In this year at least in part; what is ongoing is in every year.
        document_id: Of this document; any when empty.
        subject: With these words, or other forms of them; any when empty.
    """
    return tuple(
        happening
        for happening in known
        if (year is None or _in_year(happening.period, year))
        and document_id in {"", happening.document_id}
        and _is_about(happening, subject)
    )


def _order(period: Period) -> tuple[bool, bool, date, date]:
    is_undated = period.first is None and not period.ongoing
    return (is_undated, period.ongoing, period.first or date.max, period.last or date.max)


def _in_year(period: Period, year: int) -> bool:
    if period.first is None or period.last is None:
        return period.ongoing
    return period.first.year <= year <= period.last.year


def _is_about(happening: Happening, subject: str) -> bool:
    words = f"{happening.what} {happening.explanation} {happening.when}"
    if fold(subject.strip()) in fold(words):
        return True
    terms = [term for term in analyse(subject) if not term.is_function_word]
    forms = forms_of(words)
    return bool(terms) and all(match(term, forms) >= _COVERED for term in terms)


def _happening(document: Document, milestone: Milestone, number: int) -> Happening:
    title, period = milestone.title, milestone.period
    explanation = _first_sentences(document, milestone)
    parts = [title, Span(period.start, period.end), *([explanation] if explanation else [])]
    citations = tuple(
        citation_of(Source(document, span), place)
        for place, span in enumerate(_joined(parts), number)
    )
    what = document.text[title.start : title.end]
    return Happening(
        what=what,
        when=document.text[period.start : period.end],
        explanation=document.text[explanation.start : explanation.end] if explanation else "",
        period=period,
        document_id=document.id,
        title=document.title,
        citations=citations,
        questions=_questions(what, document.text[period.start : period.end], period),
    )


def _first_sentences(document: Document, milestone: Milestone) -> Span | None:
    """Return the first sentences of an explanation, what its title already says left out."""
    if milestone.explanation is None:
        return None
    start, end = milestone.explanation.start, milestone.explanation.end
    if start <= milestone.title.start < end:
        start = milestone.title.end
    text = document.text[start:end]
    lead = len(text) - len(text.lstrip())
    spans = sentence_spans(text[lead:].split("\n", 1)[0])
    if not spans:
        return None
    kept = [span for span in spans if span is spans[0] or span.end <= _EXPLAINED]
    if len(kept) > 1 and text[lead + kept[-1].end - 1] == ":":
        kept.pop()  # it opens a list that is left out
    return Span(start + lead + kept[0].start, start + lead + kept[-1].end)


def _joined(parts: Iterable[Span]) -> list[Span]:
    """Return spans in order; those that stand close together become one."""
    joined: list[Span] = []
    for part in sorted(parts, key=lambda span: span.start):
        if joined and part.start - joined[-1].end < _LABEL:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, part.end))
        else:
            joined.append(part)
    return joined


def _questions(what: str, when: str, period: Period) -> tuple[str, ...]:
    subject = what.rstrip(".!? ")
    others = "zijn doorlopend" if period.ongoing else f"zijn er in {when[:1].lower()}{when[1:]}"
    return (
        f"Wat houdt de mijlpaal '{subject}' in?",
        f"Wanneer is de mijlpaal '{subject}'?",
        f"Welke mijlpalen {others}?",
    )
