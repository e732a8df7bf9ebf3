"""`wegwijs doctor`: what it finds, what it advises, and that it changes nothing."""

from __future__ import annotations

import os
import re
import shutil
import socket
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from importlib import metadata
from pathlib import Path

import pytest
from commandline import REPOSITORY, wegwijs
from indexing import DOCUMENTS, write
from llm_server import LlmServer, Reply
from tiny_models import make_cross_encoder, make_transformer

from assistant.records import Status
from ingest import generations
from ingest.embedding import EMBEDDED_MODEL, Embedder
from ingest.errors import IndexBrokenError, IndexMissingError, ModelError
from ingest.pipeline import ingest
from ui import accounts
from ui.access import Role
from ui.doctor import files, index, llm, machine, models, software
from ui.doctor.check import Check, Configured, Verdict
from ui.doctor.examine import Examination, examine
from ui.feedback import FILE, Asked, Feedback, Judgement

NAMES = [
    "Python", "Pakketten", "Instellingen", "Ingebouwd taalmodel", "Taalmodel voor zoeken",
    "Herordeningsmodel", "Taalmodel voor antwoorden", "Taalmodel dat beoordeelt",
    "Map met gegevens", "Ruimte op de schijf", "Index", "Bijwerken van de index", "Documenten",
    "Begrippenlijsten", "Oordelen over antwoorden", "Gebruikers", "Vragen om mee te meten",
    "Poort van de app",
]  # fmt: skip
SCHEME = """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<bad> a skos:Concept ; skos:prefLabel "zwembad"@nl .
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    folder = tmp_path_factory.mktemp("nagekeken")
    write(folder / "docs", DOCUMENTS | {"begrippen.ttl": SCHEME})
    assert not ingest([folder / "docs"], folder / "data", embedder).failed
    asked = Asked("sleutel", "Is het bad koud?", "yes_no", "nl", Status.ANSWERED, 1)
    Feedback(folder / "data").keep(Judgement(asked, useful=False), date.today())
    return folder


@pytest.fixture
def configured(made: Path, tmp_path: Path) -> Configured:
    """What is in order, in a folder of the test's own; the index still knows the first one."""
    shutil.copytree(made / "data", tmp_path / "data")
    return Configured(tmp_path / "data", "", "", 0)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    folder = tmp_path_factory.mktemp("modellen")
    return {
        "embedding": str(make_transformer(folder / "bi", seed=4)),
        "reranker": str(make_cross_encoder(folder / "cross", seed=4)),
    }


@pytest.fixture
def llm_server() -> Iterator[LlmServer]:
    server = LlmServer()
    yield server
    server.close()


def the(checks: list[Check]) -> Check:
    (check,) = checks
    return check


def everything(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in (folder, *folder.rglob("*"))
    }


def current(configured: Configured) -> Path:
    return generations.generation_folder(configured.data, 1)


# --- the command ------------------------------------------------------------------------------


def test_what_is_in_order_is_said_and_nothing_changes(made: Path) -> None:
    before = everything(made)
    done = wegwijs("doctor", "--data", made / "data", "--port", free_port(), "--json")
    (found,) = done.rows

    assert (done.code, done.err) == (0, ""), done.out
    assert found["ok"] is True
    assert [check["name"] for check in found["checks"]] == NAMES
    assert {check["verdict"] for check in found["checks"]} == {"ok"}
    assert everything(made) == before


def test_all_that_is_wrong_is_said_at_once_without_a_secret(tmp_path: Path) -> None:
    shutil.copy(EMBEDDED_MODEL / "modules.json", tmp_path)  # and none of what it names
    settings = {
        "WEGWIJS_EMBEDDING": str(tmp_path),
        "WEGWIJS_RERANKER": str(tmp_path / "ook-weg"),
        "WEGWIJS_EMBEDING": "geheim-woord",
    }
    done = wegwijs("doctor", "--data", tmp_path / "leeg", env=settings)

    assert (done.code, done.err) == (1, "")
    words = " ".join(done.out.split())
    assert "fout Index: Er is nog geen index" in words and "→ Maak hem met: wegwijs ingest" in words
    assert "fout Taalmodel voor zoeken: " in words and "fout Herordeningsmodel: " in words
    assert "let op Instellingen: Wegwijs kent deze instelling niet: WEGWIJS_EMBEDING." in words
    assert "3 fout." in words
    assert "geheim-woord" not in done.out
    assert not (tmp_path / "leeg").exists()


def free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as line:
        return str(line.getsockname()[1])


# --- one broken check -------------------------------------------------------------------------


def dies(_: Configured) -> list[Check]:
    os.abort()


def hangs(_: Configured) -> list[Check]:
    while True:
        pass


