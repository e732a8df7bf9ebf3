"""Asking while the index changes: from one assistant, from many threads, from other processes."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from indexing import write

from assistant.live import LiveAssistant
from assistant.pipeline import Assistant
from assistant.records import Answer, Status
from ingest import generations
from ingest.embedding import Embedder
from ingest.errors import DocumentMissingError, ModelError
from ingest.maintenance import forget
from ingest.pipeline import ingest

QUESTION = "Hoeveel kost de zwemles?"
SECOND = "Hoeveel stoelen heeft het museum?"
CHANGES = 10  # re-ingests
LAST = CHANGES + 1


def prices(number: int) -> dict[str, str]:
    """Return the documents as they are in version `number`: all of them say which it is."""
    both = f"De zwemles kost {number} euro. Het museum heeft {number} stoelen."
    documents = {
        "zwemles.md": f"# Zwemles\n\nDe zwemles kost {number} euro.\n",
        "museum.md": f"# Museum\n\nHet museum heeft {number} stoelen.\n",
        "overzicht.md": f"# Overzicht van versie {number}\n\n{both}\n",
    }
    documents |= {f"vast{i}.md": f"# Vast {i}\n\nIn wijk {i} verandert niets.\n" for i in range(20)}
    # One document is in every other version only.
    return documents | ({"tijdelijk.md": TEMPORARY} if number % 2 else {})


TEMPORARY = "# Tijdelijk\n\nDe kermis staat op het Damplein.\n"
FAIR = "Waar staat de kermis?"


def make(docs: Path, data: Path, embedder: Embedder, number: int) -> None:
    write(docs, prices(number))
    if not number % 2:
        (docs / "tijdelijk.md").unlink(missing_ok=True)
    assert ingest([docs], data, embedder).generation == number


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    return tmp_path / "docs"


@pytest.fixture
def data(docs: Path, tmp_path: Path, embedder: Embedder) -> Path:
    make(docs, tmp_path / "data", embedder, 1)
    return tmp_path / "data"


def texts(number: int) -> dict[str, str]:
    """Return what the library should hold of each document in generation `number`."""
    return {
        name.removesuffix(".md"): text.removeprefix("# ").replace("\n\n", "\n", 1).strip()
        for name, text in prices(number).items()
    }


def is_whole(answer: Answer | dict[str, Any]) -> bool:
    """Check that an answer belongs to its generation and to no other."""
    row = answer if isinstance(answer, dict) else _as_row(answer)
    number, held = row["generation"], texts(row["generation"])
    assert 1 <= number <= LAST
    for name, start, end, quote in row["citations"]:
        assert held[name][start:end] == quote, row
    for name, start, end, text in row["hits"]:
        assert held[name][start:end] == text, row
    if row["question"] == QUESTION:
        assert row["status"] == "answered" and f"{number} euro" in row["text"], row
    if row["question"] == SECOND:
        assert row["status"] == "answered" and f"{number} stoelen" in row["text"], row
    if row["question"] == FAIR:
        assert ("Damplein" in row["text"]) == bool(number % 2), row
    return True


def _as_row(answer: Answer) -> dict[str, Any]:
    return {
        "question": answer.question,
        "generation": answer.generation,
        "status": str(answer.status),
        "text": answer.text,
        "citations": [(c.document_id, c.start, c.end, c.quote) for c in answer.citations],
        "hits": [
            (h.passage.document_id, h.passage.start, h.passage.end, h.passage.text)
            for h in answer.hits
        ],
    }


def test_the_next_question_is_answered_by_the_new_generation(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    live = LiveAssistant(data, embedder)
    for number in range(1, 6):
        if number > 1:
            make(docs, data, embedder, number)
        answers = [live.ask(question) for question in (QUESTION, SECOND, FAIR)]
        assert {answer.generation for answer in answers} == {number}
        assert all(is_whole(answer) for answer in answers)
        assert f"{number} euro" in live.document("zwemles").text
        assert all(live.document(hit.passage.document_id) for hit in live.search("kermis"))


def test_what_was_asked_before_counts_only_where_a_question_takes_from_it(
    data: Path, embedder: Embedder
) -> None:
    live, plain = LiveAssistant(data, embedder), Assistant.open(data, embedder)
    for history in ((), (SECOND,), (QUESTION, SECOND), (FAIR,), ()):
        for question in (QUESTION, SECOND, "En het museum?", "Hoeveel kost dat?", "  zwemles"):
            answer = live.ask(question, history=history)
            without_times = replace(answer, timings_ms={})
            expected = replace(plain.ask(question, history=history), timings_ms={})
            assert without_times == expected

    assert live.ask(QUESTION) is live.ask(QUESTION, history=[SECOND])


def test_a_removed_document_answers_no_more_and_a_changed_one_with_its_new_text(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    live = LiveAssistant(data, embedder)
    assert "Damplein" in live.ask(FAIR).text
    make(docs, data, embedder, 2)
    gone = live.ask(FAIR)
    assert "Damplein" not in gone.text
    assert "tijdelijk" not in {hit.passage.document_id for hit in (*gone.hits, *live.search(FAIR))}
    with pytest.raises(DocumentMissingError):
        live.document("tijdelijk")
    assert "2 euro" in live.ask(QUESTION).text and "1 euro" not in live.ask(QUESTION).text


def test_forgetting_and_going_back_are_followed_too(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    make(docs, data, embedder, 2)
    live = LiveAssistant(data, embedder)
    assert live.ask(QUESTION).generation == 2
    generations.rollback(data)
    assert is_whole(live.ask(QUESTION)) and live.ask(QUESTION).generation == 1
    forget(data, "zwemles", embedder)
    answer = live.ask(QUESTION)
    assert answer.generation == 3
    assert "zwemles" not in {hit.passage.document_id for hit in answer.hits}
    assert live.ask(FAIR).status is Status.ANSWERED


def test_an_index_of_another_model_is_an_error_and_the_right_one_answers_again(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    class Other:
        fingerprint = embedder.fingerprint + "-2"
        embed_passages = staticmethod(embedder.embed_passages)
        embed_query = staticmethod(embedder.embed_query)

    live = LiveAssistant(data, embedder)
    ingest([docs], data, Other())
    with pytest.raises(ModelError):
        live.ask(QUESTION)
    generations.rollback(data)
    assert live.ask(QUESTION).generation == 1


# A process that ingests version after version; it says which one is published.
WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from test_live import LAST, make
from ingest.embedding import load_embedder
embedder = load_embedder()
for number in range(2, LAST + 1):
    make(Path(sys.argv[1]), Path(sys.argv[2]), embedder, number)
    print(number, flush=True)
"""

