"""Questions are kept only where that is switched on: masked, and not longer than was set."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from commandline import wegwijs

from assistant.catalogue import Collection
from assistant.records import Status
from ingest.errors import StorageError
from ui.about import about_html
from ui.candidates import as_case, as_text, as_yaml, candidates
from ui.feedback import Asked, Judgement
from ui.question_log import FILE, QuestionLog, Unanswered
from ui.sweeping import sweeping

TODAY = date(2031, 5, 3)
COSTS = Asked("b", "Wat kost een paspoort?", "how_much", "nl", Status.NOT_FOUND, 1)
OPENS = Asked("a", "Wanneer opent de stalling?", "when", "nl", Status.ANSWERED, 1)


def test_nothing_is_kept_unless_switched_on(tmp_path: Path) -> None:
    log = QuestionLog(tmp_path, 0)
    log.keep(COSTS, TODAY)
    log.forget(TODAY)

    assert log.unanswered(TODAY) == ()
    assert list(tmp_path.iterdir()) == []


def test_what_is_kept_is_masked_and_for_its_owner_only(tmp_path: Path) -> None:
    log = QuestionLog(tmp_path, 30)
    text = (
        "Mag Jan (jan@kade.example, 06-12345678, NL91ABNA0417164300) met BSN 111222333 in 1234 AB?"
    )
    log.keep(replace(COSTS, question=text), TODAY)
    stored = (tmp_path / FILE).read_bytes()

    assert (
        b"Mag Jan ([e-mailadres], [telefoonnummer], [iban]) met BSN [bsn] in [postcode]" in stored
    )
    for secret in (b"kade.example", b"12345678", b"ABNA", b"111222333", b"1234 AB"):
        assert secret not in stored
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


def test_the_same_question_on_a_day_is_one_row(tmp_path: Path) -> None:
    log = QuestionLog(tmp_path, 30)
    for _ in range(3):
        log.keep(COSTS, TODAY)
    log.keep(OPENS, TODAY)

    assert log.unanswered(TODAY) == (Unanswered(replace(COSTS, key=""), 3),)


def test_what_was_kept_long_enough_leaves_no_byte_also_when_switched_off(tmp_path: Path) -> None:
    QuestionLog(tmp_path, 30).keep(COSTS, TODAY)
    off = QuestionLog(tmp_path, 0)
    off.forget(TODAY + timedelta(days=30))
    assert len(off.unanswered(TODAY)) == 1

    off.forget(TODAY + timedelta(days=31))
    assert off.unanswered(TODAY) == ()
    assert b"paspoort" not in (tmp_path / FILE).read_bytes()


def test_an_answer_stands_when_its_question_cannot_be_kept(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / FILE).write_text("dit is geen SQLite " * 100, encoding="utf-8")
    log = QuestionLog(tmp_path, 30)
    log.note(COSTS)

    assert "Vragen kunnen nu niet worden bewaard" in caplog.text
    assert COSTS.question not in caplog.text
    with pytest.raises(StorageError):
        log.unanswered(TODAY)


def test_what_is_too_old_goes_while_the_app_runs() -> None:
    again = threading.Event()
    days: list[date] = []

    def sweep(today: date) -> None:
        days.append(today)
        if len(days) == 2:  # after a failure it goes on
            raise StorageError("Vol.", "Maak ruimte.")
        if len(days) > 2:
            again.set()

    with sweeping(sweep, pause=0.01):
        assert days
        assert again.wait(10)
    count = len(days)
    assert not threading.Event().wait(0.05) and len(days) == count


def test_unanswered_questions_become_candidates() -> None:
    again = replace(COSTS, question="wat kost een paspoort")
    rare = replace(COSTS, question="Waar is de kade?")
    found = candidates(
        [Judgement(COSTS, useful=False), Judgement(OPENS, useful=True)],
        [Unanswered(rare, 1), Unanswered(again, 4)],
    )

    assert [(one.question, one.times) for one in found] == [(COSTS.question, 4), (rare.question, 1)]
    assert "niet gevonden; 4 keer gevraagd; nuttig: 0 ja, 1 nee" in as_text(found)
    assert as_case(found[1])["status"] == ["not_found"]
    assert "# Niemand gaf een oordeel" in as_yaml(found[1:])


def test_the_command_lists_what_got_no_answer(tmp_path: Path) -> None:
    log = QuestionLog(tmp_path, 30)
    log.note(COSTS)
    log.note(OPENS)
    shown = wegwijs("questions", "review", "--data", tmp_path)

    assert shown.code == 0 and COSTS.question in shown.out
    assert OPENS.question not in shown.out


def test_the_page_about_the_window_says_whether_questions_are_kept() -> None:
    collection = Collection((), 1, "", "")

    assert "Je vragen worden niet bewaard" in about_html(collection)
    on = about_html(collection, 30)
    assert "30 dagen bewaard" in on and "worden niet bewaard, behalve" not in on
    assert "1 dag bewaard" in about_html(collection, 1)
