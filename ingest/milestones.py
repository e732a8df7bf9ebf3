"""Find milestones: what happens when, with its explanation.

In:  a Document with its blocks.
Out: Milestones, each a title, a period and an explanation by their spans.

Three forms are known, none of them by the words of a document:
- a heading that names a milestone, with a labelled period under it ("Periode: mei 2025");
- a heading that is a period, with text under it;
- titles and explanations that stand apart, as in the text layer of a drawn timeline: one
  label ("Toelichting:") opens the text under each dated heading, another ("Mijlpaal:")
  stands loose as often. Titles are then matched to explanations by what they say, as an
  assignment problem (Kuhn, 1955), because their order and the dates around them mislead.

Knows nothing of passages or questions.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.analysis import analyse
from ingest.dutch.periods import Period, find_periods, is_period
from ingest.dutch.sentences import sentence_spans
from ingest.records import Block, BlockKind, Document, Span

_LABEL = re.compile(r"([A-ZÀ-Þ][\w-]{2,24}):\s+(?=\S)")
_FEWEST_LABELS = 3  # fewer than this is a way of writing, not a form


@dataclass(frozen=True, slots=True)
class Milestone:
    """What happens when.

    Attributes:
        title: Span of what happens, without its label.
        period: When, with the span that says so.
        explanation: Span of the text that explains it, None where there is none.
    """

    title: Span
    period: Period
    explanation: Span | None


@dataclass(frozen=True, slots=True)
class _Section:
    heading: Block
    body: tuple[Block, ...]


def find_milestones(document: Document) -> list[Milestone]:
    """Return the milestones of `document`, in the order of their titles."""
    sections = _sections(document.blocks)
    dated = [section for section in sections if _is_dated(document, section)]
    found = [m for section in sections if (m := _labelled_period(document, section)) is not None]
    loose = _loose(document, dated)
    found += loose or [m for section in dated if (m := _from_dated(document, section)) is not None]
    return sorted(found, key=lambda milestone: milestone.title.start)


def _sections(blocks: Sequence[Block]) -> list[_Section]:
    sections: list[tuple[Block, list[Block]]] = []
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            sections.append((block, []))
        elif sections:
            sections[-1][1].append(block)
    return [_Section(heading, tuple(body)) for heading, body in sections]


def _is_dated(document: Document, section: _Section) -> bool:
    heading = section.heading
    return bool(section.body) and is_period(document.text[heading.start : heading.end])


def _labelled_period(document: Document, section: _Section) -> Milestone | None:
    """Read a heading whose first line says "Label: period" and nothing else."""
    if not section.body:
        return None
    first = section.body[0]
    text = document.text[first.start : first.end]
    label = _LABEL.match(text)
    if label is None or not is_period(text[label.end() :]):
        return None
    period = _period_in(document, first.start + label.end(), first.end)
    explanation = _without_labels(document, section.body[1:])
    heading = _after_label(document, section.heading)
    return Milestone(heading, period, explanation) if period else None


def _from_dated(document: Document, section: _Section) -> Milestone | None:
    period = _period_in(document, section.heading.start, section.heading.end)
    body = _after_label(document, section.body[0])
    sentences = sentence_spans(document.text[body.start : body.end])
    if period is None or not sentences:
        return None
    title = Span(body.start + sentences[0].start, body.start + sentences[0].end)
    return Milestone(title, period, Span(body.start, section.body[-1].end))


def _loose(document: Document, dated: Sequence[_Section]) -> list[Milestone]:
    """Match loose titles to the explanations under dated headings."""
    explained = {id(section.body[0]): section for section in dated}
    by_label: defaultdict[str, list[Block]] = defaultdict(list)
    for block in document.blocks:
        if block.kind is BlockKind.PARAGRAPH and (label := _label(document, block)):
            by_label[label].append(block)
    forms = {name: found for name, found in by_label.items() if len(found) >= _FEWEST_LABELS}
    explanations = next(
        (found for found in forms.values() if all(id(b) in explained for b in found)), None
    )
    if explanations is None:
        return []
    titles = next(
        (
            found
            for found in forms.values()
            if len(found) <= len(explanations) and not all(id(b) in explained for b in found)
        ),
        None,
    )
    if titles is None:
        return []
    milestones = []
    for title, explanation in _assign(document, titles, explanations):
        section = explained[id(explanation)]
        period = _period_in(document, section.heading.start, section.heading.end)
        if period is not None:
            text = _without_labels(document, section.body)
            milestones.append(Milestone(_after_label(document, title), period, text))
    return milestones


def _assign(
    document: Document, titles: Sequence[Block], explanations: Sequence[Block]
) -> Iterator[tuple[Block, Block]]:
    from scipy.optimize import linear_sum_assignment

    rows = [_words(document, block) for block in titles]
    columns = [_words(document, block) for block in explanations]
    frequency = Counter(word for words in (*rows, *columns) for word in words)
    total = len(rows) + len(columns)
    idf = {word: math.log(total / count) for word, count in frequency.items()}
    similarity = [[_cosine(row, column, idf) for column in columns] for row in rows]
    for i, j in zip(*linear_sum_assignment(similarity, maximize=True), strict=True):
        yield titles[int(i)], explanations[int(j)]


def _words(document: Document, block: Block) -> Counter[str]:
    span = _after_label(document, block)
    terms = [t for t in analyse(document.text[span.start : span.end]) if not t.is_function_word]
    return Counter(form for term in terms for form in (term.stem, *term.parts))


def _cosine(left: Counter[str], right: Counter[str], idf: dict[str, float]) -> float:
    def weigh(words: Counter[str]) -> dict[str, float]:
        return {word: (1 + math.log(count)) * idf[word] for word, count in words.items()}

    a, b = weigh(left), weigh(right)
    norm = math.hypot(*a.values()) * math.hypot(*b.values())
    return sum(a[word] * b[word] for word in a.keys() & b.keys()) / norm if norm else 0.0


def _label(document: Document, block: Block) -> str | None:
    match = _LABEL.match(document.text, block.start, block.end)
    return match.group(1) if match else None


def _after_label(document: Document, block: Block) -> Span:
    match = _LABEL.match(document.text, block.start, block.end)
    return Span(match.end() if match else block.start, block.end)


def _without_labels(document: Document, body: Sequence[Block]) -> Span | None:
    return Span(_after_label(document, body[0]).start, body[-1].end) if body else None


def _period_in(document: Document, start: int, end: int) -> Period | None:
    for period in find_periods(document.text[start:end]):
        return Period(
            start + period.start, start + period.end, period.first, period.last, period.ongoing
        )
    return None
