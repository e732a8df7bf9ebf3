"""Take a question that asks two things apart, and put the answers together.

In:  a question; the answers to each of its parts.
Out: the parts, each to be understood alone; the answers as one, that says what is missing.

Knows nothing of the index, or of how one part is answered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering import Composed
from assistant.citations import Line
from assistant.followup import standalone_of
from assistant.records import Status

_ASKS = (
    r"(?:(?:vanaf|tot|sinds|voor|bij|met|door|aan|van|op|in|uit)\s+)?"
    r"(?:wanneer|waar(?:om|voor)?|wie|hoe(?:veel)?|wat|welke?)\b"
)
_DOUBLE = re.compile(
    rf"^(?P<one>{_ASKS}[^?]+?)(?:,?\s+en\s+|\?\s+(?:en\s+)?)(?P<other>{_ASKS}[^?]+)\?*\s*$",
    re.IGNORECASE,
)
_LONGEST = 500  # characters: in a long text many places could part it
_FEWEST_WORDS = 3  # in the first part, which must be a question by itself
# Not the words of the part: a name or a number in them would stand in no passage that is cited.
_MISSING = (
    "Over het eerste deel van je vraag staat niets in de bronnen.",
    "Over het tweede deel van je vraag staat niets in de bronnen.",
)


def parts_of(question: str) -> tuple[str, str] | None:
    """Return the two questions that one asks, None where it asks one.

    Example:
        >>> parts_of("Wanneer opent het zwembad en wie betaalt het?")
        ('Wanneer opent het zwembad?', 'Wie betaalt het zwembad?')
    """
    found = _DOUBLE.match(question.strip()) if len(question) <= _LONGEST else None
    if found is None or len(found["one"].split()) < _FEWEST_WORDS:
        return None
    one = f"{found['one'].strip(' ,')}?"
    other = found["other"].strip()
    return one, standalone_of(f"{other[0].upper()}{other[1:]}?", [one])


def together(answers: Sequence[Composed]) -> tuple[Status, list[Line]]:
    """Return two answers one after the other; "partial", saying which, where one is missing."""
    lines: list[Line] = []
    for line in (line for answer in answers for line in answer.lines):
        if not line.sources or all(line.sources != other.sources for other in lines):
            lines.append(line)
    if not lines:
        return Status.NOT_FOUND, []
    nothing = [said for said, answer in zip(_MISSING, answers, strict=True) if not answer.lines]
    if nothing:
        return Status.PARTIAL, [*lines, *(Line(said, ()) for said in nothing)]
    statuses = {answer.status for answer in answers}
    return (Status.CONFLICT if Status.CONFLICT in statuses else Status.ANSWERED), lines
