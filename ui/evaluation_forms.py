"""What an editor can do with evaluations, as HTML.

In:  the sets of questions, how far a run is, the runs that are kept, what was chosen.
Out: HTML: the form that starts a run, or the button that stops it; how far it is; the form that
     chooses what to see. Every word of a file is escaped.

Knows nothing of Gradio, or of figures and answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from assistant.evaluation.background import Phase, Progress
from assistant.evaluation.storage import Stored
from ui import render
from ui.candidates import Candidate, as_yaml
from ui.evaluation_words import KIND_WORDS, moment, number, questions
from ui.question_sets import OWN, QuestionSet

WRONG, RIGHT, ALL = "fout", "goed", "alles"
_SHOWS = {WRONG: "Foute antwoorden", RIGHT: "Goede antwoorden", ALL: "Alle antwoorden"}
_HOW = (
    f"Zet een bestand met vragen in de map <code>{OWN}</code> naast de bronnen van Wegwijs, en "
    "open dit tabblad opnieuw. In README.md staat hoe zo’n bestand eruitziet."
)
_NO_QUESTIONS = f'<p class="none">Er zijn nog geen vragen om mee te meten. {_HOW}</p>'
NO_RUNS = '<p class="none">Er is nog geen meting. Kies vragen en klik op Meet.</p>'


@dataclass(frozen=True, slots=True)
class Choice:
    """What an editor wants to see: of which run, beside which, and which answers."""

    run: str = ""
    before: str = ""
    show: str = WRONG
    kind: str = ""


def measure_html(
    sets: Sequence[QuestionSet], progress: Progress | None, problem: str, chosen: str
) -> str:
    """Return the form that starts a run, or while one is going on the button that stops it.

    Args:
        sets: What can be asked.
        progress: How far the last run is.
        problem: Why a run cannot start, "" where it can.
        chosen: The key of the set that was asked last.
    """
    if progress is not None and progress.phase is Phase.RUNNING:
        return (
            f'<div class="choose" data-running><button type="button" data-stop>Stop</button></div>'
            f'<p class="unseen" role="status">De meting loopt: {questions(progress.total)}.</p>'
        )
    if not sets:
        return _NO_QUESTIONS
    groups: dict[str, dict[str, str]] = {}
    for one in sets:
        groups.setdefault(one.group, {})[one.key] = one.title
    options = "".join(
        f'<optgroup label="{escape(group)}">{_options(members, chosen)}</optgroup>'
        for group, members in groups.items()
    )
    return (
        '<form class="choose" aria-label="Een meting beginnen">'
        f'<label>Vragen <select name="questions">{options}</select></label>'
        f'<button type="submit">Meet</button></form>{problem or _ended(progress)}'
    )


def progress_html(progress: Progress | None) -> str:
    """Return how far a run is; empty when none is going on."""
    if progress is None or progress.phase is not Phase.RUNNING:
        return ""
    at = min(progress.done + 1, progress.total)
    return (
        f'<label class="progress">{escape(progress.questions)}: vraag {at} van {progress.total}'
        f'<progress max="{progress.total}" value="{progress.done}"></progress></label>'
    )


def choose_html(runs: Sequence[Stored], choice: Choice) -> str:
    """Return the form to choose a run, one to compare it with, and which answers to see."""
    if not runs:
        return ""
    names = {one.name: _named(one) for one in runs if one.count}
    broken = [one.name for one in runs if not one.count]
    lost = (
        f'<p class="muted">Niet te lezen: {escape(", ".join(broken))}. Haal dit weg uit de map '
        "<code>evaluations</code>.</p>"
        if broken
        else ""
    )
    return (
        '<form class="choose" aria-label="Een meting bekijken">'
        f"{_select('run', 'Meting', names, choice.run)}"
        f"{_select('before', 'Vergelijk met', {'': 'Niet vergelijken', **names}, choice.before)}"
        f"{_select('show', 'Laat zien', _SHOWS, choice.show)}"
        f"{_select('kind', 'Soort vraag', {'': 'Alle soorten', **KIND_WORDS}, choice.kind)}"
        f'<input type="hidden" name="newest" value="{escape(runs[0].name)}"></form>{lost}'
    )


def candidates_html(found: Sequence[Candidate]) -> str:
    """Return the questions of users that may become test questions; empty when there are none."""
    if not found:
        return ""
    return (
        f"<details><summary>{questions(len(found))} van gebruikers om na te kijken</summary>"
        "<p>Deze vragen kregen geen antwoord, of een antwoord dat niet nuttig was. Vul ze aan en "
        f"bewaar ze als bestand in de map <code>{OWN}</code>. Dan kun je ermee meten.</p>"
        '<pre tabindex="0" role="region" aria-label="Vragen om aan te vullen">'
        f"{escape(as_yaml(found))}</pre></details>"
    )


def _ended(progress: Progress | None) -> str:
    if progress is None:
        return ""
    if progress.phase is Phase.FAILED:
        return render.error_html(progress.problem)
    said = (
        f"Klaar: {escape(progress.questions)}, {questions(progress.total)}."
        if progress.phase is Phase.DONE
        else f"Gestopt na {progress.done} van de {questions(progress.total)}. Er is niets bewaard."
    )
    return f'<p class="count" role="status">{said}</p>'


def _named(one: Stored) -> str:
    share = f"{number(100 * one.right)}% van {questions(one.count)}"
    return " · ".join(filter(None, (moment(one.made), one.questions, share)))


def _select(name: str, label: str, options: Mapping[str, str], value: str) -> str:
    return f'<label>{label} <select name="{name}">{_options(options, value)}</select></label>'


def _options(options: Mapping[str, str], value: str) -> str:
    return "".join(_option(key, word, key == value) for key, word in options.items())


def _option(key: str, word: str, is_chosen: bool) -> str:
    selected = " selected" if is_chosen else ""
    return f'<option value="{escape(key)}"{selected}>{escape(word)}</option>'
