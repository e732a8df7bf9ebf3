"""Tell whether two statements give different values for the same thing.

In:  a Question and two Evidences.
Out: whether both answer it fully, with another amount, another count or another date.

A false conflict is worse than a missed one: dates differ only where the statements are the same
but for them. Knows nothing of which of the two is the better source.
"""

from __future__ import annotations

import re

from assistant.dated_answers import periods_of
from assistant.evidence import Evidence
from assistant.matching import covers, forms_of
from assistant.records import Kind, Question
from assistant.statements import Statement
from ingest.analysis import analyse
from ingest.dutch.amounts import find_amounts
from ingest.dutch.counts import find_counts
from ingest.dutch.periods import Period, find_periods
from ingest.records import BlockKind

GAP = 2.2  # log-odds by which statements that answer equally well may differ
_WHOLE = 0.75  # share of the question that both have to cover to contradict each other
_EACH = re.compile(r"\b(?:per|elke?|ieder|iedere) \w+|\b(?:jaarlijks|maandelijks)\b", re.I)
_SAYS_WHO = re.compile(r"\bvolgens\s+(?:(?:de|het|een|onze|deze|dit)\s+)?\w+", re.I)


def contradicts(question: Question, one: Evidence, other: Evidence) -> bool:
    """Tell whether two statements that both answer fully give different values for one thing."""
    alike = one.fits == other.fits == 1.0 and one.missing == other.missing
    close = abs(one.score - other.score) <= GAP and min(one.coverage, other.coverage) >= _WHOLE
    if not alike or not close or are_rows_of_one_table(one.statement, other.statement):
        return False
    if question.kind is Kind.WHEN:
        return _are_apart(one, other) and _besides(question, one) == _besides(question, other)
    if question.kind not in {Kind.HOW_MUCH, Kind.HOW_MANY}:
        return False
    values, others = _values(question, one.statement), _values(question, other.statement)
    if not values or not others:
        return False
    if values == others:
        each, for_each = _each_of(one.statement), _each_of(other.statement)
        return question.kind is Kind.HOW_MUCH and each != for_each
    return not (values < others or others < values)  # the one may say more


def are_rows_of_one_table(one: Statement, other: Statement) -> bool:
    """Tell whether both are rows with the same header: each is about something else."""
    return (
        one.kind is other.kind is BlockKind.ROW
        and one.document.id == other.document.id
        and _header_of(one) == _header_of(other)
    )


def _header_of(row: Statement) -> list[str]:
    return [cell.split(":")[0] for cell in row.text.split(" | ")[1:]]


def _values(question: Question, statement: Statement) -> frozenset[str]:
    """Return the amounts or counts of a statement."""
    if question.kind is Kind.HOW_MUCH:
        return frozenset(amount.value.lstrip("~") for amount in find_amounts(statement.text))
    return frozenset(count.value.lstrip("~").split()[0] for count in find_counts(statement.text))


def _each_of(statement: Statement) -> frozenset[str]:
    """Return what its amounts are each for: a year, a place."""
    return frozenset(each.lower() for each in _EACH.findall(statement.text))


def _are_apart(one: Evidence, other: Evidence) -> bool:
    """Tell whether each gives one period, with years, and these have no day in common."""
    periods, others = list(periods_of(one)), list(periods_of(other))
    if len(periods) != 1 or len(others) != 1:
        return False
    return _ends_before(periods[0], others[0]) or _ends_before(others[0], periods[0])


def _ends_before(one: Period, other: Period) -> bool:
    return one.last is not None and other.first is not None and one.last < other.first


def _besides(question: Question, evidence: Evidence) -> frozenset[str]:
    """Return what a statement says beside the question's words, its date and who says so."""
    text = evidence.statement.text
    for period in find_periods(text):
        text = text[: period.start] + " " * (period.end - period.start) + text[period.end :]
    text = _SAYS_WHO.sub(" ", text)
    said = (term for term in analyse(text) if not term.is_function_word)
    return frozenset(
        term.stem
        for term in said
        if not any(covers(t, question.synonyms, forms_of(term.surface)) for t in question.terms)
    )
