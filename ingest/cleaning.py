"""Clean text before any offset is taken.

In:  text as a file holds it.
Out: the same words without characters that a reader cannot see: zero-width, bidirectional
     controls, tag characters, soft hyphens and control codes. They hide instructions and
     break search. Composed accents (Unicode NFC), plain letters and hyphens for
     signs that look the same; every kind of space becomes a plain one.

Knows nothing of markup or structure.
"""

from __future__ import annotations

import unicodedata

# Unicode categories: Cc control, Cf format (zero-width, bidi, tags, soft hyphen), Co private
# use, Cs surrogates, Cn unassigned. Line breaks and tabs are handled before.
_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
# One sign for two or three letters ("fi", "ij"), as old fonts and PDF files have them; and the
# hyphens that keep a word together, which nobody types in a question.
_PLAIN = {sign: unicodedata.normalize("NFKD", sign) for sign in "\u0132\u0133ﬀﬁﬂﬃﬄﬅﬆ"}
_PLAIN |= {"\u2010": "-", "\u2011": "-"}


def clean(text: str) -> str:
    r"""Return `text` without invisible characters, with single spaces inside lines.

    Idempotent: cleaning a clean text changes nothing.

    Example:
        >>> clean("rou\u200bte\u00a0kaart ")
        'route kaart'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    for sign, letters in _PLAIN.items():
        lines = lines.replace(sign, letters)
    composed = unicodedata.normalize("NFC", lines)
    return "\n".join(map(_clean_line, composed.split("\n"))).strip("\n")


def _clean_line(line: str) -> str:
    spaced = " ".join(line.split())
    if spaced.isprintable():
        return spaced
    visible = "".join(c for c in spaced if unicodedata.category(c) not in _INVISIBLE)
    # Taking a character away can bring two spaces, or a letter and its accent, together.
    return " ".join(unicodedata.normalize("NFC", visible).split())
