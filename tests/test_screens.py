"""Every state of every screen, light and dark, wide and narrow: no rule of WCAG is broken."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest
from screens import WALKS, States

from ingest.embedding import Embedder

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LOOKS: tuple[tuple[int, Literal["light", "dark"]], ...] = ((320, "dark"), (1280, "light"))
OPEN_TAB_SHOWS = """() => {
    const tab = document.querySelector('[role=tab][aria-selected=true]')?.getBoundingClientRect();
    return !tab || (tab.left >= 0 && tab.right <= innerWidth);
}"""

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("cheap_passwords")]


def broken(page: Page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    only: dict[str, Any] = {
        "runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]
    }  # fmt: skip
    found = Axe().run(page, options=only).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:150]}" for one in found]


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
def test_no_state_breaks_a_rule_of_wcag_or_scrolls_sideways(
    browser: Browser,
    tmp_path: Path,
    embedder: Embedder,
    walk: Callable[[Browser, Path, Embedder], States],
) -> None:
    found: dict[str, list[str]] = {}
    for page, state in walk(browser, tmp_path, embedder):
        for width, scheme in LOOKS:  # the last is the one that the walk goes on in
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            wrong = broken(page)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wrong.append("scrolls sideways")
            if not page.evaluate(OPEN_TAB_SHOWS):
                wrong.append("the open tab does not show")
            if wrong:
                found[f"{state}, {width} px, {scheme}"] = wrong
    assert found == {}
