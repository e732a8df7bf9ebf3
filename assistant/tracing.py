"""Tell how an answer came about, from what was decided on the way.

In:  a Question, its Hits, the Decision on it and what the answer cites.
Out: a Trace.

Decides nothing itself. Knows nothing of the index or of screens.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.choosing import Decision, Judged
from assistant.records import Citation, Hit, Question
from assistant.trace import Objection, Reason, Trace, Weighed, Why
from ingest.analysis import Term

_DECLINED = frozenset({
    Reason.NOTHING_FOUND,
    Reason.NOTHING_THEN,
    Reason.NOT_ENOUGH,
    Reason.DETAIL_MISSING,
    Reason.UNSUPPORTED,
})
# Objections to what a statement is about: then any word that it lacks may tell why.
_OF_SUBJECT = frozenset({
    Objection.WEAK,
    Objection.LITTLE_SUBJECT,
    Objection.NO_FOCUS,
    Objection.OTHER_DETAIL,
})


def traced(
    question: Question,
    hits: Sequence[Hit],
    decision: Decision,
    citations: Sequence[Citation],
    unknown: Iterable[Term],
    parts: Sequence[Trace] = (),
) -> Trace:
    """Return how an answer came about.

    Args:
        question: The question as understood.
        hits: What was found for it.
        decision: Why it is answered as it is.
        citations: What the answer cites.
        unknown: Its terms that no passage holds.
        parts: How the answers on each side of a comparison, or on two questions, came about.
    """
    # A refusal cites what comes near; its answer rests on nothing.
    cited = () if decision.reason in _DECLINED else citations
    return Trace(
        _why(question, decision),
        question,
        _words(question, unknown),
        tuple(hits),
        tuple(_weighed(question, one, cited) for one in decision.judged),
        tuple(parts),
    )


def _why(question: Question, decision: Decision) -> Why:
    if decision.reason is not Reason.NOT_ENOUGH:
        return Why(decision.reason, question.kind, lacking=_words(question, decision.lacking))
    telling = (one for one in decision.judged if one.objection is not Objection.LEADS_AWAY)
    nearest = next(telling, None)
    if nearest is None:
        return Why(decision.reason, question.kind, Objection.LEADS_AWAY)
    lacking: Iterable[Term] = nearest.evidence.lacking
    if not lacking and nearest.objection in _OF_SUBJECT:
        lacking = nearest.evidence.missing
    return Why(decision.reason, question.kind, nearest.objection, _words(question, lacking))


def _weighed(question: Question, judged: Judged, cited: Sequence[Citation]) -> Weighed:
    evidence = judged.evidence
    statement = evidence.statement
    is_chosen = any(
        citation.document_id == statement.document.id
        and citation.start < statement.span.end
        and statement.span.start < citation.end
        for citation in cited
    )
    return Weighed(
        statement.document.id,
        statement.span.start,
        statement.span.end,
        statement.text,
        evidence.score,
        evidence.sufficiency,
        evidence.signs,
        _words(question, evidence.missing),
        None if is_chosen else judged.objection,  # it may be quoted to explain another
        is_chosen,
    )


def _words(question: Question, terms: Iterable[Term]) -> tuple[str, ...]:
    """Return terms as the question writes them, in its order."""
    return tuple(
        question.standalone[term.start : term.end]
        for term in sorted(terms, key=lambda term: term.start)
    )
