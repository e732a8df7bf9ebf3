"""Load the language model of the user's choice, as a LlamaIndex LLM.

In:  LlmSettings.
Out: a Model: it streams what it writes, knows how much it reads, and counts tokens.

The libraries are extras; one that is missing is an error that says what to install. A request
goes to the address that was set, and follows no redirect to another.

Knows nothing of questions, passages or answers.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.llm.settings import OLLAMA, LlmSettings, Provider
from ingest.errors import ModelError

if TYPE_CHECKING:
    import httpx
    from llama_index.core.llms.llm import LLM

CONNECT = 5.0  # seconds to reach an endpoint
ANSWER = 500  # tokens that a model may write
_ASSUMED = 4096  # tokens that a model reads where nothing says so
# Letters a token, on the safe side: Dutch has 2.5 to 4 in the tokenizers of current models.
_LETTERS = 2.5


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of what a model writes.

    Attributes:
        text: The words; "" while it thinks.
        is_last: Whether the model says that it is done.
    """

    text: str
    is_last: bool


@dataclass(frozen=True, slots=True)
class Model:
    """A language model that was loaded.

    Attributes:
        name: How it is called in a trace.
        seconds: How long a whole answer may take.
        context: How many tokens it reads, its own answer included.
        count: Returns how many tokens a text has, or at most has.
        stream: Takes the instructions and the request; yields what it writes.
    """

    name: str
    seconds: float
    context: int
    count: Callable[[str], int]
    stream: Callable[[str, str], Iterator[Piece]]


def load(settings: LlmSettings) -> Model:
    """Return the model that was chosen. An endpoint is not asked yet: it may start later.

    Raises:
        ModelError: If its library is not installed, or its folder holds no model.
    """
    try:
        llm, context, count = _LOADERS[settings.provider](settings)
    except ImportError as problem:
        raise ModelError(
            f"Voor '{settings.provider}:…' in WEGWIJS_LLM mist een pakket.",
            f"Installeer het met: .venv/bin/pip install -e '.[{settings.provider}]'",
        ) from problem
    return Model(settings.name, settings.seconds, context, count, _streaming(llm))


def estimate(text: str) -> int:
    """Return how many tokens a text has at most, where no tokenizer is at hand.

    Example:
        >>> estimate("De gemeente betaalt.")
        8
    """
    return math.ceil(len(text.encode()) / _LETTERS)


_Loaded = tuple["LLM", int, Callable[[str], int]]


def _ollama(settings: LlmSettings) -> _Loaded:
    import ollama
    from llama_index.llms.ollama import Ollama

    key = {"Authorization": f"Bearer {settings.key.reveal()}"} if settings.key else {}
    client = ollama.Client(
        settings.url or OLLAMA,
        headers=key,
        timeout=_limits(settings.seconds),
        follow_redirects=False,
    )
    # Ollama reads 2,048 to 4,096 tokens of any model unless told; what is over it drops unseen.
    context = settings.context or _ASSUMED
    llm = Ollama(
        settings.model,
        base_url=settings.url,
        context_window=context,
        temperature=0.0,
        client=client,
        additional_kwargs={"num_predict": ANSWER},
    )
    return llm, context, estimate


def _openai_like(settings: LlmSettings) -> _Loaded:
    import httpx
    from llama_index.llms.openai_like import OpenAILike

    limits = _limits(settings.seconds)

    def hurry(request: httpx.Request) -> None:
        # The library gives one limit for all; connecting has a shorter one.
        request.extensions["timeout"] = limits.as_dict()

    context = settings.context or _ASSUMED
    options: dict[str, Any] = {
        "http_client": httpx.Client(event_hooks={"request": [hurry]}, follow_redirects=False)
    }
    llm = OpenAILike(
        model=settings.model,
        api_base=settings.url,
        # Never None: the library would take the key of another service from the environment.
        api_key=settings.key.reveal() if settings.key else "geen",
        is_chat_model=True,
        context_window=context,
        max_tokens=ANSWER,
        temperature=0.0,
        max_retries=0,
        timeout=settings.seconds,
        **options,
    )
    return llm, context, estimate


def _huggingface(settings: LlmSettings) -> _Loaded:
    from llama_index.llms.huggingface import HuggingFaceLLM
    from transformers import AutoModelForCausalLM, AutoTokenizer

    # Without local_files_only a missing model is looked for on the network for a minute.
    options = {"local_files_only": True, "trust_remote_code": False}
    try:
        model = AutoModelForCausalLM.from_pretrained(
            settings.model, use_safetensors=True, **options
        )
        tokenizer = AutoTokenizer.from_pretrained(settings.model, **options)
    except Exception as problem:  # each library below it raises its own
        raise ModelError(
            f"Het taalmodel '{settings.model}' staat niet op deze computer of is niet te lezen.",
            "Download het eerst naar een map en schrijf WEGWIJS_LLM als huggingface:MAP.",
        ) from problem
    reads = int(getattr(model.config, "max_position_embeddings", _ASSUMED))
    context = min(settings.context or reads, reads)
    is_chat = bool(getattr(tokenizer, "chat_template", None))
    llm = HuggingFaceLLM(
        model=model,
        tokenizer=tokenizer,
        model_name=settings.model,
        tokenizer_name=settings.model,
        context_window=context,
        max_new_tokens=answer_room(context),
        generate_kwargs={"do_sample": False},
        is_chat_model=is_chat,
        messages_to_prompt=None if is_chat else _plain,
    )
    return llm, context, lambda text: len(tokenizer(text)["input_ids"])


_LOADERS: dict[Provider, Callable[[LlmSettings], _Loaded]] = {
    Provider.OLLAMA: _ollama,
    Provider.OPENAI_LIKE: _openai_like,
    Provider.HUGGINGFACE: _huggingface,
}


def answer_room(context: int) -> int:
    """Return how many tokens of a context are kept free for the answer."""
    return min(ANSWER, context // 4)


def _limits(seconds: float) -> httpx.Timeout:
    import httpx

    return httpx.Timeout(seconds, connect=min(CONNECT, seconds))


def _plain(messages: Any) -> str:  # noqa: ANN401 - LlamaIndex's messages
    # For a model that was not taught to converse.
    return "\n\n".join(str(message.content) for message in messages)


def _streaming(llm: LLM) -> Callable[[str, str], Iterator[Piece]]:
    from llama_index.core.base.llms.types import ChatMessage, MessageRole

    def stream(system: str, request: str) -> Iterator[Piece]:
        messages = [
            ChatMessage(role=MessageRole.SYSTEM, content=system),
            ChatMessage(role=MessageRole.USER, content=request),
        ]
        for response in llm.stream_chat(messages):
            yield Piece(response.delta or "", _is_last(response.raw))

    return stream


def _is_last(raw: Any) -> bool:  # noqa: ANN401 - each library has its own
    """Tell whether what an endpoint sent says that it is done. A folder's model just ends."""
    if raw is None:
        return True
    if isinstance(raw, dict):
        return bool(raw.get("done"))
    return any(getattr(choice, "finish_reason", None) for choice in getattr(raw, "choices", ()))
