"""Ask the same questions of several combinations of models.

In:  the data folder, the names of models, Cases.
Out: a Row for each combination: its Run and what it took; or why there is none.

Every combination answers in a process of its own, so that its memory is its own, from an index
of its own: the documents of the index that answers now, embedded by its model. That index is
made once a model, in another process, and goes afterwards.

Knows nothing of how figures are computed or shown.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from itertools import groupby, product
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.aids import NO_AIDS, Aids
from assistant.evaluation.records import Case, Run
from assistant.evaluation.run import evaluate
from assistant.generation import what_of
from assistant.pipeline import Assistant
from ingest import generations
from ingest.apart import run_apart
from ingest.embedding import load_embedder
from ingest.errors import ModelError, WegwijsError
from ingest.index import Index
from ingest.previous import recipe_of
from ingest.progress import Listener, Stage, Step, silent
from ingest.rewriting import rewrite


@dataclass(frozen=True, slots=True)
class Combination:
    """The models that answer together, by name.

    Attributes:
        embedding: "" for the embedded one.
        reranker: "" for none.
        llm: The setting of a language model that words answers, "" for none.
    """

    embedding: str = ""
    reranker: str = ""
    llm: str = ""

    def noted(self, fingerprint: str) -> str:
        """Return what a run notes of its models, given the fingerprint of the embedding model."""
        return " + ".join(filter(None, (fingerprint, self.reranker, self.llm)))


@dataclass(frozen=True, slots=True)
class Row:
    """What became of a combination.

    Attributes:
        combination: The models.
        run: What it answered; None where it cannot.
        index_seconds: How long making its index took.
        peak: The most bytes of memory that answering took, None where the system does not tell.
        problem: Why it cannot answer and what to do, in Dutch; "" where it can.
    """

    combination: Combination
    run: Run | None = None
    index_seconds: float = 0.0
    peak: int | None = None
    problem: str = ""


def combinations(
    embeddings: Sequence[str], rerankers: Sequence[str], llms: Sequence[str] = ()
) -> list[Combination]:
    """Return every combination, each once; the embedded model and nothing else come first.

    Example:
        >>> [(c.embedding, c.reranker) for c in combinations(["e5"], ["bge", "bge"])]
        [('', ''), ('', 'bge'), ('e5', ''), ('e5', 'bge')]
    """
    every = product(("", *embeddings), ("", *rerankers), ("", *llms))
    return [Combination(*names) for names in dict.fromkeys(every)]


def measure(
    data: Path,
    chosen: Sequence[Combination],
    cases: Sequence[Case],
    *,
    today: date,
    split_name: str = "all",
    listener: Listener = silent,
) -> Iterator[Row]:
    """Yield a row for each combination, in their order.

    Args:
        data: The data folder; nothing in it changes.
        chosen: The combinations; those of one embedding model stand together.
        cases: The questions.
        today: The day on which questions are asked that name none.
        split_name: Which part of the set `cases` is, to be noted.
        listener: Is told which combination is next.

    Raises:
        IndexMissingError: If there is no index.
    """
    source = generations.generation_folder(data, generations.current(data))
    done = 0
    for embedding, group in groupby(chosen, lambda one: one.embedding):
        with TemporaryDirectory(prefix="wegwijs-", ignore_cleanup_errors=True) as folder:
            index = _index(source, Path(folder), embedding)
            for combination in group:
                done += 1
                listener(Step(Stage.ANSWERING, done, len(chosen), _label(combination)))
                if isinstance(index, WegwijsError):
                    yield Row(combination, problem=str(index))
                    continue
                asked = (Path(folder), combination, tuple(cases), today, split_name)
                try:
                    answered = run_apart(answer, *asked)
                except WegwijsError as problem:
                    yield Row(combination, index_seconds=index, problem=str(problem))
                else:
                    yield Row(combination, answered.value, index, answered.peak)


def _index(source: Path, folder: Path, embedding: str) -> float | WegwijsError:
    """Return how long making an index took, or why it cannot be made."""
    try:
        return run_apart(build, source, folder, embedding).value
    except WegwijsError as problem:
        return problem


def build(source: Path, folder: Path, embedding: str) -> float:
    """Make an index in `folder` with the documents of the one in `source` and another model.

    Returns:
        How many seconds it took, after the model was loaded.

    Raises:
        ModelError: If the model cannot be loaded.
    """
    embedder = load_embedder(embedding or None)
    started = time.perf_counter()
    with Index.open(source) as old, Index.create(folder) as new:
        settings = old.library.settings()
        new.library.note(settings | {"recipe": recipe_of(embedder)})
        rewrite(old, new, old.library.manifest().values(), embedder)
    return round(time.perf_counter() - started, 2)


def answer(
    folder: Path, combination: Combination, cases: Sequence[Case], today: date, split_name: str
) -> Run:
    """Ask all questions of one combination, of the index in `folder`.

    Raises:
        SettingError: If the setting of its language model cannot be used.
        ModelError: If one of its models cannot be loaded or reached.
    """
    embedder = load_embedder(combination.embedding or None)
    reranker, aids = None, NO_AIDS
    if combination.reranker:
        from assistant.reranking import CrossEncoderReranker

        reranker = CrossEncoderReranker(combination.reranker)
    if combination.llm:
        aids = _aids(combination.llm)
    with closing(Assistant(Index.open(folder), embedder, 0, reranker, aids)) as assistant:
        noted = combination.noted(embedder.fingerprint)
        return evaluate(assistant, cases, today=today, model=noted, split_name=split_name)


def _aids(llm: str) -> Aids:
    """Return the help of a language model that is there: of another the row would say nothing.

    Raises:
        SettingError: If the setting cannot be used.
        ModelError: If the model cannot be loaded or reached.
    """
    from assistant.llm import loading, models, settings
    from assistant.llm.streaming import Failed
    from assistant.llm.trying import attempt

    found = settings.read(llm, os.environ)
    if found.url:  # what is in a folder is there once it is loaded
        try:
            attempt(models.load(found))
        except Failed as problem:
            advice = "Kijk met 'wegwijs doctor' wat je kunt doen."
            raise ModelError(what_of(problem.failure), advice) from problem
    return loading.aids(llm, os.environ)


def _label(combination: Combination) -> str:
    return " + ".join(filter(None, (combination.embedding, combination.reranker)))
