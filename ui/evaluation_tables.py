"""Tables that fit on any screen.

In:  cells as HTML.
Out: a table that scrolls by itself where it is too wide, also by keyboard.

Knows nothing of what is in a table.
"""

from __future__ import annotations

from collections.abc import Iterable


def table_html(caption: str, head: Iterable[str], rows: Iterable[str]) -> str:
    """Return a table; `caption` is what a screen reader calls it."""
    names = "".join(f'<th scope="col">{name}</th>' for name in head)
    return (
        f'<div class="wide" role="region" tabindex="0" aria-label="{caption}"><table>'
        f"<thead><tr>{names}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )
