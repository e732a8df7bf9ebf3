"""Answer with a date: whether something is over by now, and what a milestone's text says.

In:  a Question and the evidence that is good enough, best first.
Out: a Line with "Ja" or "Nee" and the date that shows it; or the evidence in another order.

Knows nothing of how much evidence is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from assistant.citations import Line
from assistant.evidence import Evidence
from assistant.records import Kind, Question
from assistant.verdicts import verdict_of
from ingest.dutch.periods import Period, find_periods


def settled_line(
    question: Question, good: Sequence[Evidence], line_of: Callable[[Evidence], Line]
) -> Line | None:
    """Return the answer to "Is het al klaar?" and "Loopt het nog?", None for other questions.

    Without a date before or after today there is no "Ja" or "Nee", just what the source says. What
    only adds to other evidence decides nothing.
    """
    verdict = verdict_of(question.standalone)
    sure = [evidence for evidence in good if evidence.sufficiency >= 0]
    if verdict is None or not sure:
        return None
    for evidence in _before_title(sure, more_exact=True):
        periods = [p for p in periods_of(evidence) if p.first or p.ongoing]
        if periods:
            said = {verdict(period, question.today) for period in periods}
            line = line_of(evidence)
            text = f"{said.pop()} {line.text}".lstrip() if len(said) == 1 else line.text
            return replace(line, text=text)
    return None


def explained(question: Question, good: Sequence[Evidence]) -> list[Evidence]:
    """Return the evidence with what explains a milestone before its bare title.

    A title says when, so it answers "wanneer" unless its text is more exact; other
    questions are answered by the text.
    """
    return _before_title(good, more_exact=question.kind is Kind.WHEN)


def _before_title(good: Sequence[Evidence], *, more_exact: bool) -> list[Evidence]:
    """Put what explains the first milestone before it; with `more_exact` only a closer date."""
    milestone = good[0].statement.milestone
    if milestone is None:
        return list(good)
    document = good[0].statement.document.id
    told = [
        e
        for e in good
        if e.statement.topic == milestone.title and e.statement.document.id == document
    ]
    if more_exact:
        told = [e for e in told if _is_more_exact(e, milestone.period)]
    if not told:
        return list(good)
    return [told[0], *(e for e in good if e is not told[0] and e is not good[0])]


def periods_of(evidence: Evidence) -> Iterator[Period]:
    """Yield when a statement says that something is, or the heading that dates it."""
    statement = evidence.statement
    if statement.milestone is not None:
        yield statement.milestone.period
        return
    found = find_periods(statement.text)
    yield from found
    if not found and evidence.dated_by is not None:
        span = evidence.dated_by
        yield from find_periods(statement.document.text[span.start : span.end])


def _is_more_exact(evidence: Evidence, period: Period) -> bool:
    if period.first is None or period.last is None:
        return False
    return any(
        p.first and p.last and period.first <= p.first and p.last <= period.last
        and p.last - p.first < period.last - period.first
        for p in find_periods(evidence.statement.text)
    )  # fmt: skip
