"""Reading PDF files: order, structure, what repeats, and files that cannot be read."""

from __future__ import annotations

import contextlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfs import LEFT, RIGHT, Picture, Rule, Text, column, make_pdf

from ingest.errors import FileError
from ingest.formats import pdf
from ingest.records import BlockKind, Draft, DraftBlock

REAL = Path(__file__).parents[1].parent / "shared" / "data" / "policy-docs"
DOCUMENTS = REAL / "voldoen-aan-wetten-en-regels" / "hulpmiddelen" / "documenten"


def texts(draft: Draft, kind: BlockKind | None = None) -> list[str]:
    return [block.text for block in draft.blocks if kind is None or block.kind is kind]


def find(draft: Draft, words: str) -> DraftBlock:
    return next(block for block in draft.blocks if words in block.text)


PROSE = [
    "De subsidie is bedoeld voor scholen die hun leerlingen",
    "extra hulp willen geven. Een school vraagt de subsidie",
    "aan met het formulier op de website van het loket. Het",
    "loket beslist binnen acht weken op de aanvraag.",
]


def test_lines_become_one_paragraph_with_its_page() -> None:
    draft = pdf.read(make_pdf([Text("Voorblad")], column(PROSE, LEFT, 100)))
    block = find(draft, "subsidie is bedoeld")
    assert block.text == " ".join(PROSE)
    assert (block.kind, block.page) == (BlockKind.PARAGRAPH, 2)


def test_columns_are_read_one_after_the_other_though_the_file_mixes_them() -> None:
    left = [f"Links staat regel {i} van het verhaal over water," for i in range(8)]
    right = [f"rechts staat regel {i} van een ander verhaal," for i in range(8)]
    page: list[Text | Rule | Picture] = []
    for one, other in zip(column(left, LEFT, 150), column(right, RIGHT, 150), strict=True):
        page += [one, other]
    text = " ".join(texts(pdf.read(make_pdf([Text("Een kop boven alles", y=100, size=20), *page]))))
    places = [text.index(line) for line in ["Een kop boven alles", *left, *right]]
    assert places == sorted(places)


def test_short_paragraph_between_columns_keeps_its_place() -> None:
    wide = "Deze zin loopt over de hele breedte van de bladzijde en staat tussen twee stukken in."
    upper = [f"Boven links regel {i} met genoeg woorden erin" for i in range(5)]
    other = [f"Boven rechts regel {i} met genoeg woorden" for i in range(5)]
    lower = [f"Onder links regel {i} met genoeg woorden erin" for i in range(5)]
    last = [f"Onder rechts regel {i} met genoeg woorden" for i in range(5)]
    page = [
        *column(upper, LEFT, 100),
        *column(other, RIGHT, 100),
        Text(wide, LEFT, 220),
        *column(lower, LEFT, 280),
        *column(last, RIGHT, 280),
    ]
    text = " ".join(texts(pdf.read(make_pdf(page))))
    places = [text.index(words) for words in (upper[0], other[0], wide, lower[0], last[0])]
    assert places == sorted(places)


def test_larger_and_bold_lines_are_headings_by_level() -> None:
    page = [
        Text("Subsidieregeling", y=80, size=22),
        Text("Wie krijgt subsidie", y=120, size=15),
        *column(PROSE, LEFT, 145),
        Text("Uitzonderingen", y=225, bold=True),
        *column(PROSE, LEFT, 245),
    ]
    headings = [b for b in pdf.read(make_pdf(page)).blocks if b.kind is BlockKind.HEADING]
    assert [(b.level, b.text) for b in headings] == [
        (1, "Subsidieregeling"),
        (2, "Wie krijgt subsidie"),
        (3, "Uitzonderingen"),
    ]


def test_list_items_lose_their_mark_and_keep_number_and_depth() -> None:
    page = [
        *column(PROSE, LEFT, 100),
        Text("• eerste punt dat doorloopt op", LEFT, 180),
        Text("een tweede regel", LEFT + 8, 194),
        Text("• dieper punt", LEFT + 30, 208),
        Text("• weer gewoon punt", LEFT, 222),
        Text("1. stap een", LEFT, 260),
        Text("2. stap twee", LEFT, 274),
    ]
    items = [b for b in pdf.read(make_pdf(page)).blocks if b.kind is BlockKind.ITEM]
    assert [(b.text, b.level, b.ordinal) for b in items[:3]] == [
        ("eerste punt dat doorloopt op een tweede regel", 1, None),
        ("dieper punt", 2, None),
        ("weer gewoon punt", 1, None),
    ]
    assert [(b.text, b.ordinal) for b in items[3:]] == [("stap een", 1), ("stap twee", 2)]


