"""The timeline as HTML: the picture, the table, the form; text of others stays text."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning import documents

from assistant.calendar import Happening, happenings
from ingest.dutch.periods import Period
from ingest.milestones import find_milestones
from ingest.records import Document
from ui.timeline import MOST, Choice, form_html, timeline_html
from ui.timeline_picture import Scale, picture_html, scale_of

TODAY = date(2031, 10, 5)
HOSTILE = "<script>alert(1)</script><img src=http://192.0.2.1/x> \" ' javascript:alert(1)"
ALL = Choice()
DAYS = st.dates(date(1950, 1, 1), date(2080, 12, 31))


@pytest.fixture(scope="module")
def known() -> tuple[Happening, ...]:
    return happenings((document, find_milestones(document)) for document in documents())


def lookup(document_id: str) -> Document | None:
    return {document.id: document for document in documents()}.get(document_id)


def page(known: tuple[Happening, ...], choice: Choice = ALL, today: date = TODAY) -> str:
    return timeline_html(known, lookup, choice, today)


def rows(html: str) -> list[str]:
    return re.findall(r"<tr role=\"row\"><td.*?</tr>", html, re.DOTALL)


def one(what: str, first: date | None, last: date | None, *, ongoing: bool = False) -> Happening:
    return Happening(what, "dan", "", Period(0, 1, first, last, ongoing), "x", "X", (), ())


def test_past_now_coming_and_ongoing_differ_in_a_word_and_in_shape(
    known: tuple[Happening, ...],
) -> None:
    html = page((*known, one("later", date(2033, 1, 1), date(2033, 1, 31))))
    picture = html.split("<table")[0]

    assert [word for word in ("geweest", "nu", "komt nog", "doorlopend") if word in picture]
    assert re.search(r'<li class="past">.*?geweest.*?<i class="dot"', picture)
    assert re.search(r'<li class="now">.*?>nu<.*?<i class="bar"', picture)
    assert re.search(r'<li class="coming">.*?komt nog.*?<i class="dot"', picture)
    assert re.search(r'<li class="ongoing">.*?doorlopend.*?<i class="arrow"', picture)
    assert "2 geweest, 1 nu, 1 komt nog, 1 doorlopend" in picture
    assert "vandaag, 5 oktober 2031" in picture


def test_the_table_says_for_each_when_what_why_and_where_from(known: tuple[Happening, ...]) -> None:
    table = rows(page(known))

    assert len(table) == 4
    assert "Mei 2031" in table[1] and "geweest" in table[1]
    assert "Stalling aan de Havenkade open" in table[1]
    assert "met 46 fietsen" in table[1]
    assert 'aria-label="bron 2, Planning van de leenfiets"' in table[1]
    assert f"<mark>{known[1].citations[0].quote}</mark>" in table[1]


def test_a_year_draws_its_own_twelve_months(known: tuple[Happening, ...]) -> None:
    html = page(known, Choice(year=2031))

    words = re.findall(r'class="tick [^>]*><span>(\w+)</span>', html)
    assert words[:3] == ["2031", "feb", "mrt"] and words[-1] == "nov"
    assert 'class="bar cut-right"' in html  # goes on in the year after
    assert "3 van 4 mijlpalen." in html and len(rows(html)) == 3


def test_nothing_that_fits_and_nothing_at_all_are_said_kindly(known: tuple[Happening, ...]) -> None:
    assert "Er zijn geen mijlpalen die hierbij passen" in page(known, Choice(subject="paspoort"))
    assert "In deze bronnen staan geen mijlpalen" in page(())
    assert form_html((), Choice()) == ""


def test_the_form_offers_years_and_documents_and_keeps_the_choice(
    known: tuple[Happening, ...],
) -> None:
    html = form_html(known, Choice(year=2031, document_id="haven", subject='a"b'))

    assert re.findall(r'<option value="(\w*)"', html) == [
        "",
        "2030",
        "2031",
        "2032",
        "",
        "haven",
        "planning",
    ]
    assert re.findall(r'value="(\w+)" selected', html) == ["2031", "haven"]
    assert 'value="a&quot;b"' in html
    assert 'name="document"' not in form_html(known[1:], Choice())  # one document: no choice


def test_what_has_no_year_is_in_the_table_only() -> None:
    html = page((one("ooit", None, None), one("dan", TODAY, TODAY)))

    assert "Ooit" not in html.split("<table")[0]
    assert "Ooit" in rows(html)[0] and "zonder jaar" in rows(html)[0]
    assert picture_html([one("ooit", None, None)], TODAY, None) == ""


def test_many_milestones_are_not_all_drawn_at_once() -> None:
    many = tuple(one(f"mijlpaal {n}", TODAY, TODAY) for n in range(MOST + 50))

    html = page(many)

    assert len(rows(html)) == MOST
    assert f"de eerste {MOST} van {MOST + 50} mijlpalen" in html


def test_text_of_a_document_stays_text() -> None:
    text = f"{HOSTILE}\n\n{HOSTILE} mei 2031"
    document = Document("k", HOSTILE, text, (), HOSTILE, {"publisher": HOSTILE})
    (known,) = (
        Happening(
            HOSTILE, HOSTILE, HOSTILE, Period(0, 1, TODAY, TODAY), "k", HOSTILE, (), (HOSTILE,)
        ),
    )
    html = timeline_html((known,), lambda _: document, Choice(subject=HOSTILE[:9]), TODAY)
    form = form_html((known, one("b", TODAY, TODAY)), Choice(subject=HOSTILE, document_id="k"))

    for made in (html, form):
        assert not re.search(r"<(script|img)", made)
        assert HOSTILE in unescape(made)


@given(days=st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=6), today=DAYS)
def test_everything_drawn_lies_within_the_picture(
    days: list[tuple[date, date]], today: date
) -> None:
    found = [one("x", min(pair), max(pair)) for pair in days]
    html = picture_html(found, today, None)

    for left, width in re.findall(r"left:([\d.]+)%(?:;width:([\d.]+)%)?", html):
        assert 0 <= float(left) <= 100
        assert float(left) + float(width or 0) <= 100.02
    assert len(re.findall(r'class="tick', html)) <= 16


@given(first=DAYS, months=st.integers(1, 600), day=DAYS)
def test_a_later_day_is_never_drawn_earlier(first: date, months: int, day: date) -> None:
    scale = Scale(first.year * 12 + first.month - 1, months)

    assert scale.place(day) <= scale.place(day + timedelta(days=1)) <= 1
    assert scale.place(day) <= scale.place(day, end=True)


def test_today_is_drawn_when_it_is_near_and_told_when_it_is_not() -> None:
    found = [one("x", date(2031, 1, 1), date(2031, 1, 31))]

    assert scale_of(found, date(2031, 12, 1), None).holds(date(2031, 12, 1))
    assert "valt buiten beeld" in picture_html(found, date(2040, 1, 1), None)
