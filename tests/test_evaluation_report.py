"""What a person reads of an evaluation: on a terminal and on a page."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from browser import chromium
from evaluating import case, declining, outcome, ranked, refusal, run_of

from assistant.evaluation.compare import compare
from assistant.evaluation.metrics import METRICS
from assistant.evaluation.records import CaseKind, Cited, Evidence, Found, Outcome, Run
from assistant.records import Kind, Status
from assistant.trace import Objection, Reason, Why
from ui.evaluation_page import page
from ui.evaluation_text import comparison_as_json, comparison_as_text, run_as_text
from ui.evaluation_words import METRIC_WORDS, STATUS_WORDS, group_name

EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>&amp;'
LOADS = {"src", "href", "srcset", "data", "action", "poster", "background", "xlink:href"}


def wrong() -> Outcome:
    """Return an answer that is wrong in every way that the report tells of."""
    return outcome(
        "Er zijn 13 coalities. [1]",
        case=case(
            id="fout",
            question="Hoeveel coalities zijn er nu?",
            wrong=("13 coalities",),
            history=("Wat is een coalitie?",),
            evidence=(Evidence("doc", "12 coalities"), Evidence("weg", words=("twaalf", "regio"))),
        ),
        read_as="Hoeveel coalities zijn er nu (coalitie)?",
        cited=(Cited(1, "doc", "Kop › Sub", "Er zijn coalities.", False, False),),
        found=(Found("doc", "Kop", "Er zijn 12 coalities.", 0.91, {"lexical": 2}, True),),
        relevant=1,
        unfounded=(Evidence("weg", words=("twaalf", "regio")),),
        timings_ms={"retrieve": 3.5},
        milliseconds=12.0,
    )


def some_run() -> Run:
    right = outcome(case=case(id="goed"), found=ranked(True, False), relevant=1, milliseconds=5.0)
    return run_of(right, wrong(), refusal(case=declining(id="niets")))


# --- words ------------------------------------------------------------------------------------


def test_every_metric_status_and_kind_has_a_dutch_name() -> None:
    assert set(METRIC_WORDS) == set(METRICS)
    assert set(STATUS_WORDS) == set(Status)
    kinds = CaseKind.__args__
    assert all(group_name("kind", kind) != kind for kind in kinds if kind != "contact")


# --- the terminal -----------------------------------------------------------------------------


def test_the_summary_tells_figures_groups_and_what_was_wrong() -> None:
    text = run_as_text(some_run())

    assert "3 vragen, versie 1 van de index, 1,5 seconden" in text
    assert re.search(r"^Goed beantwoord +67% \(0-100\) +3 ", text, re.M)
    assert "Per soort vraag: goed beantwoord" in text and "Per document" in text
    assert "Niet goed beantwoord: 1 van de 3 vragen" in text
    assert "fout: Hoeveel coalities zijn er nu?" in text
    assert "mist: 12 coalities" in text and "fout: 13 coalities" in text
    assert "getal zonder bron: 13" in text
    assert "bij 1 vraag staat het bewijs niet in de documenten" in text
    assert "weg: “twaalf, regio”" in text


def test_many_wrong_answers_are_cut_short_with_where_the_rest_is() -> None:
    text = run_as_text(run_of(*(refusal(case=case(id=f"v{n}")) for n in range(14))))

    assert text.count("goed is: antwoord") == 10
    assert "en nog 4; zet er --html BESTAND bij" in text


def test_a_comparison_tells_what_became_worse_better_and_different() -> None:
    names = ("een", "twee", "drie")
    good, bad, other = outcome(), refusal(), outcome("Nu 12 coalities. [1]")

    def run_with(*outcomes: Outcome) -> Run:
        return run_of(*(replace(o, case=case(id=n)) for n, o in zip(names, outcomes, strict=True)))

    text = comparison_as_text(compare(run_with(good, bad, good), run_with(bad, good, other)))

    assert "Slechter: 1\n  een: " in text
    assert "Beter: 1\n  twee: " in text
    assert "Anders, even goed: 1\n  drie: " in text
    assert "was:  (antwoord) Er zijn 12 coalities. [1]" in text
    assert "werd: (niet gevonden) Dat staat niet in de bronnen." in text


def test_all_that_became_worse_is_listed_and_the_rest_is_cut_short() -> None:
    cases = [case(id=f"v{n}") for n in range(14)]
    good, bad = (run_of(*(make(case=c) for c in cases)) for make in (outcome, refusal))

    assert comparison_as_text(compare(good, bad)).count("werd:") == 14
    better = comparison_as_text(compare(bad, good))
    assert better.count("werd:") == 10 and "en nog 4" in better


def test_a_comparison_is_sure_only_when_chance_is_unlikely() -> None:
    def wrong_of(count: int) -> Run:
        return run_of(
            *((refusal if n < count else outcome)(case=case(id=f"v{n}")) for n in range(30))
        )

    assert "toeval is onwaarschijnlijk" in comparison_as_text(compare(wrong_of(0), wrong_of(30)))
    maybe = comparison_as_text(compare(wrong_of(0), wrong_of(1)))
    assert "kan toeval zijn" in maybe and "onwaarschijnlijk" not in maybe
    assert "toeval" not in comparison_as_text(compare(wrong_of(3), wrong_of(3)))


def test_a_comparison_for_programs_names_the_answers() -> None:
    found = comparison_as_json(compare(run_of(outcome()), run_of(refusal())))

    assert found["questions"] == 1
    assert found["worse"][0]["after"]["status"] == "not_found"
    assert found["better"] == found["different"] == []
    assert found["metrics"]["right"]["count"] == 1


# --- the page ---------------------------------------------------------------------------------


class Tags(HTMLParser):
    """Notes every element, its attributes, and whether all are closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_a_wrong_answer_says_why_it_was_given() -> None:
    why = Why(Reason.NOT_ENOUGH, Kind.HOW_MANY, Objection.NO_FACT, ("<b>Urk</b>",))
    html = page(run_of(refusal(case=case(), why=why)))
    text = text_of(html)

    assert "Waarom geen antwoord" in text
    assert "De beste zin noemt geen aantal van wat je vraagt." in text
    assert "&lt;b&gt;Urk&lt;/b&gt;" in html and "<b>Urk" not in html


