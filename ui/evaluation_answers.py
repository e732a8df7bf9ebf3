"""The questions of an evaluation as a list to choose from.

In:  a Run, which answers to show, of which kind of question.
Out: HTML: a card for each, at most `MOST`.

Knows nothing of Gradio, figures, or what a card looks like.
"""

from __future__ import annotations

from assistant.evaluation.metrics import right
from assistant.evaluation.records import Run
from ui.evaluation_cards import outcome_html
from ui.evaluation_forms import ALL, RIGHT, WRONG, Choice
from ui.evaluation_words import questions

MOST = 50  # cards on one page
_TITLES = {WRONG: "Niet goed beantwoord", RIGHT: "Goed beantwoord", ALL: "Alle antwoorden"}


def answers_html(run: Run, choice: Choice) -> str:
    """Return the answers of a run that were chosen."""
    show = choice.show if choice.show in _TITLES else WRONG
    fitting = [
        outcome
        for outcome in run.outcomes
        if choice.kind in {"", outcome.case.kind}
        and (show == ALL or bool(right(outcome)) == (show == RIGHT))
    ]
    shown = fitting[:MOST]
    count = (
        f"Je ziet de eerste {MOST} van {questions(len(fitting))}. Kies een soort vraag."
        if len(shown) < len(fitting)
        else f"{questions(len(fitting))}."
    )
    return (
        f'<h2>{_TITLES[show]}</h2><p class="count" role="status">{count}</p>'
        f"{''.join(map(outcome_html, shown))}"
    )
