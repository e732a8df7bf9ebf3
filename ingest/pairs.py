"""Make training pairs for the embedding model from the text of regulations.

In:  a gzipped JSON-lines file of passages (`_id`, `title`, `section`, `text`).
Out: pairs of a question-like text and a text that belongs to it.

Knows nothing of models: strings in, pairs of strings out.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import math
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

SEED = 20261121
# One regulation in sixteen is never trained on, so that retrieval can be measured on it.
HELD_OUT_SHARE = 16
# Wrappings that turn a heading into what a citizen would ask; they teach the model that
# "wat", "ik" and "regelen" say nothing about the subject.
QUESTIONS = (
    "Wat is {}?", "Wat zijn {}?", "Wat houdt {} in?", "Wat betekent {} voor mij?",
    "Wat zijn de regels voor {}?", "Welke regels gelden er voor {}?", "Welke {} zijn er?",
    "Wat moet ik doen met {}?", "Wat moet ik regelen voor {}?", "Wat kan ik doen bij {}?",
    "Wat heb ik nodig voor {}?", "Wat gebeurt er bij {}?", "Wat kost {}?", "Hoe werkt {}?",
    "Hoe kan ik {} aanvragen?", "Hoe kom ik aan {}?", "Hoe lang duurt {}?", "Hoe geef ik {} door?",
    "Wanneer geldt {}?", "Wanneer krijg ik te maken met {}?",
    "Wanneer kom ik in aanmerking voor {}?", "Waar kan ik terecht voor {}?",
    "Waar vind ik informatie over {}?", "Waarom {}?", "Wie mag {}?", "Wie beslist over {}?",
    "Mag ik {}?", "Kan ik {} krijgen?", "Heb ik recht op {}?", "Ik heb een vraag over {}. Wat nu?",
    "Geldt {} ook voor mij?", "Moet ik {} melden?",
)  # fmt: skip
_GENERIC = re.compile(
    r"(artikel|art\.|bijlage|inleiding|algemeen|algemene|begrips|definit|inwerking|citeer|slot|"
    r"onderdeel|hoofdstuk|paragraaf|tabel|toelichting|overgang|beschrijving|reikwijdte|\W*\d)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[a-z)][.;:?!]) +(?=[A-Z0-9(*–-])|(?<=;) ")
_DEFINITION = re.compile(
    r"(?:^|[;:] )(?:[a-z0-9]{1,3}[.°)] *)?\*?([a-zë][a-zéëï -]{3,45})\*?: ([^;:]{30,400})[;.]"
)
_TITLE_NAME = re.compile(r"\(([^()]{8,90})\)\s*$")
_TITLE_PREAMBLE = re.compile(
    r"^(wet|besluit|regeling|rijkswet|tijdelijke regeling)\b.*?\b"
    r"(houdende( de)?( nadere)?( regels?| regeling| bepalingen| vaststelling)?|tot|strekkende tot)"
    r"( (omtrent|inzake|betreffende|met betrekking tot|van|voor|over|ten aanzien van))? ",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a regulation."""

    regulation: str
    title: str
    section: str
    text: str


def read_passages(path: Path) -> Iterator[Passage]:
    """Yield the passages that may be trained on; the hash of its id holds a regulation out."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            regulation = row["_id"].split("#")[0]
            digest = int(hashlib.sha256(regulation.encode()).hexdigest(), 16)
            if digest % HELD_OUT_SHARE and len(row["text"]) >= 60:
                yield Passage(regulation, row["title"], row["section"].strip("* ,:."), row["text"])


def subject(title: str) -> str:
    """Reduce an official title to what the regulation is about.

    Example:
        >>> subject("Wet van 7 juli 1988, houdende regels betreffende loodsen")
        'loodsen'
        >>> subject("Wet van 17 juni 2013, houdende regels omtrent warmte (Warmtewet)")
        'Warmtewet'
    """
    name = _TITLE_NAME.search(title)
    return name.group(1) if name else _TITLE_PREAMBLE.sub("", title)


def with_typos(text: str, rng: random.Random) -> str:
    """Return the text with about one long word in six misspelt, as people type."""
    words = text.split()
    for position, word in enumerate(words):
        if len(word) > 4 and rng.random() < 0.16:
            at = rng.randrange(1, len(word) - 2)
            lost, doubled = word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:]
            swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            words[position] = rng.choice((lost, swapped, doubled))
    return " ".join(words)


def as_question(topic: str, rng: random.Random) -> str:
    """Word a topic as a question, as keywords or as it stands; sometimes misspelt or shortened."""
    text = topic
    if rng.random() < 0.65:
        text = rng.choice(QUESTIONS).format(topic[:1].lower() + topic[1:])
    if rng.random() < 0.25:
        text = with_typos(text, rng)
    if rng.random() < 0.25:
        kept = [word for word in text.split() if rng.random() > 0.15]
        text = " ".join(kept) or text
    return text


def topics(passage: Passage, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Yield what one could ask about with what answers it: headings, titles, defined terms."""
    text, section = passage.text, passage.section
    headed = not _GENERIC.match(section) and len(section) > 5
    if headed:
        yield section, text
    if rng.random() < 0.5:
        yield subject(passage.title), f"{section}. {text}" if headed else text
    if "verstaan" in text or section.lower().startswith(("begrip", "defini")):
        yield from ((term.strip(), meaning) for term, meaning in _DEFINITION.findall(text))


def make_pairs(passages: Sequence[Passage], seed: int = SEED) -> list[tuple[str, str]]:
    """Make shuffled pairs of a question-like text and a text that belongs to it.

    Topics and their text, a few rare words and their passage, a sentence and the rest of its
    passage, a passage and the next one of its section. Same input and seed, same pairs.
    """
    rng = random.Random(seed)  # noqa: S311 (no secret)
    frequency = Counter(word for p in passages for word in set(_WORD.findall(p.text.lower())))
    common, uses = len(passages) // 100, Counter[str]()
    pairs: list[tuple[str, str]] = []
    for passage, following in zip(passages, [*passages[1:], None], strict=True):
        text = passage.text
        for topic, answer in topics(passage, rng):
            if 3 < len(topic) <= 120 and uses[topic] < 4:
                uses[topic] += 1
                pairs.append((as_question(topic, rng), answer))
        rare = sorted({w for w in _WORD.findall(text.lower()) if 3 <= frequency[w] < common})
        if len(rare) > 5 and rng.random() < 0.5:
            weights = [math.log(len(passages) / frequency[word]) for word in rare]
            words = dict.fromkeys(rng.choices(rare, weights, k=rng.randint(2, 5)))
            pairs.append((as_question(" ".join(words), rng), text))
        sentences = [s for s in _SENTENCE_END.split(text) if len(s) > 25]
        if len(sentences) > 1:
            chosen = rng.randrange(len(sentences))
            rest = " ".join(sentences[:chosen] + sentences[chosen + 1 :])
            pairs.append((with_typos(sentences[chosen], rng), rest))
        if (
            following
            and (following.regulation, following.section) == (passage.regulation, passage.section)
            and rng.random() < 0.4
        ):
            pairs.append((text, following.text))
    rng.shuffle(pairs)
    return pairs
