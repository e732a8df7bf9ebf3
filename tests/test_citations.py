"""Checking an answer against what it cites: answers are broken on purpose."""

from __future__ import annotations

import re

import pytest
from bicycles import BICYCLES, read
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.citations import Line, Source, citation_of, cite, unsupported
from assistant.records import Citation
from ingest.records import Span

DOCUMENT = read(BICYCLES, "map/leenfietsen.md")
FACTS = [
    "Voor de stallingen trekt de gemeente 380.000 euro uit.",
    "Lenen kost 2,50 euro per uur.",
    "Er staan 46 fietsen in de binnenstad.",
    "De stalling aan de Havenkade opent op 3 mei 2031.",
    "De proef met deelbakken duurt tot en met september 2032.",
    "Projectleider van de leenfiets is Marijke Oldenziel.",
    "Het Duinrader Fietsfonds (DFF) betaalt het onderhoud.",
    "Vragen over een kapotte fiets gaan naar werkplaats@duinrade.example"
    " of naar telefoonnummer 0512 345 678.",
]


def source(words: str) -> Source:
    start = DOCUMENT.text.index(words)
    return Source(DOCUMENT, Span(start, start + len(words)))


def is_verbatim(citation: Citation) -> bool:
    return DOCUMENT.text[citation.start : citation.end] == citation.quote


facts = st.sampled_from(FACTS)


@pytest.mark.parametrize("fact", FACTS)
def test_a_line_that_says_what_it_cites_stays(fact: str) -> None:
    text, citations = cite([Line(fact, (source(fact),))])

    assert text == f"{fact} [1]"
    assert [c.quote for c in citations] == [fact]
    assert is_verbatim(citations[0])


@given(facts, st.data())
def test_a_changed_digit_drops_the_line(fact: str, data: st.DataObject) -> None:
    places = [match.start() for match in re.finditer(r"\d", fact)]
    assume(places)
    place = data.draw(st.sampled_from(places))
    digit = data.draw(st.sampled_from("0123456789"))
    assume(digit != fact[place])
    broken = fact[:place] + digit + fact[place + 1 :]

    assert unsupported(Line(broken, (source(fact),)))
    assert cite([Line(broken, (source(fact),))]) == ("", ())


@given(facts, st.integers(0, 9), st.data())
def test_an_added_or_lost_digit_drops_the_line(fact: str, digit: int, data: st.DataObject) -> None:
    number = data.draw(st.sampled_from(re.findall(r"\d+", fact) or [""]))
    assume(number)
    longer = fact.replace(number, f"{number}{digit}", 1)
    assert cite([Line(longer, (source(fact),))]) == ("", ())
    if len(number) > 1:
        shorter = fact.replace(number, number[:-1], 1)
        assert cite([Line(shorter, (source(fact),))]) == ("", ())


@pytest.mark.parametrize(
    ("fact", "true", "false"),
    [
        (FACTS[0], "380.000 euro", "38.000 euro"),
        (FACTS[0], "380.000 euro", "380.000.000 euro"),
        (FACTS[0], "380.000", "380"),
        (FACTS[1], "2,50", "2,5"),
        (FACTS[1], "2,50", "12,50"),
        (FACTS[3], "2031", "2013"),
        (FACTS[3], "3 mei", "13 mei"),
        (FACTS[5], "Marijke Oldenziel", "Marijke Oldenburg"),
        (FACTS[5], "Marijke Oldenziel", "Margriet Oldenziel"),
        (FACTS[5], "Marijke Oldenziel", "Marijke van Oldenziel"),
        (FACTS[6], "DFF", "DFG"),
        (FACTS[6], "Duinrader Fietsfonds", "Duinrader Bankfonds"),
        (FACTS[3], "Havenkade", "Marktkade"),
        (FACTS[7], "werkplaats@duinrade.example", "werkplaats@duinrode.example"),
        (FACTS[7], "werkplaats@", "winkel@"),
        (FACTS[7], "werkplaats@duinrade.example", "werkplaats@duinrade.example.org"),
        (FACTS[7], "0512 345 678", "0512 345 679"),
        (FACTS[7], "werkplaats@duinrade.example", "https://duinrade.example/x"),
    ],
)
def test_a_changed_amount_name_date_or_address_drops_the_line(
    fact: str, true: str, false: str
) -> None:
    broken = fact.replace(true, false)

    assert broken != fact
    assert unsupported(Line(broken, (source(fact),)))
    assert cite([Line(broken, (source(fact),))]) == ("", ())


