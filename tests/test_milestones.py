"""What happens when, found by form and never by the words of a document."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.formats import markdown, plaintext
from ingest.milestones import Milestone, find_milestones
from ingest.reading import build_document
from ingest.records import Document

TIMELINE = (
    Path(__file__).parents[2] / "shared" / "sources" / "mijlpalen-onderwijs-gesloten-jeugdhulp.txt"
)


def from_text(text: str) -> Document:
    return build_document(plaintext.read(text.encode()), "tijdlijn.txt")


def from_markdown(text: str) -> Document:
    return build_document(markdown.read(text.encode()), "tijdlijn.md")


def title(document: Document, milestone: Milestone) -> str:
    return document.text[milestone.title.start : milestone.title.end]


def period(document: Document, milestone: Milestone) -> str:
    return document.text[milestone.period.start : milestone.period.end]


def explanation(document: Document, milestone: Milestone) -> str:
    span = milestone.explanation
    return document.text[span.start : span.end] if span else ""


def summary(document: Document) -> list[tuple[str, str, str]]:
    return [
        (title(document, m), period(document, m), explanation(document, m))
        for m in find_milestones(document)
    ]


# A drawn timeline of a swimming pool: titles loose, with dates beside them that are not theirs,
# and the explanations on later pages in an order of their own.
MIXED_UP = """\
Maart 2027

Gebeurtenis: start van de
zwemlessen voor kleuters.

Mei 2026

Gebeurtenis: keuze van een architect
voor het nieuwe zwembad.

Gebeurtenis: sloop van
de oude kleedkamers.
Januari 2027

Gebeurtenis: badmeesters houden elke maand
een open avond over veiligheid langs het water.

Doorlopend

Gebeurtenis: bezwaren van omwonenden
over het parkeren behandeld.
September 2026

Januari 2027
Verhaal: Zodra de aannemer het terrein krijgt, gaan de kleedkamers uit 1968 weg. De sloop
duurt drie weken. Het asbest gaat er eerst uit.

Doorlopend
Verhaal: Veiligheid langs het water vraagt aandacht. Daarom vertellen de badmeesters er elke maand
over, op een avond waar iedereen welkom is.

September 2026
Verhaal: Uit de straat kwamen veertig bezwaren, vooral over parkeren. Een commissie hoort de
omwonenden en geeft advies.

Maart 2027
Verhaal: Kleuters beginnen met wennen aan water. De lessen zijn op woensdag en
de ouders zwemmen mee.

Mei 2026
Verhaal: Vijf bureaus maakten een ontwerp voor het zwembad. De raad kiest uit die vijf
een architect.
"""


def test_loose_titles_go_to_the_explanations_that_speak_of_them() -> None:
    document = from_text(MIXED_UP)
    found = {title(document, m).split()[0]: m for m in find_milestones(document)}
    assert {word: period(document, m) for word, m in found.items()} == {
        "start": "Maart 2027",
        "keuze": "Mei 2026",
        "sloop": "Januari 2027",
        "badmeesters": "Doorlopend",
        "bezwaren": "September 2026",
    }
    assert found["badmeesters"].period.ongoing
    assert explanation(document, found["keuze"]).startswith("Vijf bureaus")
    assert explanation(document, found["keuze"]).endswith("een architect.")


@pytest.mark.skipif(not TIMELINE.exists(), reason="the original is not in this checkout")
def test_the_original_timeline_gives_its_twelve_milestones() -> None:
    document = build_document(plaintext.read(TIMELINE.read_bytes()), TIMELINE.name)
    milestones = find_milestones(document)
    assert len(milestones) == 12
    found = [(title(document, m), " ".join(period(document, m).split())) for m in milestones]
    for words, when in (
        ("kennisbundeling", "Mei 2025"),
        ("plannen van aanpak", "Juli 2025"),
        ("routekaart", "December 2025"),
        ("expertsessie", "Juni 2025"),
        ("projectleiders", "September 2025"),
        ("5 miljoen", "Januari 2026 t/m 2028"),
        ("subsidieverstrekking", "December 2025"),
        ("kennispartijen", "Maart 2026"),
        ("onderzoekers", "Doorlopende"),
        ("netwerkbijeenkomsten", "Doorlopende"),
        ("communicatie", "Januari 2026 - eind 2026"),
        ("inrichten structuur", "Oktober 2025 - december 2025"),
    ):
        assert [dated for name, dated in found if words in name] == [when], words
    assert sum(m.period.ongoing for m in milestones) == 2
    assert all(m.explanation for m in milestones)


def test_a_labelled_period_under_a_heading_dates_it() -> None:
    document = from_markdown(
        "# Zwembad\n\n## Stap: sloop van het bad\n\nWanneer: januari t/m maart 2027\n\n"
        "Uitleg: Het asbest gaat er eerst uit.\n\nDaarna de rest.\n\n## Over ons\n\nWij zwemmen.\n"
    )
    assert summary(document) == [
        (
            "sloop van het bad",
            "januari t/m maart 2027",
            "Het asbest gaat er eerst uit.\n\nDaarna de rest.",
        )
    ]


def test_a_heading_that_is_a_period_dates_the_text_under_it() -> None:
    document = from_markdown(
        "# Zwembad\n\n## Mei 2026\n\nDe raad kiest een architect. Dat duurt lang.\n"
    )
    assert summary(document) == [
        (
            "De raad kiest een architect.",
            "Mei 2026",
            "De raad kiest een architect. Dat duurt lang.",
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# Zwembad\n\nIn mei 2026 kiest de raad een architect.\n",
        "# Zwembad\n\n## Sloop\n\nLet op: in mei 2026 begint de sloop.\n",
        "## Mei 2026\n\n## Juni 2026\n",
        "Gewoon een zin.",
    ],
)
def test_a_text_that_only_mentions_dates_has_no_milestones(text: str) -> None:
    assert find_milestones(from_markdown(text)) == []


def test_more_titles_than_explanations_falls_back_on_what_stands_under_each_date() -> None:
    extra = "\n\n".join(f"Gebeurtenis: los plan nummer {i}." for i in range(9))
    document = from_text(MIXED_UP + "\n" + extra)
    found = summary(document)
    assert len(found) == 5
    assert all(text.startswith(name) for name, _, text in found)
