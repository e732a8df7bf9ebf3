"""Make a question stand by itself: put in what the conversation before it says.

In:  a question, and the questions before it.
Out: a Dutch question that can be understood alone; the question itself when it already can.

"En voor wie geldt dat?" takes the subject of the last question that has one. "En in het oude
gebouw?" brings its own and takes the rest of that question. A question with a subject of its own
takes nothing.

Knows nothing of the index, or of answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.nouns import article_of, is_plural
from assistant.pointing import filled, points_back
from assistant.scope import refusal, without_courtesy
from assistant.subject import names_subject, subject_terms
from assistant.topic import PREPOSITIONS, Parts, parts_of, topic_of
from ingest.dutch.moment_patterns import MONTHS
from ingest.dutch.periods import find_periods

_MOST = 8  # earlier questions that count
_MOST_TERMS = 3  # subject terms of a question that leans on another
_OPENING = re.compile(r"^(?:(?:en|maar|of|dus|ja|oke|oké)\b[\s,]*)+", re.IGNORECASE)
_ADVERBS = re.compile(r"[\s,]*\b(?:dan|nu|eigenlijk|precies|daar nu|toch)$", re.IGNORECASE)
_RANK = re.compile(r"\b(?:eerste|tweede|derde|vierde|vijfde|laatste)\b", re.IGNORECASE)
_NEXT = re.compile(
    r"^(?:in )?het jaar\s+(?P<way>daarop|daarna|erna|erop|daarvoor|ervoor)$", re.IGNORECASE
)
_MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b", re.IGNORECASE)
_HOW = re.compile(
    r"^hoe (?:doe|moet|kan|kun|doen|kunnen) (?:ik|je|jij|we|wij|u) (?:dat|dit)$", re.I
)
_OWNED = re.compile(r"^(?:hun|haar|zijn)\s+(?P<noun>[\w-]+)$", re.IGNORECASE)
# What something has, and is none without it.
_PROPERTY = re.compile(
    r"^(?:(?:de|het|een)\s+)?(?:\w+e\s+)?(?:[\w-]*(?:adres|adressen|nummer|nummers|datum|data|bedrag"
    r"|budget|prijs|tarief)|doel|doelen|reden|kosten|hoogte|duur|site|website|link|naam|namen"
    r"|contactgegevens|openingstijden|resultaat|resultaten|uitkomst|uitkomsten|opbrengst|opbrengsten"
    r"|voorwaarden|eisen|regels|deelnemers|leden|gevolgen|voordelen|nadelen|voorbeelden|stappen"
    r"|taken|rol|onderwerpen|thema's|afspraken|betekenis|definitie|locatie|planning|looptijd)$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PREPOSITION = re.compile(rf"^(?P<word>{PREPOSITIONS})\s+\w", re.IGNORECASE)
_ADVERBIAL = re.compile(
    r"^(?:wanneer|waar|waarom|hoe\b.*|(?:vanaf|sinds|tot|per) .*|met welk\w* .*|in hoeveel .*)$",
    re.I,
)


def standalone_of(text: str, history: Sequence[str] = ()) -> str:
    """Return a question so that it can be understood without the conversation before it.

    Args:
        text: The question.
        history: The questions before it, oldest first.

    Example:
        >>> standalone_of("En voor wie geldt dat?", ["Wanneer is de stadspas gratis?"])
        'Voor wie geldt de stadspas?'
    """
    before: list[str] = []
    for earlier in (one for one in history[-_MOST:] if refusal(one) is None):
        question = _resolve(_tidy(earlier), before)
        if names_subject(question) or not before:
            before.append(question)
    return _resolve(_tidy(text), before)


def _tidy(text: str) -> str:
    text = " ".join(text.split())
    rest = without_courtesy(text)
    return text if rest == text else rest[:1].upper() + rest[1:]


def _resolve(text: str, before: Sequence[str]) -> str:
    """Return `text` made to stand by itself after the questions in `before`."""
    if not before:
        return text
    if names_subject(before[-1]) and len(subject_terms(text)) > _MOST_TERMS:
        return text
    asked = _ADVERBS.sub("", _OPENING.sub("", text.rstrip(" ?.!")))
    last = before[-1]
    parts = parts_of(asked)
    if not asked:
        return text
    if not parts.wh and not parts.verb:
        found = _fragment(asked, last, is_opened=asked != text.rstrip(" ?.!"))
    elif not parts.verb:
        found = _bare(parts.wh, last)
    else:
        found = _same_verb(parts, before) or _how(asked, before) or _filled(asked, parts, before)
    return text if found is None else _question(found)


def _question(text: str) -> str:
    text = " ".join(text.split()).strip(" ,")
    return text[:1].upper() + text[1:] + ("" if text.endswith(("?", ".", "!")) else "?")


def _fragment(asked: str, last: str, *, is_opened: bool) -> str | None:
    """Return the last question with a loose phrase in its place: "En in het oude gebouw?"."""
    stem = last.rstrip(" ?.!")
    if not names_subject(stem):  # the answer to "waar gaat je vraag over?"
        return f"{stem}, als het gaat om {asked}"
    shift = _NEXT.match(asked)
    if shift is not None:
        return _shifted(stem, back="voor" in shift["way"])
    if not is_opened and not _PREPOSITION.match(asked):
        return None
    if (period := _period_swapped(asked, stem)) is not None:
        return period
    rank, old = _RANK.search(asked), _RANK.search(stem)
    if rank is not None and old is not None and len(subject_terms(asked)) == 1:
        return stem[: old.start()] + rank.group() + stem[old.end() :]
    month, other = _MONTH.search(asked), _MONTH.search(stem)
    if month is not None and other is not None:
        return stem[: other.start()] + month.group() + stem[other.end() :]
    preposition = _PREPOSITION.match(asked)
    if preposition is not None:
        place = re.search(rf"\b{preposition['word']} (?!(?:wie|wat|welke?|hoeveel)\b)", stem, re.I)
        return f"{stem[: place.start()]}{asked}" if place else f"{stem} {asked}"
    topic = topic_of(last)
    owned = _OWNED.match(asked)
    if owned is not None or _PROPERTY.search(asked):
        noun = asked if owned is None else f"{article_of(owned['noun'])} {owned['noun']}"
        verb = "zijn" if is_plural(asked.split()[-1]) else "is"
        return f"wat {verb} {noun} van {topic}" if topic else None
    if not names_subject(asked):
        return None
    return stem.replace(topic, asked, 1) if topic and topic in stem else None


def _shifted(stem: str, *, back: bool) -> str | None:
    """Return a question about the year after or before the one it names."""
    years = list(_YEAR.finditer(stem))
    if not years:
        return None
    year = years[-1]
    return f"{stem[: year.start()]}{int(year.group()) + (-1 if back else 1)}{stem[year.end() :]}"


def _period_swapped(asked: str, stem: str) -> str | None:
    """Return a question about the period that is all that `asked` says, None if it says more."""
    new = find_periods(asked)
    if len(new) != 1 or names_subject(asked[: new[0].start] + asked[new[0].end :]):
        return None
    old = find_periods(stem)
    if not old:
        return f"{stem} {asked if _PREPOSITION.match(asked) else f'in {asked}'}"
    written = asked[new[0].start : new[0].end]
    return f"{stem[: old[-1].start]}{written}{stem[old[-1].end :]}"


def _bare(wh: str, last: str) -> str | None:
    """Return a question of question words only, with the rest of the last one: "Vanaf wanneer?"."""
    parts = parts_of(last)
    stem = last.rstrip(" ?.!")
    is_adverbial = bool(_ADVERBIAL.match(wh))
    if is_adverbial and parts.verb and (not parts.wh or _ADVERBIAL.match(parts.wh)):
        return (
            f"{wh} {parts.verb} {parts.body}" if parts.wh else f"{wh} {stem[:1].lower()}{stem[1:]}"
        )
    topic = topic_of(last)
    if not topic:
        return None
    if re.match(r"^met welk doel$", wh, re.IGNORECASE):
        return f"wat is het doel van {topic}"
    if re.match(r"^(?:vanaf|tot|sinds) wanneer$", wh, re.IGNORECASE):
        return f"{wh} geldt dat voor {topic}"
    if re.match(r"^(?:wanneer|waar|voor w.*)$", wh, re.IGNORECASE):
        return f"{wh} is {topic}"
    return f"{wh}, als het gaat om {topic}"


def _how(asked: str, before: Sequence[str]) -> str | None:
    """Return "Kan ik bezwaar maken?" asked with "hoe", after "Hoe doe ik dat?"."""
    last = before[-1]
    if not _HOW.match(asked) or parts_of(last).wh:
        return None
    return f"hoe {last[:1].lower()}{last[1:]}"


def _filled(asked: str, parts: Parts, before: Sequence[str]) -> str | None:
    """Return a question with what its words point back to, or with what it leaves out."""
    one, more = (_topic(before, plural=many) for many in (False, True))
    if not one:
        return None
    if points_back(parts):
        return filled(asked, parts, one, more)
    if _PROPERTY.search(parts.body):
        return f"{asked} van {one}"
    if names_subject(asked):
        return None
    return f"{asked}, als het gaat om {one}"


def _same_verb(parts: Parts, before: Sequence[str]) -> str | None:
    """Return an earlier question with what this one adds: "Krijgen ze die rechtstreeks?"."""
    adds = re.sub(r"^(?:(?:ze|zij|hij|die|dat|dit|deze|het|er)\b\s*)+", "", parts.body, flags=re.I)
    if parts.wh or adds == parts.body or not adds or len(adds.split()) > 3:
        return None
    for question in reversed(before):
        other = parts_of(question)
        if not other.wh and other.verb.lower() == parts.verb.lower() and names_subject(question):
            return f"{question.rstrip(' ?.!')} {adds}"
    return None


def _topic(before: Sequence[str], *, plural: bool) -> str:
    """Return what the newest question that names something is about."""
    return next((topic for one in reversed(before) if (topic := topic_of(one, plural=plural))), "")
