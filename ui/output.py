"""Answers and passages as text for people and as JSON for programs.

In:  records of the assistant.
Out: Dutch text; dictionaries in the form that README.md documents and keeps stable.

Knows nothing of commands or screens.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.records import Answer, Citation, Hit


def answer_as_json(answer: Answer, question_id: object = None) -> dict[str, Any]:
    """Return the documented form of an answer."""
    return {
        "id": question_id,
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "status": answer.status.value,
        "answer": answer.text,
        "citations": [
            {
                "number": c.number,
                "document": c.document_id,
                "title": c.title,
                "source": c.source,
                "url": c.url,
                "heading": _path(c.headings),
                "page": c.page,
                "quote": c.quote,
                "start": c.start,
                "end": c.end,
            }
            for c in answer.citations
        ],
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
    if answer.citations:
        lines += ["", "Bronnen:"]
        lines += [_source(citation) for citation in answer.citations]
    return "\n".join(lines)


def hits_as_text(hits: Sequence[Hit]) -> str:
    """Return ranked passages, best first."""
    if not hits:
        return "Niets gevonden."
    parts = []
    for rank, hit in enumerate(hits, start=1):
        passage = hit.passage
        where = " › ".join((passage.document_id, *passage.headings))
        parts.append(f"{rank}. {where} ({passage.start}-{passage.end})\n{_indent(passage.text)}")
    return "\n\n".join(parts)


def _source(citation: Citation) -> str:
    page = f", pagina {citation.page}" if citation.page is not None else ""
    below = citation.headings[citation.headings[:1] == (citation.title,) :]
    where = " › ".join((citation.title, *below))
    lines = [f"[{citation.number}] {where}{page}", _indent(f"“{citation.quote}”")]
    lines.append(_indent(citation.url or citation.source))
    return "\n".join(lines)


def _path(headings: Sequence[str]) -> str:
    return " › ".join(headings)


def _indent(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.split("\n"))
