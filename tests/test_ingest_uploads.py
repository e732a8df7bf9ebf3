"""Documents that came in by upload, on real indexes: what stays of them, and what they replace."""

from __future__ import annotations

from pathlib import Path

import pytest
from indexing import content, write

from ingest import generations
from ingest.embedding import Embedder
from ingest.errors import EmptyCorpusError
from ingest.maintenance import forget, update
from ingest.pipeline import compare, ingest
from ingest.report import Change, Counts, DocumentChange

NEW = "# Zwemles\n\nDe zwemles kost 90 euro.\n"


@pytest.fixture
def added(tmp_path: Path) -> Path:
    write(tmp_path / "added", {"zwemles.md": NEW, "kermis.txt": "De kermis staat op het plein."})
    return tmp_path / "added"


def text_of(data: Path, document: str) -> str:
    text: str = content(data)[document][0].text
    return text


def stored(data: Path) -> set[str]:
    """Return the names of the uploads that the generation which answers holds."""
    folder = generations.generation_folder(data, generations.current(data)) / "documents"
    return {path.name for path in folder.rglob("*") if path.is_file()}


def test_an_upload_takes_the_place_of_the_file_with_its_name_and_a_later_ingest_keeps_it(
    docs: Path, added: Path, data: Path, embedder: Embedder
) -> None:
    ingest([docs], data, embedder)
    tried = update(data, added, embedder, dry_run=True)
    assert generations.current(data) == 1

    report = update(data, added, embedder)

    assert report.documents == tried.documents == Counts(added=1, changed=1, unchanged=3)
    assert set(report.which) == set(tried.which) == {
        DocumentChange("kermis", "kermis.txt", Change.ADDED),
        DocumentChange("zwemles", "zwemles.md", Change.CHANGED),
    }  # fmt: skip
    assert "90 euro" in text_of(data, "zwemles") and stored(data) == {"zwemles.md", "kermis.txt"}
    assert compare([docs], data, embedder).documents == Counts(unchanged=5)

    write(docs, {"zwemles.md": "# Zwemles\n\nAnders.\n", "brief.md": "# Brief\n\nBeste buren.\n"})
    later = ingest([docs], data, embedder)

    assert later.documents == Counts(changed=1, unchanged=4)
    assert "90 euro" in text_of(data, "zwemles") and "buren" in text_of(data, "brief")
    assert any("zwemles.md" in warning for warning in later.warnings)


def test_going_back_brings_the_earlier_upload_back(
    docs: Path, added: Path, data: Path, embedder: Embedder, tmp_path: Path
) -> None:
    ingest([docs], data, embedder)
    update(data, added, embedder)
    write(tmp_path / "more", {"zwemles.md": NEW.replace("90", "95")})
    update(data, tmp_path / "more", embedder)
    assert "95 euro" in text_of(data, "zwemles")

    generations.rollback(data)
    write(tmp_path / "other", {"nieuws.md": "# Nieuws\n\nDe brug is open.\n"})
    report = update(data, tmp_path / "other", embedder)

    assert report.documents == Counts(added=1, unchanged=5)
    assert "90 euro" in text_of(data, "zwemles")


def test_uploads_outlive_an_index_that_is_made_anew(
    docs: Path, added: Path, data: Path, embedder: Embedder
) -> None:
    ingest([docs], data, embedder)
    update(data, added, embedder)
    broken = generations.generation_folder(data, 2) / "library.sqlite"
    broken.write_bytes(b"stuk")

    ingest([docs], data, embedder)

    assert "90 euro" in text_of(data, "zwemles") and stored(data) == {"zwemles.md", "kermis.txt"}


def test_an_upload_that_cannot_be_read_changes_nothing_and_is_not_kept(
    docs: Path, data: Path, embedder: Embedder, tmp_path: Path
) -> None:
    ingest([docs], data, embedder)
    before = text_of(data, "zwemles")
    write(tmp_path / "bad", {"zwemles.md": "", "goed.md": "# Goed\n\nDit is te lezen.\n"})

    report = update(data, tmp_path / "bad", embedder)

    assert [failure.file for failure in report.failed] == ["zwemles.md"]
    assert text_of(data, "zwemles") == before and stored(data) == {"goed.md"}


def test_what_was_forgotten_stays_away_until_it_is_uploaded_or_its_folder_is_ingested(
    docs: Path, added: Path, data: Path, embedder: Embedder, tmp_path: Path
) -> None:
    ingest([docs], data, embedder)
    update(data, added, embedder)

    forget(data, "zwemles", embedder)
    assert stored(data) == {"kermis.txt"}
    held = [path.read_bytes() for path in data.rglob("*") if path.is_file()]
    assert not any(b"zwemles.md" in content for content in held)
    write(tmp_path / "other", {"nieuws.md": "# Nieuws\n\nDe brug is open.\n"})
    assert update(data, tmp_path / "other", embedder).documents == Counts(added=1, unchanged=4)
    assert "zwemles" not in content(data)

    update(data, added, embedder)
    assert "90 euro" in text_of(data, "zwemles")

    forget(data, "zwemles", embedder)
    ingest([docs], data, embedder)
    assert "5 euro" in text_of(data, "zwemles")


def test_a_first_upload_makes_an_index(added: Path, data: Path, embedder: Embedder) -> None:
    assert update(data, added, embedder).documents == Counts(added=2)
    assert set(content(data)) == {"zwemles", "kermis"}


def test_an_upload_where_the_folder_of_the_index_is_gone_removes_nothing(
    docs: Path, added: Path, data: Path, embedder: Embedder
) -> None:
    ingest([docs], data, embedder)
    docs.rename(docs.with_name("elders"))

    with pytest.raises(EmptyCorpusError) as caught:
        update(data, added, embedder)

    assert str(docs.parent) not in f"{caught.value.what} {caught.value.advice}"
    assert set(content(data)) == {"zwemles", "gym", "bad", "brief"}
