"""Make candidates for a set of questions out of what people thought of answers.

In:  Judgements; the questions without an answer, where questions are kept.
Out: Candidates: the questions whose answer was no use, and the refused ones; as text, as JSON
     and as YAML, the last two in the form that README.md documents for a set of questions.

What the right answer is, nobody has said yet: a question that should be answered gets empty
facts, and reading the set then says which questions are still to be filled in.

Knows nothing of where judgements are kept, or of commands.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.evaluation.records import ANSWERING
from assistant.records import Status
from ui.feedback import Judgement
from ui.output import printable
from ui.question_log import Unanswered

_TAG = "feedback"
_WORDS = 5  # of a question, in its id
_HASH = 6  # signs
_STATUS_WORDS = {
    Status.ANSWERED: "beantwoord",
    Status.PARTIAL: "voor een deel beantwoord",
    Status.CONFLICT: "beantwoord: de bronnen verschillen",
    Status.CLARIFY: "een vraag terug",
    Status.NOT_FOUND: "niet gevonden",
    Status.OUT_OF_SCOPE: "past niet bij de bronnen",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that may go into a set of questions.

    Attributes:
        question: The question.
        kind: What it asks for.
        language: Its language.
        status: How it was answered, the last time that someone judged it.
        useful: How many found that useful.
        useless: How many did not.
        remarks: What they said of it.
        times: How often it was asked and got no answer, as far as questions are kept.
    """

    question: str
    kind: str
    language: str
    status: Status
    useful: int
    useless: int
    remarks: tuple[str, ...]
    times: int = 0


def candidates(
    judgements: Iterable[Judgement], unanswered: Iterable[Unanswered] = ()
) -> tuple[Candidate, ...]:
    """Return the questions to look at: found useless by most people first, then asked most.

    Args:
        judgements: What people thought, oldest first.
        unanswered: What got no answer, oldest first.
    """
    same: dict[str, tuple[list[Judgement], list[Unanswered]]] = {}
    for judgement in judgements:
        same.setdefault(_plain(judgement.asked.question), ([], []))[0].append(judgement)
    for one in unanswered:
        same.setdefault(_plain(one.asked.question), ([], []))[1].append(one)
    found = [_candidate(*group) for group in same.values()]
    worth = [one for one in found if one.useless or one.status not in ANSWERING]
    return tuple(sorted(worth, key=lambda one: (-one.useless, -one.times, one.question)))


def as_case(candidate: Candidate) -> dict[str, Any]:
    """Return a candidate in the form of a set of questions.

    A refusal that nobody found useless was right; any other question should be answered.
    """
    right = candidate.useless == 0
    status = candidate.status if right else Status.ANSWERED
    row: dict[str, Any] = {
        "id": _id(candidate.question),
        "question": candidate.question,
        "kind": candidate.kind,
        "language": candidate.language,
        "tags": [_TAG],
        "status": [status.value],
    }
    return row if right else {**row, "facts": [], "evidence": []}


def as_json(found: Sequence[Candidate]) -> list[dict[str, Any]]:
    """Return candidates as a set of questions."""
    return [as_case(candidate) for candidate in found]


def as_yaml(found: Sequence[Candidate]) -> str:
    """Return candidates as a set of questions to complete, with what people said as comments."""
    import yaml

    parts = []
    for candidate in found:
        notes = [f"# {_summary(candidate)}", *(f"# “{said}”" for said in candidate.remarks)]
        if not candidate.useful and not candidate.useless:
            notes.append("# Niemand gaf een oordeel: kijk of het antwoord in de bronnen staat.")
        if candidate.useless:
            notes.append("# Vul facts of evidence in, of maak er status: [not_found] van.")
        row = yaml.safe_dump([as_case(candidate)], allow_unicode=True, sort_keys=False, width=100)
        parts.append("\n".join((*notes, row)))
    return "\n".join(parts) or "[]\n"


def as_text(found: Sequence[Candidate]) -> str:
    """Return candidates for people."""
    if not found:
        return "Er zijn geen vragen om na te kijken."
    parts = [
        "\n".join((
            one.question, f"    {_summary(one)}", *(f"    “{said}”" for said in one.remarks)
        ))
        for one in found
    ]  # fmt: skip
    count = "1 vraag" if len(found) == 1 else f"{len(found)} vragen"
    advice = "Met --yaml krijg je ze als testvragen om aan te vullen."
    return "\n\n".join((f"{count} om na te kijken:", *parts, advice))


def _candidate(group: Sequence[Judgement], unanswered: Sequence[Unanswered]) -> Candidate:
    last = (group or unanswered)[-1].asked
    useful = sum(judgement.useful for judgement in group)
    remarks = (_line(judgement.remark) for judgement in group)
    return Candidate(
        _line(last.question), last.kind, last.language, last.status, useful, len(group) - useful,
        tuple(remark for remark in remarks if remark), sum(one.times for one in unanswered),
    )  # fmt: skip


def _summary(candidate: Candidate) -> str:
    said = [_STATUS_WORDS[candidate.status]]
    if candidate.times:
        said.append(f"{candidate.times} keer gevraagd")
    if candidate.useful or candidate.useless:
        said.append(f"nuttig: {candidate.useful} ja, {candidate.useless} nee")
    return "; ".join(said)


def _line(text: str) -> str:
    # One line, without what a terminal obeys or YAML does not know.
    return " ".join(printable(text).split())


def _plain(question: str) -> str:
    letters = unicodedata.normalize("NFKD", question.casefold())
    words = re.findall(r"[a-z0-9]+", letters.encode("ascii", "ignore").decode())
    return " ".join(words) or question


def _id(question: str) -> str:
    plain = _plain(question)
    sign = hashlib.sha256(plain.encode()).hexdigest()[:_HASH]
    return "-".join((_TAG, *(plain.split()[:_WORDS] if plain.isascii() else ()), sign))
