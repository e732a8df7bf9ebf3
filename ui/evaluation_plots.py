"""Figures as small pictures (SVG).

In:  Figures, Differences.
Out: a bar for a share, a dot for a difference, each with a line for its interval. The numbers
     stand beside them: a screen reader passes the pictures by.

Knows nothing of tables or pages.
"""

from __future__ import annotations

from assistant.evaluation.compare import Difference
from assistant.evaluation.figures import Figure

_WIDTH = 200  # units
_HALF = _WIDTH / 2
_LEAST = 0.05  # difference that a picture has room for


def bar(figure: Figure) -> str:
    """Return a bar for a mean from 0 to 1, with a line for its interval."""
    value, low, high = (round(_WIDTH * part, 1) for part in (figure.value, figure.low, figure.high))
    return _svg(
        f'<rect class="track" width="{_WIDTH}" height="10" y="3"/>'
        f'<rect class="bar" width="{value}" height="10" y="3"/>'
        f"{_whisker(low, high)}"
    )


def dot(difference: Difference, reach: float) -> str:
    """Return a dot for a difference, with a line for its interval and one for no difference.

    Args:
        difference: What to show.
        reach: The largest difference that has to fit, to either side.
    """
    scale = _HALF / max(reach, _LEAST)
    places = (difference.after - difference.before, difference.low, difference.high)
    value, low, high = (round(_HALF + scale * place, 1) for place in places)
    return _svg(
        f'<rect class="track" width="{_WIDTH}" height="10" y="3"/>'
        f'<line class="zero" x1="{_HALF}" x2="{_HALF}" y1="0" y2="16"/>'
        f"{_whisker(low, high)}"
        f'<rect class="dot" x="{round(value - 3, 1)}" y="4" width="6" height="8"/>'
    )


def _whisker(low: float, high: float) -> str:
    return f'<line class="whisker" x1="{low}" x2="{high}" y1="8" y2="8"/>'


def _svg(parts: str) -> str:
    return (
        f'<svg viewBox="0 0 {_WIDTH} 16" preserveAspectRatio="none" aria-hidden="true">'
        f"{parts}</svg>"
    )
