"""Turn an answer into HTML: its text, its markers, its sources.

In:  an Answer, the Documents it cites, and the number of its turn in the conversation.
Out: HTML in which every word of a document or a user is escaped.

Knows nothing of Gradio, of sessions, or of how an answer was found.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from itertools import groupby

from assistant.language import NOTES, is_english
from assistant.records import Answer, Citation, Status
from ingest.records import Document
from ui.sources import below_title, source_html

REFUSALS = frozenset({Status.NOT_FOUND, Status.OUT_OF_SCOPE})
NO_SOURCES = "De bronnen zijn nog niet ingelezen. Probeer het straks nog een keer."
_SHORT = frozenset({Status.NOT_FOUND, Status.PARTIAL})  # everything may say more than one topic
_LABELS = {
    Status.PARTIAL: "Een deel van het antwoord",
    Status.CONFLICT: "De bronnen zeggen niet hetzelfde",
    Status.CLARIFY: "Een vraag terug",
    Status.NOT_FOUND: "Niet gevonden",
    Status.OUT_OF_SCOPE: "Past niet bij de bronnen",
}
_MARKER = re.compile(r"\[(\d+)\]")
_MARKERS = re.compile(r"(?:\[\d+\]\s*)*\[\d+\]")
_ITEM = re.compile(r"\s*[-•*]\s+")
_SNIPPET = 180  # characters of a nearest passage
_UNFOLDED = 3  # places that are listed without a click
_ENGLISH = ' lang="en"'  # a screen reader reads it aloud as such
_WORD = 20  # a longer word may break off from its marker


def answer_html(answer: Answer, documents: Mapping[str, Document], *, turn: int) -> str:
    """Return an answer with its sources.

    Args:
        answer: What to show.
        documents: The cited documents by id; a source whose document is missing shows its quote.
        turn: Number of the question in the conversation; it keeps the ids on the page apart.

    Returns:
        HTML: label, reading, text, notes, list of sources, and one hidden card a source.
    """
    cited = {citation.number: citation for citation in answer.citations}
    refused = answer.status in REFUSALS
    text = _without_quotes(answer) if refused else answer.text
    label = _LABELS.get(answer.status)
    cards = [
        source_html(citation, documents.get(citation.document_id), element_id=_id(turn, number))
        for number, citation in cited.items()
    ]
    # Where a topic was searched, that stands above the answer, with what to do about it.
    notes = answer.notes[: -1 if answer.trace.topic and answer.status in _SHORT else None]
    parts = [
        f'<p class="label">{label}</p>' if label else "",
        _reading(answer),
        _topic(answer),
        _text_html(text, cited, turn) if answer.status is not Status.CLARIFY else _choices(text),
        *(f'<p class="note">Let op: {escape(note)}</p>' for note in notes),
        _nearest(cited, turn, introduced=text.endswith(":")) if refused else _sources(cited, turn),
    ]
    kind = "refusal" if refused else answer.status.value
    return f'<div class="answer {kind}">{"".join(parts)}</div>{"".join(cards)}'


def turn_html(question: str, body: str, *, topic: str = "") -> str:
    """Return a question with what is shown below it; `topic` is the key of what was searched."""
    lang = _ENGLISH if is_english(question) else ""
    return (
        f'<article class="turn" data-topic="{escape(topic)}">'
        f'<h2 class="question" tabindex="-1"{lang}>{escape(question)}</h2>{body}</article>'
    )


def waiting_html() -> str:
    """Return what stands below a question until its answer is there."""
    dots = "<i></i><i></i><i></i>"
    words = "Wegwijs zoekt in de bronnen"
    return (
        f'<div class="waiting"><p>{words}<span class="dots" aria-hidden="true">{dots}</span></p>'
        '<button type="button" class="tool" data-stop>Stop</button></div>'
    )


def writing_html() -> str:
    """Return what stands below an answer while more of it is coming."""
    dots = "<i></i><i></i><i></i>"
    return f'<p class="waiting">Er komt meer<span class="dots" aria-hidden="true">{dots}</span></p>'


def error_html(message: str) -> str:
    """Return a message that stands in the place of an answer."""
    return f'<div class="answer failed"><p class="label">Dat lukte niet</p>{_plain(message)}</div>'


def spoken(answer: Answer) -> str:
    """Return what a screen reader says when the answer is there: its words, without markers."""
    words = " ".join(_MARKER.sub("", " ".join((answer.text, *answer.notes))).split())
    count = len({citation.number for citation in answer.citations})
    sources = "1 bron" if count == 1 else f"{count} bronnen"
    return f"Antwoord: {words} ({sources})" if count else f"Antwoord: {words}"


def reading(answer: Answer) -> str:
    """Return the question as it was read, or "" when that is how it was asked."""
    read = answer.standalone_question
    return "" if read.strip().casefold() == answer.question.strip().casefold() else read


def _id(turn: int, number: int) -> str:
    return f"bron-{turn}-{number}"


def _plain(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _reading(answer: Answer) -> str:
    read = reading(answer)
    return f'<p class="reading">Gelezen als: {escape(read)}</p>' if read else ""


def _topic(answer: Answer) -> str:
    name = answer.trace.topic
    if not name:
        return ""
    wider = '<button type="button" class="tool retry" data-retry="alles">Zoek in alles</button>'
    offered = wider if answer.status in _SHORT else ""
    return f'<div class="tools topic"><p>Gezocht in: {escape(name)}</p>{offered}</div>'


def _text_html(text: str, cited: Mapping[int, Citation], turn: int) -> str:
    """Return paragraphs, and a list for every run of lines that start with a dash."""
    lines = [line for line in text.splitlines() if line.strip()]
    parts = []
    for is_item, run in groupby(lines, key=lambda line: bool(_ITEM.match(line))):
        if is_item:
            items = (_marked(line[_end_of_dash(line) :], cited, turn) for line in run)
            parts.append(f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>")
        else:
            parts.extend(_paragraph(line.strip(), cited, turn) for line in run)
    return f'<div class="text">{"".join(parts)}</div>'


def _paragraph(line: str, cited: Mapping[int, Citation], turn: int) -> str:
    return f"<p{_ENGLISH if line in NOTES else ''}>{_marked(line, cited, turn)}</p>"


def _choices(text: str) -> str:
    """Return a question back, with what may be meant as buttons that ask it."""
    parts = []
    for line in filter(str.strip, text.splitlines()):
        words = escape(line[_end_of_dash(line) :].strip())
        is_choice = bool(_ITEM.match(line))
        parts.append(
            f'<button type="button" class="choice" data-choice="{words}">{words}</button>'
            if is_choice
            else _paragraph(line.strip(), {}, 0)
        )
    return f'<div class="text">{"".join(parts)}</div>'


def _end_of_dash(line: str) -> int:
    dash = _ITEM.match(line)
    return dash.end() if dash else 0


def _marked(text: str, cited: Mapping[int, Citation], turn: int) -> str:
    # A marker without a citation stays the words it is. The others become buttons, on one line
    # with the word before them: a line never starts with a marker.
    parts = []
    done = 0
    for match in _MARKERS.finditer(text):
        numbers = [int(number) for number in _MARKER.findall(match.group())]
        if not any(number in cited for number in numbers):
            continue
        buttons = "".join(
            _marker(cited[number], turn) if number in cited else f"[{number}]" for number in numbers
        )
        before, word = _last_word(text[done : match.start()])
        parts.append(f'{escape(before)}<span class="keep">{escape(word)} {buttons}</span>')
        done = match.end()
    return "".join(parts) + escape(text[done:])


def _last_word(text: str) -> tuple[str, str]:
    text = text.rstrip()
    cut = text.rfind(" ") + 1
    return (text[:cut], text[cut:]) if len(text) - cut <= _WORD else (text + " ", "")


def _marker(citation: Citation, turn: int) -> str:
    number = citation.number
    return (
        f'<button type="button" class="marker" data-source="{_id(turn, number)}" '
        f'aria-label="bron {number}, {escape(citation.title)}">[{number}]</button>'
    )


def _sources(cited: Mapping[int, Citation], turn: int) -> str:
    if not cited:
        return ""
    items = []
    for place, run in groupby(cited.values(), key=_short_place):
        numbers = "".join(_marker(citation, turn) for citation in run)
        items.append(f'<li><span class="numbers">{numbers}</span><span>{escape(place)}</span></li>')
    unfolded = " open" if len(items) <= _UNFOLDED else ""
    return (
        f'<details class="sources"{unfolded}><summary>Bronnen ({len(items)})</summary>'
        f"<ul>{''.join(items)}</ul></details>"
    )


def _without_quotes(answer: Answer) -> str:
    """Return a refusal's own words: the nearest passages are shown as buttons below it."""
    text = answer.text
    for citation in answer.citations:
        text = text.replace(f"- {citation.quote} [{citation.number}]", "")
    return text.strip()


def _nearest(cited: Mapping[int, Citation], turn: int, *, introduced: bool) -> str:
    if not cited:
        return ""
    intro = "" if introduced else "<p>Dit komt het dichtst in de buurt:</p>"
    items = "".join(
        f'<li><button type="button" class="near" data-source="{_id(turn, number)}">'
        f"<span>{escape(_shortened(citation.quote))}</span>"
        f'<span class="near-place">{escape(_short_place(citation))}</span></button></li>'
        for number, citation in cited.items()
    )
    return f'<div class="nearest">{intro}<ul>{items}</ul></div>'


def _short_place(citation: Citation) -> str:
    headings = below_title(citation)
    return f"{citation.title} › {headings[-1]}" if headings else citation.title


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SNIPPET else words[:_SNIPPET].rsplit(" ", 1)[0] + " …"
