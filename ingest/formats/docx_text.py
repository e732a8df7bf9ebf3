"""Collect the visible text of a Word paragraph.

In:  a paragraph's XML element, the part's relations and the names of hidden character styles.
Out: its text, its links, the text boxes anchored in it and the footnotes it refers to.

Deleted tracked changes and hidden text are left out, inserted ones are in.

Knows nothing of what kind of block the paragraph is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ingest.formats.raised import raised
from ingest.formats.tables import collapse
from ingest.records import Link

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element as Element

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = {
    "w": WORD,
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
FIELD_LINK = re.compile(r'HYPERLINK\s+"([^"]+)"')
OFF = frozenset({"0", "false", "off", "none"})


def qn(name: str) -> str:
    """Return a prefixed name as lxml writes it: "w:p" gives "{http://…/main}p"."""
    prefix, local = name.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


CHARACTERS = {
    qn("w:tab"): " ",
    qn("w:ptab"): " ",
    qn("w:br"): " ",
    qn("w:cr"): " ",
    qn("w:noBreakHyphen"): "-",
}
REMOVED = frozenset({qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:sdtPr"), qn("w:rPr")})


@dataclass(frozen=True, slots=True)
class Inline:
    """What a paragraph holds.

    Attributes:
        text: Its visible text with single spaces.
        links: Links in it.
        boxes: Contents of the text boxes anchored in it, as XML elements.
        notes: Keys of the notes it refers to, such as ("footnote", "2").
    """

    text: str
    links: tuple[Link, ...]
    boxes: tuple[Any, ...]
    notes: tuple[tuple[str, str], ...]


def inline(
    paragraph: Element, relations: Mapping[str, Any], hidden_styles: frozenset[str]
) -> Inline:
    """Return the visible contents of one paragraph."""
    walk = _Walk(relations, hidden_styles)
    walk.visit(paragraph)
    return Inline(
        collapse("".join(walk.texts)), tuple(walk.links), tuple(walk.boxes), tuple(walk.notes)
    )


class _Walk:
    """Gathers while it goes down the elements of one paragraph."""

    def __init__(self, relations: Mapping[str, Any], hidden_styles: frozenset[str]) -> None:
        self.relations = relations
        self.hidden_styles = hidden_styles
        self.texts: list[str] = []
        self.links: list[Link] = []
        self.boxes: list[Any] = []
        self.notes: list[tuple[str, str]] = []
        # A complex field is a run of parts: its code, then its result, up to its end mark.
        # Each open field holds its code and, from its result on, where that result begins.
        self.fields: list[tuple[str, int | None]] = []

    def visit(self, element: Element) -> None:
        handlers: dict[str, Callable[[Element], None]] = {
            qn("w:t"): self._text,
            qn("w:r"): self._run,
            qn("w:txbxContent"): self.boxes.append,
            qn("w:fldChar"): self._field,
            qn("w:instrText"): self._code,
            qn("w:hyperlink"): self._hyperlink,
            qn("w:footnoteReference"): self._reference,
            qn("w:endnoteReference"): self._reference,
            # The choices hold the same text, for newer and older programs.
            qn("mc:AlternateContent"): lambda choices: self.visit(choices[:1]),
        }
        for child in element:
            if child.tag in CHARACTERS:
                self.texts.append(CHARACTERS[child.tag])
            elif child.tag not in REMOVED and isinstance(child.tag, str):
                handlers.get(child.tag, self.visit)(child)

    def _text(self, element: Element) -> None:
        # Between its start and its result a field holds code, not text.
        if not self.fields or self.fields[-1][1] is not None:
            self.texts.append(element.text or "")

    def _run(self, element: Element) -> None:
        if self._is_hidden(element):
            return
        before = len(self.texts)
        self.visit(element)
        if _is_raised(element) and re.fullmatch("[0-9]+", digits := "".join(self.texts[before:])):
            self.texts[before:] = [raised("".join(self.texts[:before][-5:]), digits)]

    def _reference(self, element: Element) -> None:
        kind = "footnote" if element.tag == qn("w:footnoteReference") else "endnote"
        self.notes.append((kind, element.get(qn("w:id"), "")))

    def _code(self, element: Element) -> None:
        if self.fields and self.fields[-1][1] is None:
            self.fields[-1] = (self.fields[-1][0] + (element.text or ""), None)

    def _field(self, element: Element) -> None:
        kind = element.get(qn("w:fldCharType"))
        if kind == "begin":
            self.fields.append(("", None))
        elif kind == "separate" and self.fields:
            self.fields[-1] = (self.fields[-1][0], len(self.texts))
        elif kind == "end" and self.fields:
            code, start = self.fields.pop()
            target = FIELD_LINK.search(code)
            if target and start is not None:
                self._link(start, target.group(1))

    def _hyperlink(self, element: Element) -> None:
        start = len(self.texts)
        self.visit(element)
        relation = self.relations.get(element.get(qn("r:id"), ""))
        if relation is not None and relation.is_external:
            self._link(start, relation.target_ref)

    def _link(self, start: int, url: str) -> None:
        if label := collapse("".join(self.texts[start:])):
            self.links.append(Link(label, url))

    def _is_hidden(self, run: Element) -> bool:
        properties = run.find(qn("w:rPr"))
        if properties is None:
            return False
        vanish = properties.find(qn("w:vanish"))
        if vanish is not None:
            return is_on(vanish)
        style = properties.find(qn("w:rStyle"))
        return style is not None and style.get(qn("w:val")) in self.hidden_styles


def _is_raised(run: Element) -> bool:
    place = run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}")
    return place is not None and place.get(qn("w:val")) == "superscript"


def is_on(element: Element | None) -> bool:
    """Whether a yes/no property is on: present, and not switched off by its value."""
    return element is not None and element.get(qn("w:val"), "1") not in OFF


class Notes:
    """The footnotes and endnotes of a document, by kind and id."""

    def __init__(self, document: WordDocument) -> None:
        """Parse the parts that hold notes, where there are any."""
        from docx.oxml import parse_xml

        self._elements: dict[tuple[str, str], Any] = {}
        for relation in document.part.rels.values():
            for kind in ("footnote", "endnote"):
                if not relation.is_external and relation.reltype.endswith(f"/{kind}s"):
                    root: Any = parse_xml(relation.target_part.blob)
                    for note in root.iter(qn(f"w:{kind}")):
                        self._elements[kind, note.get(qn("w:id"), "")] = note

    def element(self, key: tuple[str, str]) -> Element | None:
        """Return a note's element, or None."""
        return self._elements.get(key)
