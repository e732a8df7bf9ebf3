"""Choose the statements that together answer a question.

In:  a Question and its Evidence, best first.
Out: the few statements to answer with, best first, and whether they contradict each other; none
     where the evidence is not enough, or lacks what the question hangs on.

Knows nothing of wording, citations or how evidence is weighed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.contradicting import GAP, are_rows_of_one_table, contradicts
from assistant.details import is_specific, lacks_opinion
from assistant.evidence import Evidence
from assistant.exactness import lacks_detail
from assistant.fitting import NEEDED
from assistant.records import Kind, Question
from assistant.statements import Statement
from assistant.trace import Objection, Reason
from ingest.analysis import Term, analyse
from ingest.dutch.periods import is_period
from ingest.records import BlockKind

MAX_WORDS = 120
_MOST_WEIGHED = 5  # statements among which the answer must be
_MAX_EXTRA = 2  # sentences after the first
_NEW = 0.5  # share of its content words that an extra sentence must add
# How far an extra sentence may score below the first, in log-odds, when it stands next to it.
_GAP_BESIDE = 3.8
_SURE = 0.5  # share of that where one thing is asked for, which another sentence may contradict
_FEWEST_WORDS, _TITLE_WORDS = 4, 12
_POINTER_WORDS = 14
_POINTS = re.compile(
    r"(?:(?:Direct|Ga(?: direct)?) naar|Download|Klik|Lees (?:meer|verder)|Bekijk|Zie ook|Kijk ook"
    r"|Meer (?:informatie|weten|lezen)|.*\bstaat meer over|Lees (?:wanneer|hoe|wat|welke|waar|wie)"
    r"|In .* staat (?:wie|wat|hoe|waar|welke|wanneer))\b"
)
# Kinds that a mere name, in a list with an introduction, may answer.
_NAMES_DO = frozenset({Kind.LIST, Kind.WHO, Kind.YES_NO})
# A date, amount or count is of what its own sentence, or what that stands under, is about.
_LEAST_NEAR = 0.3
# How letters and decisions open, and whom that tells something.
_LABELLED = re.compile(
    r"(?:onderwerp|betreft|datum|(?:ons |uw )?kenmerk|bijlagen?(?:\(n\))?|versie|status|zaaknummer"
    r"|afschrift aan|aanwezig|afwezig|notulist|portefeuillehouder|titel)\s*(?:[:|]|$)",
    re.I,
)
_LABELS_DO = frozenset({Kind.WHEN, Kind.WHO, Kind.CONTACT})
_ASKS_QUESTIONS = re.compile(r"\b(?:vragen|vraagstukken|dilemma's|onderwerpen)\b", re.I)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Choice:
    """The statements to answer with, best first.

    Attributes:
        evidence: The statements.
        conflict: Whether they give different values for what is asked.
        lacking: The names and numbers of the question that none of them has.
    """

    evidence: tuple[Evidence, ...] = ()
    conflict: bool = False
    lacking: frozenset[Term] = frozenset()


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement, and what speaks against it: None when it is enough to answer on."""

    evidence: Evidence
    objection: Objection | None


@dataclass(frozen=True, slots=True)
class Decision:
    """Why a question is answered as it is.

    Attributes:
        reason: The reason.
        judged: The statements among which the answer had to be, best first; none where it is
            not chosen from a few.
        lacking: Names and numbers of the question that none of them has, if that is the reason.
    """

    reason: Reason = Reason.ENOUGH
    judged: tuple[Judged, ...] = ()
    lacking: frozenset[Term] = frozenset()


def answers(question: Question, evidence: Evidence) -> bool:
    """Tell whether `evidence` is enough to answer on, names and numbers apart."""
    return objection_to(question, evidence) is None


def objection_to(question: Question, evidence: Evidence) -> Objection | None:
    """Return what speaks against answering on `evidence`, names and numbers apart."""
    if question.kind in NEEDED and not evidence.fits:
        return Objection.NO_FACT
    is_fact = question.kind in NEEDED and evidence.statement.milestone is None
    if is_fact and evidence.signs["near"] < _LEAST_NEAR:
        return Objection.LITTLE_SUBJECT
    if evidence.signs["unfocused"]:
        return Objection.NO_FOCUS
    if lacks_opinion(question, evidence.statement.text):
        return Objection.NO_OPINION
    if lacks_detail(question, evidence.statement, evidence.dated_by):
        return Objection.OTHER_DETAIL
    if _says_nothing(question, evidence):
        return Objection.SAYS_NOTHING
    return Objection.WEAK if evidence.sufficiency < 0 else None


def judge(question: Question, ranked: Sequence[Evidence]) -> list[Judged]:
    """Return the best statements, best first, each with what speaks against it.

    Those that only lead away are among them and take no other's place. Sure enough to answer on
    has to be the first; what is nearly as good only adds to it.
    """
    judged: list[Judged] = []
    first: Evidence | None = None
    telling = 0
    for evidence in ranked:
        if telling == _MOST_WEIGHED:
            break
        is_pointer = leads_away(question, evidence)
        telling += not is_pointer
        objection = Objection.LEADS_AWAY if is_pointer else objection_to(question, evidence)
        if objection is Objection.WEAK and first and first.score - evidence.score <= GAP:
            objection = None
        if objection is None and first is None:
            first = evidence
        judged.append(Judged(evidence, objection))
    return judged


