"""Write a conversation with its sources as a file: Markdown, or Word.

In:  questions with their answers and Citations.
Out: bytes, in which every word of a document or a user is text and nothing else.

Knows nothing of screens, or of who saves the file.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.records import Citation
from ui.dutch_dates import dutch_date
from ui.output import printable
from ui.sources import below_title, web_address

_TITLE = "Gesprek met Wegwijs"
_CARE = "Dit zijn automatische antwoorden. Controleer ze in de bron."
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_LINE_START = re.compile(r"^(\s*)(?:([-+=])|(\d+)([.)]))")
_ITEM = re.compile(r"\s*[-•*]\s+")


@dataclass(frozen=True, slots=True)
class Said:
    """A question and its answer, as a file shows it.

    Attributes:
        question: As asked.
        reading: As it was read, where that differs; else "".
        text: The answer with its markers, or why there is none.
        cited: The citations of its markers.
    """

    question: str
    reading: str
    text: str
    cited: tuple[Citation, ...] = ()


def as_markdown(said: Sequence[Said], today: date) -> bytes:
    """Return a conversation as Markdown."""
    parts = [f"# {_TITLE}", f"{dutch_date(today.isoformat())}. {_CARE}"]
    for one in said:
        parts.append(f"## {_line(one.question)}")
        if one.reading:
            parts.append(f"*Gelezen als: {_line(one.reading)}*")
        parts.append(_text(one.text))
        if one.cited:
            parts.append("**Bronnen**")
            parts.append("\n\n".join(_source(citation) for citation in one.cited))
    return ("\n\n".join(parts) + "\n").encode()


def as_docx(said: Sequence[Said], today: date) -> bytes:
    """Return a conversation as a Word document."""
    import docx
    from docx.oxml.ns import qn

    file = docx.Document()
    for language in file.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "nl-NL")
    file.core_properties.title, file.core_properties.author = _TITLE, "Wegwijs"
    file.core_properties.comments = ""
    file.add_heading(_TITLE, level=1)
    file.add_paragraph(f"{dutch_date(today.isoformat())}. {_CARE}")
    for one in said:
        file.add_heading(_words(one.question), level=2)
        if one.reading:
            file.add_paragraph().add_run(f"Gelezen als: {_words(one.reading)}").italic = True
        for line in printable(one.text).splitlines():
            _add_line(file, line)
        if one.cited:
            file.add_heading("Bronnen", level=3)
        for citation in one.cited:
            file.add_paragraph(f"[{citation.number}] {_where(citation)}")
            file.add_paragraph(f"“{_words(citation.quote)}”", style="Quote")
            file.add_paragraph(web_address(citation.url) or _words(citation.source))
    written = io.BytesIO()
    file.save(written)
    return written.getvalue()


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: what a button calls it, its media type, what writes it."""

    word: str
    media_type: str
    write: Callable[[Sequence[Said], date], bytes]


FORMATS = {
    "md": Format("Markdown", "text/markdown;charset=utf-8", as_markdown),
    "docx": Format(
        "Word",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        as_docx,
    ),
}


def file_name(name: str, today: date) -> str:
    """Return what a file of this format is called."""
    return f"wegwijs-gesprek-{today.isoformat()}.{name}"


def _add_line(file: Any, line: str) -> None:  # noqa: ANN401 - python-docx has no types
    if not line.strip():
        return
    item = _ITEM.match(line)
    words = line[item.end() :] if item else line.strip()
    file.add_paragraph(words, style="List Bullet" if item else None)


def _source(citation: Citation) -> str:
    address = web_address(citation.url)
    # Between angle brackets, an address is a link as it stands.
    place = f"<{address.replace('<', '%3C').replace('>', '%3E')}>" if address else ""
    return (
        f"- \\[{citation.number}\\] {_line(_where(citation))}\n\n"
        f"  > {_line(citation.quote)}\n\n  {place or _line(citation.source)}"
    )


def _where(citation: Citation) -> str:
    page = f", pagina {citation.page}" if citation.page is not None else ""
    return _words(" › ".join((citation.title, *below_title(citation)))) + page


def _words(text: str) -> str:
    return " ".join(printable(text).split())


def _line(text: str) -> str:
    escaped = _SPECIAL.sub(r"\\\1", _words(text))
    return _LINE_START.sub(_stopped, escaped)


def _stopped(found: re.Match[str]) -> str:
    # At the start of a line these would make a list or a heading.
    space, sign, number, dot = found.groups()
    return f"{space}\\{sign}" if sign else f"{space}{number}\\{dot}"


def _text(text: str) -> str:
    """Return an answer's paragraphs, and its items as a list."""
    parts: list[str] = []
    for line in printable(text).splitlines():
        item = _ITEM.match(line)
        if item:
            follows = parts and parts[-1].startswith("- ")
            mark = f"- {_line(line[item.end() :])}"
            parts[-1:] = [f"{parts[-1]}\n{mark}"] if follows else [*parts[-1:], mark]
        elif line.strip():
            parts.append(_line(line))
    return "\n\n".join(parts)
