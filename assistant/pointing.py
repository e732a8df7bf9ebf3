"""Put in a question what its words point back to: "die", "ze", "hun", "daarvoor", "de derde".

In:  a question in parts; the noun phrase that was talked about, as one thing and as more.
Out: the question with that phrase in the place of the word.

Knows nothing of where the phrase comes from.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.nouns import article_of, is_plural
from assistant.topic import PREPOSITIONS, VERBS, Parts

_TO_PREPOSITION = {"mee": "met", "toe": "tot", "heen": "naar"}
_PRONOMINAL = re.compile(
    r"\b(?:daar|hier|er)(aan|bij|door|in|mee|naar|om|op|over|toe|tegen|tussen|uit|van|voor|onder)\b",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"^(?:daar|hier|er)\b\s*(?P<rest>(?:[\w-]+\s+){1,4}?)(?P<last>aan|bij|in|mee|naar|over|uit|van"
    rf"|voor)(?P<tail>$|\s+{PREPOSITIONS}\b.*)",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\b(?:daar|hier)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"\b(?:hun|haar)\s+(?P<noun>[\w-]+(?:\s+[\w-]+){0,2})$", re.IGNORECASE)
_OBJECT = re.compile(r"\w\s+(?P<word>haar|hun)\s+\w+en$", re.IGNORECASE)
_MODAL = re.compile(r"^(?:kan|kun|kunt|kunnen|moet|moeten|mag|mogen|wil|willen)$", re.IGNORECASE)
_HIS = re.compile(r"^zijn\s+(?P<noun>[\w-]+(?:\s+[\w-]+)?)$", re.IGNORECASE)
_AFTER = (
    rf"(?=$|[,\s]+(?:{PREPOSITIONS}|{VERBS}|ge\w+[dt]|be\w+d|ver\w+d|\w+eerd|open|klaar|al|ook|nog"
    r"|gratis|wel|niet|te|zo|er|dan|nu|precies|rechtstreeks|samen|zelf|die|dat|ze)\b)"
)
_PRONOUN = re.compile(
    rf"\b(?P<word>ze|zij|hij|hen|hem)\b|\b(?P<this>die|dat|deze|dit|het){_AFTER}", re.IGNORECASE
)
_POINTED = re.compile(
    r"\b(?:die|dat|deze|dit|dezelfde|hetzelfde)\s+(?P<noun>[\w-]+)", re.IGNORECASE
)
_CLAUSE = re.compile(r"\b(?:het|zo|waar|zeker)\s+dat\b|,\s*(?:die|dat)\b", re.IGNORECASE)
_ORDINAL = re.compile(
    r"\bde (?:eerste|tweede|derde|vierde|vijfde|zesde|laatste|andere)(?=$|\s+(?:is|zijn)\b)", re.I
)
_IS_THERE = re.compile(r"^(?:is|zijn|was|waren|komt|komen|staat|staan|zit|zitten)$", re.IGNORECASE)
_MANY = frozenset({"ze", "zij", "hen"})
_MORE = frozenset({"zijn", "waren", "gaan", "staan", "doen"})


def points_back(parts: Parts) -> bool:
    """Tell whether a question has a word that stands for something said before."""
    body = parts.body
    forms = (_SPLIT, _POSSESSIVE, _HIS, _PRONOMINAL, _ORDINAL, _PRONOUN, _PLACE, _POINTED)
    return not _CLAUSE.search(body) and any(form.search(body) for form in forms)


def filled(asked: str, parts: Parts, one: str, more: str) -> str:
    """Return `asked` with what it points back to.

    Args:
        asked: The question, without its mark.
        parts: The same, in parts.
        one: What was talked about, as one thing.
        more: The same, as more than one: "hen", "hun".
    """
    body = next((body for rule in _RULES if (body := rule(parts, one, more))), None)
    if body is None:
        return f"{asked}, als het gaat om {one}"
    return " ".join(filter(None, (parts.wh, parts.verb, body)))


def _split(parts: Parts, one: str, _: str) -> str | None:
    """Fill in "is daar een verslag van"."""
    found = _SPLIT.match(parts.body)
    if found is None or _PRONOMINAL.search(parts.body):
        return None
    return f"er {found['rest']}{_preposition(found['last'])} {one}{found['tail']}"


def _object(parts: Parts, one: str, more: str) -> str | None:
    """Fill in "hoe kan ik haar bereiken"."""
    found = _OBJECT.search(parts.body)
    if found is None or not _MODAL.match(parts.verb):
        return None
    whom = (more or one) if found["word"].lower() == "hun" else one
    return f"{parts.body[: found.start('word')]}{whom}{parts.body[found.end('word') :]}"


def _owned(parts: Parts, one: str, more: str) -> str | None:
    """Fill in "wat is hun adres"."""
    for form, owner in ((_POSSESSIVE, more), (_HIS, one)):
        if found := form.search(parts.body):
            noun = found["noun"]
            return f"{parts.body[: found.start()]}{article_of(noun.split()[-1])} {noun} van {owner}"
    return None


def _with_preposition(parts: Parts, one: str, _: str) -> str | None:
    """Fill in "wie zitten daarin"."""
    found = _PRONOMINAL.search(parts.body)
    if found is None:
        return None
    there = "er " if found.start() == 0 and _IS_THERE.match(parts.verb) else ""
    return there + _put(f"{_preposition(found[1])} {one}", found, parts.body)


def _ranked(parts: Parts, one: str, more: str) -> str | None:
    """Fill in "wat is de derde"."""
    found = _ORDINAL.search(parts.body)
    return _put(f"{found.group()} van {more or one}", found, parts.body) if found else None


def _pronoun(parts: Parts, one: str, more: str) -> str | None:
    """Fill in "wat kost dat", "wat doen ze"."""
    found = _PRONOUN.search(parts.body)
    if found is None:
        return None
    is_many = is_plural(parts.verb) or parts.verb.lower() in _MORE
    many = is_many if found["this"] else found["word"].lower() in _MANY
    return _put(more if many and more else one, found, parts.body)


def _place(parts: Parts, one: str, _: str) -> str | None:
    """Fill in "wie werken daar"."""
    found = _PLACE.search(parts.body)
    return _put(f"bij {one}", found, parts.body) if found else None


def _named(parts: Parts, one: str, _: str) -> str | None:
    """Fill in "hoe hoog is die toeslag", where a toeslag was talked about."""
    found = _POINTED.search(parts.body)
    if found is None or found["noun"].lower() not in one.lower():
        return None
    return _put(one, found, parts.body)


_RULES: tuple[Callable[[Parts, str, str], str | None], ...] = (
    _split, _object, _owned, _with_preposition, _ranked, _pronoun, _place, _named,
)  # fmt: skip


def _put(words: str, found: re.Match[str], body: str) -> str:
    return f"{body[: found.start()]}{words}{body[found.end() :]}"


def _preposition(word: str) -> str:
    return _TO_PREPOSITION.get(word.lower(), word.lower())
