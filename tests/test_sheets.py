"""Reading workbooks and CSV files."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import FileError
from ingest.formats import archives, sheets
from ingest.formats.sheet_values import shown
from ingest.records import BlockKind, Draft, Link

REAL = Path(__file__).parents[1].parent / "shared" / "data" / "policy-docs"
DOCUMENTS = REAL / "voldoen-aan-wetten-en-regels" / "hulpmiddelen" / "documenten"


def make_workbook() -> openpyxl.Workbook:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "Regelingen"
    sheet["A1"] = "Overzicht van regelingen"
    sheet["A2"] = "Bijgewerkt door het team"
    for row in (
        ("Regeling", "Ingang", "Budget", "Deel", "Scholen"),
        ("Bijles", dt.date(2026, 3, 3), 1250, 0.125, 7.0),
        ("Zwemles", None, 99.5, 1, 12),
    ):
        sheet.append(row)
    for number in (4, 5):
        sheet.cell(number, 2).number_format = "dd-mm-yyyy"
        sheet.cell(number, 3).number_format = '"€" #,##0.00'
        sheet.cell(number, 4).number_format = "0.0%"
    return workbook


def save(workbook: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def texts(draft: Draft, kind: BlockKind) -> list[str]:
    return [block.text for block in draft.blocks if block.kind is kind]


def test_rows_carry_the_header_and_values_as_people_write_them() -> None:
    draft = sheets.read_xlsx(save(make_workbook()))
    assert [(b.level, b.text) for b in draft.blocks if b.kind is BlockKind.HEADING] == [
        (2, "Regelingen")
    ]
    assert texts(draft, BlockKind.PARAGRAPH) == [
        "Overzicht van regelingen",
        "Bijgewerkt door het team",
    ]
    assert texts(draft, BlockKind.ROW) == [
        "Regeling: Bijles | Ingang: 3 maart 2026 | Budget: € 1.250,00 | Deel: 12,5% | Scholen: 7",
        "Regeling: Zwemles | Budget: € 99,50 | Deel: 100,0% | Scholen: 12",
    ]


def test_hidden_sheets_rows_and_columns_are_left_out() -> None:
    workbook = make_workbook()
    workbook.active.column_dimensions["C"].hidden = True
    workbook.active.row_dimensions[5].hidden = True
    workbook.create_sheet("Geheim").append(["verborgen", "blad"])
    workbook["Geheim"].sheet_state = "hidden"
    everything = " ".join(block.text for block in sheets.read_xlsx(save(workbook)).blocks)
    assert "Scholen: 7" in everything
    assert not any(word in everything for word in ("Budget", "Zwemles", "Geheim", "verborgen"))


def test_merged_names_above_the_header_go_with_their_columns() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(["", "Eenmalig", "", "Elk jaar", ""])
    sheet.append(["Soort", "Laag", "Hoog", "Laag", "Hoog"])
    sheet.append(["Advies", 10, 20, 30, 40])
    sheet.merge_cells("B1:C1")
    sheet.merge_cells("D1:E1")
    assert texts(sheets.read_xlsx(save(workbook)), BlockKind.ROW) == [
        "Soort: Advies | Eenmalig Laag: 10 | Eenmalig Hoog: 20 | Elk jaar Laag: 30 "
        "| Elk jaar Hoog: 40"
    ]


def test_name_beside_merged_names_is_not_lost() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(("Bedrag", None, "Voor wie", "Jaar", None))
    sheet.append(("klein", "groot", None, "eerste", "laatste"))
    sheet.append(("5", "10", "scholen", "2024", "2026"))
    sheet.merge_cells("A1:B1")
    sheet.merge_cells("D1:E1")
    assert texts(sheets.read_xlsx(save(workbook)), BlockKind.ROW) == [
        "Bedrag klein: 5 | Bedrag groot: 10 | Voor wie: scholen | Jaar eerste: 2024 "
        "| Jaar laatste: 2026"
    ]


def test_line_merged_over_the_table_is_no_row() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for row in (["Vraag", "Antwoord", "Bron"], ["Deel een"], ["Mag dit?", "Ja", "Art. 3"]):
        sheet.append(row)
    sheet.merge_cells("A2:C2")
    draft = sheets.read_xlsx(save(workbook))
    assert texts(draft, BlockKind.PARAGRAPH) == ["Deel een"]
    assert texts(draft, BlockKind.ROW) == ["Vraag: Mag dit? | Antwoord: Ja | Bron: Art. 3"]


def test_cell_beside_several_rows_labels_each_of_them() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for row in (
        ("Fase", "Stap", "Wie", "Opmerking"),
        ("Begin", "plan", "school", "voor alle stappen"),
        (None, "budget", "gemeente", None),
        ("Eind", "verslag", "school", None),
    ):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("D2:D3")
    assert texts(sheets.read_xlsx(save(workbook)), BlockKind.ROW) == [
        "Fase: Begin | Stap: plan | Wie: school | Opmerking: voor alle stappen",
        "Fase: Begin | Stap: budget | Wie: gemeente",
        "Fase: Eind | Stap: verslag | Wie: school",
    ]


def test_links_of_cells_and_of_formulas_are_kept_beside_the_text() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for row in (("Regeling", "Meer"), ("Bijles", "uitleg"), ("Zwemles", "top"), ("Gym", "mail")):
        sheet.append(row)
    sheet["B2"].hyperlink = "https://bijles.example/uitleg"
    sheet["B3"].hyperlink = "#Blad1!A1"
    sheet["A4"] = '=HYPERLINK("https://gym.example/","Gym")'
    content = with_shown_value(save(workbook), "Gym")
    rows = [block for block in sheets.read_xlsx(content).blocks if block.kind is BlockKind.ROW]
    assert [row.text for row in rows] == [
        "Regeling: Bijles | Meer: uitleg",
        "Regeling: Zwemles | Meer: top",
        "Regeling: Gym | Meer: mail",
    ]
    assert [row.links for row in rows] == [
        (Link("uitleg", "https://bijles.example/uitleg"),),
        (),
        (Link("Gym", "https://gym.example/"),),
    ]


def with_shown_value(content: bytes, value: str) -> bytes:
    """Put in the last result of the one formula, as a spreadsheet program does on saving."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace(b'<c r="A4">', b'<c r="A4" t="str">')
                part = part.replace(b"</f><v />", f"</f><v>{value}</v>".encode())
                part = part.replace(b"</f><v></v>", f"</f><v>{value}</v>".encode())
            new.writestr(name, part)
    return out.getvalue()


