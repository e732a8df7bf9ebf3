"""Files made to hurt: each gets one clear line, and the good ones beside it come out."""

from __future__ import annotations

import io
import json
import os
import socket
import sqlite3
import stat
import tempfile
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import docx
import openpyxl
import pytest

from ingest.errors import EmptyCorpusError, FileError
from ingest.reading import READERS, find_files, read_document
from ingest.records import Document
from ingest.sandbox import read_all
from ingest.worker import Limits

GOOD = "# Kop\n\nTekst."
LIMITS = Limits(memory=500_000_000, cpu_seconds=30)
POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows has no such files")


def write(folder: Path, name: str, content: str | bytes = GOOD) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def names(found: list[tuple[Path, Path]]) -> list[str]:
    return [file.relative_to(folder).as_posix() for file, folder in found]


def report(folder: Path) -> dict[str, str]:
    """What became of each file of a folder: nothing, or what went wrong."""
    found = {}
    for outcome in read_all(find_files([folder]), workers=2, limits=LIMITS):
        if isinstance(outcome, Document):
            found[outcome.source] = ""
        else:
            assert outcome.file and outcome.advice and "\n" not in str(outcome)
            assert outcome.file not in found
            found[outcome.file] = outcome.what
    return found


def repacked(content: bytes, part: str, text: str) -> bytes:
    """A zip with one of its parts replaced."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, text if name == part else old.read(name))
    return made.getvalue()


def word_file() -> bytes:
    document, made = docx.Document(), io.BytesIO()
    document.add_paragraph("Tekst.")
    document.save(made)
    return made.getvalue()


def workbook_file() -> bytes:
    workbook, made = openpyxl.Workbook(), io.BytesIO()
    workbook.active.append(["Regeling", "Bedrag"])
    workbook.active.append(["Bijles", 12])
    workbook.save(made)
    return made.getvalue()


def pdf_file(stream: bytes, filters: str = "") -> bytes:
    """A PDF of one page; readers find the objects without the table at the end."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(stream), filters.encode(), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % item for item in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + body + b"trailer << /Root 1 0 R /Size 6 >>\n%%EOF\n"


def entity_bomb(use: str) -> str:
    levels = [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12)]
    return f'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY e0 "ha">{"".join(levels)}]>' + use


def deflated(megabytes: int) -> bytes:
    press = zlib.compressobj(1)
    block = b" " * 1_000_000
    return b"".join([*(press.compress(block) for _ in range(megabytes)), press.flush()])


def docx_deflate_bomb() -> bytes:
    return repacked(word_file(), "word/document.xml", " " * 300_000_000)


def pdf_deflate_bomb() -> bytes:
    return pdf_file(deflated(900), "/Filter /FlateDecode")


def docx_entity_bomb() -> bytes:
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f'<w:document xmlns:w="{namespace}"><w:body><w:p><w:r><w:t>&e11;</w:t></w:r></w:p>'
    bomb = entity_bomb(body + "</w:body></w:document>")
    return repacked(word_file(), "word/document.xml", bomb)


def xlsx_entity_bomb() -> bytes:
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = (
        f'<worksheet xmlns="{namespace}"><sheetData><row r="1"><c r="A1" t="inlineStr">'
        "<is><t>&e11;</t></is></c></row></sheetData></worksheet>"
    )
    return repacked(workbook_file(), "xl/worksheets/sheet1.xml", entity_bomb(sheet))


def many_entries() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number in range(100_000):
            archive.writestr(f"word/{number}.xml", b"")
    return made.getvalue()


def truncated_pdf() -> bytes:
    lines = b"\n".join(b"BT /F1 11 Tf 60 %d Td (Een regel.) Tj ET" % (800 - n) for n in range(600))
    return pdf_file(lines)[: len(lines) // 2]


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("bom.pdf", pdf_deflate_bomb),
        ("bom.docx", docx_deflate_bomb),
        ("entiteiten.docx", docx_entity_bomb),
        ("entiteiten.xlsx", xlsx_entity_bomb),
        ("vol.docx", many_entries),
        ("vol.xlsx", many_entries),
        ("half.pdf", truncated_pdf),
        ("half.docx", lambda: word_file()[:5_000]),
        ("half.xlsx", lambda: workbook_file()[:2_000]),
        ("diep.html", lambda: b"<div>" * 1_000_000),
        ("leeg.md", lambda: b""),
        ("leeg.pdf", lambda: b""),
    ],
)
def test_a_file_made_to_hurt_gets_one_line(
    tmp_path: Path, name: str, make: Callable[[], bytes]
) -> None:
    write(tmp_path, name, make())
    write(tmp_path, "a.md")
    write(tmp_path, "z.pdf", pdf_file(b"BT /F1 11 Tf 60 700 Td (Een hele regel tekst.) Tj ET"))
    found = report(tmp_path)
    assert found.pop(name)
    assert found == {"a.md": "", "z.pdf": ""}


