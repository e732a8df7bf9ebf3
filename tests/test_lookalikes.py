"""What the report says of documents that look like another, from real files to Dutch lines."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from indexing import write

from ingest.embedding import Embedder
from ingest.pipeline import ingest

WORDS = (
    "gemeente", "school", "zwembad", "fiets", "plan", "jaar", "kind", "ouder", "leraar", "raad",
    "wijk", "straat", "boom", "park", "brug", "haven", "markt", "winkel", "huur", "woning",
)  # fmt: skip


def text(seed: int, count: int = 300) -> str:
    dice = random.Random(seed)
    words = dice.choices([f"{w}{n}" for w in WORDS for n in range(20)], k=count)
    sentences = [" ".join(words[i : i + 10]).capitalize() + "." for i in range(0, count, 10)]
    return "\n\n".join(sentences) + "\n"


def page(title: str, body: str, **front: str) -> str:
    matter = "".join(f"{name}: {value}\n" for name, value in front.items())
    return f"---\n{matter}---\n# {title}\n\n{body}" if front else f"# {title}\n\n{body}"


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    write(tmp_path / "docs", {f"los{i}.md": page(f"Los {i}", text(i)) for i in range(4)})
    return tmp_path / "docs"


def test_unrelated_documents_give_no_warning(docs: Path, data: Path, embedder: Embedder) -> None:
    assert ingest([docs], data, embedder).warnings == ()


def test_a_near_copy_is_reported_with_how_near(docs: Path, data: Path, embedder: Embedder) -> None:
    body = text(50)
    write(
        docs, {"a.md": page("A", body), "b.md": page("B", body + "\nEen slot van zes woorden.\n")}
    )
    (line,) = ingest([docs], data, embedder).warnings
    assert line.startswith("a lijkt voor 9") and line.endswith(" % op b.")


def test_two_files_with_the_same_text_are_reported(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    write(docs, {"a.md": page("Eender", text(50)), "b.md": page("Eender", text(50))})
    report = ingest([docs], data, embedder)
    assert report.warnings == ("a lijkt voor 100 % op b.",)
    assert "\nLet op: a lijkt voor 100 % op b.\n" in report.as_text()
    assert report.as_json()["warnings"] == report.warnings


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ({"date": "2024-03-03"}, {"date": "2025-07-01"}, "3 maart 2024 tegen 1 juli 2025"),
        ({"date": "2024"}, {"date": "2025"}, "2024 tegen 2025"),
        ({"valid_from": "2024-01-01"}, {"valid_from": "2026-01-01"}, "1 januari 2024 tegen"),
        (
            {"valid_until": "2024-12-31"},
            {"valid_from": "2025-01-01"},
            "geldig tot en met 31 december 2024, het andere vanaf 1 januari 2025",
        ),
    ],
)
def test_the_older_of_two_versions_is_named_with_what_says_so(
    docs: Path,
    data: Path,
    embedder: Embedder,
    old: dict[str, str],
    new: dict[str, str],
    reason: str,
) -> None:
    # By id the newer one comes first: the order of files says nothing.
    write(docs, {"y.md": page("Regels", text(50), **old), "x.md": page("Regels", text(50), **new)})
    (line,) = ingest([docs], data, embedder).warnings
    assert line.startswith("y lijkt voor 100 % op x en is ouder (") and reason in line


def test_a_document_that_supersedes_another_says_so_however_unlike(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    write(
        docs,
        {
            "oud.md": page("Oude regels", text(60), date="2030-01-01"),
            "nieuw.md": page("Heel iets anders", text(61), supersedes="oud", date="2020-01-01"),
        },
    )
    report = ingest([docs], data, embedder)
    assert report.warnings == ("oud is vervangen door nieuw.",)


def test_superseding_a_document_that_is_not_there_is_no_matter(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    write(docs, {"nieuw.md": page("Nieuw", text(61), supersedes="weg")})
    assert ingest([docs], data, embedder).warnings == ()


def test_an_edition_with_the_same_title_and_some_of_the_text_is_a_version(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    shared = text(70, 400)
    write(
        docs,
        {
            "v1.md": page("Handreiking", shared + text(71, 150), date="2024-01-01"),
            "v2.md": page("Handreiking", shared + text(72, 150), date="2025-01-01"),
        },
    )
    (line,) = ingest([docs], data, embedder).warnings
    assert line == "v1 heet net als v2 en is ouder (1 januari 2024 tegen 1 januari 2025)."


def test_minutes_with_one_title_and_nothing_in_common_are_no_versions(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    write(
        docs,
        {
            "n1.md": page("Notulen", text(80), date="2024-01-01"),
            "n2.md": page("Notulen", text(81), date="2025-01-01"),
        },
    )
    assert ingest([docs], data, embedder).warnings == ()


def test_only_what_changed_is_reported(docs: Path, data: Path, embedder: Embedder) -> None:
    write(docs, {"a.md": page("A", text(50)), "b.md": page("B", text(50))})
    assert len(ingest([docs], data, embedder).warnings) == 1
    assert ingest([docs], data, embedder).warnings == ()
    write(docs, {"los0.md": page("Los 0", text(90))})
    assert ingest([docs], data, embedder).warnings == ()
    write(docs, {"los0.md": page("Los 0", text(50))})
    lines = ingest([docs], data, embedder).warnings
    assert lines and all(line.startswith("los0 lijkt voor ") for line in lines)


def test_a_document_that_looked_alike_and_went_is_not_reported(
    docs: Path, data: Path, embedder: Embedder
) -> None:
    write(docs, {"a.md": page("A", text(50))})
    ingest([docs], data, embedder)
    (docs / "a.md").rename(docs / "b.md")
    report = ingest([docs], data, embedder)
    assert report.warnings == ()
    assert [(pair.old, pair.new) for pair in report.renamed] == [("a", "b")]


def test_a_dry_run_warns_the_same(docs: Path, data: Path, embedder: Embedder) -> None:
    write(docs, {"a.md": page("A", text(50)), "b.md": page("A", text(50), date="2025")})
    tried = ingest([docs], data, embedder, dry_run=True)
    assert tried.warnings == ingest([docs], data, embedder).warnings != ()


def test_very_many_look_alikes_are_counted(docs: Path, data: Path, embedder: Embedder) -> None:
    write(docs, {f"k{i:02d}.md": page("Kopie", text(50)) for i in range(30)})
    *lines, rest = ingest([docs], data, embedder).warnings
    assert len(lines) == 20
    assert rest == "En nog 9 documenten die op een ander lijken."
