"""Say what is in the index, and whether it still fits its documents.

In:  the data folder, an embedding model.
Out: Dutch text; the stored text of one document.

Knows nothing of questions.
"""

from __future__ import annotations

import json
from pathlib import Path

from ingest import generations
from ingest.dutch.periods import Period
from ingest.embedding import Embedder
from ingest.errors import WegwijsError
from ingest.facts import Fact
from ingest.library import Library
from ingest.pipeline import compare
from ingest.records import Span


def stored_text(data: Path, document_id: str) -> str:
    """Return the text of a document as the index holds it.

    Raises:
        IndexMissingError: If no index was made yet.
        DocumentMissingError: If the document is not in it.
    """
    folder = generations.generation_folder(data, generations.current(data))
    with Library(folder / "library.sqlite") as library:
        return library.document(document_id).text


def stored_facts(data: Path, document_id: str) -> list[dict[str, object]]:
    """Return the facts and milestones of a document: kind, value, offsets and quote of each.

    A milestone's value is its period; `title` and `explanation` have offsets of their own.

    Raises:
        IndexMissingError: If no index was made yet.
        DocumentMissingError: If the document is not in it.
    """
    folder = generations.generation_folder(data, generations.current(data))
    with Library(folder / "library.sqlite") as library:
        text = library.document(document_id).text

        def place(span: Span | Fact | Period) -> dict[str, object]:
            start, end = span.start, span.end
            return {"start": start, "end": end, "quote": text[start:end]}

        rows: list[dict[str, object]] = [
            {"kind": fact.kind.value, "value": fact.value, **place(fact)}
            for fact in library.facts(document_id)
        ]
        for milestone in library.milestones(document_id):
            title, period, explanation = milestone.title, milestone.period, milestone.explanation
            value = "doorlopend" if period.ongoing else f"{period.first}/{period.last}"
            rows.append({
                "kind": "milestone",
                "value": value,
                **place(period),
                "title": place(title),
                "explanation": place(explanation) if explanation else None,
            })
        return rows


def describe(data: Path, embedder: Embedder) -> str:
    """Return a Dutch description of the index in `data`.

    Raises:
        IndexMissingError: If no index was made yet.
    """
    number = generations.current(data)
    with Library(generations.generation_folder(data, number) / "library.sqlite") as library:
        manifest, settings = library.manifest(), library.settings()
        schemes = ", ".join(library.vocabulary.versions()) or "geen"
        titles = {entry: library.document(entry).title for entry in manifest}
    lines = [
        f"Index: versie {number} in {data}, gemaakt op {settings.get('made', 'onbekend')}",
        f"Taalmodel: {settings.get('recipe', '').split('/', 2)[-1]}",
        f"Documenten: {len(manifest)}, passages: {sum(e.passages for e in manifest.values())}",
    ]
    lines += [f"  {i}: {titles[i]} ({e.passages} passages)" for i, e in manifest.items()]
    lines.append(f"Begrippenlijsten: {schemes}")
    return "\n".join([*lines, _fit(data, embedder, settings.get("paths", "[]"))])


def _fit(data: Path, embedder: Embedder, paths: str) -> str:
    folders = [Path(path) for path in json.loads(paths)]
    names = ", ".join(str(folder) for folder in folders)
    try:
        report = compare(folders, data, embedder)
    except WegwijsError as problem:
        return f"Of de index nog bij {names} past, is niet te zien: {problem}"
    found = report.documents
    if found.added or found.changed or found.removed or report.schemes or report.failed:
        lists = f", {len(report.schemes)} andere begrippenlijsten" if report.schemes else ""
        return (
            f"De index past niet meer bij {names}: {found.added} nieuw, {found.changed} "
            f"veranderd, {found.removed} weg{lists}, {len(report.failed)} niet te lezen. "
            "Werk hem bij met: wegwijs ingest"
        )
    return f"De index past bij {names}."