@pytest.mark.parametrize("suffix", sorted(READERS))
def test_a_file_beyond_the_limit_is_not_even_read(tmp_path: Path, suffix: str) -> None:
    write(tmp_path, "a.md")
    with (tmp_path / f"groot{suffix}").open("wb") as stream:
        stream.truncate(200_000_000)  # takes no room on disk
    found = report(tmp_path)
    assert found["a.md"] == ""
    limit = "100 MB" if suffix == ".pdf" else "50 MB"
    assert "200 MB" in found[f"groot{suffix}"] and limit in found[f"groot{suffix}"]


@POSIX
def test_what_is_no_plain_file_is_never_opened(tmp_path: Path) -> None:
    write(tmp_path, "a.md")
    os.mkfifo(tmp_path / "pijp.md")  # opening it would wait for ever
    (tmp_path / "map.md").mkdir()
    with closing(socket.socket(socket.AF_UNIX)) as line:
        line.bind(str(tmp_path / "lijn.md"))
        found = report(tmp_path)
    assert found.pop("a.md") == ""
    assert "map" in found.pop("map.md")
    assert set(found) == {"lijn.md", "pijp.md"}
    assert all("geen gewoon bestand" in what for what in found.values())


def test_a_folder_named_like_a_file_is_a_folder(tmp_path: Path) -> None:
    write(tmp_path, "map.md/a.md")
    write(tmp_path, "los.docx/word/document.xml")
    assert names(find_files([tmp_path])) == ["los.docx", "map.md/a.md"]


@POSIX
def test_a_link_out_of_the_folder_is_named_and_not_followed(tmp_path: Path) -> None:
    docs, outside = tmp_path / "docs", tmp_path / "elders"
    write(docs, "sub/a.md")
    write(outside, "geheim.md")
    (docs / "uit.md").symlink_to(outside / "geheim.md")
    (docs / "map").symlink_to(outside)
    (docs / "omhoog").symlink_to("..")
    (docs / "passwd.txt").symlink_to("/etc/passwd")
    found = report(docs)
    assert found.pop("sub/a.md") == ""
    assert set(found) == {"uit.md", "map", "omhoog", "passwd.txt"}
    assert all("buiten de map" in what for what in found.values())


@POSIX
def test_a_path_that_climbs_out_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "x.md")
    docs = tmp_path / "een" / "twee"
    docs.mkdir(parents=True)
    with pytest.raises(FileError, match="buiten de map") as caught:
        read_document(docs / ".." / ".." / "x.md", docs)
    assert caught.value.file == "../../x.md"


@POSIX
def test_links_within_the_folder_and_in_circles_do_no_harm(tmp_path: Path) -> None:
    write(tmp_path, "sub/a.md")
    (tmp_path / "b.md").symlink_to("sub/a.md")
    (tmp_path / "sub" / "terug").symlink_to(tmp_path)
    (tmp_path / "zelf.md").symlink_to("zelf.md")
    (tmp_path / "kapot.md").symlink_to("nergens.md")
    found = report(tmp_path)
    assert found.pop("sub/a.md") == found.pop("b.md") == ""
    assert "er niet meer" in found.pop("kapot.md")
    assert found.pop("zelf.md")
    assert not found


@POSIX
def test_a_link_named_by_itself_is_followed(tmp_path: Path) -> None:
    write(tmp_path, "elders/versie-3.md")
    link = tmp_path / "docs" / "nieuwste.md"
    link.parent.mkdir()
    link.symlink_to("../elders/versie-3.md")
    (document,) = read_all(find_files([link]))
    assert isinstance(document, Document) and document.source == "nieuwste.md"
    # Also where the folder it is in was named too.
    (document,) = read_all(find_files([link.parent, link]))
    assert isinstance(document, Document)
    # And a folder that is a link itself.
    (tmp_path / "map").symlink_to("elders")
    assert report(tmp_path / "map") == {"versie-3.md": ""}


