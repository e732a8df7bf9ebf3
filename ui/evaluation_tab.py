"""The tab, for editors, that measures how well questions are answered.

In:  Gradio, whoever answers, the data folder.
Out: the components of the tab.

A run goes on when the page is closed: the page asks how far it is, every second, as long as the
tab is open.

Knows nothing of what forms, figures and answers look like.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.evaluation import storage
from assistant.evaluation.background import Background, Phase, Source
from assistant.evaluation.compare import compare
from assistant.evaluation.questions import load_cases
from assistant.evaluation.records import Run
from ingest.errors import UsageError
from ui import render
from ui.candidates import candidates
from ui.evaluation_answers import answers_html
from ui.evaluation_forms import (
    NO_RUNS,
    Choice,
    candidates_html,
    choose_html,
    measure_html,
    progress_html,
)
from ui.evaluation_summary import summary_html
from ui.feedback import Feedback
from ui.question_sets import question_sets
from ui.wiring import IN_TURN, QUIET, WAIT, for_editors, html, shown

_LISTED = 30  # runs to choose from
_INTRO = """<h2>Evaluatie</h2><p class="purpose">Stel vragen waarvan het antwoord bekend is, en
kijk hoe goed Wegwijs ze beantwoordt.</p>"""
_REFUSED = "Dit tabblad is voor redacteuren. Vraag een redacteur om een meting."


def build(gr: Any, source: Source, data: Path) -> None:  # noqa: ANN401
    """Make the tab where it is called."""
    tab = _Tab(gr, source, data)
    html(gr, _INTRO)
    measure = html(gr, "", "evaluation.js", elem_id="evaluatie-meten")
    progress = html(gr, "", elem_id="evaluatie-stand")
    choose = html(gr, "", "opened.js", elem_id="evaluatie-kiezen")
    result = html(gr, WAIT, elem_id="evaluatie")
    refused = (render.error_html(_REFUSED), "", "", "")

    def on(event: Callable[..., Any], work: _Work, how: Mapping[str, Any]) -> None:
        handle = for_editors(gr, lambda sent: iter((work(sent),)), refused)
        event(handle, outputs=[measure, progress, choose, result], **how)

    on(choose.select, tab.opened, IN_TURN)
    on(choose.change, tab.changed, IN_TURN)
    on(measure.submit, tab.begin, IN_TURN)
    on(measure.stop, tab.stop, IN_TURN)
    on(measure.tick, tab.look, QUIET)


_Pieces = tuple[Any, Any, Any, Any]  # measure, progress, choose, result
_Work = Callable[[Mapping[str, str]], _Pieces]


class _Tab:
    """What the tab does when something happens on it: each gives what changes of its pieces."""

    def __init__(self, gr: Any, source: Source, data: Path) -> None:  # noqa: ANN401
        self._same = gr.skip()
        self._source = source
        self._background = Background(source, data)
        self._data = data
        # Figures of hundreds of questions take a second: keep those that were looked at last.
        self._run = lru_cache(maxsize=4)(self._load)
        self._summary = lru_cache(maxsize=8)(self._summed_up)

    def opened(self, sent: Mapping[str, str]) -> _Pieces:
        """The tab opened: what a reader opened on it stays, unless there is a newer run."""
        runs = storage.listed(self._data, 1)
        if sent.get("newest") == (runs[0].name if runs else ""):
            return self._measure(sent), self._progress(), self._same, self._same
        return self._measure(sent), self._progress(), *self._newest(sent)

    def changed(self, sent: Mapping[str, str]) -> _Pieces:
        """Something else was chosen; a form that is new says so too, but has nothing chosen."""
        result = self._result(_choice(sent)) if "run" in sent else self._same
        return self._same, self._same, self._same, result

    def begin(self, sent: Mapping[str, str]) -> _Pieces:
        """A run was asked for."""
        problem = shown(lambda: self._start(sent.get("questions", "")))
        return self._measure(sent, problem), self._progress(), self._same, self._same

    def stop(self, sent: Mapping[str, str]) -> _Pieces:
        """The run was to stop; the next look says that it did."""
        self._background.stop()
        return self._same, self._same, self._same, self._same

    def look(self, sent: Mapping[str, str]) -> _Pieces:
        """The page asks how far the run is; when it is done, its figures are shown."""
        now = self._background.progress
        if now is not None and now.phase is Phase.RUNNING:
            return self._same, self._progress(), self._same, self._same
        if now is None or now.phase is not Phase.DONE:
            return self._measure(sent), "", self._same, self._same
        return self._measure(sent), "", *self._newest(sent)

    def _start(self, key: str) -> str:
        """Start a run and return nothing to show, or why its questions cannot be asked."""
        self._source.collection()  # no sources: say so now
        for one in question_sets(self._data):
            if one.key == key:
                try:
                    cases = load_cases([one.path])
                except UsageError as error:
                    where = f"{Path(error.file).name}: " if error.file else ""
                    return render.error_html(f"{where}{error.what} {error.advice}")
                self._background.start(cases, questions=one.title, today=date.today())
        return ""

    def _measure(self, sent: Mapping[str, str], problem: str = "") -> str:
        def form() -> str:
            found = candidates(Feedback(self._data).kept(date.today()))
            sets, now = question_sets(self._data), self._background.progress
            asked = sent.get("questions", "")
            return f"{measure_html(sets, now, problem, asked)}{candidates_html(found)}"

        return shown(form)

    def _progress(self) -> str:
        return progress_html(self._background.progress)

    def _newest(self, sent: Mapping[str, str]) -> tuple[str, str]:
        runs = storage.listed(self._data, _LISTED)
        readable = [one.name for one in runs if one.count]
        if not readable:
            return choose_html(runs, Choice()), NO_RUNS
        choice = _choice({**sent, "run": readable[0]})
        return choose_html(runs, choice), self._result(choice)

    def _result(self, choice: Choice) -> str:
        def page() -> str:
            # One that was taken away, with what it quotes, is not shown from memory.
            for name in filter(None, (choice.run, choice.before)):
                storage.file_of(name, self._data)
            run = self._run(choice.run)
            return f"{self._summary(choice.run, choice.before)}{answers_html(run, choice)}"

        return f'<div class="evaluation">{shown(page)}</div>'

    def _load(self, name: str) -> Run:
        return storage.load(str(storage.file_of(name, self._data)), self._data)

    def _summed_up(self, name: str, before: str) -> str:
        run = self._run(name)
        return summary_html(run, compare(self._run(before), run) if before else None)


def _choice(sent: Mapping[str, str]) -> Choice:
    named = {name: sent[name] for name in ("run", "before", "show", "kind") if name in sent}
    return Choice(**named)
