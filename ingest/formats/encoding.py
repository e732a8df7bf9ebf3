"""Turn the bytes of a text file into text.

In:  bytes in UTF-8 (with or without a byte order mark), UTF-16 with one, or Windows-1252.
Out: text.

Knows nothing of formats.
"""

from __future__ import annotations

import codecs

from ingest.errors import FileError


def decode(content: bytes) -> str:
    """Return `content` as text.

    Raises:
        FileError: If it is binary: a text file holds no NUL bytes.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = content.decode("utf-16", errors="replace")
    elif b"\0" in content:
        raise FileError("Dit is geen tekstbestand.", "Haal het weg of geef het de juiste extensie.")
    else:
        text = _decode_bytes(content)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode_bytes(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
