"""Answers and passages as text and as JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from assistant.generation import Failure, Fate, Fault, Generation, Sentence
from assistant.questions import understand
from assistant.records import Answer, Citation, Hit, Kind, Status
from assistant.trace import Objection, Reason, Trace, Weighed, Why
from ingest.records import Passage
from ui.output import answer_as_json, answer_as_text, hits_as_json, hits_as_text, trace_as_json

CITATION = Citation(
    1, "haven", "De haven", "map/haven.md", "https://haven.example", ("De haven", "Diepte"),
    3, "De haven is 9 meter diep.", 20, 45,
)  # fmt: skip
PASSAGE = Passage(
    "p1", "haven", 10, 45, "Diepte\n\nDe haven is 9 meter diep.", ("De haven", "Diepte")
)
HIT = Hit(PASSAGE, 0.5, {"lexical": 1})
ANSWER = Answer(
    "Hoe diep is de haven?", "Hoe diep is de haven?", Status.ANSWERED,
    "De haven is 9 meter diep. [1]", (CITATION,), (HIT,), {"retrieve": 1.5}, 4,
    Trace(Why(Reason.ENOUGH)),
)  # fmt: skip


def test_an_answer_has_the_documented_form() -> None:
    assert answer_as_json(ANSWER, "q1") == {
        "id": "q1",
        "question": "Hoe diep is de haven?",
        "standalone_question": "Hoe diep is de haven?",
        "status": "answered",
        "answer": "De haven is 9 meter diep. [1]",
        "notes": [],
        "citations": [
            {
                "number": 1,
                "document": "haven",
                "title": "De haven",
                "source": "map/haven.md",
                "url": "https://haven.example",
                "heading": "De haven › Diepte",
                "page": 3,
                "quote": "De haven is 9 meter diep.",
                "start": 20,
                "end": 45,
                "version": None,
                "date": None,
                "valid_from": None,
                "valid_until": None,
            }
        ],
        "passages": [{"document": "haven", "start": 10, "end": 45, "score": 0.5}],
        "timings_ms": {"retrieve": 1.5},
        "generation": 4,
    }


def test_every_status_has_its_documented_name() -> None:
    names = [answer_as_json(replace(ANSWER, status=status))["status"] for status in Status]

    assert names == ["answered", "partial", "conflict", "clarify", "not_found", "out_of_scope"]
    assert json.loads(json.dumps(names)) == names


def test_passages_have_the_documented_form() -> None:
    assert hits_as_json([HIT], 7) == {
        "id": 7,
        "results": [
            {
                "document": "haven",
                "heading": "De haven › Diepte",
                "start": 10,
                "end": 45,
                "score": 0.5,
            }
        ],
    }
    assert hits_as_json([]) == {"id": None, "results": []}


def test_an_answer_as_text_shows_where_each_quote_stands() -> None:
    text = answer_as_text(ANSWER)

    assert text.startswith("De haven is 9 meter diep. [1]\n\nBronnen:\n[1] De haven")
    assert "Diepte, pagina 3\n" in text
    assert "    “De haven is 9 meter diep.”\n" in text
    assert text.endswith("    https://haven.example")


def test_without_an_address_the_file_is_named_and_without_pages_no_page() -> None:
    text = answer_as_text(replace(ANSWER, citations=(replace(CITATION, url=None, page=None),)))

    assert text.endswith("    map/haven.md")
    assert "pagina" not in text


def test_a_refusal_without_anything_near_is_only_its_text() -> None:
    refusal = replace(ANSWER, text="Dat staat niet in de bronnen.", citations=())

    assert answer_as_text(refusal) == "Dat staat niet in de bronnen."


def test_a_follow_up_says_how_it_was_read_and_other_questions_do_not() -> None:
    follow_up = replace(ANSWER, question="En hoe diep?")
    spaced = replace(ANSWER, question="  Hoe diep  is\nde haven? ")

    assert answer_as_text(follow_up).startswith("(gelezen als: Hoe diep is de haven?)\n\nDe haven")
    assert "gelezen als" not in answer_as_text(ANSWER)
    assert "gelezen als" not in answer_as_text(spaced)


def test_passages_as_text_are_numbered_with_their_place() -> None:
    other = replace(HIT, passage=replace(PASSAGE, document_id="kade", headings=()))
    text = hits_as_text([HIT, other])

    assert text == (
        "1. haven › De haven › Diepte (10-45)\n    Diepte\n\n    De haven is 9 meter diep.\n\n"
        "2. kade (10-45)\n    Diepte\n\n    De haven is 9 meter diep."
    )


def test_no_passages_is_said() -> None:
    assert hits_as_text([]) == "Niets gevonden."


def test_how_an_answer_came_about_has_the_documented_form() -> None:
    asked = understand("Wat kost Lutjebroek in maart 2026?", today=date(2026, 1, 1))
    asked = replace(asked, corrected=(("kots", "kost"),), synonyms={"kost": (asked.terms[:1],)})
    weighed = Weighed(
        "haven", 0, 25, "De haven is 9 meter diep.", 0.5, -0.2, {"coverage": 0.1},
        ("Lutjebroek",), Objection.NO_FACT, is_chosen=False,
    )  # fmt: skip
    why = Why(Reason.NOT_ENOUGH, Kind.HOW_MUCH, Objection.NO_FACT, ("Lutjebroek",))
    part = Trace(Why(Reason.OUT_OF_SCOPE))
    sentence = Sentence("Hij is 8 meter [1].", Fate.HELD_BACK, Fault.WRONG_FACT, ("8",))
    generation = Generation("ollama:m", "Regels", "Vraag: …", (sentence,), Failure.NOT_SUPPORTED)
    parts = ((HIT,), (weighed,), (part,))
    made = trace_as_json(Trace(why, asked, ("Lutjebroek",), *parts, generation=generation))

    assert json.loads(json.dumps(made)) == {
        "why": {
            "reason": "not_enough",
            "kind": "how_much",
            "objection": "no_fact",
            "lacking": ["Lutjebroek"],
        },
        "question": {
            "read_as": "Wat kost Lutjebroek in maart 2026?",
            "kind": "how_much",
            "language": "nl",
            "period": {"relation": "during", "windows": [["2026-03-01", "2026-03-31"]]},
            "terms": ["Lutjebroek", "maart", "2026"],
            "named": ["Lutjebroek"],
            "corrected": {"kots": "kost"},
            "other_words": {"kost": ["lutjebroek"]},
        },
        "unknown": ["Lutjebroek"],
        "passages": [
            {"document": "haven", "start": 10, "end": 45, "score": 0.5, "ranks": {"lexical": 1}}
        ],
        "statements": [
            {
                "document": "haven",
                "start": 0,
                "end": 25,
                "text": "De haven is 9 meter diep.",
                "score": 0.5,
                "sufficiency": -0.2,
                "signs": {"coverage": 0.1},
                "missing": ["Lutjebroek"],
                "objection": "no_fact",
                "chosen": False,
            }
        ],
        "topic": None,
        "parts": [trace_as_json(part)],
        "generation": {
            "model": "ollama:m",
            "system": "Regels",
            "prompt": "Vraag: …",
            "sentences": [
                {
                    "text": "Hij is 8 meter [1].",
                    "fate": "held_back",
                    "fault": "wrong_fact",
                    "wrong": ["8"],
                }
            ],
            "failure": "not_supported",
            "detail": "",
        },
    }
    assert trace_as_json(part)["generation"] is None
    assert trace_as_json(part)["question"] is None


def test_what_a_terminal_would_obey_is_not_printed() -> None:
    hostile = replace(ANSWER, text="Rood \x1b[31m\u202e\x9b[2J\nen wit. [1]", question="Rood?")
    document = replace(HIT, passage=replace(PASSAGE, text="\x1b]0;titel\x07De haven"))

    for text in (answer_as_text(hostile), hits_as_text([document])):
        assert not set("\x1b\x07\x9b\u202e") & set(text)
    assert "\nen wit. [1]" in answer_as_text(hostile)
