"""Amounts, counts, contacts and names."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.patterns import find_amounts, find_contacts, find_counts, find_names
from ingest.records import Span


def words(text: str, spans: list[Span]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Er is ruim 41 miljoen euro in twee rondes.", ["ruim 41 miljoen euro"]),
        ("Het kost € 1.250,50 per jaar.", ["€ 1.250,50"]),
        ("Samen €5 miljoen of EUR 300.", ["€5 miljoen", "EUR 300"]),
        ("In totaal vijf miljoen euro.", ["vijf miljoen euro"]),
        ("Een half miljoen euro extra.", ["half miljoen euro"]),
        ("Circa 2,5 mln voor mbo.", ["Circa 2,5 mln"]),
        ("€ 100,- per leerling", ["€ 100,-"]),
        ("Er zijn 12 coalities.", []),
        ("De eurocommissaris sprak.", []),
    ],
)
def test_amounts_of_money_are_found_whole(text: str, amounts: list[str]) -> None:
    assert words(text, find_amounts(text)) == amounts


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Twaalf coalities en 7 regio’s.", ["Twaalf", "7"]),
        ("Een school van één gemeente.", ["één"]),
        ("Ruim 12,5 procent en 3%.", ["12,5 procent", "3%"]),
        ("Er zijn 1.250 jongeren.", ["1.250"]),
        ("Tweede kans, driehoek, achterstand.", []),
    ],
)
def test_counts_are_found_in_digits_and_in_words(text: str, counts: list[str]) -> None:
    assert words(text, find_counts(text)) == counts


@pytest.mark.parametrize(
    ("text", "contacts"),
    [
        ("Mail info@voor-beeld.nl.", ["info@voor-beeld.nl"]),
        (
            "Zie https://voorbeeld.nl/a/b?c=1 of www.stroom-op.nl.",
            ["https://voorbeeld.nl/a/b?c=1", "www.stroom-op.nl"],
        ),
        ("Bel 030-123 45 67 of 06 12345678.", ["030-123 45 67", "06 12345678"]),
        ("Bel +31 30 1234567.", ["+31 30 1234567"]),
        ("In 2025 waren er 0 klachten.", []),
    ],
)
def test_contacts_are_found_without_the_stop_after_them(text: str, contacts: list[str]) -> None:
    assert words(text, find_contacts(text)) == contacts


def test_names_are_found_with_their_infixes() -> None:
    text = "Vraag het aan Pieter van Dijk, A.B. de Vries of Jeanet Vroom – Kasper voor meer."
    assert words(text, find_names(text)) == [
        "Pieter van Dijk",
        "A.B. de Vries",
        "Jeanet Vroom – Kasper",
    ]


@pytest.mark.parametrize("find", [find_amounts, find_counts, find_contacts, find_names])
@given(text=st.text(st.sampled_from("€0159.,-% @/:weuroA.Bdéj miljoen\n")))
def test_any_text_gives_spans_inside_it_in_order(
    find: Callable[[str], list[Span]], text: str
) -> None:
    spans = find(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert spans == sorted(spans, key=lambda span: span.start)
