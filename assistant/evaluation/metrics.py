"""Metrics: how well one question was answered, each a number or None where it does not apply.

In:  an Outcome.
Out: its values by name, from `METRICS`; a figure of a run is the mean of a metric over the
     questions to which it applies.

Knows nothing of runs, intervals, or how figures are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.evaluation.matching import holds, without_markers
from assistant.evaluation.ranking import ndcg, recall_at_5, recall_at_10, reciprocal_rank
from assistant.evaluation.records import Outcome
from assistant.evaluation.support import is_held, loose_numbers, sentences_of

_ROOM = 40  # words that any answer may have
_ROOM_A_FACT = 20  # and for each fact that it must hold


def right(outcome: Outcome) -> float:
    """Return 1 for a right answer, else 0: what `wegwijs evaluate` sums up as "goed".

    Right is: the status is one of those that are right and, where that is an answer, all facts
    are in it and none of what is listed as wrong. Ours.
    """
    if outcome.status not in outcome.case.status:
        return 0.0
    return float(not missing_facts(outcome) and not listed_wrong(outcome))


def facts_right(outcome: Outcome) -> float | None:
    """Return the share of the expected facts that are in the answer.

    |facts in the answer| / |facts|; a refusal holds none. Recall of nuggets (Voorhees 2003,
    TREC question answering), with a fact as a nugget and its alternatives as its wordings.
    """
    facts = outcome.case.facts
    if not facts or outcome.case.must_decline:
        return None
    if not outcome.gives_answer:
        return None if not outcome.case.must_answer else 0.0
    return 1 - len(missing_facts(outcome)) / len(facts)


def wrong_facts(outcome: Outcome) -> float | None:
    """Return 1 when an answer holds a wrong fact, else 0; lower is better.

    Wrong is what the question lists as wrong, and every number or month that stands neither in
    a verbatim quote that the answer cites nor in the question. Ours.
    """
    if not outcome.gives_answer:
        return None
    return float(bool(listed_wrong(outcome) or unsourced_numbers(outcome)))


def citation_recall(outcome: Outcome) -> float | None:
    """Return the share of the answer's sentences that the quotes they cite hold.

    ALCE's citation recall (Gao et al. 2023, arXiv 2305.14627, §3): a sentence counts when all
    that it cites, taken together, supports it. Support is exact here: see support.py. A quote
    that is not in the stored text at its offsets supports nothing.
    """
    if not outcome.gives_answer:
        return None
    quotes = _verbatim(outcome)
    held = [
        is_held(sentence.text, [quotes[n] for n in sentence.numbers if n in quotes])
        for sentence in sentences_of(outcome.text)
    ]
    return sum(held) / len(held) if held else 0.0


def citation_precision(outcome: Outcome) -> float | None:
    """Return the share of the answer's citations that help to hold their sentence.

    ALCE's citation precision (as above): a citation counts when its sentence is supported and
    it supports it by itself, or the others do not support it without it. An answer that cites
    nothing has none right.
    """
    if not outcome.gives_answer:
        return None
    quotes = _verbatim(outcome)
    helps = []
    for sentence in sentences_of(outcome.text):
        cited = {n: quotes[n] for n in sentence.numbers if n in quotes}
        supported = is_held(sentence.text, cited.values())
        for number in sentence.numbers:
            others = [quote for n, quote in cited.items() if n != number]
            alone = number in cited and is_held(sentence.text, [cited[number]])
            needed = number in cited and not is_held(sentence.text, others)
            helps.append(supported and (alone or needed))
    return sum(helps) / len(helps) if helps else 0.0


def evidence_hit(outcome: Outcome) -> float | None:
    """Return 1 when the answer cites a place that holds the answer, else 0. Ours."""
    case = outcome.case
    if not case.evidence or case.must_decline:
        return None
    if not outcome.gives_answer:
        return None if not case.must_answer else 0.0
    return float(any(cited.verbatim and cited.proves for cited in outcome.cited))


def refusal_precision(outcome: Outcome) -> float | None:
    """Return, for a question that got no answer, 1 when none was right to give, else 0.

    |declined and right to decline| / |declined|: precision, with declining as the class
    (SQuAD 2.0: Rajpurkar et al. 2018, arXiv 1806.03822, evaluates it so).
    """
    return None if outcome.gives_answer else float(not outcome.case.must_answer)


def refusal_recall(outcome: Outcome) -> float | None:
    """Return, for a question that has no answer, 1 when none was given, else 0.

    |declined and right to decline| / |right to decline|: recall (as above).
    """
    return float(not outcome.gives_answer) if outcome.case.must_decline else None


def needless_refusal(outcome: Outcome) -> float | None:
    """Return, for a question that has an answer, 1 when none was given, else 0; lower is better.

    |declined and has an answer| / |has an answer|: the rate of false alarms (as above).
    """
    return float(not outcome.gives_answer) if outcome.case.must_answer else None


def conciseness(outcome: Outcome) -> float | None:
    """Return how short an answer is for what it has to say.

    min(1, room / words), where room is `_ROOM` words and `_ROOM_A_FACT` for each expected
    fact: an answer of twice that length has a half. Ours.
    """
    words = len(without_markers(outcome.text).split())
    if not outcome.gives_answer:
        return None
    return min(1.0, (_ROOM + _ROOM_A_FACT * len(outcome.case.facts)) / max(words, 1))


def latency(outcome: Outcome) -> float | None:
    """Return the milliseconds from question to answer; lower is better."""
    return outcome.milliseconds


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric: its function, and which way is better.

    Attributes:
        of: Gives the value of an outcome.
        more_is_better: Whether a higher value is better.
        repeats: Whether asking again gives the same value, on any machine.
    """

    of: Callable[[Outcome], float | None]
    more_is_better: bool = True
    repeats: bool = True


