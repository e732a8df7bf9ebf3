"""A conversation as a file: all of it is there, and nothing of a text becomes markup."""

from __future__ import annotations

import io
from datetime import date

import docx
from browser import SUBSIDY, citation
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.records import Citation
from ui.export import Said, as_docx, as_markdown

TODAY = date(2026, 11, 22)
HOSTILE = [
    "<script>alert(1)</script>", "![x](http://evil.example/x)", "[k](javascript:k())", "# kop",
    "1. een", "- item", "> quote", "```\ncode", "    code", "<http://evil.example>", "| a | b |",
    "***", "_x_ **y** `z`", "&lt;b&gt; &amp; \\", "a\n\n# b\n===", "[k]: http://evil.example",
]  # fmt: skip
texts = st.one_of(st.sampled_from(HOSTILE), st.text(min_size=1))
SAID = Said(
    "Hoeveel zijn er?", "Hoeveel coalities zijn er?", "Dit zijn er:\n- twaalf [1]\n- meer [1]",
    (citation(1, SUBSIDY, "Er zijn 12 coalities gevormd."),),
)  # fmt: skip


def plain(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def test_markdown_has_questions_answers_and_sources() -> None:
    html = MarkdownIt("commonmark").render(as_markdown([SAID], TODAY).decode())

    assert "<h1>Gesprek met Wegwijs</h1>" in html and "22 november 2026" in html
    assert "<h2>Hoeveel zijn er?</h2>" in html
    assert "Gelezen als: Hoeveel coalities zijn er?" in html
    assert "<li>twaalf [1]</li>" in html
    assert "Er zijn 12 coalities gevormd.</p>\n</blockquote>" in html
    assert '<a href="https://www.nji.nl/subsidie">' in html


@given(question=texts, words=texts, title=texts, quote=texts)
def test_no_text_becomes_markup(question: str, words: str, title: str, quote: str) -> None:
    cited = Citation(1, "d", title, "d.md", None, (title,), 2, quote, 0, 1)
    html = MarkdownIt("commonmark").render(
        as_markdown([Said(question, "", f"{words} [1]", (cited,))], TODAY).decode()
    )

    assert not [
        tag for tag in ("<a", "<img", "<script", "<pre", "<hr", "<em", "<table") if tag in html
    ]
    assert html.count("<h1") == 1 and html.count("<h2") == 1 and html.count("<blockquote") == 1


@given(question=texts, words=texts, quote=texts)
def test_word_takes_any_text(question: str, words: str, quote: str) -> None:
    cited = Citation(1, "d", "Titel", "d.md", "javascript:x", (), None, quote, 0, 1)
    said = Said(question, question, words, (cited,))
    saved = docx.Document(io.BytesIO(as_docx([said], TODAY)))

    assert saved.paragraphs[0].text == "Gesprek met Wegwijs"
    assert saved.paragraphs[-1].text == "d.md"  # not the address, which is none


def test_word_has_questions_answers_and_sources() -> None:
    saved = docx.Document(io.BytesIO(as_docx([SAID], TODAY)))
    styled = [(paragraph.style.name, paragraph.text) for paragraph in saved.paragraphs]

    assert ("Heading 2", "Hoeveel zijn er?") in styled
    assert ("List Bullet", "twaalf [1]") in styled
    assert ("Quote", "“Er zijn 12 coalities gevormd.”") in styled
    assert ("Normal", "https://www.nji.nl/subsidie") in styled
    assert "nl-NL" in saved.styles.element.xml
