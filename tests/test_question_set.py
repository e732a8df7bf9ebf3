"""The test questions: every entry follows the schema, and what it expects is in the documents."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from indexing import open_index

from assistant.evaluation.matching import holds
from assistant.records import Kind, Status
from ingest.dutch.moment_patterns import MONTHS
from ingest.dutch.numbers import value_of
from ingest.records import BlockKind, Document
from tests.retrieval_sets import COLLECTIONS, ON_GOVERNMENT, ON_POLICY

QUESTIONS = Path(__file__).parent / "questions"
CORPUS_FILES = sorted((QUESTIONS / "corpus").glob("*.yaml"))
POLICY_FILES = sorted(ON_POLICY.glob("*.yaml"))
COLLECTION_FILES = sorted(COLLECTIONS.glob("*/questions.yaml"))
GOVERNMENT_FILES = sorted(ON_GOVERNMENT.glob("*.yaml"))
FILES = (*CORPUS_FILES, *POLICY_FILES, *GOVERNMENT_FILES, *COLLECTION_FILES)
MOST_IN_A_FILE = 60
KINDS = set(Kind)
TAGS = {
    "follow_up", "typo", "lay", "english", "relative", "near_miss", "conflict", "ambiguous",
    "injection",
}  # fmt: skip
TOPICS = {"mijlpalen", "subsidies", "alternatieven", "onderwijs", "overig"}
ASKERS = {"beleidsadviseur", "school", "gemeente", "ouder", "instelling"}
ANSWERED = {Status.ANSWERED, Status.PARTIAL, Status.CONFLICT}
REQUIRED = {"id", "question", "kind", "topic", "asker", "status"}
FIELDS = REQUIRED | {
    "history", "today", "language", "tags", "facts", "wrong", "evidence", "near", "row",
}  # fmt: skip

Entry = dict[str, Any]


def read(file: Path) -> list[Entry]:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def is_answerable(entry: Entry) -> bool:
    return bool(ANSWERED.intersection(entry["status"]))


def asks(entry: Entry) -> str:
    """Return the question, or the row of the shared file that holds it."""
    return entry["row"] if "row" in entry else entry["question"]


CORPUS = [entry for file in CORPUS_FILES for entry in read(file)]
POLICY = [entry for file in POLICY_FILES for entry in read(file)]
INVENTED = [entry for file in COLLECTION_FILES for entry in read(file)]
GOVERNMENT_ENTRIES = [entry for file in GOVERNMENT_FILES for entry in read(file)]
ELSEWHERE = POLICY + GOVERNMENT_ENTRIES + INVENTED
ALL = CORPUS + ELSEWHERE
ANSWERABLE = [entry for entry in CORPUS if is_answerable(entry)]
every_entry = pytest.mark.parametrize("entry", ALL, ids=lambda entry: entry["id"])
every_answerable = pytest.mark.parametrize("entry", ANSWERABLE, ids=lambda entry: entry["id"])


@pytest.fixture(scope="module")
def documents(corpus_data: Path) -> dict[str, Document]:
    with open_index(corpus_data) as index:
        return {name: index.library.document(name) for name in index.library.manifest()}


@pytest.fixture(scope="module")
def invented() -> dict[str, str]:
    files = COLLECTIONS.glob("*/documents/*")
    return {file.stem: file.read_text(encoding="utf-8") for file in files}


def numbers(text: str) -> set[int]:
    """Return every number in a text, also as a word or as a month, thousands left out."""
    digits = re.sub(r"(?<=\d)\.000\b", "", text)
    words = re.findall(r"[^\W\d]+", text.lower())
    found = {int(run) for run in re.findall(r"\d+", digits)}
    found |= {int(value) for word in words if (value := value_of(word)) is not None}
    return found | {MONTHS[word] for word in words if word in MONTHS}


def section(document: Document, quote: str) -> str:
    """Return the text between the headings around a quote."""
    at = document.text.index(quote)
    starts = [0, *(b.start for b in document.blocks if b.kind is BlockKind.HEADING)]
    start = max(place for place in starts if place <= at)
    end = min((place for place in starts if place > at), default=len(document.text))
    return document.text[start:end]


def lines_of(entry: Entry) -> Iterator[str]:
    for alternatives in entry.get("facts", []):
        yield from alternatives


@every_entry
def test_an_entry_has_the_fields_of_the_schema_and_no_other(entry: Entry) -> None:
    assert set(entry) >= (REQUIRED if "row" not in entry else REQUIRED - {"question"})
    assert len({"row", "question"} & set(entry)) == 1
    assert set(entry) <= FIELDS
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry["id"])
    assert entry["kind"] in KINDS
    assert entry["topic"] in TOPICS
    assert entry["asker"] in ASKERS
    assert entry.get("language", "nl") in {"nl", "en"}
    assert entry["status"]
    assert set(entry["status"]) <= set(Status)
    assert set(entry.get("tags", [])) <= TAGS
    assert type(entry.get("today", date.today())) is date


@pytest.mark.parametrize("name", sorted(FIELDS | KINDS | TAGS | TOPICS | ASKERS | set(Status)))
def test_the_guide_explains_every_field_and_value(name: str) -> None:
    assert f"`{name}`" in (QUESTIONS / "README.md").read_text(encoding="utf-8")


@every_entry
def test_every_text_is_text_and_not_what_yaml_makes_of_it(entry: Entry) -> None:
    """Without quotation marks 2028 is a number and "ja" or "no" may be a truth value."""
    texts = [
        asks(entry),
        *entry.get("history", []),
        *entry.get("wrong", []),
        *lines_of(entry),
    ]
    assert all(isinstance(text, str) and text.strip() == text and text for text in texts)
    assert all(isinstance(line, list) and line for line in entry.get("facts", []))


@every_entry
def test_tags_say_what_the_fields_show(entry: Entry) -> None:
    tags = set(entry.get("tags", []))
    assert ("follow_up" in tags) == ("history" in entry)
    assert ("english" in tags) == (entry.get("language") == "en")
    assert ("near_miss" in tags) == ("near" in entry)
    assert "relative" not in tags or "today" in entry
    assert "conflict" not in tags or "conflict" in entry["status"]
    assert "ambiguous" not in tags or "clarify" in entry["status"]


@every_entry
def test_a_question_has_facts_and_evidence_just_when_it_can_be_answered(entry: Entry) -> None:
    for name in ("facts", "evidence"):
        assert bool(entry.get(name)) == is_answerable(entry)


def test_no_id_and_no_question_is_there_twice() -> None:
    assert max(Counter(entry["id"] for entry in ALL).values()) == 1
    asked = Counter((*entry.get("history", []), asks(entry), entry.get("today")) for entry in ALL)
    assert max(asked.values()) == 1


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_file_stays_readable(file: Path) -> None:
    assert 0 < len(read(file)) <= MOST_IN_A_FILE


def test_there_are_enough_questions_of_every_sort() -> None:
    assert len(CORPUS) >= 200
    assert len(POLICY) >= 40
    cannot = [entry for entry in CORPUS if not is_answerable(entry)]
    assert len(cannot) >= 50
    assert sum("near_miss" in entry.get("tags", []) for entry in cannot) * 2 >= len(cannot)
    assert {entry["kind"] for entry in CORPUS} == KINDS
    assert {tag for entry in CORPUS for tag in entry.get("tags", [])} == TAGS
    assert {entry["topic"] for entry in CORPUS} == TOPICS
    assert {entry["asker"] for entry in CORPUS} == ASKERS
    assert {status for entry in CORPUS for status in entry["status"]} == set(Status)


def test_the_two_halves_are_about_as_large() -> None:
    odd = [int(hashlib.sha256(entry["id"].encode()).hexdigest(), 16) % 2 for entry in CORPUS]
    assert 0.4 <= sum(odd) / len(CORPUS) <= 0.6


@every_answerable
def test_every_quote_stands_once_in_its_document(
    entry: Entry, documents: dict[str, Document]
) -> None:
    for evidence in entry["evidence"]:
        assert set(evidence) == {"document", "quote"}
        assert documents[evidence["document"]].text.count(evidence["quote"]) == 1, evidence


@every_answerable
def test_every_fact_stands_in_the_evidence(entry: Entry, documents: dict[str, Document]) -> None:
    found = "\n".join(section(documents[e["document"]], e["quote"]) for e in entry["evidence"])
    for alternatives in entry["facts"]:
        assert any(holds(found, phrase) for phrase in alternatives), alternatives
        for phrase in alternatives:
            assert numbers(phrase) <= numbers(found), phrase


@every_entry
def test_nothing_is_both_right_and_wrong(entry: Entry) -> None:
    quotes = [evidence.get("quote", "") for evidence in entry.get("evidence", [])]
    for wrong in entry.get("wrong", []):
        assert not any(holds(text, wrong) for text in (*lines_of(entry), *quotes)), wrong


def test_a_near_miss_is_near_a_document_that_is_there(documents: dict[str, Document]) -> None:
    assert {entry["near"] for entry in CORPUS if "near" in entry} <= set(documents)


@pytest.mark.parametrize("entry", ELSEWHERE, ids=lambda entry: entry["id"])
def test_a_question_on_other_documents_names_evidence_by_key_words(entry: Entry) -> None:
    for evidence in entry.get("evidence", []):
        assert set(evidence) == {"document", "words"}
        assert 2 <= len(evidence["words"]) <= 4
        assert all(isinstance(word, str) and word for word in evidence["words"])


@pytest.mark.parametrize("entry", INVENTED, ids=lambda entry: entry["id"])
def test_what_is_expected_of_an_invented_document_stands_in_it(
    entry: Entry, invented: dict[str, str]
) -> None:
    found = "\n".join(invented[evidence["document"]] for evidence in entry.get("evidence", []))
    for alternatives in entry.get("facts", []):
        verdict = {"ja", "nee"} & set(alternatives)
        assert verdict or any(holds(found, phrase) for phrase in alternatives), alternatives
    for evidence in entry.get("evidence", []):
        text = invented[evidence["document"]].lower()
        assert all(word.lower() in text for word in evidence["words"]), evidence
