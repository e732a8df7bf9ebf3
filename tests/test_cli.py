"""The command line as other programs use it: processes, exit codes, stdout and stderr."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from bicycles import BICYCLES
from commandline import MAIN, REPOSITORY, Run, jsonl, python, wegwijs

from ingest.status import stored_text

ROADMAP = "Wanneer is de visuele routekaart klaar?"
AMOUNT = "Welk bedrag is er voor de onderwijscoalities?"
LEADERS = "Hoe heten de twee landelijke projectleiders?"
WAYS = "Op welke manieren kan onderwijs met jeugdhulp samengaan?"
CYCLING = "Wie won de Tour de France in 1980?"

ANSWER = {
    "id", "question", "standalone_question", "status", "answer", "notes", "citations", "passages",
    "timings_ms", "generation",
}  # fmt: skip
CITATION = {
    "number", "document", "title", "source", "url", "heading", "page", "quote", "start", "end",
    "version", "date", "valid_from", "valid_until",
}  # fmt: skip
STATUSES = {"answered", "partial", "conflict", "clarify", "not_found", "out_of_scope"}


HEAVY = ("chromadb", "torch", "gradio", "llama_index", "sentence_transformers", "tantivy")
LOADED = f"""
import sys
from ui.cli import main
try:
    main()
finally:
    found = [name for name in {HEAVY!r} if name in sys.modules]
    print("loaded:", *found, file=sys.stderr)
"""


def is_one_dutch_paragraph(text: str) -> bool:
    """Tell whether an error is one paragraph, in Dutch, that ends in what to do."""
    words = set(re.findall(r"[a-z]+", re.sub(r"\S*/\S*", "", text).lower()))
    dutch = words & {"de", "het", "een", "er", "is", "dit", "deze", "met", "niet", "geef", "mist"}
    english = words & {"the", "not", "no", "got", "unexpected", "such", "argument", "file"}
    line = text.removesuffix("\n")
    return bool(dutch) and not english and "\n" not in line and len(line.split()) > 5


def fails_well(run: Run, code: int = 1) -> bool:
    assert "Traceback" not in run.err
    assert is_one_dutch_paragraph(run.said), run.err
    assert (run.code, run.out) == (code, "")
    return True


@pytest.fixture(scope="module")
def stored(corpus_data: Path) -> dict[str, str]:
    """The text of each document, as `wegwijs show` prints it."""
    return {
        name: wegwijs("show", name, "--data", corpus_data).out
        for name in ("mijlpalen", "residentieel-onderwijs")
    }


@pytest.fixture(scope="module")
def batch(corpus_data: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The answers to a batch of all sorts of questions, from one process."""
    file = jsonl(
        tmp_path_factory.mktemp("batch") / "vragen.jsonl",
        {"id": "kaart", "question": ROADMAP},
        {"id": 2, "question": AMOUNT, "today": "2026-03-01"},
        {"id": "leiders", "question": LEADERS, "history": []},
        {"id": "manieren", "question": WAYS},
        {"id": "tour", "question": CYCLING},
        {
            "id": "vervolg",
            "question": "En tot wanneer is die er?",
            "history": [
                {"role": "user", "content": AMOUNT},
                {"role": "assistant", "content": "Er is ruim 41 miljoen euro."},
            ],
        },
        {
            "id": "alleen-gebruiker",
            "question": "En tot wanneer is die er?",
            "history": [{"role": "user", "content": AMOUNT}],
        },
        {"question": "Wat is\u2028AWRJ? € ë \"aanhaling\""},
        {"id": "leeg", "question": ""},
    )  # fmt: skip
    done = wegwijs("ask", "--batch", file, "--json", "--data", corpus_data)
    assert (done.code, done.err) == (0, "")
    return done.rows


