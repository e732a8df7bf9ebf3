"""Tell whether a source says a sentence.

In:  a sentence, and evidence: statements of documents.
Out: the Line of an answer that it may be, with the spans that say it; None when none does.

A sentence passes when it is a sentence of the source with no more changed than this: articles;
a verb's -t; what stands at the front of the sentence; a clause or brackets left out that hold
no condition, limit or denial; the heading or introduction that it stands under put before it.
So nothing is added, turned round, swapped or left out that matters. That is far stricter than
sameness of meaning: what only means the same is not seen, and the source's own words take its
place.

Knows nothing of models, markers or passages.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.answering import line_of
from assistant.citations import Line, Source, unsupported
from assistant.evidence import Evidence
from assistant.wording import as_sentence
from ingest.analysis import Term, analyse, stem_of

_ARTICLES = frozenset({"de", "het", "een", "t", "deze", "die", "dit", "dat", "er"})
_YOU = frozenset({"je", "jij", "u"})
_WITH_T = frozenset({
    "krijg", "kun", "ben", "heb", "wil", "word", "vind", "houd", "ga", "sta", "doe", "zie",
})  # fmt: skip
# What a sentence may begin with when it is turned round: "Vanaf 1 mei kun je …".
_PREPOSITIONS = frozenset(
    """
    aan achter bij binnen boven buiten door gedurende in langs met na naar naast om onder op over
    per rond sinds tegen tijdens tot tussen uit uiterlijk van vanaf vanuit via volgens voor vóór
    wegens zonder begin eind medio dit vorig volgend
    """.split()  # noqa: SIM905 - a table reads better than a list of quoted strings
)
_LONGEST_FRONT = 8  # words
_SHORTEST = 3  # words that matter, in a sentence that is not the whole of what the source says
# Without one of these a clause can be left out; with one, leaving it out changes what is said.
_MATTERS = re.compile(
    r"\b(?:niet|geen|nooit|niemand|niets|zonder|alleen|enkel|uitsluitend|slechts|tenzij|mits|als"
    r"|indien|wanneer|behalve|zolang|totdat|tot|vanaf|voor|na|uiterlijk|binnen|hoogstens|hooguit"
    r"|maximaal|minstens|minimaal|ten\s+minste|tenminste|voorwaarde\w*|onder|moet\w*|kan|kunnen"
    r"|mogelijk|misschien|soms|meestal|ongeveer|bijna|ruim|circa|of|verwacht\w*|streef\w*)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r",\s+(?:en|maar|want|omdat|doordat|zodat|waardoor|waarmee|waarbij|waarin|zoals|bijvoorbeeld"
    r"|terwijl)\s[^,;:()]*(?=[,;.]|$)"
)
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_SIGNS = re.compile(r"[%‰€$£°½¼¾²³=<>±]|(?<![\w)])[-−](?=\d)")
_AND = re.compile(r",?\s+en\s+|;\s+")
_QUOTED = re.compile(r"[\"“”„«]([^\"“”„«»]+)[\"“”»]")


@dataclass(frozen=True, slots=True)
class _Wording:
    """A way in which a source says a thing, and the spans that it is in."""

    text: str
    sources: tuple[Source, ...]


def supported(sentence: str, evidence: Sequence[Evidence]) -> Line | None:
    """Return the sentence as a line that rests on what says it, None when nothing does.

    Two sentences that are joined by "en" may each be said by another statement.

    Args:
        sentence: Without markers.
        evidence: The statements that it may rest on.
    """
    text = as_sentence(sentence[:1].upper() + sentence[1:])
    for parts in _splits(sentence):
        found = [_saying(part, evidence) for part in parts]
        if all(found):
            line = Line(text, _once(source for one in found if one for source in one.sources))
            return None if unsupported(line) else line
    return None


def wrong_facts(sentence: str, evidence: Sequence[Evidence]) -> list[str]:
    """Return the numbers, names and the like that none of these statements has around it."""
    sources = (source for one in evidence for way in _wordings(one) for source in way.sources)
    return unsupported(Line(sentence, _once(sources)))


def misquotes(sentence: str, evidence: Sequence[Evidence]) -> bool:
    """Tell whether a sentence has words between quotation marks that no statement has so."""
    texts = [" ".join(way.text.split()) for one in evidence for way in _wordings(one)]
    quotes = (" ".join(match.group(1).split()) for match in _QUOTED.finditer(sentence))
    return any(not any(quote in text for text in texts) for quote in quotes)


def _once(sources: Iterable[Source]) -> tuple[Source, ...]:
    spans = {(one.document.id, one.span.start, one.span.end): one for one in sources}
    return tuple(spans.values())


def _splits(sentence: str) -> Iterator[tuple[str, ...]]:
    yield (sentence,)
    for cut in _AND.finditer(sentence):
        parts = sentence[: cut.start()], sentence[cut.end() :]
        if all(len(_words(part)) >= _SHORTEST for part in parts):
            yield parts


def _saying(part: str, evidence: Sequence[Evidence]) -> _Wording | None:
    ways = (way for one in evidence for way in _wordings(one))
    return next((way for way in ways if _says(way.text, part)), None)


def _wordings(evidence: Evidence) -> Iterator[_Wording]:
    """Yield in what ways a statement may be said: alone, and with what it stands under."""
    statement = evidence.statement
    document = statement.document
    line = line_of(evidence)
    if statement.milestone is not None:  # a title says little without its date
        yield _Wording(line.text, line.sources)
        period = statement.milestone.period
        when = document.text[period.start : period.end]
        yield _Wording(f"{statement.text} {when}", line.sources)
        return
    if evidence.dated_by is not None:
        yield _Wording(line.text, line.sources)
    quoted = Source(document, statement.quoted)
    if statement.lead is None:  # what is introduced may say the opposite by itself
        yield _Wording(quoted.quote, (quoted,))
    above = [span for span in (statement.lead, *statement.headings[-1:]) if span is not None]
    for span in above:
        before = Source(document, span)
        yield _Wording(f"{before.quote.rstrip(':')}: {quoted.quote}", (before, quoted))


def _says(source: str, sentence: str) -> bool:
    """Tell whether `source` says `sentence`, in the sense of this module."""
    if sentence.rstrip().endswith("?") or source.rstrip().endswith(("?", ":")):
        return False  # one asks; the other only opens a list
    words, signs = _words(sentence), Counter(_SIGNS.findall(sentence))
    return any(
        _same(words, _words(shorter)) and signs == Counter(_SIGNS.findall(shorter))
        for shorter in _shortened(source)
    )


def _shortened(source: str) -> Iterator[str]:
    """Yield a text, and the same with clauses left out that may be."""
    yield source
    spans = [
        match.span()
        for match in itertools.chain(_CLAUSE.finditer(source), _BRACKETS.finditer(source))
        if not _MATTERS.search(match.group())
    ]
    for count in range(1, len(spans[:4]) + 1):
        for chosen in itertools.combinations(spans[:4], count):
            text = source
            for start, end in sorted(chosen, reverse=True):
                text = text[:start] + text[end:]
            if len(_words(text)) >= _SHORTEST:
                yield text


def _words(text: str) -> list[Term]:
    return [term for term in analyse(text) if term.surface not in _ARTICLES]


def _same(one: Sequence[Term], other: Sequence[Term]) -> bool:
    """Tell whether two sentences have the same words in the same order, or turned round."""
    if not one or Counter(map(_key, one)) != Counter(map(_key, other)):
        return False
    own, source = list(map(_key, one)), list(map(_key, other))
    return own == source or _turned(own, source) or _turned(source, own)


def _turned(front: Sequence[str], plain: Sequence[str]) -> bool:
    """Tell whether `front` is `plain` with a part put first: "Vanaf 1 mei kun je …".

    The verb comes after that part; the rest keeps its order.
    """
    if front[0] not in _PREPOSITIONS:
        return False
    for length in range(2, min(_LONGEST_FRONT, len(front) - 2) + 1):
        part, verb, rest = list(front[:length]), front[length], list(front[length + 1 :])
        for start in range(2, len(plain) - length + 1):
            if list(plain[start : start + length]) != part:
                continue
            left = [*plain[:start], *plain[start + length :]]
            if any([*rest[:i], verb, *rest[i:]] == left for i in range(1, len(rest) + 1)):
                return True
    return False


def _key(term: Term) -> str:
    """Return what is compared of a word: the same for "je" and "u", "kun" and "kunt"."""
    word = term.surface
    if word in _YOU:
        return "je"
    if word.endswith("t") and (word[:-1] in _WITH_T or _is_verb(word)):
        return word[:-1]
    return word


def _is_verb(word: str) -> bool:
    return len(word) > 1 and stem_of(word[:-1]) == stem_of(word)
