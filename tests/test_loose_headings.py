"""Headings that a document does not mark."""

from __future__ import annotations

import pytest
from bicycles import read

from assistant.cutting import Cut
from assistant.loose_headings import heading_level
from ingest.records import Span

NOTE = """\
De gemeente leent fietsen uit.

Pas aanvragen

Een pas vraag je aan in de bibliotheek. Dat is gratis.

Wat kost lenen?

Lenen kost twee euro per uur.

Voor een bakfiets betaal je:

Drie euro per uur

Dat is ook voor leden zo, elke dag van de week.

Periode: mei 2031

De zeekaart laat zien waar het ondiep is.
"""


def headings(text: str) -> list[str]:
    document = read(text)
    blocks = document.blocks
    return [
        document.text[block.start : block.end]
        for number, block in enumerate(blocks)
        if heading_level(document, number)
    ]


def test_a_short_line_above_sentences_is_a_heading() -> None:
    assert headings(NOTE) == ["Pas aanvragen", "Wat kost lenen?"]


def test_what_stands_under_it_is_said_under_it_and_it_says_nothing_itself() -> None:
    document = read(NOTE)
    found = Cut(document).within([Span(0, len(document.text))])
    under = {
        one.text: [document.text[span.start : span.end] for span in one.headings] for one in found
    }
    assert under["Dat is gratis."] == ["Pas aanvragen"]
    assert under["Lenen kost twee euro per uur."] == ["Wat kost lenen?"]
    assert "Pas aanvragen" not in under


@pytest.mark.parametrize("text", ["Een losse regel\n", "# Titel\n\nEen regel.\n"])
def test_a_line_with_nothing_below_it_stays_what_it_is(text: str) -> None:
    assert set(headings(text)) <= {"Titel"}