def good_enough(judged: Sequence[Judged]) -> list[Evidence]:
    """Return the statements that nothing speaks against."""
    return [one.evidence for one in judged if one.objection is None]


def choose(question: Question, good: Sequence[Evidence]) -> Choice:
    """Return the statements to answer with; none where a name or number is in none of them.

    Names and numbers may be spread: "Jansen en De Vries" is answered by a sentence on each.
    """
    chosen: list[Evidence] = []
    lacking = frozenset(t for t in question.terms if is_specific(t, question.standalone))
    said = frozenset(term.stem for term in question.terms)
    words = 0
    conflict = False
    for evidence in good:
        words += len(evidence.statement.text.split())
        if chosen and (len(chosen) > _MAX_EXTRA or words > MAX_WORDS):
            break
        differs = bool(chosen) and contradicts(question, evidence, chosen[0])
        supplies = bool(lacking - evidence.lacking)
        if not chosen or supplies or differs or _adds(question, evidence, chosen, said):
            chosen.append(evidence)
            said |= _stems(evidence.statement)
            lacking &= evidence.lacking
            conflict |= differs
    return Choice(lacking=lacking) if lacking else Choice(tuple(chosen), conflict)


def _says_nothing(question: Question, evidence: Evidence) -> bool:
    """Tell whether a statement is a question, or a loose title or name, which says nothing."""
    statement = evidence.statement
    is_listed = statement.lead is not None and question.kind in _NAMES_DO
    is_loose = statement.kind is BlockKind.PARAGRAPH or (
        statement.kind is BlockKind.ITEM and not is_listed
    )
    is_title = statement.milestone is None and _is_title(statement)
    if statement.text.endswith("?") and not _ASKS_QUESTIONS.search(question.standalone):
        return True  # it asks, it does not answer
    if statement.milestone is None and is_period(statement.text):
        return True  # a date, but of what?
    if question.kind not in _LABELS_DO and _LABELLED.match(statement.text):
        return True  # what a letter opens with
    return is_loose and is_title and evidence.fits < 1


def _is_title(statement: Statement) -> bool:
    """Tell a few words from a sentence: they have no full stop, or hardly any length."""
    words = len(statement.text.split())
    if words < _FEWEST_WORDS:
        return True
    unclosed = statement.text[-1].isalpha() and not re.search(r"\d", statement.text)
    return statement.kind is BlockKind.PARAGRAPH and unclosed and words <= _TITLE_WORDS


def leads_away(question: Question, evidence: Evidence) -> bool:
    """Tell whether a statement only points to another page: "Direct naar de handreiking"."""
    statement = evidence.statement
    texts = [statement.text]
    if statement.lead is not None:  # a title in a list of titles
        texts.append(statement.document.text[statement.lead.start : statement.lead.end])
    points = any(_POINTS.match(text) and len(text.split()) <= _POINTER_WORDS for text in texts)
    return question.kind is not Kind.CONTACT and points


def _adds(
    question: Question, extra: Evidence, chosen: Sequence[Evidence], said: frozenset[str]
) -> bool:
    """Tell whether a sentence is nearly as good as the best and says something new."""
    statement, first = extra.statement, chosen[0]
    gap = _GAP_BESIDE if _is_beside(statement, first.statement) else GAP
    if question.kind in NEEDED:
        gap *= _SURE
    beside = (c.statement for c in chosen if c.statement.document.id == statement.document.id)
    if any(one.quoted.start <= statement.span.start < one.quoted.end for one in beside):
        return False  # it is quoted with the sentence that leans on it
    if _is_another_row(question, extra, first):
        return False
    own = _stems(statement) - frozenset(term.stem for term in question.terms)
    is_sentence = len(statement.text.split()) > 3 and not statement.text.endswith((":", "?"))
    is_new = len(own - said) >= max(_NEW * len(own), 1) or _has_new_number(extra, chosen)
    return is_sentence and is_new and first.score - extra.score <= gap


def _is_another_row(question: Question, extra: Evidence, first: Evidence) -> bool:
    """Tell whether one value was asked for, and it is in the row that has more of the question."""
    rows = are_rows_of_one_table(extra.statement, first.statement)
    return rows and question.kind in NEEDED and extra.signs["own"] < first.signs["own"]


def _has_new_number(extra: Evidence, chosen: Sequence[Evidence]) -> bool:
    """Tell whether a sentence has a number that no other has: the same words, another year."""
    known = {number for c in chosen for number in _NUMBER.findall(c.statement.text)}
    return bool(set(_NUMBER.findall(extra.statement.text)) - known)


def _is_beside(one: Statement, other: Statement) -> bool:
    """Tell whether two sentences stand next to each other in a paragraph."""
    same = one.document.id == other.document.id
    return same and (one.neighbour == other.span or other.neighbour == one.span)


def _stems(statement: Statement) -> frozenset[str]:
    return frozenset(t.stem for t in analyse(statement.text) if not t.is_function_word)