def test_words_cut_by_a_line_end_are_mended() -> None:
    lines = [
        "Voor de af-",
        "en ombouw van gebouwen geldt een ver-",
        "gunning. Dat staat in de AI-",
        "verordening van de Europese Unie.",
    ]
    draft = pdf.read(make_pdf(column(lines, LEFT, 100)))
    assert texts(draft) == [
        "Voor de af- en ombouw van gebouwen geldt een vergunning. "
        "Dat staat in de AI-verordening van de Europese Unie."
    ]


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [
        [
            Text("Jaarverslag van de gemeente", y=30, size=8),
            *column([f"Hoofdstuk {n} gaat over geld.", *PROSE], LEFT, 120),
            Text(f"{n} / 4", x=500, y=815, size=8),
        ]
        for n in (1, 2, 3, 4)
    ]
    text = " ".join(texts(pdf.read(make_pdf(*pages))))
    assert "Jaarverslag" not in text
    assert "/ 4" not in text
    assert text.count("subsidie is bedoeld") == 4


def test_ruled_table_gives_rows_with_their_header() -> None:
    page: list[Text | Rule | Picture] = [*column(PROSE, LEFT, 60), Rule(140)]
    cells = [
        ("Regeling", "Bedrag", "Datum"),
        ("Bijles", "500 euro", "1 mei 2026"),
        ("Zwemles", "120 euro", "1 juni 2026"),
    ]
    for i, row in enumerate(cells):
        page += [Text(cell, LEFT + 160 * j, 155 + 25 * i) for j, cell in enumerate(row)]
        page.append(Rule(165 + 25 * i))
    assert texts(pdf.read(make_pdf(page)), BlockKind.ROW) == [
        "Regeling: Bijles | Bedrag: 500 euro | Datum: 1 mei 2026",
        "Regeling: Zwemles | Bedrag: 120 euro | Datum: 1 juni 2026",
    ]


def test_cells_without_rules_stay_together_in_order() -> None:
    page: list[Text | Rule | Picture] = [*column(PROSE, LEFT, 60)]
    for i, (name, amount) in enumerate([("Bijles", "500"), ("Zwemles", "120"), ("Taal", "75")]):
        page += [Text(name, LEFT, 150 + 20 * i), Text(amount, RIGHT, 150 + 20 * i)]
    text = " ".join(texts(pdf.read(make_pdf(page))))
    places = [text.index(w) for w in ("Bijles", "500", "Zwemles", "120", "Taal", "75")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Regeling schoolmaaltijden", True),
        ("Microsoft Word - concept v3.docx", False),
        ("Naamloos", False),
        ("RO_PUBL_030_A4_Informatieblad", False),
    ],
)
def test_title_is_kept_only_if_a_person_gave_it(title: str, kept: bool) -> None:
    draft = pdf.read(make_pdf(column(PROSE, LEFT, 100), title=title))
    assert ("title" in draft.metadata) is kept


def test_scan_is_refused_with_advice_on_text_recognition() -> None:
    with pytest.raises(FileError, match="alleen afbeeldingen") as caught:
        pdf.read(make_pdf([Picture()], [Picture(), Text("3", y=810)]))
    assert "OCR" in caught.value.advice


def test_locked_file_is_refused() -> None:
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter(
        clone_from=pypdf.PdfReader(BytesIO(make_pdf(column(PROSE, LEFT, 100))))
    )
    writer.encrypt("geheim", algorithm="RC4-128")
    locked = BytesIO()
    writer.write(locked)
    with pytest.raises(FileError, match="wachtwoord"):
        pdf.read(locked.getvalue())


@pytest.mark.parametrize("content", [b"", b"geen pdf", b"%PDF-1.7 en dan niets"])
def test_file_that_is_no_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(FileError):
        pdf.read(content)


