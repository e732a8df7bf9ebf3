"""Collections with questions whose right place is known, ingested and ready to be searched.

In:  a JSON-lines file of questions with their answers and addresses (`id`, `question`, `answer`,
     `url`); or a folder with YAML lists of questions with the quotes that answer them, and the
     documents that the quotes are from; or YAML lists of questions on those answers; or lines
     with a question and a sentence that answers it in other words.
Out: Collections: the passages that ingest made, for every system alike, and the questions;
     or the questions on those answers as Cases.

Knows nothing of who searches them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter

from assistant.evaluation.matching import holding, spans_of
from assistant.evaluation.questions import load_cases
from assistant.evaluation.records import Case
from assistant.questions import understand
from ingest.embedding import Embedder
from ingest.paraphrases import read_questions
from ingest.pipeline import ingest
from ingest.records import Document, Passage
from tests.indexing import open_index

SHARED = Path(__file__).parents[2] / "shared" / "data"
GOVERNMENT = SHARED / "rijksoverheid-qa" / "questions.jsonl"
OWN = Path(__file__).parent / "questions" / "corpus"
ON_POLICY = Path(__file__).parent / "questions" / "policy-docs"
COLLECTIONS = Path(__file__).parent / "collections"
NOT_LOOKED_AT = "jeugdhulp"  # nobody looks at a single question of this one
TUNED_ON = tuple(sorted({folder.name for folder in COLLECTIONS.glob("*/")} - {NOT_LOOKED_AT}))
PARAPHRASES = Path(__file__).parent / "paraphrases.tsv"
ON_GOVERNMENT = Path(__file__).parent / "questions" / "government"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the units of which any is right."""

    id: str
    text: str
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class Collection:
    """What is searched and what is asked.

    Attributes:
        name: For the report.
        data: The data folder in which it is ingested.
        passages: Text by id, with the title and headings above it.
        units: What counts as found, by passage id: its document, or the passage itself.
        questions: What is asked.
    """

    name: str
    data: Path
    passages: Mapping[str, str]
    units: Mapping[str, str]
    questions: tuple[Asked, ...]


