"""Models are loaded for real, or not at all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tiny_models import make_language_model

from assistant.llm.loading import aids
from assistant.llm.models import answer_room, load
from assistant.llm.settings import read
from assistant.pipeline import Assistant
from ingest.embedding import load_embedder
from ingest.errors import ModelError

QUESTION = "Wanneer opent de stalling aan de Havenkade?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_language_model(tmp_path_factory.mktemp("llm"), seed=7)


def test_a_real_transformer_writes_nonsense_and_nothing_of_it_is_seen(
    folder: Path, bicycles: Assistant, looked_up: list[object]
) -> None:
    found = aids(f"huggingface:{folder}", {})
    assistant = Assistant(bicycles._index, load_embedder(), bicycles.generation, aids=found)

    answer = assistant.ask(QUESTION)

    assert answer.text == bicycles.ask(QUESTION).text
    assert answer.trace.generation is not None
    assert answer.trace.generation.failure is not None
    assert answer.notes[-1].endswith("rechtstreeks uit de bronnen.")
    assert looked_up == []


def test_a_real_transformer_streams_and_counts_its_own_tokens(folder: Path) -> None:
    model = load(read(f"huggingface:{folder}", {"WEGWIJS_LLM_CONTEXT": "300"}))

    pieces = list(model.stream("Antwoord kort.", "Waarom?"))

    assert model.context == 300
    assert model.count("twaalf") == 6
    assert 0 < len("".join(piece.text for piece in pieces).encode()) <= 4 * answer_room(300)


def test_a_folder_without_a_model_is_told_in_dutch(tmp_path: Path, looked_up: list[object]) -> None:
    with pytest.raises(ModelError, match="staat niet op deze computer"):
        load(read(f"huggingface:{tmp_path}", {}))

    assert looked_up == []


@pytest.mark.parametrize(
    ("setting", "library"),
    [
        ("ollama:m", "llama_index.llms.ollama"),
        ("openai-like:http://127.0.0.1:1/v1 m", "llama_index.llms.openai_like"),
        ("huggingface:m", "llama_index.llms.huggingface"),
    ],
)
def test_a_missing_extra_says_what_to_install(
    setting: str, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)  # as if it were not installed

    with pytest.raises(ModelError, match=r"pip install -e '\.\[" + setting.split(":")[0]):
        load(read(setting, {}))


def test_without_the_setting_nothing_of_it_is_imported(corpus_data: Path) -> None:
    script = (
        "import sys; from pathlib import Path;"
        "from ui.options import aids_for, embedder_for; from assistant.live import LiveAssistant;"
        f"live = LiveAssistant(Path({str(corpus_data)!r}), embedder_for(None), None, aids_for(''));"
        "live.ask('Wanneer begint de eerste subsidieronde?'); live.examples();"
        "heavy = {'ollama', 'openai', 'transformers', 'llama_index', 'torch'};"
        "print([m for m in sys.modules if m.split('.')[0] in heavy or '.llm' in m])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "[]"
