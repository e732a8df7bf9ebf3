"""Make models that are real and tiny, with chance weights.

In:  a folder.
Out: folders with an embedding model, a cross-encoder, a language model.

Knows nothing of what a test expects.
"""

from __future__ import annotations

from pathlib import Path


def make_transformer(folder: Path, *, seed: int) -> Path:
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    torch.manual_seed(seed)
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = "[PAD] [UNK] de het een bad les zwem gemeente betaalt wie vraag tekst anders"
    parts = [*words.split(), *letters, *(f"##{letter}" for letter in letters)]
    tokenizer = Tokenizer(
        models.WordPiece({part: i for i, part in enumerate(parts)}, unk_token="[UNK]")
    )
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    raw = folder / "raw"
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]"
    ).save_pretrained(raw)
    config = BertConfig(
        vocab_size=len(parts), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=32, max_position_embeddings=64,
    )  # fmt: skip
    BertModel(config).save_pretrained(raw)
    prompts = {"query": "vraag ", "document": "tekst "}
    modules = [Transformer(str(raw), max_seq_length=64), Pooling(16)]
    SentenceTransformer(modules=modules, prompts=prompts, device="cpu").save(str(folder / "model"))
    return folder / "model"


def make_cross_encoder(folder: Path, *, seed: int) -> Path:
    import torch
    from sentence_transformers import CrossEncoder

    make_transformer(folder, seed=seed)
    torch.manual_seed(seed)
    model = CrossEncoder(str(folder / "raw"), device="cpu", local_files_only=True, num_labels=1)
    with torch.no_grad():  # chance weights of the usual size give every text the same score
        for weights in model.parameters():
            weights.mul_(8)
    model.save(str(folder / "cross"))
    return folder / "cross"


def make_language_model(folder: Path, *, seed: int) -> Path:
    """Make a causal language model of a few thousand weights that reads letters and signs."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast

    torch.manual_seed(seed)
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {sign: i for i, sign in enumerate(["<end>", *letters])}
    tokenizer = Tokenizer(models.BPE(vocabulary, [], unk_token=None))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, eos_token="<end>", pad_token="<end>"
    ).save_pretrained(folder / "llm")
    config = GPT2Config(
        vocab_size=len(vocabulary), n_positions=4096, n_embd=16, n_layer=1, n_head=2,
        bos_token_id=0, eos_token_id=0, pad_token_id=0,
    )  # fmt: skip
    GPT2LMHeadModel(config).save_pretrained(folder / "llm")
    return folder / "llm"
