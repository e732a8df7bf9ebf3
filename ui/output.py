"""Answers and passages as text for people and as JSON for programs.

In:  records of the assistant.
Out: Dutch text, without characters that steer a terminal; dictionaries in the form that
     README.md documents and keeps stable.

Knows nothing of commands or screens.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from assistant.generation import Generation
from assistant.records import Answer, AskedPeriod, Citation, Hit, Question
from assistant.trace import Trace
from ui.dutch_dates import dated

_STEERS = frozenset({"Cc", "Cf", "Cs"})  # control, invisible, half a character


def answer_as_json(answer: Answer, question_id: object = None) -> dict[str, Any]:
    """Return the documented form of an answer."""
    return {
        "id": question_id,
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "status": answer.status.value,
        "answer": answer.text,
        "notes": list(answer.notes),
        "citations": [citation_as_json(citation) for citation in answer.citations],
        "passages": [
            {
                "document": hit.passage.document_id,
                "start": hit.passage.start,
                "end": hit.passage.end,
                "score": hit.score,
            }
            for hit in answer.hits
        ],
        "timings_ms": dict(answer.timings_ms),
        "generation": answer.generation,
    }


def citation_as_json(citation: Citation) -> dict[str, Any]:
    """Return the documented form of a citation."""
    dating = citation.dating
    return {
        "number": citation.number,
        "document": citation.document_id,
        "title": citation.title,
        "source": citation.source,
        "url": citation.url,
        "heading": _path(citation.headings),
        "page": citation.page,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "version": dating.version or None,
        "date": dating.date or None,
        "valid_from": dating.valid_from or None,
        "valid_until": dating.valid_until or None,
    }


def trace_as_json(trace: Trace) -> dict[str, Any]:
    """Return the documented form of how an answer came about."""
    return {
        "why": {
            "reason": trace.why.reason,
            "kind": trace.why.kind,
            "objection": trace.why.objection,
            "lacking": list(trace.why.lacking),
        },
        "question": None if trace.question is None else _question_as_json(trace.question),
        "unknown": list(trace.unknown),
        "passages": [
            {
                "document": hit.passage.document_id,
                "start": hit.passage.start,
                "end": hit.passage.end,
                "score": hit.score,
                "ranks": dict(hit.ranks),
            }
            for hit in trace.hits
        ],
        "statements": [
            {
                "document": weighed.document_id,
                "start": weighed.start,
                "end": weighed.end,
                "text": weighed.text,
                "score": weighed.score,
                "sufficiency": weighed.sufficiency,
                "signs": dict(weighed.signs),
                "missing": list(weighed.missing),
                "objection": weighed.objection,
                "chosen": weighed.is_chosen,
            }
            for weighed in trace.weighed
        ],
        "topic": trace.topic or None,
        "parts": [trace_as_json(part) for part in trace.parts],
        "generation": None if trace.generation is None else _generation_as_json(trace.generation),
    }


def _generation_as_json(generation: Generation) -> dict[str, Any]:
    return {
        "model": generation.model,
        "system": generation.system,
        "prompt": generation.prompt,
        "sentences": [
            {
                "text": sentence.text,
                "fate": sentence.fate,
                "fault": sentence.fault,
                "wrong": list(sentence.wrong),
            }
            for sentence in generation.sentences
        ],
        "failure": generation.failure,
        "detail": generation.detail,
    }


def _question_as_json(question: Question) -> dict[str, Any]:
    written = question.standalone
    return {
        "read_as": written,
        "kind": question.kind.value,
        "language": question.language,
        "period": None if question.period is None else _period_as_json(question.period),
        "terms": [written[term.start : term.end] for term in question.terms],
        "named": [written[term.start : term.end] for term in question.named],
        "corrected": dict(question.corrected),
        "other_words": {
            word: [" ".join(term.surface for term in words) for words in wordings]
            for word, wordings in question.synonyms.items()
        },
    }


def _period_as_json(period: AskedPeriod) -> dict[str, Any]:
    windows = (
        [day and day.isoformat() for day in (window.first, window.last)]
        for window in period.windows
    )
    return {"relation": period.relation.value, "windows": list(windows)}


def hits_as_json(hits: Sequence[Hit], query_id: object = None) -> dict[str, Any]:
    """Return the documented form of ranked passages."""
    return {
        "id": query_id,
        "results": [
            {
                "document": hit.passage.document_id,
                "heading": _path(hit.passage.headings),
                "start": hit.passage.start,
                "end": hit.passage.end,
                "score": hit.score,
            }
            for hit in hits
        ],
    }


def answer_as_text(answer: Answer) -> str:
    """Return an answer with its sources under it."""
    lines = []
    if answer.standalone_question != " ".join(answer.question.split()):
        lines += [f"(gelezen als: {answer.standalone_question})", ""]
    lines.append(answer.text)
    lines += [f"\nLet op: {note}" for note in answer.notes]
    if answer.citations:
        lines += ["", "Bronnen:"]
        lines += [_source(citation) for citation in answer.citations]
    return printable("\n".join(lines))


def hits_as_text(hits: Sequence[Hit]) -> str:
    """Return ranked passages, best first."""
    if not hits:
        return "Niets gevonden."
    parts = []
    for rank, hit in enumerate(hits, start=1):
        passage = hit.passage
        where = " › ".join((passage.document_id, *passage.headings))
        parts.append(f"{rank}. {where} ({passage.start}-{passage.end})\n{_indent(passage.text)}")
    return printable("\n\n".join(parts))


def printable(text: str) -> str:
    r"""Return a text without what a terminal would obey, or what hides or turns words.

    Example:
        >>> printable("rood \x1b[31m\u202e\nwit")
        'rood [31m\nwit'
    """
    signs = set(text) - {"\n", "\t"}
    steering = [ord(sign) for sign in signs if unicodedata.category(sign) in _STEERS]
    return text.translate(dict.fromkeys(steering)) if steering else text


def _source(citation: Citation) -> str:
    page = f", pagina {citation.page}" if citation.page is not None else ""
    below = citation.headings[citation.headings[:1] == (citation.title,) :]
    where = " › ".join((citation.title, *below))
    lines = [f"[{citation.number}] {where}{page}", _indent(f"“{citation.quote}”")]
    if when := dated(citation.dating):
        lines.append(_indent(when))
    lines.append(_indent(citation.url or citation.source))
    return "\n".join(lines)


def _path(headings: Sequence[str]) -> str:
    return " › ".join(headings)


def _indent(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.split("\n"))
