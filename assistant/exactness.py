"""Tell whether a statement has what a question is exact about: a date, an ordinal, an age.

In:  a Question and a statement.
Out: whether "de tweede" is about the second, "in 2027" about 2027, "tot wanneer" about an end,
     "hoe oud" about an age.

What comes near is no answer: an expert session is not the second one.

Knows nothing of scores or wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta

from assistant.matching import forms_of, match
from assistant.records import AskedPeriod, Question, Relation
from assistant.statements import Statement
from ingest.analysis import Term, analyse
from ingest.dutch.durations import find_durations
from ingest.dutch.moments import lower_case
from ingest.dutch.numbers import DIGITS, WORD
from ingest.dutch.periods import Period, find_periods
from ingest.dutch.times import find_times
from ingest.records import Span

_ORDINALS = {
    "tweede": 2, "derde": 3, "vierde": 4, "vijfde": 5, "zesde": 6, "zevende": 7, "achtste": 8,
    "negende": 9, "tiende": 10,
}  # fmt: skip
_ORDINAL = re.compile(
    rf"\b(?:(?P<word>{'|'.join(_ORDINALS)})|(?P<number>[2-9]|\d\d)(?:e|de|ste))\b"
    r"(?!\s+(?:kamer|wereldoorlog|kwartaal|helft|deel\s+van))"
)
_CLOCK = re.compile(r"\bhoe\s+laat\b|\bopeningstijd\w*|\b(?:op|om)\s+welke?\s+tijd")
_END = re.compile(
    r"\btot\s+(?:en\s+met\s+)?(?:wanneer|welke?)\b|\b(?:eind|sluitings)datum\b|\bdeadline\b"
    r"|\b(?:laatste|uiterste)\s+(?:dag|datum)\b|\b(?:voor|vóór)\s+welke\s+(?:dag|datum)\b"
    r"|\btegen\s+wanneer\b|\buiterlijk\b"
    r"|\bwanneer\s+(?:eindig\w*|stop\w*|(?:loopt|lopen)\b.*\baf\b|is\b.*\bafgelopen\b)"
)
_GIVES_END = re.compile(
    r"\b(?:tot|t/m|eind\w*|stopt|stoppen|uiterlijk|sluit\w*|deadline|vóór|voor\s+\d"
    r"|(?:loopt|lopen)\b.*\baf)\b"
)
_SOME = rf"(?:{DIGITS}|{WORD})"
_AGE = re.compile(r"\b(?:welke\s+leeftijd|hoe\s+(?:oud|jong)|leeftijdsgrens)\b")
_GIVES_AGE = re.compile(rf"\b{_SOME}(?:\s+jaar\b|-?\s?jarige?n?\b|\s*\+)|\b(?:meer|minder)derjarig")
# "van 12 tot en met 17 jaar", "jonger dan 18 jaar", "16 jaar of ouder"
_AGED = re.compile(
    rf"\b(?:(?:van|tussen|vanaf)\s+(?:de\s+)?{_SOME}\s*(?:jaar\s+)?"
    rf"(?:tot(?:\s+en\s+met)?|t/m|en|[-–])\s*{_SOME}\s+jaar|(?:jonger|ouder|boven|onder)\s+(?:dan\s+|de\s+)?{_SOME}\s+jaar"
    rf"|{_SOME}\s+jaar\s+(?:oud|en\s+ouder|of\s+(?:ouder|jonger)))\b"
)
_PERCENTAGE = re.compile(r"\b(?:hoeveel\s+procent|welke?\s+percentage)\b")
_GIVES_PERCENTAGE = re.compile(rf"\d\s?%|\b{_SOME}\s+procent\b")
_VALUES = ((_AGE, _GIVES_AGE), (_PERCENTAGE, _GIVES_PERCENTAGE))
_LENGTH = re.compile(
    r"\bhoe\s?(?:lang|snel|vlug)\b|termijn\b|\bduur\b|\bhoeveel\s+(?:tijd|minuten|uur|uren"
    r"|\w*dagen|weken|maanden|kwartalen|jaar|jaren)\b"
)
_YEAR = re.compile(r"\d{4}(?:\s?[-–/]\s?\d{2,4})?")
# What stands before a year that dates something: "in 2026", "schooljaar 2026-2027".
_BEFORE_YEAR = re.compile(
    r"\(?(?:[a-z]{1,4}|vanaf|sinds|tussen|\w*jaar|jaren|periode|zomer|winter|herfst|lente|begin"
    r"|medio|halverwege|uiterlijk|tijdens|ronde|\W+)",
    re.IGNORECASE,
)
_NAMED_YEAR = 0.3
_EVERY_YEAR = re.compile(r"\b(?:jaarlijkse?|(?:elk|ieder)\s+(?:school)?jaar|per\s+jaar)\b")
_LONGER = timedelta(100)  # more than a quarter: a period with a beginning and an end
_BEFORE, _AFTER = 2, 3  # words between an ordinal and the thing that it counts
_LESS = 0.3  # what a date that is no end counts for where the end is asked


def exact_fit(question: Question, statement: Statement) -> float | None:
    """Return how surely a statement gives the time, age, share, length or end that is asked for.

    None when the question asks for none of these, or nothing speaks against the statement.
    """
    asked = lower_case(question.standalone)
    if _CLOCK.search(asked):
        return float(bool(find_times(statement.text)))
    for asks, gives in _VALUES:
        if asks.search(asked):
            return float(bool(gives.search(lower_case(statement.text))))
    if _LENGTH.search(asked):
        return float(_gives_length(statement.text))
    if not _END.search(asked) or _GIVES_END.search(lower_case(statement.text)):
        return None
    periods = list(_own_periods(statement, None))
    long = any(p.first and p.last and p.last - p.first > _LONGER for p in periods)
    return _LESS if periods and not long else None


def date_fit(text: str) -> float:
    """Return how surely a text gives a date, 0 to 1: the year in the name of a plan is hardly one.

    Example:
        >>> date_fit("Het begint in 2031."), date_fit("Zie de Verordening Duinrade 2031.")
        (1.0, 0.3)
    """
    return max((_surely_dates(text, period) for period in find_periods(text)), default=0.0)


def _surely_dates(text: str, period: Period) -> float:
    before = text[: period.start].split()
    is_year = _YEAR.fullmatch(text[period.start : period.end]) is not None
    is_named = is_year and before and not _BEFORE_YEAR.fullmatch(before[-1])
    return _NAMED_YEAR if is_named else 1.0


def _gives_length(text: str) -> bool:
    """Tell whether a text gives a length of time, other than somebody's age."""
    ages = [Span(age.start(), age.end()) for age in _AGED.finditer(lower_case(text))]
    return any(
        not any(age.start < length.end and length.start < age.end for age in ages)
        for length in find_durations(text)
    )


