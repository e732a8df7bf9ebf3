"""Sets of questions: read, split, and refused in Dutch when they are not well formed."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import evaluating
import pytest
from evaluating import case
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluation.questions import load_cases
from assistant.evaluation.records import Evidence
from assistant.records import Status
from ingest.errors import UsageError

README = Path(__file__).parents[1] / "README.md"
GOOD = {
    "id": "een", "question": "Wat?", "kind": "other", "status": "[answered]", "facts": '[["ja"]]'
}  # fmt: skip


def write(folder: Path, text: str, name: str = "vragen.yaml") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def entry(**changed: str | None) -> str:
    fields = {**GOOD, **changed}
    return "- " + "\n  ".join(f"{k}: {v}" for k, v in fields.items() if v is not None) + "\n"


def test_a_question_is_read_with_all_that_it_says(tmp_path: Path) -> None:
    text = entry(
        facts='[["41 miljoen", "€ 41.000.000"], ["rondes"]]',
        wrong='["31 miljoen"]',
        evidence='[{document: a, quote: "Er is geld."}, {document: b, words: [geld, ronde]}]',
        history='["En dan?"]',
        today="2025-11-01",
        tags="[follow_up, typo]",
        topic="subsidies",
        language="en",
        near="c",
    )
    (found,) = load_cases([write(tmp_path, text)])

    assert found.facts == (("41 miljoen", "€ 41.000.000"), ("rondes",))
    assert found.evidence == (Evidence("a", "Er is geld."), Evidence("b", words=("geld", "ronde")))
    assert (found.history, found.today) == (("En dan?",), date(2025, 11, 1))
    assert found.documents == ("a", "b", "c")
    assert found.status == (Status.ANSWERED,)
    assert found.must_answer and not found.must_decline


def test_the_readmes_example_is_a_question(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(- id.*?)```", README.read_text("utf-8"), re.DOTALL)
    (found,) = load_cases([write(tmp_path, example)])

    assert found.facts and found.evidence and found.today


def test_folders_are_read_whole_and_in_order(tmp_path: Path) -> None:
    write(tmp_path / "b", entry(id="twee"))
    write(tmp_path / "a", entry(id="een"))
    write(tmp_path, "geen vragen", "lees.txt")

    assert [found.id for found in load_cases([tmp_path])] == ["een", "twee"]


def test_every_question_is_in_one_half(tmp_path: Path) -> None:
    file = write(tmp_path, evaluating.QUESTIONS)
    halves = [{found.id for found in load_cases([file], split)} for split in ("tune", "test")]

    assert all(halves) and not halves[0] & halves[1]
    assert halves[0] | halves[1] == {found.id for found in load_cases([file])}


def test_the_half_of_a_question_never_changes() -> None:
    assert [case(id=name).split for name in ("een", "twee", "drie", "bekostiging-per-jaar")] == [
        "test", "test", "tune", "test",
    ]  # fmt: skip


@given(st.lists(st.text(), min_size=200, max_size=200, unique=True))
def test_the_halves_are_about_as_large(ids: list[str]) -> None:
    assert 60 < sum(case(id=name).split == "test" for name in ids) < 140


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (entry(status="[goed]"), "'status', nummer 1 moet een van deze zijn: 'answered'"),
        (entry(kind="wanneer"), "'kind' moet een van deze zijn: 'when'"),
        (entry(question=None), "'question' ontbreekt"),
        (entry(vraag="Wat?"), "'vraag' kent Wegwijs niet"),
        (entry(facts='["ja"]'), "'facts', nummer 1 moet een lijst zijn"),
        (entry(facts="[[12]]"), "'facts', nummer 1, nummer 1 moet tekst zijn"),
        (entry(facts='[[" "]]'), "een van de 'facts' is leeg"),
        (entry(facts="[[]]"), "een van de 'facts' is leeg"),
        (entry(facts="[]"), "dan is elk antwoord goed"),
        (entry(status="[]"), "'status' is leeg"),
        (entry(question='" "'), "is leeg"),
        (entry(today="morgen"), "'today' klopt niet"),
        (entry(evidence="[{document: a}]"), "of een 'quote', of 'words'"),
        (entry(evidence="[{quote: a}]"), "'evidence', nummer 1, 'document' ontbreekt"),
        ("- een\n", "'de vraag' moet velden met een naam hebben"),
    ],
)
def test_a_bad_question_is_named_with_what_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    file = write(tmp_path, entry(id="goed") + text)

    with pytest.raises(UsageError) as caught:
        load_cases([file])

    assert str(caught.value).startswith(f"{file}: Vraag 2")
    assert said in caught.value.what
    assert ("'een'" in caught.value.what) == text.startswith("- id")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- id: een\n  vraag: [Wat?]\n", "Regel 2 is geen goede YAML"),
        ("id: een\n", "geen lijst"),
        ("", "geen lijst"),
        ("- !!python/object:os.system {}\n", "geen goede YAML"),
    ],
)
def test_a_bad_file_is_named(tmp_path: Path, text: str, said: str) -> None:
    file = write(tmp_path, text)

    with pytest.raises(UsageError, match=re.escape(f"{file}: ")) as caught:
        load_cases([file])

    assert said in caught.value.what


def test_files_that_are_not_there_or_not_text_are_named(tmp_path: Path) -> None:
    binary = tmp_path / "a.yaml"
    binary.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(UsageError, match="bestaat niet"):
        load_cases([tmp_path / "weg.yaml"])
    with pytest.raises(UsageError, match="niet te lezen"):
        load_cases([binary])


def test_the_same_id_twice_is_refused_with_both_files(tmp_path: Path) -> None:
    one, other = write(tmp_path, entry(), "a.yaml"), write(tmp_path, entry(), "b.yaml")

    with pytest.raises(UsageError) as caught:
        load_cases([one, other])

    assert one.name in caught.value.what and caught.value.file == str(other)


def test_no_questions_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="geen enkele vraag"):
        load_cases([tmp_path])
    with pytest.raises(UsageError, match="voor 'tune'"):
        load_cases([write(tmp_path, entry())], "tune")
