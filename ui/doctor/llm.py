"""Look at the language models that were set: the one that words answers, and the one that judges.

In:  what the user chose, and the variables that belong to it.
Out: Checks; or the error that reading the setting or loading the model raises.

The model is asked for one word. No key is shown.

Knows nothing of how a model is reached.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from assistant.generation import Failure, what_of
from assistant.llm import models, settings
from assistant.llm.models import Model
from assistant.llm.streaming import Failed
from assistant.llm.trying import attempt
from ui.doctor.check import Check, Configured, ok, warning, wrong

_OTHERWISE = "Kijk in het logboek van het programma dat het taalmodel draait."
_ADDRESS = "Kijk of het adres klopt, zoals http://127.0.0.1:8000/v1."
_ADVICE: Mapping[Failure, str] = {
    Failure.UNREACHABLE: "Start het programma van het taalmodel, en kijk of het adres klopt.",
    Failure.TOO_SLOW: "Kies een kleiner taalmodel, of geef het meer tijd.",
    Failure.NO_SUCH_MODEL: "Kijk of de naam klopt, of haal het model eerst op (ollama pull NAAM).",
    Failure.KEY_REFUSED: "Kijk of de sleutel klopt, en of hij voor dit adres is.",
    Failure.TOO_BUSY: "Probeer het later nog eens.",
    # Also what comes of a page in the place of an endpoint.
    Failure.EMPTY: _ADDRESS,
    Failure.UNREADABLE: _ADDRESS,
}


def answering(configured: Configured) -> list[Check]:
    """Tell whether the model that words answers does what it is asked."""
    name = "Taalmodel voor antwoorden"
    if not configured.llm:
        return [ok(name, "Niet ingesteld.")]
    return _asked(name, models.load(settings.read(configured.llm, os.environ)))


def judging(configured: Configured) -> list[Check]:
    """Tell whether the model that judges answers does what it is asked."""
    name = "Taalmodel dat beoordeelt"
    if not configured.judge:
        return [ok(name, "Niet ingesteld.")]
    from assistant.evaluation.judge import load

    return _asked(name, load(configured.judge, os.environ))


def _asked(name: str, model: Model) -> list[Check]:
    try:
        attempt(model)
    except Failed as problem:
        advice = _ADVICE.get(problem.failure, _OTHERWISE)
        detail = f" ({problem.detail})" if problem.detail else ""
        found = f"{model.name}: {what_of(problem.failure)}{detail}"
        # It was there and wrote, so it may well answer.
        is_there = problem.failure is Failure.ENDLESS
        return [(warning if is_there else wrong)(name, found, advice)]
    return [ok(name, f"{model.name} antwoordt; het leest {model.context} tokens.")]
