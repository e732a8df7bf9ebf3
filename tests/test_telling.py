"""What the form of a Dutch sentence tells."""

from __future__ import annotations

import pytest

from assistant.telling import (
    enumerates,
    tells_condition,
    tells_how,
    tells_limit,
    tells_reason,
    tells_where,
)


@pytest.mark.parametrize(
    "text",
    [
        "U kunt een pas aanvragen bij de bibliotheek.",
        "Stuur uw verzoek naar de gemeente.",
        "Inwoners lenen een fiets via de app.",
        "Dat voorkomt u door de fiets altijd op slot te zetten.",
    ],
)
def test_what_to_do_is_told(text: str) -> None:
    assert tells_how(text)


def test_a_fact_does_not_tell_what_to_do() -> None:
    assert not tells_how("De brug is twaalf meter lang.")


@pytest.mark.parametrize(
    ("text", "is_limit"),
    [
        ("De gemeente beslist binnen 8 weken.", True),
        ("Dat mag niet eerder dan 36 uur na de melding.", True),
        ("Doe dit uiterlijk vijf dagen na de verhuizing.", True),
        ("De proef duurde 8 weken.", False),
        ("De gemeente beslist snel.", False),
    ],
)
def test_a_time_counted_from_something_is_a_limit(text: str, is_limit: bool) -> None:
    assert tells_limit(text) is is_limit


@pytest.mark.parametrize(
    ("text", "is_place"),
    [
        ("Dat kan bij de balie van de haven.", True),
        ("Meld het op fietsen.nl.", True),
        ("De fiets is rood.", False),
    ],
)
def test_a_place_is_told(text: str, is_place: bool) -> None:
    assert tells_where(text) is is_place


def test_reasons_and_conditions_are_told() -> None:
    assert tells_reason("De brug gaat dicht, omdat het waait.")
    assert tells_condition("De brug gaat dicht als het waait.")
    assert not tells_reason("De brug gaat dicht.")
    assert not tells_condition("De brug gaat dicht.")


@pytest.mark.parametrize(
    ("text", "is_list"),
    [
        ("Er zijn leenfietsen, bakfietsen en steps.", True),
        ("Denk aan hulpmiddelen, zoals een helm.", True),
        ("Er is een fiets.", False),
    ],
)
def test_several_things_are_an_enumeration(text: str, is_list: bool) -> None:
    assert enumerates(text) is is_list
