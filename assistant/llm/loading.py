"""Load the language model that was set, and let it do what it was set to do.

In:  WEGWIJS_LLM and the variables that belong to it.
Out: Aids.

Knows nothing of how a model is reached or what it writes.
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.aids import Aids
from assistant.llm import models, settings
from assistant.llm.helping import LlmHelper
from assistant.llm.settings import Task
from assistant.llm.writing import LlmWriter


def aids(setting: str, environment: Mapping[str, str]) -> Aids:
    """Return what the model does for answers.

    Args:
        setting: The value of WEGWIJS_LLM.
        environment: The variables that belong to it.

    Raises:
        SettingError: If a value cannot be used.
        ModelError: If the model cannot be loaded.
    """
    found = settings.read(setting, environment)
    model = models.load(found)
    helps = found.tasks & {Task.STANDALONE, Task.WORDINGS}
    return Aids(
        LlmWriter(model) if Task.ANSWERS in found.tasks else None,
        LlmHelper(model, found.tasks) if helps else None,
        found.model,
        found.host,
    )
