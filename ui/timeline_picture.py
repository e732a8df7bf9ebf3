"""Draw milestones in time: months along the top, a row for each, a line for today.

In:  Happenings, the day, and a year or none.
Out: HTML of a picture: a dot for a month or less, a bar for longer, an arrow for what is ongoing.
     Past, now and coming differ in shape and say so in a word.

Knows nothing of Gradio, of sources, or of the table that says the same.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from assistant.calendar import Happening, Phase, phase
from ui.dutch_dates import SHORT, dutch_date

WORDS = {
    Phase.PAST: "geweest",
    Phase.NOW: "nu",
    Phase.COMING: "komt nog",
    Phase.ONGOING: "doorlopend",
    Phase.UNDATED: "zonder jaar",
}
_REACH = 12  # months between the milestones and today that the picture still spans
_MOST_TICKS = 14
_STEPS = (1, 3, 6)  # months between two ticks, before it is years
_FEW_YEARS = 7  # that have room for their words on a phone
_DOT = 31  # days that are still a dot
_EDGE = 0.88  # a word that starts further to the right would fall off


@dataclass(frozen=True, slots=True)
class Scale:
    """A stretch of whole months; months count from the year 0.

    Attributes:
        first: The first month.
        months: How many there are.
    """

    first: int
    months: int

    def place(self, day: date, *, end: bool = False) -> float:
        """Return where a day begins, or ends, as a share of the picture's width, 0 to 1."""
        within = (day.day - (0 if end else 1)) / 31
        return min(1.0, max(0.0, (_month(day) - self.first + within) / self.months))

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in it."""
        return self.first <= _month(day) < self.first + self.months


def scale_of(found: Sequence[Happening], today: date, year: int | None) -> Scale:
    """Return the months that a picture of these happenings spans.

    That is one year when it is chosen; else all of them, with today when it is near.
    """
    if year is not None:
        return Scale(year * 12, 12)
    days = [day for h in found for day in (h.period.first, h.period.last) if day is not None]
    if not days:
        return Scale(today.year * 12, 12)
    first, last, now = _month(min(days)), _month(max(days)), _month(today)
    if first - _REACH <= now <= last + _REACH:
        first, last = min(first, now), max(last, now)
    return Scale(first, last - first + 1)


def picture_html(found: Sequence[Happening], today: date, year: int | None) -> str:
    """Return the picture of those happenings that have a place in time; empty without any."""
    drawn = [h for h in found if phase(h.period, today) is not Phase.UNDATED]
    if not drawn:
        return ""
    scale = scale_of(drawn, today, year)
    rows = "".join(_row(happening, today, scale) for happening in drawn)
    now, note = _today(scale, today)
    summary = f"{_summary(drawn, today)} De tabel hieronder zegt hetzelfde in woorden."
    return (
        f'<div class="picture" role="img" aria-label="{escape(summary)}">'
        f'<div class="lines">{"".join(_ticks(scale))}{now}</div><ul>{rows}</ul>{note}</div>'
        f"{_legend(drawn, today)}"
    )


def capital(words: str) -> str:
    """Return words with a capital at the start."""
    return words[:1].upper() + words[1:]


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _row(happening: Happening, today: date, scale: Scale) -> str:
    where = phase(happening.period, today)
    return (
        f'<li class="{where.value}"><span class="name"><span class="what">'
        f'{escape(capital(happening.what))}</span> <span class="state">{WORDS[where]}</span></span>'
        f'<span class="track">{_mark(happening, scale)}</span></li>'
    )


def _mark(happening: Happening, scale: Scale) -> str:
    first, last = happening.period.first, happening.period.last
    if first is None or last is None:
        return '<i class="arrow"></i>'
    left, right = scale.place(first), scale.place(last, end=True)
    if (last - first).days < _DOT:
        return f'<i class="dot" style="left:{_share((left + right) / 2)}"></i>'
    cut = f"{'' if scale.holds(first) else ' cut-left'}{'' if scale.holds(last) else ' cut-right'}"
    return f'<i class="bar{cut}" style="left:{_share(left)};width:{_share(right - left)}"></i>'


def _ticks(scale: Scale) -> Iterator[str]:
    step = next((one for one in _STEPS if scale.months <= one * _MOST_TICKS), 0)
    step = step or 12 * math.ceil(scale.months / 12 / _MOST_TICKS)
    months = range(math.ceil(scale.first / step) * step, scale.first + scale.months, step)
    year_ticks = [month for month in months if month % 12 == 0]
    for number, month in enumerate(months):
        place = (month - scale.first) / scale.months
        word, kind = SHORT[month % 12], "month"
        if month in year_ticks:
            is_skipped = len(year_ticks) > _FEW_YEARS and year_ticks.index(month) % 2
            word, kind = str(month // 12), "year skipped" if is_skipped else "year"
        elif not year_ticks and number < 2:  # the first month says which year it is
            word, kind = (f"{word} {month // 12}", "year") if number == 0 else ("", "month")
        label = f"<span>{word}</span>" if word and place < _EDGE else ""
        yield f'<b class="tick {kind}" style="left:{_share(place)}">{label}</b>'


def _today(scale: Scale, today: date) -> tuple[str, str]:
    """Return the line for today, and the words below it."""
    words = f"vandaag, {dutch_date(today.isoformat())}"
    if not scale.holds(today):
        return "", f'<p class="no-today">Vandaag ({words.split(", ")[1]}) valt buiten beeld.</p>'
    left = _share(scale.place(today))
    return (
        f'<b class="today" style="left:{left}"></b>',
        f'<p class="today-word"><span style="left:min({left}, 100% - 13rem)">{words}</span></p>',
    )


def _share(value: float) -> str:
    return f"{100 * value:.2f}%"


def _summary(drawn: Sequence[Happening], today: date) -> str:
    counts = Counter(phase(happening.period, today) for happening in drawn)
    parts = [f"{counts[one]} {word}" for one, word in WORDS.items() if counts[one]]
    noun = "mijlpaal" if len(drawn) == 1 else "mijlpalen"
    return f"Tijdlijn met {len(drawn)} {noun}: {', '.join(parts)}."


def _legend(drawn: Sequence[Happening], today: date) -> str:
    present = {phase(happening.period, today) for happening in drawn}
    items = "".join(
        f'<li class="{one.value}"><i class="{"arrow" if one is Phase.ONGOING else "dot"}"></i>'
        f"{WORDS[one]}</li>"
        for one in WORDS
        if one in present
    )
    return f'<ul class="legend" aria-hidden="true">{items}</ul>'
