"""Read which language model answers may be worded by, and how it is reached.

In:  WEGWIJS_LLM and what belongs to it.
Out: LlmSettings, or an error that says how to write the setting.

A key is kept where no text, log or trace shows it.

Knows nothing of any model's library.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from ingest.errors import SettingError

KEY, KEY_FILE = "WEGWIJS_LLM_KEY", "WEGWIJS_LLM_KEY_FILE"
CONTEXT, SECONDS, FOR = "WEGWIJS_LLM_CONTEXT", "WEGWIJS_LLM_SECONDS", "WEGWIJS_LLM_FOR"
OLLAMA = "http://127.0.0.1:11434"
_HERE = re.compile(r"|localhost|::1|127(?:\.\d+){3}")
_SECONDS = 60.0
_LEAST_CONTEXT = 256
_HOW = (
    "Schrijf 'ollama:MODEL', 'openai-like:URL MODEL' of 'huggingface:MAP', of laat WEGWIJS_LLM"
    " leeg."
)


class Provider(StrEnum):
    """How a model is reached."""

    OLLAMA = "ollama"
    OPENAI_LIKE = "openai-like"
    HUGGINGFACE = "huggingface"


class Task(StrEnum):
    """What a model may do."""

    ANSWERS = "answers"  # word answers
    STANDALONE = "standalone"  # make of a follow-up a question that reads alone
    WORDINGS = "wordings"  # search for other wordings of a question too


class Secret:
    """A text that is not shown, copied or stored by accident."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        """Hide `text`."""
        self._text = text

    def reveal(self) -> str:
        """Return the text, for the request that needs it."""
        return self._text

    def __repr__(self) -> str:
        return "Secret(…)"

    def __reduce__(self) -> str:
        raise TypeError("a secret is not stored")


@dataclass(frozen=True, slots=True)
class LlmSettings:
    """A language model, and how it is reached.

    Attributes:
        provider: The kind of endpoint.
        model: Its name there, or the folder that it is in.
        url: Where it listens, "" for a folder.
        key: What it asks of who calls, None for nothing.
        context: How many tokens it reads at most, None to ask or assume.
        seconds: How long a whole answer may take.
        tasks: What it may do.
    """

    provider: Provider
    model: str
    url: str = ""
    key: Secret | None = field(default=None, repr=False, compare=False)
    context: int | None = None
    seconds: float = _SECONDS
    tasks: frozenset[Task] = frozenset({Task.ANSWERS})

    @property
    def name(self) -> str:
        """How the model is called in a trace: the setting."""
        return f"{self.provider}:{f'{self.url} ' if self.url else ''}{self.model}"

    @property
    def host(self) -> str:
        """The other machine that is asked, "" when the model is on this one."""
        name = urlsplit(self.url).hostname or ""
        return "" if _HERE.fullmatch(name) else name


def read(setting: str, environment: Mapping[str, str]) -> LlmSettings:
    """Return what a setting says.

    Args:
        setting: The value of WEGWIJS_LLM, or of the option of the same meaning.
        environment: The variables that belong to it, and OLLAMA_HOST.

    Raises:
        SettingError: If a value cannot be used.

    Example:
        >>> read("ollama:llama3.1:8b", {}).model
        'llama3.1:8b'
    """
    provider, _, rest = setting.strip().partition(":")
    if provider not in {*Provider} or not rest.strip():
        raise SettingError(f"WEGWIJS_LLM is '{_masked(setting)}'.", _HOW)
    kind = Provider(provider)
    url, model = _place(kind, rest.strip(), environment)
    return LlmSettings(
        kind,
        model,
        url,
        _key(environment),
        _context(environment.get(CONTEXT, "")),
        _seconds(environment.get(SECONDS, "")),
        _tasks(environment.get(FOR, "")),
    )


def _place(kind: Provider, rest: str, environment: Mapping[str, str]) -> tuple[str, str]:
    """Return where a model listens and how it is called there.

    Raises:
        SettingError: If the setting does not say so.
    """
    if kind is Provider.HUGGINGFACE:
        return "", rest
    if kind is Provider.OLLAMA:
        host = environment.get("OLLAMA_HOST", "").strip() or OLLAMA
        return _address(host if "://" in host else f"http://{host}"), rest
    url, _, model = rest.partition(" ")
    if not model.strip():
        raise SettingError("In WEGWIJS_LLM staat geen URL met daarachter een model.", _HOW)
    return _address(url), model.strip()


def _address(url: str) -> str:
    try:
        parts = urlsplit(url)
        is_fine = parts.scheme in {"http", "https"} and bool(parts.hostname)
        _ = parts.port
    except ValueError:
        is_fine = False
    if not is_fine:
        raise SettingError(
            "Het adres van het taalmodel is geen URL.",
            "Schrijf het als http://127.0.0.1:8000/v1.",
        )
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise SettingError(
            "Het adres van het taalmodel mag alleen een adres zijn, zonder sleutel of vraagteken.",
            f"Zet een sleutel in {KEY}, of in een bestand en de naam daarvan in {KEY_FILE}.",
        )
    return url.rstrip("/")


def _masked(setting: str) -> str:
    """Return a setting without what may be a key in it."""
    return setting if "@" not in setting and "?" not in setting else f"{setting.split(':')[0]}:…"


def _key(environment: Mapping[str, str]) -> Secret | None:
    if key := environment.get(KEY, "").strip():
        return _checked(key)
    if not (name := environment.get(KEY_FILE, "").strip()):
        return None
    try:
        key = Path(name).expanduser().read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        # Without the cause: an error on how a file reads may show what is in it.
        raise SettingError(
            f"Het bestand in {KEY_FILE} is niet te lezen.", "Kijk of het bestaat.", file=name
        ) from None
    if not key:
        raise SettingError(
            f"Het bestand in {KEY_FILE} is leeg.", "Zet er de sleutel in.", file=name
        )
    return _checked(key)


def _checked(key: str) -> Secret:
    if not key.isascii() or not key.isprintable() or " " in key:
        raise SettingError(
            "De sleutel van het taalmodel heeft tekens die er niet in horen.",
            f"Kijk of {KEY} of het bestand in {KEY_FILE} alleen de sleutel heeft.",
        )
    return Secret(key)


def _context(text: str) -> int | None:
    if not text.strip():
        return None
    if not text.strip().isdecimal() or int(text) < _LEAST_CONTEXT:
        raise SettingError(
            f"{CONTEXT} is '{text}'.",
            f"Geef een aantal tokens van {_LEAST_CONTEXT} of meer, zoals 8192.",
        )
    return int(text)


def _seconds(text: str) -> float:
    if not text.strip():
        return _SECONDS
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 1 <= seconds <= 3600:
        raise SettingError(f"{SECONDS} is '{text}'.", "Geef een aantal van 1 tot 3600.")
    return seconds


def _tasks(text: str) -> frozenset[Task]:
    names = {name.strip() for name in text.split(",")} - {""} or {Task.ANSWERS}
    if unknown := names - {*Task}:
        raise SettingError(
            f"{FOR} kent '{sorted(unknown)[0]}' niet.",
            f"Kies uit: {', '.join(Task)}, met een komma ertussen.",
        )
    return frozenset(Task(name) for name in names)
