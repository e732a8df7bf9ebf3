"""Reading Word documents."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import docx as word
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import FileError
from ingest.formats import archives, docx
from ingest.records import BlockKind, Draft, DraftBlock, Link

if TYPE_CHECKING:
    from docx.document import Document

REAL = Path(__file__).parents[1].parent / "shared" / "data" / "policy-docs"
DOCUMENTS = REAL / "voldoen-aan-wetten-en-regels" / "hulpmiddelen" / "documenten"


def save(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def read(document: Document) -> Draft:
    return docx.read(save(document))


def shapes(draft: Draft) -> list[tuple[BlockKind, int, int | None, str]]:
    return [(b.kind, b.level, b.ordinal, b.text) for b in draft.blocks]


def texts(draft: Draft, kind: BlockKind) -> list[str]:
    return [block.text for block in draft.blocks if block.kind is kind]


def add_xml(document: Document, inner: str) -> None:
    """Append a paragraph written as XML, before the section's properties."""
    paragraph = parse_xml(f"<w:p {nsdecls('w', 'r', 'wp', 'a')}>{inner}</w:p>")
    document.element.body.insert(len(document.element.body) - 1, paragraph)


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_headings_paragraphs_and_lists_keep_their_place_and_level() -> None:
    document = word.Document()
    document.add_heading("Regeling bijles", level=1)
    document.add_paragraph("Voor scholen   in de\nregio.")
    document.add_heading("Aanvragen", level=2)
    document.add_paragraph("vul in", style="List Number")
    document.add_paragraph("stuur op", style="List Number")
    document.add_paragraph("per post", style="List Bullet 2")
    document.add_paragraph("")
    assert shapes(read(document)) == [
        (BlockKind.HEADING, 1, None, "Regeling bijles"),
        (BlockKind.PARAGRAPH, 0, None, "Voor scholen in de regio."),
        (BlockKind.HEADING, 2, None, "Aanvragen"),
        (BlockKind.ITEM, 1, 1, "vul in"),
        (BlockKind.ITEM, 1, 2, "stuur op"),
        (BlockKind.ITEM, 2, None, "per post"),
    ]


def test_dutch_style_names_are_headings() -> None:
    document = word.Document()
    style = document.styles.add_style("Kop 2", 1)
    style.font.size = Pt(14)
    document.add_paragraph("Voorwaarden", style=style)
    assert shapes(read(document)) == [(BlockKind.HEADING, 2, None, "Voorwaarden")]


def test_table_rows_carry_the_header_and_stand_between_paragraphs() -> None:
    document = word.Document()
    document.add_paragraph("Voor de tabel")
    table = document.add_table(rows=3, cols=3)
    for row, values in zip(
        table.rows,
        [("Regeling", "Bedrag", "Datum"), ("Bijles", "500", "1 mei"), ("Zwemles", "", "1 juni")],
        strict=True,
    ):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    document.add_paragraph("Na de tabel")
    assert [b.text for b in read(document).blocks] == [
        "Voor de tabel",
        "Regeling: Bijles | Bedrag: 500 | Datum: 1 mei",
        "Regeling: Zwemles | Datum: 1 juni",
        "Na de tabel",
    ]


def test_cell_beside_several_rows_labels_each_and_one_above_columns_is_not_repeated() -> None:
    document = word.Document()
    table = document.add_table(rows=3, cols=3)
    for row, values in zip(
        table.rows, [("Fase", "Stap", "Wie"), ("Een", "a", "x"), ("", "b", "y")], strict=True
    ):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(2, 1).merge(table.cell(2, 2))
    everything = texts(read(document), BlockKind.ROW)
    assert everything[0] == "Fase: Een | Stap: a | Wie: x"
    assert everything[1] == "Fase: Een | Stap: b y"


def test_form_with_labels_keeps_label_and_value_together() -> None:
    document = word.Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Naam:", "De Linde"
    table.cell(1, 0).text, table.cell(1, 1).text = "Plaats:", "Tiel"
    assert texts(read(document), BlockKind.ROW) == ["Naam: De Linde", "Plaats: Tiel"]


def test_frame_of_one_cell_is_read_as_text() -> None:
    document = word.Document()
    document.add_table(rows=1, cols=1).cell(0, 0).text = "Let op: vraag op tijd aan."
    assert shapes(read(document)) == [(BlockKind.PARAGRAPH, 0, None, "Let op: vraag op tijd aan.")]


def test_links_are_kept_beside_the_text() -> None:
    document = word.Document()
    key = document.part.relate_to(
        "https://example.nl/regeling",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    add_xml(document, f'{run("Lees ")}<w:hyperlink r:id="{key}">{run("de regeling")}</w:hyperlink>')
    add_xml(
        document,
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText>HYPERLINK "https://example.nl/vraag"</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run("stel een vraag")}<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    )
    first, second = read(document).blocks
    assert (first.text, first.links) == (
        "Lees de regeling",
        (Link("de regeling", "https://example.nl/regeling"),),
    )
    assert (second.text, second.links) == (
        "stel een vraag",
        (Link("stel een vraag", "https://example.nl/vraag"),),
    )


def test_hidden_and_deleted_text_is_out_and_inserted_text_is_in() -> None:
    document = word.Document()
    document.add_paragraph("Zichtbaar ").add_run("geheim").font.hidden = True
    add_xml(
        document,
        f"{run('De termijn is ')}<w:del><w:r><w:delText>vier</w:delText></w:r></w:del>"
        f"<w:ins>{run('acht')}</w:ins>{run(' weken.')}",
    )
    assert [b.text for b in read(document).blocks] == ["Zichtbaar", "De termijn is acht weken."]


