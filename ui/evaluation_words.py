"""The words in which figures, kinds and statuses are shown.

In:  the names that the evaluation uses.
Out: Dutch for people who maintain a collection; numbers the way Dutch writes them.

Knows nothing of terminals or pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from assistant.evaluation.figures import Figure
from assistant.evaluation.metrics import (
    METRICS,
    listed_wrong,
    missing_facts,
    unsourced_numbers,
)
from assistant.evaluation.records import Outcome
from assistant.records import Status
from ui.dutch_dates import dutch_date

_SURE = 0.05


@dataclass(frozen=True, slots=True)
class Words:
    """What a metric is called, and what it tells."""

    name: str
    meaning: str


METRIC_WORDS: Mapping[str, Words] = {
    "right": Words("Goed beantwoord", "juist soort antwoord, alle feiten erin, niets fout"),
    "facts_right": Words("Feiten erin", "deel van de verwachte feiten dat in het antwoord staat"),
    "wrong_facts": Words(
        "Fout feit", "antwoorden met een fout feit of een getal zonder bron (laag is goed)"
    ),
    "citation_recall": Words("Zinnen met bron", "zinnen die staan in de bron die ze noemen"),
    "citation_precision": Words("Bronnen nodig", "genoemde bronnen die hun zin echt dragen"),
    "evidence_hit": Words("Juiste plek", "antwoorden die de plek noemen waar het staat"),
    "refusal_precision": Words("Terecht geen antwoord", "keren zonder antwoord waar dat klopte"),
    "refusal_recall": Words("Zwijgt waar nodig", "vragen zonder antwoord die er ook geen kregen"),
    "needless_refusal": Words(
        "Onnodig geen antwoord", "vragen met een antwoord die er geen kregen (laag is goed)"
    ),
    "conciseness": Words("Kort genoeg", "hoe kort het antwoord is voor wat erin moet staan"),
    "recall_at_5": Words("Gevonden bij 5", "goede passages bij de eerste 5 (recall@5)"),
    "recall_at_10": Words("Gevonden bij 10", "goede passages bij de eerste 10 (recall@10)"),
    "reciprocal_rank": Words("Hoe hoog", "1 gedeeld door de plaats van de eerste goede (MRR@10)"),
    "ndcg": Words("Volgorde", "hoe goed de volgorde van de passages is (nDCG@10)"),
    "latency": Words("Wachttijd", "milliseconden van vraag tot antwoord"),
}
GROUP_WORDS: Mapping[str, str] = {
    "kind": "Per soort vraag",
    "topic": "Per onderwerp",
    "document": "Per document",
    "tag": "Per kenmerk",
}
KIND_WORDS: Mapping[str, str] = {
    "when": "wanneer", "how_much": "welk bedrag", "how_many": "hoeveel", "who": "wie",
    "contact": "contact", "definition": "wat is", "why": "waarom", "how": "hoe",
    "list": "opsomming", "timeline": "tijdlijn", "comparison": "vergelijking",
    "yes_no": "ja of nee", "other": "anders",
}  # fmt: skip
STATUS_WORDS: Mapping[Status, str] = {
    Status.ANSWERED: "antwoord",
    Status.PARTIAL: "deel van het antwoord",
    Status.CONFLICT: "bronnen zeggen niet hetzelfde",
    Status.CLARIFY: "vraag terug",
    Status.NOT_FOUND: "niet gevonden",
    Status.OUT_OF_SCOPE: "past niet bij de bronnen",
}
VERDICT_WORDS: Mapping[str, str] = {
    "worse": "Slechter", "better": "Beter", "different": "Anders, even goed",
}  # fmt: skip


def group_name(group: str, member: str) -> str:
    """Return what a member of a group is called: kinds have a Dutch name."""
    return KIND_WORDS.get(member, member) if group == "kind" else member


def number(value: float, digits: int = 0) -> str:
    """Return a number with a decimal comma.

    Example:
        >>> number(3.14159, 2)
        '3,14'
    """
    return f"{value:.{digits}f}".replace(".", ",")


def amount(name: str, value: float) -> str:
    """Return the value of a metric: a percentage, or milliseconds."""
    return f"{number(100 * value)}%" if METRICS[name].repeats else f"{number(value)} ms"


def span(name: str, figure: Figure) -> str:
    """Return the interval of a figure."""
    scale = 100 if METRICS[name].repeats else 1
    return f"{number(scale * figure.low)}-{number(scale * figure.high)}"


def points(difference: float) -> str:
    """Return a difference between two shares, in percentage points with a sign.

    Example:
        >>> points(0.021), points(-0.1), points(0.0)
        ('+2,1', '-10,0', '0,0')
    """
    found = number(100 * difference, 1)
    return f"+{found}" if difference > 0 and found != "0,0" else found.replace("-0,0", "0,0")


def chance(p: float) -> str:
    """Return what a p-value says of a difference."""
    return "toeval is onwaarschijnlijk" if p < _SURE else "kan toeval zijn"


def moment(made: datetime) -> str:
    """Return a moment in the time zone of this computer.

    Example:
        >>> moment(datetime.fromisoformat("2031-05-03T09:05:00").astimezone())
        '3 mei 2031 om 09:05'
    """
    here = made.astimezone()
    return f"{dutch_date(here.date().isoformat())} om {here:%H:%M}"


def questions(count: int) -> str:
    """Return a number of questions in words.

    Example:
        >>> questions(1), questions(2)
        ('1 vraag', '2 vragen')
    """
    return f"{count} vraag" if count == 1 else f"{count} vragen"


def reasons(outcome: Outcome) -> list[str]:
    """Return why an answer is not right, or what else is the matter with it."""
    found = []
    if outcome.status not in outcome.case.status:
        wanted = " of ".join(STATUS_WORDS[status] for status in outcome.case.status)
        found.append(f"kreeg: {STATUS_WORDS[outcome.status]}; goed is: {wanted}")
    if not outcome.case.must_decline:
        found += [f"mist: {' / '.join(fact)}" for fact in missing_facts(outcome)]
    found += [f"fout: {phrase}" for phrase in listed_wrong(outcome)]
    found += [f"getal zonder bron: {loose}" for loose in unsourced_numbers(outcome)]
    return found