# A process that asks every 50 ms until it is told to stop, and writes down what it was told.
READER = """
import json, sys, threading, time
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from test_live import FAIR, QUESTION, SECOND, _as_row
from assistant.live import LiveAssistant
from assistant.pipeline import Assistant
from ingest.embedding import load_embedder
live = LiveAssistant(Path(sys.argv[1]), load_embedder())
stop = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
turn = 0
while True:
    last = stop.is_set()
    print(json.dumps(_as_row(live.ask((QUESTION, SECOND, FAIR)[turn % 3]))), flush=True)
    turn += 1
    if last:
        break
    time.sleep(0.05)
"""

HERE = Path(__file__).parent


def start(code: str, *words: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, words), str(HERE)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.mark.slow
def test_threads_that_ask_through_ten_ingests_get_whole_answers(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    live = LiveAssistant(data, embedder)
    published, stop = [1], threading.Event()
    given: list[Answer] = []
    problems: list[Exception] = []

    def ask(place: int) -> None:
        turn = place
        while not stop.is_set():
            turn += 1
            least = published[-1]
            try:
                answer = live.ask((QUESTION, SECOND, FAIR)[turn % 3])
                # What was published before the question was asked answers it, or a later one.
                assert answer.generation >= least
                given.append(answer)
            except Exception as problem:  # noqa: BLE001 - whatever it is, the test says so
                problems.append(problem)
                return
            time.sleep(0.02)

    threads = [threading.Thread(target=ask, args=(place,)) for place in range(8)]
    with start(WRITER, docs, data) as writer:
        for thread in threads:
            thread.start()
        assert writer.stdout and writer.stderr
        for line in writer.stdout:
            published.append(int(line))
        time.sleep(0.3)
        stop.set()
        for thread in threads:
            thread.join(timeout=120)
        errors = writer.stderr.read()
    assert (writer.returncode, errors) == (0, "")
    assert published[-1] == LAST and [repr(p) + repr(p.__cause__) for p in problems] == []
    assert all(is_whole(answer) for answer in given)
    assert {answer.generation for answer in given} >= {1, LAST}
    assert len({answer.generation for answer in given}) > CHANGES // 2
    assert generations.numbers(data) == [LAST - 1, LAST]


@pytest.mark.slow
def test_a_process_that_asks_every_50_ms_through_ten_ingests_sees_no_error(
    docs: Path, data: Path
) -> None:
    rows: list[dict[str, Any]] = []
    errors: list[str] = []
    # Two readers: opening an index must not be in the way of another reader.
    with start(READER, data) as one, start(READER, data) as two:
        reading = [
            threading.Thread(target=lambda p=p: rows.extend(map(json.loads, p.stdout or ())))
            for p in (one, two)
        ]
        for thread in reading:
            thread.start()
        with start(WRITER, docs, data) as writer:
            done, problem = writer.communicate(timeout=300)
        for reader in (one, two):
            assert reader.stdin and reader.stderr
            reader.stdin.close()
            errors.append(reader.stderr.read())
        for thread in reading:
            thread.join(timeout=120)
    assert (done.split()[-1], problem) == (str(LAST), "")
    assert errors == ["", ""] and (one.returncode, two.returncode) == (0, 0)
    assert all(is_whole(row) for row in rows)
    assert {row["generation"] for row in rows} >= {LAST}
    assert len(rows) > 2 * CHANGES


@pytest.mark.slow
def test_readers_that_open_the_index_time_and_again_meet_no_error_either(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    """As `wegwijs ask` does it: every question opens what is current."""
    problems: list[Exception] = []
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            try:
                assert is_whole(LiveAssistant(data, embedder).ask(QUESTION))
            except Exception as problem:  # noqa: BLE001 - whatever it is, the test says so
                problems.append(problem)
                return

    threads = [threading.Thread(target=ask) for _ in range(3)]
    with start(WRITER, docs, data) as writer:
        for thread in threads:
            thread.start()
        _, errors = writer.communicate(timeout=300)
        stop.set()
        for thread in threads:
            thread.join(timeout=120)
    assert (writer.returncode, errors) == (0, "")
    assert [repr(problem) + repr(problem.__cause__) for problem in problems] == []
