"""What a site sends, taken for what it is: a document of a kind, or something in its place."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from syncing import fetch_one, files
from website import PAGE, Site, page

PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF\n"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LOGIN = b"<html><form>Log in <input name=p type='password'></form></html>"


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<w/>" * 100)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("path", "kind", "body", "name"),
    [
        ("/n", "application/pdf", PDF, "nota.pdf"),
        ("/n.pdf", "application/octet-stream", PDF, "nota.pdf"),
        ("/n.docx", DOCX, zipped(), "nota.docx"),
        ("/n", "text/plain", b"Tekst", "nota.txt"),
        ("/n.md", "text/plain; charset=utf-8", b"# Kop", "nota.md"),
        ("/n.markdown", "text/markdown", b"# Kop", "nota.md"),
        ("/n.csv", "text/csv", b"a;b\n", "nota.csv"),
        ("/n.htm", "TEXT/HTML", PAGE, "nota.html"),
    ],
)
def test_each_kind_gets_its_own_suffix(
    site: Site, tmp_path: Path, path: str, kind: str, body: bytes, name: str
) -> None:
    site.pages[path] = page(body, kind)
    fetch_one(site, tmp_path, path)
    assert files(tmp_path) == {name: body}


def test_a_long_page_with_a_login_field_is_a_document(site: Site, tmp_path: Path) -> None:
    body = LOGIN.replace(b"Log in", b"woord " * 500)
    site.pages["/nota"] = page(body)
    fetch_one(site, tmp_path)
    assert files(tmp_path) == {"nota.html": body}


@pytest.mark.parametrize(
    ("path", "kind", "body"),
    [
        ("/nota.pdf", "text/html", PAGE),
        ("/nota.pdf", "application/pdf", PAGE),
        ("/nota.pdf", "application/octet-stream", PAGE),
        ("/nota.md", "text/html", PAGE),
        ("/nota.md", "text/plain", PAGE),
        ("/nota.docx", DOCX, zipped()[:-30]),
        ("/nota", "application/octet-stream", PDF),
    ],
)
def test_a_page_in_place_of_a_document_is_refused_at_once(
    site: Site, tmp_path: Path, path: str, kind: str, body: bytes
) -> None:
    site.pages[path] = page(body, kind)
    assert fetch_one(site, tmp_path, path).failed
    assert files(tmp_path) == {}
