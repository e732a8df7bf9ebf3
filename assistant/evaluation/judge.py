"""Ask a language model what it thinks of answers, beside the exact metrics.

In:  a Run; WEGWIJS_JUDGE and the variables that belong to it.
Out: the same Run with an opinion of every answer, and the name of who gave it.

What cannot be read as an opinion is none: nothing is guessed, and no metric looks at it.

Knows nothing of metrics, or of how an opinion is shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

from assistant.evaluation.records import Case, Judged, Opinion, Outcome, Run
from assistant.generation import what_of
from assistant.llm import models, prompts, settings
from assistant.llm.models import Model, answer_room
from assistant.llm.neutral import neutral
from assistant.llm.streaming import Failed, read
from ingest.errors import ModelError, SettingError
from ingest.progress import Listener, Stage, Step, silent

SETTING, _LLM = "WEGWIJS_JUDGE", "WEGWIJS_LLM"
_MOST_FAILURES = 3  # in a row; who does not answer so often is not asked again
_LONGEST_REASON = 300  # characters
_LONGEST_ANSWER = 6000  # characters of an answer, and of all that it quotes
_VERDICTS = {"goed": Opinion.RIGHT, "fout": Opinion.WRONG}
_NO_ANSWER = "De documenten geven op deze vraag geen antwoord."
_ENVELOPE = 40  # tokens around messages


def load(setting: str, environment: Mapping[str, str]) -> Model:
    """Return the model that judges.

    It has variables of its own, such as WEGWIJS_JUDGE_KEY: a key for one address is never sent to
    another.

    Args:
        setting: The value of WEGWIJS_JUDGE, in the form of WEGWIJS_LLM.
        environment: The variables that belong to it.

    Raises:
        SettingError: If a value cannot be used.
        ModelError: If the model cannot be loaded.
    """
    own = {name: value for name, value in environment.items() if not name.startswith(_LLM)}
    for name, value in environment.items():
        if name.startswith(SETTING):
            own[name.replace(SETTING, _LLM, 1)] = value
    try:
        return models.load(settings.read(setting, own))
    except (SettingError, ModelError) as problem:
        what, advice = (text.replace(_LLM, SETTING) for text in (problem.what, problem.advice))
        raise type(problem)(what, advice, file=problem.file) from problem


def judged(run: Run, judge: Model, *, listener: Listener = silent) -> Run:
    """Return a run with an opinion of every answer.

    Args:
        run: What was answered.
        judge: Who is asked.
        listener: Is told how far it is.
    """
    outcomes = []
    failures = 0
    for number, outcome in enumerate(run.outcomes, start=1):
        if failures < _MOST_FAILURES:
            try:
                found = _opinion(outcome, judge)
                failures = 0
            except Failed as problem:
                found = Judged(Opinion.NONE, what_of(problem.failure))
                failures += 1
        else:
            found = Judged(Opinion.NONE, "Niet gevraagd: het taalmodel gaf steeds geen antwoord.")
        outcomes.append(replace(outcome, judged=found))
        listener(Step(Stage.JUDGING, number, len(run.outcomes)))
    return replace(run, outcomes=tuple(outcomes), judge=judge.name)


def _opinion(outcome: Outcome, judge: Model) -> Judged:
    """Return the opinion of one answer.

    Raises:
        Failed: If the model does not answer.
    """
    request = prompts.JUDGED.format(
        question=_data(outcome.read_as or outcome.case.question),
        expected="\n".join(_expected(outcome.case)),
        answer=_data(outcome.text),
        quotes=_data("\n".join(f"({c.number}) {c.quote}" for c in outcome.cited)),
    )
    needed = judge.count(f"{prompts.JUDGE}\n\n{request}") + _ENVELOPE + answer_room(judge.context)
    if needed > judge.context:
        return Judged(Opinion.NONE, "Het antwoord past niet in wat het taalmodel kan lezen.")
    return parsed("".join(read(judge, prompts.JUDGE, request)))


def _data(text: str) -> str:
    return neutral(text[:_LONGEST_ANSWER])


def _expected(case: Case) -> Iterator[str]:
    """Yield what a right answer is."""
    if not case.must_answer:
        yield _NO_ANSWER
    if not case.must_decline:
        for fact in case.facts:
            yield f"- Dit moet erin staan: {_data(' of: '.join(fact))}"
        if not case.facts:
            for place in case.evidence:
                yield f"- Het staat hier: {_data(place.quote or ', '.join(place.words))}"
    for phrase in case.wrong:
        yield f"- Dit is fout: {_data(phrase)}"


def parsed(reply: str) -> Judged:
    """Return the opinion in what a model wrote: one JSON object with a verdict, nothing else.

    Example:
        >>> parsed('{"oordeel": "goed", "reden": "Het bedrag klopt."}').opinion.value
        'right'
        >>> parsed('Ik vind het goed.').opinion.value
        'none'
    """
    unreadable = Judged(Opinion.NONE, f"Geen oordeel in: {reply.strip()[:_LONGEST_REASON]}")
    try:
        found = json.loads(reply, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        return unreadable
    if not isinstance(found, dict) or not set(found) <= {"oordeel", "reden"}:
        return unreadable
    verdict, reason = found.get("oordeel"), found.get("reden", "")
    if not isinstance(verdict, str) or verdict not in _VERDICTS or not isinstance(reason, str):
        return unreadable
    return Judged(_VERDICTS[verdict], reason.strip()[:_LONGEST_REASON])


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return an object's fields; one that says two things says nothing.

    Raises:
        ValueError: If a field is there twice.
    """
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("a field that is there twice")
    return dict(pairs)
