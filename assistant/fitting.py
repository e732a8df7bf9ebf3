"""Tell whether a statement holds the sort of thing that a question asks for.

In:  a Question and a Statement.
Out: how surely it does, 0 to 1; the heading that dates it, where it has no date itself.

Knows nothing of what the question is about, or of scores.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from assistant.exactness import date_fit, exact_fit
from assistant.matching import covers, forms_of, match
from assistant.records import Kind, Question
from assistant.statements import Statement
from assistant.telling import (
    enumerates,
    tells_condition,
    tells_how,
    tells_limit,
    tells_reason,
    tells_where,
)
from assistant.verdicts import verdict_of
from ingest.analysis import compound_parts, fold, lexicon
from ingest.dutch.addresses import find_emails, find_phones, find_urls
from ingest.dutch.amounts import find_amounts
from ingest.dutch.counts import Count, find_counts
from ingest.dutch.names import find_names
from ingest.dutch.periods import find_periods
from ingest.facts import FactKind
from ingest.records import BlockKind, Span

# The sorts of fact that answer a kind of question.
FACTS: Mapping[Kind, frozenset[FactKind]] = {
    Kind.WHEN: frozenset({FactKind.PERIOD}),
    Kind.TIMELINE: frozenset({FactKind.PERIOD}),
    Kind.HOW_MUCH: frozenset({FactKind.AMOUNT}),
    Kind.HOW_MANY: frozenset({FactKind.COUNT}),
    Kind.CONTACT: frozenset({FactKind.EMAIL, FactKind.PHONE, FactKind.URL}),
}
# Kinds whose answer is a thing that can be pointed at; without it there is no answer.
NEEDED = frozenset({Kind.WHEN, Kind.HOW_MUCH, Kind.HOW_MANY, Kind.CONTACT})


def fits(question: Question, statement: Statement) -> tuple[float, Span | None]:
    """Return how surely the statement holds what is asked for, and the heading that dates it."""
    if question.kind is Kind.WHEN:
        return _fits_when(question, statement)
    form = _FORMS.get(question.kind)
    return (form(question, statement) if form else 0.0), None


def _fits_when(question: Question, statement: Statement) -> tuple[float, Span | None]:
    exact = exact_fit(question, statement)
    if exact is not None:
        return exact, None
    if statement.milestone is not None:
        return 1.0, None
    if dated := date_fit(statement.text):
        return dated, None
    if tells_limit(statement.text):
        return _LIMITED, None
    for heading in reversed(statement.headings):
        if find_periods(statement.document.text[heading.start : heading.end]):
            return 0.8, heading
    conditional = _DUTY.search(question.standalone) and tells_condition(statement.text)
    return (_CONDITIONAL if conditional else 0.0), None


def _shows_how(question: Question, statement: Statement) -> float:
    is_step = statement.document.blocks[statement.block].ordinal is not None
    return 1.0 if is_step else _ACTION * tells_how(statement.text)


def _defines(question: Question, statement: Statement) -> float:
    """Tell how surely a statement says what the subject is, or an abbreviation stands for."""
    text = statement.text
    under = _UNDER.search(question.standalone)  # "Wat verstaat de gemeente onder een woonwagen?"
    terms = [term for term in question.terms if under is None or term.start > under.end()]
    names = [question.standalone[term.start : term.end] for term in terms]
    subject = "|".join(map(re.escape, names)) or "(?!)"
    expands = rf"\b[A-ZÀ-Þ][\w-]+(?:\s+[\w-]+){{0,6}}\s*\(\s*(?:{subject})\s*\)"
    if re.search(expands, text) or _spells_out(text, question):
        return 1.0
    opens = (
        rf"^(?:(?:de|het|een)\s+)?(?:[\w-]+\s+){{0,2}}(?:{subject})"
        r"(?:-\w+)?\s*(?::|\(|is\b|zijn\b|betekent|staat voor)"
    )
    if _STANDS_FOR.search(question.standalone):
        return _NO_EXPANSION if re.search(opens, text, re.IGNORECASE) else 0.0
    found = re.search(opens, text, re.IGNORECASE)
    if found is not None:  # "De toets is ontwikkeld door …" does not say what it is
        return _TOLD if _PARTICIPLE.match(text[found.end() :]) else 1.0
    return 0.4 if re.search(rf"\b(?:{subject})\b[^.]{{0,40}}\b(?:is|zijn)\b", text, re.I) else 0.0


def _spells_out(text: str, question: Question) -> bool:
    """Tell whether `text` has an abbreviation of the question and all words it stands for."""
    forms = forms_of(text)
    return any(
        match(term, forms) == 1 and all(match(word, forms) == 1 for word in words)
        for term in question.terms
        if question.standalone[term.start : term.end].isupper()
        for words in question.synonyms.get(term.surface, ())
    )


def _names(question: Question, statement: Statement) -> float:
    """Tell how surely a statement names someone whom the question does not name itself."""
    text = statement.text
    by_whom = _BY_WHOM.search(text)
    if by_whom is not None:
        return float(not _is_of_another(question, text[: by_whom.start()]))
    asked = question.standalone.lower()
    found = [text[span.start : span.end] for span in find_names(text)]
    if any(name.lower() not in asked and _is_person(name) for name in found):
        return 1.0
    inside = re.findall(r"(?<=[a-z,)] )[A-ZÀ-Þ][\w-]+", text)
    return 0.5 if any(name.lower() not in asked for name in inside) else 0.0


def _is_of_another(question: Question, subject: str) -> bool:
    """Tell whether what was done was done to something else than what the question names."""
    if not question.named or not _NAMED.search(subject):
        return False
    forms = forms_of(subject)
    return not any(covers(term, question.synonyms, forms) for term in question.named)


def _is_person(name: str) -> bool:
    """Tell a person from an organisation, whose name is made of Dutch words.

    A surname may be a word too, after "van" or "de": "Jan van den Berg".
    """
    words = [fold(word) for word in name.split()]
    plain = [word for word in words if word in lexicon() or compound_parts(word)]
    has_infix = any(word[0].islower() for word in name.split() if word[0].isalpha())
    return words[0] not in plain and (has_infix or not plain)


def _lists(question: Question, statement: Statement) -> float:
    """Tell how surely a statement leads to a list of what is asked: opens it, counts or is in it.

    What is listed is named last: "subsidie voor deze partijen:" opens no list of subsidies.
    """
    text, focus = statement.text, question.focus
    if statement.opens_list:
        if _EXAMPLES.search(text) and not _EXAMPLES.search(question.standalone):
            return _IN_LIST
        if focus is None or not covers(focus, question.synonyms, forms_of(text)):
            return 1.0
        last = forms_of(" ".join(text.split()[-_LAST:]))
        is_last = covers(focus, question.synonyms, last) > 0
        return float(is_last or _is_counted(question, text, find_counts(text)))
    if statement.kind is BlockKind.ITEM or _is_counted(question, text, find_counts(text)):
        return _IN_LIST
    return _ENUMERATED * enumerates(text)


def _counts(question: Question, statement: Statement) -> float:
    """Tell how surely it counts what is asked: "twaalf coalities" for "hoeveel coalities"."""
    text = statement.text
    if _OFTEN.search(question.standalone):
        return float(bool(_FREQUENCY.search(text)))
    if (exact := exact_fit(question, statement)) is not None:
        return exact
    dates = find_periods(text)
    found = [c for c in find_counts(text) if not any(d.start <= c.start < d.end for d in dates)]
    amounts = find_amounts(text)
    if question.focus is None:
        return float(bool(found or amounts))
    return float(_is_counted(question, text, found))


def _is_counted(question: Question, text: str, counts: Iterable[Count]) -> bool:
    """Tell whether one of the counts in `text` is of what the question is about."""
    counted = (" ".join(text[count.start : count.end + _BEYOND].split()) for count in counts)
    focus = question.focus
    return focus is not None and any(
        covers(focus, question.synonyms, forms_of(one)) for one in counted
    )


def _reaches(question: Question, statement: Statement) -> float:
    """Tell how surely it holds the sort of contact that is asked for, or says where to turn."""
    text = statement.text
    wanted = [find for asks, find in _CONTACTS if asks.search(question.standalone)]
    finders = wanted or [find for _, find in _CONTACTS]
    if any(next(iter(find(text)), None) is not None for find in finders):
        return 1.0
    return 0.0 if wanted else _PLACED * tells_where(text)


def _prices(question: Question, statement: Statement) -> float:
    return float(bool(find_amounts(statement.text) or _FREE.search(statement.text)))


def _settles(question: Question, statement: Statement) -> float:
    """Tell how surely it gives the date that decides whether something is so by now."""
    if verdict_of(question.standalone) is None:
        return 0.0
    return 1.0 if statement.milestone is not None else date_fit(statement.text)


def _places(question: Question, statement: Statement) -> float:
    asks = _WHERE.search(question.standalone) is not None
    return _PLACED * (asks and tells_where(statement.text))


_FORMS: Mapping[Kind, Callable[[Question, Statement], float]] = {
    Kind.DEFINITION: _defines,
    Kind.WHO: _names,
    Kind.HOW: _shows_how,
    Kind.LIST: _lists,
    Kind.HOW_MANY: _counts,
    Kind.HOW_MUCH: _prices,
    Kind.CONTACT: _reaches,
    Kind.YES_NO: _settles,
    Kind.WHY: lambda question, statement: float(tells_reason(statement.text)),
    Kind.OTHER: _places,
}
# "Wanneer moet ik …?" asks for a condition as often as for a date.
_DUTY = re.compile(
    r"\b(?:moet|moeten|mag|mogen|kan|kunnen|krijg|krijgt|verplicht|nodig|hoef|hoeft|heb|recht"
    r"|aanmerking|geldt|ongeldig|ik)\b",
    re.I,
)
_WHERE = re.compile(r"\bwaar\b", re.I)
_PARTICIPLE = re.compile(
    r"\s+(?:\w+ )?(?:ge\w+[dt]|(?:be|ver|ont|her)\w+[dt]|\w+ge\w+(?:d|t|en)|verplicht)\b", re.I
)
_UNDER = re.compile(r"\bverstaa[nt]\b.*\bonder\b", re.I)
_TOLD = 0.6  # what was done to a thing, where it is asked what it is
_STANDS_FOR = re.compile(r"\bwaar(?:voor)? staa[nt]\b|\bafkorting\b|\bvoluit\b", re.I)
_NO_EXPANSION = 0.2  # for saying what an abbreviation is, where its words are asked for
_BY_WHOM = re.compile(r"\bdoor (?:de |het |een )?(?:[\w-]+ ){0,2}?[A-ZÀ-Þ]")
_NAMED = re.compile(r"\b[A-Z]{2,}\b|(?<!^)(?<![.!?]\s)\b[A-ZÀ-Þ][\w-]+")
_EXAMPLES = re.compile(r"\bvoorbeelden\b", re.I)
_IN_LIST, _LAST = 0.5, 6  # words of an introduction that may name what is listed
# How surely a form that others share too is the one that was asked for.
_LIMITED, _CONDITIONAL, _ACTION, _PLACED, _ENUMERATED = 0.8, 0.5, 0.5, 0.5, 0.3
_FREE = re.compile(r"\b(?:gratis|kosteloos|kosteloze|geen kosten|zonder kosten)\b", re.I)
_OFTEN = re.compile(
    r"\bhoe (?:vaak|dikwijls)\b|\bhoeveel keer\b|\b(?:om de|elke|iedere|per) hoeveel\b", re.I
)
_FREQUENCY = re.compile(
    r"\b(?:dagelijks|wekelijks|maandelijks|jaarlijks|(?:elke?|iedere?|per) (?:\w+ )?"
    r"(?:dag|week|maand|kwartaal|half ?jaar|schooljaar|jaar)|om de \w+ \w+"
    r"|\w+(?:maal| keer)(?: per \w+)?|tweemaandelijks|halfjaarlijks)\b",
    re.I,
)
_PLACE = re.compile(
    r"\b[A-ZÀ-Þ][\w-]*(?:straat|laan|weg|plein|kade|gracht|singel|dijk|hof|park)\s+\d+"
    r"|\b\d{4}\s?[A-Z]{2}\b|\bPostbus\s+\d+"
)
_CONTACTS: tuple[tuple[re.Pattern[str], Callable[[str], Iterable[object]]], ...] = (
    (
        re.compile(
            r"\bstraat\b|\bpostcode\b|\b(?:post|bezoek)adres\b|\bop welk adres\b|\bhuisnummer\b",
            re.I,
        ),
        lambda text: _PLACE.finditer(text),
    ),
    (re.compile(r"\btelefoon|\bbellen\b|\bgebeld\b", re.I), find_phones),
    (re.compile(r"\be-?mail|mailadres|\bmailen\b", re.I), find_emails),
    (re.compile(r"\bweb|\burl\b|\blink\b|\bpagina\b", re.I), find_urls),
)
_BEYOND = 30  # characters after a count in which what is counted may still be named
