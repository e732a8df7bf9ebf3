"""A document to read, and the list of documents: structure stays, text stays text."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from bicycles import BICYCLES, read
from hypothesis import given
from hypothesis import strategies as st

from assistant.catalogue import Collection, Listing
from ingest.records import Block, BlockKind, Document, Span
from ui.about import about_html
from ui.documents import MOST, documents_html, search_html
from ui.reader import reader_html

HOSTILE = "<script>alert(1)</script><img src=http://192.0.2.1/x>\"' [klik](javascript:alert(1))"
BLOCKS = st.lists(
    st.tuples(
        st.sampled_from(list(BlockKind)),
        st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=30),
        st.one_of(st.none(), st.integers(1, 5)),
    ),
    min_size=1,
    max_size=12,
)


def document(parts: list[tuple[BlockKind, str, int | None]], title: str = "Titel") -> Document:
    text, blocks = "", []
    for kind, words, page in parts:
        text += "\n\n" if text else ""
        level = 2 if kind is BlockKind.HEADING else 1 if kind is BlockKind.ITEM else 0
        blocks.append(Block(kind, len(text), len(text) + len(words), level=level, page=page))
        text += words
    return Document("d", title, text, tuple(blocks), "d.md")


def words_in(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def listings(count: int) -> Collection:
    made = tuple(Listing(f"d{n}", f"Titel {n}", f"d{n}.md", n, "Uitgever É") for n in range(count))
    return Collection(made, 3, "2031-03-01T10:00:00+00:00", "static:0123")


def test_headings_lead_to_their_place_and_the_title_stands_once() -> None:
    html = reader_html(read(BICYCLES))

    assert words_in(html).count("Leenfietsen in Duinrade") == 1
    targets = re.findall(r'<a href="#(lees-\d+)">', html)
    assert len(targets) == 6
    assert all(f'id="{target}"' in html for target in targets)
    assert "Gemeente Duinrade · 14 februari 2031" in words_in(html)
    assert 'href="https://duinrade.example/leenfietsen"' in html
    assert 'lang="nl"' in html
    assert re.search(r'<span class="ordinal">2\.</span> Houd de pas', html)


def test_pages_are_told_once_where_there_are_any() -> None:
    parts = [(BlockKind.PARAGRAPH, "een", 3), (BlockKind.ITEM, "twee", 3)]
    html = reader_html(document([*parts, (BlockKind.PARAGRAPH, "drie", 4)]))

    assert re.findall(r"Pagina \d", html) == ["Pagina 3", "Pagina 4"]
    assert "Pagina" not in reader_html(document([(BlockKind.PARAGRAPH, "een", None)]))


@given(parts=BLOCKS, data=st.data())
def test_all_text_is_there_as_text_and_the_mark_is_the_quote(
    parts: list[tuple[BlockKind, str, int | None]], data: st.DataObject
) -> None:
    made = document(parts)
    start = data.draw(st.integers(0, len(made.text) - 1))
    end = data.draw(st.integers(start + 1, len(made.text)))
    html = reader_html(made, Span(start, end))

    whole = words_in(html)
    assert all(words in whole for _, words, _ in parts)
    marked = "".join(
        unescape(found) for found in re.findall(r"<mark>(.*?)</mark>", html, re.DOTALL)
    )
    assert marked == made.text[start:end].replace("\n", "")


def test_what_a_document_says_stays_text() -> None:
    kinds = [(kind, HOSTILE, 1) for kind in BlockKind]
    made = document(kinds, HOSTILE)
    bad = {"url": "javascript:alert(1)", "publisher": HOSTILE, "language": '"><script>'}
    html = reader_html(Document("d", HOSTILE, made.text, made.blocks, HOSTILE, bad), Span(0, 9))

    assert not re.search(r"<(script|img)|<a href=\"(?!#lees-)|lang=", html)
    assert words_in(html).count("<img src=http://192.0.2.1/x>") >= len(kinds)


def test_the_list_names_each_document_and_finds_by_title_and_publisher() -> None:
    html = documents_html(listings(12), "")

    assert html.count('class="open"') == 12 and "12 documenten." in html
    assert "Uitgever É · 1 passage<" in html and "Uitgever É · 7 passages<" in html
    assert documents_html(listings(12), "titel 11 uitgever e").count('class="open"') == 1
    assert "Er is geen document" in documents_html(listings(12), "paspoort")


def test_few_documents_need_no_search_and_very_many_are_not_shown_at_once() -> None:
    assert search_html(listings(3), "") == ""
    assert 'value="a&quot;b"' in search_html(listings(12), 'a"b')
    assert f"de eerste {MOST} van {MOST + 1} documenten" in documents_html(listings(MOST + 1), "")


def test_the_list_keeps_text_text() -> None:
    one = Listing(HOSTILE, HOSTILE, HOSTILE, 1, HOSTILE, HOSTILE, HOSTILE, "javascript:alert(1)")
    html = documents_html(Collection((one,), 1, "", ""), "")

    assert not re.search(r"<(script|img|a)\b", html)


def test_the_page_about_the_window_says_what_it_rests_on() -> None:
    words = words_in(about_html(listings(3)))

    assert "computerprogramma, niet met een mens" in words
    assert "3 documenten, verdeeld in 3 stukken tekst" in words
    assert "ingelezen op 1 maart 2031" in words
    assert "Je vragen worden niet bewaard" in words
    assert "ingebouwde Nederlandse zoekmodel" in words
    assert "Er schrijft geen taalmodel mee" in words and "blijft op de computer" in words
    helped = words_in(about_html(replace(listings(3), llm="m", llm_host="")))
    assert "Er helpt een taalmodel mee: m." in helped and "blijft op de computer" in helped
    elsewhere = words_in(about_html(replace(listings(3), llm="m", llm_host="llm.nl")))
    assert "naar het taalmodel op llm.nl" in elsewhere and "blijft op" not in elsewhere
    other = Collection((), 1, "", "groot<b>:12ab")
    assert "het zoekmodel groot<b>," in words_in(about_html(other))
    assert "<b>" not in about_html(other)
