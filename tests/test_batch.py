"""Reading batches of questions."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from pathlib import Path

import pytest
from commandline import jsonl
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import UsageError
from ui.batch import Asked, read_queries, read_questions


def test_lines_come_out_in_order_with_what_they_say(tmp_path: Path) -> None:
    file = jsonl(
        tmp_path / "q.jsonl",
        {"id": "a", "question": "Wat?", "today": "2031-05-03"},
        {"id": 7, "question": "Wie?", "history": [{"role": "user", "content": "Wat?"}]},
        {"question": "Waar?", "today": None, "history": None, "extra": True},
    )

    assert read_questions(file) == [
        Asked("a", "Wat?", date(2031, 5, 3)),
        Asked(7, "Wie?", None, ("Wat?",)),
        Asked(None, "Waar?"),
    ]


def test_only_the_users_messages_of_a_conversation_count(tmp_path: Path) -> None:
    turns = [
        {"role": "system", "content": "Wees kort."},
        {"role": "user", "content": "Eerst?"},
        {"role": "assistant", "content": None},
        {"role": "user", "content": "Dan?"},
    ]
    (asked,) = read_questions(jsonl(tmp_path / "q.jsonl", {"question": "Nu?", "history": turns}))

    assert asked.history == ("Eerst?", "Dan?")


def test_queries_are_read_from_their_own_field(tmp_path: Path) -> None:
    file = jsonl(tmp_path / "q.jsonl", {"id": 1, "query": "haven"}, {"id": 2, "query": "brug"})

    assert read_queries(file) == [Asked(1, "haven"), Asked(2, "brug")]
    with pytest.raises(UsageError, match="Regel 1 mist 'question'"):
        read_questions(file)


def test_empty_lines_windows_line_ends_and_a_byte_order_mark_are_no_matter(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_bytes(b'\xef\xbb\xbf{"query": "een"}\r\n\r\n   \r\n{"query": "twee"}')

    assert [asked.text for asked in read_queries(file)] == ["een", "twee"]


def test_an_empty_file_asks_nothing(tmp_path: Path) -> None:
    assert read_questions(jsonl(tmp_path / "q.jsonl")) == []


@given(st.lists(st.tuples(st.integers() | st.text(), st.text()), max_size=5))
def test_any_text_comes_through_as_it_is(rows: list[tuple[object, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "q.jsonl"
        lines = [json.dumps({"id": i, "query": q}, ensure_ascii=False) for i, q in rows]
        file.write_text("\n".join(lines), encoding="utf-8", newline="")
        assert [(asked.id, asked.text) for asked in read_queries(file)] == rows


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "Regel 3 is geen JSON"),
        ("42", "Regel 3 is geen JSON-object"),
        ('{"question": null}', "Regel 3 mist 'question'"),
        ('{"question": "x", "today": 20310503}', "Regel 3 heeft een 'today'"),
        ('{"question": "x", "today": "3 mei"}', "Regel 3 heeft een 'today'"),
        ('{"question": "x", "history": "vorige"}', "Regel 3 heeft een 'today' of 'history'"),
        ('{"question": "x", "history": 5}', "Regel 3 heeft een 'today' of 'history'"),
        ('{"question": "x", "history": [{"role": "user"}]}', "Regel 3 mist 'content'"),
        (
            '{"question": "x", "history": [{"role": "user", "content": null}]}',
            "Regel 3 mist 'content'",
        ),
    ],
)
def test_a_bad_line_is_named_with_its_file(line: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text(f'{{"question": "goed"}}\n\n{line}\n', encoding="utf-8")

    with pytest.raises(UsageError, match=said) as caught:
        read_questions(file)
    assert caught.value.file == str(file)
    assert "README.md" in caught.value.advice


def test_a_file_that_cannot_be_read_is_told_in_dutch(tmp_path: Path) -> None:
    (tmp_path / "latin.jsonl").write_bytes('{"query": "één"}'.encode("latin-1"))

    with pytest.raises(UsageError, match="bestaat niet"):
        read_queries(tmp_path / "weg.jsonl")
    with pytest.raises(UsageError, match="niet te lezen"):
        read_queries(tmp_path)
    with pytest.raises(UsageError, match="UTF-8"):
        read_queries(tmp_path / "latin.jsonl")