def test_cut_file_gives_its_text_or_an_error() -> None:
    whole = make_pdf(column(PROSE, LEFT, 100))
    for length in range(0, len(whole), 97):
        with contextlib.suppress(FileError):
            assert pdf.read(whole[:length]).blocks


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.integers(min_value=0, max_value=900))
def test_damaged_file_gives_its_text_or_an_error(noise: bytes, place: int) -> None:
    whole = make_pdf(column(PROSE, LEFT, 100))
    try:
        draft = pdf.read(whole[:place] + noise + whole[place + len(noise) :])
    except FileError:
        return
    assert all(block.text.strip() for block in draft.blocks)


needs_documents = pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="no policy documents here")


@needs_documents
def test_real_guide_reads_column_by_column() -> None:
    draft = pdf.read((DOCUMENTS / "AI-verordening_Handreiking_AI-systemen.pdf").read_bytes())
    headings = {b.text: b.page for b in draft.blocks if b.kind is BlockKind.HEADING}
    assert headings["2.1. Kies een registratiemethode"] == 5
    assert headings["3. Identificatie: ‘AI-systemen’"] == 6
    order = [h.split()[0] for h in headings if h.startswith(("2.1.", "2.2. ", "2.3.", "3.1."))]
    assert order == ["2.1.", "2.2.", "2.3.", "3.1."]
    # The last line of the left column goes on in the right one.
    assert "dubbel werk te voorkomen:" in find(draft, "dubbel werk").text
    assert not any("/ 16" in block.text for block in draft.blocks)


@needs_documents
def test_real_tables_keep_their_header_on_every_row() -> None:
    name = "AI-Verordening_Blauwdruk_Geletterdheidsprogramma.pdf"
    rows = [
        block
        for block in pdf.read((DOCUMENTS / name).read_bytes()).blocks
        if block.kind is BlockKind.ROW and block.page == 6
    ]
    assert len(rows) == 9
    assert all(row.text.startswith("Acties: ") for row in rows)
    assert "Hulpmiddelen: • Factsheet" in rows[1].text


@needs_documents
def test_real_questions_are_headings_above_their_answer() -> None:
    draft = pdf.read((DOCUMENTS / "GenAI_compliance_FAQ.pdf").read_bytes())
    question = next(i for i, b in enumerate(draft.blocks) if b.text == "Wat is Generatieve AI?")
    assert draft.blocks[question].kind is BlockKind.HEADING
    assert draft.blocks[question].page == 4
    assert draft.blocks[question + 1].text.startswith("Generatieve AI heeft")
    assert any(b.kind is BlockKind.FOOTNOTE and b.page == 4 for b in draft.blocks)


@needs_documents
def test_real_table_without_rules_keeps_its_rows() -> None:
    draft = pdf.read((DOCUMENTS / "GenAI_compliance_FAQ.pdf").read_bytes())
    rows = [b.text for b in draft.blocks if b.kind is BlockKind.ROW and b.page == 15]
    assert len(rows) == 9
    assert "Referentie: ISO/IEC TS 4213 | Traject: Accuracy of classification systems" in rows


@needs_documents
def test_real_file_with_words_as_images_gives_its_notes_and_names_its_pages() -> None:
    draft = pdf.read(real("Vereisten AI verordening - AI Geletterdheid v1.1.pdf"))
    assert draft.metadata["pages_without_text"] == "1-4"
    assert "Zie ook Artikel 95 lid 2" in draft.blocks[0].text


@needs_documents
def test_real_overview_leaves_out_what_its_cells_cut_off() -> None:
    rows = texts(pdf.read(real("AI_Verordening_Roadmap_Inwerkingtreding.pdf")), BlockKind.ROW)
    assert any(row.startswith("aug-27 Artikel 6 lid 1") for row in rows)


@needs_documents
def test_real_cover_and_links_are_kept() -> None:
    draft = pdf.read(real("GenAI_compliance_FAQ.pdf"))
    assert draft.metadata["title"] == "Veelgestelde vragen Generatieve AI compliance"
    urls = [link.url for block in draft.blocks for link in block.links]
    assert "https://ai-act-standards.com/" in urls


def real(name: str) -> bytes:
    return (DOCUMENTS / name).read_bytes()
