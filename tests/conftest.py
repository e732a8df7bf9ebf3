"""What many tests share: the embedded model, folders of documents, indexes, a website."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import hypothesis
import pytest
from bicycles import BICYCLES
from browser import chromium
from evaluating import QUESTIONS
from indexing import DOCUMENTS, Counting, open_index, write
from website import Site

from assistant.evaluation.questions import load_cases
from assistant.evaluation.records import Case
from assistant.pipeline import Assistant
from ingest.embedding import Embedder, load_embedder
from ingest.index import Index
from ingest.pipeline import ingest
from ui import passwords

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CORPUS = Path(__file__).parents[1] / "corpus"


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return load_embedder()


@pytest.fixture(scope="session")
def corpus_data(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """A data folder with corpus/ in it. Read it; ingest into one of your own."""
    data = tmp_path_factory.mktemp("corpus") / "data"
    assert not ingest([CORPUS], data, embedder).failed
    return data


@pytest.fixture(scope="session")
def corpus_index(corpus_data: Path) -> Iterator[Index]:
    with open_index(corpus_data) as index:
        yield index


@pytest.fixture(scope="session")
def bicycles(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Assistant]:
    """An assistant on a subject that corpus/ knows nothing of."""
    folder = tmp_path_factory.mktemp("leenfietsen")
    write(folder / "docs", {"leenfietsen.md": BICYCLES})
    ingest([folder / "docs"], folder / "data", embedder)
    opened = Assistant.open(folder / "data", embedder)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with questions on that subject."""
    file = tmp_path_factory.mktemp("vragen") / "vragen.yaml"
    file.write_text(QUESTIONS, encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def cases(questions: Path) -> tuple[Case, ...]:
    return load_cases([questions])


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A folder of a test's own with a few documents in it."""
    write(tmp_path / "docs", DOCUMENTS)
    return tmp_path / "docs"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder of a test's own; nothing is in it yet."""
    return tmp_path / "data"


@pytest.fixture
def model(embedder: Embedder) -> Counting:
    return Counting(embedder)


@pytest.fixture(scope="module")
def cheap_passwords() -> Iterator[None]:
    """Passwords that take no time to check; what they cost stands in what is stored of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "COST", (2, 8, 1))
        yield


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture
def looked_up(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The hosts that a test tried to find; none can be."""
    hosts: list[object] = []

    def refuse(host: object, *_: object, **__: object) -> NoReturn:
        hosts.append(host)
        raise OSError("no network in this test")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    return hosts


# The same examples every run, however slow the machine.
hypothesis.settings.register_profile("steady", deadline=None, derandomize=True, max_examples=60)
hypothesis.settings.load_profile("steady")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found
