"""Setting two things side by side."""

from __future__ import annotations

import pytest
from bicycles import read
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering import Composed
from assistant.citations import Line, Source
from assistant.comparison import side_by_side, sides_of
from assistant.records import Status
from ingest.records import Span

DOCUMENT = read("De veerpont vaart elk uur.\n\nDe brug is altijd open.\n")
FERRY, BRIDGE = (
    Composed(Status.ANSWERED, [Line(text, (Source(DOCUMENT, Span(at, at + len(text))),))])
    for text in ("De veerpont vaart elk uur.", "De brug is altijd open.")
    for at in [DOCUMENT.text.index(text)]
)
NOTHING = Composed(Status.NOT_FOUND, [])


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("Wat is het verschil tussen de veerpont en de brug?", ("veerpont", "brug")),
        ("Vergelijk de veerpont met de brug.", ("veerpont", "brug")),
        ("Zijn er meer veerponten of meer bruggen?", ("veerponten", "bruggen")),
        ("Wat is het verschil tussen de eerste en de tweede fase?", ("eerste fase", "tweede fase")),
        ("Wanneer vaart de veerpont?", None),
    ],
)
def test_the_two_sides_are_found(question: str, sides: tuple[str, str] | None) -> None:
    found = sides_of(question)

    if sides is None:
        assert found is None
    else:
        assert found is not None
        assert all(side in one for side, one in zip(sides, found, strict=True))


@given(st.text(max_size=120))
def test_any_text_is_read_without_error(text: str) -> None:
    assert sides_of(text) == sides_of(text)


def test_each_side_gets_a_line() -> None:
    status, lines = side_by_side(["veerpont", "brug"], [FERRY, BRIDGE])

    assert status is Status.ANSWERED
    assert [line.text for line in lines] == [
        "- De veerpont vaart elk uur.", "- De brug is altijd open.",
    ]  # fmt: skip


def test_a_side_without_an_answer_is_named() -> None:
    status, lines = side_by_side(["veerpont", "tunnel"], [FERRY, NOTHING])

    assert status is Status.PARTIAL
    assert "tunnel" in lines[-1].text and not lines[-1].sources


def test_two_sides_without_an_answer_are_no_answer() -> None:
    assert side_by_side(["tunnel", "kabelbaan"], [NOTHING, NOTHING]) == (Status.NOT_FOUND, [])


def test_one_sentence_on_both_is_said_once() -> None:
    assert len(side_by_side(["veerpont", "pont"], [FERRY, FERRY])[1]) == 1
