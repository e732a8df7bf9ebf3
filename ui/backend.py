"""What stands behind the window.

In:  an assistant and what keeps its surroundings: judgements, questions, documents.
Out: all of that in one record, for the window and its web server.

Knows nothing of Gradio or the web.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from assistant.evaluation.background import Source
from ui.chat_tab import Judgements
from ui.conversation import Answers
from ui.documents_tab import Documents
from ui.programs import Source as Searched
from ui.question_log import QuestionLog
from ui.timeline_tab import Milestones
from ui.updating import Updating


class Wegwijs(Answers, Milestones, Documents, Source, Searched, Protocol):
    """What the window needs of an assistant."""


@dataclass(frozen=True, slots=True)
class Backend:
    """What stands behind the window.

    Attributes:
        assistant: Who answers.
        judgements: Where judgements of its answers go.
        data: The data folder, where evaluations are kept.
        questions: What keeps the questions, if anything does.
        updating: What takes documents in, if anything does.
    """

    assistant: Wegwijs
    judgements: Judgements
    data: Path
    questions: QuestionLog | None = None
    updating: Updating | None = None
