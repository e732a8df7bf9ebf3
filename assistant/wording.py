"""Word a quote as a sentence of an answer.

In:  the words of a span.
Out: the same words on one line, closed as a sentence.

Knows nothing of what they mean.
"""

from __future__ import annotations

_CLOSES = (".", "!", "?", "…", ".)", ".”", ".’", '."')


def as_sentence(text: str, end: str = ".") -> str:
    """Return `text` on one line, with a full stop, or with `end`.

    Example:
        >>> as_sentence("In drie stappen:"), as_sentence("Klaar.", end=":")
        ('In drie stappen.', 'Klaar:')
    """
    text = " ".join(text.split()).rstrip(":;,")
    if end == ":":
        return f"{text.rstrip('.')}:"
    return text if text.endswith(_CLOSES) else f"{text}{end}"
