"""Tell whether a question is in English, and say in English what an asker should know.

In:  a question; how it was answered.
Out: whether it is in English; a line of English.

Questions are short, so function words decide: those that only one of the two languages has.

Knows nothing of translating.
"""

from __future__ import annotations

import re

from assistant.records import Status
from ingest.analysis import fold

_ENGLISH = frozenset(
    """
    the what when who whom whose which why how where does do did are were be been being has have
    can could will would shall should may might must for and or to from with by at an this that
    these those there it its you your my our their they them he she his her if about not no any
    every much many please tell give show i i'm i'd what's who's where's when's don't isn't
    thanks thank hello write ignore
    """.split()  # noqa: SIM905 - a table reads better than a list of quoted strings
)
_DUTCH = frozenset(
    """
    de het een en van voor met zonder aan bij naar uit op om te tot door wat wie waar
    wanneer waarom welke welk hoe hoeveel zijn wordt worden werd werden heb heeft hebben kan
    kun kunnen mag mogen moet moeten zal zullen wil willen gaat gaan komt komen krijgt krijgen ik
    jij je u wij ze zij hij mijn jouw uw ons onze hun dit dat deze die er niet geen ook al nog als
    dan maar dus tussen sinds vanaf volgens graag dank bedankt hallo ja nee
    """.split()  # noqa: SIM905
)
_BOTH = _ENGLISH & _DUTCH
_WORD = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")
_NOTES = {
    Status.NOT_FOUND: "The sources do not say this. They are in Dutch.",
    Status.CLARIFY: "Please say what your question is about. The sources are in Dutch.",
    Status.OUT_OF_SCOPE: "I only answer questions about the sources, which are in Dutch.",
}
_QUOTES = "The sources are in Dutch; this answer quotes them."
NOTES = frozenset({*_NOTES.values(), _QUOTES})  # the lines of an answer that are in English


def is_english(text: str) -> bool:
    """Tell whether a text has more English function words than Dutch ones.

    Example:
        >>> is_english("When does the pool open?"), is_english("Wat is School to Care?")
        (True, False)
    """
    words = [fold(word).replace("’", "'") for word in _WORD.findall(text)]
    english = sum(word in _ENGLISH and word not in _BOTH for word in words)
    return english > sum(word in _DUTCH and word not in _BOTH for word in words)


def with_note(question: str, status: Status, text: str) -> str:
    """Return an answer's text, opened by a line in English when the question is in English."""
    if not is_english(question):
        return text
    return f"{_NOTES.get(status, _QUOTES)}\n\n{text}"
