"""Find abbreviations with what they stand for.

In:  a Document.
Out: `Abbreviation`s: "Academische Werkplaats Risicojeugd (AWRJ)", "AWRJ (Academische …)",
     "AWRJ: Academische …" in a list or table, "AWRJ staat voor …", "…, afgekort AWRJ".

The letters have to stand in the expansion in order, each at the start of a word or of a part
of a compound, after Schwartz & Hearst (2003), who match letters anywhere in a word.

Knows nothing of dates, amounts or what an abbreviation means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.analysis import FUNCTION_WORDS
from ingest.records import BlockKind, Document, Span

_SHORT = r"[A-Z][A-Za-z&]*[A-Z][A-Za-z&]*|[A-Z][a-z]{1,3}[a-z]?|[a-z]{2,5}"
_HEREAFTER = r"(?:(?:hierna|verder|voortaan|kortweg|afgekort|in het vervolg)[a-z ]{0,20}:?\s*)?"
_QUOTE = "[\"'“”‘’*_]{0,2}"
_IN_BRACKETS = re.compile(rf"\({_HEREAFTER}{_QUOTE}(?P<short>{_SHORT}){_QUOTE}\)")
_BEFORE_BRACKETS = re.compile(r"(?<![\w-])(?P<short>[A-Z][A-Za-z&]{1,9})\s$")
_CONTENT = re.compile(r"\((?P<long>[^()\n]{6,120})\)")
_LIST_ENTRY = re.compile(
    rf"(?:[\w ]{{2,30}}:\s)?(?P<short>{_SHORT})\s?(?:[:=–|]|\s-\s)\s?(?:[\w ]{{2,30}}:\s)?"
    r"(?P<long>[A-Za-zÀ-ÿ][^.;|()\n]{5,150})"
)
_EXPLAINS = re.compile(r"\s(?:staat\svoor|betekent|is\s(?:de|een)\safkorting\svan)\s")
_BEFORE_EXPLAINS = re.compile(rf"(?<![\w-])(?P<short>{_SHORT})['’\"]?$")
_EXPLANATION = re.compile(r"(?:(?:de|het|een)\s)?['‘\"]?(?P<long>[^.;:()\n]{6,150})")
_SHORTENED = re.compile(
    rf",?\s(?:ook\swel\s)?afgekort(?:\s(?:als|tot|met))?:?\s['‘]?(?P<short>{_SHORT})\b"
)
_CLAUSE_END = re.compile(r"[.;:!?|()\n](?=\s|$)|[()|\n]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")
_FEWEST_BETWEEN = 3  # letters between two that open parts of one compound
_NO_MATCH = 99
_SKIPPED = 2  # the cost of a word of content that gives no letter; one inside a word costs 1


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """An abbreviation where it is explained, with the words that it stands for."""

    short: Span
    long: Span


def find_abbreviations(document: Document) -> list[Abbreviation]:
    """Return the abbreviations that `document` explains, in order, not overlapping."""
    found: list[Abbreviation] = []
    for abbreviation in sorted(
        (*_bracketed(document.text), *_told(document.text), *_listed(document)),
        key=lambda one: (one.short.start, one.short.end),
    ):
        if not found or abbreviation.short.start >= found[-1].short.end:
            found.append(abbreviation)
    return found


def _bracketed(text: str) -> Iterator[Abbreviation]:
    position = text.find("(")
    while position >= 0:
        inside = _IN_BRACKETS.match(text, position)
        if inside:
            long = _before(text, position, inside["short"])
            if long is not None:
                yield Abbreviation(Span(*inside.span("short")), long)
        else:
            window = max(0, position - 12)
            before = _BEFORE_BRACKETS.search(text, window, position)
            content = _CONTENT.match(text, position) if before else None
            if before and content:
                long = _whole(text, before["short"], *content.span("long"))
                if long is not None:
                    yield Abbreviation(Span(*before.span("short")), long)
        position = text.find("(", position + 1)


def _told(text: str) -> Iterator[Abbreviation]:
    if any(sign in text for sign in ("staat voor", "betekent", "afkorting van")):
        for sign in _EXPLAINS.finditer(text):
            match = _BEFORE_EXPLAINS.search(text, max(0, sign.start() - 14), sign.start())
            after = _EXPLANATION.match(text, sign.end()) if match else None
            long = _opening(text, match["short"], *after.span("long")) if match and after else None
            if match and long:
                yield Abbreviation(Span(*match.span("short")), long)
    if "afgekort" in text:
        for match in _SHORTENED.finditer(text):
            long = _before(text, match.start(), match["short"])
            if long is not None:
                yield Abbreviation(Span(*match.span("short")), long)


def _listed(document: Document) -> Iterator[Abbreviation]:
    text = document.text
    in_list = False
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            in_list = "afkorting" in text[block.start : block.end].lower()
            continue
        match = _LIST_ENTRY.match(text, block.start, block.end)
        if match is None:
            continue
        start, end = match.span("long")
        long = _whole(text, match["short"], start, end)
        if long is None and in_list:
            long = Span(start, start + len(text[start:end].rstrip()))
        if long is not None:
            yield Abbreviation(Span(*match.span("short")), long)


def _before(text: str, position: int, short: str) -> Span | None:
    """Return the words before `position` that `short` stands for."""
    start = max(0, position - 25 * len(short) - 60)
    for stop in _CLAUSE_END.finditer(text, start, position):
        start = stop.end()
    words = list(_WORD.finditer(text, start, position))[-(2 * len(short) + 3) :]
    if not words or text[words[-1].end() : position].strip(" '’”\"*_,-"):
        return None
    costs = [(_cost(short, [w.group() for w in words[i:]]), -i) for i in range(len(words))]
    cost, place = min(costs)
    return Span(words[-place].start(), words[-1].end()) if _is_fair(short, cost) else None


def _whole(text: str, short: str, start: int, end: int) -> Span | None:
    """Return the stretch from `start` to `end`, save an article, if it is what `short` says."""
    words = list(_WORD.finditer(text, start, end))[: 2 * len(short) + 8]
    if words and words[0].group().lower() in {"de", "het", "een"}:
        words = words[1:]
    if not words or not _is_fair(short, _cost(short, [word.group() for word in words])):
        return None
    return Span(words[0].start(), words[-1].end())


def _opening(text: str, short: str, start: int, end: int) -> Span | None:
    """Return the words from `start` on that `short` stands for."""
    words = list(_WORD.finditer(text, start, end))[: 2 * len(short) + 3]
    costs = [(_cost(short, [w.group() for w in words[:n]]), n) for n in range(1, len(words) + 1)]
    if not costs or not _is_fair(short, min(costs)[0]):
        return None
    return Span(words[0].start(), words[min(costs)[1] - 1].end())


def _is_fair(short: str, cost: int) -> bool:
    if short.islower():  # "(ook)" and "(zeer)" are words
        return short not in FUNCTION_WORDS and cost <= (0 if len(short) < 3 else 1)
    return cost <= max(1, len(short) - 1)


def _cost(short: str, words: list[str]) -> int:
    """Return how ill `words` fit the letters of `short`: 0 is an initial for every word."""
    letters = [sign.lower() for sign in short if sign.isalpha()]
    # costs[n]: the least to have used n letters in the words so far
    costs = {0: 0}
    for place, word in enumerate(words):
        lowered = word.lower()
        reached: dict[int, int] = {}
        skip = 0 if lowered in FUNCTION_WORDS else _SKIPPED
        for used, cost in costs.items():
            if 0 < place < len(words) - 1:
                reached[used] = min(reached.get(used, _NO_MATCH), cost + skip)
            for taken, extra in _taken(letters[used:], lowered):
                # "van Nederlandse Gemeenten" opens with what goes inside a name
                total = cost + extra + (0 if place or skip else _SKIPPED)
                reached[used + taken] = min(reached.get(used + taken, _NO_MATCH), total)
        costs = reached
    return costs.get(len(letters), _NO_MATCH)


def _taken(letters: list[str], word: str) -> Iterator[tuple[int, int]]:
    """Yield how many letters `word` can give, and the cost: its first, then those of parts."""
    if not letters or letters[0] != word[0]:
        return
    yield 1, 0
    position = 0
    for extra, letter in enumerate(letters[1:], start=1):
        position = word.find(letter, position + _FEWEST_BETWEEN)
        if position < 0 or position > len(word) - _FEWEST_BETWEEN:
            return
        yield extra + 1, extra
