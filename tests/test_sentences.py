"""Dutch sentence boundaries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dutch.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentence_spans(text)]


PIECES = st.sampled_from(
    ["Het is klaar", "bijv", "art", "5", "J", "enz", "www.x.nl", "a@b.nl", "é", "\n", "\u00a0",
     ".", "!", "?", "…", '."', ").", " ", "  ", "1", "Ook", "d.w.z", "(", "»"]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(" ".join)))
def test_sentences_cover_every_visible_character_in_order(text: str) -> None:
    spans = sentence_spans(text)
    position = 0
    for span in spans:
        assert span.start >= position
        assert not text[position : span.start].strip()
        piece = text[span.start : span.end]
        assert piece and piece == piece.strip()
        position = span.end
    assert not text[position:].strip()


@pytest.mark.parametrize(
    "text",
    [
        "Zie bijv. Artikel 5 van de wet.",
        "Dit staat in art. 12 van de regeling.",
        "De heer drs. P. Jansen is er.",
        "Prof. dr. A.B. de Vries sprak.",
        "De kosten zijn ca. 3.500 euro.",
        "Het kost 1.250,50 euro per jaar.",
        "Mail naar info@voorbeeld.nl of kijk op www.voorbeeld.nl/pagina.html voor meer.",
        "Zie https://voorbeeld.nl/Pagina.Twee voor de tekst.",
        "Dat gebeurt d.m.v. Europese subsidie.",
        "De wet (Stb. 2024) geldt.",
        "Zij vroeg: wat nu? en ging weg.",
        "Appels, peren enz. zijn er.",
        "1. Inleiding",
    ],
)
def test_a_stop_inside_a_sentence_does_not_end_it(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Het is klaar. Wij gaan door.", ["Het is klaar.", "Wij gaan door."]),
        ("Klaar? Ja! Mooi…", ["Klaar?", "Ja!", "Mooi…"]),
        ("Hij zei: “Het is klaar.” Zij knikte.", ["Hij zei: “Het is klaar.”", "Zij knikte."]),
        ("Er zijn er 12. Elf doen mee.", ["Er zijn er 12.", "Elf doen mee."]),
        ("Appels, peren enz. De lijst is lang.", ["Appels, peren enz.", "De lijst is lang."]),
        ("Scholen in de wijk.Ook thuis.", ["Scholen in de wijk.", "Ook thuis."]),
        ("Dit is zo (zie bijlage). Éen ding nog.", ["Dit is zo (zie bijlage).", "Éen ding nog."]),
        ("Dat kost 5 euro. 12 scholen betalen.", ["Dat kost 5 euro.", "12 scholen betalen."]),
        ("zonder hoofdletter of punt", ["zonder hoofdletter of punt"]),
        ("  ", []),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected
