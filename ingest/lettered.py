"""Cut a text that is a list: "Wij verstaan onder: a. minister: …; b. jury: …".

In:  the text of a paragraph or of an item, with its line breaks where it has them.
Out: what introduces the list, and every item with its letter; nothing for a text that is none.

Regulations are written so, and few formats know it for a list.

Knows nothing of blocks or documents.
"""

from __future__ import annotations

import re
from string import ascii_lowercase

# "a." or "b)" where an item may open: at the start, or after a colon, semicolon or line break.
_LETTER = re.compile(
    r"(?:(?<![^\n])|(?<=[:;,\n])\s*|(?<=; en)\s|(?<=; of)\s)(?P<letter>[a-z])[.)]\s*(?=\S)"
)
_MARK = re.compile(r"[a-z][.)]\s+(?=\S)")
_FEWEST = 2


def mark_of(item: str) -> str:
    """Return the letter that an item opens with, as it stands there; "" for none.

    Example:
        >>> mark_of("b) een plan"), mark_of("een plan")
        ('b) ', '')
    """
    found = _MARK.match(item)
    return found.group() if found else ""


def lettered_items(text: str) -> tuple[str, list[str]]:
    """Return what introduces a lettered list, "" for nothing, and its items; none for no list.

    Example:
        >>> lettered_items("Nodig is: a. een plan; b. een begroting.")
        ('Nodig is:', ['a. een plan;', 'b. een begroting.'])
        >>> lettered_items("Neem a. of b.")
        ('Neem a. of b.', [])
    """
    starts: list[int] = []
    for mark in _LETTER.finditer(text):
        if mark["letter"] == ascii_lowercase[len(starts) :][:1]:
            starts.append(mark.start("letter"))
    if len(starts) < _FEWEST:
        return text, []
    ends = [*starts[1:], len(text)]
    items = [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    return text[: starts[0]].strip(), items
