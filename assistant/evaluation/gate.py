"""Guard an ingest: answer a set of questions with the new index before it goes live.

In:  questions, the data folder, and the folder of a generation that is not published yet.
Out: a Comparison with the answers of the generation that answers now; a RegressionError when
     too many right answers would become wrong.

Knows nothing of how a generation is built or published.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from assistant.evaluation.compare import Comparison, compare
from assistant.evaluation.records import Case, Run
from assistant.evaluation.run import evaluate
from assistant.pipeline import Assistant
from ingest.embedding import Embedder
from ingest.errors import IndexBrokenError, IndexMissingError, ModelError, RegressionError
from ingest.index import Index
from ingest.progress import Listener, silent


class Gate:
    """Lets a generation through, or raises; `comparison` then holds what was found.

    Attributes:
        comparison: None before a generation came by, and where there is no index to compare
            with: none was made yet, it is damaged, or another model made it.
        run: The answers of the generation that came by.
    """

    def __init__(
        self,
        data: Path,
        embedder: Embedder,
        cases: Sequence[Case],
        *,
        today: date,
        most_worse: int = 0,
        force: bool = False,
        listener: Listener = silent,
    ) -> None:
        """Guard the index in `data`.

        Args:
            data: The data folder.
            embedder: The embedding model.
            cases: The questions.
            today: The day on which questions are asked that name none.
            most_worse: How many right answers may become wrong.
            force: Let everything through.
            listener: Is told how far it is.
        """
        self._data = data
        self._embedder = embedder
        self._cases = cases
        self._today = today
        self._most_worse = most_worse
        self._force = force
        self._listener = listener
        self.comparison: Comparison | None = None
        self.run: Run | None = None

    def __call__(self, folder: Path) -> None:
        """Answer the questions with the generation in `folder`.

        Raises:
            RegressionError: If more right answers would become wrong than may.
        """
        with closing(Assistant(Index.open(folder), self._embedder, 0)) as assistant:
            self.run = self._answers(assistant)
        before = self._answers_now()
        if before is None:
            return
        self.comparison = compare(before, self.run)
        worse = self.comparison.with_verdict("worse")
        if len(worse) > self._most_worse and not self._force:
            named = ", ".join(change.after.case.id for change in worse[:3])
            more = ", …" if len(worse) > 3 else ""
            raise RegressionError(
                f"Van de {len(self._cases)} vragen worden er {len(worse)} fout beantwoord die nu "
                f"goed gaan ({named}{more}); er mogen er {self._most_worse} bij. De oude index is "
                "gebleven zoals hij was.",
                "Kijk welk document dit doet. Klopt het zo? Doe dan hetzelfde met --force erbij.",
            )

    def _answers_now(self) -> Run | None:
        try:
            assistant = Assistant.open(self._data, self._embedder)
        except (IndexMissingError, IndexBrokenError, ModelError):
            return None  # nothing answers now that could become worse
        with closing(assistant):
            return self._answers(assistant)

    def _answers(self, assistant: Assistant) -> Run:
        return evaluate(assistant, self._cases, today=self._today, listener=self._listener)
