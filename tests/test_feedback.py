"""What people think of answers: kept masked, for a year, and given back as test questions."""

from __future__ import annotations

import multiprocessing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from commandline import wegwijs

from assistant.evaluation.questions import load_cases
from assistant.records import Status
from ingest.errors import StorageError, UsageError
from ui.candidates import as_case, as_text, as_yaml, candidates
from ui.feedback import FILE, KEPT_DAYS, Asked, Feedback, Judgement

TODAY = date(2031, 5, 3)
OPENS = Asked("a", "Wanneer opent de stalling?", "when", "nl", Status.ANSWERED, 1)
COSTS = Asked("b", "Wat kost een paspoort?", "how_much", "nl", Status.NOT_FOUND, 1)


def keep_many(data: Path, name: str) -> None:
    store = Feedback(data)
    for number in range(20):
        store.keep(Judgement(replace(OPENS, key=f"{name}{number}"), useful=False), TODAY)


def test_a_judgement_is_kept_and_changed_and_taken_back(tmp_path: Path) -> None:
    store = Feedback(tmp_path)
    assert store.kept(TODAY) == ()
    store.keep(Judgement(OPENS, useful=True), TODAY)
    store.keep(Judgement(OPENS, useful=False, remark=" Te kort. "), TODAY)

    assert Feedback(tmp_path).kept(TODAY) == (Judgement(OPENS, useful=False, remark="Te kort."),)
    store.take_back("a", TODAY)
    assert store.kept(TODAY) == ()


def test_looking_makes_no_file(tmp_path: Path) -> None:
    Feedback(tmp_path).kept(TODAY)

    assert list(tmp_path.iterdir()) == []


def test_the_file_holds_nothing_that_points_at_a_person(tmp_path: Path) -> None:
    asked = replace(OPENS, question="Mag Jan (jan@kade.example, 06-12345678) naar 1234 AB?")
    Feedback(tmp_path).keep(Judgement(asked, useful=False, remark="BSN 111222333"), TODAY)
    stored = (tmp_path / FILE).read_bytes()

    assert b"Mag Jan ([e-mailadres], [telefoonnummer]) naar [postcode]?" in stored
    for secret in (b"kade.example", b"12345678", b"1234 AB", b"111222333"):
        assert secret not in stored
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


def test_what_is_taken_back_or_too_old_leaves_no_byte(tmp_path: Path) -> None:
    store = Feedback(tmp_path)
    store.keep(Judgement(OPENS, useful=True, remark="sluisdeur"), TODAY)
    store.keep(Judgement(COSTS, useful=True, remark="havenmeester"), TODAY)
    store.take_back("a", TODAY)
    assert b"sluisdeur" not in (tmp_path / FILE).read_bytes()

    assert len(store.kept(TODAY + timedelta(days=KEPT_DAYS))) == 1
    assert store.kept(TODAY + timedelta(days=KEPT_DAYS + 1)) == ()
    assert b"havenmeester" not in (tmp_path / FILE).read_bytes()


def test_several_processes_keep_all_that_they_are_given(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=keep_many, args=(tmp_path, name)) for name in "xyz"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)

    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    assert len(Feedback(tmp_path).kept(TODAY)) == 60


def test_a_damaged_file_is_told_in_dutch(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("dit is geen SQLite " * 100, encoding="utf-8")

    with pytest.raises(StorageError, match="kunnen nu niet worden bewaard"):
        Feedback(tmp_path).keep(Judgement(OPENS, useful=True), TODAY)


def test_useless_and_refused_questions_become_candidates() -> None:
    fine = Judgement(replace(OPENS, question="Hoeveel fietsen komen er?"), useful=True)
    again = replace(OPENS, key="c", question="wanneer opent de stalling")
    found = candidates([
        fine, Judgement(COSTS, useful=True), Judgement(OPENS, useful=False, remark="Welke dag?"),
        Judgement(again, useful=True),
    ])  # fmt: skip

    assert [one.question for one in found] == ["wanneer opent de stalling", COSTS.question]
    assert (found[0].useful, found[0].useless, found[0].remarks) == (1, 1, ("Welke dag?",))
    assert as_case(found[0])["status"] == ["answered"]
    assert as_case(found[1])["status"] == ["not_found"]


def test_candidates_are_a_set_of_questions_that_says_what_lacks(tmp_path: Path) -> None:
    file = tmp_path / "vragen.yaml"
    file.write_text(as_yaml(candidates([Judgement(COSTS, useful=True)])), encoding="utf-8")
    (case,) = load_cases([file])
    assert (case.question, case.status) == (COSTS.question, (Status.NOT_FOUND,))

    remark = "Eerste regel\n- id: x\x00\u2028tweede: [regel"
    rows = as_yaml(candidates([Judgement(OPENS, useful=False, remark=remark)]))
    file.write_text(rows, encoding="utf-8")
    assert len(yaml.safe_load(rows)) == 1
    with pytest.raises(UsageError, match="'facts' en 'evidence' zijn leeg"):
        load_cases([file])
    filled = rows.replace("facts: []", "facts: [['3 mei 2031']]")
    file.write_text(filled, encoding="utf-8")
    assert load_cases([file])[0].facts == (("3 mei 2031",),)


def test_nothing_to_look_at_is_said() -> None:
    assert as_text(()) == "Er zijn geen vragen om na te kijken."
    assert yaml.safe_load(as_yaml(())) == []


def test_the_command_lists_what_people_found_useless(tmp_path: Path) -> None:
    Feedback(tmp_path).keep(Judgement(OPENS, useful=False, remark="Welke dag?"), date.today())
    here = ("--data", tmp_path)

    text = wegwijs("questions", "review", *here)
    assert text.code == 0
    assert "1 vraag om na te kijken" in text.out and "“Welke dag?”" in text.out
    (rows,) = wegwijs("questions", "review", "--json", *here).rows
    assert rows == yaml.safe_load(wegwijs("questions", "review", "--yaml", *here).out)
    assert rows[0]["question"] == OPENS.question
    wrong = wegwijs("questions", "review", "--yaml", "--json", *here)
    assert (wrong.code, wrong.out) == (2, "")
