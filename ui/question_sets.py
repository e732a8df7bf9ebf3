"""The sets of questions that can be chosen without naming a file.

In:  the data folder.
Out: the questions that come with the documents of the repository, where those are; the files in
     the folder `questions` of the data folder.

Knows nothing of what is in a set.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SHIPPED = Path(__file__).parents[1] / "tests" / "questions" / "corpus"
OWN = "questions"  # folder in the data folder
_SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions that can be asked together.

    Attributes:
        key: Names it in a form.
        group: Of which sets it is one.
        title: What it is called.
        path: The file, or the folder with files.
    """

    key: str
    group: str
    title: str
    path: Path


def question_sets(data: Path) -> tuple[QuestionSet, ...]:
    """Return what can be chosen: of each folder all its files together, then each of them."""
    return (
        *_in_folder("eigen", "Eigen vragen", data / OWN),
        *_in_folder("meegeleverd", "Meegeleverde vragen", SHIPPED),
    )


def title_of(path: Path) -> str:
    """Return what a set is called.

    Example:
        >>> title_of(Path("vragen/net-niet.yaml"))
        'Net niet'
    """
    if path == SHIPPED:
        return "Meegeleverde vragen"
    words = path.stem.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


def _in_folder(key: str, group: str, folder: Path) -> Iterator[QuestionSet]:
    files = sorted(file for file in folder.glob("*") if file.suffix in _SUFFIXES)
    if len(files) > 1:
        yield QuestionSet(key, group, group, folder)
    for file in files:
        yield QuestionSet(f"{key}/{file.name}", group, title_of(file), file)
