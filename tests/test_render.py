"""The HTML of answers and sources: nothing of a text becomes markup, and quotes are exact."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from browser import SUBSIDY, answer, citation, document
from hypothesis import given
from hypothesis import strategies as st

from assistant.language import with_note
from assistant.records import Answer, Citation, Status
from assistant.trace import Reason, Trace, Why
from ingest.records import Document
from ui import conversation, render, sources, tools
from ui.surroundings import surroundings

# Our own elements; nothing else may come out, whatever goes in.
OURS = {
    "div",
    "p",
    "ul",
    "li",
    "span",
    "button",
    "section",
    "h2",
    "h3",
    "blockquote",
    "mark",
    "a",
} | {"details", "summary"}
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=http://evil.example/x onerror=alert(1)>",
    "</mark></blockquote><form action=http://evil.example>",
    "\"><a href='javascript:alert(1)'>klik</a>",
    "${alert(1)} {{value}} `x`",
    "&lt;b&gt; &amp; é — [1] [99]",
]
texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1),
)


class Reader(HTMLParser):
    """Reads HTML back: its elements, its attributes, its text, and the text of each mark."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.marks: list[str] = []
        self._in_mark = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag == "mark":
            self._in_mark = True
            self.marks.append("")

    def handle_endtag(self, tag: str) -> None:
        self._in_mark = self._in_mark and tag != "mark"

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._in_mark:
            self.marks[-1] += data


def shown(given_answer: Answer, *documents: Document) -> Reader:
    return Reader(render.answer_html(given_answer, {d.id: d for d in documents}, turn=1))


@given(
    title=texts, before=texts, quote=texts, after=texts, words=texts, status=st.sampled_from(Status)
)
def test_no_text_becomes_markup(
    title: str, before: str, quote: str, after: str, words: str, status: Status
) -> None:
    source = document(
        "d", title, f"{before} {quote} {after}", publisher=words, date=words, url=words
    )
    start = source.text.index(quote, len(title))
    cited = Citation(1, "d", title, words, words, (words,), 3, quote, start, start + len(quote))
    given_answer = answer(f"{words} [1]", cited, status=status)
    html = render.answer_html(given_answer, {"d": source}, turn=1)
    html += tools.tools_html(words, quote, "a1") + tools.failed_tools_html(words)

    page = Reader(render.turn_html(words, html) + render.error_html(words))

    assert set(page.tags) <= OURS | {"article", "label", "textarea"}
    assert not [name for name, _ in page.attributes if name.startswith("on") or name == "style"]
    assert all(v.startswith(("http://", "https://")) for n, v in page.attributes if n == "href")
    assert page.marks == [source.text[start : start + len(quote)]]


def test_the_quote_stands_between_its_neighbours() -> None:
    page = shown(
        answer("Twaalf. [1]", citation(1, SUBSIDY, "Er zijn 12 coalities gevormd.")), SUBSIDY
    )

    assert page.marks == ["Er zijn 12 coalities gevormd."]
    assert "De regeling bestaat sinds 2023. Er zijn 12 coalities gevormd. Samen maken" in page.text
    assert "Nederlands Jeugdinstituut · 3 maart 2026" in page.text


def test_surroundings_stay_under_the_heading_and_within_reach() -> None:
    source = document("d", "Kop", "Woord " * 200 + "einde. Hier staat het. " + "Nog " * 200)
    start = source.text.index("Hier")

    first, last = surroundings(source, start, start + len("Hier staat het."))

    assert 0 < start - first <= 280
    assert source.text[first - 1] == " "
    assert 0 < last - start <= 300
    assert source.text[first:last].strip().startswith("Woord")


def test_a_quote_from_a_heading_starts_at_that_heading() -> None:
    start = SUBSIDY.text.index("coalities")

    first, last = surroundings(SUBSIDY, start, start + len("coalities"))

    assert SUBSIDY.text[first:last].startswith("Subsidie voor coalities\n\nDe regeling")


def test_a_changed_document_is_said_to_be_changed() -> None:
    cited = citation(1, SUBSIDY, "Er zijn 12 coalities gevormd.")
    other = document("subsidie", "Subsidie", "Iets heel anders.")

    for known in ({"subsidie": other}, {}):
        page = Reader(render.answer_html(answer("Twaalf. [1]", cited), known, turn=1))
        assert page.marks == ["Er zijn 12 coalities gevormd."]
        assert "veranderd of weggehaald" in page.text


