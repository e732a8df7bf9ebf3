"""What stands in the window before the first question, and above each one.

In:  the topics of an index; whether there is an index yet.
Out: HTML: why Wegwijs is there, the topics to choose from, the place for earlier conversations;
     start.js and history.js make it work.

Knows nothing of Gradio, or of answers.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from assistant.topics import Topic

READY = "De bronnen zijn klaar. Je kunt nu een vraag stellen."
_PURPOSE = """<p class="purpose">Wegwijs zoekt het antwoord op je vraag in een vaste set bronnen
en laat zien waar het staat.</p>"""
_BEGIN = '<p class="begin">Stel een vraag, of begin met een van deze vragen:</p>'
_NOT_YET = """<div class="not-yet"><h2>De bronnen zijn er nog niet</h2>
<p>Ze worden nog ingelezen. Zodra dat klaar is, kun je hier vragen stellen. Je hoeft niets te doen:
deze pagina kijkt zelf of het zover is.</p>
<p class="for-editor">Beheer je Wegwijs? Lees de bronnen in met: <code>wegwijs ingest</code></p>
</div>"""
_EXPLAINED = """Alleen je vragen worden bewaard, en alleen in deze browser. De server bewaart ze
niet. Open je een gesprek opnieuw, dan zoekt Wegwijs de antwoorden opnieuw op. Gebruiken anderen
deze computer ook? Zet dit dan uit: alles wat bewaard was, is dan meteen gewist."""


def purpose_html(*, has_examples: bool) -> str:
    """Return what leads to the first question."""
    return f"{_PURPOSE}{_BEGIN}" if has_examples else _PURPOSE


def not_yet_html() -> str:
    """Return what stands there while there is no index to answer from."""
    return f"{_PURPOSE}{_NOT_YET}"


def topics_html(topics: Iterable[Topic]) -> str:
    """Return the topics as a group of which one is chosen; nothing where there are none."""
    choices = [Topic("", "Alles"), *topics]
    if len(choices) == 1:
        return '<div data-ready="yes"></div>'
    chips = "".join(
        f'<label><input type="radio" name="onderwerp" value="{escape(one.key)}"'
        f"{'' if one.key else ' checked'}><span>{escape(one.name)}</span></label>"
        for one in choices
    )
    return (
        '<fieldset role="radiogroup" data-ready="yes">'
        f"<legend>Zoek in</legend><div>{chips}</div></fieldset>"
    )


def no_topics_html() -> str:
    """Return what stands in the place of the topics until there is an index: the page looks on."""
    return '<div data-not-ready="yes"></div>'


def history_html() -> str:
    """Return the place for earlier conversations; the browser fills it with what it kept."""
    return (
        '<section class="earlier" aria-labelledby="eerder-kop" hidden>'
        '<h2 id="eerder-kop" tabindex="-1" hidden>Eerdere gesprekken</h2><ul hidden></ul>'
        '<details><summary>Gesprekken bewaren: <span class="state"></span></summary>'
        '<label><input type="checkbox" name="bewaren" aria-describedby="bewaren-uitleg">'
        "Bewaar gesprekken in deze browser</label>"
        f'<p id="bewaren-uitleg">{_EXPLAINED}</p>'
        '<button type="button" class="tool" data-forget="all" hidden>'
        "Wis alle gesprekken</button></details></section>"
    )