def test_raised_numbers_of_notes_go_and_measures_stay() -> None:
    document = word.Document()
    paragraph = document.add_paragraph("De zaal is 40 m")
    paragraph.add_run("2").font.superscript = True
    paragraph.add_run(" en kost niets")
    paragraph.add_run("12").font.superscript = True
    paragraph.add_run(". Dat is de 2")
    paragraph.add_run("e").font.superscript = True
    paragraph.add_run(" keer.")
    assert texts(read(document), BlockKind.PARAGRAPH) == [
        "De zaal is 40 m² en kost niets. Dat is de 2e keer."
    ]


def test_content_controls_and_text_boxes_are_read() -> None:
    document = word.Document()
    inside = f"<w:p>{run('In een besturingselement')}</w:p>"
    control = f"<w:sdt {nsdecls('w')}><w:sdtContent>{inside}</w:sdtContent></w:sdt>"
    document.element.body.insert(0, parse_xml(control))
    box = f"<w:p>{run('In een tekstvak')}</w:p>"
    add_xml(
        document,
        f"{run('Bij het vak')}<w:r><w:pict><w:txbxContent>{box}</w:txbxContent></w:pict></w:r>",
    )
    assert [b.text for b in read(document).blocks] == [
        "In een besturingselement",
        "Bij het vak",
        "In een tekstvak",
    ]


def test_footnotes_follow_their_paragraph() -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    document = word.Document()
    note = f'<w:footnote w:id="2"><w:p>{run(" Zie artikel 3.")}</w:p></w:footnote>'
    blob = f"<w:footnotes {nsdecls('w')}>{note}</w:footnotes>".encode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    package = document.part.package
    assert package is not None
    part = Part(PackURI("/word/footnotes.xml"), kind, blob, package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    add_xml(document, f'{run("Dit mag")}<w:r><w:footnoteReference w:id="2"/></w:r>{run(".")}')
    document.add_paragraph("Volgende alinea")
    assert shapes(read(document)) == [
        (BlockKind.PARAGRAPH, 0, None, "Dit mag."),
        (BlockKind.FOOTNOTE, 0, None, "Zie artikel 3."),
        (BlockKind.PARAGRAPH, 0, None, "Volgende alinea"),
    ]


def test_numbers_that_word_shows_stand_in_the_heading() -> None:
    document = word.Document()
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for i, text in enumerate(("Artikel %1", "%1.%2"))
    )
    root = document.part.numbering_part.element
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'
    root.insert(0, parse_xml(abstract))
    number = f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'
    root.append(parse_xml(number))
    for level, text in ((0, "Begrippen"), (0, "Doel"), (1, "Bijles"), (1, "Zwemles")):
        properties = document.add_heading(text, level=level + 1)._p.get_or_add_pPr()
        numbering = properties.get_or_add_numPr()
        numbering.get_or_add_numId().val = 91
        numbering.get_or_add_ilvl().val = level
    assert texts(read(document), BlockKind.HEADING) == [
        "Artikel 1 Begrippen",
        "Artikel 2 Doel",
        "2.1 Bijles",
        "2.2 Zwemles",
    ]


def test_title_is_kept_if_somebody_gave_one() -> None:
    document = word.Document()
    document.add_paragraph("Tekst")
    document.core_properties.title = "Regeling bijles"
    assert read(document).metadata == {"title": "Regeling bijles"}
    document.core_properties.title = "Word Document"
    assert read(document).metadata == {}


def test_document_without_text_is_refused() -> None:
    with pytest.raises(FileError, match="geen tekst"):
        read(word.Document())


def test_archive_that_unpacks_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_UNPACKED_BYTES", 1000)
    with pytest.raises(FileError, match="te groot"):
        read(word.Document())


@pytest.mark.parametrize("content", [b"", b"gewone tekst", archives.OLE_SIGNATURE + bytes(600)])
def test_file_that_is_no_docx_is_refused(content: bytes) -> None:
    with pytest.raises(FileError):
        docx.read(content)


def test_cut_file_is_refused() -> None:
    document = word.Document()
    document.add_paragraph("Tekst")
    whole = save(document)
    for length in range(0, len(whole), 2003):
        with pytest.raises(FileError):
            docx.read(whole[:length])


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300), st.integers(min_value=0, max_value=36_000))
def test_damaged_file_gives_its_text_or_an_error(noise: bytes, place: int) -> None:
    document = word.Document()
    document.add_paragraph("Tekst")
    whole = save(document)
    try:
        draft = docx.read(whole[:place] + noise + whole[place + len(noise) :])
    except FileError:
        return
    assert all(block.text.strip() for block in draft.blocks)


def find(draft: Draft, words: str) -> DraftBlock:
    return next(block for block in draft.blocks if words in block.text)


@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="no policy documents here")
@pytest.mark.parametrize("name", ["Invultemplate-AIIA2.0.docx", "Invultemplate-AIIA2.0-EN.docx"])
def test_real_form_keeps_number_and_question_together(name: str) -> None:
    draft = docx.read((DOCUMENTS / name).read_bytes())
    numbers = [text.split(" | ")[0] for text in texts(draft, BlockKind.ROW)]
    assert numbers[:5] == ["1.1.1", "1.1.2", "1.1.3", "1.2.1", "1.2.2"]
    assert len([b for b in draft.blocks if b.kind is BlockKind.HEADING and b.level == 2]) > 20
    assert all(block.text.strip() for block in draft.blocks)