def rows_of(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def government(
    rows: Sequence[dict[str, Any]], scratch: Path, embedder: Embedder, noise: Path | None = None
) -> Collection:
    """Index answers as documents of their own; right is a question's own answer.

    Args:
        rows: Questions with their answers.
        scratch: A folder to work in.
        embedder: The embedding model.
        noise: A folder of documents that answer nothing, to index beside them.
    """
    data = index_answers(rows, scratch, embedder, noise)
    questions = {row["id"]: row["question"] for row in rows}  # a question may stand twice in it
    asked = tuple(Asked(name, text, frozenset([name])) for name, text in questions.items())
    passages = _passages(data)
    units = {passage.id: document.id for document, passage in passages}
    return Collection("government questions", data, _texts(passages), units, asked)


def reworded(collection: Collection) -> Collection:
    """Return the government collection with questions of our own, in words of our own.

    Half of them are as someone would ask who does not know the words of the documents.
    """
    cases = load_cases([ON_GOVERNMENT / "answerable.yaml"])
    asked = tuple(
        Asked(case.id, case.question, frozenset(place.document for place in case.evidence))
        for case in cases
    )
    return replace(collection, name="government answers, other words", questions=asked)


def paraphrases(scratch: Path, embedder: Embedder) -> Collection:
    """Index sentences as documents of their own; asked is in other words what each answers.

    They were written like the ones that the embedded model learns from, which these are not.
    """
    rows = [
        {"id": f"paraphrase-{number}", "question": question, "answer": sentence, "url": ""}
        for number, (question, sentence) in enumerate(read_questions(PARAPHRASES))
    ]
    return replace(government(rows, scratch, embedder), name="sentences, other words")


def index_answers(
    rows: Iterable[dict[str, Any]], scratch: Path, embedder: Embedder, noise: Path | None = None
) -> Path:
    """Ingest the answers of questions; return the data folder."""
    folder, data = scratch / "documents", scratch / "data"
    write_answers(rows, folder)
    ingest([folder, *([noise] if noise is not None else [])], data, embedder)
    return data


def write_answers(rows: Iterable[dict[str, Any]], folder: Path) -> None:
    """Write the answers of questions as documents that name their own row."""
    folder.mkdir(parents=True)
    for row in rows:
        # The title must not give the question away.
        head = f"id: {row['id']}\ntitle: Antwoord {slug(row)}\nurl: {row['url']}"
        text = f"---\n{head}\n---\n\n{row['answer']}\n"
        (folder / f"{slug(row)}.md").write_text(text, encoding="utf-8")


def government_cases(split: str = "all") -> tuple[Case, ...]:
    """Return the questions on the answers of `GOVERNMENT`; documents are named by row.

    An entry with `row` asks that row's question. Where the file is not there, such entries are
    left out.

    Args:
        split: The part of the questions: "tune", "test" or "all".
    """
    rows = rows_of(GOVERNMENT) if GOVERNMENT.exists() else []
    asked = {row["id"]: row["question"] for row in rows}
    cases = []
    for file in sorted(ON_GOVERNMENT.glob("*.yaml")):
        for entry in yaml.safe_load(file.read_text(encoding="utf-8")):
            name = entry.pop("row", None)
            if name is None or asked:
                cases.append(entry if name is None else {**entry, "question": asked[name]})
    found = TypeAdapter(tuple[Case, ...]).validate_python(cases)
    return tuple(case for case in found if split in {case.split, "all"})


def slug(row: Mapping[str, Any]) -> str:
    """Return a name that says nothing, the same every time."""
    return hashlib.sha256(row["id"].encode()).hexdigest()[:10]


def own(
    questions: Sequence[Path],
    documents: Sequence[Path],
    scratch: Path,
    embedder: Embedder,
    split: str = "all",
    name: str = "own questions",
) -> Collection:
    """Index documents; right are the passages that hold what a question names as its evidence.

    A follow-up question is read as the assistant reads it, for every system alike: this
    measures search. Questions that name no evidence are left out: nothing answers them. So are
    those whose key words stand in no passage together.

    Args:
        questions: YAML lists of questions, and folders of them.
        documents: What the evidence is from.
        scratch: A folder to work in.
        embedder: The embedding model.
        split: The part of the questions that is asked: "tune", "test" or "all".
        name: For the report.

    Raises:
        ValueError: If a quote is in no passage.
    """
    data = scratch / "data"
    ingest(documents, data, embedder)
    passages = _passages(data)
    asked = tuple(
        Asked(case.id, understand(case.question, case.history, case.today).standalone, right)
        for case in load_cases(questions, split)
        if (right := _right(case, passages))
    )
    units = {passage.id: passage.id for _, passage in passages}
    return Collection(name, data, _texts(passages), units, asked)


def invented(names: Iterable[str], scratch: Path, embedder: Embedder, split: str) -> Collection:
    """Index invented collections together; asked is one half of their questions: see `own`."""
    folders = [COLLECTIONS / name for name in names]
    return own(
        [folder / "questions.yaml" for folder in folders],
        [folder / "documents" for folder in folders],
        scratch,
        embedder,
        split,
        f"invented documents, {split} half",
    )


def _right(case: Case, passages: Sequence[tuple[Document, Passage]]) -> frozenset[str]:
    found: set[str] = set()
    for place in case.evidence:
        there = [(d, passage) for d, passage in passages if d.id == place.document]
        inside = [passage for _, passage in there]
        ids = holding(spans_of(place, there[0][0], inside), inside) if there else set()
        if not ids and place.quote:
            raise ValueError(f"{case.id}: in no passage: {place.quote!r}")
        found |= ids
    return frozenset(found)


def _passages(data: Path) -> list[tuple[Document, Passage]]:
    with open_index(data) as index:
        library = index.library
        return [
            (document, passage)
            for document in map(library.document, library.manifest())
            for passage in library.passages_of(document.id)
        ]


def _texts(passages: Sequence[tuple[Document, Passage]]) -> dict[str, str]:
    return {
        passage.id: " ".join((document.title, *passage.headings, passage.text))
        for document, passage in passages
    }
