"""Turn milestones into the page that shows what happens when.

In:  Happenings, the Documents that they are in, the day, and what a reader chose to see.
Out: HTML: the form to choose with; a picture, and a table that says the same, with sources and
     a button that asks about a milestone. Every word of a document or a user is escaped.

Knows nothing of Gradio, of sessions, or of how milestones are found.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from assistant.calendar import Happening, chosen, phase, years
from assistant.records import Citation
from ingest.records import Document
from ui.sources import source_html
from ui.timeline_picture import WORDS, capital, picture_html

MOST = 50  # milestones on one page
_NONE = (
    '<p class="none">In deze bronnen staan geen mijlpalen: geen gebeurtenissen met een maand of '
    "een periode. Op het tabblad Vraag kun je wel vragen stellen.</p>"
)
_NO_MATCH = (
    '<p class="none">Er zijn geen mijlpalen die hierbij passen. Kies een ander jaar of maak het '
    "onderwerp leeg.</p>"
)
_HEADS = ("Periode", "Mijlpaal", "Toelichting", "Bron")

Lookup = Callable[[str], Document | None]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader wants to see of the milestones; all of them by default."""

    year: int | None = None
    document_id: str = ""
    subject: str = ""


def form_html(known: Sequence[Happening], choice: Choice) -> str:
    """Return the form to choose a year, a document and a subject; empty without milestones."""
    if not known:
        return ""
    titles = dict(sorted({h.document_id: h.title for h in known}.items(), key=lambda e: e[1]))
    all_years = {"": "Alle jaren", **{str(year): str(year) for year in years(known)}}
    picks = _select("year", "Jaar", all_years, str(choice.year or ""))
    if len(titles) > 1:
        picks += _select("document", "Document", {"": "Alle documenten", **titles},
                         choice.document_id)  # fmt: skip
    return (
        f'<form class="choose" role="search" aria-label="Mijlpalen kiezen">{picks}'
        '<label class="subject">Onderwerp <input type="search" name="subject" maxlength="100" '
        f'autocomplete="off" value="{escape(choice.subject)}"></label>'
        '<button type="submit">Zoek</button></form>'
    )


def timeline_html(
    known: Sequence[Happening], documents: Lookup, choice: Choice, today: date
) -> str:
    """Return the milestones that fit the choice, as a picture and as a table.

    Args:
        known: All milestones, in order of time.
        documents: Gives a document by its id, None where it is gone.
        choice: What to show of them.
        today: The day to draw a line for.
    """
    if not known:
        return _NONE
    fitting = chosen(
        known, year=choice.year, document_id=choice.document_id, subject=choice.subject
    )
    if not fitting:
        return f"{_count('Geen mijlpalen gevonden.')}{_NO_MATCH}"
    shown = fitting[:MOST]
    return (
        f"{_count(_how_many(len(shown), len(fitting), len(known)))}"
        f"{picture_html(shown, today, choice.year)}{_table(shown, documents, today)}"
    )


def _count(words: str) -> str:
    return f'<p class="count" role="status">{words}</p>'


def _how_many(shown: int, fitting: int, known: int) -> str:
    if shown < fitting:
        return f"Je ziet de eerste {shown} van {fitting} mijlpalen. Kies een jaar of een onderwerp."
    noun = "mijlpaal" if shown == 1 else "mijlpalen"
    return f"{shown} {noun}." if shown == known else f"{shown} van {known} mijlpalen."


def _select(name: str, label: str, options: dict[str, str], value: str) -> str:
    items = ""
    for key, word in options.items():
        selected = " selected" if key == value else ""
        items += f'<option value="{escape(key)}"{selected}>{escape(word)}</option>'
    return f'<label>{label} <select name="{name}">{items}</select></label>'


def _table(shown: Iterable[Happening], documents: Lookup, today: date) -> str:
    # The roles are said, because the style makes blocks of it where the screen is narrow.
    heads = "".join(f'<th scope="col" role="columnheader">{head}</th>' for head in _HEADS)
    rows = "".join(_row(happening, documents, today) for happening in shown)
    return (
        '<table role="table"><caption class="unseen">Mijlpalen in volgorde van tijd</caption>'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table>'
    )


def _row(happening: Happening, documents: Lookup, today: date) -> str:
    where = phase(happening.period, today)
    when = capital(happening.when)
    word = WORDS[where]
    state = "" if word == when.lower() else f'<span class="state {where.value}">{word}</span>'
    what = escape(capital(happening.what))
    questions = escape(json.dumps(happening.questions, ensure_ascii=False))
    ask = (
        f'<button type="button" class="ask" data-questions="{questions}" '
        f'aria-label="Vraag hierover: {what}">Vraag hierover</button>'
    )
    markers = "".join(_marker(citation) for citation in happening.citations)
    cards = "".join(
        source_html(one, documents(one.document_id), element_id=_id(one.number))
        for one in happening.citations
    )
    return (
        f'<tr role="row"><td role="cell" class="when">{escape(when)} {state}</td>'
        f'<th scope="row" role="rowheader">{what}</th>'
        f'<td role="cell" class="why">{escape(happening.explanation)}<div>{ask}</div></td>'
        f'<td role="cell" class="from"><span class="numbers">{markers}</span>{cards}</td></tr>'
    )


def _id(number: int) -> str:
    return f"mijlpaal-bron-{number}"


def _marker(citation: Citation) -> str:
    number = citation.number
    return (
        f'<button type="button" class="marker" data-source="{_id(number)}" '
        f'aria-label="bron {number}, {escape(citation.title)}">[{number}]</button>'
    )
