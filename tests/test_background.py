"""Evaluating in the background: one run at a time, that can be stopped and is kept when done."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from evaluating import TODAY

from assistant.evaluation import storage
from assistant.evaluation.background import Background, Phase
from assistant.evaluation.records import Case
from assistant.pipeline import Assistant
from assistant.records import Answer
from ingest.errors import IndexBrokenError, UsageError
from ui.question_sets import question_sets


class Slow:
    """Answers as the real one does, one question each time that `go` is released."""

    def __init__(self, real: Assistant, trouble: Exception | None = None) -> None:
        self.real, self.trouble = real, trouble
        self.go = threading.Semaphore(0)
        self.collection, self.document = real.catalogue.collection, real.document

    def ask(self, question: str, **more: Any) -> Answer:
        self.go.acquire()
        if self.trouble:
            raise self.trouble
        return self.real.ask(question, **more)

    @contextmanager
    def held(self) -> Generator[Slow]:
        yield self


def wait_for(background: Background, phase: Phase) -> None:
    until = time.monotonic() + 60
    while background.progress is None or background.progress.phase is not phase:
        assert time.monotonic() < until, background.progress
        time.sleep(0.01)


def begun(slow: Slow, data: Path, cases: tuple[Case, ...]) -> Background:
    background = Background(slow, data)
    background.start(cases, questions="Fietsen", today=TODAY)
    return background


def test_a_run_tells_how_far_it_is_and_is_kept(
    bicycles: Assistant, cases: tuple[Case, ...], tmp_path: Path
) -> None:
    slow = Slow(bicycles)
    background = begun(slow, tmp_path, cases)
    assert background.progress and background.progress.total == len(cases)
    assert storage.listed(tmp_path, 9) == ()

    with pytest.raises(UsageError, match="Er loopt al een meting"):
        background.start(cases, questions="Nog een", today=TODAY)
    slow.go.release(len(cases))
    wait_for(background, Phase.DONE)

    (kept,) = storage.listed(tmp_path, 9)
    assert (background.progress.done, background.progress.stored) == (len(cases), kept.name)
    assert (kept.questions, kept.count) == ("Fietsen", len(cases)) and kept.right > 0.5
    run = storage.load(str(storage.file_of(kept.name, tmp_path)), tmp_path)
    assert run.model == bicycles.catalogue.collection().model


def test_a_run_that_is_stopped_is_not_kept_and_another_can_begin(
    bicycles: Assistant, cases: tuple[Case, ...], tmp_path: Path
) -> None:
    slow = Slow(bicycles)
    background = begun(slow, tmp_path, cases)
    background.stop()
    slow.go.release()
    wait_for(background, Phase.STOPPED)
    assert background.progress and background.progress.done == 1
    assert storage.listed(tmp_path, 9) == ()

    background.start(cases[:1], questions="Fietsen", today=TODAY)
    slow.go.release()
    wait_for(background, Phase.DONE)


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (IndexBrokenError("De index is stuk.", "Maak hem opnieuw."), "De index is stuk. Maak hem"),
        (ZeroDivisionError("/geheim"), "Er ging iets mis. Probeer het nog een keer."),
    ],
)
def test_a_run_that_fails_says_why(
    bicycles: Assistant, cases: tuple[Case, ...], tmp_path: Path, trouble: Exception, said: str
) -> None:
    slow = Slow(bicycles, trouble)
    background = begun(slow, tmp_path, cases)
    slow.go.release()
    wait_for(background, Phase.FAILED)

    assert background.progress and background.progress.problem.startswith(said)


def test_a_file_that_is_no_run_is_listed_as_one_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "evaluations").mkdir()
    (tmp_path / "evaluations" / "stuk.json").write_text("{", encoding="utf-8")

    (broken,) = storage.listed(tmp_path, 9)
    assert (broken.name, broken.count) == ("stuk", 0)
    with pytest.raises(UsageError, match="niet meer"):
        storage.file_of("../stuk", tmp_path)


def test_own_files_with_questions_can_be_chosen_apart_and_together(tmp_path: Path) -> None:
    shipped = question_sets(tmp_path)
    (tmp_path / "questions").mkdir()
    for name in ("een-paar.yaml", "meer.yml", "notities.txt"):
        (tmp_path / "questions" / name).write_text("[]", encoding="utf-8")
    own = question_sets(tmp_path)[: -len(shipped) or None]

    assert [one.title for one in own] == ["Eigen vragen", "Een paar", "Meer"]
    assert len({one.key for one in (*own, *shipped)}) == len(own) + len(shipped)
