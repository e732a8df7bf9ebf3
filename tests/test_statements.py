"""Cutting passages into statements."""

from __future__ import annotations

import pytest
from bicycles import BICYCLES, read
from hypothesis import given
from hypothesis import strategies as st

from assistant.cutting import Cut, milestone_statements
from assistant.statements import Statement, headings_of, list_after, list_around, sentences_of
from ingest.milestones import find_milestones
from ingest.records import BlockKind, Document, Span

WAYS = """\
# Vervoer

Wie geen auto heeft, kan op vier manieren naar het strand. De manieren zijn:

1. Met de bus.

   Voorbeelden van de eerste manier:

   - lijn 4
   - lijn 9
2. Met de trein.
3. Lopend.
4. Op de fiets.

## Tarieven

Een rit kost twee euro. Kinderen betalen niets.

| Lijn | Prijs |
| --- | --- |
| 4 | € 2,00 |
| 9 | € 3,00 |
"""


def all_of(document: Document) -> list[Statement]:
    return Cut(document).within([Span(0, len(document.text))])


def one(document: Document, words: str) -> Statement:
    return next(found for found in all_of(document) if words in found.text)


def quote(document: Document, span: Span | None) -> str | None:
    return None if span is None else document.text[span.start : span.end]


def test_a_paragraph_falls_into_its_sentences() -> None:
    document = read("Een rit kost € 2,50, bijv. met lijn 4. Kinderen betalen niets.")

    assert [found.text for found in all_of(document)] == [
        "Een rit kost € 2,50, bijv. met lijn 4.",
        "Kinderen betalen niets.",
    ]


def test_a_heading_is_no_statement_but_what_statements_stand_under() -> None:
    document = read(WAYS)
    found = one(document, "Kinderen")

    assert [quote(document, span) for span in found.headings] == ["Vervoer", "Tarieven"]
    assert all(statement.text not in {"Vervoer", "Tarieven"} for statement in all_of(document))
    assert [document.text[h.start : h.end] for h in headings_of(document, found.span.start)] == [
        "Vervoer",
        "Tarieven",
    ]


def test_a_sentence_knows_the_one_before_it_in_its_paragraph() -> None:
    document = read(WAYS)

    assert quote(document, one(document, "Kinderen").neighbour) == "Een rit kost twee euro."
    assert one(document, "Een rit").neighbour is None


@pytest.mark.parametrize(
    ("text", "own", "quoted"),
    [
        (
            "Is je pas weg? Dan meld je dat. De balie is open.",
            "Dan meld",
            "Is je pas weg? Dan meld je dat.",
        ),
        (
            "Een rit mag na 9 uur. En niet later dan 17 uur. Dat scheelt drukte.",
            "Een rit",
            "Een rit mag na 9 uur. En niet later dan 17 uur.",
        ),
        (
            "Een rit mag na 9 uur. En niet later dan 17 uur. De balie is open.",
            "En niet",
            "Een rit mag na 9 uur. En niet later dan 17 uur.",
        ),
        ("De balie is open. De pas is gratis.", "De pas", "De pas is gratis."),
    ],
)
def test_a_sentence_is_quoted_with_those_it_says_little_without(
    text: str, own: str, quoted: str
) -> None:
    document = read(text)

    assert quote(document, one(document, own).quoted) == quoted


def test_an_item_knows_what_introduces_its_list_and_a_sub_item_its_item() -> None:
    document = read(WAYS)

    assert quote(document, one(document, "Op de fiets").lead) == "De manieren zijn:"
    assert quote(document, one(document, "lijn 9").lead) in {
        "Met de bus.",
        "Voorbeelden van de eerste manier:",
    }


def test_a_row_of_a_table_is_one_statement_with_its_header() -> None:
    found = one(read(WAYS), "€ 3,00")

    assert found.kind is BlockKind.ROW
    assert "Prijs" in found.text and "9" in found.text


def test_only_what_lies_in_the_given_spans_comes_out() -> None:
    document = read(BICYCLES)
    start = document.text.index("Er staan 46")
    found = Cut(document).within([Span(start, start + 50)])

    assert [statement.text for statement in found] == [
        "Er staan 46 fietsen in de binnenstad.",
        "Bij het station komen twaalf laadpalen.",
    ]
    assert Cut(document).within([]) == []


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), max_size=4))
def test_a_document_cut_bit_by_bit_has_the_statements_of_one_cut_at_once(
    places: list[tuple[int, int]],
) -> None:
    document = read(WAYS)
    spans = [Span(*sorted(place)) for place in places]
    cut = Cut(document)

    for looked in ([spans[0]] if spans else [], spans, spans):
        assert cut.within(looked) == [
            found
            for found in all_of(document)
            if any(span.start <= found.span.start < span.end for span in looked)
        ]


