"""Ask a model for one word, to tell whether it is there.

In:  a Model.
Out: nothing; Failed, with why, when it does not answer.

A wrong name, a key that is refused and an endpoint that is down all show only when it is asked.

Knows nothing of questions about documents.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.generation import Failure
from assistant.llm import prompts
from assistant.llm.models import Model
from assistant.llm.streaming import Failed, read

_MOST_SECONDS = 60.0


def attempt(model: Model) -> None:
    """Ask a model for one word.

    Raises:
        Failed: If it does not answer, or answers nothing.
    """
    hurried = replace(model, seconds=min(model.seconds, _MOST_SECONDS))
    if not "".join(read(hurried, prompts.TRY, prompts.TRIED)).strip():
        raise Failed(Failure.EMPTY)
