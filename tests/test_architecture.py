"""The house rules of the code, read from its syntax trees; nothing of it is run."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest.analysis import FUNCTION_WORDS, fold, lexicon
from ingest.dutch.addresses import find_addresses
from ingest.dutch.names import find_names

REPOSITORY = Path(__file__).parents[1]
ROOMS = ("ingest", "assistant", "ui")  # each may import itself and those before it
MODULES = sorted(path for room in ROOMS for path in (REPOSITORY / room).rglob("*.py"))
NAMES = {path: path.relative_to(REPOSITORY).as_posix() for path in MODULES}
HEAVY = {
    "chromadb", "tantivy", "gradio", "torch", "sentence_transformers", "llama_index", "rdflib",
    "httpx", "ollama", "openai", "transformers",
}  # fmt: skip
DOORS = {
    "chromadb": {"ingest/chroma.py"},
    "tantivy": {"ingest/lexical.py"},
    "httpcore2": {"ingest/sources/connection.py", "ingest/sources/fetching.py"},
    "rapidfuzz": {"assistant/spelling.py"},
    "rdflib": {"ingest/thesaurus.py"},
    "llama_index": {
        "assistant/llm/models.py",
        "assistant/reranking.py",
        "assistant/retriever.py",
    },
    "httpx": {"assistant/llm/models.py"},
    "ollama": {"assistant/llm/models.py"},
    "transformers": {"assistant/llm/models.py"},
    "torch": {
        "assistant/reranking.py",
        "assistant/training.py",
        "ingest/embedding.py",
        "ingest/training.py",
    },
    "sentence_transformers": {
        "assistant/reranking.py",
        "ingest/embedding.py",
        "ingest/training.py",
    },
}
TOP = {
    "corpus", "ingest", "assistant", "ui", "tests", "pyproject.toml", "Makefile", "README.md",
    "README.nl.md", "CHANGELOG.md", "LICENSE", ".gitignore", ".ci", "constraints.txt",
}  # fmt: skip
MOST_LINES = 300

every_module = pytest.mark.parametrize("module", MODULES, ids=NAMES.get)


@dataclass(frozen=True, slots=True)
class Import:
    """An import of `library` (its first name); `eager` when it runs as the module is loaded."""

    module: str
    library: str
    eager: bool


def imports_of(path: Path) -> Iterator[Import]:
    def visit(node: ast.AST, eager: bool) -> Iterator[Import]:
        if isinstance(node, ast.Import):
            yield from (Import(NAMES[path], n.name.split(".")[0], eager) for n in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{NAMES[path]} imports by a relative name"
            yield Import(NAMES[path], str(node.module).split(".")[0], eager)
        is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        is_for_types = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for child in ast.iter_child_nodes(node):
            yield from visit(child, eager and not is_function and not is_for_types)

    yield from visit(ast.parse(path.read_text(encoding="utf-8")), True)


IMPORTS = [found for path in MODULES for found in imports_of(path)]


def docstrings(tree: ast.Module) -> set[int]:
    """Return the ids of the docstring nodes of a module."""
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, owners) and isinstance(node.body[0], ast.Expr)
    }


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and text of every string that can steer what the module does."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    explanations = docstrings(tree)
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in explanations:
            yield node.lineno, node.value


def test_all_three_rooms_are_there() -> None:
    assert {NAMES[path].split("/")[0] for path in MODULES} == set(ROOMS)
    assert len(IMPORTS) > 100


@pytest.mark.parametrize("room", ROOMS)
def test_imports_run_from_ui_to_assistant_to_ingest_and_never_back(room: str) -> None:
    later = set(ROOMS[ROOMS.index(room) + 1 :])
    back = [found for found in IMPORTS if found.module.startswith(f"{room}/")]

    assert [found for found in back if found.library in later] == []


def test_no_module_imports_the_tests() -> None:
    assert [found for found in IMPORTS if found.library in {"tests", "pytest", "conftest"}] == []


@pytest.mark.parametrize("library", DOORS)
def test_a_heavy_library_has_its_own_doors(library: str) -> None:
    users = {found.module for found in IMPORTS if found.library == library}

    assert users <= DOORS[library]
    assert users


def test_gradio_is_known_in_ui_only() -> None:
    users = {found.module.split("/")[0] for found in IMPORTS if found.library == "gradio"}

    assert users == {"ui"}


def test_heavy_libraries_are_loaded_by_the_function_that_needs_them() -> None:
    eager = {(found.module, found.library) for found in IMPORTS if found.eager}

    assert {found for found in eager if found[1] in HEAVY} == {
        ("assistant/retriever.py", "llama_index"),
        ("assistant/reranking.py", "llama_index"),
    }


@every_module
def test_a_module_says_what_it_is_for(module: Path) -> None:
    header = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))

    assert header
    if module.name != "__init__.py":
        assert "Knows nothing" in header, "a header also says what the module does not know"


@every_module
def test_a_module_stays_small(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@every_module
def test_nothing_happens_when_a_module_is_loaded_that_reaches_outside(module: Path) -> None:
    """A module defines; it opens no file, reads no setting and prints nothing by itself."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    called = {
        ast.unparse(node.func)
        for statement in tree.body
        if isinstance(statement, ast.Expr | ast.Assign | ast.AnnAssign)
        for node in ast.walk(statement)
        if isinstance(node, ast.Call)
    }

    assert not {name for name in called if re.search(r"\b(open|print|read_text|getenv)$", name)}
    assert not {name for name in called if name.startswith("os.environ")}


