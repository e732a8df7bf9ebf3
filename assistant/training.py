"""Train what tells which sentence answers a question, on sections written for it.

    python -m assistant.training --output assistant/selection.safetensors

In:  sections of which every sentence has its questions, and some of which have questions that
     nothing in them answers; the embedded model.
Out: the weights that selection.py reads with.

For each question the sentences of its section, some of other sections and "none of these" compete
in a softmax. The embedded model learned from the same sections, so words are left out at random:
otherwise the likeness of the vectors would tell all.

Knows nothing of documents, of passages or of the questions that are measured on.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.selection import LONGEST, unit
from ingest.embedding import StaticEmbedder, embedded_model
from ingest.pairs import SEED
from ingest.sections import Section, read_sections
from ingest.training import SECTIONS

if TYPE_CHECKING:
    import torch
    from numpy.typing import NDArray

READ = 64  # numbers read from a word
_EPOCHS = 4
_BATCH = 96  # questions
_NEAR_IN_LENGTH = 30  # batches at a time are made of questions whose sentences are as long
_ELSEWHERE = 4  # sentences of other sections beside each question
_RATE, _WARM, _DECAY = 2e-3, 50, 0.01  # learning rate, steps up to it, AdamW's decay
_DROPPED = 0.2  # of what is read, and of the words of a sentence; of a question half of that
_SHARP, _STRONG = 8.0, 4.0  # bring likeness and product of unit vectors to the size of the rest
_NOWHERE = -1e4

Tokens = list[int]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its section's sentences and the place of the one that answers, if one does."""

    question: Tokens
    sentences: tuple[Tokens, ...]
    answer: int | None


def examples(sections: Sequence[Section], words: StaticEmbedder) -> list[Asked]:
    """Return the questions of sections, as tokens."""

    def cut(texts: Sequence[str]) -> list[Tokens]:
        return [found[:LONGEST] for found in words.tokens(texts)]

    found = []
    for sentences, unanswered in sections:
        told = tuple(cut([sentence for sentence, _ in sentences]))
        for place, (_, questions) in enumerate(sentences):
            found += [Asked(question, told, place) for question in cut(questions)]
        found += [Asked(question, told, None) for question in cut(unanswered)]
    return found


def train(
    sections: Sequence[Section], words: StaticEmbedder, output: Path, epochs: int = _EPOCHS
) -> None:
    """Train on sections and write the weights.

    Args:
        sections: What is learned from.
        words: The model whose token vectors are read; they stay as they are.
        output: The file to write.
        epochs: How often everything is seen.
    """
    import torch

    torch.manual_seed(SEED)
    rng = random.Random(SEED)  # noqa: S311 (no secret)
    asked = examples(sections, words)
    model = _network(words.token_vectors)
    steps = epochs * (len(asked) // _BATCH + 1)
    optimizer = torch.optim.AdamW(model.parameters(), lr=_RATE, weight_decay=_DECAY)
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / _WARM) * max(0.05, 1 - step / steps)
    )
    for epoch in range(epochs):
        losses = []
        for batch in _batches(asked, rng):
            loss = torch.nn.functional.cross_entropy(*_odds(model, batch, rng))
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            optimizer.step()
            pace.step()
            losses.append(loss.item())
        sys.stdout.write(f"{epoch + 1}: {np.mean(losses):.4f}\n")
    _write(model, output)


def _batches(asked: Sequence[Asked], rng: random.Random) -> Iterator[list[Asked]]:
    """Yield everything once, in batches of sentences that are about as long."""
    left = rng.sample(list(asked), len(asked))
    some = _BATCH * _NEAR_IN_LENGTH
    for first in range(0, len(left), some):
        near = sorted(left[first : first + some], key=lambda one: max(map(len, one.sentences)))
        batches = [near[at : at + _BATCH] for at in range(0, len(near), _BATCH)]
        yield from rng.sample(batches, len(batches))


