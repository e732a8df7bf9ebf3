"""Read plain text, also the text layer of a page that lost its layout.

In:  the bytes of a text file.
Out: a Draft. Lines that a page width broke are joined, words that it hyphenated are mended;
     headings, list items, footnotes and lines that only hold a date are recognised by form.

A line with only a date is a heading when text follows directly under it. Where a file has
such dates, other dates that stand alone belong to no text: in a mixed-up text layer they
would date the wrong paragraph.

Knows nothing of offsets, cleaning or splitting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.cleaning import clean
from ingest.dutch.periods import is_period
from ingest.formats.encoding import decode
from ingest.records import BlockKind, Draft, DraftBlock

_BULLET = re.compile(r"^([•◦▪‣∙·*–-])\s+(?=\S)")
_NUMBERED = re.compile(r"^(\d{1,2})[.)]\s+(?=\S)")
_SECTION = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*)\.?\s+[A-ZÀ-Þ]")
_MARKDOWN_HEADING = re.compile(r"^(#{1,6})\s+(?=\S)")
_FOOTNOTE = re.compile(r"^\d{1,2}\s+(?=[A-ZÀ-Þ])")
_LABEL = re.compile(r"^[A-ZÀ-Þ][\w-]{2,24}:\s+\S")
_URL_ONLY = re.compile(r"^(?:https?://|www\.)\S+$|^\S+@\S+\.\w+$")
_CLOSED = re.compile(r"[.!?:;…]['\"”’)\]]*\d{0,2}$")
_MAX_HEADING_WORDS = 12
_MAX_HEADING_LENGTH = 90  # characters
# After these a hyphen at a line's end stands for a left-out part: "af- en ombouw".
_JOINERS = frozenset({"en", "of", "t/m", "tot", "dan", "noch", "als"})


def read(content: bytes) -> Draft:
    """Return the blocks of a plain text file.

    Raises:
        FileError: If the file is binary.
    """
    text = clean(decode(content).replace("\f", "\n\n"))
    groups = _groups(text.split("\n"))
    # Looked up where a line ends in a hyphen only.
    words = frozenset(re.findall(r"[\w-]+", text.lower()) if "-\n" in text else ())
    return Draft(tuple(_blocks(groups, words)))


def _groups(lines: Sequence[str]) -> list[list[str]]:
    """Cut the lines at blank lines and wherever a line's form shows that a block begins."""
    groups: list[list[str]] = []
    open_group = False
    for line in lines:
        if not line:
            open_group = False
            continue
        if open_group and not _begins_block(groups[-1], line):
            groups[-1].append(line)
        else:
            # An empty group before a block says that a blank line stood there.
            groups.extend([[], [line]] if not open_group else [[line]])
        open_group = True
    return groups


def _begins_block(group: Sequence[str], line: str) -> bool:
    if is_period(" ".join(group)) and not re.search(r"[-–]$", group[-1]):
        return True
    if _BULLET.match(line) or _MARKDOWN_HEADING.match(line) or _URL_ONLY.match(line):
        return True
    if _URL_ONLY.match(group[-1]) or _MARKDOWN_HEADING.match(group[-1]):
        return True
    if is_period(line) and not re.search(r"[-–]$", group[-1]):
        return bool(_CLOSED.search(group[-1])) or is_period(group[-1])
    ended = bool(_CLOSED.search(group[-1]))
    if _NUMBERED.match(line) or _FOOTNOTE.match(line):
        return ended or bool(_NUMBERED.match(group[0]))
    return ended and bool(_LABEL.match(line))


def _blocks(groups: Sequence[list[str]], words: frozenset[str]) -> Iterator[DraftBlock]:
    attached = _has_attached_dates(groups)
    last = max((i for i, group in enumerate(groups) if group), default=0)
    seen_heading = False
    in_numbered = False  # bullets after "1." are the examples of that item
    for i, group in enumerate(groups):
        if not group:
            continue
        after = groups[i + 1] if i + 1 < len(groups) else []
        follows = i < last
        text = _unwrap(group, words)
        if marker := _MARKDOWN_HEADING.match(text):
            yield DraftBlock(BlockKind.HEADING, text[marker.end() :], level=len(marker.group(1)))
        elif is_period(text):
            dates_next = bool(after) if attached else follows
            kind = BlockKind.HEADING if dates_next else BlockKind.PARAGRAPH
            yield DraftBlock(kind, text, level=3 if dates_next else 0)
        elif bullet := _BULLET.match(text):
            yield DraftBlock(BlockKind.ITEM, text[bullet.end() :], level=2 if in_numbered else 1)
        elif (number := _NUMBERED.match(text)) and not _is_section(group, text, after):
            ordinal, in_numbered = int(number.group(1)), True
            yield DraftBlock(BlockKind.ITEM, text[number.end() :], level=1, ordinal=ordinal)
        elif follows and not (i and groups[i - 1]) and _is_heading(group, text):
            section = _SECTION.match(text)
            depth = section.group(1).count(".") + 2 if section else 2
            yield DraftBlock(BlockKind.HEADING, text, level=depth if seen_heading else 1)
            seen_heading, in_numbered = True, False
        elif (note := _FOOTNOTE.match(text)) and i and groups[i - 1]:
            yield DraftBlock(BlockKind.FOOTNOTE, text[note.end() :])
        else:
            yield DraftBlock(BlockKind.PARAGRAPH, text)


def _has_attached_dates(groups: Sequence[list[str]]) -> bool:
    return any(
        group and after and is_period(" ".join(group)) and not is_period(" ".join(after))
        for group, after in zip(groups, groups[1:], strict=False)
    )


def _is_section(group: Sequence[str], text: str, after: Sequence[str]) -> bool:
    """Tell "1. Inleiding" above a paragraph from the first item of a list."""
    return len(group) == 1 and not after and len(text.split()) <= 5 and not _CLOSED.search(text)


def _is_heading(group: Sequence[str], text: str) -> bool:
    too_long = len(text.split()) > _MAX_HEADING_WORDS or len(text) > _MAX_HEADING_LENGTH
    if len(group) > 2 or too_long or _URL_ONLY.match(text):
        return False
    if text.endswith("?"):
        return text[0].isupper()
    return (text[0].isupper() or text[0].isdigit()) and not _CLOSED.search(text)


def _unwrap(lines: Sequence[str], words: frozenset[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        first = line.split()[0].lower() if line.split() else ""
        if text.endswith("@"):
            text += line
        elif re.search(r"\w-$", text) and line[:1].islower() and first not in _JOINERS:
            text = _mend_hyphen(text, line, words)
        else:
            text = f"{text} {line}"
    return text


def _mend_hyphen(text: str, line: str, words: frozenset[str]) -> str:
    """Join a word that a line end cut; its own hyphen stays if the file spells it so."""
    left = re.findall(r"[\w-]+-$", text)[-1].lower()
    right = re.findall(r"^[\w-]+", line)[0].lower()
    keeps_hyphen = left + right in words and left[:-1] + right not in words
    return text + line if keeps_hyphen else text[:-1] + line
