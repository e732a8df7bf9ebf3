"""Words that a question writes apart and the documents write together."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.joining import Joiner
from assistant.pipeline import Assistant
from assistant.records import Status
from assistant.subject import subject_terms
from ingest.analysis import analyse
from ingest.embedding import Embedder
from ingest.lexical import LexicalIndex, fields_of
from ingest.pipeline import ingest
from ingest.records import Passage

TEXT = (
    "U kunt de vergunning aanvragen bij het loket. De plannen zijn ingediend. Wie verhuist, moet "
    "dat doorgeven. Aanmelden kan online. De regeling gaat over geld. FietsToWerk is een proef. "
    "De subsidieaanvraag is kort. Zij overgaan."
)
LOKET = """# Loket
Bij het loket ligt een folder over het kenteken. Een kenteken is geel.

Een kenteken aanvragen doet u met een formulier op de website.

Er is koffie. Het kenteken is van metaal.
"""


@pytest.fixture
def joiner(tmp_path: Path) -> Joiner:
    index = LexicalIndex(tmp_path)
    index.update(added=[fields_of(Passage("p", "nota", 0, len(TEXT), TEXT), "Nota")], removed=[])
    return Joiner(index)


@pytest.mark.parametrize(
    ("question", "stem"),
    [
        ("Waar vraag ik een vergunning aan?", "aanvraag"),
        ("Hoe vraagt een school de vergunning aan als het haast heeft?", "aanvraag"),
        ("Wanneer dienen de coalities hun plannen in?", "indiend"),
        ("Hoe geef ik mijn verhuizing door voor de school?", "doorgeef"),
        ("Waar meld ik mij aan", "aanmel"),
    ],
)
def test_a_verb_in_two_is_one_word(joiner: Joiner, question: str, stem: str) -> None:
    joined = joiner.join(analyse(question))
    (verb,) = joined.verbs
    assert stem in {form.stem for form in verb.forms}
    subject = joined.subject(subject_terms(question))
    assert verb.forms[0] in subject
    assert not {verb.verb, verb.particle} & set(subject)


@pytest.mark.parametrize(
    "question",
    [
        "Waar gaat de regeling over?",  # "over" says nothing of what is done
        "Vraag ik het aan de buren?",  # "aan de buren"
        "Wat staat in de plannen?",
        "Hoe zaag ik de boom om?",  # no document has this verb
    ],
)
def test_what_is_no_verb_in_two_stays_as_it_is(joiner: Joiner, question: str) -> None:
    assert joiner.join(analyse(question)).verbs == ()


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Wat is Fiets to Werk?", "fietstowerk"),
        ("Hoe lang is de subsidie aanvraag?", "subsidieaanvraag"),
    ],
)
def test_neighbours_are_one_word_where_the_documents_write_one(
    joiner: Joiner, question: str, word: str
) -> None:
    made = [
        term.surface
        for e in joiner.join(analyse(question)).expansions
        for w in e.wordings
        for term in w.terms
    ]
    assert made == [word]


@given(st.text(st.sampled_from("aeinou vrgdst?"), max_size=60))
def test_any_text_is_read(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    joiner = Joiner(LexicalIndex(tmp_path_factory.mktemp("empty")))
    assert joiner.join(analyse(text)).expansions == ()


def test_a_question_with_its_verb_in_two_is_answered_by_what_has_it_in_one(
    tmp_path: Path, embedder: Embedder
) -> None:
    (tmp_path / "loket.md").write_text(LOKET, encoding="utf-8")
    ingest([tmp_path / "loket.md"], tmp_path / "data", embedder)
    assistant = Assistant.open(tmp_path / "data", embedder)
    answer = assistant.ask("Hoe vraag ik een kenteken aan?")
    assistant.close()
    assert answer.status is Status.ANSWERED
    assert "formulier op de website" in answer.text.split("[1]")[0]
