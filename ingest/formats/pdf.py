"""Read a PDF document with a text layer.

In:  the bytes of the file.
Out: a Draft: headings, paragraphs, list items, table rows and footnotes, each with its page;
     as metadata its title and the pages whose words are images.

Knows nothing of how a page is taken apart (pdf_page.py, pdf_layout.py), which lines repeat
(pdf_lines.py) or what makes a block (pdf_blocks.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ingest.errors import FileError
from ingest.formats.tables import collapse
from ingest.records import BlockKind, Draft, DraftBlock
from ingest.unread import PAGES_WITHOUT_TEXT, shown_pages

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

    from ingest.formats.pdf_page import Page

# Letters on a page below which a document with images is taken for a scan.
_MIN_LETTERS = 60

# Names that programs fill in by themselves: of a file, of a template, of the program.
_NO_TITLE = re.compile(
    r"microsoft\b.*|.*\.(?:docx?|xlsx?|pptx?|pdf|indd|odt|rtf|dotx?|qxd)|untitled.*|naamloos.*"
    r"|document\s*\d*|title|titel|powerpoint[- ]presentati(?:on|e)|slide \d+|print|scan\S*"
    r"|\S*[_\\/]\S*|\W*|[\d\W]+",
    re.IGNORECASE,
)

_BROKEN = (
    "Het PDF-bestand is beschadigd of niet compleet.",
    "Download het opnieuw, of open het en druk het af naar een nieuwe PDF.",
)
_NO_TEXT = (
    "Het PDF-bestand bevat alleen afbeeldingen, geen tekst.",
    "Maak er met tekstherkenning (OCR) een PDF met tekst van. "
    "Dat kan met het programma van de scanner of met Adobe Acrobat.",
)


def read(content: bytes) -> Draft:
    """Return the text of a PDF in reading order, its title, and the pages without text.

    Raises:
        FileError: If the file is broken, locked, or holds images of text instead of text.
    """
    if not content:
        raise FileError("Het bestand is leeg.", "Kijk of je het goede bestand hebt gekozen.")
    from ingest.formats.pdf_blocks import blocks
    from ingest.formats.pdf_lines import reading_order

    document = _open(content)
    try:
        pages = _pages(document)
        named = collapse(document.get_metadata_dict().get("Title", ""))
    except Exception as exc:
        raise FileError(*_BROKEN) from exc
    finally:
        document.close()
    _check_text(pages)
    found = tuple(blocks(reading_order(pages)))
    if not found:
        raise FileError(*_NO_TEXT)
    metadata = {}
    if title := _title(named, found):
        metadata["title"] = title
    if unread := [page.number for page in pages if page.is_drawn]:
        metadata[PAGES_WITHOUT_TEXT] = shown_pages(unread)
    return Draft(found, metadata)


def _title(named: str, found: Sequence[DraftBlock]) -> str:
    """Return the title that the file names, or else the largest heading where the text begins.

    A file that was made from another one often still has the title of that one: what a title
    says should be on the first pages.
    """
    from ingest.dutch.periods import is_period

    first = found[0].page or 1
    start = [block for block in found if block.page is not None and block.page <= first + 1]
    headings = [
        block
        for block in start
        if block.kind is BlockKind.HEADING and block.page == first and not is_period(block.text)
    ]
    largest = min(headings, key=lambda block: block.level, default=None)
    if _NO_TITLE.fullmatch(named):
        return largest.text if largest is not None else ""
    shown = {word for block in start for word in _words(block.text)}
    is_shown = 2 * sum(word in shown for word in _words(named)) > len(_words(named))
    return named if is_shown or largest is None or largest.level > 1 else largest.text


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _open(content: bytes) -> PdfDocument:
    import pypdfium2

    # Some mail programs put lines before the file itself; the mark may come a little later.
    if b"%PDF-" not in content[:1024]:
        raise FileError(
            "Dit is geen PDF-bestand.", "Geef het bestand de goede extensie of haal het weg."
        )
    try:
        document = pypdfium2.PdfDocument(content)
        document.init_forms()
    except pypdfium2.PdfiumError as exc:
        # pypdfium2 tells the cause in words alone.
        if "password" in str(exc).lower() or "security" in str(exc).lower():
            raise FileError(
                "Het PDF-bestand heeft een wachtwoord.",
                "Haal het wachtwoord weg: open het bestand en druk het af naar een nieuwe PDF.",
            ) from exc
        raise FileError(*_BROKEN) from exc
    if len(document) == 0:
        raise FileError(*_BROKEN)
    return document


def _pages(document: PdfDocument) -> list[Page]:
    from ingest.formats.pdf_page import read_page

    pages = []
    for index in range(len(document)):
        page = document[index]
        pages.append(read_page(page, index + 1))
        page.close()
    return pages


def _check_text(pages: Sequence[Page]) -> None:
    """Refuse a scan: no page with more than a few letters, and images instead.

    Raises:
        FileError: If the document is one.
    """
    letters = sum(page.letters for page in pages)
    with_images = sum(page.has_images for page in pages)
    has_text = any(page.letters >= _MIN_LETTERS for page in pages)
    if not letters or (not has_text and 2 * with_images > len(pages)):
        raise FileError(*_NO_TEXT)
