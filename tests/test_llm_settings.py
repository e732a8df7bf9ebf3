"""How a language model is set, and that its key stays where it is."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path

import pytest

from assistant.llm.settings import Provider, Task, read
from ingest.errors import SettingError


def test_a_model_of_ollama_may_have_a_colon_in_its_name() -> None:
    settings = read("ollama:llama3.1:8b", {})

    assert (settings.provider, settings.model) == (Provider.OLLAMA, "llama3.1:8b")
    assert settings.url == "http://127.0.0.1:11434"
    assert read("ollama:m", {"OLLAMA_HOST": "10.0.0.2:11434"}).url == "http://10.0.0.2:11434"


def test_an_endpoint_is_an_address_and_a_model() -> None:
    settings = read("openai-like:http://127.0.0.1:8000/v1 org/model 7b", {})

    assert (settings.url, settings.model) == ("http://127.0.0.1:8000/v1", "org/model 7b")
    assert settings.name == "openai-like:http://127.0.0.1:8000/v1 org/model 7b"


@pytest.mark.parametrize(
    "setting",
    [
        "gpt", "ollama", "ollama:", "openai-like:http://127.0.0.1/v1", "openai-like:model",
        "openai-like:ftp://a/v1 m", "openai-like:http://:x/ m", "openai-like:http://h:99999/ m",
    ],
)  # fmt: skip
def test_a_setting_that_says_nothing_usable_is_told_in_dutch(setting: str) -> None:
    with pytest.raises(SettingError, match="Schrijf"):
        read(setting, {})


@pytest.mark.parametrize("place", ["naam:sk-geheim@host/v1", "host/v1?key=sk-geheim"])
def test_a_key_in_the_address_is_refused_and_not_repeated(place: str) -> None:
    with pytest.raises(SettingError, match="WEGWIJS_LLM_KEY") as refused:
        read(f"openai-like:http://{place} m", {})

    assert "sk-geheim" not in str(refused.value)


def test_a_key_comes_from_the_environment_or_a_file(tmp_path: Path) -> None:
    file = tmp_path / "sleutel"
    file.write_text("sk-bestand\n", encoding="utf-8")
    from_file = read("ollama:m", {"WEGWIJS_LLM_KEY_FILE": str(file)}).key
    from_environment = read("ollama:m", {"WEGWIJS_LLM_KEY": "sk-direct"}).key

    assert from_file is not None and from_environment is not None
    assert (from_file.reveal(), from_environment.reveal()) == ("sk-bestand", "sk-direct")


def test_a_key_is_not_shown_copied_or_stored() -> None:
    settings = read("ollama:m", {"WEGWIJS_LLM_KEY": "sk-geheim"})

    assert "sk-geheim" not in f"{settings!r} {settings} {settings.key!r} {settings.name}"
    for leak in (pickle.dumps, copy.deepcopy):
        with pytest.raises(TypeError):
            leak(settings)


@pytest.mark.parametrize(
    "content", [None, b"", b"sk-geheim \xff", b"sk-geheim met spaties", b"\xe9"]
)
def test_a_key_file_that_cannot_be_used_is_an_error_without_what_is_in_it(
    tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "sleutel"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(SettingError, match="WEGWIJS_LLM_KEY_FILE") as refused:
        read("ollama:m", {"WEGWIJS_LLM_KEY_FILE": str(file)})

    assert "geheim" not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CONTEXT", "veel"),
        ("CONTEXT", "12"),
        ("SECONDS", "0"),
        ("SECONDS", "nan"),
        ("FOR", "raden"),
    ],
)
def test_a_limit_or_task_that_is_not_known_is_refused(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=f"WEGWIJS_LLM_{name}"):
        read("ollama:m", {f"WEGWIJS_LLM_{name}": value})


def test_limits_and_tasks_are_read() -> None:
    settings = read(
        "ollama:m",
        {
            "WEGWIJS_LLM_CONTEXT": "8192",
            "WEGWIJS_LLM_SECONDS": "90",
            "WEGWIJS_LLM_FOR": "standalone, wordings",
        },
    )

    assert (settings.context, settings.seconds) == (8192, 90.0)
    assert settings.tasks == {Task.STANDALONE, Task.WORDINGS}
    assert read("ollama:m", {}).tasks == {Task.ANSWERS}


@pytest.mark.parametrize(
    ("setting", "host"),
    [
        ("ollama:m", ""),
        ("openai-like:http://localhost:8000/v1 m", ""),
        ("openai-like:https://llm.gemeente.example/v1 m", "llm.gemeente.example"),
        ("openai-like:http://127.gemeente.example/v1 m", "127.gemeente.example"),
        ("huggingface:modellen/m", ""),
    ],
)
def test_it_is_known_whether_questions_leave_this_machine(setting: str, host: str) -> None:
    assert read(setting, {}).host == host
