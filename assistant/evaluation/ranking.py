"""Metrics of retrieval: how high the passages that hold the answer were ranked.

In:  an Outcome.
Out: a number from 0 to 1, or None where the question has no evidence to find.

The measures are those of ir-measures. Answers are made from a dozen passages: what lies deeper
was not retrieved.

Knows nothing of answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.evaluation.records import Outcome

if TYPE_CHECKING:
    from ir_measures.measures import Measure


def recall_at_5(outcome: Outcome) -> float | None:
    """Return recall@5: the share of the passages that hold the answer among the first 5.

    |relevant in the first k| / |relevant| (Manning, Raghavan & Schütze 2008, §8.4).
    """
    from ir_measures import R

    return _measured(outcome, R @ 5)


def recall_at_10(outcome: Outcome) -> float | None:
    """Return recall@10; see `recall_at_5`."""
    from ir_measures import R

    return _measured(outcome, R @ 10)


def reciprocal_rank(outcome: Outcome) -> float | None:
    """Return 1 / the rank of the first passage that holds the answer, 0 beyond 10.

    Its mean over questions is the MRR (Voorhees 1999, TREC-8 question answering).
    """
    from ir_measures import RR

    return _measured(outcome, RR @ 10)


def ndcg(outcome: Outcome) -> float | None:
    """Return nDCG@10: Σ rel_i / log2(i + 1) over the first 10, by that of the best order.

    rel_i is 1 for a passage that holds the answer (Järvelin & Kekäläinen 2002).
    """
    from ir_measures import nDCG

    return _measured(outcome, nDCG @ 10)


def _measured(outcome: Outcome, measure: Measure) -> float | None:
    """Return a measure of ir-measures; 0 when the index holds no passage with the answer."""
    from ir_measures import Qrel, ScoredDoc

    if not outcome.case.evidence:
        return None
    if not outcome.relevant:
        return 0.0
    ranked = [f"{rank}" for rank in range(len(outcome.found))]
    held = [name for name, passage in zip(ranked, outcome.found, strict=True) if passage.holds]
    missed = [f"missed {number}" for number in range(outcome.relevant - len(held))]
    # ir-measures orders equal scores by name: every score must be another.
    scored = [ScoredDoc("q", name, -float(rank)) for rank, name in enumerate(ranked)]
    relevant = [Qrel("q", name, 1) for name in (*held, *missed)]
    return float(measure.calc_aggregate(relevant, scored))
