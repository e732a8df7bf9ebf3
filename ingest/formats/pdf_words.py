"""Join the lines of a paragraph, mending words that a line's end cut.

In:  lines of one paragraph, and the words of the whole document.
Out: one text.

Knows nothing of pages or blocks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

# After these a hyphen at a line's end stands for a left-out part: "af- en ombouw".
_JOINERS = frozenset({"en", "of", "t/m", "tot", "dan", "noch", "als", "and", "or", "en/of"})
# "niet-ambtelijk", "oud-minister", "e-mail": these never lose their hyphen.
_HYPHENED = frozenset({"niet-", "non-", "ex-", "oud-", "vice-"})
_WORD = re.compile(r"[\w'’-]+")
_OPEN_ADDRESS = re.compile(r"(?:https?://|www\.)\S*[/.=&?_-]$")


def words(lines: Iterable[str]) -> frozenset[str]:
    """Return the words of a document that stand whole on a line, in small letters."""
    found: set[str] = set()
    for line in lines:
        here = _WORD.findall(line.lower())
        # The last word may be cut, and the first may be the rest of one.
        found.update(here[1:-1])
        found.update(word for word in here[:1] + here[-1:] if not word.endswith("-"))
    return frozenset(found)


def unwrap(lines: Sequence[str], known: Collection[str]) -> str:
    """Return the lines as one text.

    Example:
        >>> unwrap(["de af-", "en ombouw van ge-", "bouwen"], {"gebouwen"})
        'de af- en ombouw van gebouwen'
    """
    text = ""
    for line in lines:
        if not text:
            text = line
        elif re.search(r"\w[-\u00ad]$", text) and _continues(line):
            text = _mend(text, line, known)
        elif _OPEN_ADDRESS.search(text.rsplit(" ", 1)[-1]) and _is_address_part(line):
            text += line
        else:
            text = f"{text} {line}"
    return " ".join(text.split())


def _continues(line: str) -> bool:
    """Whether a line begins with the rest of a word."""
    first = line.split(" ", 1)[0].lower().strip(",;()")
    return bool(line) and line[0].isalnum() and first not in _JOINERS


def _is_address_part(line: str) -> bool:
    """Whether a line begins with the rest of an address: "TXT/HTML/?uri=…"."""
    return line[:1].islower() or "/" in line.split(" ", 1)[0]


def _mend(text: str, line: str, known: Collection[str]) -> str:
    """Join a cut word; its hyphen stays if it belongs to the word."""
    left = text.rsplit(" ", 1)[-1]
    right = line.split(" ", 1)[0]
    if text.endswith("\u00ad"):
        return text[:-1] + line
    stem = _WORD.findall(left.lower())[-1]
    tail = (_WORD.findall(right.lower()) or [""])[0]
    whole, hyphened = stem[:-1] + tail in known, stem + tail in known
    address = "@" in right or "/" in left or "@" in left
    # "AI-systeem", "Noord-Holland", "covid-19": these are written with a hyphen.
    # Of "generatieve-AI-componenten" the last part before the line's end decides.
    bare = left.rstrip("-").rsplit("-", 1)[-1].lstrip("(‘’“”'\"")
    compound = bare.isupper() or bare[-1:].isdigit() or not right[0].islower()
    compound = compound or stem in _HYPHENED or len(stem) == 2
    if address or (hyphened and not whole) or (compound and not whole):
        return text + line
    return text[:-1] + line
