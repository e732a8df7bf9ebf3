"""Tell whether what a site sends is the document that was asked for.

In:  a Reply, the address, and the name of the file that is there now.
Out: the suffix of its kind, or why it is not a whole document of a kind to be expected.

Knows nothing of connections or folders, and does not read the document.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ingest.errors import SourceError
from ingest.sources.advice import BY_HAND, CHECK_ADDRESS, LATER

if TYPE_CHECKING:
    from ingest.sources.fetching import Reply

_OOXML = "application/vnd.openxmlformats-officedocument"
SUFFIXES: Mapping[str, str] = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    f"{_OOXML}.wordprocessingml.document": ".docx",
    f"{_OOXML}.spreadsheetml.sheet": ".xlsx",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "text/plain": ".txt",
}
# Types that say little; then the name in the address tells the kind, if it is one of these.
_BINARY = frozenset({".pdf", ".docx", ".xlsx"})
_VAGUE: Mapping[str, frozenset[str]] = {
    "text/plain": frozenset({".md", ".csv"}),
    "application/octet-stream": _BINARY,
    "binary/octet-stream": _BINARY,
}
_ALIASES = {".htm": ".html", ".xhtml": ".html", ".markdown": ".md"}
_PASSWORD = re.compile(rb"""<input\b[^<>]*\btype\s*=\s*["']?password""")
_REFRESH = re.compile(rb"""<meta\b[^<>]*\bhttp-equiv\s*=\s*["']?refresh""")
# A page with a field for a password or a refresh may be a document; with so few words it is not.
_FEW_WORDS = 150


def suffix_of(reply: Reply, url: str, present: str | None) -> str:
    """Return the suffix for what was sent, if it is of the kind that was to be expected.

    Raises:
        SourceError: If it is of another kind.
    """
    media_type = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
    named = PurePosixPath(urlsplit(url).path).suffix.lower()
    named = _ALIASES.get(named, named)
    suffix = named if named in _VAGUE.get(media_type, ()) else SUFFIXES.get(media_type)
    if suffix is None:
        kind = re.sub(r"[^a-z0-9./+-]", "", media_type)[:60] or "zonder soort"
        raise SourceError(f"Dit soort document kan Wegwijs niet lezen ({kind}).", BY_HAND)
    if named in SUFFIXES.values() and named != suffix:
        raise SourceError(f"De site stuurt {suffix} en geen {named}.", CHECK_ADDRESS)
    if present and not present.endswith(suffix):
        raise SourceError(
            f"De site stuurt nu {suffix}, terwijl er {present} staat.",
            "Klopt dat? Haal het oude bestand dan weg en haal de bronnen opnieuw op.",
        )
    return suffix


def check_whole(reply: Reply, suffix: str) -> None:
    """Check that what was sent is a whole document of its kind.

    Raises:
        SourceError: If it is not.
    """
    body = reply.content
    start = body[:1024]
    if not body.strip():
        raise SourceError("De site stuurt een leeg antwoord.", CHECK_ADDRESS)
    if suffix == ".pdf":
        right = b"%PDF-" in start
    elif suffix in {".docx", ".xlsx"}:
        right = zipfile.is_zipfile(io.BytesIO(body))
    else:
        utf16 = start.startswith((b"\xff\xfe", b"\xfe\xff"))
        web = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html"))
        right = (utf16 or b"\0" not in start) and (suffix == ".html" or not web)
    if not right:
        raise SourceError(f"Wat de site stuurt, is geen heel {suffix}-bestand.", BY_HAND)
    ends = {".pdf": b"%%EOF", ".html": b"</html"}.get(suffix, b"")
    announced = {"content-length", "transfer-encoding"} & reply.headers.keys()
    if not announced and ends.lower() not in body[-4096:].lower():
        raise SourceError("Het antwoord kwam niet heel aan.", LATER)
    if suffix == ".html":
        page = body.lower()
        words = _words(page)
        if _PASSWORD.search(page) and words < _FEW_WORDS:
            raise SourceError("De site vraagt om in te loggen.", BY_HAND)
        if not words or (_REFRESH.search(page) and words < _FEW_WORDS):
            raise SourceError("De pagina bevat geen tekst maar stuurt door.", BY_HAND)


def _words(page: bytes) -> int:
    """Count the words outside tags, scripts and styles; in time linear in the page."""
    for tag in (b"script", b"style"):
        first, *rest = page.split(b"<" + tag)
        page = first + b"<".join([b"", *(piece.partition(b"</" + tag)[2] for piece in rest)])
    return len(re.sub(rb"<[^<>]*>?", b" ", page).split())
