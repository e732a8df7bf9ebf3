"""The counts of a report add up, whatever happened to the files."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from indexing import content, write

from ingest.embedding import Embedder
from ingest.errors import EmptyCorpusError
from ingest.pipeline import compare, ingest
from ingest.report import Counts

NAMES = ("a.md", "b.txt", "c.md", "sub/d.md", "sub/e.txt", "f.md")
SUBJECTS = ("zwemles", "de haven", "het park", "een school", "de trein", "muziek")


def text(dice: random.Random) -> str:
    """Return a document of up to three sections; the few there are make copies likely."""
    parts = dice.sample(SUBJECTS, dice.randint(1, 3))
    sections = [f"## Over {part}\n\nDit gaat over {part} in wijk {len(part)}." for part in parts]
    return f"# Stuk\n\n{(chr(10) * 2).join(sections)}\n"


def edit(docs: Path, dice: random.Random) -> None:
    """Add, change, break, rename, copy or remove a file, or leave all as it is."""
    there = sorted(path for path in docs.rglob("*") if path.is_file())
    one = docs / dice.choice(NAMES)
    match dice.choice(("write", "write", "break", "remove", "rename", "copy", "nothing", "id")):
        case "write":
            write(docs, {one.relative_to(docs).as_posix(): text(dice)})
        case "break":
            one.parent.mkdir(exist_ok=True)
            one.write_bytes(b"\x00")
        case "remove" if there:
            dice.choice(there).unlink()
        case "rename" if there:
            one.parent.mkdir(exist_ok=True)
            dice.choice(there).replace(one)
        case "copy" if there:
            one.parent.mkdir(exist_ok=True)
            one.write_bytes(dice.choice(there).read_bytes())
        case "id":
            write(docs, {one.relative_to(docs).as_posix(): "---\nid: vast\n---\n" + text(dice)})


def sizes(data: Path) -> dict[str, set[str]]:
    """Return the ids of the passages of each document."""
    if not (data / "CURRENT").exists():
        return {}
    return {name: {p.id for p in held[1]} for name, held in content(data).items()}


@pytest.mark.parametrize("seed", range(3))
def test_the_counts_are_what_the_library_holds(
    tmp_path: Path, embedder: Embedder, seed: int
) -> None:
    dice, docs, data = random.Random(seed), tmp_path / "docs", tmp_path / "data"
    docs.mkdir()
    write(docs, {"begin.md": "# Begin\n\nHier begint het.\n"})
    for _ in range(7):
        for _ in range(dice.randint(1, 3)):
            edit(docs, dice)
        before = sizes(data)
        try:
            expected = compare([docs], data, embedder)
            tried = ingest([docs], data, embedder, force=True, dry_run=True)
            report = ingest([docs], data, embedder, force=True)
        except EmptyCorpusError:
            assert sizes(data) == before == {}
            continue
        after = sizes(data)

        documents, passages = report.documents, report.passages
        assert documents.added == len(after.keys() - before.keys())
        assert documents.removed == len(before.keys() - after.keys())
        assert documents.added + documents.changed + documents.unchanged == len(after)
        assert documents.removed + documents.changed + documents.unchanged == len(before)
        had, has = set().union(*before.values()), set().union(*after.values())
        assert passages.added + passages.changed == len(has - had)
        assert passages.removed + passages.changed == len(had - has)
        assert passages.unchanged == len(had & has)

        assert (tried.documents, tried.passages) == (documents, passages)
        assert expected.documents == documents
        assert {f.file for f in report.failed} == {f.file for f in expected.failed}
        again = ingest([docs], data, embedder, force=True)
        assert again.documents == Counts(unchanged=len(after))
        assert again.passages == Counts(unchanged=len(has))
        assert again.generation == report.generation
        assert sizes(data) == after
