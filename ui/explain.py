"""How an answer came about, as text for people.

In:  a Trace.
Out: Dutch under short headings: how the question was read, what was found, why this answer, and
     what a language model was told and wrote.

Knows nothing of how any of it was decided.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.generation import Generation, note_of
from assistant.records import Hit, Question
from assistant.trace import Trace
from ui.evaluation_words import group_name
from ui.explain_words import (
    SOURCE_WORDS,
    fate_words,
    listed,
    period_words,
    verdict,
    why_lines,
    why_title,
)
from ui.output import printable

_MOST_HITS = 5
_MOST_WEIGHED = 8
_MOST_WORDS = 8  # other words that are shown
_SHOWN = 110  # characters of a passage or sentence


def explanation(trace: Trace) -> str:
    """Return how an answer came about."""
    sections = []
    if trace.question is not None:
        sections.append(_section("Zo is je vraag gelezen", _read(trace.question, trace.unknown)))
    if trace.question is not None and not trace.parts:
        sections.append(_section("Wat er gevonden is", _found(trace.hits)))
    sections.append(_section(why_title(trace.why), _why(trace)))
    for part in trace.parts:
        side = part.question.standalone if part.question is not None else ""
        sections.append(_section(f"Wat er gevonden is over “{side}”", _found(part.hits)))
        sections.append(_section(f"{why_title(part.why)} over “{side}”", _why(part)))
    if trace.generation is not None:
        sections.append(_section("Wat het taalmodel deed", _generated(trace.generation)))
        sections += _sent(trace.generation)
    return printable("\n\n".join(sections))


def _read(question: Question, unknown: Sequence[str]) -> Iterator[str]:
    yield f"Gelezen als: {' '.join(question.standalone.split())}"
    yield f"Soort vraag: {group_name('kind', question.kind)}"
    if question.language == "en":
        yield "Taal: Engels, woord voor woord omgezet in Nederlands"
    if question.corrected:
        pairs = (f"{written} → {read}" for written, read in question.corrected)
        yield f"Typefouten verbeterd: {', '.join(pairs)}"
    if question.period is not None:
        yield f"Tijd: {period_words(question.period)}"
    if question.terms:
        words = [question.standalone[term.start : term.end] for term in question.terms]
        yield f"Belangrijke woorden: {', '.join(words)}"
    if question.named:
        named = [question.standalone[term.start : term.end] for term in question.named]
        yield f"Moet in het antwoord staan: {', '.join(named)}"
    if others := _others(question):
        yield f"Ook gezocht op: {listed(others, _MOST_WORDS)}"
    if unknown:
        yield f"Staat nergens in de bronnen: {', '.join(unknown)}"


def _others(question: Question) -> list[str]:
    wordings = (words for same in question.synonyms.values() for words in same)
    return list(dict.fromkeys(" ".join(term.surface for term in words) for words in wordings))


def _found(hits: Sequence[Hit]) -> Iterator[str]:
    if not hits:
        yield "Niets."
    for number, hit in enumerate(hits[:_MOST_HITS], start=1):
        passage = hit.passage
        yield f"{number}. {' › '.join((passage.document_id, *passage.headings[-1:]))}"
        yield f"   {_shortened(passage.text)}"
        places = (
            f"{words} nummer {hit.ranks[source]}"
            for source, words in SOURCE_WORDS.items()
            if source in hit.ranks
        )
        yield f"   gevonden: {', '.join(places)}"
    if len(hits) > _MOST_HITS:
        yield f"En nog {len(hits) - _MOST_HITS}."


def _why(trace: Trace) -> Iterator[str]:
    yield from why_lines(trace.why)
    for weighed in trace.weighed[:_MOST_WEIGHED]:
        yield f"- {_shortened(weighed.text)}"
        yield f"  {verdict(weighed, trace.why)}"


def _generated(generation: Generation) -> Iterator[str]:
    yield f"Taalmodel: {generation.model}"
    if generation.failure is not None:
        detail = f" ({generation.detail})" if generation.detail else ""
        yield f"{note_of(generation.failure)}{detail}"
    for sentence in generation.sentences:
        yield f"- {_shortened(sentence.text)}"
        yield f"  {fate_words(sentence)}"


def _sent(generation: Generation) -> Iterator[str]:
    """Yield what was sent, whole: who wants to know must see all of it."""
    if generation.prompt:
        yield _section("Wat het taalmodel als opdracht kreeg", generation.system.splitlines())
        yield _section("Wat het taalmodel te lezen kreeg", generation.prompt.splitlines())


def _section(title: str, lines: Iterator[str] | Sequence[str]) -> str:
    return "\n".join((f"{title}:", *(f"  {line}" for line in lines)))


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rsplit(' ', 1)[0]} …"
