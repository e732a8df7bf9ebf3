"""The bar of tabs at the top of the window.

In:  nothing.
Out: HTML of the bar; the id of the panel that each tab opens.

Own HTML and not Gradio's tabs: those move what does not fit to a menu in English, and the panels
must be reachable by an address (#tijdlijn) and by our own buttons.

Knows nothing of what the panels hold.
"""

from __future__ import annotations

TABS = {
    "vraag": "Vraag", "tijdlijn": "Tijdlijn", "bronnen": "Bronnen", "evaluatie": "Evaluatie",
    "over": "Over",
}  # fmt: skip
EDITORS = {"evaluatie"}
FOR_EDITORS = "for-editors"  # class of what a reader does not see


def panel_id(name: str) -> str:
    """Return the id of the panel of a tab."""
    return f"paneel-{name}"


def tabs_html() -> str:
    """Return the bar."""
    first = next(iter(TABS))
    buttons = "".join(
        f'<button type="button" role="tab" id="tab-{name}" data-tab="{name}"{_class(name)} '
        f'aria-controls="{panel_id(name)}" aria-selected="{"true" if name == first else "false"}" '
        f'tabindex="{0 if name == first else -1}">{word}</button>'
        for name, word in TABS.items()
    )
    return f'<div role="tablist" aria-label="Onderdelen van Wegwijs">{buttons}</div>'


def _class(name: str) -> str:
    return f' class="{FOR_EDITORS}"' if name in EDITORS else ""
