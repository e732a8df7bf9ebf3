"""What an index holds, as an assistant tells it."""

from __future__ import annotations

from pathlib import Path

from indexing import open_index, write
from planning import FILES, PLANNING

from assistant.live import LiveAssistant
from ingest.embedding import Embedder
from ingest.pipeline import ingest


def test_it_lists_the_documents_and_follows_a_new_index(tmp_path: Path, embedder: Embedder) -> None:
    folder, data = tmp_path / "in", tmp_path / "data"
    write(folder, FILES)
    ingest([folder], data, embedder)
    assistant = LiveAssistant(data, embedder)

    collection = assistant.collection()
    harbour, planning = collection.documents

    assert (harbour.title, harbour.publisher, harbour.url) == ("Agenda van de haven", "", "")
    assert planning.id == "planning" and planning.source == "planning.md"
    assert (planning.publisher, planning.date) == ("Gemeente Duinrade", "2031-02-14")
    assert planning.url == "https://duinrade.example/planning"
    with open_index(data) as index:
        assert planning.passages == len(index.library.passages_of("planning"))
    assert collection.model == embedder.fingerprint
    assert len(assistant.happenings()) == 4

    write(folder, {"planning.md": PLANNING.replace("mei 2031", "juli 2031")})
    ingest([folder], data, embedder)

    assert assistant.collection().generation == collection.generation + 1
    assert "juli 2031" in [one.when for one in assistant.happenings()]


def test_without_milestones_there_are_none(tmp_path: Path, embedder: Embedder) -> None:
    write(
        tmp_path / "in", {"brief.md": "# Brief\n\nBeste ouders, de trein vertrekt om negen uur.\n"}
    )
    ingest([tmp_path / "in"], tmp_path / "data", embedder)
    assistant = LiveAssistant(tmp_path / "data", embedder)

    assert assistant.happenings() == ()
    assert [one.title for one in assistant.collection().documents] == ["Brief"]