def _odds(
    model: torch.nn.Module, batch: Sequence[Asked], rng: random.Random
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return what the model makes of a batch, and which column is right: the last is none."""
    import torch

    told = [(*one.sentences, *_elsewhere(one, batch, rng)) for one in batch]
    most = max(map(len, told))
    asked, asked_there = _grid([one.question for one in batch], _DROPPED / 2, rng)
    flat, there = _grid(
        [tokens for texts in told for tokens in (*texts, *[[]] * (most - len(texts)))],
        _DROPPED, rng,
    )  # fmt: skip
    shape = (len(batch), most, flat.shape[1])
    found = model(asked, asked_there, flat.view(shape), there.view(shape))
    absent = torch.tensor([[n >= len(texts) for n in range(most)] for texts in told])
    none = model.get_parameter("none").expand(len(batch), 1)
    right = [most if one.answer is None else one.answer for one in batch]
    return torch.cat([found + absent * _NOWHERE, none], dim=1), torch.tensor(right)


def _elsewhere(one: Asked, batch: Sequence[Asked], rng: random.Random) -> list[Tokens]:
    """Return sentences of other sections in the batch, if it has any."""
    others = [other.sentences for other in batch if other.sentences is not one.sentences]
    return [rng.choice(rng.choice(others)) for _ in range(_ELSEWHERE if others else 0)]


def _grid(
    texts: Sequence[Tokens], dropped: float, rng: random.Random
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return tokens and where they are, without those left out; a text keeps its first."""
    import torch

    width = max(1, *map(len, texts))
    tokens = torch.zeros((len(texts), width), dtype=torch.long)
    there = torch.zeros((len(texts), width))
    for row, text in enumerate(texts):
        kept = [n == 0 or rng.random() >= dropped for n in range(len(text))] or [True]
        tokens[row, : len(text)] = torch.tensor(text, dtype=torch.long)
        there[row, : len(kept)] = torch.tensor(kept, dtype=torch.float)
    return tokens, there


def _network(vectors: NDArray[np.float32]) -> torch.nn.Module:
    """Return the network that selection.py reads with, as it is trained."""
    import torch
    from torch import nn

    lengths = np.linalg.norm(vectors, axis=1)
    words = torch.tensor(unit(vectors))

    class Network(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.importance = nn.Parameter(torch.tensor(np.log(lengths / lengths.mean() + 1e-3)))
            self.attend = nn.Linear(vectors.shape[1], READ, bias=False)
            self.show = nn.Linear(vectors.shape[1], READ, bias=False)
            self.compare = nn.Linear(4 * READ, READ)
            self.conclude = nn.Linear(2 * READ, READ)
            self.answer = nn.Linear(READ, 1)
            self.none = nn.Parameter(torch.zeros(1))
            self.drop = nn.Dropout(_DROPPED)

        def forward(
            self,
            asked: torch.Tensor,
            asked_there: torch.Tensor,
            told: torch.Tensor,
            told_there: torch.Tensor,
        ) -> torch.Tensor:
            """Return log-odds, (questions, sentences), of tokens and where they are."""
            known, places = torch.unique(
                torch.cat([asked.flatten(), told.flatten()]), return_inverse=True
            )
            at_asked = places[: asked.numel()].view(asked.shape)
            at_told = places[asked.numel() :].view(told.shape)
            sought, shown = self.attend(words[known]) * _SHARP, self.show(words[known])
            alike = torch.einsum("bih,bkjh->bkij", sought[at_asked], sought[at_told])
            nowhere_asked, nowhere_told = (1 - asked_there) * _NOWHERE, (1 - told_there) * _NOWHERE
            of_told = (alike + nowhere_told[:, :, None, :]).softmax(-1)
            of_asked = (alike + nowhere_asked[:, None, :, None]).softmax(-2)
            told_shown, asked_shown = shown[at_told], shown[at_asked]
            asked_beside = of_told @ told_shown
            told_beside = torch.einsum("bkij,bih->bkjh", of_asked, asked_shown)
            importance = self.importance[known]
            of_asked_words = (importance[at_asked] + nowhere_asked).softmax(-1)[:, None, :, None]
            of_told_words = (importance[at_told] + nowhere_told).softmax(-1)[..., None]
            asked_shown = asked_shown[:, None].expand_as(asked_beside)
            read = [
                (self._compared(asked_shown, asked_beside) * of_asked_words).sum(2),
                (self._compared(told_shown, told_beside) * of_told_words).sum(2),
            ]
            concluded = self.drop(torch.relu(self.conclude(torch.cat(read, -1))))
            return torch.as_tensor(self.answer(concluded)[..., 0])

        def _compared(self, shown: torch.Tensor, beside: torch.Tensor) -> torch.Tensor:
            both = [shown, beside, shown * beside * _STRONG, (shown - beside).abs()]
            compared = torch.relu(self.compare(self.drop(torch.cat(both, -1))))
            return torch.as_tensor(self.drop(compared))

    return Network()


def _write(model: torch.nn.Module, output: Path) -> None:
    """Write the weights as selection.py reads them: constants taken up, "none" at 0."""
    from safetensors.numpy import save_file

    found = {name: values.detach().numpy() for name, values in model.named_parameters()}
    compare = found["compare.weight"].T.copy()
    compare[2 * READ : 3 * READ] *= _STRONG
    weights = {
        "attend": found["attend.weight"].T * _SHARP,
        "show": found["show.weight"].T,
        "importance": found["importance"],
        "compare": compare,
        "compare_bias": found["compare.bias"],
        "conclude": found["conclude.weight"].T,
        "conclude_bias": found["conclude.bias"],
        "answer": found["answer.weight"][0],
        "answer_bias": found["answer.bias"] - found["none"],
    }
    small = {name: np.ascontiguousarray(v, dtype=np.float16) for name, v in weights.items()}
    save_file(small, output)
    output.chmod(0o644)


def main() -> None:
    """Read the arguments and train."""
    parser = argparse.ArgumentParser(description="Train what tells which sentence answers.")
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    train(read_sections(SECTIONS), embedded_model(), options.output)


if __name__ == "__main__":
    main()
