"""What a language model thought of answers, in words.

In:  a Run that was judged.
Out: Dutch lines for a terminal; a section of an HTML page.

It stands beside the figures and changes none of them. What a model wrote is text of a stranger:
it is escaped, and shortened.

Knows nothing of how an opinion is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from assistant.evaluation.agreement import agreement, disagreements
from assistant.evaluation.records import Opinion, Outcome, Run
from ui.evaluation_words import number, questions
from ui.output import printable

_SHOWN = 10
_BESIDE = "De cijfers hierboven zijn exact gemeten en veranderen hier niet door."


def judge_as_text(run: Run) -> Iterator[str]:
    """Yield the lines on the judge of a run; none where nobody judged."""
    if run.judge:
        yield from map(printable, _lines(run))


def _lines(run: Run) -> Iterator[str]:
    yield ""
    yield f"Oordeel van taalmodel {run.judge}. {_BESIDE}"
    for line in _counted(run):
        yield f"  {line}"
    different = disagreements(run.outcomes)
    for outcome in different[:_SHOWN]:
        yield f"  anders: {outcome.case.id}: {_difference(outcome)}"
    if len(different) > _SHOWN:
        yield f"  … en nog {len(different) - _SHOWN}"


def judge_as_html(run: Run) -> str:
    """Return the section on the judge of a run, "" where nobody judged."""
    if not run.judge:
        return ""
    items = "".join(f"<li>{escape(line)}</li>" for line in _counted(run))
    rows = "".join(
        f"<li>{escape(outcome.case.question)}: {escape(_difference(outcome))}</li>"
        for outcome in disagreements(run.outcomes)
    )
    different = f"<h3>Anders dan de exacte meting</h3><ul>{rows}</ul>" if rows else ""
    return (
        f"<h2>Oordeel van taalmodel {escape(run.judge)}</h2>"
        f'<p class="muted">{_BESIDE}</p><ul>{items}</ul>{different}'
    )


def _counted(run: Run) -> Iterator[str]:
    found = agreement(run.outcomes)
    yield f"goed {found.right}, fout {found.wrong}, geen oordeel {found.none}"
    if found.agreed is not None:
        kappa = "niet te berekenen" if found.kappa is None else number(found.kappa, 2)
        judged = questions(found.right + found.wrong)
        yield f"gelijk aan de exacte meting bij {number(100 * found.agreed)}% van {judged}"
        yield f"kappa {kappa} (1 is altijd gelijk, 0 is niet meer dan toeval)"
    reasons = [o.judged.reason for o in run.outcomes if o.judged and _has_none(o)]
    for reason in dict.fromkeys(reasons[:_SHOWN]):
        yield f"geen oordeel: {reason}"


def _has_none(outcome: Outcome) -> bool:
    return outcome.judged is not None and outcome.judged.opinion is Opinion.NONE


def _difference(outcome: Outcome) -> str:
    if outcome.judged is None:
        return ""
    is_right = outcome.judged.opinion is Opinion.RIGHT
    words = "taalmodel goed, exact fout" if is_right else "taalmodel fout, exact goed"
    return f"{words}. {outcome.judged.reason}".strip()
