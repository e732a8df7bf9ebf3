"""Take out of Markdown what generators of web sites add to it.

In:  Markdown with admonitions, tabs, attribute lists and icons.
Out: plain Markdown: the titles and contents of admonitions and tabs stay, as paragraphs, lists
     and tables like any other.

Knows nothing of what Markdown means.
"""

from __future__ import annotations

import re

_ADMONITION = re.compile(
    r"""(?:(?:!!!|\?\?\?\+?)[ \t]*[\w -]*?[ \t]*(?:"([^"\n]*)")?
    |===[ \t]*"([^"\n]*)")[ \t]*""",
    re.VERBOSE,
)
_ATTRIBUTES = re.compile(
    r"[ \t]*\{[ \t]*(?:[:.#]|data-|[\w-]+=)[\w.#:=\"' -]*\}[ \t]*$", re.MULTILINE
)
_ICON = re.compile(r":(?:material|octicons|fontawesome|simple)-[a-z\d-]+:")
# Generators take an address with spaces; Markdown itself wants it between angle brackets.
_SPACED_ADDRESS = re.compile(r"\]\([ \t]*([^\s()<>\"']+(?:[ \t]+[^\s()<>\"']+)+)[ \t]*\)")
_STEP = 4  # columns by which the content of an admonition stands to the right of its mark


def without_site_marks(text: str) -> str:
    r"""Return Markdown that says the same without the marks.

    Example:
        >>> without_site_marks('!!! tip "Let op"\n    Bel eerst.').split()
        ['Let', 'op', 'Bel', 'eerst.']
    """
    plain = _SPACED_ADDRESS.sub(r"](<\1>)", _ICON.sub("", _unfolded(text)))
    return _ATTRIBUTES.sub("", plain)


def _unfolded(text: str) -> str:
    """Bring the content of admonitions and tabs back to the left, under their titles."""
    lines: list[str] = []
    marks: list[int] = []  # the columns of the marks that the line stands under
    for line in text.split("\n"):
        words = line.lstrip(" \t")
        indent = len(line[: len(line) - len(words)].expandtabs(_STEP))
        while words and marks and indent < marks[-1] + _STEP:
            marks.pop()
        space = " " * max(indent - _STEP * len(marks), 0)
        if found := _ADMONITION.fullmatch(words):
            lines += ["", space + (found.group(1) or found.group(2) or ""), ""]
            marks.append(indent)
        else:
            lines.append(space + words if marks else line)
    return "\n".join(lines)
