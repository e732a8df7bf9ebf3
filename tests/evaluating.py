"""Help tests evaluate: questions on leenfietsen, outcomes made by hand, systems that are bad.

In:  nothing, or an assistant to do worse than.
Out: Cases, Outcomes; answerers with the methods of an Assistant.

Knows nothing of what a test expects.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from assistant.citations import Source, citation_of
from assistant.evaluation.records import Case, Cited, Evidence, Found, Outcome, Run
from assistant.pipeline import Assistant
from assistant.records import Answer, Status
from ingest.records import Document, Span

TODAY = date(2031, 3, 1)
QUESTIONS = """\
- id: opening-stalling
  question: Wanneer opent de stalling aan de Havenkade?
  kind: when
  topic: planning
  status: [answered]
  facts: [["3 mei 2031", "3-5-2031"]]
  wrong: ["4 mei 2031"]
  evidence: [{document: leenfietsen, quote: "opent op 3 mei 2031"}]
- id: bedrag-stallingen
  question: Welk bedrag is er voor de stallingen?
  kind: how_much
  topic: geld
  status: [answered]
  facts: [["380.000 euro"]]
  evidence: [{document: leenfietsen, words: [stallingen, "380.000"]}]
- id: prijs-per-uur
  question: Wat kost lenen per uur?
  kind: how_much
  topic: geld
  status: [answered]
  facts: [["2,50 euro"]]
  evidence: [{document: leenfietsen, quote: "Lenen kost 2,50 euro per uur."}]
- id: fietsen-binnenstad
  question: Hoeveel fietsen staan er in de binnenstad?
  kind: how_many
  topic: aantallen
  status: [answered]
  facts: [["46"]]
  evidence: [{document: leenfietsen, quote: "46 fietsen in de binnenstad"}]
- id: einde-proef
  question: Tot wanneer duurt de proef met deelbakken?
  kind: when
  topic: planning
  status: [answered]
  facts: [["september 2032"]]
  evidence: [{document: leenfietsen, quote: "tot en met september 2032"}]
- id: projectleider
  question: Wie is de projectleider van de leenfiets?
  kind: who
  topic: mensen
  status: [answered]
  facts: [["Marijke Oldenziel"]]
  evidence: [{document: leenfietsen, quote: "Projectleider van de leenfiets is Marijke Oldenziel."}]
- id: tour-de-france
  question: Wie won de Tour de France in 1980?
  kind: who
  topic: overig
  tags: [far]
  status: [not_found, out_of_scope]
- id: paspoort
  question: Hoe vraag ik een nieuw paspoort aan?
  kind: how
  topic: overig
  tags: [far]
  status: [not_found, out_of_scope]
  near: leenfietsen
- id: burgemeester
  question: Hoeveel verdient de burgemeester van Duinrade?
  kind: how_much
  topic: overig
  tags: [near_miss]
  status: [not_found]
  near: leenfietsen
"""


def case(**named: Any) -> Case:
    """Return a question that should be answered with "12 coalities"."""
    given: dict[str, Any] = {
        "id": "vraag",
        "question": "Hoeveel coalities zijn er?",
        "kind": "how_many",
        "status": (Status.ANSWERED,),
        "facts": (("12 coalities",),),
        "evidence": (Evidence("doc", "12 coalities"),),
    }
    return Case(**given | named)


def declining(**named: Any) -> Case:
    """Return a question that has no answer."""
    return case(**{"facts": (), "evidence": (), "status": (Status.NOT_FOUND,)} | named)


def outcome(text: str = "Er zijn 12 coalities. [1]", *quotes: str, **named: Any) -> Outcome:
    """Return an answer that cites `quotes`; with none, the one that it should cite."""
    cited = [
        Cited(number, "doc", "", quote, verbatim=True, proves=True)
        for number, quote in enumerate(quotes or ("Er zijn 12 coalities.",), start=1)
    ]
    given: dict[str, Any] = {
        "case": case(), "status": Status.ANSWERED, "text": text, "cited": tuple(cited)
    }  # fmt: skip
    return Outcome(**given | named)


def refusal(**named: Any) -> Outcome:
    return outcome("Dat staat niet in de bronnen.", status=Status.NOT_FOUND, **named)


def ranked(*holds: bool) -> tuple[Found, ...]:
    """Return what was retrieved, best first, given which passages hold the answer."""
    return tuple(Found("doc", "", "…", 1.0 - i / 100, {}, hold) for i, hold in enumerate(holds))


def run_of(*outcomes: Outcome) -> Run:
    made = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    return Run(made, TODAY, 1, "model", "all", 1.5, outcomes)


class Bad:
    """An assistant whose answers are spoilt."""

    def __init__(self, real: Assistant, spoil: Callable[[Answer], Answer]) -> None:
        self.real, self.spoil = real, spoil

    def ask(self, question: str, *, history: Sequence[str], today: date | None) -> Answer:
        return self.spoil(self.real.ask(question, history=history, today=today))

    def document(self, document_id: str) -> Document:
        return self.real.document(document_id)


def always_refuses(real: Assistant) -> Bad:
    text = "Dat staat niet in de bronnen."
    return Bad(real, lambda a: replace(a, status=Status.NOT_FOUND, text=text, citations=()))


def top_passage(real: Assistant) -> Bad:
    def spoil(answer: Answer) -> Answer:
        passage = answer.hits[0].passage
        source = Source(real.document(passage.document_id), Span(passage.start, passage.end))
        return _answered(answer, source)

    return Bad(real, spoil)


def whole_documents(real: Assistant) -> Bad:
    def spoil(answer: Answer) -> Answer:
        document = real.document(answer.hits[0].passage.document_id)
        return _answered(answer, Source(document, Span(0, len(document.text))))

    return Bad(real, spoil)


def _answered(answer: Answer, source: Source) -> Answer:
    text = " ".join(source.quote.split())
    citations = (citation_of(source, 1),)
    return replace(answer, status=Status.ANSWERED, text=f"{text} [1]", citations=citations)


def shuffled_citations(real: Assistant) -> Bad:
    """Every marker leads to what the answer before it cited: verbatim, and beside the point."""
    before = list(real.ask("Hoe leen je een fiets?").citations)

    def spoil(answer: Answer) -> Answer:
        others = [before[i % len(before)] for i in range(len(answer.citations))]
        pairs = zip(answer.citations, others, strict=True)
        shuffled = tuple(replace(other, number=own.number) for own, other in pairs)
        before[:] = answer.citations or before
        return replace(answer, citations=shuffled)

    return Bad(real, spoil)


def changed_numbers(real: Assistant) -> Bad:
    """Every digit is one higher, but for those of markers."""

    def spoil(answer: Answer) -> Answer:
        text = re.sub(r"(?<!\[)\d", lambda m: str((int(m.group()) + 1) % 10), answer.text)
        return replace(answer, text=text)

    return Bad(real, spoil)


def invented_quotes(real: Assistant) -> Bad:
    """Every quote is the sentence of the answer, whatever the document says there."""

    def spoil(answer: Answer) -> Answer:
        quoted = tuple(replace(c, quote=answer.text, start=c.start + 3) for c in answer.citations)
        return replace(answer, citations=quoted)

    return Bad(real, spoil)
