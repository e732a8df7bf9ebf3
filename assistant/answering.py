"""Word an answer from evidence: extractive, no language model.

In:  a Question and its Evidence, best first.
Out: Lines, each resting on spans of documents; none when the evidence does not answer.

Forms: a milestone or dated section for "wanneer"; a list with all its items; otherwise the
sentence that answers, with at most two that add to it.

Knows nothing of retrieval, of thresholds' origin, or of how citations are numbered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.citations import Line, Source
from assistant.dated_answers import explained, settled_line
from assistant.evidence import Evidence
from assistant.exactness import is_dated_term, lacks_detail
from assistant.records import Kind, Question
from assistant.statements import Statement, list_after, list_around, sentences_of
from assistant.timeline import milestone_line, timeline_lines
from assistant.wording import as_sentence
from ingest.analysis import Term, analyse
from ingest.records import BlockKind, Document, Span

# Share of the question that the best evidence must cover. Set on the project's own questions
# and the government questions, of which half the documents were left out.
ENOUGH = 0.6
_FEWEST_WORDS = 4
_MAX_WORDS = 120
_MAX_EXTRA = 2  # sentences after the first
_NEW = 0.5  # share of its content words that an extra sentence must add
_CLOSE = 0.8  # an extra sentence scores at least this share of the first
# A sentence that opens like this leans on the one before it.
_LEANS = re.compile(
    r"(?:Dit|Dat|Deze|Die|Daar\w*|Hier\w*|Het gaat|Hij|Zij|Ze|Hun|Zo|Ook|Er(?:mee|van|voor))\b"
)
# Kinds whose answer is a thing that can be pointed at; without it there is no answer.
_NEEDS_FIT = frozenset({Kind.WHEN, Kind.HOW_MUCH, Kind.HOW_MANY, Kind.CONTACT})


def answers(question: Question, evidence: Evidence) -> bool:
    """Tell whether `evidence` is enough to answer on."""
    if evidence.coverage < ENOUGH or (question.kind in _NEEDS_FIT and not evidence.fits):
        return False
    if question.focus in evidence.missing or _says_nothing(evidence):
        return False
    if lacks_detail(question, evidence.statement, evidence.dated_by):
        return False
    return not any(_is_specific(term, question.standalone) for term in evidence.missing)


def _says_nothing(evidence: Evidence) -> bool:
    """Tell whether a statement is a loose title or link, which names a thing and says nothing."""
    statement = evidence.statement
    is_loose = statement.kind is BlockKind.PARAGRAPH and statement.milestone is None
    return is_loose and evidence.fits < 1 and len(statement.text.split()) < _FEWEST_WORDS


def compose(question: Question, ranked: Sequence[Evidence]) -> list[Line]:
    """Return the lines of the answer; none when no evidence answers."""
    if question.kind is Kind.TIMELINE:
        overview = timeline_lines(question, ranked)
        if overview is not None:
            return overview
    good = [evidence for evidence in ranked if answers(question, evidence)]
    if not good:
        return []
    settled = settled_line(question, good, _line)
    if settled is not None:
        return [settled]
    good = explained(question, good)
    best = good[0].statement
    if question.kind is Kind.LIST and (lines := _list_lines(best)):
        return lines
    if question.kind is Kind.HOW and _is_step(best) and (lines := _list_lines(best)):
        return lines
    if best.text.endswith(":") and (lines := _list_lines(best)):
        return lines
    return list(_sentence_lines(question, good))


def _is_step(statement: Statement) -> bool:
    """Tell whether a statement is in a numbered list, or above one: the steps of how to do it."""
    document = statement.document
    items = list_after(document, statement.block)
    opens = bool(items) and document.blocks[items[0]].ordinal is not None
    return opens or document.blocks[statement.block].ordinal is not None


def _is_specific(term: Term, question: str) -> bool:
    """Tell whether a term is a name or a number: an answer without it is about something else."""
    word = question[term.start : term.end]
    inside = question[: term.start].strip() != ""
    is_number = word[:1].isdigit() and not is_dated_term(term, question)
    return is_number or (inside and word[:1].isupper())


def _sentence_lines(question: Question, good: Sequence[Evidence]) -> Iterator[Line]:
    first = good[0]
    yield _line(first)
    words = len(first.statement.text.split())
    asked = frozenset(term.stem for term in question.terms)
    said = _stems(first.statement) | asked
    spans = [first.statement.span]
    extras = 0
    for extra in good[1:]:
        words += len(extra.statement.text.split())
        enough = extras == _MAX_EXTRA or words > _MAX_WORDS
        if enough or extra.score < _CLOSE * first.score:
            return
        if _adds(extra, first, said, asked):
            extras += 1
            said |= _stems(extra.statement)
            follows = extra.statement.neighbour in spans
            spans.append(extra.statement.span)
            yield _line(
                replace(extra, statement=replace(extra.statement, neighbour=None))
                if follows
                else extra
            )


def _adds(extra: Evidence, first: Evidence, said: frozenset[str], asked: frozenset[str]) -> bool:
    """Tell whether a sentence says something new, in the same section as the first."""
    statement = extra.statement
    same = (
        statement.document.id == first.statement.document.id
        and statement.headings == first.statement.headings
    )
    own = _stems(statement) - asked
    is_sentence = len(statement.text.split()) > 3 and not statement.text.endswith((":", "?"))
    return same and is_sentence and len(own - said) >= max(_NEW * len(own), 1)


def _stems(statement: Statement) -> frozenset[str]:
    return frozenset(t.stem for t in analyse(statement.text) if not t.is_function_word)


def _line(evidence: Evidence) -> Line:
    statement = evidence.statement
    if statement.milestone is not None:
        return milestone_line(statement, statement.milestone)
    span = statement.span
    if statement.neighbour is not None and _LEANS.match(statement.text):
        # One unbroken quote: the sentence with the one that says what it is about.
        span = Span(statement.neighbour.start, span.end)
    sources = [Source(statement.document, span)]
    text = as_sentence(sources[0].quote)
    if evidence.dated_by is not None:
        heading = Source(statement.document, evidence.dated_by)
        return Line(f"{heading.quote}: {text}", (heading, *sources))
    if statement.kind is BlockKind.ITEM and statement.lead is not None and len(text.split()) < 8:
        lead = Source(statement.document, statement.lead)
        if lead.quote.endswith(":"):
            return Line(f"{lead.quote} {text}", (lead, *sources))
    return Line(text, tuple(sources))


def _list_lines(statement: Statement) -> list[Line]:
    """Return the introduction and the items of the list that the statement opens or is in."""
    document = statement.document
    if statement.kind is BlockKind.ITEM:
        lead, items = list_around(statement)
    else:
        lead, items = statement.span, list_after(document, statement.block)
    if len(items) < 2:
        return []
    lines = []
    if lead is not None:
        source = Source(document, lead)
        lines.append(Line(as_sentence(source.quote, end=":"), (source,)))
    return lines + _items(document, items)


def _items(document: Document, items: Sequence[int]) -> list[Line]:
    room = max(_MAX_WORDS // len(items), 8)  # words an item, so that all fit
    lines = []
    for number in items:
        spans = sentences_of(document, number)
        source = Source(document, spans[0])
        text = source.quote.rstrip(":;,")
        if len(text.split()) > max(room, 30):
            cut = re.match(rf"(?:\S+\s+){{{max(room, 30)}}}", text)
            text = f"{cut.group().rstrip(' ,;')} …" if cut else text
        lines.append(Line(f"- {text}", (source,)))
    return lines
