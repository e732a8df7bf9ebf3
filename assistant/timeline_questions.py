"""Tell which questions ask for a timeline, as "Wat gebeurt er in mei?" does.

In:  a question.
Out: whether it asks what happens when; the terms that say about what.

Knows nothing of milestones themselves, or of answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from assistant.asked_period import read_period, words_of_time
from assistant.records import Window
from ingest.analysis import Term, analyse
from ingest.dutch.moment_patterns import MONTHS
from ingest.dutch.moments import lower_case
from ingest.dutch.numbers import NUMBER_WORDS
from ingest.dutch.periods import find_periods
from ingest.records import Span

_ANY_DAY = date(2000, 1, 1)  # to know that a question is about time, not which
_PLAN = r"(?:tijdlijn|tijdpad|planning|agenda)"
_NAMES_MILESTONES = re.compile(
    r"\b(?:welke|wat\s+voor)\s+(?:\w+\s+){0,3}mijlpa(?:al|len)\b"
    rf"|\b(?:noem|geef|toon|som|zet|overzicht|lijst|opsomming)\b.*\b(?:mijlpalen|{_PLAN})\b"
    r"|\bwat\s+(?:is|was|wordt|zijn|waren|worden)\s+(?!een\b)(?:\w+\s+){0,3}mijlpa(?:al|len)\b"
    r"|\b(?:zijn|waren|komen|vallen|staan|lopen|beginnen)\s+er\s+(?:\w+\s+){0,4}mijlpalen\b"
    r"|\bwanneer\s+(?:is|was)\s+de\s+(?:\w+\s+)?mijlpaal\b(?=\W*$)"
)
_READS_PLAN = re.compile(
    rf"\bwat\s+(?:staat|stond|staan|komt|was|is|gebeur\w*)\b.*\b(?:op|in|volgens)\s+(?:de|het)\s+"
    rf"(?:\w+\s+)?{_PLAN}\b|\bhoe\s+(?:ziet|zag)\b.*\b{_PLAN}\b|\bwat\s+is\s+(?:de|het)\s+{_PLAN}\b"
)
_COUNTS = re.compile(
    rf"\bhoeveel\s+(?:\w+\s+){{0,2}}(?:mijlpalen\b|\w+\s+(?:op|in)\s+(?:de|het)\s+{_PLAN}\b)"
)
_HAPPENS = re.compile(
    r"^(?:en\s+)?wat\s+(?:gebeur\w*|speel\w*|staat|stond|staan|begint|begon|starte?t?|eindigt"
    r"|loopt|liep|komt|kwam|verandert|is|was|valt|kunnen|kan|moet\w*|gaat|ging|zal|zijn|waren)\b"
    r"|^(?:en\s+)?welke\s+(?:gebeurtenissen|activiteiten|acties|stappen|zaken|dingen)\b"
)
_HAPPENS_TO = re.compile(r"^(?:en\s+)?wat\s+(?:gebeurt|gebeurde|verandert|staat|begint|start)\b")
_STEMS = re.compile(
    r"(?:mijlpa|tijdlijn|tijdpad|planning|agenda|gepland|overzicht|volgorde|gebeur|nieuw|ding"
    r"|activiteit|actie|zaken|stap|datum|data|einddat|begin|eind|doorlopend|lopend|start"
    r"|verwacht|speel|spelen|verander|noem|toon|geef|lijst|opsomming|som|zet|eerst|laatst|volgend"
    r"|vorig|gewoon|geen$|niet$|zonder$|punten|telt|tellen|beland|geweest|afgerond|voorbij|klaar"
    r"|vallen|valt|periode|tijd|maand|jaar|week"
    r"|kwarta|helft|zomer|winter|herfst|lente|voorjaar|najaar|half|medio|rest|kom)"
)


def asks_for_timeline(text: str) -> bool:
    """Tell whether a question asks for milestones, or for what happens in a period.

    A question about a timeline itself, or about what comes "in plaats van", does not.
    """
    lowered = lower_case(text)
    if _NAMES_MILESTONES.search(lowered) or counts_milestones(text):
        return True
    period = read_period(text, _ANY_DAY)
    subject = subject_of(analyse(text), text)
    if _READS_PLAN.search(lowered):
        return period is not None or not subject
    if period is None:
        return False
    is_now = period.windows == (Window(_ANY_DAY, _ANY_DAY),)
    if subject and (is_now or not _HAPPENS_TO.search(lowered)):
        return False
    return _HAPPENS.search(lowered) is not None


def counts_milestones(text: str) -> bool:
    """Tell whether a question asks how many milestones there are."""
    return _COUNTS.search(lower_case(text)) is not None


def names_timeline(text: str) -> bool:
    """Tell whether a question names milestones or a plan, and not just a time."""
    return re.search(rf"mijlpa|\b{_PLAN}\b", lower_case(text)) is not None


def subject_of(terms: Iterable[Term], text: str) -> list[Term]:
    """Return the terms that are neither about time nor words of an overview."""
    spans = [Span(found.start, found.end) for found in find_periods(text)] + words_of_time(text)
    return [
        term
        for term in terms
        if not term.is_function_word
        and term.surface not in MONTHS
        and term.surface not in NUMBER_WORDS
        and not _STEMS.match(term.surface)
        and not any(span.start <= term.start < span.end for span in spans)
    ]
