"""Cut what a model writes into sentences while it comes.

In:  pieces of text of any size.
Out: whole sentences, each with the markers that follow it, as soon as they are whole.

Knows nothing of models, or of what a sentence says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingest.dutch.sentences import sentence_spans

_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_MARKERS = re.compile(r"\s*(?:\[[\d\s,;]*\]\s*)+[.;]?")
_AFTER_MARKER = re.compile(r"(?<=\])\s+(?=[A-ZÀ-Þ])")  # where a full stop was forgotten
_LAYOUT = re.compile(
    r"^\s*(?:#{1,6}\s+|[-•*]\s+|\d{1,2}[.)]\s+(?=\D))|\*\*|__|(?<!\w)[*_]|[*_](?!\w)"
)
_STOP = re.compile(r"[.!?…\]\n]")
_NEAR = 80  # letters after the end of a sentence in which it shows that it is one
_OPENS_TAG = re.compile(r"<\w*$")


def sentences(pieces: Iterable[str]) -> Iterator[str]:
    """Yield the sentences of a text that comes in pieces; the last one when the text ends.

    What a model thinks aloud in tags of its own is left out.

    Example:
        >>> list(sentences(["Het is kl", "aar. [1", "] Het kost", " niets [2]."]))
        ['Het is klaar. [1]', 'Het kost niets [2].']
    """
    text = ""
    done = 0
    for piece in pieces:
        text += piece
        if not _STOP.search(text, max(0, len(text) - len(piece) - _NEAR)):
            continue  # nothing ends here
        found = _cut(_words_of(text), is_whole=False)
        yield from found[done:]
        done = max(done, len(found))
    yield from _cut(_THOUGHT.sub("", text), is_whole=True)[done:]


def _words_of(text: str) -> str:
    """Return what came so far up to its last whole word, or to a tag that may be coming."""
    shown = _OPENS_TAG.sub("", _THOUGHT.sub("", text))
    return shown[: max(shown.rfind(" "), shown.rfind("\n")) + 1]


def _cut(text: str, *, is_whole: bool) -> list[str]:
    """Return the sentences of a text; of one that still grows, those that stay as they are."""
    found: list[str] = []
    lines = text.split("\n")
    for number, line in enumerate(lines):
        parts = _parts(_LAYOUT.sub("", line))
        if number == len(lines) - 1 and not is_whole:
            # A marker of the sentence before the last may still be coming.
            parts = parts[: -2 if parts and parts[-1].startswith("[") else -1]
        found += parts
    return found


def _parts(line: str) -> list[str]:
    """Return the sentences of a line, markers before a sentence behind the one before it."""
    joined: list[str] = []
    for stretch in _AFTER_MARKER.split(line):
        for span in sentence_spans(stretch):
            part = stretch[span.start : span.end]
            opening = _MARKERS.match(part)
            if opening and joined:
                joined[-1] += f" {opening.group().strip()}"
                part = part[opening.end() :].strip()
            if part:
                joined.append(part)
    return joined
