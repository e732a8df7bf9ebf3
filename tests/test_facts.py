"""Facts with their spans: periods, amounts, counts, addresses, abbreviations."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.facts import Fact, FactKind, find_facts
from ingest.milestones import find_milestones
from ingest.reading import build_document, read_document
from ingest.records import BlockKind, Document, Draft, DraftBlock

CORPUS = Path(__file__).parents[1] / "corpus"
RAW = Path(__file__).parents[2] / "shared" / "sources"
TIMELINE = RAW / "mijlpalen-onderwijs-gesloten-jeugdhulp.txt"

PERIOD, AMOUNT, COUNT = FactKind.PERIOD, FactKind.AMOUNT, FactKind.COUNT
EMAIL, URL, PHONE = FactKind.EMAIL, FactKind.URL, FactKind.PHONE
ABBREVIATION = FactKind.ABBREVIATION


def document(*texts: str, date: str = "", title: str = "") -> Document:
    """Return a document of paragraphs; "# x" is a heading, "- x" an item."""
    kinds = {"#": BlockKind.HEADING, "-": BlockKind.ITEM}
    blocks = tuple(
        DraftBlock(kinds[t[0]], t[2:], level=1)
        if t[:2] in {"# ", "- "}
        else DraftBlock(BlockKind.PARAGRAPH, t)
        for t in texts
    )
    return build_document(Draft(blocks, {"date": date, "title": title}), "stuk.md")


def facts(text: str) -> list[tuple[str, str, str]]:
    """Return (kind, words, value) of the facts in one paragraph."""
    made = document(text)
    return [(f.kind.value, made.text[f.start : f.end], f.value) for f in find_facts(made)]


def read(file: Path) -> tuple[Document, list[Fact]]:
    made = read_document(file, file.parent)
    return made, find_facts(made)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("Op 13 juni 2025 begint het.", "13 juni 2025", "2025-06-13/2025-06-13"),
        ("Dat duurt tot 1 januari 2027.", "1 januari 2027", "2027-01-01/2027-01-01"),
        ("Per 1 juli 2026 geldt de wet.", "1 juli 2026", "2026-07-01/2026-07-01"),
        ("Sinds 2019 werkt dit.", "2019", "2019-01-01/2019-12-31"),
        ("Vanaf 2026 is dat anders.", "2026", "2026-01-01/2026-12-31"),
        ("Wij zijn medio 2025 klaar.", "medio 2025", "2025-05-01/2025-08-31"),
        ("De jaren 2023 tot en met 2025.", "2023 tot en met 2025", "2023-01-01/2025-12-31"),
        ("Van 1 januari t/m 31 maart 2025.", "1 januari t/m 31 maart 2025",
         "2025-01-01/2025-03-31"),
        ("Van 1 november t/m 31 januari 2026.", "1 november t/m 31 januari 2026",
         "2025-11-01/2026-01-31"),
        ("Op 13 en 14 juni 2025.", "13 en 14 juni 2025", "2025-06-13/2025-06-14"),
        ("Op 13, 14 en 15 juni 2025.", "13, 14 en 15 juni 2025", "2025-06-13/2025-06-15"),
        ("In het eerste en tweede kwartaal 2026.", "eerste en tweede kwartaal 2026",
         "2026-01-01/2026-06-30"),
        ("In Q3 2026.", "Q3 2026", "2026-07-01/2026-09-30"),
        ("In 2026-Q1 al.", "2026-Q1", "2026-01-01/2026-03-31"),
        ("In week 12 van 2026.", "week 12 van 2026", "2026-03-16/2026-03-22"),
        ("In week 12.", "week 12", "--W12"),
        ("Op 13 juni komen wij.", "13 juni", "--06-13/--06-13"),
        ("Van 13 t/m 15 juni.", "13 t/m 15 juni", "--06-13/--06-15"),
        ("Het schooljaar 2025/26.", "schooljaar 2025/26", "2025-08-01/2026-07-31"),
        ("Getekend op 01-03-'25.", "01-03-'25", "2025-03-01/2025-03-01"),
        ("Na de zomervakantie van 2025.", "zomervakantie van 2025", "2025-07-01/2025-08-31"),
        ("In de zomer(vakantie) van 2025.", "zomer(vakantie) van 2025", "2025-07-01/2025-08-31"),
        ("In januari-maart 2026.", "januari-maart 2026", "2026-01-01/2026-03-31"),
        ("In oktober en november 2025.", "oktober en november 2025", "2025-10-01/2025-11-30"),
        ("Van januari 2026 tot eind 2026.", "januari 2026 tot eind 2026", "2026-01-01/2026-12-31"),
        ("Ronde 2025-2028 loopt.", "2025-2028", "2025-01-01/2028-12-31"),
        ("In de winter 2025/2026.", "winter 2025/2026", "2025-12-01/2026-02-28"),
        ("Dit loopt doorlopend.", "doorlopend", "doorlopend"),
    ],
)  # fmt: skip
def test_a_period_has_its_days(text: str, words: str, value: str) -> None:
    assert facts(text) == [("period", words, value)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("Het kost € 41,3 mln in totaal.", "€ 41,3 mln", "41300000"),
        ("Er is 41 miljoen euro.", "41 miljoen euro", "41000000"),
        ("Er is ruim 41 miljoen euro.", "ruim 41 miljoen euro", "~41000000"),
        ("Samen € 1.250,- graag.", "€ 1.250,-", "1250"),
        ("Samen € 1.250,50 graag.", "€ 1.250,50", "1250.50"),
        ("Het kost tien euro.", "tien euro", "10"),
        ("Het kost drieëntwintig euro.", "drieëntwintig euro", "23"),
        ("Een half miljoen euro.", "Een half miljoen euro", "500000"),
        ("Anderhalf miljoen euro.", "Anderhalf miljoen euro", "1500000"),
        ("Dat is EUR 20.000 per school.", "EUR 20.000", "20000"),
        ("Budget: Euro 1,3 miljoen.", "Euro 1,3 miljoen", "1300000"),
        ("Er is 5 miljoen extra bekostiging.", "5 miljoen", "5000000"),
        ("Tussen 10.000 en 20.000 euro.", "Tussen 10.000 en 20.000 euro", "10000/20000"),
        ("Van 2 tot 3 miljoen euro.", "2 tot 3 miljoen euro", "2000000/3000000"),
        ("Van € 10.000 tot € 20.000.", "€ 10.000 tot € 20.000", "10000/20000"),
        ("Ongeveer € 2-3 miljoen.", "€ 2-3 miljoen", "2000000/3000000"),
        ("Dit is maximaal € 500.", "maximaal € 500", "../500"),
        ("Dit is minstens 500 euro.", "minstens 500 euro", "500/.."),
        ("De boete is € 200,– nu.", "€ 200,–", "200"),
        ("Er is 41\u00a0miljoen\u00a0euro.", "41 miljoen euro", "41000000"),
    ],
)
def test_an_amount_is_in_euros(text: str, words: str, value: str) -> None:
    found = [(kind, said.replace("\u00a0", " "), what) for kind, said, what in facts(text)]
    if text.startswith("Ongeveer"):
        words = "€ 2-3 miljoen"
    assert found == [("amount", words, value)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("Er zijn 12 coalities gevormd.", "12 coalities", "12 coalities"),
        ("Elf coördinerende gemeenten.", "Elf coördinerende gemeenten",
         "11 coördinerende gemeenten"),
        ("Met ruim honderd professionals.", "ruim honderd professionals", "~100 professionals"),
        ("Naar nul gesloten plekken.", "nul gesloten plekken", "0 gesloten plekken"),
        ("Al 1.250 jongeren.", "1.250 jongeren", "1250 jongeren"),
        ("Zo’n 23 miljoen inwoners.", "Zo’n 23 miljoen inwoners", "~23000000 inwoners"),
        ("Dat is 12,5 procent meer.", "12,5 procent", "12.5 procent"),
        ("Dat is 50% meer.", "50%", "50 procent"),
        ("Van 12 tot 16 jaar.", "12 tot 16 jaar", "12/16 jaar"),
        ("Na zes maanden.", "zes maanden", "6 maanden"),
        ("Wel 2000 leerlingen.", "2000 leerlingen", "2000 leerlingen"),
        ("Er is één hoofdverantwoordelijke.", "één hoofdverantwoordelijke",
         "1 hoofdverantwoordelijke"),
        ("Vijfentwintig ROC's doen mee.", "Vijfentwintig ROC's", "25 ROC's"),
        ("Hooguit 25 km/h rijden.", "25 km/h", "25 km/h"),
    ],
)  # fmt: skip
def test_a_count_has_its_noun(text: str, words: str, value: str) -> None:
    assert facts(text) == [("count", words, value)]


def test_a_part_of_a_whole_counts_the_same() -> None:
    assert facts("Bij 12 van de 30 scholen.") == [
        ("count", "12", "12 scholen"),
        ("count", "30 scholen", "30 scholen"),
    ]


@pytest.mark.parametrize(
    ("text", "kind", "words", "value"),
    [
        ("Mail Info@Voor-Beeld.nl.", "email", "Info@Voor-Beeld.nl", "info@voor-beeld.nl"),
        ("Zie https://voorbeeld.nl/2025/06/13.", "url", *["https://voorbeeld.nl/2025/06/13"] * 2),
        ("Zie www.stroom-op.nl, daar.", "url", *["www.stroom-op.nl"] * 2),
        ("Zie www.cfi.nl.Het formulier", "url", *["www.cfi.nl"] * 2),
        ("(https://a.nl/b?c=12) is nieuw", "url", *["https://a.nl/b?c=12"] * 2),
        ("Bel 030-123 45 67 nu.", "phone", "030-123 45 67", "0301234567"),
        ("Bel (030) 123 45 67 nu.", "phone", "(030) 123 45 67", "0301234567"),
        ("Bel +31 30 1234567 nu.", "phone", "+31 30 1234567", "+31301234567"),
        ("Bel 0900-8844 nu.", "phone", "0900-8844", "09008844"),
    ],
)
def test_an_address_is_read_once(text: str, kind: str, words: str, value: str) -> None:
    assert facts(text) == [(kind, words, value)]


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("Van de Academische Werkplaats Risicojeugd (AWRJ) is dit.", "AWRJ",
         "Academische Werkplaats Risicojeugd"),
        ("De AWRJ (Academische Werkplaats Risicojeugd) helpt.", "AWRJ",
         "Academische Werkplaats Risicojeugd"),
        ("AWRJ staat voor Academische Werkplaats Risicojeugd.", "AWRJ",
         "Academische Werkplaats Risicojeugd"),
        ("AWRJ: Academische Werkplaats Risicojeugd", "AWRJ", "Academische Werkplaats Risicojeugd"),
        ("Afkorting: AWRJ | Betekenis: Academische Werkplaats Risicojeugd", "AWRJ",
         "Academische Werkplaats Risicojeugd"),
        ("De onderwijscoalities voor de af- en ombouw gesloten jeugdhulp (OAGJ) werken.", "OAGJ",
         "onderwijscoalities voor de af- en ombouw gesloten jeugdhulp"),
        ("Het Overkoepelend Netwerk Samenwerkingsverbanden (ONSwv).", "ONSwv",
         "Overkoepelend Netwerk Samenwerkingsverbanden"),
        ("Een orthopedagogisch-didactisch centrum (OPDC) helpt.", "OPDC",
         "orthopedagogisch-didactisch centrum"),
        ("Het Ministerie van Onderwijs, Cultuur en Wetenschap (hierna: OCW).", "OCW",
         "Onderwijs, Cultuur en Wetenschap"),
        ("Het middelbaar beroepsonderwijs (mbo) groeit.", "mbo", "middelbaar beroepsonderwijs"),
        ("Het voortgezet onderwijs (vo) krimpt.", "vo", "voortgezet onderwijs"),
        ("De Vereniging van Nederlandse Gemeenten, afgekort VNG, tekent.", "VNG",
         "Vereniging van Nederlandse Gemeenten"),
        ("Met een gegevensbeschermingseffectbeoordeling (GEB).", "GEB",
         "gegevensbeschermingseffectbeoordeling"),
        ("Het Rijksinstituut voor Volksgezondheid en Milieu (RIVM).", "RIVM",
         "Rijksinstituut voor Volksgezondheid en Milieu"),
    ],
)  # fmt: skip
def test_an_abbreviation_has_its_expansion(text: str, short: str, long: str) -> None:
    assert facts(text) == [("abbreviation", short, long)]


def test_a_list_of_abbreviations_needs_no_initials() -> None:
    made = document("# Lijst van afkortingen", "- ExpEx: ervaringsdeskundige jongeren")
    assert [f.value for f in find_facts(made)] == ["ervaringsdeskundige jongeren"]


@pytest.mark.parametrize(
    "text",
    [
        "Zie artikel 12, lid 3, en hoofdstuk 4.",
        "Artikelen 3, 4 en 5 gelden niet.",
        "De 2e ronde, de tweede kans en het 3de jaar.",
        "Kies stap 3 daarna.",
        "Ronde 2 onderwijscoalities.",
        "Groep 8 leerlingen gaan mee.",
        "Paragraaf 3.1 onderzoek.",
        "Zie Verordening 2016/679 en stcrt-2025-34927.",
        "De Wegenverkeerswet 1994 en Stb. 2004, 109.",
        "Om 12 uur, van 8.00 tot 20.00 uur.",
        "Het staat op 24/7 aan.",
        "USD 462 miljoen, $ 316 miljoen en f 39 miljoen.",
        "De eurocommissaris sprak.",
        "In de maand mei.",
        "De commissie acht dit goed en neemt acht.",
        "Dit is een van de scholen (ook) en een vraag (zeer).",
        "Een doorlopende leerlijn.",
        "De driehoek en de achterstand.",
        "Postbus 2025 in Zeist.",
        "Zie ECLI:NL:RVS:2010 en NEN-ISO 27005:2024.",
        "Een NEN-ISO 27001 certificaat.",
        "31-02-2025 is geen dag.",
        "Dit is versie 3.2.1 van covid-19.",
        "Bijlage 3 toelichting.",
        "Het hof (EU) en de heer (Jan).",
    ],
)
def test_what_is_no_fact_is_not_taken_for_one(text: str) -> None:
    assert facts(text) == []


def test_a_year_in_an_address_or_an_amount_is_no_period_or_count() -> None:
    text = "Zie https://x.nl/2025/13-juni-2025/12-scholen en betaal € 2025 aan a2025@x2026.nl."
    assert [(kind, value) for kind, _, value in facts(text)] == [
        ("url", "https://x.nl/2025/13-juni-2025/12-scholen"),
        ("amount", "2025"),
        ("email", "a2025@x2026.nl"),
    ]


@pytest.mark.parametrize(
    ("texts", "date", "value"),
    [
        (("# Juni 2025", "Op 13 juni kwamen zij."), "", "2025-06-13/2025-06-13"),
        (("# Plan", "Periode: juni 2025", "Op 13 juni."), "", "2025-06-13/2025-06-13"),
        (("# Oktober 2025 – februari 2026", "Op 12 januari."), "", "2026-01-12/2026-01-12"),
        (("# 2023-2025", "Op 12 januari."), "", "--01-12/--01-12"),
        (("# Verslag", "Op 12 januari."), "3 maart 2026", "2026-01-12/2026-01-12"),
        (("# Verslag", "Op 12 januari, na 2024."), "3 maart 2026", "--01-12/--01-12"),
        (("# Juni 2025", "Jaarlijks op 1 oktober."), "2025", "--10-01/--10-01"),
        (("# Juni 2025", "In week 24."), "", "2025-06-09/2025-06-15"),
        (("# Juni 2025", "Op 3 en 17 juni."), "", "2025-06-03/2025-06-03"),
        (("# Rooster", "Op 3 en 17 juni."), "", "--06-03/--06-03"),
    ],
)
def test_a_day_takes_a_year_that_is_certain(texts: tuple[str, ...], date: str, value: str) -> None:
    found = [f.value for f in find_facts(document(*texts, date=date)) if f.kind is PERIOD]
    assert value in found


def test_another_subject_is_read_as_well() -> None:
    made = document(
        "# Fietsplan 2024",
        "Van 1 april t/m 30 september 2024 legt de Dienst Stedelijk Beheer (DSB) veertig nieuwe "
        "rekken aan voor circa € 1,2 mln. Meld je voor 15 maart aan via fiets@stad.nl.",
    )
    found = [(f.kind, made.text[f.start : f.end], f.value) for f in find_facts(made)]
    assert found == [
        (PERIOD, "2024", "2024-01-01/2024-12-31"),
        (PERIOD, "1 april t/m 30 september 2024", "2024-04-01/2024-09-30"),
        (ABBREVIATION, "DSB", "Dienst Stedelijk Beheer"),
        (COUNT, "veertig nieuwe rekken", "40 nieuwe rekken"),
        (AMOUNT, "circa € 1,2 mln", "~1200000"),
        (PERIOD, "15 maart", "2024-03-15/2024-03-15"),
        (EMAIL, "fiets@stad.nl", "fiets@stad.nl"),
    ]


def test_the_corpus_gives_its_facts() -> None:
    made, found = read(CORPUS / "mijlpalen.md")
    values = {kind: [f.value for f in found if f.kind is kind] for kind in FactKind}
    assert "~41000000" in values[AMOUNT] and values[AMOUNT].count("5000000") == 4
    assert set(values[EMAIL]) == {
        "p.vandijk@de-mogelijkmakers.nl", "j.vroom@de-mogelijkmakers.nl", "dyonne.bliek@vng.nl",
        "info@awrj.nl",
    }  # fmt: skip
    assert "12 mijlpalen" in values[COUNT] and "~100 beleidsmakers" in values[COUNT]
    expansions = {made.text[f.start : f.end]: f.value for f in found if f.kind is ABBREVIATION}
    assert expansions["AWRJ"] == "Academische Werkplaats Risicojeugd"
    assert expansions["NJI"] == "Nederlands Jeugdinstituut"
    assert expansions["TGJ"] == "Transformatie gesloten jeugdhulp"
    assert all("2025" not in f.value or "http" in f.value for f in found if f.kind is URL)


@pytest.mark.parametrize("file", [CORPUS / "mijlpalen.md", TIMELINE], ids=["corpus", "raw"])
def test_the_period_of_every_milestone_is_a_fact(file: Path) -> None:
    if not file.exists():
        pytest.skip("de originelen zijn er niet bij")
    made, found = read(file)
    milestones = find_milestones(made)
    periods = {(f.start, f.end): f.value for f in found if f.kind is PERIOD}
    assert len(milestones) == 12
    for milestone in milestones:
        period = milestone.period
        days = "doorlopend" if period.ongoing else f"{period.first}/{period.last}"
        assert periods[period.start, period.end] == days


def test_the_raw_timeline_dates_a_day_by_its_heading() -> None:
    if not TIMELINE.exists():
        pytest.skip("de originelen zijn er niet bij")
    made, found = read(TIMELINE)
    said = {made.text[f.start : f.end]: f.value for f in found}
    assert said["13 juni"] == "2025-06-13/2025-06-13"
    assert said["ruim 41 miljoen euro"] == "~41000000"
    assert said["OAGJ"] == "onderwijscoalities voor de af- en ombouw gesloten jeugdhulp"
    assert said["Ruim honderd professionals"] == "~100 professionals"


SCRAPS = st.sampled_from(
    ["2025", "13", "juni", "€", "€ 5", "miljoen", "euro", "tussen", "en", "tot", "t/m", "-", "–",
     "week", "a@b.nl", "www.x.nl", "https://", "(", ")", "AWRJ", "(AWRJ)", "Academische",
     "Werkplaats Risicojeugd", "staat voor", "twaalf", "coalities", "020-1234567", "+31", "'25",
     "doorlopend", "kwartaal", "eerste", "van de", "12", ".", ",", ":", "%", "\x00", "İ", "٣",
     "29 februari", "week 53", "afgekort", "één", "duizend", "honderd", "schooljaar", "²", "\n"]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(),
    st.lists(SCRAPS).map(" ".join),
    st.lists(SCRAPS).map("".join),
    st.text("019.,-€ ()@a"),
)


@given(st.lists(TEXTS, min_size=1, max_size=3), st.sampled_from(["", "2025", "3 maart 2026"]))
def test_any_text_gives_facts_inside_it_that_do_not_overlap(texts: list[str], date: str) -> None:
    made = document(*(f"x {text}" for text in texts), date=date)
    found = find_facts(made)
    assert found == sorted(found, key=lambda fact: fact.start)
    for kind in FactKind:
        same = [fact for fact in found if fact.kind is kind]
        assert all(0 <= f.start < f.end <= len(made.text) and f.value for f in same)
        assert all(first.end <= second.start for first, second in pairwise(same))
    read_once = [fact for fact in found if fact.kind is not ABBREVIATION]
    assert all(first.end <= second.start for first, second in pairwise(read_once))


@pytest.mark.parametrize(
    "piece",
    ["1", "1.", "111.", "0", "0 ", "06-", "a", "a@", "@a.", "(", "(A", "A", "Aa ", "€", "€ 1",
     "1 en ", "tot 1 ", "euro", "miljoen ", "2025", "2025-", "2025 en ", "13 juni ", "13, ",
     "13 en ", " ", "www.", "https://", "honderd", "duizend", "vijf", "een ", "doorlopend ",
     "staat voor ", "afgekort ", "week 1 ", "artikel 1, ", "A b (AB) ", "\t", "'", "'25 ",
     "eerste en ", "1 miljoen ", "(Aa bb cc", "AB: ", "x (AB", "1-", "1/", "tussen 1 "],
)  # fmt: skip
def test_a_long_row_of_one_thing_takes_no_time(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    made = Document("x", "x", text, (), "x")
    began = time.process_time()
    find_facts(made)
    assert time.process_time() - began < 3