def test_a_numbered_list_has_all_its_items_and_not_their_examples() -> None:
    document = read(WAYS)
    expected = ["Met de bus.", "Met de trein.", "Lopend.", "Op de fiets."]

    for words in expected:
        lead, items = list_around(one(document, words))
        assert quote(document, lead) == "De manieren zijn:"
        assert [
            document.text[document.blocks[i].start : document.blocks[i].end] for i in items
        ] == expected
    assert list_after(document, one(document, "De manieren").block) == items


def test_a_list_in_one_sentence_falls_into_its_items() -> None:
    document = read(
        "In deze regeling wordt verstaan onder: a. kade: een plek aan het water; b. steiger: een "
        "plek in het water. Zie bijlage a. Daar staat de kaart."
    )

    assert [found.text for found in all_of(document)] == [
        "In deze regeling wordt verstaan onder:",
        "kade: een plek aan het water;",
        "steiger: een plek in het water.",
        "Zie bijlage a. Daar staat de kaart.",
    ]


def test_a_list_that_stands_deeper_than_others_has_its_items() -> None:
    document = read(
        "1. VERVOER\n\n   Er zijn drie lijnen:\n\n   - lijn 4\n   - lijn 9\n\n2. TARIEF\n"
    )
    lead = one(document, "drie lijnen")

    items = [document.blocks[number] for number in list_after(document, lead.block)]
    assert [document.text[item.start : item.end] for item in items] == ["lijn 4", "lijn 9"]


def test_a_list_stops_at_the_next_heading() -> None:
    document = read("# A\n\nDrie:\n\n- een\n- twee\n\n# B\n\n- drie\n")
    items = list_after(document, 1)

    assert [quote(document, sentences_of(document, i)[0]) for i in items] == ["een", "twee"]


def test_a_sentence_that_no_list_follows_has_no_items() -> None:
    document = read(WAYS)

    assert list_after(document, one(document, "Kinderen").block) == []


def test_a_label_that_returns_is_taken_off_what_it_labels() -> None:
    document = read("\n\n".join(f"Toelichting: dit is zaak {n}." for n in ("een", "twee", "drie")))
    found = all_of(document)

    assert [statement.text for statement in found] == [
        "dit is zaak een.",
        "dit is zaak twee.",
        "dit is zaak drie.",
    ]
    assert quote(document, found[0].lead) == "Toelichting: "


def test_a_milestone_is_a_statement_and_what_explains_it_has_it_as_topic() -> None:
    document = read(
        "# Plan\n\n## Mijlpaal: de brug gaat open\n\nPeriode: mei 2031\n\n"
        "Toelichting: Eerst wordt geverfd. Dan mag het verkeer erover.\n"
    )
    milestones = find_milestones(document)
    (statement,) = milestone_statements(document, milestones)
    explanation = Cut(document, milestones).within([Span(0, len(document.text))])[-1]

    assert statement.text == "de brug gaat open"
    assert statement.milestone is milestones[0]
    assert explanation.text == "Dan mag het verkeer erover."
    assert quote(document, explanation.topic) == "de brug gaat open"


@pytest.mark.parametrize("text", [BICYCLES, WAYS])
def test_statements_come_in_order_and_do_not_overlap(text: str) -> None:
    found = all_of(read(text))

    for before, after in zip(found, found[1:], strict=False):
        assert before.span.end <= after.span.start
    assert all(statement.text == statement.text.strip() != "" for statement in found)


lines = st.sampled_from([
    "# Kop",
    "## Lager",
    "Een zin. Nog een zin.",
    "Lijst:",
    "- punt",
    "  - dieper",
    "1. eerst",
    "2. dan",
    "",
])


@given(st.lists(lines, min_size=1, max_size=14))
def test_any_structure_gives_statements_that_hold_their_place(parts: list[str]) -> None:
    document = read("\n".join(["Begin.", *parts]))

    for statement in all_of(document):
        block = document.blocks[statement.block]
        assert block.start <= statement.span.start < statement.span.end <= block.end
        assert block.kind is not BlockKind.HEADING
        for span in (*statement.headings, statement.lead, statement.neighbour):
            assert span is None or span.start < statement.span.start
        if statement.kind is BlockKind.ITEM:
            _, items = list_around(statement)
            assert items == sorted(items)
            assert all(document.blocks[i].kind is BlockKind.ITEM for i in items)
