"""Help tests make an index and see all that it holds.

In:  a few Dutch documents; the data folder of an index.
Out: files on disk; what library, lexical index and vectors of the current generation hold.

Knows nothing of what a test expects.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.pipeline import Assistant
from ingest import generations
from ingest.analysis import analyse
from ingest.embedding import Embedder
from ingest.index import Index

ZWEM = "# Zwemles\n\n## Doel\n\nElk kind leert zwemmen.\n\n## Geld\n\nDe gemeente betaalt 5 euro.\n"
DOCUMENTS = {
    "zwemles.md": ZWEM,
    "sub/gym.md": "---\nid: gym\n---\n# Gym\n\nGym is op school, elke week opnieuw.\n",
    "bad.txt": "Het bad\n\nHet bad is koud. De badmeester kijkt toe.\n\nHet bad is diep.\n",
    "brief.md": "# Brief\n\nBeste ouders, de trein vertrekt om negen uur.\n",
}
QUESTIONS = ("Wie betaalt?", "zwemmen", "Is het bad koud?", "gym op school", "trein")


class Counting:
    """The real model, and what it was asked to embed."""

    def __init__(self, model: Embedder, name: str = "") -> None:
        self.model, self.name = model, name
        self.texts: list[str] = []

    @property
    def fingerprint(self) -> str:
        return self.model.fingerprint + self.name

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.texts += texts
        return self.model.embed_passages(texts)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        return self.model.embed_query(text)


def write(folder: Path, documents: Mapping[str, str]) -> None:
    for name, text in documents.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def open_index(data: Path) -> Index:
    return Index.open(generations.generation_folder(data, generations.current(data)))


def content(data: Path) -> dict[str, Any]:
    """Return all that the library of the current generation holds; check that the parts fit."""
    with open_index(data) as index:
        index.validate()
        library = index.library
        return {
            name: (
                library.document(name),
                library.passages_of(name),
                library.milestones(name),
                entry.version,
            )
            for name, entry in library.manifest().items()
        }


def found(data: Path, embedder: Embedder) -> dict[str, tuple[list[Any], list[Any]]]:
    """Return what both searches find, best first, with scores that can be compared."""

    def rounded(hits: list[tuple[str, float]]) -> list[tuple[str, float]]:
        return sorted((name, round(score, 4)) for name, score in hits)

    with open_index(data) as index:
        return {
            question: (
                rounded(index.lexical.search(analyse(question), 50)),
                rounded(index.vectors.search(embedder.embed_query(question), 50)),
            )
            for question in QUESTIONS
        }


def answers(data: Path, embedder: Embedder) -> list[tuple[str, tuple[str, ...]]]:
    """Return what is answered, with the quotes, by the generation that answers now."""
    assistant = Assistant.open(data, embedder)
    try:
        given = [assistant.ask(question) for question in QUESTIONS]
    finally:
        assistant.close()
    return [(answer.text, tuple(c.quote for c in answer.citations)) for answer in given]


def everywhere(data: Path, embedder: Embedder) -> set[str]:
    """Return the ids of the passages that any part can still give."""
    ids = {p.id for _, passages, _, _ in content(data).values() for p in passages}
    for lexical, dense in found(data, embedder).values():
        ids |= {name for name, _ in (*lexical, *dense)}
    return ids
