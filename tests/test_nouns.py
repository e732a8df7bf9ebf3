"""Articles and plurals of Dutch nouns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.nouns import article_of, is_plural, plural_of


@pytest.mark.parametrize(
    ("one", "more"),
    [
        ("leraar", "leraren"),
        ("ouder", "ouders"),
        ("school", "scholen"),
        ("bedrag", "bedragen"),
        ("plan", "plannen"),
        ("commissie", "commissies"),
        ("vergunning", "vergunningen"),
        ("jongere", "jongeren"),
    ],
)
def test_a_plural_follows_the_rules(one: str, more: str) -> None:
    assert plural_of(one) == more
    assert is_plural(more)


@pytest.mark.parametrize("noun", ["telefoonnummer", "sportbudget", "huisje", "Ministerie"])
def test_a_compound_has_the_article_of_its_last_part(noun: str) -> None:
    assert article_of(noun) == "het"


@pytest.mark.parametrize("noun", ["aanvraag", "leraren", "subsidieregeling", "werkplaats"])
def test_other_nouns_have_de(noun: str) -> None:
    assert article_of(noun) == "de"


@given(st.text(max_size=30))
def test_any_word_has_an_article_and_a_longer_plural(noun: str) -> None:
    assert article_of(noun) in {"de", "het"}
    assert plural_of(noun) != noun
