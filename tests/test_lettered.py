"""Lists with letters, as regulations have them."""

from __future__ import annotations

import pytest
from bicycles import read

from assistant.statements import list_after, sentences_of
from ingest.lettered import lettered_items
from ingest.records import BlockKind


def test_a_list_with_letters_is_a_list() -> None:
    document = read(
        "Geld is er voor een club die:\n\na. leden heeft;\nb. een plan heeft.\n\nKlaar."
    )

    assert [block.kind for block in document.blocks] == [
        BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ITEM, BlockKind.PARAGRAPH,
    ]  # fmt: skip
    assert list_after(document, 0) == [1, 2]
    spans = [sentences_of(document, number)[0] for number in (1, 2)]
    assert [document.text[s.start : s.end] for s in spans] == ["leden heeft;", "een plan heeft."]
    assert "\na. leden heeft;\nb." in document.text  # who reads the document sees the letters


def test_a_list_in_an_item_stands_under_it() -> None:
    document = read("1. Nodig is: a. een plan; b. een begroting.\n2. Verder niets.")

    assert [(block.kind, block.level) for block in document.blocks] == [
        (BlockKind.ITEM, 1), (BlockKind.ITEM, 2), (BlockKind.ITEM, 2), (BlockKind.ITEM, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Zie bijlage a. Daar staat de kaart.",
        "Kies: b. de tweede; c. de derde.",
        "Het gaat om lid a. en lid b. van de wet.",
        "",
    ],
)
def test_what_has_no_letters_in_order_is_no_list(text: str) -> None:
    assert lettered_items(text) == (text, [])


def test_links_stay_with_the_item_that_has_them() -> None:
    document = read("Zie:\n\na. [de kaart](https://haven.example/kaart);\nb. het plan.")

    assert [[link.label for link in block.links] for block in document.blocks] == [
        [], ["de kaart"], [],
    ]  # fmt: skip