def test_ingest_reports_in_dutch_what_changed(tmp_path: Path) -> None:
    folder, data = tmp_path / "docs", tmp_path / "data"
    folder.mkdir()
    (folder / "leenfietsen.md").write_text(BICYCLES, encoding="utf-8")
    first = wegwijs("ingest", folder, "--data", data)

    assert (first.code, first.said) == (0, "")
    assert first.out.startswith("Documenten: 1 nieuw, 0 veranderd, 0 weg, 0 gelijk\nPassages: ")

    (folder / "tweede.txt").write_text("De haven is diep.", encoding="utf-8")
    (folder / "stuk.txt").write_bytes(b"\x00\xff\xfe\x00\x01" * 99)
    (folder / "leeg.md").write_bytes(b"")
    (folder / "map.md").mkdir()
    second = wegwijs("ingest", folder, "--data", data, "--json")
    (report,) = second.rows

    assert (second.code, second.said) == (1, "")
    assert report["documents"] == {"added": 1, "changed": 0, "removed": 0, "unchanged": 1}
    assert set(report["passages"]) == {"added", "changed", "removed", "unchanged"}
    assert {failure["file"] for failure in report["failed"]} == {"stuk.txt", "leeg.md", "map.md"}
    assert all(failure["what"] and failure["advice"] for failure in report["failed"])
    assert report["generation"] == 2

    (folder / "leenfietsen.md").unlink()
    (folder / "leeg.md").unlink()
    (folder / "map.md").rmdir()
    stale = wegwijs("status", "--data", data)
    assert (stale.code, stale.err) == (0, "")
    assert "De index past niet meer" in stale.out and "1 weg" in stale.out
    assert "wegwijs ingest" in stale.out

    guarded = wegwijs("ingest", folder, "--data", data)
    assert fails_well(guarded)
    assert "--force" in guarded.err

    third = wegwijs("ingest", folder, "--data", data, "--force")
    assert third.code == 1
    assert "Documenten: 0 nieuw, 0 veranderd, 1 weg, 1 gelijk" in third.out
    assert "Niet gelukt: 1\n  stuk.txt: " in third.out
    assert wegwijs("show", "tweede", "--data", data).out == "De haven is diep."


def test_ingest_without_a_path_takes_corpus_and_wegwijs_data_says_where(tmp_path: Path) -> None:
    done = wegwijs("ingest", "--json", env={"WEGWIJS_DATA": str(tmp_path / "hier")})

    assert done.code == 0
    assert done.rows[0]["documents"]["added"] == len([*(REPOSITORY / "corpus").glob("*.md")])
    assert (tmp_path / "hier" / "CURRENT").read_text("utf-8").strip() == "1"


def test_the_must_hold_questions_are_answered_in_a_batch(batch: list[dict[str, Any]]) -> None:
    roadmap, amount, leaders, ways, cycling = batch[:5]

    assert [row["status"] for row in batch[:5]] == ["answered"] * 4 + ["not_found"]
    assert "december 2025" in roadmap["answer"].lower()
    assert "juli" not in roadmap["answer"].lower()
    assert "ruim 41 miljoen euro" in amount["answer"]
    assert "Pieter van Dijk" in leaders["answer"] and "Jeanet Vroom" in leaders["answer"]
    assert len(re.findall(r"^- .*\[\d+\]$", ways["answer"], re.MULTILINE)) == 4
    assert cycling["answer"].startswith("Dat staat niet in de bronnen")


def test_a_batch_answers_in_order_in_the_documented_form(batch: list[dict[str, Any]]) -> None:
    assert [row["id"] for row in batch] == [
        "kaart", 2, "leiders", "manieren", "tour", "vervolg", "alleen-gebruiker", None, "leeg",
    ]  # fmt: skip
    for row in batch:
        assert set(row) == ANSWER
        assert row["status"] in STATUSES
        assert row["generation"] == 1
        assert all(set(citation) == CITATION for citation in row["citations"])
        assert all(set(hit) == {"document", "start", "end", "score"} for hit in row["passages"])
        assert all(isinstance(ms, float) and ms >= 0 for ms in row["timings_ms"].values())
    assert batch[7]["question"] == "Wat is\u2028AWRJ? € ë \"aanhaling\""  # fmt: skip


def test_every_citation_and_passage_verifies_against_show(
    batch: list[dict[str, Any]], stored: dict[str, str]
) -> None:
    for row in batch:
        for citation in row["citations"]:
            text = stored[citation["document"]]
            assert text[citation["start"] : citation["end"]] == citation["quote"] != ""
        assert all(hit["end"] <= len(stored[hit["document"]]) for hit in row["passages"])
        markers = {int(number) for number in re.findall(r"\[(\d+)\]", row["answer"])}
        assert markers == {citation["number"] for citation in row["citations"]}
    assert sum(len(row["citations"]) for row in batch) > 10


def test_history_is_used_and_may_hold_user_messages_only(batch: list[dict[str, Any]]) -> None:
    both, users_only = batch[5], batch[6]

    assert "onderwijscoalities" in both["standalone_question"]
    assert both["question"] == "En tot wanneer is die er?"
    assert {**both, "id": 0, "timings_ms": 0} == {**users_only, "id": 0, "timings_ms": 0}


