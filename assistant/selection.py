"""Tell how likely each of some sentences is to answer a question, by reading them side by side.

In:  a question and sentences.
Out: a log-odds each that it answers the question.

Each word of the one is set beside what it is most about in the other, both ways, and what that
shows is added up (decomposable attention, Parikh et al. 2016, https://arxiv.org/abs/1606.01933).
So it weighs which words of a question a sentence takes up, where the mean vector of a text only
tells what it is about.

Knows nothing of passages, of evidence or of where a sentence comes from. `training.py` makes the
weights; words are the embedded model's, whatever model passages are found with.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np

from ingest.embedding import StaticEmbedder, embedded_model
from ingest.errors import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray

WEIGHTS = Path(__file__).parent / "selection.safetensors"
LONGEST = 48  # tokens of a sentence that are read, and of a question
_NOWHERE = np.float32(-1e4)  # what is added where there is no word


@dataclass(frozen=True, slots=True)
class Weights:
    """What training learned; `d` is the length of a word's vector, `h` of what is read from it.

    Attributes:
        attend: What of a word is looked for in the other text, (d, h).
        show: What of a word is set beside what was found, (d, h).
        importance: What each token of the vocabulary weighs in its text, as a logarithm.
        compare: From a word and what was found for it, beside, times and minus, (4h, h), and bias.
        conclude: From both texts, (2h, h), and bias.
        answer: To the log-odds, (h,), and bias.
    """

    attend: NDArray[np.float32]
    show: NDArray[np.float32]
    importance: NDArray[np.float32]
    compare: NDArray[np.float32]
    compare_bias: NDArray[np.float32]
    conclude: NDArray[np.float32]
    conclude_bias: NDArray[np.float32]
    answer: NDArray[np.float32]
    answer_bias: NDArray[np.float32]

    @classmethod
    def read(cls, file: Path) -> Self:
        """Read what `training.py` wrote: numbers of 16 bits.

        Raises:
            ModelError: If the file is missing or broken.
        """
        from safetensors import SafetensorError
        from safetensors.numpy import load

        try:
            found = load(file.read_bytes())
        except (OSError, SafetensorError) as problem:
            raise ModelError(
                f"Het model dat leest welke zin antwoord geeft, is niet te lezen ({problem}).",
                "Haal het project opnieuw op.",
                file=str(file),
            ) from problem
        return cls(**{name: values.astype(np.float32) for name, values in found.items()})


class Selector:
    """Reads sentences beside a question."""

    def __init__(self, words: StaticEmbedder, weights: Weights) -> None:
        """Read with the token vectors of `words` and the weights that were learned on them."""
        self._words, self._weights = words, weights

    def log_odds(self, question: str, sentences: Sequence[str]) -> NDArray[np.float32]:
        """Return how likely each sentence is to answer the question, as learned.

        Args:
            question: What is asked.
            sentences: What could answer it, n of them, at least one.

        Returns:
            Log-odds, shape (n,): above 0 where that it answers is likelier than that nothing does.
        """
        weights = self._weights
        tokens = [found[:LONGEST] for found in self._words.tokens([question, *sentences])]
        known, places, there = _grid(tokens)
        vectors = unit(self._words.token_vectors[known])
        sought, shown = vectors @ weights.attend, vectors @ weights.show
        # What a word brings to the comparison of itself is the same wherever it stands.
        by_itself = shown @ weights.compare[: len(weights.answer)] + weights.compare_bias
        own: NDArray[np.float32] = np.asarray(by_itself, dtype=np.float32)
        asked, told = places[0][there[0]], places[1:]
        alike = np.einsum("ih,njh->nij", sought[asked], sought[told])
        nowhere = np.where(there[1:], np.float32(0), _NOWHERE)
        of_told = _softmax(alike + nowhere[:, np.newaxis, :], axis=2)
        of_asked = _softmax(alike, axis=1)
        asked_beside = of_told @ shown[told]
        told_beside = np.einsum("nij,ih->njh", of_asked, shown[asked])
        importance = weights.importance[known]
        by_asked = self._compared(shown[asked], own[asked], asked_beside)
        by_told = self._compared(shown[told], own[told], told_beside)
        read = np.concatenate(
            [
                _sum(by_asked, _softmax(importance[asked], axis=0)),
                _sum(by_told, _softmax(importance[told] + nowhere, axis=1)),
            ],
            axis=1,
        )
        concluded = np.maximum(read @ weights.conclude + weights.conclude_bias, 0)
        found: NDArray[np.float32] = concluded @ weights.answer + weights.answer_bias
        return found

    def _compared(
        self, shown: NDArray[np.float32], own: NDArray[np.float32], beside: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Return what words show beside what was found for them, (n, words, h)."""
        size = shown.shape[-1]
        both = np.concatenate([beside, shown * beside, np.abs(shown - beside)], axis=-1)
        found: NDArray[np.float32] = np.maximum(both @ self._weights.compare[size:] + own, 0)
        return found


@functools.cache
def load_selector() -> Selector:
    """Load the selector with the embedded model, once a process.

    Raises:
        ModelError: If the embedded model or the weights are not there or cannot be read.
    """
    return Selector(embedded_model(), Weights.read(WEIGHTS))


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return vectors at unit length; one of zero stays zero."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)


def _grid(
    tokens: Sequence[Sequence[int]],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Return the distinct tokens, where each text has which of them, and where it has one at all.

    A text without tokens has the first token of the vocabulary, which stands for no word.
    """
    filled = [found or [0] for found in tokens]
    grid = np.zeros((len(filled), max(map(len, filled))), dtype=np.int64)
    there = np.zeros(grid.shape, dtype=np.bool_)
    for row, found in enumerate(filled):
        grid[row, : len(found)], there[row, : len(found)] = found, True
    known, places = np.unique(grid, return_inverse=True)
    return known, places.reshape(grid.shape), there


def _softmax(values: NDArray[np.float32], axis: int) -> NDArray[np.float32]:
    raised = np.exp(values - values.max(axis=axis, keepdims=True))
    return np.asarray(raised / raised.sum(axis=axis, keepdims=True), dtype=np.float32)


def _sum(rows: NDArray[np.float32], shares: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the weighted sum of the words of each text, (n, h)."""
    return np.asarray((rows * shares[..., np.newaxis]).sum(axis=1), dtype=np.float32)
