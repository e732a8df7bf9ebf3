"""One question of an evaluation as HTML: what was asked, what was wanted, what came, and why.

In:  an Outcome, or a Change of one.
Out: HTML in which every word of a question, an answer or a document is escaped.

Knows nothing of pages or figures.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from assistant.evaluation.compare import Change
from assistant.evaluation.metrics import missing_facts
from assistant.evaluation.records import Evidence, Outcome
from ui.evaluation_tables import table_html
from ui.evaluation_words import STATUS_WORDS, number, reasons
from ui.explain_words import why_lines, why_title


def outcome_html(outcome: Outcome) -> str:
    """Return a question with its answer, beside what was wanted, and how it came about."""
    return (
        f"<article>{_asked(outcome)}"
        f'<ul class="bad">{_items(map(escape, reasons(outcome)))}</ul>'
        f'<div class="pair"><div>{_answer("Antwoord", outcome)}</div>'
        f"<div>{_wanted(outcome)}</div></div>"
        f"{_trace(outcome)}</article>"
    )


def change_html(change: Change) -> str:
    """Return a question with its answers before and after."""
    return (
        f'<article class="{change.verdict}">{_asked(change.after)}'
        f'<div class="pair"><div>{_answer("Was", change.before)}</div>'
        f"<div>{_answer('Werd', change.after)}</div></div></article>"
    )


def _asked(outcome: Outcome) -> str:
    case = outcome.case
    parts = [f"<h3>{escape(case.question)}</h3>"]
    details = [case.id, case.asker, case.topic, *case.tags]
    parts.append(f'<p class="muted">{escape(" · ".join(filter(None, details)))}</p>')
    if case.history:
        parts.append(f'<p class="muted">Eerder gevraagd: {escape(" | ".join(case.history))}</p>')
    if outcome.read_as and outcome.read_as != case.question:
        parts.append(f'<p class="muted">Gelezen als: {escape(outcome.read_as)}</p>')
    return "".join(parts)


def _answer(title: str, outcome: Outcome) -> str:
    sources = "".join(
        f"<blockquote>[{cited.number}] {escape(cited.quote)}"
        f'<br><span class="muted">{escape(_place(cited.document, cited.heading))}'
        f"{'' if cited.verbatim else ', staat zo niet in de bron'}"
        f"{', hier staat het antwoord' if cited.proves else ''}</span></blockquote>"
        for cited in outcome.cited
    )
    return (
        f"<h4>{title} ({STATUS_WORDS[outcome.status]})</h4>"
        f'<p class="text">{escape(outcome.text)}</p>{sources}'
    )


def _wanted(outcome: Outcome) -> str:
    case = outcome.case
    statuses = " of ".join(STATUS_WORDS[status] for status in case.status)
    parts = [f"<h4>Verwacht ({statuses})</h4>"]
    missing = missing_facts(outcome) if outcome.gives_answer else list(case.facts)
    facts = (
        f'<span class="{"bad" if fact in missing else "good"}">'
        f"{'mist' if fact in missing else 'staat erin'}</span>: {escape(' / '.join(fact))}"
        for fact in case.facts
    )
    parts.append(f"<ul>{_items(facts)}</ul>")
    if case.wrong:
        parts.append(f"<h4>Mag er niet in staan</h4><ul>{_items(map(escape, case.wrong))}</ul>")
    if case.evidence:
        parts.append("<h4>Waar het staat</h4>")
        parts += [_evidence(place, place in outcome.unfounded) for place in case.evidence]
    return "".join(parts)


def _evidence(place: Evidence, is_lost: bool) -> str:
    words = place.quote or ", ".join(place.words)
    lost = ' <span class="bad">staat niet (meer) in dit document</span>' if is_lost else ""
    return (
        f'<blockquote>{escape(words)}<br><span class="muted">{escape(place.document)}</span>{lost}'
        "</blockquote>"
    )


def _trace(outcome: Outcome) -> str:
    """Return why it was answered so, what was retrieved, and how long each stage took."""
    why = ""
    if outcome.why is not None:
        lines = _items(map(escape, why_lines(outcome.why)))
        why = f"<h4>{why_title(outcome.why)}</h4><ul>{lines}</ul>"
    rows = (
        f'<tr><td class="number">{rank}</td><td class="number">{number(found.score, 3)}</td>'
        f"<td>{escape(', '.join(f'{name} {place}' for name, place in found.ranks.items()))}</td>"
        f'<td>{escape(found.text)}<br><span class="muted">'
        f"{escape(_place(found.document, found.heading))}</span></td>"
        f'<td class="good">{"hier staat het" if found.holds else ""}</td></tr>'
        for rank, found in enumerate(outcome.found, start=1)
    )
    times = ", ".join(f"{name} {number(ms, 1)} ms" for name, ms in outcome.timings_ms.items())
    head = ("Nr.", "Score", "Plaats", "Passage", "Bewijs")
    return (
        f"{why}<details><summary>Wat er gevonden werd</summary>"
        f"{table_html('Wat er gevonden werd', head, rows)}"
        f'<p class="muted">{escape(times)}</p></details>'
    )


def _items(items: Iterable[str]) -> str:
    return "".join(f"<li>{item}</li>" for item in items)


def _place(document: str, heading: str) -> str:
    return f"{document} › {heading}" if heading else document
