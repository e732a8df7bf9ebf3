"""Reading plain text, also a text layer without layout."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import FileError
from ingest.formats.plaintext import read
from ingest.records import BlockKind, Draft

H, P, L, F = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.FOOTNOTE


def draft(text: str) -> Draft:
    return read(text.encode())


def blocks(text: str) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in draft(text).blocks]


def test_lines_that_a_page_broke_are_joined() -> None:
    assert blocks("De gemeente besluit\nin het voorjaar\nover de zwemlessen.") == [
        (P, "De gemeente besluit in het voorjaar over de zwemlessen.")
    ]


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ("De organ-\nisatie van het werk is klaar.", "De organisatie van het werk is klaar."),
        ("Er is af-\nen ombouw nodig hier.", "Er is af- en ombouw nodig hier."),
        ("Het vmbo-\nadvies. Een vmbo-advies is er.", "Het vmbo-advies. Een vmbo-advies is er."),
        ("Mail naar jan@\nvoorbeeld.nl voor meer.", "Mail naar jan@voorbeeld.nl voor meer."),
        ("Bel Noord-\nHolland voor meer uitleg.", "Bel Noord- Holland voor meer uitleg."),
    ],
)  # fmt: skip
def test_words_that_a_line_end_cut_are_mended(lines: str, joined: str) -> None:
    assert blocks(lines) == [(P, joined)]


def test_short_lines_above_text_are_headings() -> None:
    found = draft(
        "Zwemles in de wijk\n\nInleiding\n\nElk kind leert zwemmen.\n\n"
        "Wie betaalt dat?\n\nDe gemeente betaalt."
    )
    assert [(b.kind, b.text, b.level) for b in found.blocks] == [
        (H, "Zwemles in de wijk", 1),
        (H, "Inleiding", 2),
        (P, "Elk kind leert zwemmen.", 0),
        (H, "Wie betaalt dat?", 2),
        (P, "De gemeente betaalt.", 0),
    ]


def test_numbered_sections_say_their_depth() -> None:
    found = draft(
        "Nota zwemles\n\n1. Doel\n\nElk kind zwemt.\n\n1.1 Bereik\n\nHet hele land doet mee."
    )
    assert [(b.text, b.level) for b in found.blocks if b.kind is H] == [
        ("Nota zwemles", 1),
        ("1. Doel", 2),
        ("1.1 Bereik", 3),
    ]


def test_items_keep_their_numbers_and_lose_their_bullets() -> None:
    found = draft(
        "De gemeente doet dit:\n• lessen geven\n• badmeesters zoeken\n\n"
        "1. Eerst komt er een plan.\n2. Daarna komt er geld.\n"
    )
    assert [(b.kind, b.text, b.ordinal) for b in found.blocks] == [
        (P, "De gemeente doet dit:", None),
        (L, "lessen geven", None),
        (L, "badmeesters zoeken", None),
        (L, "Eerst komt er een plan.", 1),
        (L, "Daarna komt er geld.", 2),
    ]


def test_a_footnote_under_its_text_is_a_block_of_its_own() -> None:
    assert blocks("Dit bespreken de tafels.\n1 De tafels zijn landelijk.") == [
        (P, "Dit bespreken de tafels."),
        (F, "De tafels zijn landelijk."),
    ]


def test_a_date_directly_above_text_is_its_heading_and_a_loose_one_is_not() -> None:
    assert blocks("Juni 2025\n\nMei 2025\nUitleg: het bad gaat open.\n\nSlot van de tekst.") == [
        (P, "Juni 2025"),
        (H, "Mei 2025"),
        (P, "Uitleg: het bad gaat open."),
        (P, "Slot van de tekst."),
    ]  # fmt: skip


def test_markdown_headings_in_plain_text_count() -> None:
    assert blocks("## Doel\nElk kind zwemt.") == [(H, "Doel"), (P, "Elk kind zwemt.")]


def test_addresses_do_not_run_into_each_other() -> None:
    assert blocks("https://een.nl/a\nhttps://twee.nl/b\ninfo@drie.nl\n") == [
        (P, "https://een.nl/a"),
        (P, "https://twee.nl/b"),
        (P, "info@drie.nl"),
    ]


def test_an_empty_file_has_no_blocks() -> None:
    assert draft(" \n\u200b\n\f").blocks == ()


SCRAPS = st.sampled_from(
    ["woord", "Woord", "Mei 2025", "Doorlopend", "1. ", "1 ", "12) ", "- ", "• ",
     "•", "# ", "a-", "-", "@",
     "https://x.nl", "x@y.nl", "\n", "\n\n", " ", ".", "?", ":", "Kop:", "\f", "\t", "1.1 Doel",
     "Oktober 2025 –", "december 2025", "en"]
)  # fmt: skip
LAYERS = st.lists(SCRAPS, max_size=40).map("".join)


@given(st.one_of(st.binary(), st.text().map(str.encode), LAYERS.map(str.encode)))
def test_any_bytes_give_a_draft_or_a_file_error(content: bytes) -> None:
    try:
        found = read(content)
    except FileError as problem:
        assert problem.what and problem.advice
        return
    for block in found.blocks:
        assert block.text.strip() and "\n" not in block.text
        assert (block.level > 0) == (block.kind in {H, L})


@given(LAYERS)
def test_no_word_is_lost(text: str) -> None:
    import re

    def letters(value: str) -> str:
        return "".join(re.findall(r"[A-Za-z]", value))

    assert letters("".join(block.text for block in draft(text).blocks)) == letters(text)
