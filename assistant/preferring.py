"""Prefer what is in force: drop the evidence that a document in force has an answer instead of.

In:  a Question, its Evidence, best first, and the Editions of the documents.
Out: the Evidence, in the same order, without what is outranked.

What nothing in force answers stays: the answer says then that it is not in force.

Knows nothing of metadata, wording or how evidence is weighed.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.choosing import answers, leads_away
from assistant.contradicting import GAP
from assistant.evidence import Evidence
from assistant.records import Kind, Question
from assistant.validity import Editions, State


def in_force(question: Question, ranked: Sequence[Evidence], editions: Editions) -> list[Evidence]:
    """Return the evidence that no other outranks, best first."""
    names = {evidence.statement.document.id for evidence in ranked}
    states = {name: editions.state(name, question.today) for name in names}
    if all(state is State.IN_FORCE for state in states.values()):
        return list(ranked)
    newer = {name: editions.newer_than(name, question.today) for name in names}
    telling = [e for e in ranked if not leads_away(question, e) and answers(question, e)]
    planned = _with_milestones(ranked) if question.kind is Kind.TIMELINE else frozenset()

    def is_outranked(evidence: Evidence) -> bool:
        name = evidence.statement.document.id
        if states[name] is State.IN_FORCE:
            return False
        if evidence.statement.milestone is not None and newer[name] & planned:
            return True  # a newer version gives the whole of the planning
        return any(
            _says_instead(one, evidence, is_newer=one.statement.document.id in newer[name])
            for one in telling
            if one.statement.document.id in newer[name]
            or states[one.statement.document.id] is State.IN_FORCE
        )

    return [evidence for evidence in ranked if not is_outranked(evidence)]


def _says_instead(one: Evidence, other: Evidence, *, is_newer: bool) -> bool:
    """Tell whether `one` answers at least as much as `other`, or a newer version nearly so."""
    covers_all = set(one.missing) <= set(other.missing)
    is_close = other.score - one.score <= GAP
    if is_newer:
        return covers_all or (is_close and one.lacking <= other.lacking)
    return covers_all and is_close


def _with_milestones(ranked: Sequence[Evidence]) -> frozenset[str]:
    found = (e.statement for e in ranked if e.statement.milestone is not None)
    return frozenset(statement.document.id for statement in found)