def test_one_question_as_json_is_the_same_answer_and_loads_no_framework(
    batch: list[dict[str, Any]], corpus_data: Path
) -> None:
    words = ("ask", AMOUNT, "--today", "2026-03-01", "--json", "--data", corpus_data)
    done = python(LOADED, *words)
    loaded = done.err.split()

    assert done.code == 0
    assert {**done.rows[0], "timings_ms": 0} == {**batch[1], "id": None, "timings_ms": 0}
    assert "chromadb" in loaded
    assert not {"torch", "sentence_transformers", "gradio", "llama_index"} & set(loaded)


def test_one_question_as_text_gives_the_answer_with_its_sources(
    batch: list[dict[str, Any]], corpus_data: Path
) -> None:
    done = wegwijs("ask", AMOUNT, "--data", corpus_data)
    answer, sources = done.out.split("\n\nBronnen:\n")

    assert (done.code, done.err) == (0, "")
    assert answer == batch[1]["answer"]
    for citation in batch[1]["citations"]:
        assert f"[{citation['number']}] {citation['title']}" in sources
        assert citation["heading"].split(" › ")[-1] in sources
        assert f"“{citation['quote']}”" in sources
        assert (citation["url"] or citation["source"]) in sources


def test_an_answer_is_explained_on_request(corpus_data: Path) -> None:
    question = "Hoeveel subsidei is er voor \x1b[31mUtrecht?"
    done = wegwijs("ask", question, "--explain", "--data", corpus_data)
    plain = wegwijs("ask", question, "--data", corpus_data)

    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(plain.out) and "\x1b" not in done.out
    assert "subsidei → subsidie" in done.out
    assert "Waarom geen antwoord:" in done.out and "Utrecht" in done.out
    assert "op woorden nummer 1" in done.out and "op betekenis nummer 1" in done.out


def test_an_explained_answer_as_json_has_the_trace_too(corpus_data: Path) -> None:
    words = ("ask", AMOUNT, "--json", "--data", corpus_data)
    (explained,), (plain,) = wegwijs(*words, "--explain").rows, wegwijs(*words).rows
    trace = explained.pop("trace")

    assert set(plain) == set(explained) == ANSWER
    assert explained["answer"] == plain["answer"]
    assert (trace["why"]["reason"], trace["question"]["kind"]) == ("enough", "how_much")
    assert [s["text"] for s in trace["statements"] if s["chosen"]] == [
        citation["quote"] for citation in explained["citations"]
    ]
    assert {"lexical", "dense"} <= set(trace["passages"][0]["ranks"])


