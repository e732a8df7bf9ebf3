"""Word an answer from evidence: extractive, no language model.

In:  a Question and its Evidence, best first.
Out: Lines, each resting on spans of documents; none when the evidence does not answer.

Forms: a milestone or dated section for "wanneer"; a list with all its items; otherwise the
sentence that answers, with at most two that add to it.

Knows nothing of retrieval, of thresholds' origin, or of how citations are numbered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.citations import Line, Source
from assistant.details import is_specific, lacks_opinion
from assistant.evidence import Evidence
from assistant.fitting import NEEDED
from assistant.records import Kind, Question
from assistant.statements import Statement, list_after, list_around, list_under, sentences_of
from ingest.analysis import analyse
from ingest.dutch.periods import Period, find_periods
from ingest.dutch.sentences import sentence_spans
from ingest.milestones import Milestone
from ingest.records import BlockKind, Document, Span

_FEWEST_WORDS = 4
_POINTER_WORDS = 10
_POINTS = re.compile(
    r"(?:Direct naar|Ga (?:direct )?naar|Download|Klik|Lees (?:meer|verder)|Bekijk)\b"
)
_NAMES_DO = frozenset({Kind.LIST, Kind.WHO})  # kinds that a mere name may answer
_MOST_WEIGHED = 5  # statements among which the answer must be
_MAX_WORDS = 120
_MAX_EXTRA = 2  # sentences after the first
_NEW = 0.5  # share of its content words that an extra sentence must add
# How far an extra sentence may score below the first, in log-odds: anywhere, or next to it.
_GAP, _GAP_BESIDE = 1.0, 2.0
_SURE = 0.5  # share of that where one thing is asked for, which another sentence may contradict
# A sentence that opens like this leans on the one before it.
_LEANS = re.compile(
    r"(?:Om (?:die|deze) reden|Dit|Dat|Deze|Die|Daar\w*|Hier\w*|Het gaat|Hij|Zij|Ze|Hun|Zo|Ook"
    r"|Er(?:mee|van|voor))\b"
)


def answers(question: Question, evidence: Evidence) -> bool:
    """Tell whether `evidence` is enough to answer on, names and numbers apart."""
    if evidence.sufficiency < 0 or (question.kind in NEEDED and not evidence.fits):
        return False
    if question.focus in evidence.missing or lacks_opinion(question, evidence.statement.text):
        return False
    return not _says_nothing(question, evidence)


def _says_nothing(question: Question, evidence: Evidence) -> bool:
    """Tell whether a statement is a loose title or name, which names a thing and says nothing."""
    statement = evidence.statement
    is_name = statement.kind is BlockKind.ITEM and question.kind not in _NAMES_DO
    is_loose = statement.kind is BlockKind.PARAGRAPH or is_name
    is_title = statement.milestone is None and len(statement.text.split()) < _FEWEST_WORDS
    return is_loose and is_title and evidence.fits < 1


def _leads_away(question: Question, evidence: Evidence) -> bool:
    """Tell whether a statement only points to another page: "Direct naar de handreiking"."""
    text = evidence.statement.text
    is_short = len(text.split()) <= _POINTER_WORDS
    return question.kind is not Kind.CONTACT and is_short and _POINTS.match(text) is not None


def compose(question: Question, ranked: Sequence[Evidence]) -> list[Line]:
    """Return the lines of the answer; none when no evidence answers."""
    if question.kind is Kind.TIMELINE and (lines := _timeline_lines(question, ranked)):
        return lines
    ranked = [evidence for evidence in ranked if not _leads_away(question, evidence)]
    chosen = _chosen(
        question, [evidence for evidence in ranked[:_MOST_WEIGHED] if answers(question, evidence)]
    )
    if not chosen:
        return []
    best = chosen[0].statement
    if question.kind is Kind.LIST and (lines := _list_lines(best)):
        return lines
    if question.kind is Kind.HOW and _is_step(best) and (lines := _list_lines(best)):
        return lines
    if best.text.endswith(":") and (lines := _list_lines(best)):
        return lines
    return _sentence_lines(chosen)


def _is_step(statement: Statement) -> bool:
    """Tell whether a statement is in a numbered list, or above one: the steps of how to do it."""
    document = statement.document
    items = list_after(document, statement.block)
    opens = bool(items) and document.blocks[items[0]].ordinal is not None
    return opens or document.blocks[statement.block].ordinal is not None


def _chosen(question: Question, good: Sequence[Evidence]) -> list[Evidence]:
    """Return the statements to answer with, best first; none where a name or number is in none.

    Names and numbers may be spread: "Parlan en Levvel" is answered by a sentence on each.
    """
    chosen: list[Evidence] = []
    lacking = frozenset(t for t in question.terms if is_specific(t, question.standalone))
    words = 0
    said = frozenset(term.stem for term in question.terms)
    for evidence in good:
        statement = evidence.statement
        words += len(statement.text.split())
        if chosen and (len(chosen) > _MAX_EXTRA or words > _MAX_WORDS):
            break
        supplies = bool(lacking - evidence.lacking)
        if not chosen or supplies or _adds(evidence, chosen, said, question):
            chosen.append(evidence)
            said |= _stems(statement)
            lacking &= evidence.lacking
    return [] if lacking else chosen


def _adds(
    extra: Evidence, chosen: Sequence[Evidence], said: frozenset[str], question: Question
) -> bool:
    """Tell whether a sentence is nearly as good as the best and says something new."""
    statement, first = extra.statement, chosen[0]
    gap = _GAP_BESIDE if _is_beside(statement, first.statement) else _GAP
    if question.kind in NEEDED:
        gap *= _SURE
    own = _stems(statement) - frozenset(term.stem for term in question.terms)
    is_sentence = len(statement.text.split()) > 3 and not statement.text.endswith((":", "?"))
    is_new = len(own - said) >= max(_NEW * len(own), 1)
    return is_sentence and is_new and first.score - extra.score <= gap


def _is_beside(one: Statement, other: Statement) -> bool:
    """Tell whether two sentences stand next to each other in a paragraph."""
    same = one.document.id == other.document.id
    return same and (one.neighbour == other.span or other.neighbour == one.span)


def _sentence_lines(chosen: Sequence[Evidence]) -> list[Line]:
    lines = []
    spans: list[Span] = []
    for evidence in chosen:
        statement = evidence.statement
        if statement.neighbour in spans:  # what it leans on has just been said
            evidence = replace(evidence, statement=replace(statement, neighbour=None))
        spans.append(statement.span)
        lines.append(_line(evidence))
    return lines


def _stems(statement: Statement) -> frozenset[str]:
    return frozenset(t.stem for t in analyse(statement.text) if not t.is_function_word)


def _line(evidence: Evidence) -> Line:
    statement = evidence.statement
    if statement.milestone is not None:
        return _milestone_line(statement, statement.milestone)
    span = statement.span
    if statement.neighbour is not None and _LEANS.match(statement.text):
        # One unbroken quote: the sentence with the one that says what it is about.
        span = Span(statement.neighbour.start, span.end)
    sources = [Source(statement.document, span)]
    text = _sentence(sources[0].quote)
    if evidence.dated_by is not None:
        heading = Source(statement.document, evidence.dated_by)
        return Line(f"{heading.quote}: {text}", (heading, *sources))
    if statement.kind is BlockKind.ITEM and statement.lead is not None and len(text.split()) < 8:
        lead = Source(statement.document, statement.lead)
        if lead.quote.endswith(":"):
            return Line(f"{lead.quote} {text}", (lead, *sources))
    return Line(text, tuple(sources))


def _milestone_line(statement: Statement, milestone: Milestone) -> Line:
    document = statement.document
    period = document.text[milestone.period.start : milestone.period.end]
    when = Span(milestone.period.start, milestone.period.end)
    explanation = milestone.explanation
    if explanation is not None and 0 <= explanation.start - when.end < 40:
        # Period and explanation stand together: one quote shows that they belong to each other.
        sentence = sentence_spans(document.text[explanation.start : explanation.end])[0]
        when = Span(when.start, explanation.start + sentence.end)
    text = f"{period[:1].upper()}{period[1:]}: {_sentence(statement.text)}"
    return Line(text, (Source(document, when), Source(document, statement.span)))


def _timeline_lines(question: Question, ranked: Sequence[Evidence]) -> list[Line]:
    """Return the milestones in the period that is asked for, in order of time."""
    asked = [p for p in find_periods(question.standalone) if p.first and p.last]
    found = []
    for evidence in ranked:
        milestone = evidence.statement.milestone
        if milestone is None or not all(_overlap(milestone.period, period) for period in asked):
            continue
        found.append((milestone.period.first or date.max, evidence.statement, milestone))
    found.sort(key=lambda entry: (entry[0], entry[1].document.id, entry[1].span.start))
    lines = [_milestone_line(statement, milestone) for _, statement, milestone in found]
    return [Line(f"- {line.text}", line.sources) for line in lines]


def _overlap(one: Period, other: Period) -> bool:
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return False
    return one.first <= other.last and other.first <= one.last


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
        lines.append(Line(_sentence(source.quote, end=":"), (source,)))
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


def _sentence(text: str, end: str = ".") -> str:
    text = " ".join(text.split()).rstrip(":;,")
    closed = text.endswith((".", "!", "?", "…", ".)", ".”", ".’", '."'))
    if end == ":":
        return f"{text.rstrip('.')}:"
    return text if closed else f"{text}{end}"
