"""What is in force goes first, and an answer from what is not says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest
from indexing import write

from assistant.pipeline import Assistant
from assistant.records import Answer, Status
from ingest.embedding import Embedder
from ingest.pipeline import ingest
from ui.output import answer_as_json, answer_as_text

DAY = date(2031, 6, 1)
SHARED = """\
# Havenplan

## Aanleiding

De haven is gebouwd voor vrachtschepen die er niet meer komen. Wie er nu aanlegt, vaart voor zijn
plezier en blijft een nacht of twee. Daarvoor zijn de kades te hoog en de steigers te kort. Wie van
boord wil, klimt over een ladder die bij laag water glad is van de algen. Bewoners willen al jaren
dat het anders wordt, en de winkels aan het plein ook.
"""
OLD = f"""\
{SHARED}
## Geld

De bijdrage voor de steigers is 90.000 euro.

## Mensen

De havenmeester is Karel Zwart.

## Mijlpaal: de kade is klaar

Periode: mei 2032

Toelichting: In mei 2032 is de kade klaar.
"""
NEW = f"""\
{SHARED}
## Geld

De bijdrage voor de steigers is 120.000 euro.

## Mijlpaal: de kade is klaar

Periode: november 2032

Toelichting: In november 2032 is de kade klaar.
"""
AMOUNT = "Hoeveel is de bijdrage voor de steigers?"
MASTER = "Wie is de havenmeester?"
Ask = Callable[..., Answer]


def with_front(text: str, **metadata: str) -> str:
    lines = "".join(f"{name}: {value}\n" for name, value in metadata.items())
    return f"---\n{lines}---\n\n{text}"


@pytest.fixture
def asking(tmp_path: Path, embedder: Embedder) -> Iterator[Callable[[str, str], Ask]]:
    """Makes an index of an old and a new document, and asks it questions."""
    with ExitStack() as stack:

        def of(old: str, new: str) -> Ask:
            write(tmp_path / "docs", {"oud.md": old, "nieuw.md": new})
            assert not ingest([tmp_path / "docs"], tmp_path / "data", embedder).failed
            assistant = Assistant.open(tmp_path / "data", embedder)
            stack.callback(assistant.close)
            return lambda question, day=DAY: assistant.ask(question, today=day)

        yield of


Asking = Callable[[str, str], Ask]


def cited(answer: Answer) -> set[str]:
    return {citation.document_id for citation in answer.citations}


def test_two_documents_without_dates_conflict(asking: Asking) -> None:
    answer = asking(OLD, NEW)(AMOUNT)

    assert answer.status is Status.CONFLICT
    assert cited(answer) == {"oud", "nieuw"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({}, {"supersedes": "oud"}),
        ({"date": "2029-03-01"}, {"date": "2031-03-01"}),
        ({"version": "1.9"}, {"version": "1.10"}),
        ({"title": "Oud plan", "valid_until": "2031-02-28"}, {"valid_from": "2031-03-01"}),
        ({"title": "Oud plan", "valid_until": "2031-02-28"}, {"title": "Nieuw plan"}),
    ],
)
def test_what_is_in_force_answers_alone(
    asking: Asking, old: dict[str, str], new: dict[str, str]
) -> None:
    answer = asking(with_front(OLD, **old), with_front(NEW, **new))(AMOUNT)

    assert answer.status is Status.ANSWERED
    assert "120.000" in answer.text
    assert "90.000" not in answer.text
    assert not answer.notes


def test_before_the_newer_version_is_valid_the_older_one_answers(asking: Asking) -> None:
    new = with_front(NEW, supersedes="oud", valid_from="2031-06-02")

    answer = asking(OLD, new)(AMOUNT)

    assert answer.status is Status.ANSWERED
    assert cited(answer) == {"oud"}
    assert not answer.notes


def test_what_only_the_older_version_says_is_answered_with_a_note(asking: Asking) -> None:
    old = with_front(OLD, valid_until="2031-02-28", date="2029-03-01")

    answer = asking(old, with_front(NEW, supersedes="oud"))(MASTER)

    assert "Karel Zwart" in answer.text
    note = (
        "De informatie uit “Havenplan” gold tot en met 28 februari 2031. "
        "Er is een nieuwere versie van “Havenplan”."
    )
    assert answer.notes == (note,)
    assert f"Let op: {note}" in answer_as_text(answer)
    assert "    1 maart 2029 · geldig tot en met 28 februari 2031\n" in answer_as_text(answer)
    shown = answer_as_json(answer)
    assert shown["notes"] == [note]
    assert shown["citations"][0]["valid_until"] == "2031-02-28"


def test_a_timeline_has_the_milestones_of_the_newer_version_only(asking: Asking) -> None:
    ask = asking(OLD, with_front(NEW, supersedes="oud"))

    for question in ("Welke mijlpalen zijn er in 2032?", "Wanneer is de kade klaar?"):
        answer = ask(question)
        assert "november 2032" in answer.text.lower()
        assert "mei" not in answer.text.lower()
        assert cited(answer) == {"nieuw"}


def test_a_refusal_has_no_note(asking: Asking) -> None:
    answer = asking(OLD, with_front(NEW, supersedes="oud"))("Wie is de sluiswachter?")

    assert answer.status is Status.NOT_FOUND
    assert not answer.notes
