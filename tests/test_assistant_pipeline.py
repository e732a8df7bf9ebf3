"""From question to cited answer: on the shipped corpus, on its originals, on another subject."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from bicycles import BICYCLES

from assistant.pipeline import Assistant
from assistant.records import Answer, Status
from ingest import generations
from ingest.embedding import Embedder
from ingest.errors import DocumentMissingError, IndexMissingError, ModelError
from ingest.pipeline import ingest

ORIGINALS = Path(__file__).parents[1].parent / "shared" / "sources"

ROADMAP = "Wanneer is de visuele routekaart klaar?"
AMOUNT = "Welk bedrag is er voor de onderwijscoalities?"
LEADERS = "Hoe heten de twee landelijke projectleiders?"
WAYS = "Op welke manieren kan onderwijs met jeugdhulp samengaan?"
CYCLING = "Wie won de Tour de France in 1980?"


@pytest.fixture(scope="module", params=["corpus", "originals"])
def assistant(
    request: pytest.FixtureRequest,
    corpus_data: Path,
    embedder: Embedder,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Assistant]:
    data = corpus_data
    if request.param == "originals":
        if not ORIGINALS.is_dir():
            pytest.skip(f"the originals are not here: {ORIGINALS}")
        data = tmp_path_factory.mktemp("originals")
        assert not ingest([ORIGINALS], data, embedder).failed
    opened = Assistant.open(data, embedder)
    yield opened
    opened.close()


def verify(assistant: Assistant, answer: Answer) -> None:
    """Check every citation against the stored text, and every marker against a citation."""
    for citation in answer.citations:
        text = assistant.document(citation.document_id).text
        assert text[citation.start : citation.end] == citation.quote != ""
    numbers = [citation.number for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    assert {int(number) for number in re.findall(r"\[(\d+)\]", answer.text)} == set(numbers)


def ask(assistant: Assistant, question: str, history: tuple[str, ...] = ()) -> Answer:
    answer = assistant.ask(question, history=history)
    verify(assistant, answer)
    return answer


def test_the_roadmap_is_ready_in_december_and_not_in_july(assistant: Assistant) -> None:
    answer = ask(assistant, ROADMAP)

    assert answer.status is Status.ANSWERED
    assert "december 2025" in answer.text.lower()
    assert "juli" not in answer.text.lower()
    assert any("december 2025" in citation.quote.lower() for citation in answer.citations)
    assert any("routekaart" in citation.quote.lower() for citation in answer.citations)


def test_the_amount_for_the_coalitions_is_given_as_it_stands(assistant: Assistant) -> None:
    answer = ask(assistant, AMOUNT)

    assert answer.status is Status.ANSWERED
    assert "ruim 41 miljoen euro" in answer.text
    assert "ruim 41 miljoen euro" in answer.citations[0].quote


def test_both_project_leaders_are_named(assistant: Assistant) -> None:
    answer = ask(assistant, LEADERS)

    assert answer.status is Status.ANSWERED
    for name in ("Pieter van Dijk", "Jeanet Vroom"):
        assert name in answer.text
        assert any(name in citation.quote for citation in answer.citations)


def test_the_four_ways_are_four_cited_items(assistant: Assistant) -> None:
    answer = ask(assistant, WAYS)
    items = [line for line in answer.text.splitlines() if line.startswith("- ")]

    assert answer.status is Status.ANSWERED
    assert len(items) == 4
    assert all(re.search(r"\[\d+\]$", item) for item in items)
    told = ("terrein", "kleinschalige woonvoorziening", "overdag", "woonsituaties")
    assert all(words in item.lower() for words, item in zip(told, items, strict=True))


def test_another_subject_is_refused_with_the_nearest_passages(assistant: Assistant) -> None:
    answer = ask(assistant, CYCLING)

    assert answer.status is Status.NOT_FOUND
    assert answer.text.startswith("Dat staat niet in de bronnen")
    assert 0 < len(answer.citations) <= 5
    assert answer.hits


def test_every_subject_of_the_collection_gives_an_answer_that_verifies(
    assistant: Assistant,
) -> None:
    for document_id in {hit.passage.document_id for hit in assistant.search("onderwijs", 50)}:
        document = assistant.document(document_id)
        for block in document.blocks[::4]:
            ask(assistant, f"Wat weet je over {document.text[block.start : block.end][:80]}?")


def test_the_same_question_gets_the_same_answer(assistant: Assistant) -> None:
    for question in (ROADMAP, AMOUNT, LEADERS, WAYS, CYCLING):
        first, second = ask(assistant, question), ask(assistant, question)
        assert (first.text, first.citations, first.hits) == (
            second.text,
            second.citations,
            second.hits,
        )


def test_every_question_that_it_offers_is_answered(assistant: Assistant) -> None:
    examples = assistant.suggester.examples()

    assert examples
    assert len(set(examples)) == len(examples)
    for question in examples:
        assert ask(assistant, question).status is Status.ANSWERED, question


def test_a_follow_up_is_understood_from_the_conversation(assistant: Assistant) -> None:
    answer = ask(assistant, "En tot wanneer is die er?", (CYCLING, AMOUNT))

    assert "onderwijscoalities" in answer.standalone_question
    assert answer.question == "En tot wanneer is die er?"
    assert answer.standalone_question != answer.question


def test_an_answer_says_what_led_to_it(assistant: Assistant) -> None:
    answer = ask(assistant, AMOUNT)

    assert answer.generation == assistant.generation == 1
    assert [hit.score for hit in answer.hits] == sorted(
        (hit.score for hit in answer.hits), reverse=True
    )
    assert set(answer.timings_ms) == {"understand", "retrieve", "weigh", "answer"}
    for hit in answer.hits:
        text = assistant.document(hit.passage.document_id).text
        assert text[hit.passage.start : hit.passage.end] == hit.passage.text


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Wanneer opent de stalling aan de Havenkade?", "3 mei 2031"),
        ("Op welke datum gaat de stalling aan de Havenkade open?", "3 mei 2031"),
        ("Tot wanneer duurt de proef met deelbakken?", "tot en met september 2032"),
        ("Hoeveel geld is er voor de stallingen?", "380.000 euro"),
        ("Welk bedrag trekt de gemeente uit voor de stallingen?", "380.000 euro"),
        ("Wat kost lenen per uur?", "2,50 euro"),
        ("Hoeveel fietsen staan er in de binnenstad?", "46 fietsen"),
        ("Hoeveel laadpalen komen er bij het station?", "twaalf laadpalen"),
        ("Wie is de projectleider van de leenfiets?", "Marijke Oldenziel"),
        ("Hoe heet de projectleider?", "Marijke Oldenziel"),
        ("Wie betaalt het onderhoud?", "Duinrader Fietsfonds"),
        ("Op welk mailadres meld ik een kapotte fiets?", "werkplaats@duinrade.example"),
        ("Wat is het telefoonnummer voor een kapotte fiets?", "0512 345 678"),
        ("Wat is een deelbak?", "een bakfiets"),
        ("Waar staat DFF voor?", "Duinrader Fietsfonds"),
        ("Waarom begon de gemeente met de leenfiets?", "omdat veel gezinnen geen auto hebben"),
        ("WANNEER OPENT DE STALLING AAN DE HAVENKADE", "3 mei 2031"),
        ("deelbak", "een bakfiets"),
    ],
)
def test_questions_on_a_subject_it_never_saw_are_answered(
    bicycles: Assistant, question: str, expected: str
) -> None:
    answer = ask(bicycles, question)

    assert answer.status is Status.ANSWERED
    assert expected in answer.text
    assert any(expected in citation.quote for citation in answer.citations)
    assert len(answer.text.split()) < 45


@pytest.mark.parametrize(
    "question", ["Welke stappen zijn er om een fiets te lenen?", "Hoe leen je een fiets?"]
)
def test_a_list_on_a_subject_it_never_saw_is_given_whole(
    bicycles: Assistant, question: str
) -> None:
    answer = ask(bicycles, question)

    assert re.findall(r"^- (\w+) .* \[\d\]$", answer.text, re.MULTILINE) == ["Maak", "Houd", "Zet"]


@pytest.mark.parametrize(
    "question",
    [
        "Wanneer opent de stalling aan het Marktplein?",
        "Wanneer sluit de bibliotheek?",
        "Hoeveel fietsen staan er op Texel?",
        "Hoeveel auto's staan er in de binnenstad?",
        "Hoeveel geld is er voor de laadpalen?",
        "Wat kost een parkeervergunning?",
        "Wat kost een pas?",
        "Wie is de wethouder van cultuur?",
        "Wie betaalt de wegen?",
        "Wat is het mailadres van de burgemeester?",
        "Wat is een deelauto?",
        "Waarom sluit het zwembad?",
        "Welke scholen zijn er in de gemeente?",
        "Wat doet de provincie Zeeland?",
    ],
)
def test_near_misses_are_refused(bicycles: Assistant, question: str) -> None:
    answer = ask(bicycles, question)

    assert answer.status is Status.NOT_FOUND, answer.text
    assert answer.text.startswith("Dat staat niet in de bronnen")


@pytest.mark.parametrize("question", ["", "   ", "?", "!!", "é", "de het een", "1", "x" * 5000])
def test_what_says_nothing_is_never_answered(bicycles: Assistant, question: str) -> None:
    answer = ask(bicycles, question)

    assert answer.question == question
    assert answer.text.startswith(("Dat staat niet in de bronnen", "Ik zie geen vraag"))


def test_a_citation_leads_to_its_place_and_to_the_original(bicycles: Assistant) -> None:
    (citation,) = ask(bicycles, "Hoeveel fietsen staan er in de binnenstad?").citations

    assert citation.document_id == "leenfietsen"
    assert citation.source == "leenfietsen.md"
    assert citation.title == "Leenfietsen in Duinrade"
    assert citation.url == "https://duinrade.example/leenfietsen"
    assert citation.headings == ("Leenfietsen in Duinrade", "Aantallen")


def test_the_day_of_asking_can_be_given(bicycles: Assistant) -> None:
    question = "Wanneer opent de stalling aan de Havenkade?"

    assert "3 mei 2031" in bicycles.ask(question, today=date(2040, 1, 1)).text


def test_a_document_that_is_not_there_is_told_in_dutch(bicycles: Assistant) -> None:
    with pytest.raises(DocumentMissingError, match="Het document 'zwembad' staat niet in de index"):
        bicycles.document("zwembad")


def test_without_an_index_it_says_how_to_make_one(tmp_path: Path, embedder: Embedder) -> None:
    with pytest.raises(IndexMissingError, match="wegwijs ingest"):
        Assistant.open(tmp_path, embedder)


def test_an_index_of_another_model_is_refused(corpus_data: Path, embedder: Embedder) -> None:
    class Other:
        fingerprint = "static:0000000000000000"
        embed_passages = embedder.embed_passages
        embed_query = embedder.embed_query

    with pytest.raises(ModelError, match="ander taalmodel"):
        Assistant.open(corpus_data, Other())


def test_an_open_assistant_answers_on_while_a_new_index_is_made(
    tmp_path: Path, embedder: Embedder
) -> None:
    folder, data = tmp_path / "fietsen", tmp_path / "data"
    folder.mkdir()
    (folder / "leenfietsen.md").write_text(BICYCLES, encoding="utf-8")
    ingest([folder], data, embedder)
    old = Assistant.open(data, embedder)
    (folder / "leenfietsen.md").write_text(BICYCLES.replace("46 fietsen", "52 fietsen"), "utf-8")
    ingest([folder], data, embedder)
    new = Assistant.open(data, embedder)

    question = "Hoeveel fietsen staan er in de binnenstad?"
    assert "46 fietsen" in ask(old, question).text
    assert "52 fietsen" in ask(new, question).text
    assert (old.generation, new.generation) == (1, generations.current(data)) == (1, 2)
    old.close()
    new.close()


def test_a_copied_index_answers_elsewhere(
    corpus_data: Path, tmp_path: Path, embedder: Embedder
) -> None:
    shutil.copytree(corpus_data, tmp_path / "elders")
    opened = Assistant.open(tmp_path / "elders", embedder)

    assert "ruim 41 miljoen euro" in ask(opened, AMOUNT).text
    opened.close()


@pytest.mark.parametrize("question", ["", "   ", "???", "!?\n"])
def test_what_is_no_question_is_asked_for_one(bicycles: Assistant, question: str) -> None:
    answer = bicycles.ask(question)
    assert (answer.status, answer.citations) == (Status.CLARIFY, ())
    assert answer.text.endswith("Wat wil je weten?")


def test_a_timeline_is_of_all_documents_also_those_that_were_not_found(
    embedder: Embedder, tmp_path: Path
) -> None:
    sources = tmp_path / "bronnen"
    sources.mkdir()
    for number in range(1, 31):
        heading = f"# Haven {number}\n\n## Mijlpaal: kade {number} klaar"
        text = f"{heading}\n\nPeriode: mei {2030 + number}\n"
        (sources / f"haven{number}.md").write_text(text, encoding="utf-8")
    ingest([sources], tmp_path / "data", embedder)
    opened = Assistant.open(tmp_path / "data", embedder)
    first = opened.ask("Wat is de volgende mijlpaal?", today=date(2044, 1, 1))
    every = opened.ask("Geef een overzicht van alle mijlpalen.", today=date(2044, 1, 1))
    opened.close()

    assert first.text.startswith("Mei 2044: kade 14 klaar.")
    assert every.text.count("\n- ") == 29


def test_a_time_in_which_nothing_happens_is_refused_with_what_comes_nearest(
    assistant: Assistant,
) -> None:
    answer = assistant.ask("Welke mijlpaal begint er volgend jaar?", today=date(2039, 1, 10))

    assert answer.status is Status.NOT_FOUND
    assert answer.text.startswith("Dat staat niet in de bronnen. Voor die tijd")
    assert 0 < len(answer.citations) <= 4
    verify(assistant, answer)