@POSIX
def test_names_that_cannot_be_shown_break_nothing(tmp_path: Path) -> None:
    write(tmp_path, "é met spatie's & <b>.md")
    for name in (b"nieuwe\nregel.md", b"caf\xe9.md", b"bel\x07.md", b"om\xe2\x80\xaegekeerd.md"):
        write(tmp_path, os.fsdecode(name))
    found = report(tmp_path)
    json.dumps(list(found), ensure_ascii=False).encode()
    with closing(sqlite3.connect(":memory:")) as database:
        for name, what in found.items():
            assert database.execute("SELECT ?, ?", (name, what)).fetchone() == (name, what)
    assert found.pop("é met spatie's & <b>.md") == ""
    assert set(found) == {
        r"nieuwe\nregel.md",
        r"caf\udce9.md",
        r"bel\x07.md",
        r"om\u202egekeerd.md",
    }
    assert all("tekens" in what for what in found.values())


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder, for a user who is not root: root may open anything."""
    if not hasattr(os, "geteuid"):
        pytest.skip("needs POSIX permissions")
    with tempfile.TemporaryDirectory() as name:
        folder, user = Path(name), os.geteuid()
        folder.chmod(0o777)
        # Now, for another user might not be allowed to load what reading needs.
        read_document(write(folder, "a.md"), folder)
        if user == 0:
            os.seteuid(65534)
        try:
            yield folder
        finally:
            os.seteuid(user)
            for path in folder.rglob("*"):
                path.chmod(stat.S_IRWXU)


def test_what_may_not_be_opened_is_named(unprivileged: Path) -> None:
    write(unprivileged, "dicht.md").chmod(0)
    write(unprivileged, "slot/b.md").parent.chmod(0)
    found = {}
    for file, folder in find_files([unprivileged]):
        try:
            found[read_document(file, folder).source] = ""
        except FileError as problem:
            found[problem.file] = problem.what
    assert found.pop("a.md") == ""
    assert "mag het niet openen" in found.pop("dicht.md")
    assert "niet te openen" in found.pop("slot")
    assert not found


def test_a_named_folder_that_may_not_be_opened_stops_everything(unprivileged: Path) -> None:
    (unprivileged / "slot").mkdir()
    (unprivileged / "slot").chmod(0)
    with pytest.raises(EmptyCorpusError, match="niet te openen"):
        find_files([unprivileged, unprivileged / "slot"])


def test_a_file_that_went_away_costs_its_own_line(tmp_path: Path) -> None:
    for name in ("a.md", "b.md", "c.md"):
        write(tmp_path, name)
    files = find_files([tmp_path])
    (tmp_path / "b.md").unlink()
    a, b, c = read_all(files)
    assert isinstance(a, Document) and isinstance(c, Document)
    assert isinstance(b, FileError) and "er niet meer" in b.what and b.file == "b.md"


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    busy = write(tmp_path, "log.csv", b" " * 24_000_000)
    enough = threading.Event()

    def keep_writing() -> None:
        while not enough.is_set():
            with busy.open("ab", buffering=0) as stream:
                for _ in range(200):
                    stream.write(b"x")
            if busy.stat().st_size > 40_000_000:
                os.truncate(busy, 24_000_000)

    def problem() -> FileError | None:
        try:
            read_document(busy, tmp_path)
        except FileError as found:
            return found
        return None

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        # One try might just miss every write; not all of them do.
        found = filter(None, (problem() for _ in range(50)))
        seen = next(one for one in found if "veranderde" in one.what)
    finally:
        enough.set()
        writer.join()
    assert seen.file == "log.csv"


@POSIX
def test_a_file_replaced_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(tmp_path, "a.md")
    other = write(tmp_path, "nieuw.tmp", "# Kop\n\nAnders.")
    real = os.fstat

    def fstat_then_replace(descriptor: int) -> os.stat_result:
        found = real(descriptor)
        if other.exists():
            os.replace(other, file)
        return found

    monkeypatch.setattr("ingest.files.os.fstat", fstat_then_replace)
    with pytest.raises(FileError, match="veranderde"):
        read_document(file, tmp_path)


def test_notes_of_an_open_document_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "~$nota.docx", b"gebruiker")
    write(tmp_path, "nota.md")
    assert names(find_files([tmp_path])) == ["nota.md"]
