"""Training what selects: what it was shown it tells, read as the app reads it."""

from __future__ import annotations

from pathlib import Path

from assistant.selection import Selector, Weights
from assistant.training import train
from ingest.embedding import embedded_model
from ingest.sections import Answering, Section

SUBJECTS = ("sluis", "brug", "haven", "molen", "kade", "veerpont", "vuurtoren", "werf")


def about(subject: str) -> Section:
    """A section in which likeness of words tells nothing: every question has the subject alone."""
    return Section(
        (
            Answering(f"De {subject} gaat open om acht uur.", (f"hoe vroeg begint de {subject}",)),
            Answering(f"Karel bedient de {subject}.", (f"wie werkt bij de {subject}",)),
            Answering(f"De {subject} is groen.", (f"welke kleur heeft de {subject}",)),
        ),
        (f"wat kost de {subject}",),
    )


def test_what_was_trained_is_read_alike_without_torch(tmp_path: Path) -> None:
    words = embedded_model()
    sections = [about(subject) for subject in SUBJECTS]
    train(sections, words, tmp_path / "weights", epochs=150)
    selector = Selector(words, Weights.read(tmp_path / "weights"))

    for sentences, unanswered in sections:
        texts = [sentence for sentence, _ in sentences]
        for place, (_, questions) in enumerate(sentences):
            found = selector.log_odds(questions[0], texts)
            assert found.argmax() == place
            assert found.max() > 0
        assert selector.log_odds(unanswered[0], texts).max() < 0
