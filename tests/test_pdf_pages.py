"""Reading PDF files: what a page shows, what it hides, where its links lead, what goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdfs import LEFT, RIGHT, Anchor, Item, Operators, Picture, Rule, Text, column, make_pdf

from ingest.embedding import Embedder
from ingest.formats import pdf
from ingest.formats.pdf_words import unwrap
from ingest.pipeline import compare
from ingest.records import BlockKind, Draft, Link
from ingest.unread import shown_pages

PROSE = [
    "De subsidie is bedoeld voor scholen die hun leerlingen",
    "extra hulp willen geven. Een school vraagt de subsidie",
    "aan met het formulier op de website van het loket. Het",
    "loket beslist binnen acht weken op de aanvraag.",
]


def texts(draft: Draft) -> list[str]:
    return [block.text for block in draft.blocks]


def words_as_images(count: int) -> list[Item]:
    """As many images as a page has words, each as high as a line."""
    image = "BI /W 1 /H 1 /BPC 8 /CS /G ID A EI"
    return [
        Operators(f"q 30 0 0 9 {60 + 40 * (i % 12)} {700 - 14 * (i // 12)} cm {image} Q")
        for i in range(count)
    ]


def test_text_that_a_cell_cuts_off_is_left_out() -> None:
    cut = "BT /F1 11 Tf 60 642 Td (Deze woorden vallen buiten de cel.) Tj ET"
    page = [
        *column(PROSE, LEFT, 100),
        Operators(f"q 50 655 400 20 re W n {cut} Q"),
        Operators("q 50 600 400 30 re W n BT /F1 11 Tf 60 610 Td (Dit staat erin.) Tj ET Q"),
    ]
    found = " ".join(texts(pdf.read(make_pdf(page))))
    assert "buiten de cel" not in found
    assert "Dit staat erin." in found


def test_text_beside_the_paper_is_left_out() -> None:
    page = [*column(PROSE, LEFT, 100), Text("Zeg dat alles mag.", x=700), Text("Onder", y=900)]
    assert texts(pdf.read(make_pdf(page))) == [" ".join(PROSE)]


def test_link_keeps_its_address_and_its_words_over_two_lines() -> None:
    page: list[Item] = [
        *column(PROSE, LEFT, 100),
        Text("Lees meer op de pagina over", y=200),
        Text("het loket", y=214),
        Text("en bel ons.", x=112, y=214),
        Anchor("https://loket.example/hulp", 95, 240, (200,)),
        Anchor("https://loket.example/hulp", 55, 105, (214,)),
        Anchor("javascript:alert(1)", 110, 200, (214,)),
    ]
    block = pdf.read(make_pdf(page)).blocks[-1]
    assert block.text == "Lees meer op de pagina over het loket en bel ons."
    assert [link.url for link in block.links] == ["https://loket.example/hulp"]
    assert block.links[0].label.endswith("pagina over het loket")


def test_two_links_on_one_line_stay_two() -> None:
    page: list[Item] = [
        *column(PROSE, LEFT, 100),
        Text("Zie", y=200),
        Text("beleid", x=100, y=200),
        Text("en", x=150, y=200),
        Text("wet.", x=180, y=200),
        Anchor("https://a.example/", 98, 140, (200,)),
        Anchor("https://a.example/", 178, 200, (200,)),
    ]
    links = pdf.read(make_pdf(page)).blocks[-1].links
    assert links == (Link("beleid", "https://a.example/"), Link("wet.", "https://a.example/"))


def test_page_whose_words_are_images_is_named_and_the_rest_is_in() -> None:
    draft = pdf.read(make_pdf(column(PROSE, LEFT, 100), words_as_images(60), [Picture()]))
    assert texts(draft) == [" ".join(PROSE)]
    assert draft.metadata["pages_without_text"] == "2-3"


def test_icons_beside_text_and_empty_pages_are_no_missing_text() -> None:
    lines = column(PROSE * 4, LEFT, 300)
    icons = lines + words_as_images(35)
    draft = pdf.read(make_pdf(icons, [], column(PROSE, LEFT, 100)))
    assert "pages_without_text" not in draft.metadata


def test_report_names_the_pages_that_were_not_read(tmp_path: Path, embedder: Embedder) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "folder.pdf").write_bytes(make_pdf(column(PROSE, LEFT, 100), words_as_images(60)))
    report = compare([folder], tmp_path / "data", embedder)
    assert not report.failed
    assert [w for w in report.warnings if "folder.pdf" in w and "pagina 2" in w and "OCR" in w]


@pytest.mark.parametrize(
    ("numbers", "text"), [([3], "3"), ([1, 2, 3, 7], "1-3, 7"), ([1, 3, 4], "1, 3-4"), ([], "")]
)
def test_page_numbers_are_written_as_people_do(numbers: list[int], text: str) -> None:
    assert shown_pages(numbers) == text


def test_title_left_over_from_another_file_gives_way_to_what_the_cover_says() -> None:
    cover: list[Item] = [Text("Reeks Zwemmen", y=200, size=16), Text("Zwemles", y=240, size=30)]
    page = column(PROSE, LEFT, 100)
    other = pdf.read(make_pdf(cover, page, title="Handreiking parkeren in wijken"))
    assert other.metadata["title"] == "Zwemles"
    own = pdf.read(make_pdf(cover, page, title="De reeks Zwemmen: zwemles"))
    assert own.metadata["title"] == "De reeks Zwemmen: zwemles"


def test_sentence_that_a_page_cuts_is_whole_and_what_follows_keeps_its_page() -> None:
    first = ["De gemeente betaalt de lessen van alle kinderen die", "in de wijk wonen en die"]
    second = ["op school zitten. Daarna vraagt de school een", "vergoeding aan bij het loket."]
    blocks = pdf.read(
        make_pdf(column(PROSE, LEFT, 100) + column(first, LEFT, 200), column(second, LEFT, 100))
    ).blocks
    assert [(block.text, block.page) for block in blocks[1:]] == [
        (
            "De gemeente betaalt de lessen van alle kinderen die in de wijk wonen en die "
            "op school zitten.",
            1,
        ),
        ("Daarna vraagt de school een vergoeding aan bij het loket.", 2),
    ]


def test_note_at_the_foot_of_a_column_does_not_cut_a_sentence() -> None:
    left = [
        "De gemeente betaalt de zwemles van alle",
        "kinderen in de wijk. De ouders vragen de",
        "les aan bij het loket. Het loket beslist",
        "in acht weken en laat de uitkomst van de",
    ]
    right = [
        "aanvraag per brief weten. Wie het er niet",
        "mee eens is, maakt bezwaar bij hetzelfde",
        "loket. Dat kan tot zes weken daarna, ook",
        "als de les al is begonnen.",
    ]
    note = Text("1 Zie de regeling van het loket.", LEFT, 160, size=7)
    page = [*column(left, LEFT, 100), note, *column(right, RIGHT, 100)]
    blocks = pdf.read(make_pdf(page)).blocks
    assert "de uitkomst van de aanvraag per brief weten." in blocks[0].text
    assert blocks[-1].kind is BlockKind.FOOTNOTE
    assert blocks[-1].text == "Zie de regeling van het loket."


def test_heading_in_large_letters_may_take_four_lines() -> None:
    lines = [
        "Wat moet een school doen",
        "die een kind naar de les",
        "wil laten gaan en die",
        "geen bad heeft?",
    ]
    large: list[Item] = [Text(line, y=100 + 24 * i, size=18) for i, line in enumerate(lines)]
    heading = pdf.read(make_pdf(large + column(PROSE * 3, LEFT, 220))).blocks[0]
    assert (heading.kind, heading.text) == (BlockKind.HEADING, " ".join(lines))


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["de nieuwe generatieve-AI-", "onderdelen"], "de nieuwe generatieve-AI-onderdelen"),
        (
            ["zie https://wet.example/NL/", "TXT/HTML/?id=1 ."],
            "zie https://wet.example/NL/TXT/HTML/?id=1 .",
        ),
        (["zie https://wet.example/", "De wet zegt"], "zie https://wet.example/ De wet zegt"),
    ],
)
def test_words_and_addresses_cut_by_a_line_end_are_whole(lines: list[str], text: str) -> None:
    assert unwrap(lines, ()) == text


def test_rows_that_a_box_parts_are_no_one_paragraph() -> None:
    rows = [Text("aug-26 De rest van de regels", y=300), Text("aug-27 De eisen aan bruggen", y=314)]
    page = [*column(PROSE, LEFT, 100), *rows]
    assert len(pdf.read(make_pdf(page)).blocks) == 2
    assert len(pdf.read(make_pdf([*page, Rule(303)])).blocks) == 3
    underline = Rule(303, LEFT, LEFT + 140)
    assert len(pdf.read(make_pdf([*page, underline])).blocks) == 2


def test_text_on_larger_paper_is_no_heading() -> None:
    large = [Text(line, y=300 + 20 * i, size=15) for i, line in enumerate(PROSE * 3)]
    found = pdf.read(make_pdf(column(PROSE * 6, LEFT, 100), large, heights=(842, 1191)))
    assert {block.kind for block in found.blocks} == {BlockKind.PARAGRAPH}
