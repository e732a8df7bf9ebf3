"""Texts in parts: a stretch is the same as of the whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.database import Database
from ingest.texts import LENGTH, SCHEMA, Texts

# Longer than two parts, with characters of one to four bytes.
LONG = "".join(f"{n} é€🏊 " for n in range(LENGTH // 3))


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Texts]:
    database = Database(tmp_path_factory.mktemp("texts") / "texts.sqlite", SCHEMA)
    yield Texts(database)
    database.close()


@given(a=st.integers(0, len(LONG)), b=st.integers(0, len(LONG)))
def test_a_stretch_is_cut_from_the_text_as_it_was_put(texts: Texts, a: int, b: int) -> None:
    texts.put("lang", LONG)
    start, end = sorted((a, b))
    assert texts.between("lang", start, end) == LONG[start:end]


@pytest.mark.parametrize("length", [0, 1, LENGTH - 1, LENGTH, LENGTH + 1, 2 * LENGTH])
def test_a_text_comes_out_whole_and_replaces_the_one_before(texts: Texts, length: int) -> None:
    texts.put("ander", "blijft")
    texts.put("nota", LONG)
    texts.put("nota", LONG[:length])
    assert texts.whole("nota") == LONG[:length]
    assert texts.between("nota", 0, length) == LONG[:length]
    assert texts.whole("ander") == "blijft"
