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
from dataclasses import dataclass, replace

from assistant.choosing import MAX_WORDS, Decision, choose, good_enough, judge
from assistant.citations import Line, Source
from assistant.dated_answers import explained, settled_line
from assistant.evidence import Evidence
from assistant.fitting import NEEDED
from assistant.records import Kind, Question, Status
from assistant.statements import Statement, list_after, list_around, list_under, sentences_of
from assistant.telling import tells_reason
from assistant.timeline import milestone_line, timeline_lines
from assistant.trace import Reason
from assistant.wording import as_sentence
from ingest.records import BlockKind, Document, Span

_LIST_GAP = 3.0  # how far below the best statement, in log-odds, one may be that opens a list
_CONTEXT_WORDS = 30
_MOST_LINES = 3
_DIFFER = "De bronnen geven hierover niet hetzelfde:"


@dataclass(frozen=True, slots=True)
class Composed:
    """The lines of an answer, what sort of answer they are, and why."""

    status: Status
    lines: list[Line]
    decision: Decision = Decision()


def compose(question: Question, ranked: Sequence[Evidence]) -> Composed:
    """Return the answer; "not found" and no lines when no evidence answers."""
    if question.kind is Kind.TIMELINE:
        overview = timeline_lines(question, ranked)
        if overview is not None:
            if overview:
                return Composed(Status.ANSWERED, overview, Decision(Reason.OVERVIEW))
            return Composed(Status.NOT_FOUND, [], Decision(Reason.NOTHING_THEN))
    judged = judge(question, ranked)
    if not judged:
        return Composed(Status.NOT_FOUND, [], Decision(Reason.NOTHING_FOUND))
    composed = _composed(question, good_enough(judged))
    return replace(composed, decision=replace(composed.decision, judged=tuple(judged)))


def _composed(question: Question, good: Sequence[Evidence]) -> Composed:
    if not good:
        return Composed(Status.NOT_FOUND, [], Decision(Reason.NOT_ENOUGH))
    if (settled := settled_line(question, good, line_of)) is not None:
        return Composed(Status.ANSWERED, [settled])
    choice = choose(question, explained(question, good))
    if not choice.evidence:
        decision = Decision(Reason.DETAIL_MISSING, lacking=choice.lacking)
        return Composed(Status.NOT_FOUND, [], decision)
    lines = _sentence_lines(choice.evidence)
    if choice.conflict:
        items = [replace(line, text=f"- {line.text}") for line in lines]
        return Composed(Status.CONFLICT, [Line(_DIFFER, ()), *items])
    best = choice.evidence[0].statement
    if question.kind is Kind.LIST and not _list_lines(best):
        best = next((s for s in _near_best(good, choice.evidence[0]) if s.opens_list), best)
    wants_list = question.kind is Kind.LIST or (question.kind is Kind.HOW and _is_step(best))
    if (wants_list or best.text.endswith(":")) and (items := _list_lines(best)):
        return Composed(Status.ANSWERED, items)
    # A sentence that gives no reason says what is so; why is said next, more often than elsewhere.
    is_open = question.kind is Kind.WHY and not tells_reason(best.text)
    wants_context = question.kind not in NEEDED and (len(lines) == 1 or is_open)
    context = _context_of(best) if wants_context else None
    if context is not None and context not in lines:
        lines.insert(1, context)
    return Composed(Status.ANSWERED, lines[:_MOST_LINES])


def _near_best(good: Sequence[Evidence], best: Evidence) -> Iterator[Statement]:
    """Yield the statements of the same document that are nearly as good as the best."""
    for evidence in good:
        statement = evidence.statement
        same = statement.document.id == best.statement.document.id
        if same and best.score - evidence.score <= _LIST_GAP:
            yield statement


def _context_of(statement: Statement) -> Line | None:
    """Return the sentence that follows in the same paragraph: what was said, explained."""
    if statement.milestone is not None or statement.kind is not BlockKind.PARAGRAPH:
        return None
    document = statement.document
    after = (s for s in sentences_of(document, statement.block) if s.start >= statement.quoted.end)
    following = next(after, None)
    if following is None:
        return None
    source = Source(document, following)
    is_fit = len(source.quote.split()) <= _CONTEXT_WORDS and not source.quote.endswith(("?", ":"))
    return Line(as_sentence(source.quote), (source,)) if is_fit else None


def _is_step(statement: Statement) -> bool:
    """Tell whether a statement is in a numbered list, or above one: the steps of how to do it."""
    document = statement.document
    items = list_after(document, statement.block)
    opens = bool(items) and document.blocks[items[0]].ordinal is not None
    return opens or document.blocks[statement.block].ordinal is not None


def _sentence_lines(chosen: Sequence[Evidence]) -> list[Line]:
    lines = []
    said: list[tuple[str, Span]] = []
    for evidence in chosen:
        statement = evidence.statement
        name, quoted = statement.document.id, statement.quoted
        if any(
            name == other and quoted.start < span.end and span.start < quoted.end
            for other, span in said
        ):  # what it leans on has just been said
            evidence = replace(evidence, statement=replace(statement, quoted=statement.span))
        said.append((name, quoted))
        lines.append(line_of(evidence))
    return lines


def line_of(evidence: Evidence) -> Line:
    """Return one statement as a line of an answer."""
    statement = evidence.statement
    if statement.milestone is not None:
        return milestone_line(statement, statement.milestone)
    sources = [Source(statement.document, statement.quoted)]
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
    under = list_under(document, statement.block) if statement.kind is BlockKind.ITEM else []
    lead: Span | None = statement.span
    if under:
        items = under
    elif statement.kind is BlockKind.ITEM:
        lead, items = list_around(statement)
    else:
        items = list_after(document, statement.block)
    if len(items) < 2:
        return []
    lines = []
    if lead is not None:
        source = Source(document, lead)
        lines.append(Line(as_sentence(source.quote, end=":"), (source,)))
    return lines + _items(document, items)


def _items(document: Document, items: Sequence[int]) -> list[Line]:
    room = max(MAX_WORDS // len(items), 8)  # words an item, so that all fit
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