def test_the_top_of_the_repository_holds_only_what_is_known() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if listed.returncode:
        pytest.skip(f"this is no clone: {listed.stderr.strip()}")
    top = {line.split("/")[0] for line in listed.stdout.splitlines()}

    assert top <= TOP
    assert {"corpus", "ingest", "assistant", "ui", "tests", "pyproject.toml"} <= top


def corpus() -> str:
    files = sorted((REPOSITORY / "corpus").glob("*.md"))
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def is_common(word: str) -> bool:
    """Tell whether the tokenizer of the embedded model knows it, as it does common words."""
    return fold(word) in lexicon() | FUNCTION_WORDS


def distinctive_words(text: str) -> set[str]:
    """Return the words that this corpus has and other Dutch texts do not.

    They start with a capital inside a sentence, are never written without it, and are uncommon.
    """
    inside = set(re.findall(r"(?<=[a-zà-ÿ,:(/] )[A-ZÀ-Þ][\w-]{2,}", text))
    plain = set(re.findall(r"\b[a-zà-ÿ][\w-]+", text))
    return {word for word in inside if word.lower() not in plain and not is_common(word)}


def distinctive_phrases(text: str) -> set[str]:
    """Return its addresses, the names with an uncommon word, its titles and headings."""
    addresses = {text[span.start : span.end] for span in find_addresses(text)}
    names = {text[span.start : span.end] for span in find_names(text)}
    headings = re.findall(r"^(?:#+|title:) +(.* .*)$", text, re.MULTILINE)
    uncommon = {name for name in names if not all(is_common(word) for word in name.split())}
    return addresses | uncommon | set(headings)


def test_the_distinctive_words_of_the_corpus_are_recognised() -> None:
    text = "title: Nota brug\n\nIn de haven werkt Jan Zwartkruis (jan@kade.nl) bij HVKD. Hij wil."

    assert distinctive_words(text) >= {"Zwartkruis", "HVKD"}
    assert distinctive_phrases(text) == {"Nota brug", "Jan Zwartkruis", "jan@kade.nl"}
    assert len(distinctive_words(corpus())) > 30
    assert len(distinctive_phrases(corpus())) > 40


@every_module
def test_no_word_of_the_corpus_is_in_the_code(module: Path) -> None:
    words, phrases = distinctive_words(corpus()), distinctive_phrases(corpus())
    found = [
        (line, hit)
        for line, literal in literals(module)
        for hit in (
            *words.intersection(re.findall(r"[\w-]+", literal)),
            *(phrase for phrase in phrases if phrase.lower() in literal.lower()),
        )
    ]

    assert found == []
