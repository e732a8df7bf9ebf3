"""Embedding models: the one that comes along, and any other of sentence-transformers."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from commandline import python
from hypothesis import given
from hypothesis import strategies as st
from tiny_models import make_transformer

from ingest.embedding import (
    EMBEDDED_MODEL,
    Embedder,
    StaticEmbedder,
    TransformerEmbedder,
    load_embedder,
)
from ingest.errors import ModelError

TEXTS = [
    "Wie betaalt de zwemlessen?",
    "De gemeente betaalt de zwemlessen van kinderen uit de wijk.",
    "COÖRDINATIE van ’s Rijks financiën: € 1.250,50!",
    "één twee 😀 drie \t vier",
    "xyzzyplugh qwrtpsdfgh",
    "a",
    "?!",
    "",
    "   ",
    "lang " * 3000,
    "[PAD] [CLS] [UNK] [MASK]",
]


@pytest.fixture(scope="module")
def transformer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny transformer with chance weights and prompts of its own, in a folder."""
    return make_transformer(tmp_path_factory.mktemp("models") / "klein", seed=1)


@pytest.fixture(scope="module")
def reference() -> Any:
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(EMBEDDED_MODEL), device="cpu")


def test_the_embedded_model_gives_what_sentence_transformers_gives(
    embedder: Embedder, reference: Any
) -> None:
    corpus = (Path(__file__).parents[1] / "corpus" / "mijlpalen.md").read_text(encoding="utf-8")
    texts = [*TEXTS, *corpus.split("\n"), *corpus.split()[:300]]
    expected = reference.encode(texts, normalize_embeddings=True)
    np.testing.assert_allclose(embedder.embed_passages(texts), expected, atol=1e-5)


@given(text=st.text())
def test_any_text_gives_what_sentence_transformers_gives(
    embedder: Embedder, reference: Any, text: str
) -> None:
    expected = reference.encode([text], normalize_embeddings=True)[0]
    np.testing.assert_allclose(embedder.embed_query(text), expected, atol=1e-5)


def check_contract(model: Embedder) -> None:
    """Check what every embedding model promises."""
    texts = TEXTS[:6]
    vectors = model.embed_passages(texts)
    query = model.embed_query("Wie betaalt?")
    assert vectors.dtype == query.dtype == np.float32
    assert vectors.shape == (len(texts), len(query))
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(query), 1, atol=1e-5)
    np.testing.assert_allclose(model.embed_passages(texts[::-1]), vectors[::-1], atol=1e-5)
    np.testing.assert_allclose(model.embed_passages(texts[1:2])[0], vectors[1], atol=1e-5)
    assert len(model.embed_passages([])) == 0
    assert model.fingerprint == model.fingerprint


def test_the_embedded_model_keeps_the_contract(embedder: Embedder) -> None:
    check_contract(embedder)


def test_a_transformer_keeps_the_contract(transformer: Path) -> None:
    check_contract(load_embedder(str(transformer)))


def test_a_text_without_words_has_a_zero_vector(embedder: Embedder) -> None:
    assert not embedder.embed_query("").any()
    assert embedder.embed_passages([]).shape == (0, len(embedder.embed_query("a")))


def test_texts_that_say_the_same_are_nearer_than_texts_that_do_not(embedder: Embedder) -> None:
    question = embedder.embed_query("Wie betaalt de subsidie aan scholen?")
    near, far = embedder.embed_passages([
        "De school ontvangt subsidie van de gemeente.",
        "Morgen regent het in de bergen.",
    ])
    assert question @ near > question @ far


def test_a_transformer_uses_its_own_prompts(transformer: Path) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(transformer), device="cpu")
    embedder = TransformerEmbedder(str(transformer))
    query, passage = model.encode(["vraag de les", "tekst de les"], normalize_embeddings=True)
    np.testing.assert_allclose(embedder.embed_query("de les"), query, atol=1e-5)
    np.testing.assert_allclose(embedder.embed_passages(["de les"])[0], passage, atol=1e-5)
    assert not np.allclose(query, passage, atol=1e-3)


