"""Open the generation that answers now.

In:  the data folder, a model.
Out: the number of that generation, and its index, open; or an error that says what to do.

Knows nothing of questions.
"""

from __future__ import annotations

from pathlib import Path

from ingest import generations
from ingest.embedding import Embedder
from ingest.errors import ModelError, WegwijsError
from ingest.index import Index
from ingest.previous import recipe_of


def open_current(data: Path, embedder: Embedder) -> tuple[int, Index]:
    """Open the generation that answers, also when another takes its place meanwhile.

    Raises:
        IndexMissingError: If no index was made yet.
        IndexBrokenError: If it cannot be opened.
        ModelError: If it was made with another model than `embedder`.
    """
    number, index = _open(data)
    recipe = index.library.settings().get("recipe", "")
    if recipe != recipe_of(embedder):
        index.close()
        is_same_model = recipe.split("/", 2)[-1] == embedder.fingerprint
        other = "een andere versie van Wegwijs" if is_same_model else "een ander taalmodel"
        raise ModelError(
            f"De index is met {other} gemaakt.", "Maak hem opnieuw met: wegwijs ingest"
        )
    return number, index


def _open(data: Path) -> tuple[int, Index]:
    while True:
        number = generations.current(data)
        try:
            return number, Index.open(generations.generation_folder(data, number))
        except WegwijsError:
            if generations.current(data) == number:
                raise
