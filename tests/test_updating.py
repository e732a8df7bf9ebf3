"""Documents taken in in the background, on real indexes: what can be seen, stopped and undone."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from indexing import content
from numpy.typing import NDArray

from ingest import generations
from ingest.embedding import Embedder
from ingest.errors import FileError, LockedError
from ingest.pipeline import ingest
from ingest.report import Change
from ui.interrupting import BATCH
from ui.updates import Checked, Failed, Forgot, Outcome, Stopped, Updated, WentBack
from ui.updating import Updating
from ui.updating_words import told

NEW = "# Zwemles\n\nDe zwemles kost 90 euro.\n"


class Waiting:
    """The real model; embedding waits until it may go on."""

    def __init__(self, model: Embedder) -> None:
        self.model, self.begun, self.go_on = model, threading.Event(), threading.Event()
        self.count = 0

    @property
    def fingerprint(self) -> str:
        return self.model.fingerprint

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.begun.set()
        self.count += len(texts)
        assert self.go_on.wait(60)
        return self.model.embed_passages(texts)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        return self.model.embed_query(text)


@pytest.fixture
def updating(docs: Path, data: Path, embedder: Embedder) -> Updating:
    ingest([docs], data, embedder)
    return Updating(data, embedder)


def choose(updating: Updating, name: str, text: str) -> None:
    with updating.incoming.receiving() as part:
        part.write_text(text, encoding="utf-8")
        updating.incoming.put(part, name)


def ended(updating: Updating) -> Outcome | None:
    *_, last = updating.follow()
    assert not last.running
    return last.outcome


def test_what_was_checked_is_what_is_taken_in(updating: Updating, data: Path) -> None:
    choose(updating, "zwemles.md", NEW)
    choose(updating, "gym.md", "---\nid: gym\n---\n# Gym\n\nGym is buiten.\n")
    updating.check()
    checked = ended(updating)
    assert isinstance(checked, Checked) and generations.current(data) == 1
    # A file with the name of a document in a folder is that document.
    assert [one.file for one in checked.report.which] == ["sub/gym.md", "zwemles.md"]

    choose(updating, "brief.md", "# Brief\n\nAnders.\n")
    updating.update(checked.mark)
    again = ended(updating)
    assert isinstance(again, Checked) and generations.current(data) == 1  # not seen yet

    updating.update(again.mark)
    updated = ended(updating)
    assert isinstance(updated, Updated) and updated.report.which == again.report.which
    assert "90 euro" in content(data)["zwemles"][0].text
    assert "buiten" in content(data)["gym"][0].text
    assert updating.incoming.waiting() == ()


def test_work_that_is_stopped_changes_nothing_and_keeps_the_files(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    ingest([docs], data, embedder)
    before = content(data)
    slow = Waiting(embedder)
    updating = Updating(data, slow)
    many = "".join(f"\n## Les {i}\n\nLes {i} duurt {i} minuten.\n" for i in range(3 * BATCH))
    choose(updating, "zwemles.md", NEW + many)
    updating.update(updating.incoming.mark())
    assert slow.begun.wait(60)
    now = next(updating.follow())
    assert now.running and now.can_stop and now.step is not None

    with pytest.raises(FileError, match="nu bijgewerkt"):
        choose(updating, "brief.md", "Anders.")
    updating.cancel()
    slow.go_on.set()

    assert ended(updating) == Stopped() and slow.count == BATCH  # the others were left
    assert (content(data), generations.current(data)) == (before, 1)
    assert [one.name for one in updating.incoming.waiting()] == ["zwemles.md"]
    assert not (data / "generations" / "building").exists()


def test_while_another_program_writes_nothing_is_taken_in(updating: Updating, data: Path) -> None:
    choose(updating, "zwemles.md", NEW)
    with generations.writer_lock(data):
        updating.update(updating.incoming.mark())
        outcome = ended(updating)
    assert isinstance(outcome, Failed) and isinstance(outcome.error, LockedError)
    assert "ergens anders" in told(outcome.error)
    assert len(updating.incoming.waiting()) == 1 and generations.current(data) == 1


def test_going_back_says_what_is_as_it_was(updating: Updating, data: Path) -> None:
    choose(updating, "zwemles.md", NEW)
    choose(updating, "kermis.md", "# Kermis\n\nDe kermis is op het plein.\n")
    updating.update(updating.incoming.mark())
    ended(updating)
    assert updating.versions() == (2, 1)

    updating.rollback()
    outcome = ended(updating)

    assert isinstance(outcome, WentBack) and outcome.number == 1
    changes = [(one.document, one.change) for one in outcome.which]
    assert changes == [("kermis", Change.REMOVED), ("zwemles", Change.CHANGED)]
    assert updating.versions() == (1, None) and "kermis" not in content(data)


def test_a_forgotten_document_is_gone_and_an_unknown_one_is_said(
    updating: Updating, data: Path
) -> None:
    updating.forget("brief")
    assert ended(updating) == Forgot("Brief")
    assert "brief" not in content(data)

    updating.forget("brief")
    outcome = ended(updating)
    assert isinstance(outcome, Failed)
    assert told(outcome.error) == "Dit document staat niet meer in de bronnen."


def test_no_message_names_a_folder_or_a_command(
    updating: Updating, docs: Path, data: Path, tmp_path: Path
) -> None:
    choose(updating, "zwemles.md", NEW)
    docs.rename(tmp_path / "elders")
    updating.check()
    gone = ended(updating)
    (data / "CURRENT").write_text("99", encoding="utf-8")
    updating.rollback()
    broken = ended(updating)
    for outcome in (gone, broken):
        assert isinstance(outcome, Failed)
        said = told(outcome.error)
        assert "beheert" in said and "/" not in said and "--" not in said