def lacks_detail(question: Question, statement: Statement, dated_by: Span | None) -> bool:
    """Tell whether a statement is about another one or another time than was asked.

    Args:
        question: The question.
        statement: The statement.
        dated_by: The heading that dates it, if it is dated by one.
    """
    return (
        _lacks_ordinal(question, statement)
        or _lacks_value(question, statement)
        or _lacks_time(question, statement, dated_by)
    )


def is_dated_term(term: Term, question: str) -> bool:
    """Tell whether a term is part of a date in the question: another date may include it."""
    return any(p.start <= term.start < p.end and p.first for p in find_periods(question))


def _lacks_value(question: Question, statement: Statement) -> bool:
    asked, said = lower_case(question.standalone), lower_case(statement.text)
    if statement.opens_list:  # its items may give it
        return False
    return any(asks.search(asked) and not gives.search(said) for asks, gives in _VALUES)


def _lacks_ordinal(question: Question, statement: Statement) -> bool:
    text = question.standalone
    asked = list(_ORDINAL.finditer(lower_case(text)))
    block = statement.document.blocks[statement.block]
    for found in asked:
        number = _ORDINALS[found["word"]] if found["word"] else int(found["number"])
        thing = next((t for t in question.terms if t.start >= found.end()), None)
        near = any(_holds(part, number, thing) for part in _near(statement))
        if near or block.ordinal == number:
            return False
    return bool(asked)


def _holds(text: str, number: int, thing: Term | None) -> bool:
    """Tell whether a text names the second one: "de tweede ronde", "ronde 2"."""
    words = {f"{number}", f"{number}e", f"{number}de", f"{number}ste"}
    words |= {word for word, value in _ORDINALS.items() if value == number}
    terms = analyse(text)
    for place, term in enumerate(terms):
        if term.surface in words:
            around = terms[max(place - _BEFORE, 0) : place + _AFTER + 1]
            forms = frozenset[str]().union(*(forms_of(near.surface) for near in around))
            if thing is None or match(thing, forms):
                return True
    return False


def _lacks_time(question: Question, statement: Statement, dated_by: Span | None) -> bool:
    asked = question.period
    if asked is None or asked.relation is Relation.ONGOING:
        return False
    own = list(_own_periods(statement, dated_by))
    if asked.relation in {Relation.NEXT, Relation.LAST}:
        return bool(own) and not any(asked.matches(period) for period in own)
    if any(w.first is None or w.last is None or w.first == w.last for w in asked.windows):
        return False
    is_named = any(period.first for period in find_periods(question.standalone))
    if is_named or not any(w.overlaps(question.today, question.today) for w in asked.windows):
        if not own and _EVERY_YEAR.search(lower_case(statement.text)):
            return False
        return not _overlaps(asked, [*own, *_periods_above(statement)])
    return bool(own) and not _overlaps(asked, own)


def _overlaps(asked: AskedPeriod, periods: Iterable[Period]) -> bool:
    return any(
        period.ongoing
        or (period.first and period.last and window.overlaps(period.first, period.last))
        for period in periods
        for window in asked.windows
    )


def _own_periods(statement: Statement, dated_by: Span | None) -> Iterator[Period]:
    if statement.milestone is not None:
        yield statement.milestone.period
    yield from find_periods(statement.text)
    if dated_by is not None:
        yield from find_periods(statement.document.text[dated_by.start : dated_by.end])


def _periods_above(statement: Statement) -> list[Period]:
    """Return the periods between the statement's heading and its end, and in what is above."""
    document = statement.document
    start = statement.headings[-1].start if statement.headings else statement.span.start
    above = [document.text[span.start : span.end] for span in statement.headings[:-1]]
    return find_periods(
        "\n".join([document.title, *above, document.text[start : statement.span.end]])
    )


def _near(statement: Statement) -> Iterator[str]:
    spans: list[Span | None] = [
        statement.span,
        statement.lead,
        statement.neighbour,
        statement.topic,
    ]
    if statement.milestone is not None:
        spans.append(statement.milestone.explanation)
    text = statement.document.text
    yield from (text[span.start : span.end] for span in (*spans, *statement.headings) if span)
