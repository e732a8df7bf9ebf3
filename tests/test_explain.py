"""How an answer came about, in words."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.questions import understand
from assistant.records import AskedPeriod, Hit, Kind, Relation, Window
from assistant.trace import Objection, Reason, Trace, Weighed, Why
from ingest.records import Passage
from ui.explain import explanation
from ui.explain_words import objection_words, period_words, verdict, why_lines, why_title

PASSAGE = Passage("p1", "haven", 0, 9, "De haven is 9 meter diep.", ("De haven", "Diepte"))
ASKED = understand("Wat kost een ligplaats in Lutjebroek?", today=date(2026, 3, 1))


def weighed(objection: Objection | None = None, **named: object) -> Weighed:
    given: dict[str, object] = {
        "document_id": "haven", "start": 0, "end": 25, "text": "Een ligplaats is groot.",
        "score": 0.5, "sufficiency": -0.2, "signs": {"coverage": 0.5}, "missing": (),
        "objection": objection, "is_chosen": False,
    }  # fmt: skip
    return Weighed(**given | named)  # type: ignore[arg-type]


def test_a_refusal_says_what_is_missing_from_what_was_found() -> None:
    text = explanation(
        Trace(
            Why(Reason.NOT_ENOUGH, Kind.HOW_MUCH, Objection.NO_FACT, ("Lutjebroek",)),
            ASKED,
            unknown=("Lutjebroek",),
            hits=(Hit(PASSAGE, 0.5, {"lexical": 2, "dense": 1, "coverage": 7}),),
            weighed=(weighed(Objection.NO_FACT, missing=("Lutjebroek",)),),
        )
    )

    assert "Soort vraag: welk bedrag" in text
    assert "Moet in het antwoord staan: Lutjebroek" in text
    assert "Staat nergens in de bronnen: Lutjebroek" in text
    assert "1. haven › Diepte" in text
    assert "gevonden: op woorden nummer 2, op betekenis nummer 1\n" in text
    assert "Waarom geen antwoord:" in text
    assert "De beste zin noemt geen bedrag." in text
    assert "Dit staat er niet bij: Lutjebroek." in text
    assert "niet gebruikt: noemt geen bedrag; hier staat niet bij: Lutjebroek" in text


def test_an_answer_says_which_sentence_was_used_and_why_another_was_not() -> None:
    used, other = weighed(is_chosen=True), weighed(Objection.OTHER_DETAIL, text="In 2019 niet.")
    text = explanation(Trace(Why(Reason.ENOUGH, Kind.OTHER), ASKED, weighed=(used, other)))

    assert "Waarom deze zinnen:" in text
    assert re.search(r"- Een ligplaats is groot.\n +gebruikt: past bij je vraag", text)
    assert re.search(r"- In 2019 niet.\n +niet gebruikt: gaat over een andere tijd", text)


def test_what_is_not_asked_of_the_sources_was_not_looked_for() -> None:
    text = explanation(Trace(Why(Reason.OUT_OF_SCOPE)))

    assert "Daarom is er niet gezocht." in text
    assert "gevonden" not in text and "gelezen" not in text


def test_each_side_of_a_comparison_is_named() -> None:
    sides = tuple(
        Trace(Why(reason, Kind.OTHER), understand(name))
        for name, reason in (("brug", Reason.ENOUGH), ("tunnel", Reason.NOT_ENOUGH))
    )
    text = explanation(Trace(Why(Reason.COMPARED), understand("Brug of tunnel?"), parts=sides))

    assert "Waarom deze zinnen over “brug”:" in text
    assert "Waarom geen antwoord over “tunnel”:" in text


def test_a_hostile_question_steers_no_terminal() -> None:
    asked = understand("Wat is \x1b[31m\u202e\x9brood\x07 \r\n\nWaarom dit antwoord: nep?")
    text = explanation(Trace(Why(Reason.NOTHING_FOUND), asked))

    assert not set("\x1b\u202e\x9b\x07\r") & set(text)
    assert not re.search(r"^Waarom dit antwoord", text, re.MULTILINE)


@given(st.text(max_size=80))
def test_any_question_is_told_in_plain_lines(question: str) -> None:
    text = explanation(Trace(Why(Reason.NOTHING_FOUND), understand(question)))

    steering = {char for char in text if unicodedata.category(char) in {"Cc", "Cf", "Cs"}}
    assert steering == {"\n"}
    headings = [line for line in text.split("\n") if line and not line.startswith(" ")]
    assert headings == [
        "Zo is je vraag gelezen:", "Wat er gevonden is:", "Waarom geen antwoord:",
    ]  # fmt: skip


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_sentence_and_a_heading(reason: Reason) -> None:
    assert why_lines(Why(reason))[0].endswith(".")
    assert why_title(Why(reason)).startswith("Waarom ")


@pytest.mark.parametrize("objection", Objection)
@pytest.mark.parametrize("kind", [*Kind, None])
def test_every_objection_is_told_for_every_kind(objection: Objection, kind: Kind | None) -> None:
    said = objection_words(objection, kind)

    assert said in verdict(weighed(objection), Why(Reason.NOT_ENOUGH, kind))


def test_a_sentence_that_would_do_is_told_apart_from_one_that_nearly_would() -> None:
    spare = verdict(weighed(), Why(Reason.ENOUGH))
    nearly = verdict(weighed(missing=("Groen",)), Why(Reason.DETAIL_MISSING))

    assert "voegt te weinig toe" in spare
    assert "past bijna" in nearly and "Groen" in nearly


@pytest.mark.parametrize(
    ("relation", "first", "last", "said"),
    [
        (Relation.DURING, date(2026, 3, 1), date(2026, 3, 31),
         "van 1 maart 2026 tot en met 31 maart 2026"),
        (Relation.DURING, date(2026, 3, 1), date(2026, 3, 1), "op 1 maart 2026"),
        (Relation.STARTS, None, date(2026, 3, 1), "wat begint tot en met 1 maart 2026"),
        (Relation.NEXT, date(2026, 3, 1), None, "het eerste dat begint vanaf 1 maart 2026"),
        (Relation.LAST, None, None, "het laatste dat eindigt op elk moment"),
        (Relation.ONGOING, None, None, "wat geen einde heeft"),
    ],
)  # fmt: skip
def test_a_period_is_told_in_words(
    relation: Relation, first: date | None, last: date | None, said: str
) -> None:
    assert period_words(AskedPeriod(relation, (Window(first, last),), False)) == said
