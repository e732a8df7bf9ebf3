"""Reading web pages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import FileError
from ingest.formats import html
from ingest.records import BlockKind, Draft, Link

PAGE = """<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>Subsidie voor bijles | Loket</title>
<meta name="DCTERMS.issued" content="2025-01-10">
<meta name="DCTERMS.modified" content="2026-03-31T10:00">
<link rel="canonical" href="https://loket.example.nl/bijles">
<style>p { color: red }</style><script>var menu = "geheim";</script></head>
<body>
<a class="skip-link" href="#inhoud">Ga naar de inhoud</a>
<header><p>Loket voor scholen</p><nav><ul><li><a href="/">Start</a></li></ul></nav></header>
<div class="cookie-banner"><p>Wij gebruiken cookies. Is dat goed?</p><button>Ja</button></div>
<main id="inhoud">
<ol class="breadcrumb"><li>Start</li><li>Bijles</li></ol>
<h1>Subsidie voor bijles</h1>
<p>Scholen krijgen <strong>geld</strong> voor
   bijles. Lees <a href="/regels">de regels</a>.</p>
<h2>Voor wie</h2>
<ul><li>basisscholen<ul><li>ook speciaal onderwijs</li></ul></li><li>middelbare scholen</li></ul>
<ol start="3"><li>vul in</li><li>stuur op</li></ol>
<table><caption>Bedragen per jaar</caption>
<thead><tr><th>Soort</th><th>Bedrag</th></tr></thead>
<tbody><tr><td>Klein</td><td>€ 500</td></tr><tr><td>Groot</td><td></td></tr></tbody></table>
<p hidden>verborgen een</p><p style="display: none">verborgen twee</p>
<p aria-hidden="true">verborgen drie</p><!-- verborgen vier --><template>verborgen vijf</template>
</main>
<footer><p>Over deze site</p></footer></body></html>"""


def read(text: str) -> Draft:
    return html.read(text.encode())


def texts(draft: Draft, kind: BlockKind | None = None) -> list[str]:
    return [block.text for block in draft.blocks if kind is None or block.kind is kind]


def test_page_gives_its_content_in_order_with_levels() -> None:
    assert [(b.kind.value, b.level, b.ordinal, b.text) for b in read(PAGE).blocks] == [
        ("heading", 1, None, "Subsidie voor bijles"),
        ("paragraph", 0, None, "Scholen krijgen geld voor bijles. Lees de regels."),
        ("heading", 2, None, "Voor wie"),
        ("item", 1, None, "basisscholen"),
        ("item", 2, None, "ook speciaal onderwijs"),
        ("item", 1, None, "middelbare scholen"),
        ("item", 1, 3, "vul in"),
        ("item", 1, 4, "stuur op"),
        ("paragraph", 0, None, "Bedragen per jaar"),
        ("row", 0, None, "Soort: Klein | Bedrag: € 500"),
        ("row", 0, None, "Soort: Groot"),
    ]


def test_head_of_the_page_becomes_metadata() -> None:
    assert read(PAGE).metadata == {
        "title": "Subsidie voor bijles | Loket",
        "language": "nl",
        "date": "2026-03-31",
        "url": "https://loket.example.nl/bijles",
    }


def test_links_stand_beside_the_text_of_their_block() -> None:
    block = next(b for b in read(PAGE).blocks if "regels" in b.text)
    assert block.links == (Link("de regels", "/regels"),)


def test_links_of_a_table_stand_on_their_row() -> None:
    page = "<table><tr><th>Wet</th><th>Bron</th></tr><tr><td>Archiefwet</td>"
    page += "<td><a href='https://wetten.example.nl/a'>tekst van de wet</a></td></tr></table>"
    (row,) = read(page).blocks
    assert row.text == "Wet: Archiefwet | Bron: tekst van de wet"
    assert row.links == (Link("tekst van de wet", "https://wetten.example.nl/a"),)


@pytest.mark.parametrize(
    "fragment",
    ["<p>Alleen dit</p>", "Alleen dit", "<li>Alleen dit", "<td>Alleen dit</td>", "<b>Alleen dit"],
)
def test_piece_of_a_page_is_read(fragment: str) -> None:
    assert texts(read(fragment)) == ["Alleen dit"]


def test_page_without_main_keeps_all_its_content() -> None:
    page = """<body><div id="menu"><ul><li><a href="/a">Een</a></li></ul></div>
    <div class="header"><h1>Bijles</h1></div><div class="tekst"><p>Dit is de tekst.</p>
    <h2>Let op</h2><div>Losse tekst <br><br>in twee stukken.</div></div>
    <div id="footer">Adres</div></body>"""
    assert texts(read(page)) == [
        "Bijles",
        "Dit is de tekst.",
        "Let op",
        "Losse tekst",
        "in twee stukken.",
    ]


def test_title_above_the_main_part_is_kept() -> None:
    page = f"<header><h1>De titel</h1></header><main><p>{'Een zin. ' * 40}</p></main>"
    assert texts(read(page))[0] == "De titel"


def test_content_outside_a_small_main_part_is_kept() -> None:
    page = f"<main><p>Laden</p></main><div><p>{'Hier staat alles. ' * 50}</p></div>"
    assert any("Hier staat alles." in text for text in texts(read(page)))


def test_page_about_cookies_keeps_its_text() -> None:
    page = "<main><h1>Cookies</h1><div class='cookies-uitleg'><p>Een cookie is een bestand.</p>"
    assert texts(read(page + "</div></main>")) == ["Cookies", "Een cookie is een bestand."]


def test_questions_that_fold_out_are_headings_and_keep_their_answer() -> None:
    page = """<main><h2>Vragen</h2><details><summary>Mag dit?</summary><p>Ja, dit mag.</p></details>
    <h3><button aria-controls="een" aria-expanded="false">Moet dit?</button></h3>
    <div id="een" hidden><p>Nee, het hoeft niet.</p></div></main>"""
    assert [(b.kind, b.level, b.text) for b in read(page).blocks] == [
        (BlockKind.HEADING, 2, "Vragen"),
        (BlockKind.HEADING, 3, "Mag dit?"),
        (BlockKind.PARAGRAPH, 0, "Ja, dit mag."),
        (BlockKind.HEADING, 3, "Moet dit?"),
        (BlockKind.PARAGRAPH, 0, "Nee, het hoeft niet."),
    ]


def test_definitions_keep_term_and_meaning_together() -> None:
    page = "<dl><dt>Leerling</dt><dd>Wie les krijgt.</dd><dt>School</dt><dd>Waar dat is.</dd></dl>"
    assert texts(read(page)) == ["Leerling: Wie les krijgt.", "School: Waar dat is."]


def test_spanning_cells_keep_rows_under_their_header() -> None:
    page = """<table><tr><th rowspan=2>Fase</th><th colspan=2>Kosten</th></tr>
    <tr><th>laag</th><th>hoog</th></tr>
    <tr><td rowspan=2>Start</td><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>"""
    assert texts(read(page)) == [
        "Fase: Start | Kosten laag: 1 | Kosten hoog: 2",
        "Fase: Start | Kosten laag: 3 | Kosten hoog: 4",
    ]


def test_table_that_lays_out_a_page_is_read_as_text() -> None:
    page = "<table role=presentation><tr><td><h2>Kop</h2></td><td><p>Tekst</p></td></tr></table>"
    assert [(b.kind, b.text) for b in read(page).blocks] == [
        (BlockKind.HEADING, "Kop"),
        (BlockKind.PARAGRAPH, "Tekst"),
    ]


def test_footnotes_are_footnotes_and_their_marks_are_gone() -> None:
    page = """<p>Dit mag<sup><a href="#fn1">1</a></sup>.</p>
    <section class="footnotes"><ol><li id="fn1">Zie artikel 3.</li></ol></section>"""
    assert [(b.kind, b.text) for b in read(page).blocks] == [
        (BlockKind.PARAGRAPH, "Dit mag."),
        (BlockKind.FOOTNOTE, "Zie artikel 3."),
    ]


def test_marks_written_as_numbers_are_the_marks() -> None:
    page = "<p>Een foto&#8217;s &#8211; 010&#8209;12 &#x2019;t &#8364; 5&#0;&#x8; &#31;einde</p>"
    assert texts(read(page)) == ["Een foto’s – 010‑12 ’t € 5 einde"]


def test_what_serves_the_page_alone_is_left_out() -> None:
    page = """<main><h1>Vervoer</h1><div class="readspeaker"><a href="/x">Lees voor</a></div>
    <p>Een kind krijgt vervoer naar school als het daar zelf niet kan komen.<sup><a
    href="#noot1">1</a></sup></p><p style="position:absolute; left:-9999px">Gratis pillen</p>
    <section class="footnotes"><ol><li id="noot1">Zie de wet. <a href="#ref1">↩</a></li></ol>
    </section>
    <form class="feedback"><p>Hielp deze informatie?</p></form></main>"""
    assert texts(read(page)) == [
        "Vervoer",
        "Een kind krijgt vervoer naar school als het daar zelf niet kan komen.",
        "Zie de wet.",
    ]


def test_cell_across_a_whole_table_is_a_line_between_its_rows() -> None:
    page = """<table><tr><th>Inkomen</th><th>Bijdrage</th></tr>
    <tr><td colspan="2">Bedragen voor 2026</td></tr><tr><td>laag</td><td>0 euro</td></tr></table>"""
    assert texts(read(page)) == ["Bedragen voor 2026", "Inkomen: laag | Bijdrage: 0 euro"]


def test_raised_numbers_without_a_link_are_note_marks_unless_they_measure() -> None:
    page = "<p>Het bad is 40 m<sup>2</sup> groot<sup>3</sup>, de 2<sup>e</sup> in de stad.</p>"
    assert texts(read(page)) == ["Het bad is 40 m² groot, de 2e in de stad."]


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="utf-8">', "utf-8"),
        ('<meta charset="iso-8859-1">', "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">', "cp1252"),
        ('<meta charset="utf-8">', "cp1252"),
        ('<meta charset="bestaat-niet">', "utf-8"),
        ("", "utf-8"),
        ("", "utf-8-sig"),
        ("", "cp1252"),
        ("", "utf-16"),
    ],
)
def test_encoding_is_found(head: str, encoding: str) -> None:
    page = f"<html><head>{head}</head><body><p>één café voor € 5</p></body></html>"
    assert texts(html.read(page.encode(encoding))) == ["één café voor € 5"]


def test_xml_declaration_and_entities_do_no_harm() -> None:
    page = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html [
    <!ENTITY x SYSTEM "file:///etc/passwd">]>
    <html><body><p>Tekst &eacute;n meer</p>&x;</body></html>"""
    assert any("Tekst én meer" in text for text in texts(read(page)))
    assert not any("root:" in text for text in texts(read(page)))


