"""A sentence of a model passes only when a source says it; each test changes one thing."""

from __future__ import annotations

import functools

import pytest
from bicycles import read

from assistant.cutting import Cut, milestone_statements
from assistant.evidence import Candidate, Evidence, weigh
from assistant.llm.support import misquotes, supported
from assistant.questions import understand
from ingest.milestones import find_milestones
from ingest.records import Span

TEXT = """\
# De bakfietsregeling

## Wie kan meedoen

Alleen scholen met een plan kunnen tot 1 mei 2031 subsidie aanvragen. De gemeente Duinrade (GD) \
betaalt de school 2.500 euro per klas, omdat de bus duur is. De regeling loopt in drie rondes, en \
ouders betalen 10% van de kosten niet. Dat geldt ook voor opleidingen.

Coalities krijgen:

- een vaste begeleider
- twee studiedagen

Dit mag niet:

- roken op het hele plein

Ronde 1 heeft 5 miljoen euro en ronde 2 heeft 7 miljoen euro. Wethouder Jan de Vries zei: "Dit is \
een begin." Meer staat op https://duinrade.example/regeling. Is de pont gratis?
"""


@functools.cache
def evidence() -> list[Evidence]:
    document = read(TEXT)
    question = understand("Wie krijgt de subsidie?")
    whole = [Span(0, len(document.text))]
    candidates = [Candidate(s, 0.5, 0.0, 1.0, frozenset()) for s in Cut(document).within(whole)]
    return weigh(question, candidates, {term.surface: 1.0 for term in question.terms})


@pytest.mark.parametrize(
    "sentence",
    [
        "Alleen scholen met een plan kunnen tot 1 mei 2031 subsidie aanvragen.",
        "alleen scholen met een plan kunnen tot 1 mei 2031 subsidie aanvragen",
        "De gemeente Duinrade betaalt de school 2.500 euro per klas.",
        "Gemeente Duinrade betaalt een school 2.500 euro per klas, omdat de bus duur is.",
        "In drie rondes loopt de regeling, en ouders betalen 10% van de kosten niet.",
        "Coalities krijgen een vaste begeleider.",
        "Coalities krijgen: twee studiedagen",
        "Dit mag niet: roken op het hele plein.",
        "Wie kan meedoen: Alleen scholen met een plan kunnen tot 1 mei 2031 subsidie aanvragen.",
        "De regeling loopt in drie rondes, en ouders betalen 10% van de kosten niet, en ronde 1 "
        "heeft 5 miljoen euro en ronde 2 heeft 7 miljoen euro.",
        'Wethouder Jan de Vries zei: "Dit is een begin."',
        "Meer staat op https://duinrade.example/regeling.",
    ],
)
def test_a_sentence_of_the_source_passes_with_the_spans_that_say_it(sentence: str) -> None:
    line = supported(sentence, evidence())

    assert line is not None
    quotes = " ".join(source.quote for source in line.sources)
    assert "2.500" not in sentence or "2.500 euro per klas" in quotes
    assert all(s.document.text[s.span.start : s.span.end] == s.quote for s in line.sources)


@pytest.mark.parametrize(
    "sentence",
    [
        # a number, date, amount, sign or name is another one
        "Alleen scholen met een plan kunnen tot 2 mei 2031 subsidie aanvragen.",
        "Alleen scholen met een plan kunnen tot 1 juni 2031 subsidie aanvragen.",
        "De gemeente Duinrade betaalt de school 25.00 euro per klas.",
        "De gemeente Duinrade betaalt de school 2500 miljoen euro per klas.",
        "De gemeente Haven betaalt de school 2.500 euro per klas.",
        "De regeling loopt in drie rondes, en ouders betalen 10€ van de kosten niet.",
        "De regeling loopt in drie rondes, en ouders betalen -10% van de kosten niet.",
        'Wethouder Jan de Boer zei: "Dit is een begin."',
        "Meer staat op https://duinrade.example/regelingen.",
        "Meer staat op https://duinrade.example.regeling.",
        # a denial, condition or limit is added or gone
        "Scholen met een plan kunnen tot 1 mei 2031 subsidie aanvragen.",
        "Alleen scholen kunnen tot 1 mei 2031 subsidie aanvragen.",
        "Alleen scholen met een plan kunnen subsidie aanvragen.",
        "Alleen scholen met een plan kunnen niet tot 1 mei 2031 subsidie aanvragen.",
        "Alleen scholen met een plan moeten tot 1 mei 2031 subsidie aanvragen.",
        "Alleen scholen met een plan kunnen vanaf 1 mei 2031 subsidie aanvragen.",
        "De regeling loopt in drie rondes.",
        "De regeling loopt niet in drie rondes, en ouders betalen 10% van de kosten.",
        "Ouders betalen 10% van de kosten.",
        # who does what to whom is turned round, or values change places
        "De school betaalt de gemeente Duinrade 2.500 euro per klas.",
        "Ronde 1 heeft 7 miljoen euro en ronde 2 heeft 5 miljoen euro.",
        "Ronde 1 heeft 7 miljoen euro.",
        "Ronde 2 heeft 5 miljoen euro.",
        # something is added, mixed or left hanging
        "De gemeente Duinrade betaalt elke school 2.500 euro per klas.",
        "De gemeente Duinrade betaalde de school 2.500 euro per klas.",
        "De gemeente Duinrade betaalt de school 2.500 euro per klas, omdat de trein duur is.",
        "De gemeente Duinrade betaalt ouders 10% van de kosten.",
        "Dat geldt ook voor opleidingen.",
        "Roken op het hele plein.",
        "Twee studiedagen.: Ronde 1",
        "Is de pont gratis?",
        "De pont is gratis.",
        "Ja, de regeling loopt in drie rondes, en ouders betalen 10% van de kosten niet.",
        "De, het een.",
        "",
    ],
)
def test_a_sentence_that_no_source_says_does_not_pass(sentence: str) -> None:
    assert supported(sentence, evidence()) is None


def test_a_quotation_is_there_word_for_word_or_it_is_a_misquote() -> None:
    assert not misquotes('Hij zei: "Dit is een begin."', evidence())
    assert misquotes('Hij zei: "Dit is het begin."', evidence())


def test_a_milestone_is_said_with_its_date_only() -> None:
    document = read(
        "# Planning\n\n## Mijlpaal: opening van de stalling\n\n**Periode:** 3 mei 2031\n\n"
        "Iedereen mag komen."
    )
    statements = milestone_statements(document, find_milestones(document))
    question = understand("Wanneer opent de stalling?")
    candidates = [Candidate(s, 0.5, 0.0, 1.0, frozenset()) for s in statements]
    ranked = weigh(question, candidates, {term.surface: 1.0 for term in question.terms})

    assert supported("3 mei 2031: opening van de stalling.", ranked) is not None
    assert supported("Opening van de stalling 3 mei 2031.", ranked) is not None
    assert supported("Opening van de stalling.", ranked) is None
    assert supported("4 mei 2031: opening van de stalling.", ranked) is None
