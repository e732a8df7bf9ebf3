"""Tell what a Word paragraph is: its style and its number.

In:  a document's styles and numbering, and paragraphs in reading order.
Out: per paragraph: heading level, list level, and the number that Word shows before it.

Knows nothing of text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ingest.formats.docx_text import is_on, qn

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element as Element

# English and Dutch names; other languages are caught by their outline level.
HEADING_NAME = re.compile(r"(?:heading|kop)\s*([1-9])", re.I)
TITLE_NAMES = frozenset({"title", "titel"})
CONTENTS_NAME = re.compile(r"(?:toc|inhopg|table of (?:contents|figures)|inhoudsopgave)\b.*", re.I)
LIST_NAME = re.compile(
    r"(?:list|lijst) ?(bullet|opsom\w*\.? ?teken|number|nummering)\s*([1-9]?)", re.IGNORECASE
)

MAX_CHAIN = 20  # styles that are based on one another; a loop in a broken file ends here


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph's style says.

    Attributes:
        heading: Level of the heading, or 0.
        is_contents: Whether it is a line of a table of contents.
        is_bullet: Whether its name says that it has a list mark.
        depth: The depth in a list that its name gives, from 1.
        numbering: The list's id and level, or None.
    """

    heading: int = 0
    is_contents: bool = False
    is_bullet: bool = False
    depth: int = 1
    numbering: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """What Word shows before a paragraph.

    Attributes:
        level: Depth in its list, from 1.
        label: The shown number of a heading, such as "2.1" or "Artikel 3"; "" for a bullet.
        ordinal: Its number in a plain list.
        bullet: Whether a mark is shown instead of a number.
    """

    level: int
    label: str
    ordinal: int | None
    bullet: bool