@pytest.mark.parametrize("tag", ["div", "ul><li", "blockquote", "b", "table><tr><td"])
def test_very_deep_page_keeps_its_text(tag: str) -> None:
    page = f"<p>Voor</p>{f'<{tag}>Laag ' * 600}<p>Diep</p>"
    everything = " ".join(texts(read(page)))
    assert "Voor" in everything
    assert "Diep" in everything


@pytest.mark.parametrize("content", [b"", b"   ", b"<html></html>", b"<p hidden>weg</p>", b"\0\1"])
def test_page_without_text_is_refused(content: bytes) -> None:
    with pytest.raises(FileError):
        html.read(content)


MARKUP = st.lists(
    st.sampled_from([
        "<p>",
        "</p>",
        "<ul>",
        "<ol",
        "start=x>",
        "<li",
        "value=9>",
        "</li>",
        "<table>",
        "<tr>",
        "<td",
        "colspan=0>",
        "<th",
        "rowspan=99>",
        "<caption>",
        "<a",
        "href=x>",
        "</a>",
        "<h1>",
        "</h1>",
        "<dl>",
        "<dt>",
        "<dd>",
        "<br><br>",
        "<details>",
        "<summary>",
        "<main>",
        "<nav>",
        "<div",
        "hidden>",
        "</div>",
        "tekst",
        "&amp;",
        "<sup>",
        "<script>",
        "<!--",
        "-->",
        "]]>",
        "<?php",
    ]),
    max_size=40,
)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200) | MARKUP.map(lambda parts: " ".join(parts).encode()))
def test_any_bytes_give_text_or_an_error(content: bytes) -> None:
    try:
        draft = html.read(content)
    except FileError:
        return
    assert all(block.text == " ".join(block.text.split()) != "" for block in draft.blocks)
