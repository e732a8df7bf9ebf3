"""The words in which it is told why an answer is what it is.

In:  the reasons and objections that the assistant gives.
Out: Dutch sentences for people who do not know how Wegwijs works.

Knows nothing of terminals, pages or JSON.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.generation import Fate, Fault, Sentence
from assistant.records import AskedPeriod, Kind, Relation, Window
from assistant.trace import Objection, Reason, Weighed, Why
from ui.dutch_dates import dutch_date

SOURCE_WORDS: Mapping[str, str] = {
    "lexical": "op woorden", "dense": "op betekenis", "reranker": "na herordenen",
}  # fmt: skip
_TITLES: Mapping[Reason, str] = {
    Reason.ENOUGH: "Waarom deze zinnen",
    Reason.OVERVIEW: "Waarom dit overzicht",
    Reason.COMPARED: "Waarom deze vergelijking",
    Reason.IN_PARTS: "Waarom dit antwoord",
    Reason.VAGUE: "Waarom een vraag terug",
    Reason.NO_QUESTION: "Waarom een vraag terug",
}
_REASONS: Mapping[Reason, str] = {
    Reason.ENOUGH: "Deze zinnen passen goed genoeg bij je vraag.",
    Reason.OVERVIEW: (
        "Je vraagt wat er wanneer gebeurt. Dit is alles met een datum dat bij je vraag past, op"
        " volgorde van tijd."
    ),
    Reason.COMPARED: "Je vergelijkt twee dingen. Voor elk van de twee is een antwoord gezocht.",
    Reason.IN_PARTS: "Je vraagt twee dingen. Voor elk van de twee is een antwoord gezocht.",
    Reason.OUT_OF_SCOPE: "Dit is geen vraag over de bronnen. Daarom is er niet gezocht.",
    Reason.NO_QUESTION: "In je vraag staan geen woorden om op te zoeken.",
    Reason.VAGUE: (
        "Je vraag kan over meer dan één onderwerp gaan. Daarom krijg je eerst een vraag terug."
    ),
    Reason.NOTHING_FOUND: "Er is geen enkele zin gevonden die bij je vraag past.",
    Reason.NOTHING_THEN: "Voor de tijd waar je naar vraagt, noemen de bronnen niets.",
    Reason.NOT_ENOUGH: "Geen van de gevonden zinnen geeft antwoord op je vraag.",
    Reason.DETAIL_MISSING: "Er zijn zinnen die bijna passen, maar niet helemaal.",
    Reason.UNSUPPORTED: (
        "Er was bijna een antwoord. Maar een getal of naam daarin staat niet zo in de bron. Daarom"
        " krijg je het niet."
    ),
}
_OBJECTIONS: Mapping[Objection, str] = {
    Objection.LEADS_AWAY: "verwijst alleen naar een andere pagina",
    Objection.NO_FACT: "noemt niet het soort gegeven waar je om vraagt",
    Objection.WEAK: "past te weinig bij je vraag",
    Objection.LITTLE_SUBJECT: "gaat te weinig over je onderwerp",
    Objection.NO_FOCUS: "noemt niet wat je wilt tellen of op een rij wilt",
    Objection.NO_OPINION: "zegt niet wat mensen ervan vinden",
    Objection.OTHER_DETAIL: "gaat over een andere tijd of een ander nummer",
    Objection.SAYS_NOTHING: "is alleen een titel, een naam, een datum of een vraag",
}
_NO_FACT: Mapping[Kind, str] = {
    Kind.WHEN: "noemt geen datum of periode die past",
    Kind.HOW_MUCH: "noemt geen bedrag",
    Kind.HOW_MANY: "noemt geen aantal van wat je vraagt",
    Kind.CONTACT: "noemt niet het adres, telefoonnummer of de website die je vraagt",
}
_FATES: Mapping[Fate, str] = {
    Fate.PASSED: "getoond: de bron zegt dit",
    Fate.REPLACED: "vervangen door de zin uit de bron",
    Fate.HELD_BACK: "niet getoond",
}
_FAULTS: Mapping[Fault, str] = {
    Fault.NO_MARKER: "er staat niet bij in welke passage dit staat",
    Fault.UNKNOWN_MARKER: "die passage bestaat niet",
    Fault.WRONG_FACT: "dit staat niet in de passage",
    Fault.WRONG_QUOTE: "wat tussen aanhalingstekens staat, staat niet zo in de passage",
    Fault.UNSUPPORTED: "de passage zegt dit niet zo",
    Fault.REPEATED: "dit was al gezegd",
}
_RELATIONS: Mapping[Relation, str] = {
    Relation.STARTS: "wat begint ",
    Relation.ENDS: "wat eindigt ",
    Relation.NEXT: "het eerste dat begint ",
    Relation.LAST: "het laatste dat eindigt ",
}


def why_title(why: Why) -> str:
    """Return the heading above why a question got this answer."""
    return _TITLES.get(why.reason, "Waarom geen antwoord")


def why_lines(why: Why) -> list[str]:
    """Return why a question got this answer, a sentence a line.

    Example:
        >>> why_lines(Why(Reason.NOT_ENOUGH, Kind.HOW_MUCH, Objection.NO_FACT, ("Utrecht",)))[1:]
        ['De beste zin noemt geen bedrag.', 'Dit staat er niet bij: Utrecht.']
    """
    lines = [_REASONS[why.reason]]
    if why.objection is not None:
        lines.append(f"De beste zin {objection_words(why.objection, why.kind)}.")
    if why.lacking:
        lines.append(f"Dit staat er niet bij: {', '.join(why.lacking)}.")
    return lines


def objection_words(objection: Objection, kind: Kind | None) -> str:
    """Return what speaks against a sentence, so that it can follow "de zin"."""
    no_fact = _NO_FACT.get(kind) if kind is not None else None
    if objection is Objection.NO_FACT and no_fact is not None:
        return no_fact
    return _OBJECTIONS[objection]


def verdict(weighed: Weighed, why: Why) -> str:
    """Return what became of a sentence, and why."""
    if weighed.is_chosen:
        return "gebruikt: past bij je vraag"
    missing = f"; hier staat niet bij: {', '.join(weighed.missing)}" if weighed.missing else ""
    if weighed.objection is not None:
        return f"niet gebruikt: {objection_words(weighed.objection, why.kind)}{missing}"
    if why.reason in {Reason.DETAIL_MISSING, Reason.UNSUPPORTED}:
        return f"niet gebruikt: past bijna{missing}"
    return "niet gebruikt: past ook, maar voegt te weinig toe"


def fate_words(sentence: Sentence) -> str:
    """Return what became of a sentence that a language model wrote, and why.

    Example:
        >>> fate_words(Sentence("Het is 5 euro [1].", Fate.HELD_BACK, Fault.WRONG_FACT, ("5",)))
        'niet getoond: dit staat niet in de passage: 5'
    """
    if sentence.fault is None:
        return _FATES[sentence.fate]
    wrong = f": {', '.join(sentence.wrong)}" if sentence.wrong else ""
    fault = _FAULTS[sentence.fault] + (wrong if sentence.fault is Fault.WRONG_FACT else "")
    return f"{_FATES[sentence.fate]}: {fault}"


def period_words(period: AskedPeriod) -> str:
    """Return when a question is about.

    Example:
        >>> from datetime import date
        >>> period_words(AskedPeriod(Relation.ENDS, (Window(date(2026, 3, 1), None),), False))
        'wat eindigt vanaf 1 maart 2026'
    """
    if period.relation is Relation.ONGOING:
        return "wat geen einde heeft"
    windows = " of ".join(_window_words(window) for window in period.windows)
    return f"{_RELATIONS.get(period.relation, '')}{windows}"


def _window_words(window: Window) -> str:
    first, last = (day and dutch_date(day.isoformat()) for day in (window.first, window.last))
    if first and last:
        return f"op {first}" if first == last else f"van {first} tot en met {last}"
    if first:
        return f"vanaf {first}"
    return f"tot en met {last}" if last else "op elk moment"


def listed(words: Sequence[str], most: int) -> str:
    """Return at most so many words, and whether there are more.

    Example:
        >>> listed(["a", "b", "c"], 2)
        'a, b, …'
    """
    return ", ".join((*words[:most], *(("…",) if len(words) > most else ())))
