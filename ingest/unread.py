"""Name the pages of a document that no text could be had of.

In:  page numbers, or a document whose reader noted them.
Out: the note that goes with the document; the Dutch line for the report.

Knows nothing of file formats.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

PAGES_WITHOUT_TEXT = "pages_without_text"


def shown_pages(numbers: Sequence[int]) -> str:
    """Return rising page numbers as people write them.

    Example:
        >>> shown_pages([1, 2, 3, 7])
        '1-3, 7'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def warning(source: str, metadata: Mapping[str, str]) -> str:
    """Return the line on pages without text, or "" where there are none."""
    pages = metadata.get(PAGES_WITHOUT_TEXT, "")
    if not pages:
        return ""
    where = f"pagina {pages}" if pages.isdigit() else f"de pagina's {pages}"
    return (
        f"{source}: de tekst op {where} is een afbeelding en is niet gelezen. "
        "Maak er met tekstherkenning (OCR) een PDF met tekst van."
    )