def test_the_fingerprint_tells_models_apart(
    embedder: Embedder, transformer: Path, tmp_path: Path
) -> None:
    import torch
    from sentence_transformers import SentenceTransformer

    shuffled = SentenceTransformer(str(transformer), device="cpu")
    table = shuffled[0].auto_model.embeddings.word_embeddings.weight  # type: ignore[union-attr]
    with torch.no_grad():
        table.copy_(table.flip(0))  # the same numbers at other words
    shuffled.save(str(tmp_path / "shuffled" / "model"))
    prompted = SentenceTransformer(str(transformer), device="cpu")
    prompted.prompts["document"] = "anders "
    prompted.save(str(tmp_path / "prompted" / "model"))
    folders = [transformer, tmp_path / "shuffled" / "model", tmp_path / "prompted" / "model"]
    fingerprints = [load_embedder(str(folder)).fingerprint for folder in folders]
    assert len({embedder.fingerprint, *fingerprints}) == 4
    assert load_embedder(str(transformer)).fingerprint == fingerprints[0]


def test_moving_the_embedded_model_changes_nothing(embedder: Embedder, tmp_path: Path) -> None:
    shutil.copytree(EMBEDDED_MODEL, tmp_path / "elders")
    moved = load_embedder(str(tmp_path / "elders"))
    assert isinstance(moved, StaticEmbedder)
    assert moved.fingerprint == embedder.fingerprint


def test_other_weights_change_the_fingerprint_of_a_static_model(
    embedder: Embedder, tmp_path: Path
) -> None:
    from safetensors.numpy import load_file, save_file

    shutil.copytree(EMBEDDED_MODEL, tmp_path / "model")
    tensors = load_file(tmp_path / "model" / "model.safetensors")
    tensors["weights"][0] += 1
    save_file(tensors, tmp_path / "model" / "model.safetensors")
    assert load_embedder(str(tmp_path / "model")).fingerprint != embedder.fingerprint


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("model.safetensors", b"kapot"),
        ("model.safetensors", b""),
        ("tokenizer.json", b"{ kapot"),
        ("tokenizer.json", b"{}"),
        ("tokenizer.json", b"\xff\xfe"),
    ],
)
def test_a_damaged_model_is_a_model_error(tmp_path: Path, file: str, content: bytes) -> None:
    shutil.copytree(EMBEDDED_MODEL, tmp_path / "model")
    (tmp_path / "model" / file).write_bytes(content)
    with pytest.raises(ModelError) as caught:
        load_embedder(str(tmp_path / "model"))
    assert "WEGWIJS_EMBEDDING" in caught.value.advice


@pytest.mark.parametrize("file", ["model.safetensors", "tokenizer.json"])
def test_a_model_with_a_file_missing_is_a_model_error(tmp_path: Path, file: str) -> None:
    shutil.copytree(EMBEDDED_MODEL, tmp_path / "model")
    (tmp_path / "model" / file).unlink()
    with pytest.raises(ModelError):
        load_embedder(str(tmp_path / "model"))


@pytest.mark.parametrize("modules", ["{ kapot", '"tekst"', "[1, 2]", "[]"])
def test_a_folder_that_is_no_model_is_a_model_error(tmp_path: Path, modules: str) -> None:
    (tmp_path / "modules.json").write_text(modules, encoding="utf-8")
    with pytest.raises(ModelError):
        load_embedder(str(tmp_path))


def test_a_model_that_is_not_here_is_a_model_error_without_a_look_at_the_network(
    monkeypatch: pytest.MonkeyPatch, looked_up: list[object]
) -> None:
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    with pytest.raises(ModelError) as caught:
        load_embedder("nergens/zo-een-model")
    assert "nergens/zo-een-model" in caught.value.what
    assert looked_up == []


def test_the_embedded_model_needs_no_torch() -> None:
    script = (
        "import sys; from ingest.embedding import load_embedder;"
        "load_embedder().embed_query('Wie betaalt?');"
        "print([m for m in ('torch', 'sentence_transformers', 'transformers') if m in sys.modules])"
    )
    done = python(script)
    assert (done.code, done.out.strip()) == (0, "[]"), done.err


def test_the_model_folder_says_that_it_is_a_static_model_of_unit_length() -> None:
    modules = json.loads((EMBEDDED_MODEL / "modules.json").read_text(encoding="utf-8"))
    kinds = [module["type"].rsplit(".", 1)[-1] for module in modules]
    assert kinds == ["StaticEmbedding", "Normalize"]
