"""Understand a question: what it asks for, and about what.

In:  a question, the user's earlier questions, the day.
Out: a Question record.

Patterns are those of Dutch questions; none knows a word of any corpus.

Knows nothing of the index.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.asked_period import read_period, words_of_time
from assistant.records import Kind, Question
from assistant.timeline_questions import asks_for_timeline
from ingest.analysis import Term, analyse
from ingest.dutch.numbers import NUMBER_WORDS

# The first pattern that is found decides.
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            Kind.CONTACT,
            r"\b(e-?mail\w*|mailadres\w*|telefoon\w*|contact\w*|bereik(?:en|baar)?|adres|website"
            r"|webadres|webpagina|url|link)\b",
        ),
        (
            Kind.WHEN,
            r"\b(wanneer|hoe ?lang|(?:welke?|wat voor) (?:\w+ )?(?:datum|data|jaar|maand|periode|"
            r"kwartaal|schooljaar|dag|moment|termijn)|datum|tot wanneer|hoe laat)\b",
        ),
        (
            Kind.HOW_MUCH,
            r"\b(hoeveel (?:\w+ ){0,2}(?:geld|euro|subsidie|budget|bekostiging|kost|kosten"
            r"|betaal\w*|krijg\w*|ontvang\w*|middelen)"
            r"|(?:welke?|wat voor) (?:\w+ )?(?:bedrag\w*|budget)"
            r"|wat kost(?:en)?|hoe (?:hoog|duur)|bedrag|budget)\b",
        ),
        (Kind.HOW_MANY, r"\b(hoeveel|aantal|hoe vaak)\b"),
        (
            Kind.WHY,
            r"\b(waarom|waartoe|met welk doel|wat is (?:het|de) (?:doel|reden|bedoeling))\b",
        ),
        (
            Kind.WHO,
            r"\b(wie|wiens|hoe he(?:et|ten)|namen van|welke? (?:\w+ )?(?:persoon|personen|partij"
            r"|partijen|organisatie|organisaties|instantie|bureau|minister|ministerie))\b",
        ),
        (
            Kind.LIST,
            r"^(?:en )?(?:noem|som|geef)\b|\b(welke|op welke (?:manier|wijze)\w*|wat zijn"
            r"|voorbeelden|waaruit)\b",
        ),
        (Kind.HOW, r"^(?:en )?hoe\b"),
        (
            Kind.DEFINITION,
            r"\bwat (?:is|betekent|betekenen|houdt)\b|\bwaar(?:voor)? staa[nt]\b|\bafkorting\b"
            r"|\bdefinitie\b|\bwat wordt bedoeld\b",
        ),
        (
            Kind.YES_NO,
            r"^(?:en )?(?:is|zijn|was|waren|kan|kunnen|kun|mag|mogen|moet|moeten|heeft|hebben|heb"
            r"|krijgt|krijgen|krijg|komt|komen|wordt|worden|geldt|gelden|gaat|gaan|doet|doen"
            r"|bestaat|bestaan|hoeft|hoeven|zal|zullen|klopt)\b",
        ),
    )
)
# Words that carry the question, not its subject.
_QUESTION_WORDS = frozenset(
    """
    bedrag bedragen bedraagt betekent betekenen betekenis bereiken contact datum doel euro geld
    heet heten hoelang houdt jaar keer klaar kost kosten maand naam namen noem
    periode precies reden voorbeelden waar waaruit waartoe aantal gebeurt gebeuren
    staat zin vraag vragen mailadres emailadres email adres telefoonnummer
    bedoeld afkorting definitie geef opsomming overzicht opnemen bereikbaar mailen bellen
    hoogte nummer datums hoeveel begint beginnen eindigt
    stopt start gaat vertel vertellen uitleg leg informatie weet bron bronnen document documenten
    """.split()  # noqa: SIM905 - a table reads better than a list of quoted strings
)


def understand(text: str, history: Sequence[str] = (), today: date | None = None) -> Question:
    """Read a question.

    Args:
        text: What the user asks.
        history: The user's earlier questions, oldest first.
        today: The day of asking; the machine's own date when left out.
    """
    standalone = _standalone(text, history)
    kind = kind_of(standalone)
    day = today or date.today()
    period = read_period(standalone, day)
    terms = _timeless(subject_terms(standalone), standalone)
    focus = _focus(standalone, terms) if kind in _FOCUSED else None
    return Question(text, standalone, kind, terms, focus, day, period)


def kind_of(question: str) -> Kind:
    """Return what a question asks for."""
    if asks_for_timeline(question):
        return Kind.TIMELINE
    return next((kind for kind, form in _KINDS if form.search(question)), Kind.OTHER)


def _focus(question: str, terms: Sequence[Term]) -> Term | None:
    """Return the noun after "welke", "hoeveel" or "wat zijn de", its adjective passed over."""
    asks = _ASKS_FOR.search(question)
    if asks is None:
        return None
    after = [t for t in terms if t.start >= asks.end() and t.surface not in NUMBER_WORDS]
    for term, following in zip(after, after[1:], strict=False):
        is_adjective = term.surface.endswith("e") and following.start == term.end + 1
        if not (is_adjective and following.surface.endswith(("en", "s"))):
            return term
    return after[-1] if after else None


_FOCUSED = frozenset({Kind.LIST, Kind.HOW_MANY, Kind.HOW_MUCH})
_ASKS_FOR = re.compile(r"\b(?:welke|hoeveel|wat zijn|noem|aantal)\b", re.IGNORECASE)


def subject_terms(text: str) -> tuple[Term, ...]:
    """Return the terms that say what a question is about, each word once.

    Question words go; when nothing would be left they stay.
    """
    terms = {term.surface: term for term in analyse(text) if not term.is_function_word}
    subject = tuple(term for word, term in terms.items() if word not in _QUESTION_WORDS)
    return subject or tuple(terms.values())


def _timeless(terms: tuple[Term, ...], text: str) -> tuple[Term, ...]:
    """Leave out words such as "vorige maand"; when nothing would be left they stay."""
    spans = words_of_time(text)
    return tuple(t for t in terms if not any(s.start <= t.start < s.end for s in spans)) or terms


_FOLLOW_UP = re.compile(
    r"^(?:en|maar|of|dus)\b|\b(?:dat|die|dit|deze|daar\w*|hier\w*|hij|zij|ze|hun|er(?:mee|van|voor)"
    r"|dan)\b",
    re.IGNORECASE,
)


def _standalone(text: str, history: Sequence[str]) -> str:
    """Put the subject of the last question behind a follow-up that has hardly one itself."""
    text = " ".join(text.split())
    if not history or not _FOLLOW_UP.search(text) or len(subject_terms(text)) > 2:
        return text
    own = {term.stem for term in subject_terms(text)}
    last = history[-1]
    words = [t for t in subject_terms(last) if t.stem not in own and t.surface in last.lower()]
    if not words:
        return text
    return f"{text.rstrip(' ?.!')} ({' '.join(last[t.start : t.end] for t in words)})?"
