"""Reading Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import FileError
from ingest.formats.markdown import read
from ingest.records import BlockKind, Draft, Link

H, P, L, R, F = (
    BlockKind.HEADING,
    BlockKind.PARAGRAPH,
    BlockKind.ITEM,
    BlockKind.ROW,
    BlockKind.FOOTNOTE,
)


def draft(text: str) -> Draft:
    return read(text.encode())


def blocks(text: str) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in draft(text).blocks]


def test_headings_paragraphs_and_items_are_told_apart() -> None:
    found = draft(
        "# Beleid\n\nEerste *alinea*\nloopt **door**.\n\n## Doelen\n\n- een\n  - diep\n- twee\n"
    )
    assert [(b.kind, b.text, b.level) for b in found.blocks] == [
        (H, "Beleid", 1),
        (P, "Eerste alinea loopt door.", 0),
        (H, "Doelen", 2),
        (L, "een", 1),
        (L, "diep", 2),
        (L, "twee", 1),
    ]


@pytest.mark.parametrize("line", ["=", "===", "======", "---"])
def test_an_underlined_line_is_a_heading(line: str) -> None:
    assert blocks(f"Titel\n{line}\n\nTekst.") == [(H, "Titel"), (P, "Tekst.")]


@pytest.mark.parametrize(("first", "shown"), [("1", [1, 2]), ("4", [4, 5]), ("0", [0, 1])])
def test_a_numbered_list_keeps_the_numbers_that_it_shows(first: str, shown: list[int]) -> None:
    found = draft(f"{first}. begin\n{int(first) + 1}. eind\n")
    assert [block.ordinal for block in found.blocks] == shown


def test_the_second_paragraph_of_an_item_is_a_paragraph() -> None:
    assert blocks("- een\n\n  vervolg\n- twee") == [(L, "een"), (P, "vervolg"), (L, "twee")]


def test_a_row_carries_the_names_of_its_columns() -> None:
    text = "| Wat | Wanneer |\n|---|---|\n| Ronde [twee](https://x.nl) | mei 2026 |\n| Los | |\n"
    found = draft(text)
    assert [(b.kind, b.text) for b in found.blocks] == [
        (R, "Wat: Ronde twee | Wanneer: mei 2026"),
        (R, "Wat: Los"),
    ]
    assert found.blocks[0].links == (Link("twee", "https://x.nl"),)


def test_links_keep_their_words_and_their_address() -> None:
    (block,) = draft("Zie [de **wet**](https://wetten.nl/1) en <https://x.nl>.").blocks
    assert block.text == "Zie de wet en https://x.nl."
    assert block.links == (
        Link("de wet", "https://wetten.nl/1"),
        Link("https://x.nl", "https://x.nl"),
    )


def test_footnotes_are_blocks_of_their_own_and_their_marks_go() -> None:
    text = "De tafels[^1] en de regeling[^2].\n\n[^1]: Zoals de VO-raad.\n[^2]: Zie ook elders.\n"
    assert blocks(text) == [
        (P, "De tafels en de regeling."),
        (F, "Zoals de VO-raad."),
        (F, "Zie ook elders."),
    ]


def test_a_footnote_with_only_an_address_is_not_lost() -> None:
    text = "De regeling[^bron] geldt.\n\n[^bron]: https://wetten.nl/1\n"
    assert blocks(text) == [(P, "De regeling geldt."), (F, "https://wetten.nl/1")]


def test_comments_scripts_and_tags_are_not_text() -> None:
    text = (
        "Zicht<!-- geheim -->baar.\n\n<script>alert(1)</script>\n\n"
        '<div class="x">\nIn een <b>blok</b> &eacute;&eacute;n.\n</div>\n\n'
        "Regel<br>twee <i>en</i>\n"
    )
    assert blocks(text) == [(P, "Zichtbaar."), (P, "In een blok één."), (P, "Regel twee en")]


def test_marks_of_site_generators_go_and_their_titles_stay() -> None:
    text = (
        '!!! info "Let op"\n\n    Doe dit eerst.\n\n=== "Stap 1"\n\n    Vul in.\n\n'
        "[Knop](x.md){ .md-button }\n"
    )
    assert blocks(text) == [
        (P, "Let op"),
        (P, "Doe dit eerst."),
        (P, "Stap 1"),
        (P, "Vul in."),
        (P, "Knop"),
    ]


def test_list_in_an_admonition_is_a_list() -> None:
    text = '!!! tip "Let op"\n\tStappen:\n\n\t1. vul in\n\t2. stuur op\n\t\t- per post\n\nDan.\n'
    assert blocks(text) == [
        (P, "Let op"),
        (P, "Stappen:"),
        (L, "vul in"),
        (L, "stuur op"),
        (L, "per post"),
        (P, "Dan."),
    ]


def test_admonition_in_a_list_leaves_the_list_whole() -> None:
    text = '1. vul in\n\n    ??? note "Tip"\n        Bel eerst.\n\n2. stuur op\n'
    found = draft(text)
    assert [(b.text, b.ordinal) for b in found.blocks] == [
        ("vul in", 1),
        ("Tip", None),
        ("Bel eerst.", None),
        ("stuur op", 2),
    ]


def test_icons_and_attributes_without_a_value_go() -> None:
    text = "## Vereisten { data-search-exclude }\n\n:material-arrow-right: Bepaal 10:30:15.\n"
    assert blocks(text) == [(H, "Vereisten"), (P, "Bepaal 10:30:15.")]


def test_a_link_to_a_file_with_spaces_in_its_name_is_a_link() -> None:
    found = draft('Lees [de uitleg](stukken/Uitleg versie 2.pdf) en [x](y.md "Titel van x").')
    assert found.blocks[0].text == "Lees de uitleg en x."
    assert found.blocks[0].links == (
        Link("de uitleg", "stukken/Uitleg%20versie%202.pdf"),
        Link("x", "y.md"),
    )


def test_words_in_braces_are_text() -> None:
    assert blocks("Vul hier in: {naam gemeente}\n") == [(P, "Vul hier in: {naam gemeente}")]


def test_code_keeps_what_looks_like_a_tag() -> None:
    assert blocks("```\nnaam: <verplicht>\n```\n") == [(P, "naam: <verplicht>")]


def test_front_matter_is_metadata_as_it_was_written() -> None:
    found = draft(
        "---\nid: 007\ntitle: 'Wet: de tekst'\ndate: 2025-06-13\nactief: yes\nleeg:\n"
        "trefwoorden: [mbo, zorg]\n---\n# Kop\n"
    )
    assert found.metadata == {
        "id": "007",
        "title": "Wet: de tekst",
        "date": "2025-06-13",
        "actief": "yes",
        "leeg": "",
        "trefwoorden": "mbo, zorg",
    }
    assert [block.text for block in found.blocks] == ["Kop"]


def test_front_matter_is_found_behind_a_byte_order_mark_and_windows_line_ends() -> None:
    for content in (
        b"\xef\xbb\xbf---\r\nid: a\r\n---\r\nTekst",
        "---\r\nid: a\r\n---\r\nTekst".encode("utf-16"),
    ):
        found = read(content)
        assert found.metadata == {"id": "a"}
        assert [block.text for block in found.blocks] == ["Tekst"]


def test_a_date_that_does_not_exist_is_still_metadata() -> None:
    assert draft("---\ndate: 2025-02-30\n---\nTekst").metadata == {"date": "2025-02-30"}


def test_text_between_rules_is_no_front_matter() -> None:
    assert blocks("---\nZomaar een zin\n---\n\nMeer.") == [(H, "Zomaar een zin"), (P, "Meer.")]


@pytest.mark.parametrize(
    "matter", ["title: 'open", "a: b: c", "[a, b", "\tx: 1", "[" * 5000], ids=lambda m: m[:10]
)
def test_unreadable_front_matter_is_a_file_error_with_advice(matter: str) -> None:
    with pytest.raises(FileError) as caught:
        draft(f"---\n{matter}\n---\nTekst")
    assert "---" in caught.value.what and caught.value.advice


def test_front_matter_that_refers_to_itself_does_not_fill_the_memory() -> None:
    layers = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    layers += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 30)]
    found = draft("---\n" + "\n".join(layers) + "\n---\nTekst")
    assert sum(map(len, found.metadata.values())) < 1000


SCRAPS = st.sampled_from(
    ["# ", "## ", "- ", "1. ", "0) ", "  ", "\n", "\n\n", "|", "|---|", "| a | b |\n|---|---|\n",
     "[^1]", "[^1]: ", "[a](b)", "```", "---\n", "<!--", "-->", "<div>", "</div>", "<br", "> ",
     "=== ", '!!! x "y"', "{.a}", "woord", "é", "*", "_", "`", "![x](y)", "&amp;", "&#0;", "\\",
     "===\n", ": ", "'", "?"]
)  # fmt: skip


@given(
    st.one_of(
        st.binary(),
        st.text().map(str.encode),
        st.lists(SCRAPS, max_size=40).map(lambda s: "".join(s).encode()),
    )
)
def test_any_bytes_give_a_draft_or_a_file_error(content: bytes) -> None:
    try:
        found = read(content)
    except FileError as problem:
        assert problem.what and problem.advice
        return
    for block in found.blocks:
        assert block.text.strip()
        assert (block.level > 0) == (block.kind in {H, L})


@given(st.text())
def test_any_front_matter_gives_text_or_a_file_error(matter: str) -> None:
    try:
        found = draft(f"---\n{matter}\n---\nTekst")
    except FileError:
        return
    assert all(isinstance(v, str) for pair in found.metadata.items() for v in pair)


WORDS = st.lists(st.text("abcdefgé", min_size=1, max_size=8), min_size=1, max_size=6).map(" ".join)


@given(st.lists(st.tuples(st.sampled_from(["# ", "### ", "- ", ""]), WORDS), min_size=1))
def test_no_word_is_lost(lines: list[tuple[str, str]]) -> None:
    found = draft("\n\n".join(mark + words for mark, words in lines))
    assert [block.text for block in found.blocks] == [words for _, words in lines]