def test_a_marker_without_a_citation_stays_text() -> None:
    page = shown(
        answer("Twaalf. [1][7]", citation(1, SUBSIDY, "Er zijn 12 coalities gevormd.")), SUBSIDY
    )

    assert ("aria-label", "bron 1, Subsidie voor coalities") in page.attributes
    assert "[7]" in page.text
    assert not [value for _, value in page.attributes if "bron 7" in value]


def test_lines_with_a_dash_become_a_list() -> None:
    page = shown(answer("Dit zijn ze:\n- de eerste\n- de tweede\n\nDat is alles."))

    assert page.tags.count("li") == 2
    assert "- de" not in page.text


@pytest.mark.parametrize("status", sorted(render.REFUSALS))
def test_a_refusal_shows_the_nearest_passages_once(status: Status) -> None:
    near = citation(1, SUBSIDY, "Er zijn 12 coalities gevormd.")
    words = f"Dat staat niet in de bronnen. Dit komt het dichtst in de buurt:\n- {near.quote} [1]"

    page = shown(answer(words, near, status=status))

    assert ("class", "answer refusal") in page.attributes
    assert page.text.count("dichtst in de buurt") == 1
    assert page.text.count(near.quote) == 2  # in the list, and in its card


TRACE = Trace(Why(Reason.ENOUGH))


def test_the_reading_is_shown_only_when_it_differs() -> None:
    same = Answer("Hoeveel?", "hoeveel? ", Status.ANSWERED, "Twaalf.", (), (), {}, 1, TRACE)
    other = Answer("En daar?", "Hoeveel daar?", Status.ANSWERED, "Twaalf.", (), (), {}, 1, TRACE)

    assert "Gelezen als" not in shown(same).text
    assert "Gelezen als: Hoeveel daar?" in shown(other).text


@pytest.mark.parametrize("status", [Status.ANSWERED, Status.CLARIFY, Status.NOT_FOUND])
def test_what_is_in_english_says_so_to_a_screen_reader(status: Status) -> None:
    words = with_note("What is there?", status, "Er staat iets.\n- School to Care")
    given_answer = answer(words, status=status)
    html = render.turn_html("What is there?", render.answer_html(given_answer, {}, turn=1))

    assert Reader(html).attributes.count(("lang", "en")) == 2  # the question and the note
    assert 'lang="en"' not in render.turn_html("Wat staat er?", "")


def test_a_note_stands_below_the_answer_as_text_and_is_spoken() -> None:
    old = Answer(
        "Hoeveel?", "Hoeveel?", Status.ANSWERED, "Twaalf.", (), (), {}, 1, TRACE,
        ("Er is een nieuwere versie van “<b>Plan</b>”.",),
    )  # fmt: skip

    assert "Let op: Er is een nieuwere versie van “<b>Plan</b>”." in shown(old).text
    assert "b" not in shown(old).tags
    assert "nieuwere versie" in render.spoken(old)


def test_a_source_says_from_when_it_is() -> None:
    plan = document("plan", "Plan", "Het kost 5 euro.", version="2", valid_from="2031-03-01")
    page = shown(answer("5 euro. [1]", citation(1, plan, "Het kost 5 euro.")), plan)

    assert "versie 2 · geldig vanaf 1 maart 2031" in page.text


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//evil.example", "http://",
     "file:///etc/passwd", "https://a b", "http://[", "java\nscript:alert(1)", "", None],
)  # fmt: skip
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert sources.web_address(url) is None


def test_a_link_goes_to_the_original_in_a_new_tab() -> None:
    page = shown(answer("[1]", citation(1, SUBSIDY, "Er zijn 12 coalities gevormd.")), SUBSIDY)

    assert ("href", "https://www.nji.nl/subsidie") in page.attributes
    assert ("rel", "noopener noreferrer") in page.attributes
    assert ("target", "_blank") in page.attributes


def test_questions_are_checked_before_they_are_asked() -> None:
    assert conversation.objection("Wanneer?") is None
    assert conversation.objection("x" * 500) is None
    assert "hoogstens 500 tekens" in (conversation.objection("x" * 501) or "")
    assert conversation.objection("  ") == "Typ eerst een vraag."
