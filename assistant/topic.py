"""Take a question apart, and say in its own words what it is about.

In:  a Dutch question.
Out: its question words, its verb and the rest; the noun phrases that "die", "ze" or "daar" in a
     next question may stand for.

There is no grammar behind this: word order, a list of verbs, and how words end. What cannot be
told apart stays together, which still reads as Dutch.

Knows nothing of follow-up questions.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.nouns import article_of, is_plural
from assistant.subject import names_subject

PREPOSITIONS = (
    r"(?:aan|bij|binnen|door|in|met|naar|na|naast|om|onder|op|over|per|rond|sinds|tegen|tijdens|tot"
    r"(?: en met)?|tussen|uit|van|vanaf|via|volgens|voor|zonder)"
)
VERBS = (
    r"(?:is|zijn|was|waren|wordt|worden|werd|werden|heeft|hebben|heb|had|hadden|kan|kun|kunt|kunnen"
    r"|mag|mogen|moet|moeten|zal|zullen|zou|zouden|wil|willen|gaat|gaan|komt|komen|kwam|kwamen"
    r"|krijgt|krijgen|krijg|kreeg|kregen|doet|doen|staat|staan|stond|geldt|gelden|zit|zitten|zat"
    r"|ligt|liggen|loopt|lopen|valt|vallen|hoort|horen|duurt|duren|begint|beginnen|begon|start"
    r"|starten|stopt|kost|kosten|betaalt|betalen|werkt|werken|woont|wonen|helpt|helpen|biedt"
    r"|bieden|leidt|leiden|organiseert|organiseren|beheert|beheren|regelt|regelen|bestaat|bestaan"
    r"|hoeft|hoeven|telt|tellen|noemt|noemen|bepaalt|beslist|doen|vraagt|vragen|vraag|meld|meldt"
    r"|heet|heten|betekent|verschijnt|opent|sluit|volgt|volgen|ontvangt|ontvangen|past|passen)"
)
_PLAIN_WH = (
    r"(?:wie|wanneer|waarom|waartoe|hoezo|hoe (?:lang|laat|vaak|hoog|duur|groot|ver|snel|oud)"
    r"|waar(?:aan|bij|door|in|mee|naar|om|op|over|uit|van|voor)?|wat voor \w+|wat|hoe)"
)
_COUNT = rf"(?:hoeveel|welke?)(?: (?!{VERBS}\b)[\w-]+){{0,4}}"
_ASKING = re.compile(
    rf"^(?P<wh>(?:{PREPOSITIONS} )?(?:{_PLAIN_WH}|{_COUNT}))"
    rf"(?: (?P<verb>{VERBS}|[\w-]+)\b(?P<body>.*))?$",
    re.IGNORECASE,
)
_TELLING = re.compile(rf"^(?P<verb>{VERBS})\b(?P<body>.*)$", re.IGNORECASE)
_COUNTED = re.compile(r"^(?:\w+ )?(?:hoeveel|welke?) (?P<noun>.+)$", re.IGNORECASE)
_ASKER = r"(?:ik|je|jij|jullie|we|wij|u|men|iemand|ons|me|mij|zich)"
_LEADS = re.compile(rf"^(?:(?:er|{_ASKER}|nu|ook|eigenlijk|precies|al|nog)\b\s*)+", re.IGNORECASE)
_MODAL = re.compile(r"^(?:kan|kun\w*|mag|mogen|moet\w*|zal|zullen|zou\w*|wil\w*|gaat|gaan)$", re.I)
_PREDICATE = re.compile(
    r"(?<!\bde)(?<!\bhet)(?<!\been)\s(?:ge(?!meente|bied|bouw|zin|gevens|volg|luid|sprek|bruik|vaar"
    r"|sloten\b)\w+[dt]|(?:be|ver|ont|her)\w{2,}(?:eld|erd|gd|kt|cht|rd|md|past)|\w+eerd"
    r"|(?:aan|af|op|uit|in|voor|mee|over|om)ge\w+[dt]|klaar|open|dicht|bedoeld|beschikbaar|bekend"
    r"|nodig|gekomen|gegeven|begonnen|gekregen|precies|eigenlijk|nu|al|dan|aan|af|mee|plaats|toe|er"
    r"|geldig|gratis|verplicht)$",
    re.IGNORECASE,
)
_OPENING_PREDICATE = re.compile(
    rf"^(?:beschikbaar|bedoeld|bekend|nodig|ge\w+[dt]) (?P<rest>{PREPOSITIONS} .+)$", re.IGNORECASE
)
_AUXILIARY = re.compile(r"\b(?:is|zijn|was|waren|wordt|worden|werd|werden|heeft|hebben)$", re.I)
_ONLY_WORDS = re.compile(
    rf"^(?:(?:de|het|een|die|dat|dit|deze|ze|zij|hij|hem|hen|hun|daar\w*|er\w*|{_ASKER})\b\s*)*$",
    re.IGNORECASE,
)
_NARROWED = re.compile(r"\bals het gaat om (?P<topic>.+?)[ ?.!]*$")
_GIVES = re.compile(r"^(?:krijg\w*|heb\w*|heeft|ontvang\w*)$", re.IGNORECASE)
_OBJECT = re.compile(r"^(?P<who>.*\w) (?P<what>(?:(?:extra|gratis|\w+e) )?[\w-]+)$")
_DETERMINED = re.compile(r"\b(?:de|het|een|mijn|onze|ons)\b", re.IGNORECASE)


class Parts(NamedTuple):
    """A question in parts: "Hoeveel plekken" "zijn" "er op de opvang"; each may be empty."""

    wh: str
    verb: str
    body: str


def parts_of(question: str) -> Parts:
    """Return the parts of a question, without its mark.

    Example:
        >>> parts_of("Wie leidt de werkplaats?")
        Parts(wh='Wie', verb='leidt', body='de werkplaats')
    """
    text = question.strip().rstrip(" ?.!")
    found = _TELLING.match(text) or _ASKING.match(text)
    if found is None:
        return Parts("", "", text)
    groups = {"wh": "", **found.groupdict()}
    return Parts(groups["wh"] or "", groups["verb"] or "", (groups["body"] or "").strip())


def topic_of(question: str, *, plural: bool = False) -> str:
    """Return the noun phrase that a question is about, "" when there is none.

    Args:
        question: A question that can be understood by itself.
        plural: Whether the word that stands for it is plural, as "ze" is.

    Example:
        >>> topic_of("Wanneer opent de stalling aan de kade?")
        'de stalling aan de kade'
        >>> topic_of("Hoeveel coaches zijn er aangesteld?", plural=True)
        'de coaches'
        >>> topic_of("Hoeveel hulp is er beschikbaar voor de kade?")
        'de hulp voor de kade'
    """
    if (narrowed := _NARROWED.search(question)) is not None:
        return narrowed["topic"]
    parts = parts_of(question)
    body = _without_predicate(_LEADS.sub("", parts.body), parts.verb)
    counted = _COUNTED.match(parts.wh)
    opening = _OPENING_PREDICATE.match(body)  # "Hoeveel hulp is er beschikbaar voor …?"
    if opening is not None:
        body = opening["rest"]
        if counted is not None and names_subject(counted["noun"]):
            return f"{_article(counted['noun'])} {counted['noun']} {body}"
    body = re.sub(rf"^(?:{PREPOSITIONS} )+(?=\w)", "", body) if not body.startswith("om ") else body
    is_counted = not body or body.startswith("om ") or plural
    if counted is not None and is_counted and names_subject(counted["noun"]):
        tail = f" {body}" if body.startswith("om ") else ""
        return f"de {counted['noun']}{tail}"
    if _GIVES.match(parts.verb) and not parts.wh and not _DETERMINED.search(body):
        both = _OBJECT.match(body)
        if both is not None:
            return both["who"] if plural else both["what"]
    return "" if _ONLY_WORDS.match(body) or not names_subject(body) else body


def _article(noun: str) -> str:
    return "de" if is_plural(noun.split()[-1]) else article_of(noun.split()[-1])


def _without_predicate(body: str, verb: str) -> str:
    """Return what is left without what belongs to the verb at the end: "… klaar", "… bedoeld"."""
    if _MODAL.match(verb):
        body = re.sub(r"(?:^|\s)(?:te )?\w+(?:en|aan|zien|doen)$", "", body)
    while (found := _PREDICATE.search(f" {body}")) is not None:
        shorter = f" {body}"[: found.start()].strip()
        if _AUXILIARY.search(shorter):
            return body  # of a clause inside: "nu de brug wordt gesloopt"
        body = shorter
    return body