METRICS: Mapping[str, Metric] = {
    "right": Metric(right),
    "facts_right": Metric(facts_right),
    "wrong_facts": Metric(wrong_facts, more_is_better=False),
    "citation_recall": Metric(citation_recall),
    "citation_precision": Metric(citation_precision),
    "evidence_hit": Metric(evidence_hit),
    "refusal_precision": Metric(refusal_precision),
    "refusal_recall": Metric(refusal_recall),
    "needless_refusal": Metric(needless_refusal, more_is_better=False),
    "conciseness": Metric(conciseness),
    "recall_at_5": Metric(recall_at_5),
    "recall_at_10": Metric(recall_at_10),
    "reciprocal_rank": Metric(reciprocal_rank),
    "ndcg": Metric(ndcg),
    "latency": Metric(latency, more_is_better=False, repeats=False),
}


def values_of(outcome: Outcome) -> dict[str, float]:
    """Return the value of every metric that applies."""
    found = {name: metric.of(outcome) for name, metric in METRICS.items()}
    return {name: value for name, value in found.items() if value is not None}


def missing_facts(outcome: Outcome) -> list[tuple[str, ...]]:
    """Return the expected facts that an answer lacks; a refusal is not looked at."""
    if not outcome.gives_answer:
        return []
    text = without_markers(outcome.text)
    return [fact for fact in outcome.case.facts if not any(holds(text, way) for way in fact)]


def listed_wrong(outcome: Outcome) -> list[str]:
    """Return what an answer holds of what the question lists as wrong."""
    if not outcome.gives_answer:
        return []
    text = without_markers(outcome.text)
    return [phrase for phrase in outcome.case.wrong if holds(text, phrase)]


def unsourced_numbers(outcome: Outcome) -> list[str]:
    """Return the numbers and months of an answer that no quote nor the question holds."""
    if not outcome.gives_answer:
        return []
    asked = (outcome.case.question, outcome.read_as)
    return loose_numbers(outcome.text, [*_verbatim(outcome).values(), *asked])


def _verbatim(outcome: Outcome) -> dict[int, str]:
    return {cited.number: cited.quote for cited in outcome.cited if cited.verbatim}