def fails(_: Configured) -> list[Check]:
    raise ZeroDivisionError("door nul")


def raises_ours(_: Configured) -> list[Check]:
    raise IndexBrokenError("Stuk.", "Maak heel.", file="ergens")


def test_a_check_that_fails_hangs_or_dies_costs_its_own_line_alone(configured: Configured) -> None:
    found = examine(
        configured,
        [
            Examination("dood", dies),
            Examination("eeuwig", hangs, 1),
            Examination("nul", fails),
            Examination("ons", raises_ours),
            Examination("goed", machine.folder),
        ],
    )

    assert [check.verdict for check in found] == [*[Verdict.WRONG] * 4, Verdict.OK]
    assert [check.name for check in found[:4]] == ["dood", "eeuwig", "nul", "ons"]
    assert "brak af" in found[0].found and "langer dan 1 sec" in found[1].found
    assert "ZeroDivisionError" in found[2].found
    assert (found[3].found, found[3].advice) == ("ergens: Stuk.", "Maak heel.")


# --- software ---------------------------------------------------------------------------------


def test_a_package_that_is_missing_or_too_old_is_named(
    configured: Configured, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = metadata.version

    def version(name: str) -> str:
        if name == "numpy":
            raise metadata.PackageNotFoundError
        return "0.1" if name == "click" else real(name)

    assert the(software.packages(configured)).verdict is Verdict.OK
    monkeypatch.setattr(metadata, "version", version)
    check = the(software.packages(configured))

    assert check.verdict is Verdict.WRONG and "make setup" in check.advice
    assert "numpy ontbreekt" in check.found and "click is 0.1 (nodig: >=8.1)" in check.found


def test_an_older_python_is_refused_and_an_installed_app_knows_what_it_needs(
    configured: Configured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(software, "_PROJECT", tmp_path / "pyproject.toml")  # not a clone
    assert the(software.packages(configured)).verdict is Verdict.OK
    monkeypatch.setattr(software.platform, "python_version", lambda: "3.9.2")
    check = the(software.python(configured))

    assert check.verdict is Verdict.WRONG and "3.9.2 is te oud (nodig: >=3.11)" in check.found


def test_every_setting_that_the_code_reads_is_known(configured: Configured) -> None:
    rooms = (
        path for room in ("ingest", "assistant", "ui") for path in (REPOSITORY / room).rglob("*.py")
    )
    read = {
        name for path in rooms for name in re.findall(r"WEGWIJS_[A-Z_]+", path.read_text("utf-8"))
    }

    assert len(read) > 2
    assert read <= software.SETTINGS


# --- models -----------------------------------------------------------------------------------


def test_a_file_of_the_embedded_model_that_changed_or_went_is_named(
    configured: Configured, tmp_path: Path
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(EMBEDDED_MODEL, folder)
    assert the(models.embedded(configured, folder)).verdict is Verdict.OK

    content = (folder / "tokenizer.json").read_bytes()
    (folder / "tokenizer.json").write_bytes(content[:-9])
    cut = the(models.embedded(configured, folder))
    (folder / "model.safetensors").unlink()
    gone = the(models.embedded(configured, folder))

    assert cut.verdict is gone.verdict is Verdict.WRONG
    assert "tokenizer.json" in cut.found and "beschadigd" in cut.found
    assert "model.safetensors" in gone.found and "is er niet" in gone.found


def test_another_embedding_model_loads_and_is_not_the_one_of_the_index(
    configured: Configured, tiny: Mapping[str, str], tmp_path: Path
) -> None:
    chosen = replace(configured, embedding=tiny["embedding"])
    other = the(models.embedding(chosen))
    alone = the(models.embedding(replace(chosen, data=tmp_path / "leeg")))

    assert other.verdict is Verdict.WRONG and "wegwijs ingest" in other.advice
    assert "16 getallen" in other.found and "met een ander model gemaakt: static:" in other.found
    assert alone.verdict is Verdict.OK and "16 getallen" in alone.found
    assert "De index is ermee gemaakt" in the(models.embedding(configured)).found


def test_a_reranker_loads_or_is_refused_when_it_cannot_score(
    configured: Configured, tiny: Mapping[str, str]
) -> None:
    good = the(models.reranker(replace(configured, reranker=tiny["reranker"])))
    assert good.verdict is Verdict.OK and "20 passages" in good.found
    with pytest.raises(ModelError, match="kan geen teksten herordenen"):
        models.reranker(replace(configured, reranker=tiny["embedding"]))


@pytest.mark.parametrize(
    ("reply", "verdict", "said"),
    [
        (Reply(lambda _: "Ja."), Verdict.OK, "m antwoordt; het leest 4096 tokens"),
        (Reply(status=401), Verdict.WRONG, "accepteert de sleutel niet"),
        (Reply(status=404), Verdict.WRONG, "bestaat daar niet"),
        (Reply(status=500), Verdict.WRONG, "geeft een storing"),
        (Reply(raw=b"<html>hallo"), Verdict.WRONG, "leeg antwoord"),
        (Reply(lambda _: "ja ", endless=True), Verdict.WARNING, "hield niet op"),
        (Reply(lambda _: ""), Verdict.WRONG, "leeg antwoord"),
    ],
)
def test_a_language_model_is_asked_and_its_key_is_never_shown(
    configured: Configured,
    llm_server: LlmServer,
    monkeypatch: pytest.MonkeyPatch,
    reply: Reply,
    verdict: Verdict,
    said: str,
) -> None:
    llm_server.reply = reply
    setting = f"openai-like:{llm_server.url}/v1 m"
    monkeypatch.setenv("WEGWIJS_LLM_KEY", "sleutel-antwoord")
    monkeypatch.setenv("WEGWIJS_JUDGE_KEY", "sleutel-oordeel")
    found = [
        the(llm.answering(replace(configured, llm=setting))),
        the(llm.judging(replace(configured, judge=setting))),
    ]

    assert [check.verdict for check in found] == [verdict] * 2
    assert all(said in check.found for check in found)
    assert "sleutel-" not in str(found)
    keys = [headers["authorization"] for _, headers, _ in llm_server.asked]
    assert keys == ["Bearer sleutel-antwoord", "Bearer sleutel-oordeel"]


def test_an_endpoint_that_is_down_or_not_well_written_is_wrong(configured: Configured) -> None:
    down = the(llm.answering(replace(configured, llm="openai-like:http://127.0.0.1:9/v1 m")))
    assert down.verdict is Verdict.WRONG and "niet te bereiken" in down.found
    assert down.advice.startswith("Start het programma")

    wrong = [
        Examination("a", llm.answering, 60), Examination("b", llm.judging, 60)
    ]  # fmt: skip
    chosen = replace(configured, llm="gpt", judge="openai-like:http://jan:geheim@host/v1 m")
    written, secret = examine(chosen, wrong)
    assert written.verdict is secret.verdict is Verdict.WRONG
    assert "WEGWIJS_LLM" in written.found and "geheim" not in str(secret)
    assert "WEGWIJS_JUDGE_KEY" in secret.advice


# --- the index --------------------------------------------------------------------------------


def test_an_index_in_order_is_counted(configured: Configured) -> None:
    check = the(index.generation(configured))

    assert check.verdict is Verdict.OK
    assert check.found.startswith("Versie 1: 4 documenten, ")


def cut_library(folder: Path) -> None:
    content = (folder / "library.sqlite").read_bytes()
    (folder / "library.sqlite").write_bytes(content[: len(content) // 2])


def cut_vectors(folder: Path) -> None:
    file = next((folder / "vectors").glob("*/data_level0.bin"))
    file.write_bytes(file.read_bytes()[:100])


def lose_a_part(folder: Path) -> None:
    (folder / "lexical" / "meta.json").unlink()


def lose_a_passage(folder: Path) -> None:
    with sqlite3.connect(folder / "library.sqlite") as db:
        db.execute("DELETE FROM passages WHERE id = (SELECT min(id) FROM passages)")


def be_older(folder: Path) -> None:
    with sqlite3.connect(folder / "library.sqlite") as db:
        db.execute("UPDATE settings SET value = '1/900/static:0' WHERE name = 'recipe'")


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        (cut_library, "beschadigd"),
        (cut_vectors, "beschadigd"),
        (lose_a_part, "mist een deel"),
        (lose_a_passage, "passen niet bij elkaar"),
        (be_older, "andere versie van Wegwijs"),
    ],
)
def test_an_index_that_is_broken_is_wrong(
    configured: Configured, break_it: Callable[[Path], None], said: str
) -> None:
    break_it(current(configured))
    check = the(examine(configured, [Examination("Index", index.generation)]))

    assert check.verdict is Verdict.WRONG
    assert said in check.found and "wegwijs ingest" in check.advice


def test_without_an_index_only_one_check_says_so(tmp_path: Path) -> None:
    nothing = Configured(tmp_path / "leeg", "", "", 0)

    with pytest.raises(IndexMissingError):
        index.generation(nothing)
    assert index.documents(nothing) == []
    assert the(index.writer(nothing)).verdict is Verdict.OK


def test_who_is_writing_is_named_and_who_died_writing_is_not(configured: Configured) -> None:
    with generations.writer_lock(configured.data):
        busy = the(index.writer(configured))
        assert busy.verdict is Verdict.WARNING and f"proces {os.getpid()}" in busy.found
    assert the(index.writer(configured)).verdict is Verdict.OK

    (configured.data / "writer").write_text("12345 09:00\n", encoding="utf-8")
    assert the(index.writer(configured)).verdict is Verdict.OK
    with generations.writer_lock(configured.data):
        pass  # looking at it left it free


def test_documents_that_changed_since_are_counted(tmp_path: Path, embedder: Embedder) -> None:
    docs, data = tmp_path / "docs", tmp_path / "data"
    write(docs, DOCUMENTS | {"begrippen.ttl": SCHEME})
    ingest([docs], data, embedder)
    configured = Configured(data, "", "", 0)
    assert the(index.documents(configured)).verdict is Verdict.OK

    write(docs, {"nieuw.md": "# Nieuw\n\nEr is een tweede bad.\n", "brief.md": "Geen trein.\n"})
    write(docs, {"begrippen.ttl": SCHEME.replace("zwembad", "bad")})
    (docs / "bad.txt").unlink()
    stale = the(index.documents(configured))
    assert stale.verdict is Verdict.WARNING and "wegwijs ingest" in stale.advice
    assert "1 nieuw, 1 veranderd, 1 weg, 1 begrippenlijst(en) anders" in stale.found

    shutil.rmtree(docs)
    gone = the(index.documents(configured))
    assert gone.verdict is Verdict.WARNING and "docs" in gone.found


# --- the machine and the files beside the index -----------------------------------------------


def test_a_port_in_use_is_a_warning_and_names_another(configured: Configured) -> None:
    with socket.create_server(("127.0.0.1", 0)) as line:
        number = line.getsockname()[1]
        check = the(machine.port(replace(configured, port=number)))
    assert check.verdict is Verdict.WARNING and str(number) in check.found
    assert "--port" in check.advice
    assert the(machine.port(replace(configured, port=number))).verdict is Verdict.OK


def test_a_data_folder_that_is_a_file_is_wrong(configured: Configured, tmp_path: Path) -> None:
    (tmp_path / "bestand").touch()

    assert the(machine.folder(replace(configured, data=tmp_path / "bestand"))).verdict == "wrong"
    assert the(machine.folder(replace(configured, data=tmp_path / "nog" / "niet"))).verdict == "ok"


def test_little_room_is_a_warning_and_none_is_wrong(
    configured: Configured, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for free in (50_000_000, 300_000_000):
        usage = shutil.disk_usage(configured.data)._replace(free=free)
        monkeypatch.setattr(machine.shutil, "disk_usage", lambda _, usage=usage: usage)
        monkeypatch.setattr(machine, "_size", lambda _: 200_000_000)
        found.append(the(machine.disk(configured)))

    assert [check.verdict for check in found] == [Verdict.WRONG, Verdict.WARNING]
    assert "300,0 MB vrij" in found[1].found


def test_judgements_are_counted_and_a_damaged_file_is_wrong(configured: Configured) -> None:
    assert the(files.judgements(configured)).found.startswith("1 bewaard")
    (configured.data / FILE).write_bytes(b"geen sqlite" * 500)
    assert the(files.judgements(configured)).verdict is Verdict.WRONG


def test_users_are_counted_and_their_file_is_for_its_owner_alone(configured: Configured) -> None:
    assert the(files.users(configured)).found.startswith("Er zijn geen gebruikers")
    file = configured.data / accounts.FILE
    accounts.Accounts(configured.data).add("Zwartkruis", Role.READER, "een lang geheim woord")
    file.chmod(0o640)
    open_to_others = the(files.users(configured))
    file.chmod(0o600)
    closed = the(files.users(configured))
    file.write_text("geen json", encoding="utf-8")
    broken = the(files.users(configured))

    assert [check.verdict for check in (open_to_others, closed, broken)] == [
        Verdict.WARNING, Verdict.OK, Verdict.WRONG,
    ]  # fmt: skip
    assert "chmod 600" in open_to_others.advice
    assert closed.found.startswith("1 in ") and "Zwartkruis" not in closed.found


def test_a_scheme_that_cannot_be_read_is_named(tmp_path: Path, embedder: Embedder) -> None:
    write(tmp_path / "docs", DOCUMENTS | {"goed.ttl": SCHEME})
    ingest([tmp_path / "docs"], tmp_path / "data", embedder)
    configured = Configured(tmp_path / "data", "", "", 0)
    assert the(files.concepts(configured)).found == "1 gevonden, met 1 begrippen."

    write(tmp_path / "docs", {"stuk.ttl": "<a> <b"})
    check = the(files.concepts(configured))
    assert check.verdict is Verdict.WRONG and "stuk.ttl" in check.found
