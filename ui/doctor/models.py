"""Look at the embedding model and the reranker: are they whole, and do they fit the index?

In:  what the user chose; the index, for the model that it was made with.
Out: Checks; or the error that loading raises. A model is loaded as `ask` loads it.

Knows nothing of how a model works.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from ingest.embedding import EMBEDDED_MODEL, load_embedder
from ingest.previous import previous_generation
from ui.doctor.check import Check, Configured, ok, wrong

_SUMS = "SHA256SUMS"
_TEXT = "Wie betaalt de zwemlessen?"


def embedded(_: Configured, folder: Path = EMBEDDED_MODEL) -> list[Check]:
    """Tell whether the files of the model that comes along are as they were made."""
    name, advice = "Ingebouwd taalmodel", "Haal Wegwijs opnieuw op en installeer het opnieuw."
    for line in (folder / _SUMS).read_text(encoding="utf-8").splitlines():
        expected, file = line.split()
        try:
            content = (folder / file).read_bytes()
        except OSError:
            return [wrong(name, f"Het bestand '{folder / file}' is er niet.", advice)]
        if hashlib.sha256(content).hexdigest() != expected:
            found = f"Het bestand '{folder / file}' is beschadigd of niet helemaal opgehaald."
            return [wrong(name, found, advice)]
    return [ok(name, "De bestanden zijn heel.")]


def embedding(configured: Configured) -> list[Check]:
    """Tell whether the model that search uses loads, and whether the index was made with it."""
    name = "Taalmodel voor zoeken"
    if gone := _missing_folder(name, configured.embedding):
        return gone
    model = load_embedder(configured.embedding or None)
    length = len(model.embed_query(_TEXT))
    which = f"'{configured.embedding}'" if configured.embedding else "Het ingebouwde model"
    found = f"{which} werkt: {model.fingerprint}, {length} getallen per tekst."
    previous = previous_generation(configured.data)
    if previous is None:
        return [ok(name, found)]
    made_with = previous.recipe.split("/", 2)[-1]
    if made_with != model.fingerprint:
        advice = "Maak de index opnieuw met: wegwijs ingest. Of kies weer het oude model."
        other = f"{found} Maar de index is met een ander model gemaakt: {made_with}."
        return [wrong(name, other, advice)]
    return [ok(name, f"{found} De index is ermee gemaakt.")]


def reranker(configured: Configured) -> list[Check]:
    """Tell whether the reranker loads and scores, where one was chosen."""
    name = "Herordeningsmodel"
    if not configured.reranker:
        return [ok(name, "Niet ingesteld.")]
    if gone := _missing_folder(name, configured.reranker):
        return gone
    from assistant.reranking import CrossEncoderReranker

    model = CrossEncoderReranker(configured.reranker)
    found = f"'{configured.reranker}' werkt: het herordent de beste {model.depth} passages."
    return [ok(name, found)]


def _missing_folder(name: str, chosen: str) -> list[Check]:
    """Say at once that a folder is not there: the library that loads it takes seconds to start."""
    if not Path(chosen).is_absolute() or Path(chosen).is_dir():
        return []
    advice = "Kijk of de naam klopt, of download het model eerst naar die map."
    return [wrong(name, f"De map '{chosen}' is er niet.", advice)]
