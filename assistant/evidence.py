"""Weigh statements as answers to a question.

In:  a Question, Statements, and how much each of its terms says.
Out: Evidence, best first: how much of the question a statement and its surroundings cover,
     and whether it holds the sort of thing that is asked for.

Knows nothing of retrieval or of how an answer is worded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.exactness import exact_fit
from assistant.matching import covers, forms_of
from assistant.records import Kind, Question
from assistant.statements import Statement
from ingest.analysis import Term, compound_parts, fold, lexicon
from ingest.dutch.addresses import find_addresses
from ingest.dutch.amounts import find_amounts
from ingest.dutch.counts import find_counts
from ingest.dutch.durations import find_durations
from ingest.dutch.names import find_names
from ingest.dutch.periods import find_periods
from ingest.records import Span

# What a term counts for when it is matched elsewhere than in the statement itself.
_NEAR = 0.7  # in its introduction, its nearest heading or the sentence before it
_FAR = 0.5  # in a higher heading or the document's title
_AROUND = 0.6  # elsewhere in its paragraph, or in the explanation of a milestone
_OPENS = 0.2  # for the first sentence under a heading that says what is asked about
_FIT = 0.5  # what holding the sort of thing that is asked for adds to the score


@dataclass(frozen=True, slots=True)
class Evidence:
    """A statement as an answer.

    Attributes:
        statement: The statement.
        coverage: Share of the question's weight found in it and its surroundings, 0 to 1.
        own: Share found in the statement itself, 0 to 1.
        fits: How surely it holds the sort of thing that is asked for, 0 to 1.
        score: What evidence is ordered by.
        dated_by: Span of a heading that gives the date which the statement itself lacks.
        missing: The question's terms that are nowhere near.
    """

    statement: Statement
    coverage: float
    own: float
    fits: float
    score: float
    dated_by: Span | None
    missing: tuple[Term, ...]


def weigh(
    question: Question,
    statements: Sequence[Statement],
    weights: Mapping[str, float],
    similarity: Sequence[float],
) -> list[Evidence]:
    """Return the statements as evidence, best first; ties in the order given.

    Args:
        question: The question.
        statements: What could answer it.
        weights: How much each subject term says (`weight_of`), by surface form.
        similarity: Cosine similarity of each statement and the question.
    """
    weighed = [
        _weigh(question, statement, weights, close)
        for statement, close in zip(statements, similarity, strict=True)
    ]
    return sorted(weighed, key=lambda evidence: -evidence.score)


def _weigh(
    question: Question, statement: Statement, weights: Mapping[str, float], similarity: float
) -> Evidence:
    document = statement.document
    circles = [(1.0, _forms(document.text, [statement.span]))]
    near = [span for span in (statement.lead, statement.neighbour, statement.topic) if span]
    near += statement.headings[-1:]
    circles.append((_NEAR, _forms(document.text, near)))
    block = document.blocks[statement.block]
    around = [Span(block.start, block.end)]
    if statement.milestone is not None and statement.milestone.explanation is not None:
        around.append(statement.milestone.explanation)
    circles.append((_AROUND, _forms(document.text, around)))
    far = _forms(document.text, list(statement.headings[:-1])) | forms_of(document.title)
    circles.append((_FAR, far))

    total = sum(weights[term.surface] for term in question.terms) or 1.0
    covered = own = 0.0
    missing = []
    for term in question.terms:
        values = [share * covers(term, question.synonyms, forms) for share, forms in circles]
        covered += weights[term.surface] * max(values)
        own += weights[term.surface] * values[0]
        if max(values) == 0.0:
            missing.append(term)
    fits, dated_by = _fits(question.kind, statement, question)
    score = covered / total + 0.35 * own / total + 0.25 * similarity + _FIT * fits
    if statement.opens_section and question.kind in _BROAD:
        score += _OPENS * max(_share(question, weights, forms) for _, forms in circles[1:])
    if statement.text.endswith("?"):
        score -= 0.3  # a question in a document asks, it does not answer
    return Evidence(statement, covered / total, own / total, fits, score, dated_by, tuple(missing))


def _share(question: Question, weights: Mapping[str, float], forms: frozenset[str]) -> float:
    total = sum(weights[term.surface] for term in question.terms) or 1.0
    return (
        sum(weights[t.surface] * covers(t, question.synonyms, forms) for t in question.terms)
        / total
    )


def _forms(text: str, spans: Sequence[Span]) -> frozenset[str]:
    return frozenset().union(*(forms_of(text[span.start : span.end]) for span in spans))


def _fits(kind: Kind, statement: Statement, question: Question) -> tuple[float, Span | None]:
    if kind is Kind.WHEN:
        return _fits_when(statement, question)
    if kind is Kind.DEFINITION:
        return _defines(statement.text, question), None
    if kind is Kind.WHO:
        return _names(statement.text, question), None
    if kind is Kind.HOW:
        block = statement.document.blocks[statement.block]
        return float(block.ordinal is not None), None
    test = _TESTS.get(kind)
    return (0.0 if test is None else float(test(statement.text))), None


def _fits_when(statement: Statement, question: Question) -> tuple[float, Span | None]:
    exact = exact_fit(question, statement)
    if exact is not None:
        return exact, None
    if _LENGTH.search(question.standalone):
        return float(bool(find_durations(statement.text))), None
    if statement.milestone is not None or find_periods(statement.text):
        return 1.0, None
    for heading in reversed(statement.headings):
        if find_periods(statement.document.text[heading.start : heading.end]):
            return 0.8, heading
    conditional = _DUTY.search(question.standalone) and _CONDITION.search(statement.text)
    return (0.5 if conditional else 0.0), None


def _defines(text: str, question: Question) -> float:
    """Tell how surely `text` says what the subject is."""
    names = [question.standalone[term.start : term.end] for term in question.terms]
    subject = "|".join(map(re.escape, names)) or "(?!)"
    opens = (
        rf"^(?:(?:de|het|een)\s+)?(?:[\w-]+\s+){{0,2}}(?:{subject})"
        r"\s*(?::|\(|is\b|zijn\b|betekent|staat voor)"
    )
    if re.search(opens, text, re.IGNORECASE):
        return 1.0
    expands = rf"\b[A-ZÀ-Þ][\w-]+(?:\s+[\w-]+){{0,6}}\s*\(\s*(?:{subject})\s*\)"
    if re.search(expands, text):
        return 0.9
    return 0.4 if re.search(rf"\b(?:{subject})\b[^.]{{0,40}}\b(?:is|zijn)\b", text, re.I) else 0.0


def _names(text: str, question: Question) -> float:
    """Tell how surely `text` names someone whom the question does not name itself."""
    asked = question.standalone.lower()
    found = [text[span.start : span.end] for span in find_names(text)]
    if any(name.lower() not in asked and _is_person(name) for name in found):
        return 1.0
    inside = re.findall(r"(?<=[a-z,)] )[A-ZÀ-Þ][\w-]+", text)
    return 0.5 if any(name.lower() not in asked for name in inside) else 0.0


def _is_person(name: str) -> bool:
    """Tell a person from an organisation, whose name is made of Dutch words.

    A surname may be a word too, after "van" or "de": "Jan van den Berg".
    """
    words = [fold(word) for word in name.split()]
    plain = [word for word in words if word in lexicon() or compound_parts(word)]
    has_infix = any(word[0].islower() for word in name.split() if word[0].isalpha())
    return words[0] not in plain and (has_infix or not plain)


def _has_count(text: str) -> bool:
    dates = find_periods(text)
    return any(
        not any(date.start <= count.start < date.end for date in dates)
        for count in find_counts(text)
    )


# Questions that ask for no particular thing: what opens a section on it says it best.
_BROAD = frozenset({Kind.DEFINITION, Kind.LIST, Kind.HOW, Kind.YES_NO, Kind.OTHER})
_LENGTH = re.compile(r"\bhoe ?lang\b|termijn\b|\bduur\b", re.I)
# "Wanneer moet ik …?" asks for a condition as often as for a date.
_DUTY = re.compile(
    r"\b(?:moet|moeten|mag|mogen|kan|kunnen|krijg|krijgt|verplicht|nodig|hoef)\b", re.I
)
_CONDITION = re.compile(r"\b(?:als|indien|wanneer|zodra|voordat|nadat|tenzij|voor|stadium)\b", re.I)
_REASON = re.compile(
    r"\b(?:omdat|daarom|doel|zodat|doordat|vanwege|wegens|reden|bedoeling|dankzij)\b", re.I
)
_TESTS: Mapping[Kind, Callable[[str], bool]] = {
    Kind.HOW_MUCH: lambda text: bool(find_amounts(text)),
    Kind.HOW_MANY: _has_count,
    Kind.CONTACT: lambda text: bool(find_addresses(text)),
    Kind.WHY: lambda text: bool(_REASON.search(text)),
}
