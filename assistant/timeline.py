"""Answer with what happens when: an overview in order of time, or the one that comes next.

In:  a Question that asks for one, and Evidence, of which the milestones count.
Out: Lines with each its period: those in the period that is asked for; what comes nearest
     when there are none.

Knows nothing of scores, or of how citations are numbered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from assistant.citations import Line, Source
from assistant.evidence import Evidence
from assistant.matching import covers, forms_of
from assistant.records import AskedPeriod, Question, Relation, Window
from assistant.statements import Statement
from assistant.timeline_questions import counts_milestones, names_timeline, subject_of
from assistant.wording import as_sentence
from ingest.dutch.moments import lower_case
from ingest.dutch.numbers import NUMBER_WORDS
from ingest.dutch.periods import find_periods
from ingest.dutch.sentences import sentence_spans
from ingest.milestones import Milestone
from ingest.records import Span

_ABOUT = 0.5  # share of the subject that a milestone on it holds
_MOST = 40  # lines of an overview
_MOST_NEAREST = 2  # dates that a refusal shows
_MOST_DATED = 5  # sentences with a date, where there are no milestones
_FEWEST_WORDS = 4
_COUNT = re.compile(r"(?<!van de )(?<!van )\b(?P<count>\d{1,4}|[a-zé]+)\s+mijlpalen\b")
_EVER = AskedPeriod(Relation.DURING, (Window(None, None),), True)

Dated = tuple[Statement, Milestone]


def timeline_lines(question: Question, evidence: Sequence[Evidence]) -> list[Line] | None:
    """Return what happens in the period that is asked for, in order of time.

    Nothing in that period gives no lines; nothing on the subject at all gives None.
    """
    about = _on_subject(question, evidence)
    chosen = _chosen(question.period or _EVER, about)
    if not chosen and not names_timeline(question.standalone):
        dated = list(_dated_sentences(question, evidence))
        if dated or not about:
            return dated or None
    if not about:
        return None
    lines = _lines(chosen)
    if counts_milestones(question.standalone):
        return [*_stated_count(evidence, len(chosen)), *map(_item, lines)]
    return lines


def nearest_lines(question: Question, evidence: Sequence[Evidence]) -> list[Line]:
    """Return the milestones before and after a period in which there are none."""
    windows = (question.period or _EVER).windows
    about = _on_subject(question, evidence)
    gaps = [(min(_gap(window, milestone) for window in windows), s, milestone)
            for s, milestone in about if milestone.period.first]  # fmt: skip
    nearest = sorted({gap for gap, _, _ in gaps})[:_MOST_NEAREST]
    found = [(s, milestone) for gap, s, milestone in gaps if gap in nearest]
    return [_item(line) for line in _lines(found)[:_MOST_NEAREST]]


def milestone_line(statement: Statement, milestone: Milestone) -> Line:
    """Return what a milestone says as one line, its period first."""
    document = statement.document
    period = document.text[milestone.period.start : milestone.period.end]
    when = Span(milestone.period.start, milestone.period.end)
    explanation = milestone.explanation
    if explanation is not None and 0 <= explanation.start - when.end < 40:
        # Period and explanation stand together: one quote shows that they belong to each other.
        sentence = sentence_spans(document.text[explanation.start : explanation.end])[0]
        when = Span(when.start, explanation.start + sentence.end)
    text = f"{period[:1].upper()}{period[1:]}: {as_sentence(statement.text)}"
    return Line(text, (Source(document, when), Source(document, statement.span)))


def _on_subject(question: Question, evidence: Iterable[Evidence]) -> list[Dated]:
    """Return the milestones on the subject of the question; all when it has none."""
    subject = subject_of(question.terms, question.standalone)
    found = []
    for statement in (entry.statement for entry in evidence):
        milestone = statement.milestone
        if milestone is None:
            continue
        spans = [statement.span, *([milestone.explanation] if milestone.explanation else [])]
        forms = frozenset[str]().union(
            *(forms_of(statement.document.text[span.start : span.end]) for span in spans)
        )
        held = sum(covers(term, question.synonyms, forms) for term in subject)
        if held >= _ABOUT * len(subject):
            found.append((statement, milestone))
    return found


def _chosen(asked: AskedPeriod, about: Sequence[Dated]) -> list[Dated]:
    found = [entry for entry in about if asked.matches(entry[1].period)]
    if not found or asked.relation not in {Relation.NEXT, Relation.LAST}:
        return found
    if asked.relation is Relation.NEXT:
        first = min(_days(milestone)[0] for _, milestone in found)
        return [entry for entry in found if _days(entry[1])[0] == first]
    ever = asked.windows[0].last is None
    last = max(_days(milestone)[0 if ever else 1] for _, milestone in found)
    return [entry for entry in found if _days(entry[1])[0 if ever else 1] == last]


def _stated_count(evidence: Iterable[Evidence], count: int) -> Iterator[Line]:
    """Yield the sentence of a document that says how many milestones there are, if it is right.

    An answer holds no number that no document states.
    """
    for statement in (entry.statement for entry in evidence):
        said = {_value(found["count"]) for found in _COUNT.finditer(lower_case(statement.text))}
        if count in said:
            source = Source(statement.document, statement.span)
            yield Line(as_sentence(statement.text), (source,))
            return


def _value(written: str) -> int | None:
    return int(written) if written.isdigit() else NUMBER_WORDS.get(written)


def _lines(found: Iterable[Dated]) -> list[Line]:
    """Return milestones in order of time, as items of a list when there are more."""
    order = sorted(found, key=lambda e: (*_days(e[1]), e[0].document.id, e[0].span.start))
    lines = [milestone_line(statement, milestone) for statement, milestone in order[:_MOST]]
    return lines if len(lines) == 1 else [_item(line) for line in lines]


def _item(line: Line) -> Line:
    return Line(f"- {line.text.removeprefix('- ')}", line.sources)


def _days(milestone: Milestone) -> tuple[date, date]:
    """Return the first and last day; what is ongoing comes last."""
    return milestone.period.first or date.max, milestone.period.last or date.max


def _gap(window: Window, milestone: Milestone) -> timedelta:
    first, last = _days(milestone)
    if window.overlaps(first, last):
        return timedelta(0)
    if window.first is not None and last < window.first:
        return window.first - last
    return first - (window.last or first)


def _dated_sentences(question: Question, evidence: Sequence[Evidence]) -> Iterator[Line]:
    """Yield the sentences that are dated within the period, in order of time."""
    found = []
    for statement in (entry.statement for entry in evidence):
        if statement.milestone is not None or len(statement.text.split()) < _FEWEST_WORDS:
            continue
        for period in find_periods(statement.text):
            if period.first and period.last and _within(question, period.first, period.last):
                found.append((period.first, period.last, statement))
                break
    found = found[:_MOST_DATED]
    found.sort(key=lambda entry: entry[:2])
    for _, _, statement in found:
        source = Source(statement.document, statement.span)
        line = Line(as_sentence(statement.text), (source,))
        yield line if len(found) == 1 else _item(line)


def _within(question: Question, first: date, last: date) -> bool:
    asked = question.period
    return asked is not None and any(
        (w.first is None or w.first <= first) and (w.last is None or last <= w.last)
        for w in asked.windows
    )
