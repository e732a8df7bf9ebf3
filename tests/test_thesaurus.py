"""Reading concept schemes: SKOS in Turtle."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import CORPUS
from hypothesis import given
from hypothesis import strategies as st
from website import Site, page

from ingest.errors import FileError
from ingest.reading import read_scheme
from ingest.thesaurus import MOST_WORDS, Concept, Label, LabelKind, keys_of, read_concepts

SKOS = (
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix : <https://haven.example/> .\n"
)
BOATS = f"""{SKOS}
:schip a skos:Concept ; skos:prefLabel "schip"@nl, "ship"@en ;
    skos:altLabel "vaartuig"@nl ; skos:hiddenLabel "boot"@nl .
:sloep a skos:Concept ; skos:prefLabel "sloep"@nl ; skos:broader :schip .
"""


def concepts(turtle: str) -> dict[str, Concept]:
    return {one.id.rsplit("/", 1)[-1]: one for one in read_concepts((SKOS + turtle).encode())}


def test_labels_come_with_language_and_kind_and_concepts_with_what_is_above() -> None:
    found = concepts(BOATS)

    assert found["sloep"].broader == ("https://haven.example/schip",)
    assert set(found["schip"].labels) == {
        Label(LabelKind.PREFERRED, "nl", "schip"),
        Label(LabelKind.PREFERRED, "en", "ship"),
        Label(LabelKind.ALTERNATIVE, "nl", "vaartuig"),
        Label(LabelKind.HIDDEN, "nl", "boot"),
    }


def test_narrower_says_the_same_as_broader() -> None:
    said_from_above = BOATS.replace("; skos:broader :schip", "") + ":schip skos:narrower :sloep ."
    assert concepts(said_from_above) == concepts(BOATS)


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn", "Z"]), min_size=1),
        min_size=1,
        max_size=MOST_WORDS,
    )
)
def test_any_words_can_be_a_label(words: list[str]) -> None:
    text = " ".join(words)
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    try:
        found = concepts(f':a skos:prefLabel "{quoted}"@nl .')
    except FileError:
        return  # nothing was left of it: signs that nobody sees
    (label,) = found["a"].labels
    assert (label.kind, label.language) == (LabelKind.PREFERRED, "nl")
    assert len(label.text.split()) <= MOST_WORDS


def test_a_sentence_is_no_label() -> None:
    long = " ".join(["woord"] * (MOST_WORDS + 1))
    (label,) = concepts(f':a skos:prefLabel "kort"@nl ; skos:altLabel "{long}"@nl .')["a"].labels
    assert label.text == "kort"


def test_a_name_without_an_address_says_nothing_of_this_machine(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text(SKOS + '<los> skos:prefLabel "los"@nl .', encoding="utf-8")
    (concept,) = read_scheme(file, tmp_path)
    assert concept.id.startswith("http") and str(tmp_path) not in concept.id


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ((SKOS + ':a skos:prefLabel "x"@nl \n :b skos:prefLabel "y"@nl').encode(), "regel 4"),
        (SKOS.encode() + b':a skos:prefLabel "caf\xe9"@nl .', "Op regel 3"),
        (SKOS.encode(), "geen begrippen"),
        (b'<a> <b> "een ander soort feit" .', "geen begrippen"),
        (b"\x00\x01\x02", "regel 1"),
        (b"<a> <b> " + b"(" * 20_000, "niet te lezen"),
        (b'<a> <b> "nooit gesloten', "niet te lezen"),
        (b"", "leeg"),
    ],
)
def test_a_broken_file_is_refused_by_name_and_line(
    tmp_path: Path, content: bytes, what: str
) -> None:
    (tmp_path / "a.ttl").write_bytes(content)
    with pytest.raises(FileError) as caught:
        read_scheme(tmp_path / "a.ttl", tmp_path)
    assert what in caught.value.what
    assert (caught.value.file, bool(caught.value.advice)) == ("a.ttl", True)


def test_a_file_far_too_large_is_not_parsed(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_bytes(b"# " + b"x" * 10_000_001)
    with pytest.raises(FileError, match="te groot"):
        read_scheme(tmp_path / "a.ttl", tmp_path)


def test_nothing_that_a_file_names_is_fetched(site: Site) -> None:
    site.pages["/meer.ttl"] = page(BOATS.encode(), "text/turtle")
    owl = "http://www.w3.org/2002/07/owl#"
    turtle = f"""@base <{site.url}/meer.ttl> .
        <> a <{owl}Ontology> ; <{owl}imports> <{site.url}/meer.ttl> .
        <#a> skos:prefLabel "a"@nl ; skos:exactMatch <{site.url}/meer.ttl#schip> ."""
    assert len(concepts(turtle)) == 1
    assert site.asked == []


def test_a_key_is_the_same_for_every_form_of_a_word() -> None:
    for one, other in (("Gesloten scholen", "gesloten school"), ("café", "CAFE")):
        assert keys_of(one)[0] == keys_of(other)[0]
    assert keys_of("Local authorities")[1] == keys_of("local authority")[1]


def test_our_own_scheme_is_whole() -> None:
    found = read_concepts((CORPUS / "begrippen.ttl").read_bytes())
    known = {concept.id for concept in found}

    assert 60 <= len(found) <= 120
    for concept in found:
        assert {(LabelKind.PREFERRED, "nl"), (LabelKind.PREFERRED, "en")} <= {
            (label.kind, label.language) for label in concept.labels
        }, concept.id
        preferred = [x for x in concept.labels if x.kind is LabelKind.PREFERRED]
        assert len(preferred) == 2, "one preferred label a language"
        assert set(concept.broader) <= known - {concept.id}
