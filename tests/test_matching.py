"""Matching terms to texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.matching import covers, forms_of, sought
from ingest.analysis import analyse

WORDS = [
    "subsidie", "subsidies", "subsidieaanvraag", "aanvraag", "jeugdzorg", "jeugd", "drie", "3",
    "zorg", "café", "bijdrage", "geld", "twaalf",
]  # fmt: skip
texts = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)


@given(question=texts, text=texts, other=texts)
def test_forms_that_are_not_sought_make_no_difference(question: str, text: str, other: str) -> None:
    terms, forms = analyse(question), forms_of(text)
    synonyms = {term.surface: (tuple(analyse(other)),) for term in terms[:1]} if other else {}
    narrowed = forms & sought(terms, synonyms)

    assert [covers(term, synonyms, narrowed) for term in terms] == [
        covers(term, synonyms, forms) for term in terms
    ]


@pytest.mark.parametrize(
    ("word", "text", "least", "most"),
    [
        ("subsidie", "De subsidie", 1.0, 1.0),
        ("subsidies", "De subsidie", 1.0, 1.0),
        ("aanvraag", "subsidieaanvraag", 0.5, 0.9),
        ("zorg", "De subsidie", 0.0, 0.0),
        ("twaalf", "Er zijn 12 coalities.", 1.0, 1.0),
        ("12", "Er zijn twaalf coalities.", 1.0, 1.0),
        ("12", "Er zijn dertien coalities.", 0.0, 0.0),
    ],
)
def test_a_word_is_covered_by_its_forms_and_partly_by_its_parts(
    word: str, text: str, least: float, most: float
) -> None:
    (term,) = analyse(word)
    assert least <= covers(term, {}, forms_of(text)) <= most
