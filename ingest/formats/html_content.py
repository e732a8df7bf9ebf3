"""Find a page's own content among navigation, banners and hidden parts.

In:  the element tree of a page.
Out: the element that holds the content, cleared of what is not content.

Content is never given up for tidiness: a part is only dropped if its tag, role or name says
what it is, and never if it holds the bulk of the page's text.

Knows nothing of blocks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.formats.tables import collapse

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NOT_SHOWN = frozenset([
    "script",
    "style",
    "template",
    "noscript",
    "iframe",
    "object",
    "svg",
    "math",
    "canvas",
    "audio",
    "video",
    "map",
    "input",
    "select",
    "textarea",
    "datalist",
    "option",
    "head",
    "link",
    "meta",
    "title",
])
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?:px|em|%|;|$)"
    r"|opacity\s*:\s*0(?:\.0*)?\s*(?:;|$|!)|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]"
    r"|(?:left|top|text-indent)\s*:\s*-\d{4,}",
    re.IGNORECASE,
)
# For screen readers alone: "Ga naar de inhoud", "Externe link".
_HIDDEN_CLASSES = frozenset({"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text"})

_FURNITURE_TAGS = frozenset({"nav", "footer", "header", "dialog", "menu"})
_FURNITURE_ROLES = frozenset({
    "navigation",
    "banner",
    "contentinfo",
    "search",
    "dialog",
    "alertdialog",
    "menu",
    "menubar",
})
_FURNITURE_NAME = re.compile(
    r"(?:.*[-_])?(?:cookie|consent|gdpr)[-_]?s?[-_]?(?:bar|banner|notice|consent|melding|wall|popup"
    r"|modal|dialog|message|box|overlay|law|container|block)?"
    r"|breadcrumbs?|kruimelpad|skip-?links?|(?:main|site|top|sub|page)?-?(?:nav|navbar|navigation|menu)"
    r"|(?:site|page|global|main)-?footer|footer|(?:social-)?share(?:-buttons)?|social-?(?:media|links)"
    r"|pagination|paginering|print-?button|read-?speaker\w*|rs_?btn\w*|feedback(?:[-_]form)?",
    re.IGNORECASE,
)
# A part with this share of the page's text is content, whatever it is called.
_BULK = 0.5
_MIN_MAIN_CHARS = 200
_MIN_MAIN_SHARE = 0.3


def without_hidden(root: HtmlElement) -> None:
    """Take out everything a reader of the page does not see, in place."""
    shown_on_click = _opened_by_buttons(root)
    for element in list(root.iter()):
        if (
            not isinstance(element.tag, str)
            or element.tag in _NOT_SHOWN
            or element.tag == "button"
            and not _is_in_heading(element)
            or element.get("id") not in shown_on_click
            and _is_hidden(element)
        ):
            _drop(element)


def content_root(root: HtmlElement) -> HtmlElement:
    """Return the element with the content, cleared of furniture."""
    body = root.find("body")
    page = root if body is None else body
    total = max(_size(page), 1)
    main = _main(page, total)
    if main is None:
        _clear_furniture(page, total)
        _drop_menus(page)
        return page
    inside = main.find(".//h1") is not None
    titles = [] if inside else [h1 for h1 in page.iter("h1") if main not in h1.iterdescendants()]
    _clear_furniture(main, max(_size(main), 1))
    if len(titles) == 1:
        # The page's title often stands in a banner above the content.
        title = titles[0]
        title.tail = main.text
        main.text = None
        main.insert(0, title)
    return main


def _main(page: HtmlElement, total: int) -> HtmlElement | None:
    candidates = page.xpath(".//main | .//*[@role='main']")
    articles = page.xpath(".//article[not(ancestor::article)]")
    for found in candidates[:1]:
        size = _size(found)
        if size >= _MIN_MAIN_CHARS or size >= _MIN_MAIN_SHARE * total:
            return found
    if len(articles) == 1 and _size(articles[0]) >= _BULK * total:
        return articles[0]
    return None


def _clear_furniture(root: HtmlElement, total: int) -> None:
    for element in list(root.iter()):
        if element is root or not _is_furniture(element) or _size(element) > _BULK * total:
            continue
        if element.tag == "header" or element.find(".//h1") is not None:
            # A header holds the title; what else it holds goes with its own name or tag.
            if element.find(".//h1") is None and not _is_in_content(element):
                _drop(element)
        elif not (element.tag in {"footer", "header"} and _is_in_content(element)):
            _drop(element)


def _is_furniture(element: HtmlElement) -> bool:
    if element.tag in _FURNITURE_TAGS or element.get("role") in _FURNITURE_ROLES:
        return True
    if element.tag in {"body", "main", "article", "a", "p", "h1", "h2", "h3", "li", "td"}:
        return False
    names = f"{element.get('class', '')} {element.get('id', '')}".split()
    return any(_FURNITURE_NAME.fullmatch(name) for name in names)


def _drop_menus(page: HtmlElement) -> None:
    """Drop lists of nothing but links above the page's title."""
    title = page.find(".//h1")
    if title is None:
        return
    for element in list(page.iter()):
        if element is title:
            return
        links = element.findall(".//a") if element.tag in {"ul", "ol"} else []
        if len(links) > 2 and sum(map(_size, links)) >= 0.9 * _size(element):
            _drop(element)


def _opened_by_buttons(root: HtmlElement) -> frozenset[str]:
    """Return the ids of parts that a visible button opens, as in a list of questions."""
    buttons = root.xpath("//*[self::button or self::a or @role='button'][@aria-controls]")
    return frozenset(
        target
        for button in buttons
        if _size(button) and not any(_is_hidden(e) for e in (button, *button.iterancestors()))
        for target in button.get("aria-controls").split()
    )


def _is_hidden(element: HtmlElement) -> bool:
    return (
        (element.get("hidden") is not None and element.get("hidden") != "until-found")
        or element.get("aria-hidden", "").strip().lower() == "true"
        or _HIDING.search(element.get("style", "")) is not None
        or not _HIDDEN_CLASSES.isdisjoint(element.get("class", "").split())
    )


def _is_in_heading(element: HtmlElement) -> bool:
    return any(parent.tag in HEADING_LIKE for parent in element.iterancestors())


HEADING_LIKE = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt"})


def _is_in_content(element: HtmlElement) -> bool:
    return any(parent.tag in {"main", "article", "section"} for parent in element.iterancestors())


def _size(element: HtmlElement) -> int:
    return len(collapse(element.text_content()))


def _drop(element: HtmlElement) -> None:
    """Remove an element but keep the text behind it; words on both sides stay apart."""
    parent = element.getparent()
    if parent is None:
        return
    element.tail = " " + (element.tail or "")
    element.drop_tree()
