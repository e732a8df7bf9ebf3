"""Ingest as a whole: real files into a real index."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from indexing import (
    DOCUMENTS,
    QUESTIONS,
    ZWEM,
    Counting,
    content,
    everywhere,
    found,
    open_index,
    write,
)

from ingest import generations
from ingest.analysis import analyse
from ingest.embedding import Embedder
from ingest.errors import EmptyCorpusError, IndexBrokenError, LockedError, MassRemovalError
from ingest.index import Index
from ingest.pipeline import compare, ingest
from ingest.report import Counts


def test_documents_become_searchable(docs: Path, data: Path, embedder: Embedder) -> None:
    report = ingest([docs], data, embedder)
    assert report.generation == generations.current(data) == 1
    assert report.documents == Counts(added=4) and not report.failed
    assert set(content(data)) == {"zwemles", "gym", "bad", "brief"}
    with open_index(data) as index:
        (best, _), *_ = index.lexical.search(analyse("Wie betaalt de gemeente?"), 5)
        assert "5 euro" in index.library.passages([best])[best].text
        query = embedder.embed_query("Hoe laat vertrekt de trein?")
        (best, _), *_ = index.vectors.search(query, 5)
        assert "trein" in index.library.passages([best])[best].text


def test_nothing_changed_keeps_the_generation_and_embeds_nothing(
    docs: Path, data: Path, model: Counting
) -> None:
    first = ingest([docs], data, model)
    model.texts.clear()
    before = content(data)
    again = ingest([docs], data, model)
    assert again.generation == first.generation
    assert again.documents == Counts(unchanged=4)
    assert again.passages == Counts(unchanged=first.passages.added)
    assert generations.numbers(data) == [1]
    assert model.texts == [] and content(data) == before


def test_of_a_changed_document_only_changed_passages_are_embedded(
    docs: Path, data: Path, model: Counting
) -> None:
    ingest([docs], data, model)
    model.texts.clear()
    write(docs, {"zwemles.md": ZWEM.replace("5 euro", "7 euro")})
    report = ingest([docs], data, model)
    assert report.generation == 2
    assert report.documents == Counts(changed=1, unchanged=3)
    assert (report.passages.changed, report.passages.added, report.passages.removed) == (1, 0, 0)
    assert len(model.texts) == 1 and "7 euro" in model.texts[0]
    texts = [p.text for p in content(data)["zwemles"][1]]
    assert any("7 euro" in text for text in texts) and not any("5 euro" in t for t in texts)


def test_an_index_that_grew_step_by_step_equals_one_made_at_once(
    docs: Path, data: Path, tmp_path: Path, embedder: Embedder
) -> None:
    ingest([docs], data, embedder)
    write(docs, {"zwemles.md": ZWEM.replace("5 euro", "7 euro"), "nieuw.md": "# Nieuw\n\nTrein.\n"})
    (docs / "bad.txt").unlink()
    ingest([docs], data, embedder)
    write(docs, {"bad.txt": DOCUMENTS["bad.txt"]})
    ingest([docs], data, embedder)
    ingest([docs], tmp_path / "fresh", embedder)
    assert content(data) == content(tmp_path / "fresh")
    grown, fresh = found(data, embedder), found(tmp_path / "fresh", embedder)
    for question in QUESTIONS:
        assert [dict(hits).keys() for hits in grown[question]] == [
            dict(hits).keys() for hits in fresh[question]
        ]
        assert dict(grown[question][1]) == pytest.approx(dict(fresh[question][1]), abs=1e-3)


def test_a_removed_document_is_gone_from_every_part(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    ingest([docs], data, embedder)
    gone = {p.id for p in content(data)["brief"][1]}
    assert gone <= everywhere(data, embedder)
    (docs / "brief.md").unlink()
    report = ingest([docs], data, embedder)
    assert report.documents == Counts(removed=1, unchanged=3)
    assert report.passages.removed == len(gone)
    assert "brief" not in content(data)
    assert not gone & everywhere(data, embedder)


def test_text_that_moves_to_another_document_is_found_there(
    docs: Path, data: Path, model: Counting
) -> None:
    ingest([docs], data, model)
    (docs / "brief.md").rename(docs / "post.md")
    write(docs, {"zwemles.md": "# Zwemles\n\nNiets meer.\n", "a.md": ZWEM})
    ingest([docs], data, model)
    state = content(data)
    assert "brief" not in state and "trein" in state["post"][0].text
    with open_index(data) as index:
        for name in ("post", "a"):
            for passage in index.library.passages_of(name):
                query = model.embed_query(" ".join((*passage.headings, passage.text)))
                assert dict(index.vectors.search(query, 50))[passage.id] == pytest.approx(
                    1, abs=1e-4
                )


@pytest.mark.parametrize("broken", [b"", b"---\nid: 'x\n---\n", b"\x00\x01"])
def test_a_file_that_fails_keeps_what_it_had(
    docs: Path, data: Path, embedder: Embedder, broken: bytes
) -> None:
    ingest([docs], data, embedder)
    before = content(data)
    (docs / "zwemles.md").write_bytes(broken)
    write(docs, {"brief.md": "# Brief\n\nDe bus vertrekt om tien uur.\n"})
    report = ingest([docs], data, embedder)
    assert [failure.file for failure in report.failed] == ["zwemles.md"]
    assert report.documents == Counts(changed=1, unchanged=3)
    assert content(data)["zwemles"] == before["zwemles"]
    assert content(data)["brief"] != before["brief"]


def test_a_failed_file_keeps_what_it_had_also_under_another_model(
    docs: Path, data: Path, model: Counting, embedder: Embedder
) -> None:
    ingest([docs], data, model)
    before = content(data)
    (docs / "zwemles.md").write_bytes(b"")
    other = Counting(embedder, "-2")
    ingest([docs], data, other)
    assert content(data) == before
    write(docs, {"zwemles.md": ZWEM})
    other.texts.clear()
    assert ingest([docs], data, other).documents == Counts(unchanged=4)
    assert other.texts == []


def test_a_new_file_that_fails_does_not_stop_the_others(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    (docs / "aa.md").write_bytes(b"\x00")
    report = ingest([docs], data, embedder)
    assert report.documents.added == 4
    assert [failure.file for failure in report.failed] == ["aa.md"]


def test_when_no_file_can_be_read_there_is_no_index_and_a_reason(
    tmp_path: Path, data: Path, embedder: Embedder
) -> None:
    (tmp_path / "leeg.md").touch()
    with pytest.raises(EmptyCorpusError, match=r"leeg\.md"):
        ingest([tmp_path / "leeg.md"], data, embedder)
    assert generations.numbers(data) == [] and not (data / "CURRENT").exists()


def test_another_model_makes_everything_anew(
    docs: Path, data: Path, model: Counting, embedder: Embedder
) -> None:
    first = ingest([docs], data, model)
    other = Counting(embedder, "-2")
    report = ingest([docs], data, other)
    assert report.generation == first.generation + 1
    assert report.documents == Counts(changed=4)
    assert sorted(other.texts) == sorted(model.texts)
    with open_index(data) as index:
        assert other.fingerprint in index.library.settings()["recipe"]


def test_two_files_with_the_same_text_are_both_in(docs: Path, data: Path, model: Counting) -> None:
    write(docs, {"kopie.md": ZWEM})
    report = ingest([docs], data, model)
    assert report.documents.added == 5 and not report.failed
    state = content(data)
    assert state["zwemles"][0].text == state["kopie"][0].text
    ids = {p.id for p in (*state["zwemles"][1], *state["kopie"][1])}
    assert ids <= everywhere(data, model)
    assert len(ids) == 2 * len(state["kopie"][1])


def test_the_same_id_twice_is_reported_and_the_first_stays(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    write(docs, {"z.md": "---\nid: gym\n---\n# Andere gym\n\nTekst.\n"})
    report = ingest([docs], data, embedder)
    (failure,) = report.failed
    assert failure.file == "z.md" and "gym" in failure.what and "sub/gym.md" in failure.what
    assert content(data)["gym"][0].title == "Gym"
    assert ingest([docs], data, embedder).generation == report.generation


def test_losing_most_of_the_documents_is_refused_unless_forced(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    ingest([docs], data, embedder)
    before = content(data)
    for name in ("zwemles.md", "bad.txt", "brief.md"):
        (docs / name).unlink()
    with pytest.raises(MassRemovalError, match="--force"):
        ingest([docs], data, embedder)
    assert content(data) == before and generations.current(data) == 1
    report = ingest([docs], data, embedder, force=True)
    assert report.documents == Counts(removed=3, unchanged=1)
    assert set(content(data)) == {"gym"}


def test_a_dry_run_reports_exactly_and_changes_nothing(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    ingest([docs], data, embedder)
    before = content(data)
    (docs / "brief.md").unlink()
    write(docs, {"zwemles.md": ZWEM.replace("5 euro", "7 euro")})
    trial = ingest([docs], data, embedder, dry_run=True)
    assert content(data) == before and generations.numbers(data) == [1]
    real = ingest([docs], data, embedder)
    assert (trial.documents, trial.passages) == (real.documents, real.passages)
    assert trial.dry_run and not real.dry_run


def test_comparing_tells_what_ingest_would_do(docs: Path, data: Path, embedder: Embedder) -> None:
    assert compare([docs], data, embedder).documents == Counts(added=4)
    assert not data.exists()
    ingest([docs], data, embedder)
    assert compare([docs], data, embedder).documents == Counts(unchanged=4)
    (docs / "brief.md").unlink()
    write(docs, {"zwemles.md": "# Anders\n\nTekst.\n", "x.md": "# X\n\nNieuw.\n", "y.md": ""})
    told = compare([docs], data, embedder)
    assert told.documents == ingest([docs], data, embedder).documents
    assert [failure.file for failure in told.failed] == ["y.md"]


def test_a_second_writer_is_refused_and_the_index_answers_on(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    ingest([docs], data, embedder)
    before = content(data)
    write(docs, {"zwemles.md": "# Anders\n\nTekst.\n"})
    with generations.writer_lock(data):
        with pytest.raises(LockedError):
            ingest([docs], data, embedder)
        assert content(data) == before
    assert ingest([docs], data, embedder).documents.changed == 1


def test_a_text_that_the_model_does_not_know_is_in_all_the_same(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    write(docs, {"tekens.md": "→ → →\n"})
    assert not ingest([docs], data, embedder).failed
    assert content(data)["tekens"][0].text == "→ → →"


def test_parts_that_do_not_fit_are_not_taken_for_an_index(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    ingest([docs], data, embedder)
    folder = generations.generation_folder(data, 1)
    shutil.rmtree(folder / "vectors")
    with pytest.raises(IndexBrokenError):
        Index.open(folder)
    with Index.create(folder) as index, pytest.raises(IndexBrokenError):
        index.validate()


@pytest.mark.parametrize("part", ["library.sqlite", "lexical/meta.json", "vectors/chroma.sqlite3"])
@pytest.mark.parametrize("damage", ["cut", "gone"])
def test_a_damaged_index_is_made_anew_by_the_next_ingest(
    docs: Path, data: Path, model: Counting, part: str, damage: str
) -> None:
    ingest([docs], data, model)
    before = content(data)
    file = generations.generation_folder(data, generations.current(data)) / part
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])

    report = ingest([docs], data, model)

    assert content(data) == before
    assert report.failed == ()
    assert report.generation == generations.current(data)


def test_a_renamed_file_keeps_its_vectors(docs: Path, data: Path, model: Counting) -> None:
    ingest([docs], data, model)
    model.texts.clear()
    (docs / "bad.txt").rename(docs / "zwembad.txt")

    report = ingest([docs], data, model)

    assert model.texts == []
    assert (report.documents.added, report.documents.removed) == (1, 1)
    assert [(pair.old, pair.new) for pair in report.renamed] == [("bad", "zwembad")]


def test_a_dry_run_says_what_would_change_and_changes_nothing(
    docs: Path, data: Path, model: Counting
) -> None:
    ingest([docs], data, model)
    before = content(data)
    (docs / "brief.md").write_text("# Brief\n\nBeste ouders, de trein is er al.\n", "utf-8")

    tried = ingest([docs], data, model, dry_run=True)

    assert (tried.documents.changed, tried.dry_run) == (1, True)
    assert content(data) == before
    assert ingest([docs], data, model).passages == tried.passages
