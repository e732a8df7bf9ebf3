"""Turn texts into vectors.

In:  texts, as passages or as queries.
Out: float32 vectors of unit length, one row a text.

The embedded model is a sentence-transformers folder whose only weights are a table of token
vectors. Reading that table takes tokenizers and numpy; importing sentence-transformers and
torch for it would cost seconds a command. Any other model is loaded by sentence-transformers.

Knows nothing of passages, stores or ranking.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from ingest.errors import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray

EMBEDDED_MODEL = Path(__file__).parent / "model"
_CUTS_AT_MARKS = "BertPreTokenizer"  # and at spaces
# What lies between such cuts; not split() or \w+, which cut at characters that it leaves in words.
# Brackets are left in: "[UNK]" is one token.
_PIECE = re.compile(r"[^ \n!-/:-@\\^-`{-~]+|[!-/:-@\\^-`{-~]")
_MOST_KNOWN = 200_000  # words whose tokens are kept
_AT_ONCE = 1000  # words cut at a time: what the tokenizer says of one takes a thousand bytes


class Embedder(Protocol):
    """What the index needs of a model."""

    @property
    def fingerprint(self) -> str:
        """Say which model this is; another model or other weights give another fingerprint."""

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape (len(texts), dimension)."""

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return a unit vector, shape (dimension,)."""


def load_embedder(name: str | None = None) -> Embedder:
    """Load the embedded model, or the sentence-transformers model called `name`.

    Args:
        name: A folder or a name on a model hub; None for the embedded model.

    Raises:
        ModelError: If the model is not there or cannot be read.
    """
    if name is None:
        return embedded_model()
    return StaticEmbedder(Path(name)) if _is_static(Path(name)) else TransformerEmbedder(name)


@functools.cache
def embedded_model() -> StaticEmbedder:
    """Load the embedded model, once a process.

    Raises:
        ModelError: If it is not there or cannot be read.
    """
    return StaticEmbedder(EMBEDDED_MODEL)


class StaticEmbedder:
    """Reads a StaticEmbedding folder: the mean of a text's token vectors, at unit length."""

    def __init__(self, folder: Path) -> None:
        """Read tokenizer and token vectors.

        Raises:
            ModelError: If a file is missing or broken.
        """
        from safetensors.numpy import load
        from tokenizers import Tokenizer

        weights_file, tokenizer_file = folder / "model.safetensors", folder / "tokenizer.json"
        try:
            weights = weights_file.read_bytes()
            self._vectors = _token_vectors(load(weights))
            self._tokenizer = Tokenizer.from_str(tokenizer_file.read_text(encoding="utf-8"))
        except Exception as problem:  # tokenizers raises nothing narrower
            raise ModelError(
                f"Het taalmodel is niet te lezen ({problem}).",
                "Haal het project opnieuw op, of kies een ander model met WEGWIJS_EMBEDDING.",
                file=str(folder),
            ) from problem
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        # Where texts are cut in pieces first, a piece has the same tokens in any text.
        special = (token.content for token in self._tokenizer.get_added_tokens_decoder().values())
        self._in_pieces = type(self._tokenizer.pre_tokenizer).__name__ == _CUTS_AT_MARKS and all(
            _PIECE.findall(content) == [content] for content in special
        )
        self._known: dict[str, list[int]] = {}
        digest = hashlib.sha256(weights + tokenizer_file.read_bytes()).hexdigest()
        self._fingerprint = f"static:{digest[:16]}"

    @property
    def fingerprint(self) -> str:
        """A hash of weights and tokenizer: moving the folder changes nothing."""
        return self._fingerprint

    @property
    def token_vectors(self) -> NDArray[np.float32]:
        """The vector of each token of the vocabulary, shape (vocabulary, dimension)."""
        return self._vectors

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape (len(texts), dimension); zero for a text without tokens."""
        vectors: NDArray[np.float32] = np.zeros(
            (len(texts), self._vectors.shape[1]), dtype=np.float32
        )
        for row, tokens in enumerate(self.tokens(texts)):
            if tokens:  # the mean points where the sum does
                vectors[row] = self._vectors.take(tokens, axis=0).sum(axis=0)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, norms, out=vectors, where=norms > 0)
        return vectors

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the tokens of each text. Cutting words is slow, so each is cut once."""
        words = [_PIECE.findall(text) if self._in_pieces else [text] for text in texts]
        if len(self._known) > _MOST_KNOWN:
            self._known = {}
        known = self._known  # another thread may start a new one
        unseen = list({word: None for found in words for word in found if word not in known})
        for first in range(0, len(unseen), _AT_ONCE):
            some = unseen[first : first + _AT_ONCE]
            encodings = self._tokenizer.encode_batch_fast(some, add_special_tokens=False)
            known.update((w, encoding.ids) for w, encoding in zip(some, encodings, strict=True))
        return [list(chain.from_iterable(map(known.__getitem__, found))) for found in words]

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return the unit vector of a query; this model embeds it like a passage."""
        vector: NDArray[np.float32] = self.embed_passages([text])[0]
        return vector


class TransformerEmbedder:
    """Any sentence-transformers model, with its own prompts for queries and passages."""

    def __init__(self, name: str) -> None:
        """Load the model called `name`: a folder, or one that was downloaded before.

        Raises:
            ModelError: If it is not on this machine. Wegwijs downloads nothing by itself.
        """
        from sentence_transformers import SentenceTransformer

        try:
            # Without local_files_only a missing model is looked for on the network for a minute.
            self._model = SentenceTransformer(
                name, device="cpu", trust_remote_code=False, local_files_only=True
            )
        except Exception as problem:  # each library below it raises its own
            raise ModelError(
                f"Het taalmodel '{name}' staat niet op deze computer of is niet te lezen.",
                "Download het eerst naar een map en zet die map in WEGWIJS_EMBEDDING, "
                "of laat WEGWIJS_EMBEDDING leeg voor het ingebouwde model.",
            ) from problem
        self._fingerprint = f"{Path(name).name}:{self._digest()[:16]}"

    @property
    def fingerprint(self) -> str:
        """The model's name with a hash of its weights and prompts."""
        return self._fingerprint

    def _digest(self) -> str:
        digest = hashlib.sha256(json.dumps(self._model.prompts, sort_keys=True).encode())
        for key, value in sorted(self._model.state_dict().items()):
            digest.update(f"{key}{tuple(value.shape)}".encode())
            digest.update(value.contiguous().float().numpy().tobytes())
        return digest.hexdigest()

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape (len(texts), dimension)."""
        found = self._model.encode_document(list(texts), normalize_embeddings=True)
        return np.asarray(found, dtype=np.float32)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return a unit vector, shape (dimension,)."""
        found = self._model.encode_query(text, normalize_embeddings=True)
        return np.asarray(found, dtype=np.float32)


def _token_vectors(tensors: Mapping[str, NDArray[Any]]) -> NDArray[np.float32]:
    """Return one vector a token; small files hold whole numbers and a scale a token."""
    if "embedding.weight" in tensors:
        return np.asarray(tensors["embedding.weight"], dtype=np.float32)
    scaled = tensors["embeddings"].astype(np.float32) * tensors["weights"][:, np.newaxis]
    return np.asarray(scaled, dtype=np.float32)


def _is_static(folder: Path) -> bool:
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    if not (isinstance(modules, list) and all(isinstance(module, dict) for module in modules)):
        return False
    kinds = [str(module.get("type", "")).rsplit(".", 1)[-1] for module in modules]
    return kinds in (["StaticEmbedding"], ["StaticEmbedding", "Normalize"])
