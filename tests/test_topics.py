"""Topics that a question can be limited to, on collections that corpus/ knows nothing of."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from indexing import write
from planning import FILES

from assistant.live import LiveAssistant
from assistant.records import Status
from ingest.embedding import Embedder
from ingest.errors import UsageError
from ingest.pipeline import ingest
from ingest.thesaurus import read_concepts

BOATS = """---
title: Huren
thema: [Boten, "Sloepen; kano's"]
---
# Huren
""" + "\n".join(
    f"\n## Boot {n}\n\nDe boot met nummer {n} kost {n}0 euro per dag." for n in range(1, 6)
)
REPAIRS = """# Werkplaats

## Lekke band

De werkplaats plakt een lekke band voor 7 euro. Dat duurt een uur.

## Bakfiets nakijken

De werkplaats kijkt een bakfiets na voor 30 euro.

## Bakfiets lenen

Een bakfiets lenen kost 4 euro per uur.

## Deelfiets terugbrengen

Breng de deelfiets terug naar de stalling aan de kade.
"""
WORDS = """
@prefix : <http://v.invalid/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
: skos:hasTopConcept :fiets, :zeldzaam .
:fiets skos:prefLabel "rijwiel"@nl ; skos:altLabel "rijwielen"@nl .
:bakfiets skos:prefLabel "bakfiets"@nl ; skos:broader :deelfiets .
:deelfiets skos:prefLabel "deelfiets"@nl ; skos:broader :fiets, :bakfiets .
:zeldzaam skos:prefLabel "vuurtoren"@nl .
:huren skos:prefLabel "huren"@nl .
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    folder = tmp_path_factory.mktemp("onderwerpen")
    files = {**FILES, "huren.md": BOATS, "werkplaats.md": REPAIRS, "woorden.ttl": WORDS}
    write(folder / "in", files)
    assert not ingest([folder / "in"], folder / "data", embedder).failed
    return folder / "data"


@pytest.fixture(scope="module")
def assistant(data: Path, embedder: Embedder) -> LiveAssistant:
    return LiveAssistant(data, embedder)


def test_topics_are_what_the_index_holds(assistant: LiveAssistant) -> None:
    # Milestones, what a document says of itself, and the top concept that passages are about:
    # in the plural, with all below it. One that no passage is about is left out.
    assert [(topic.key, topic.name) for topic in assistant.topics()] == [
        ("mijlpalen", "Mijlpalen"),
        ("boten", "Boten"),
        ("kano-s", "Kano's"),
        ("sloepen", "Sloepen"),
        ("rijwielen", "Rijwielen"),
    ]


def test_a_question_within_a_topic_is_answered_from_it(assistant: LiveAssistant) -> None:
    answer = assistant.ask("Wat kost boot nummer 3 per dag?", topic="boten")

    assert answer.status is Status.ANSWERED
    assert {one.document_id for one in answer.citations} == {"huren"}
    assert {hit.passage.document_id for hit in answer.hits} == {"huren"}
    assert answer.trace.topic == "Boten"
    assert answer.notes == ()


def test_what_is_outside_the_topic_is_refused_and_the_topic_is_named(
    assistant: LiveAssistant,
) -> None:
    question = "Hoeveel kost een lekke band plakken?"
    everywhere = assistant.ask(question)
    within = assistant.ask(question, topic="Boten")

    assert everywhere.status is Status.ANSWERED and "7 euro" in everywhere.text
    assert everywhere.trace.topic == "" and everywhere.notes == ()
    assert within.status is Status.NOT_FOUND
    assert within.notes == ("Er is alleen gezocht in het onderwerp “Boten”.",)
    assert all(one.document_id == "huren" for one in within.citations)


def test_a_concept_holds_what_is_below_it_also_in_a_circle(assistant: LiveAssistant) -> None:
    found = assistant.search("werkplaats", topic="rijwielen")

    assert found
    assert all(
        any("fiets" in text.lower() for text in (hit.passage.text, *hit.passage.headings))
        for hit in found
    )
    assert "Lekke band" not in {hit.passage.headings[-1] for hit in found}


@pytest.mark.parametrize("question", ["Wat staat er op de planning?", "En wat gebeurt er in 2032?"])
def test_an_overview_within_a_topic_names_nothing_from_outside(
    assistant: LiveAssistant, question: str
) -> None:
    assert assistant.ask(question, topic="mijlpalen").citations
    assert all(
        one.document_id == "huren" for one in assistant.ask(question, topic="boten").citations
    )


def test_an_unknown_topic_is_told_with_those_that_there_are(assistant: LiveAssistant) -> None:
    with pytest.raises(UsageError) as told:
        assistant.ask("Wat kost een boot?", topic="trams")

    assert "trams" in told.value.what and "mijlpalen, boten" in told.value.advice


def test_the_command_line_takes_a_topic(data: Path) -> None:
    from ui.cli import wegwijs

    done = CliRunner().invoke(
        wegwijs,
        ["ask", "Wat kost een lekke band?", "--topic", "boten", "--explain", "--data", str(data)],
        standalone_mode=False,
    )

    assert "Er is alleen gezocht in het onderwerp “Boten”." in done.output
    assert "Alleen gezocht in: Boten" in done.output


def test_a_scheme_names_its_top_concepts_from_either_side() -> None:
    words = WORDS + ":huren skos:topConceptOf : ."
    tops = {one.id.rsplit("/")[-1] for one in read_concepts(words.encode()) if one.is_top}

    assert tops == {"fiets", "zeldzaam", "huren"}