@pytest.fixture(scope="module")
def found(corpus_data: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The passages for a batch of queries, from one process."""
    queries = (AMOUNT, ROADMAP, "qzx", "")
    file = tmp_path_factory.mktemp("search") / "q.jsonl"
    jsonl(file, *({"id": n, "query": query} for n, query in enumerate(queries)))
    done = wegwijs("search", "--batch", file, "-k", "3", "--json", "--data", corpus_data)
    assert (done.code, done.err) == (0, "")
    return done.rows


def test_search_ranks_passages_in_a_batch_in_order(
    found: list[dict[str, Any]], stored: dict[str, str]
) -> None:
    assert [row["id"] for row in found] == [0, 1, 2, 3]
    assert [len(row["results"]) for row in found][:2] == [3, 3]
    for row in found:
        assert set(row) == {"id", "results"}
        scores = [hit["score"] for hit in row["results"]]
        assert scores == sorted(scores, reverse=True)
        for hit in row["results"]:
            assert set(hit) == {"document", "heading", "start", "end", "score"}
            assert 0 <= hit["start"] < hit["end"] <= len(stored[hit["document"]])
    best = found[0]["results"]
    assert any("41 miljoen" in stored[h["document"]][h["start"] : h["end"]] for h in best)


def test_one_search_as_json_gives_the_same(found: list[dict[str, Any]], corpus_data: Path) -> None:
    done = wegwijs("search", AMOUNT, "-k", "2", "--json", "--data", corpus_data)

    assert (done.code, done.err) == (0, "")
    assert done.rows == [{"id": None, "results": found[0]["results"][:2]}]


def test_one_search_as_text_shows_the_same_passages(
    found: list[dict[str, Any]], corpus_data: Path, stored: dict[str, str]
) -> None:
    done = wegwijs("search", AMOUNT, "-k", "3", "--data", corpus_data)

    assert (done.code, done.err) == (0, "")
    for rank, hit in enumerate(found[0]["results"], start=1):
        place = f"({hit['start']}-{hit['end']})"
        assert f"{rank}. {hit['document']} › {hit['heading']} {place}\n" in done.out
        first_line = stored[hit["document"]][hit["start"] : hit["end"]].split("\n")[0]
        assert f"    {first_line}\n" in done.out


def test_show_prints_the_stored_text_and_nothing_else(corpus_data: Path) -> None:
    done = wegwijs("show", "mijlpalen", "--data", corpus_data)

    assert (done.code, done.err) == (0, "")
    assert done.out == stored_text(corpus_data, "mijlpalen")


@pytest.mark.parametrize("command", ["show mijlpalen", "status"])
def test_a_reader_that_leaves_early_hears_nothing(command: str, corpus_data: Path) -> None:
    shell = f"{sys.executable} -c '{MAIN}' {command} --data {corpus_data} | true"
    done = subprocess.run(["sh", "-c", shell], cwd=REPOSITORY, capture_output=True, check=True)

    assert done.stderr == b""


def test_status_says_what_is_in_and_whether_it_fits(corpus_data: Path) -> None:
    done = wegwijs("status", "--data", corpus_data)

    assert (done.code, done.err) == (0, "")
    assert re.search(r"gemaakt op \d{4}-\d{2}-\d{2}T", done.out)
    assert re.search(r"Taalmodel: static:[0-9a-f]{16}\n", done.out)
    assert "Documenten: 2, passages: " in done.out
    assert "mijlpalen: Mijlpalen onderwijs en gesloten jeugdhulp (" in done.out
    assert f"De index past bij {REPOSITORY / 'corpus'}." in done.out


@pytest.mark.parametrize("words", [("ask", AMOUNT), ("search", "x"), ("show", "x"), ("status",)])
def test_without_an_index_it_says_how_to_make_one(words: tuple[str, ...], tmp_path: Path) -> None:
    done = wegwijs(*words, "--data", tmp_path / "niets")

    assert fails_well(done)
    assert "wegwijs ingest" in done.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ingest", "bestaat-niet"), "bestaat niet"),
        (("ingest", "."), "geen document"),
        (("ingest", "leeg.txt"), "geen tekst"),
        (("ingest", "plaat.txt"), "geen tekstbestand"),
        (("ingest", "plaat.jpg"), "Dit soort bestand"),
    ],
)
def test_an_ingest_without_any_text_is_told_in_dutch(
    words: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    if words[1] != ".":
        (tmp_path / "leeg.txt").write_bytes(b" \n")
        (tmp_path / "plaat.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00" * 9)
        (tmp_path / "plaat.jpg").write_bytes(b"\xff\xd8\xff")
    done = wegwijs(*words, "--data", tmp_path / "data", cwd=tmp_path)

    assert fails_well(done)
    assert said in done.err
    assert not (tmp_path / "data" / "CURRENT").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("vraag", "x"), "De opdracht 'vraag' bestaat niet"),
        (("ask", "x", "--jsn"), "De optie '--jsn' bestaat niet"),
        (("--jsn",), "De optie '--jsn' bestaat niet"),
        (("ask",), "Geef een vraag"),
        (("ask", "x", "--batch", "y.jsonl", "--json"), "Geef een vraag"),
        (("ask", "Welk", "bedrag"), "tussen aanhalingstekens"),
        (("ask", "--batch", "y.jsonl"), "--json"),
        (("ask", "--batch", "y.jsonl", "--json"), "y.jsonl: Dit bestand bestaat niet"),
        (("ask", "--batch", "corpus", "--json"), "niet te lezen"),
        (("ask", "x", "--today", "1 mei"), "'1 mei' is geen datum"),
        (("ask", "x", "--today", "2026-02-30"), "'2026-02-30' is geen datum"),
        (("search", "x", "-k", "0"), "De waarde voor -k klopt niet"),
        (("search", "x", "-k", "veel"), "De waarde voor -k klopt niet"),
        (("search", "x", "-k"), "'-k' heeft een waarde nodig"),
        (("show",), "Er mist iets: DOCUMENT"),
        (("serve", "--port", "70000"), "De waarde voor --port klopt niet"),
        (("ask", "x", "--data", "Makefile"), "De waarde voor --data klopt niet"),
    ],
)
def test_a_wrong_command_is_told_in_dutch(words: tuple[str, ...], said: str) -> None:
    data = () if "--data" in words else ("--data", "/nergens")
    extra = data if words[0] in {"ask", "search", "show", "serve"} and words[-1] != "-k" else ()
    done = wegwijs(*words, *extra)

    assert fails_well(done, 2)
    assert said in done.err


def test_wegwijs_alone_shows_its_help() -> None:
    alone, helped = wegwijs(), wegwijs("--help")

    assert alone.code == 2
    assert alone.err == helped.out
    assert alone.out == helped.err == ""


@pytest.mark.parametrize(
    "command", ["ingest", "ask", "search", "show", "status", "serve", "questions review"]
)
def test_help_is_in_dutch(command: str) -> None:
    done = wegwijs(*command.split(), "--help")

    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"Gebruik: wegwijs {command} [OPTIES]")
    assert "Laat deze uitleg zien." in done.out
    for row in done.out.split("Opties:\n")[1].splitlines():
        assert re.match(r"  -|    ", row), row  # an argument is no option
    for english in ("Usage", "Options", "Show this", "default", "COMMAND", "TEXT", "PATH"):
        assert english not in done.out


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("geen json", "Regel 2 is geen JSON"),
        ('["lijst"]', "Regel 2 is geen JSON-object"),
        ('{"id": 1}', "Regel 2 mist 'question'"),
        ('{"id": 1, "question": 7}', "Regel 2 mist 'question'"),
        ('{"question": "x", "today": "morgen"}', "Regel 2 heeft een 'today'"),
        ('{"question": "x", "history": [3]}', "Regel 2 heeft een 'today' of 'history'"),
    ],
)
def test_a_bad_batch_line_is_named_before_anything_is_answered(
    line: str, said: str, tmp_path: Path, corpus_data: Path
) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text(f'{{"id": 0, "question": "Wat?"}}\n{line}\n', encoding="utf-8")
    done = wegwijs("ask", "--batch", file, "--json", "--data", corpus_data)

    assert fails_well(done, 2)
    assert said in done.err and "q.jsonl" in done.err


def test_an_unknown_document_is_told_in_dutch(corpus_data: Path) -> None:
    done = wegwijs("show", "nergens", "--data", corpus_data)

    assert fails_well(done)
    assert "'nergens' staat niet in de index" in done.err


def test_a_model_that_is_not_there_is_told_in_dutch(corpus_data: Path, tmp_path: Path) -> None:
    wrong = {"WEGWIJS_EMBEDDING": str(tmp_path / "geen-model")}
    done = wegwijs("ask", AMOUNT, "--data", corpus_data, env=wrong)

    assert fails_well(done)
    assert "geen-model" in done.err and "WEGWIJS_EMBEDDING" in done.err


@pytest.mark.parametrize(
    "broken", ["model.safetensors", "tokenizer.json"], ids=["weights", "tokenizer"]
)
def test_a_broken_model_is_told_in_dutch(broken: str, corpus_data: Path, tmp_path: Path) -> None:
    for name in ("modules.json", "model.safetensors", "tokenizer.json"):
        (tmp_path / name).write_bytes((REPOSITORY / "ingest" / "model" / name).read_bytes())
    (tmp_path / broken).write_bytes(b"{}")
    done = wegwijs("ask", AMOUNT, "--data", corpus_data, env={"WEGWIJS_EMBEDDING": str(tmp_path)})

    assert fails_well(done)
    assert "taalmodel is niet te lezen" in done.err and str(tmp_path) in done.err


def test_a_broken_index_is_told_in_dutch(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("7\n", encoding="utf-8")
    done = wegwijs("ask", AMOUNT, "--data", tmp_path)

    assert fails_well(done)
    assert "beschadigd" in done.err


def test_a_port_in_use_is_told_in_dutch(corpus_data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = wegwijs("serve", "--port", str(port), "--data", corpus_data)

    assert fails_well(done)
    assert f"Poort {port} is al in gebruik" in done.err


@pytest.mark.parametrize(
    "words", [("--debug", "ask", "x"), ("ask", "--debug", "x"), ("ask", "x", "--debug")]
)
def test_debug_shows_where_it_went_wrong(words: tuple[str, ...], tmp_path: Path) -> None:
    done = wegwijs(*words, "--data", tmp_path / "niets")

    assert (done.code, done.out) == (1, "")
    assert "Traceback" in done.err and "IndexMissingError" in done.err
    assert is_one_dutch_paragraph(done.err.rstrip("\n").rsplit("\n", 1)[-1])


@pytest.mark.parametrize("words", [("--help",), ("ask", "--help"), ("zwem",), ("ask", "x", "-k")])
def test_help_and_errors_of_use_load_no_heavy_library(words: tuple[str, ...]) -> None:
    assert python(LOADED, *words).err.endswith("loaded:\n")


def test_show_loads_no_heavy_library(corpus_data: Path) -> None:
    assert python(LOADED, "show", "mijlpalen", "--data", corpus_data).err == "loaded:\n"