def test_a_wrong_answer_stands_beside_all_that_explains_it() -> None:
    html = page(some_run())
    (card,) = re.findall(r"<article>.*?</article>", html, re.DOTALL)
    text = text_of(card)

    for said in (
        "Hoeveel coalities zijn er nu?",
        "Eerder gevraagd: Wat is een coalitie?",
        "Gelezen als: Hoeveel coalities zijn er nu (coalitie)?",
        "Er zijn 13 coalities. [1]",
        "doc › Kop › Sub, staat zo niet in de bron",
        "mist : 12 coalities",
        "Mag er niet in staan 13 coalities",
        "twaalf, regio weg staat niet (meer) in dit document",
        "1 0,910 lexical 2 Er zijn 12 coalities. doc › Kop hier staat het",
        "retrieve 3,5 ms",
    ):
        assert said in text, said


def test_the_page_has_a_plot_for_every_figure_but_time() -> None:
    run = some_run()
    tags = Tags(page(run))
    bars = [attrs for tag, attrs in tags.found if tag == "rect" and attrs["class"] == "bar"]

    assert tags.open == []
    assert len(bars) > len(METRICS) - 2
    assert all(0 <= float(bar["width"] or -1) <= 200 for bar in bars)


def test_the_page_asks_for_nothing_outside_itself() -> None:
    run = some_run()
    html = page(run, compare(run, run))
    tags = Tags(html)

    assert {tag for tag, _ in tags.found}.isdisjoint({"script", "link", "img", "iframe", "object"})
    assert not [attrs for _, attrs in tags.found if LOADS & attrs.keys()]
    assert not re.search(r"url\(|@import|https?:", html)
    policy = next(
        a["content"]
        for t, a in tags.found
        if t == "meta" and "Policy" in (a.get("http-equiv") or "")
    )
    assert policy is not None and policy.startswith("default-src 'none'")


def test_every_word_on_the_page_is_escaped() -> None:
    evil = outcome(
        EVIL,
        case=case(
            id=EVIL, question=EVIL, facts=((EVIL,),), wrong=(EVIL,), topic=EVIL, asker=EVIL,
            tags=(EVIL,), near=EVIL, history=(EVIL,), evidence=(Evidence(EVIL, EVIL),),
        ),
        read_as=f"{EVIL}?",
        cited=(Cited(1, EVIL, EVIL, EVIL, False, False),),
        found=(Found(EVIL, EVIL, EVIL, 0.5, {EVIL: 1}, False),),
        unfounded=(Evidence(EVIL, EVIL),),
        timings_ms={EVIL: 1.0},
    )  # fmt: skip
    before = replace(evil, status=Status.NOT_FOUND)
    html = page(run_of(evil), compare(run_of(before), run_of(evil)))

    assert Tags(html).open == []
    assert not [tag for tag, _ in Tags(html).found if tag in {"script", "img"}]
    assert html.count("&lt;script&gt;alert(1)") > 15


@pytest.mark.browser
def test_a_browser_shows_the_page_without_a_request_or_a_complaint(tmp_path: Path) -> None:
    run = some_run()
    file = tmp_path / "meting.html"
    file.write_text(page(run, compare(run, run)), encoding="utf-8")

    with chromium() as browser:
        opened = browser.new_page(viewport={"width": 360, "height": 800})
        asked: list[str] = []
        said: list[str] = []
        opened.on("request", lambda request: asked.append(request.url))
        opened.on("console", lambda message: said.append(message.text))
        opened.goto(file.as_uri())

        assert asked == [file.as_uri()] and said == []
        assert opened.evaluate("document.documentElement.scrollWidth") <= 360
        assert opened.get_by_text("Hoe goed antwoordt Wegwijs?").is_visible()
        assert not opened.get_by_text("retrieve 3,5 ms").is_visible()
        opened.get_by_text("Wat er gevonden werd").click()
        assert opened.get_by_text("retrieve 3,5 ms").is_visible()
