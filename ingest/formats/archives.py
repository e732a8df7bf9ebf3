"""Check a zip container (DOCX, XLSX) before a parser unpacks it.

In:  the bytes of a file that should be an Office file.
Out: nothing when the file may be opened; else a FileError that says why not.

Knows nothing of documents or sheets: only of the container and its size.
"""

from __future__ import annotations

import io
import zipfile

from ingest.errors import FileError

# Real Office files stay far below both; a zip bomb is far above one of them.
MAX_UNPACKED_BYTES = 200_000_000
MAX_ENTRIES = 10_000

# The container of Office files from before 2007, and of every Office file with a password.
OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

RESAVE = "Open het bestand in Word of Excel en sla het opnieuw op. Probeer het daarna nog een keer."


def check(content: bytes, *, part: str) -> None:
    """Refuse a container that is broken, locked, too large or of another kind.

    Args:
        content: The file.
        part: The entry that makes it the expected kind of file, such as "word/document.xml".

    Raises:
        FileError: If the file must not or cannot be opened.
    """
    if not content:
        raise FileError("Het bestand is leeg.", "Kijk of je het goede bestand hebt gekozen.")
    if content.startswith(OLE_SIGNATURE):
        raise FileError(
            "Het bestand heeft een wachtwoord of is in een oud Office-formaat opgeslagen.",
            "Haal het wachtwoord weg en sla het bestand op als .docx of .xlsx.",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except Exception as exc:
        raise FileError("Het bestand is beschadigd of niet compleet.", RESAVE) from exc
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise FileError(
            "Het bestand wordt bij het uitpakken te groot.",
            f"Uitgepakt mag een bestand hoogstens {MAX_UNPACKED_BYTES // 1_000_000} MB zijn. "
            "Splits het bestand of haal grote afbeeldingen weg.",
        )
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise FileError(
            "Het bestand heeft een wachtwoord.",
            "Haal het wachtwoord weg en sla het bestand opnieuw op.",
        )
    # Some programs write other part names; every Office file has the list of its parts.
    names = {entry.filename for entry in entries}
    if part not in names and "[Content_Types].xml" not in names:
        raise FileError("Het bestand is geen Word- of Excel-bestand.", RESAVE)
