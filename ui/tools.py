"""What stands under an answer: copy it, ask again, say whether it was useful.

In:  the question, the answer as text, the name of the answer; files for a browser.
Out: HTML in which every word of a document or a user is escaped; tools.js and relay.js make it
     work.

Knows nothing of Gradio, or of what happens with a judgement.
"""

from __future__ import annotations

import base64
from html import escape

from ui.export import FORMATS
from ui.feedback import REMARK_LIMIT

# Only the last question can be asked again: the style hides this under the others.
_RETRY = '<button type="button" class="tool retry" data-retry="">Opnieuw proberen</button>'
_WHY = {
    "ja": "Wil je er iets bij zeggen?",
    "nee": "Wat klopt er niet, of wat mis je?",
}


def tools_html(question: str, text: str, key: str) -> str:
    """Return the tools under an answer.

    Args:
        question: What was asked.
        text: What "Kopieer" copies.
        key: The name of the answer.
    """
    thumbs = "".join(
        f'<button type="button" class="tool" data-useful="{value}" aria-pressed="false" '
        f'aria-label="{word}, dit antwoord is {meaning}">{word}</button>'
        for value, word, meaning in (("ja", "Ja", "nuttig"), ("nee", "Nee", "niet nuttig"))
    )
    why = "".join(
        f'<span data-why="{value}" hidden>{words}</span>' for value, words in _WHY.items()
    )
    return (
        f'<div class="tools" data-key="{escape(key)}">'
        f'<button type="button" class="tool" data-copy="{escape(text)}">Kopieer</button>'
        f"{_again(question)}{_RETRY}"
        f'<div class="thumbs" role="group" aria-labelledby="nuttig-{escape(key)}">'
        f'<span id="nuttig-{escape(key)}">Nuttig?</span>{thumbs}</div>'
        '<p class="thanks" hidden></p>'
        f'<div class="remark" hidden><label for="opmerking-{escape(key)}">{why} '
        "Dat hoeft niet.</label>"
        f'<textarea id="opmerking-{escape(key)}" rows="2" maxlength="{REMARK_LIMIT}" '
        f'aria-describedby="let-op-{escape(key)}"></textarea>'
        f'<p id="let-op-{escape(key)}" class="care">Zet er geen namen of andere gegevens van '
        "personen in.</p>"
        '<button type="button" class="tool" data-remark>Stuur opmerking</button></div></div>'
    )


def failed_tools_html(question: str) -> str:
    """Return what stands under a question that could not be answered."""
    return f'<div class="tools">{_RETRY}{_again(question)}</div>'


def keep_html() -> str:
    """Return the buttons that save a conversation."""
    buttons = "".join(
        f'<button type="button" class="tool" data-format="{name}">{form.word}</button>'
        for name, form in FORMATS.items()
    )
    return (
        '<div class="tools keep-talk" role="group" aria-labelledby="bewaar">'
        f'<span id="bewaar">Bewaar gesprek:</span>{buttons}</div>'
    )


def judged_html(key: str, useful: bool | None, remark: str) -> str:
    """Return what tells the page which judgement is kept; None: none any more."""
    value = "" if useful is None else "ja" if useful else "nee"
    return (
        f'<p hidden data-sent="judged" data-key="{escape(key)}" data-useful="{value}" '
        f'data-remark="{escape(remark)}"></p>'
    )


def file_html(name: str, media_type: str, content: bytes, key: str) -> str:
    """Return a file for the page to save; `key` differs each time, so that it is seen as new."""
    return (
        f'<p hidden data-sent="file" data-name="{escape(name)}" data-type="{escape(media_type)}" '
        f'data-key="{escape(key)}" data-content="{base64.b64encode(content).decode()}"></p>'
    )


def _again(question: str) -> str:
    return (
        f'<button type="button" class="tool" data-again="{escape(question)}">'
        "Vraag aanpassen</button>"
    )
