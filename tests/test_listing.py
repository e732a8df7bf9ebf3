"""Lists of sources: what is wrong with one is said with what to mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import SourceError
from ingest.sources.listing import read_listing
from ingest.sources.sync import sync


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "geen bron"),
        ("titel = 'x'", "geen bron"),
        ("source = 'x'", "geen bron"),
        ("[source]\nid = 'x'", "geen bron"),
        ("[[source]]\nid = 'a'\nid = 'b'\n", "regel 3"),
        ("[[source]]\nid = ", "TOML"),
        ("source = [3]", "Bron 1"),
        ("[[source]]\ntitle = 'x'", "Bron 1"),
        ("[[source]]\nid = 3", "Bron 1"),
        ("[[source]]\nid = '..'", "Bron 1"),
        ("[[source]]\nid = 'a'\n[[source]]\nid = 'b'\nurl = 3", "Bron 2"),
        ("[[source]]\nid = 'a'\nallow_private = 'true'", "allow_private"),
        ("[[source]]\nid = 'a b'\n[[source]]\nid = 'A/b'", "'a b'"),
    ],
)
def test_a_wrong_list_is_refused_with_what_to_mend(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "bronnen.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        sync(file, tmp_path / "op")
    assert said in str(caught.value)
    assert caught.value.file == str(file)
    assert not (tmp_path / "op").exists()


def test_a_list_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    for file in (tmp_path / "weg.toml", tmp_path):
        with pytest.raises(SourceError, match="niet te lezen"):
            read_listing(file)
    latin = tmp_path / "latin.toml"
    latin.write_bytes("[[source]]\nid = 'é'".encode("cp1252"))
    with pytest.raises(SourceError, match="TOML"):
        read_listing(latin)


def test_the_shipped_list_can_be_used() -> None:
    sources = read_listing(Path(__file__).parents[1] / "corpus" / "sources.toml")
    assert all(source.stem == source.id for source in sources)
    assert not any(source.allow_private for source in sources)
