"""Read a web page or a piece of one.

In:  the bytes of an HTML file.
Out: a Draft with the page's own content, and its title, language, date and address as metadata.

Nothing is fetched. Knows nothing of which parts are boilerplate (html_content.py) or how
elements become blocks (html_blocks.py).
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from ingest.errors import FileError
from ingest.formats.encoding import decode
from ingest.formats.html_blocks import blocks
from ingest.formats.html_content import content_root, without_hidden
from ingest.formats.tables import collapse
from ingest.records import Draft

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,400}?(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE
)
_DECLARED_WITHIN_BYTES = 4096
# Codes that no XML text may hold: the parser takes them in but refuses to give them back.
_CONTROL = re.compile(
    r"""[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]
    # Not the first digits of another code: "&#8217;" is an apostrophe.
    |&\#(?:x0*(?:[0-8bcef]|1[0-9a-f])(?![0-9a-f])|0*(?:[0-8]|1[124-9]|2\d|3[01])(?!\d));?""",
    re.IGNORECASE | re.VERBOSE,
)
# Pages that say Latin-1 mean Windows-1252, as every browser reads them.
_WINDOWS_LATIN = frozenset({"iso8859-1", "ascii", "cp1252"})
# Deeper nesting than any editor makes: below it the structure is dropped, the text kept.
_MAX_DEPTH = 150

# What a page was last changed says more about its validity than when it was first put up.
_DATE_NAMES = (
    "dcterms.modified",
    "article:modified_time",
    "og:updated_time",
    "last-modified",
    "dcterms.issued",
    "dcterms.date",
    "article:published_time",
    "dc.date",
    "datepublished",
    "date",
)
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_DUTCH_DATE = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")


def read(content: bytes) -> Draft:
    """Return the main content of a page and what its head says of it.

    Raises:
        FileError: If the file is binary or shows no text.
    """
    text = _CONTROL.sub("", _decode(content))
    root = _parse(text)
    if root is None:
        raise FileError(
            "De webpagina bevat geen tekst.",
            "Sla de pagina opnieuw op vanuit de browser, als alleen HTML.",
        )
    metadata = _metadata(root)
    without_hidden(root)
    found = tuple(blocks(content_root(root)))
    if not found:
        raise FileError(
            "De webpagina laat geen tekst zien.",
            "Open de pagina in de browser, wacht tot de tekst er staat en sla hem dan op.",
        )
    return Draft(found, metadata)


def _decode(content: bytes) -> str:
    marked = content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    declared = _DECLARED.search(content[:_DECLARED_WITHIN_BYTES])
    if declared and not marked:
        try:
            name = codecs.lookup(declared.group(1).decode("ascii")).name
            return content.decode("cp1252" if name in _WINDOWS_LATIN else name)
        except (LookupError, UnicodeError):
            pass  # the page names a wrong or unknown encoding: judge by the bytes
    return decode(content)


def _parse(text: str) -> HtmlElement | None:
    from lxml import etree, html

    # A NUL would end the text for the parser.
    data = text.replace("\0", "").encode("utf-8", errors="replace")
    # Without huge_tree the parser drops what is nested deeper than it likes, with its text.
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None  # lxml finds nothing that could be an element
    for depth, element in _walk(root):
        if depth == _MAX_DEPTH:
            flat = collapse(" ".join(element.itertext()))
            del element[:]
            element.text = flat
    return root


def _walk(root: HtmlElement) -> list[tuple[int, HtmlElement]]:
    """Return every element down to the depth limit, without recursion."""
    found: list[tuple[int, HtmlElement]] = []
    todo = [(0, root)]
    while todo:
        depth, element = todo.pop()
        found.append((depth, element))
        if depth < _MAX_DEPTH:
            todo.extend((depth + 1, child) for child in element)
    return found


def _metadata(root: HtmlElement) -> dict[str, str]:
    metadata = {}
    # An icon inside the page may carry a title of its own.
    titles = [t for t in root.iter("title") if t.getparent().tag in {"head", "html", "body"}]
    if titles and (title := collapse(titles[0].text_content())):
        metadata["title"] = title
    if language := collapse(root.get("lang") or root.get("xml:lang") or ""):
        metadata["language"] = language
    if date := _date(root):
        metadata["date"] = date
    for link in root.iter("link"):
        if link.get("rel", "").lower() == "canonical" and link.get("href", "").startswith("http"):
            metadata.setdefault("url", link.get("href").strip())
    return metadata


def _date(root: HtmlElement) -> str:
    """Return the date that a page gives in its head, as 2026-03-31, else ""."""
    values: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("name") or meta.get("property") or meta.get("itemprop") or ""
        values.setdefault(name.lower(), meta.get("content") or "")
    for name in _DATE_NAMES:
        value = values.get(name, "")
        if iso := _ISO_DATE.match(value.strip()):
            return iso.group()
        if dutch := _DUTCH_DATE.match(value.strip()):
            day, month, year = dutch.groups()
            return f"{year}-{int(month):02}-{int(day):02}"
    return ""
