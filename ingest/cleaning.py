"""Clean text before any offset is taken.

In:  text as a file holds it.
Out: the same words without characters that a reader cannot see: zero-width, bidirectional
     controls, tag characters, soft hyphens and control codes. They hide instructions and
     break search. Composed accents (Unicode NFC), plain letters and hyphens for
     signs that look the same; every kind of space becomes a plain one.

Knows nothing of markup or structure.
"""

from __future__ import annotations

import re
import unicodedata

# Unicode categories: Cc control, Cf format (zero-width, bidi, tags, soft hyphen), Co private
# use, Cs surrogates, Cn unassigned. Line breaks and tabs are handled before.
_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
# One sign for two or three letters ("fi", "ij"), as old fonts and PDF files have them; and the
# hyphens that keep a word together, which nobody types in a question.
_PLAIN = {ord(sign): unicodedata.normalize("NFKD", sign) for sign in "\u0132\u0133ﬀﬁﬂﬃﬄﬅﬆ"}
_PLAIN |= {0x2010: "-", 0x2011: "-"}
_SPACES = re.compile(r"[^\S\n]{2,}|[^\S\n ]")  # a single plain space stays


def clean(text: str) -> str:
    r"""Return `text` without invisible characters, with single spaces inside lines.

    Idempotent: cleaning a clean text changes nothing.

    Example:
        >>> clean("rou\u200bte\u00a0kaart ")
        'route kaart'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    composed = unicodedata.normalize("NFC", lines.translate(_PLAIN))
    spaced = _SPACES.sub(" ", composed)
    hidden = [c for c in set(spaced) if c != "\n" and unicodedata.category(c) in _INVISIBLE]
    tidy = spaced
    if hidden:
        visible = spaced.translate(dict.fromkeys(map(ord, hidden)))
        # Taking a character away can bring two spaces, or a letter and its accent, together.
        tidy = _SPACES.sub(" ", unicodedata.normalize("NFC", visible))
    return "\n".join(line.strip() for line in tidy.split("\n")).strip("\n")
