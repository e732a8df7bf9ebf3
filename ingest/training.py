"""Train the small Dutch embedding model on Dutch regulations and on questions in other words.

In:  passages of regulations and the pairs that pairs.py makes of them; the questions and word
     groups that paraphrases.py makes pairs of; the sections that sections.py makes contrasts of.
Out: a sentence-transformers folder: Dutch subword tokenizer and one vector per subword, whose
     mean is the vector of a text.

Knows nothing about retrieval, the corpus, evaluation sets or the network: everything is made
from what is given, and nothing is downloaded.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.pairs import SEED, Passage, make_pairs, read_passages
from ingest.paraphrases import half_reworded, make_paraphrases, read_questions
from ingest.sections import OTHERS, Section, make_contrasts, read_sections

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

VOCABULARY, DIMENSIONS = 16_000, 240
UNKNOWN = "[UNK]"
QUESTIONS = Path(__file__).parent / "paraphrases.tsv"
SECTIONS = Path(__file__).parent / "sections.txt"


def train_tokenizer(texts: Sequence[str]) -> Tokenizer:
    """Learn a vocabulary of lower-case subwords without accents or word-boundary marks.

    Without marks "parkeervergunning" shares its parts with "vergunning".
    """
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.Unigram())
    steps = [normalizers.NFKD(), normalizers.StripAccents(), normalizers.Lowercase()]
    tokenizer.normalizer = normalizers.Sequence(steps)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.UnigramTrainer(
        vocab_size=VOCABULARY, special_tokens=[UNKNOWN], unk_token=UNKNOWN, show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def starting_vectors(tokenizer: Tokenizer, texts: Sequence[str]) -> NDArray[np.float32]:
    """Return random vectors, shorter for frequent subwords (a / (a + share of the subword))."""
    import numpy as np

    counts = np.zeros(tokenizer.get_vocab_size())
    for encoding in tokenizer.encode_batch(list(texts), add_special_tokens=False):
        np.add.at(counts, encoding.ids, 1)
    weights = 1e-3 / (1e-3 + counts / counts.sum())
    vectors = np.random.default_rng(1).normal(size=(len(counts), DIMENSIONS))
    start = vectors * weights[:, None] / math.sqrt(DIMENSIONS)
    return np.asarray(start, dtype=np.float32)


def train(
    passages: Sequence[Passage],
    questions: Sequence[tuple[str, str]],
    sections: Sequence[Section],
    output: Path,
    known: Path | None = None,
) -> None:
    """Train on the passages, the questions with their sentences and the sections; write the model.

    Args:
        passages: What is trained on.
        questions: Questions with a sentence that answers each, trained on too.
        sections: Sections of which every sentence has its questions, trained on too.
        output: The folder to write.
        known: A tokenizer.json to keep, so that words are cut as before; None to learn one.
    """
    import torch
    from datasets import Dataset
    from sentence_transformers import SentenceTransformer, SentenceTransformerTrainer
    from sentence_transformers.sentence_transformer import losses, modules, training_args
    from tokenizers import Tokenizer

    torch.manual_seed(SEED)
    rng = random.Random(SEED)  # noqa: S311 (no secret)
    sample = [p.text for p in rng.sample(list(passages), min(len(passages), 80_000))]
    tokenizer = Tokenizer.from_file(str(known)) if known else train_tokenizer(sample)
    vectors = starting_vectors(tokenizer, sample)
    embedding = modules.StaticEmbedding(tokenizer, embedding_weights=vectors)
    model = SentenceTransformer(modules=[embedding, modules.Normalize()], device="cpu")
    pairs = half_reworded(make_pairs(passages)) + make_paraphrases(questions)
    rng.shuffle(pairs)
    anchors, positives = zip(*pairs, strict=True)
    data = {"pairs": Dataset.from_dict({"anchor": anchors, "positive": positives})}
    names = ("anchor", "positive", *(f"negative_{n}" for n in range(OTHERS)))
    columns = zip(*make_contrasts(sections), strict=True)
    data["contrasts"] = Dataset.from_dict(dict(zip(names, columns, strict=True)))
    with tempfile.TemporaryDirectory() as scratch:
        arguments = training_args.SentenceTransformerTrainingArguments(
            output_dir=scratch,
            per_device_train_batch_size=2048,
            num_train_epochs=1,
            learning_rate=0.02,
            warmup_steps=0.05,
            seed=SEED,
            use_cpu=True,
            save_strategy="no",
            report_to="none",
        )
        loss = losses.MultipleNegativesRankingLoss(model, scale=20.0)
        trainer = SentenceTransformerTrainer(model, arguments, data, loss=loss)
        trainer.train()
    model.save(str(output), create_model_card=False)
    shrink(output)


def shrink(folder: Path) -> None:
    """Store the vectors of a saved model as bytes with one scale each, a quarter of the size.

    sentence-transformers multiplies tensors of these names on loading, so the folder still loads.
    """
    import torch
    from safetensors.torch import load_file, save_file

    weights = folder / "model.safetensors"
    vectors = load_file(weights)["embedding.weight"]
    scales = (vectors.abs().amax(dim=1) / 127).clamp(min=1e-12)
    small = torch.round(vectors / scales[:, None]).to(torch.int8)
    save_file({"embeddings": small, "weights": scales}, weights)
    tokenizer = folder / "tokenizer.json"
    content = json.loads(tokenizer.read_text(encoding="utf-8"))
    compact = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    tokenizer.write_text(compact, encoding="utf-8")
    weights.chmod(0o644)


def main() -> None:
    """Read the arguments and train."""
    parser = argparse.ArgumentParser(description="Train the Dutch embedding model.")
    parser.add_argument("--passages", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, help="a tokenizer.json to keep")
    options = parser.parse_args()
    passages = list(read_passages(options.passages))
    questions, sections = read_questions(QUESTIONS), read_sections(SECTIONS)
    train(passages, questions, sections, options.output, options.tokenizer)


if __name__ == "__main__":
    main()