@pytest.mark.parametrize(
    ("fact", "true", "false"),
    [
        (FACTS[3], "3 mei 2031", "3 juni 2031"),
        (FACTS[4], "september 2032", "oktober 2032"),
        ("Bij het station komen twaalf laadpalen.", "twaalf", "dertien"),
    ],
)
def test_a_changed_month_or_number_in_words_drops_the_line(
    fact: str, true: str, false: str
) -> None:
    assert cite([Line(fact.replace(true, false), (source(fact),))]) == ("", ())


@given(facts, facts)
def test_a_fact_that_another_place_states_does_not_count(fact: str, other: str) -> None:
    assume(fact != other)

    assert cite([Line(fact, (source(other),))]) == ("", ())


@given(facts)
def test_a_line_without_sources_states_nothing_that_can_be_checked(fact: str) -> None:
    assert cite([Line(fact, ())]) == ("", ())
    assert cite([Line("De stappen staan hieronder:", ())]) == ("De stappen staan hieronder:", ())


@given(st.lists(facts, max_size=6), st.sets(st.integers(0, 5)))
def test_only_broken_lines_go_and_every_marker_resolves(found: list[str], broken: set[int]) -> None:
    lines = [
        Line(f"{fact} Dat is 9 keer zo." if place in broken else fact, (source(fact),))
        for place, fact in enumerate(found)
    ]
    text, citations = cite(lines)
    kept = [fact for place, fact in enumerate(found) if place not in broken]

    assert re.sub(r" ?\[\d+\]", "", text) == " ".join(kept)
    assert [c.number for c in citations] == list(range(1, len(set(kept)) + 1))
    assert {int(n) for n in re.findall(r"\[(\d+)\]", text)} == {c.number for c in citations}
    for citation, fact in zip(citations, dict.fromkeys(kept), strict=True):
        assert citation.quote == fact
        assert is_verbatim(citation)
        assert f"{fact} [{citation.number}]" in text


def test_the_same_place_keeps_its_number() -> None:
    lines = [Line(fact, (source(fact),)) for fact in (FACTS[0], FACTS[1], FACTS[0])]

    assert re.findall(r"\[\d+\]", cite(lines)[0]) == ["[1]", "[2]", "[1]"]


@given(st.integers(0, len(DOCUMENT.text)), st.integers(0, len(DOCUMENT.text)))
def test_any_span_is_quoted_verbatim(one: int, other: int) -> None:
    start, end = sorted((one, other))
    citation = citation_of(Source(DOCUMENT, Span(start, end)), 7)

    assert (citation.number, citation.start, citation.end) == (7, start, end)
    assert is_verbatim(citation)


def test_a_citation_says_where_it_stands() -> None:
    citation = citation_of(source(FACTS[2]), 1)

    assert citation.document_id == "leenfietsen"
    assert citation.title == "Leenfietsen in Duinrade"
    assert citation.source == "map/leenfietsen.md"
    assert citation.url == "https://duinrade.example/leenfietsen"
    assert citation.headings == ("Leenfietsen in Duinrade", "Aantallen")
    assert citation.page is None


def test_a_document_without_an_address_has_none_in_its_citations() -> None:
    document = read("Kort verhaal.")

    assert citation_of(Source(document, Span(0, 4)), 1).url is None


def test_white_space_in_the_source_does_not_hide_a_fact() -> None:
    document = read("Het kost 5 euro.\n\nBel 0512 345 678.")
    whole = Source(document, Span(0, len(document.text)))

    assert unsupported(Line("Het kost 5 euro. Bel 0512 345 678.", (whole,))) == []


def test_items_stand_under_each_other_and_sentences_after_each_other() -> None:
    steps = ["Maak een pas aan in de bibliotheek.", "Houd de pas tegen het slot."]
    lead = "Lenen gaat in drie stappen:"
    text, _ = cite([
        Line(lead, (source(lead),)),
        *(Line(f"- {step}", (source(step),)) for step in steps),
        Line(FACTS[0], (source(FACTS[0]),)),
        Line(FACTS[1], (source(FACTS[1]),)),
    ])

    assert text == (
        f"{lead} [1]\n- {steps[0]} [2]\n- {steps[1]} [3]\n\n{FACTS[0]} [4] {FACTS[1]} [5]"
    )