class Styles:
    """The styles of one document, and its numbering counted paragraph by paragraph."""

    def __init__(self, document: WordDocument) -> None:
        """Index styles and lists by id."""
        styles: Any = document.styles.element
        self._by_id = {s.get(qn("w:styleId")): s for s in styles.findall(qn("w:style"))}
        self._default = next(
            (
                style.get(qn("w:styleId"))
                for style in self._by_id.values()
                if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) == "1"
            ),
            None,
        )
        self.hidden_styles = frozenset(
            key
            for key, style in self._by_id.items()
            if is_on(style.find(f"{qn('w:rPr')}/{qn('w:vanish')}"))
        )
        self._levels = _list_levels(document)
        self._counts: dict[str, dict[int, int]] = {}
        self._known: dict[str | None, Style] = {}

    def of(self, paragraph: Element) -> Style:
        """Return what a paragraph is by its style and its own properties."""
        properties = paragraph.find(qn("w:pPr"))
        named = None if properties is None else properties.find(qn("w:pStyle"))
        key = self._default if named is None else named.get(qn("w:val"))
        if key not in self._known:
            self._known[key] = self._resolve(key)
        style = self._known[key]
        if properties is None:
            return style
        outline = _value(properties, "w:outlineLvl")
        heading = style.heading or (outline + 1 if outline is not None and outline < 9 else 0)
        return Style(
            min(heading, 6),
            style.is_contents,
            style.is_bullet,
            style.depth,
            _numbering(properties, style.numbering),
        )

    def number(self, paragraph: Element, style: Style) -> Number | None:
        """Count a paragraph in its list and return what Word shows before it."""
        if style.numbering is None:
            return Number(style.depth, "", None, bullet=True) if style.is_bullet else None
        list_id, level = style.numbering
        key, levels = self._levels.get(list_id, ("", {}))
        start, form, pattern = levels.get(level, (1, "bullet", ""))
        if form == "none" or list_id == "0":
            return None
        if form == "bullet":
            return Number(max(level + 1, style.depth), "", None, bullet=True)
        counts = self._counts.setdefault(key, {})
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]

        def shown(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            first, kind, _ = levels.get(at, (1, "decimal", ""))
            return _figure(counts.get(at, first), kind)

        label = re.sub(r"%([1-9])", shown, pattern).strip()
        plain = re.fullmatch(r"\(?%[1-9][.)]?", pattern.strip()) is not None and form == "decimal"
        depth = max(level + 1, style.depth)
        return Number(depth, label, counts[level] if plain else None, bullet=False)

    def _resolve(self, key: str | None) -> Style:
        heading, depth, contents, bullet = 0, 1, False, False
        numbering: tuple[str, int] | None = None
        for _ in range(MAX_CHAIN):
            style = self._by_id.get(key)
            if style is None:
                break
            named = style.find(qn("w:name"))
            name = ("" if named is None else named.get(qn("w:val"), "")).strip()
            if found := HEADING_NAME.fullmatch(name):
                heading = heading or int(found.group(1))
            elif name.lower() in TITLE_NAMES:
                heading = heading or 1
            elif found := LIST_NAME.fullmatch(name):
                bullet = bullet or found.group(1).lower()[0] in "bo"
                depth = max(depth, int(found.group(2) or 1))
            contents = contents or CONTENTS_NAME.fullmatch(name) is not None
            properties = style.find(qn("w:pPr"))
            if properties is not None:
                outline = _value(properties, "w:outlineLvl")
                if outline is not None and outline < 9:
                    heading = heading or outline + 1
                numbering = numbering or _numbering(properties, None)
            based = style.find(qn("w:basedOn"))
            key = None if based is None else based.get(qn("w:val"))
        return Style(min(heading, 6), contents, bullet, depth, numbering)


def _numbering(properties: Element, inherited: tuple[str, int] | None) -> tuple[str, int] | None:
    """Return list id and level; a paragraph may state one and take the other from its style."""
    numbering = properties.find(qn("w:numPr"))
    if numbering is None:
        return inherited
    list_id = numbering.find(qn("w:numId"))
    level = _value(numbering, "w:ilvl")
    if list_id is None:
        return (inherited[0], level or 0) if inherited else None
    if list_id.get(qn("w:val")) == "0":
        return None
    return list_id.get(qn("w:val")), inherited[1] if level is None and inherited else level or 0


def _list_levels(document: WordDocument) -> dict[str, tuple[str, dict[int, tuple[int, str, str]]]]:
    """Return per list id what it counts with: a key, and per level start, form and pattern."""
    try:
        root: Any = document.part.numbering_part.element
    except (KeyError, NotImplementedError):  # how python-docx says that a document has no lists
        return {}
    abstract = {}
    for definition in root.findall(qn("w:abstractNum")):
        levels = {}
        for level in definition.findall(qn("w:lvl")):
            form, pattern = level.find(qn("w:numFmt")), level.find(qn("w:lvlText"))
            levels[int(level.get(qn("w:ilvl"), 0))] = (
                _value(level, "w:start") or 1,
                "decimal" if form is None else form.get(qn("w:val"), "decimal"),
                "" if pattern is None else pattern.get(qn("w:val"), ""),
            )
        abstract[definition.get(qn("w:abstractNumId"))] = levels
    lists = {}
    for number in root.findall(qn("w:num")):
        base, list_id = number.find(qn("w:abstractNumId")), number.get(qn("w:numId"))
        base_id = "" if base is None else base.get(qn("w:val"))
        # Lists that share a definition count on; one with its own start counts for itself.
        own = number.find(f"{qn('w:lvlOverride')}/{qn('w:startOverride')}") is not None
        lists[list_id] = (f"list {list_id}" if own else base_id, abstract.get(base_id, {}))
    return lists


def _value(parent: Element, name: str) -> int | None:
    element = parent.find(qn(name))
    text = None if element is None else element.get(qn("w:val"))
    return int(text) if text and text.lstrip("-").isdigit() else None


def _figure(value: int, form: str) -> str:
    """Return a number as digits, letters or Roman figures."""
    if form in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (value - 1) % 26)
        return letter.upper() if form == "upperLetter" else letter
    if form in {"lowerRoman", "upperRoman"} and 0 < value < 4000:
        parts = zip(
            (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
            ["m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"],
            strict=True,
        )
        text = ""
        for worth, sign in parts:
            text += sign * (value // worth)
            value %= worth
        return text.upper() if form == "upperRoman" else text
    return str(value)