def test_title_of_a_workbook_is_kept() -> None:
    workbook = make_workbook()
    assert "title" not in sheets.read_xlsx(save(workbook)).metadata
    workbook.properties.title = "Regelingen voor scholen"
    assert sheets.read_xlsx(save(workbook)).metadata["title"] == "Regelingen voor scholen"


def test_sheet_of_running_text_gives_paragraphs() -> None:
    workbook = openpyxl.Workbook()
    for line in ("Wat is dit?", "Dit blad legt uit hoe de lijst werkt."):
        workbook.active.append([line])
    assert texts(sheets.read_xlsx(save(workbook)), BlockKind.PARAGRAPH) == [
        "Wat is dit?",
        "Dit blad legt uit hoe de lijst werkt.",
    ]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (3.0, "General", "3"),
        (0.1 + 0.2, "General", "0,3"),
        (1234567, "#,##0", "1.234.567"),
        (-5, '"€" #,##0.00', "-€ 5,00"),
        (0.5, "0%", "50%"),
        (dt.datetime(2026, 3, 3, 14, 30), "dd-mm-yyyy hh:mm", "3 maart 2026 14:30"),
        (dt.datetime(2024, 11, 1), "mmm-yy", "november 2024"),
        (dt.datetime(2024, 1, 1), "yyyy", "2024"),
        (dt.timedelta(hours=26, minutes=5), "[h]:mm", "26:05"),
        (123, "00000", "00123"),
        (5, '0 "dagen"', "5 dagen"),
        (1200, '"circa" #,##0', "circa 1.200"),
        (7, '"€" 0', "€ 7"),
        ("geheim", ";;;", ""),
        (True, "General", "WAAR"),
        ("#N/A", "General", ""),
        (None, "General", ""),
    ],
)
def test_value_is_shown_the_dutch_way(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_csv_is_read_whatever_its_delimiter_and_encoding(delimiter: str, encoding: str) -> None:
    rows = [["Regeling", "Doel"], ["Bijles", f'"Hulp{delimiter} ook voor één\nleerling"']]
    content = "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)
    shown_mark = delimiter.strip()
    assert texts(sheets.read_csv(content), BlockKind.ROW) == [
        f"Regeling: Bijles | Doel: Hulp{shown_mark} ook voor één leerling"
    ]


def test_line_that_names_the_separator_is_no_text() -> None:
    found = sheets.read_csv("sep=;\r\nNaam;Prijs\r\nBad, groot;3,50\r\n".encode("utf-8-sig"))
    assert [block.text for block in found.blocks] == ["Naam: Bad, groot | Prijs: 3,50"]


def test_title_lines_above_a_csv_table_are_paragraphs() -> None:
    content = b"Overzicht 2026;;\nNaam;Plaats;Aantal\nDe Linde;Tiel;12\n"
    draft = sheets.read_csv(content)
    assert texts(draft, BlockKind.PARAGRAPH) == ["Overzicht 2026"]
    assert texts(draft, BlockKind.ROW) == ["Naam: De Linde | Plaats: Tiel | Aantal: 12"]


def test_archive_that_unpacks_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_UNPACKED_BYTES", 1000)
    with pytest.raises(FileError, match="te groot"):
        sheets.read_xlsx(save(make_workbook()))


def test_archive_with_too_many_entries_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_ENTRIES", 3)
    with pytest.raises(FileError, match="te groot"):
        sheets.read_xlsx(save(make_workbook()))


def test_other_archives_and_old_files_are_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("brief.txt", "hallo")
    with pytest.raises(FileError, match="geen Word- of Excel-bestand"):
        sheets.read_xlsx(buffer.getvalue())
    with pytest.raises(FileError, match="wachtwoord"):
        sheets.read_xlsx(archives.OLE_SIGNATURE + bytes(600))


@pytest.mark.parametrize("content", [b"", b"  \n", b"a\0b"])
def test_csv_without_text_is_refused(content: bytes) -> None:
    with pytest.raises(FileError):
        sheets.read_csv(content)


def test_cut_workbook_is_refused() -> None:
    whole = save(make_workbook())
    for length in range(0, len(whole), 501):
        with pytest.raises(FileError):
            sheets.read_xlsx(whole[:length])


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.integers(min_value=0, max_value=5000))
def test_damaged_workbook_gives_its_text_or_an_error(noise: bytes, place: int) -> None:
    whole = save(make_workbook())
    try:
        draft = sheets.read_xlsx(whole[:place] + noise + whole[place + len(noise) :])
    except FileError:
        return
    assert all(block.text.strip() for block in draft.blocks)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_as_csv_give_text_or_an_error(content: bytes) -> None:
    try:
        draft = sheets.read_csv(content)
    except FileError:
        return
    assert all(block.text.strip() for block in draft.blocks)


needs_documents = pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="no policy documents here")


@needs_documents
def test_real_workbook_keeps_questions_with_their_header() -> None:
    draft = sheets.read_xlsx((DOCUMENTS / "AI-verordening_Impact_Analyse.xlsx").read_bytes())
    names = texts(draft, BlockKind.HEADING)
    assert names[:3] == ["Colofon", "Overzicht", "A. Inventarisatie"]
    assert not {"Roadmap", "Impactanalyse"} & set(names)  # hidden sheets
    start = next(i for i, b in enumerate(draft.blocks) if b.text == "D. Governance")
    rows = [b.text for b in draft.blocks[start:] if b.kind is BlockKind.ROW]
    assert all(row.startswith(("Vraag: ", "Toelichting: ")) for row in rows[:8])


@needs_documents
def test_real_assessment_shows_no_error_values() -> None:
    draft = sheets.read_xlsx((DOCUMENTS / "AIG self-assessment v4.xlsx").read_bytes())
    assert any(text.startswith("Niveau: 1. Bewust | ") for text in texts(draft, BlockKind.ROW))
    assert not any("#N/A" in block.text or "#REF" in block.text for block in draft.blocks)
