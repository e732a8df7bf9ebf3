"""Compare two things: find what a question sets side by side, and answer on each.

In:  a question; the answers to the question about each of its sides.
Out: the question about each side; the answers as one.

Knows nothing of the index, or of how one side is answered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering import Composed
from assistant.citations import Line
from assistant.records import Status
from assistant.subject import subject_terms

_THING = r"(?:(?:de|het|een|die|dat)\s+)?(?P<{name}>[^,?]+?)"
_SIDES = tuple(
    re.compile(pattern.format(a=_THING.format(name="a"), b=_THING.format(name="b")), re.IGNORECASE)
    for pattern in (
        r"\btussen\s+{a}\s+en\s+{b}(?P<rest>\s+(?:om|bij|voor|in|van)\s.+)?\W*$",
        r"\bvergelijk\s+{a}\s+(?:en|met)\s+{b}\W*$",
        r",\s*{a}\s+of\s+{b}(?:,|\W*$)",
        r"\bmeer\s+{a}\s+of\s+(?:meer\s+)?{b}\W*$",
    )
)
_MOST_LINES = 2  # on each side
_NOTHING = "Over het andere ({side}) staat niets in de bronnen."
_MOST_WORDS = 8  # of one side; longer ones are no names of things


def sides_of(question: str) -> tuple[str, str] | None:
    """Return the question about each of the two things that are compared, None where unclear.

    What is asked of both goes with each: "verschil tussen de eerste en de tweede ronde".

    Example:
        >>> sides_of("Wat is het verschil tussen een bakfiets en een deelauto?")
        ('bakfiets', 'deelauto')
    """
    found = next(filter(None, (pattern.search(question) for pattern in _SIDES)), None)
    if found is None:
        return None
    first, second = found["a"].strip(), found["b"].strip()
    if max(len(first.split()), len(second.split())) > _MOST_WORDS:
        return None
    shared = question[: found.start()].split("verschil")[0]
    rest = (found.groupdict().get("rest") or "").strip()
    about = " ".join(question[t.start : t.end] for t in subject_terms(shared)) if shared else ""
    if len(first.split()) == 1 and len(second.split()) > 1:  # "de eerste en de tweede ronde"
        first = " ".join([first, *second.split()[1:]])
    return _joined(about, first, rest), _joined(about, second, rest)


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def side_by_side(sides: Sequence[str], answers: Sequence[Composed]) -> tuple[Status, list[Line]]:
    """Return an item for each side; "partial", saying which, where one has no answer.

    Args:
        sides: What was asked about each.
        answers: The answer to each, in the same order.
    """
    lines: list[Line] = []
    nothing = [side for side, answer in zip(sides, answers, strict=True) if not answer.lines]
    if len(nothing) == len(sides):
        return Status.NOT_FOUND, []
    for line in (line for answer in answers for line in answer.lines[:_MOST_LINES]):
        if all(line.sources != other.sources for other in lines):
            lines.append(replace(line, text=f"- {line.text.removeprefix('- ')}"))
    lines += [Line(f"- {_NOTHING.format(side=side)}", ()) for side in nothing]
    return (Status.PARTIAL if nothing else Status.ANSWERED), lines
