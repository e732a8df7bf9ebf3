"""Tell what a question asks for, by weights learned from example questions.

In:  a question.
Out: its Kind.

A multinomial logistic regression over words, endings and short stretches of words; examples.yaml
holds what it learns from, tests/learn_kinds.py learns it. Only question words and words of the
examples count, so a subject that the examples do not name says nothing.

Knows nothing of the index, or of what an answer looks like.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from assistant.records import Kind
from assistant.timeline_questions import asks_for_timeline
from ingest.analysis import FUNCTION_WORDS, fold

_WEIGHTS = Path(__file__).parent / "kinds.json"
_WORD = re.compile(r"\d+|[^\W\d_]+")
_SENTENCE = re.compile(r"[^.?!]+(?:[.](?=\S)[^.?!]*)*[?]?")
_OPENING = frozenset({"en", "maar", "dus", "of", "ja", "nee", "ok", "oke"})
_ENDING = 5  # letters: the last part of most compounds shows in them
_LONG = 8  # letters from which a word may be a compound
_OPENS = 4  # words at the start that count by their place
# Wordings that often go with a kind; one of them decides nothing.
_CUES: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            Kind.CONTACT,
            r"\b(e-?mail\w*|mailadres\w*|telefoon\w*|contact\w+|contact (?:op|met|krijg|leg)\w*"
            r"|bereik(?:baar)?|adres|website|webadres|webpagina|url|link|welk nummer)\b"
            r"|\b(?:hoe|waar|wie|nummer)\b.*\b(?:bereiken|bellen|mailen)\b",
        ),
        (
            Kind.TIMELINE,
            r"\b(tijdlijn|planning|mijlpalen|tijdpad)\b|\bwat (?:gebeurt|staat|komt) er\b",
        ),
        (
            Kind.WHEN,
            r"\b(wanneer|hoe ?lang|(?:welke?|wat voor) (?:\w+ )?(?:datum|data|jaar|maand|periode|"
            r"kwartaal|schooljaar|dag|moment|termijn|leeftijd)|\w*datum|tot wanneer|hoe laat"
            r"|deadline|hoe (?:oud|snel|vlug)|(?:laatste|eerste|uiterste) dag"
            r"|wat is de (?:\w+ )?\w*(?:termijn|periode|tijd|duur))\b",
        ),
        (
            Kind.HOW_MUCH,
            r"\b(hoeveel (?:\w+ ){0,2}(?:geld|euro|subsidie|budget|bekostiging|kost|kosten"
            r"|betaal\w*|krijg\w*|ontvang\w*|middelen)"
            r"|(?:welke?|wat voor) (?:\w+ )?(?:bedrag\w*|budget)"
            r"|wat (?:kost(?:en)?|bedraagt)|hoe (?:hoog|duur)|\w*bedrag|budget|\w*plafond"
            r"|tarief)\b",
        ),
        (
            Kind.COMPARISON,
            r"\b(verschil\w*|vergelijk\w*|overeenkomst\w*|verhoudt|ten opzichte van|meer \w+ dan"
            r"|meer .+ of (?:meer )?|\w+er dan|van (?:de|het) twee|van beide)\b"
            r"|\b(?:welke?|wat|wie|waar)\b.*\w+er,.* of ",
        ),
        (Kind.HOW_MANY, r"\b(hoeveel|aantal|hoe vaak|percentage)\b"),
        (
            Kind.WHY,
            r"\b(waarom|waartoe|waardoor|vanwaar|met welk doel|\w*reden|oorza(?:ak|ken)"
            r"|hoe (?:komt|kan|kwam|kon) (?:het|dat|dit)|wat is (?:het|de) (?:doel|bedoeling))\b",
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


@functools.lru_cache(maxsize=256)  # it is asked more than once of each question
def kind_of(question: str) -> Kind:
    """Return what a question asks for.

    Example:
        >>> kind_of("Wanneer opent het zwembad?")
        <Kind.WHEN: 'when'>
    """
    if asks_for_timeline(question):
        return Kind.TIMELINE
    weights = _weights()
    scores = {kind: 0.0 for kind in Kind if kind is not Kind.TIMELINE}
    for feature in features(question):
        for kind, weight in weights.get(feature, {}).items():
            if kind in scores:
                scores[kind] += weight
    return max(scores, key=lambda kind: scores[kind])


def features(question: str) -> frozenset[str]:
    """Return what is seen of a question, each once."""
    asking = _asking(question)
    cues = [kind for kind, form in _CUES if form.search(asking)]
    first = cues[0] if cues else Kind.OTHER
    return frozenset((*_features(_words(asking)), *(f"~{kind}" for kind in cues), f"~1{first}"))


def _asking(question: str) -> str:
    """Return the sentence that asks: what is told before it says nothing of what is asked."""
    sentences = [match.group() for match in _SENTENCE.finditer(question)]
    asking = [sentence for sentence in sentences if sentence.endswith("?")]
    return (asking or sentences or [""])[-1]


def _words(text: str) -> list[str]:
    """Return the words, numbers as "#", without "en" in front."""
    words = ["#" if word.isdigit() else fold(word) for word in _WORD.findall(text)]
    while len(words) > 1 and words[0] in _OPENING:
        del words[0]
    return words


def _features(words: list[str]) -> Iterator[str]:
    yield ""
    shapes = [_shape(word) for word in words]
    for word in words:
        yield word
        if len(word) >= _LONG:
            yield f"-{word[-_ENDING:]}"
    for first, second in zip(shapes, shapes[1:], strict=False):
        yield f"{first}+{second}"
    for place, word in enumerate(words[:_OPENS]):
        yield f"{place}:{word}"
    for length in range(1, min(_OPENS, len(words)) + 1):
        yield "^" + " ".join(shapes[:length])
    yield f"={min(len(words), 4)}"


def _shape(word: str) -> str:
    """Return a function word as it is, of another word only whether it looks plural."""
    if word in FUNCTION_WORDS or word == "#":
        return word
    return "*n" if word.endswith("en") else "*s" if word.endswith("s") else "*"


@functools.cache
def _weights() -> Mapping[str, Mapping[Kind, float]]:
    learned = json.loads(_WEIGHTS.read_text(encoding="utf-8"))["weights"]
    return {
        feature: {Kind(kind): weight for kind, weight in by_kind.items()}
        for feature, by_kind in learned.items()
    }
