"""The frame of a page that stands by itself, without the window.

In:  a title, what the page holds.
Out: a whole page in our colours, that needs no script.

Knows nothing of when which page is shown.
"""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path

from ui.replies import icon_link

_HERE = Path(__file__).parent
_STYLES = ("colours.css", "plain.css")


def page_html(title: str, body: str, *, head: str = "") -> str:
    """Return a page.

    Args:
        title: In front of our name; "" for that name only.
        body: HTML below the name of Wegwijs.
        head: HTML for the head of the page.
    """
    whole = f"{escape(title)} · Wegwijs" if title else "Wegwijs"
    return (
        '<!doctype html>\n<html lang="nl">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{whole}</title>\n{icon_link()}{head}\n<style>{_style()}</style>\n</head>\n"
        f"<body>\n<main>\n<h1>Wegwijs</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )


@cache
def _style() -> str:
    return "\n".join((_HERE / name).read_text(encoding="utf-8") for name in _STYLES)
