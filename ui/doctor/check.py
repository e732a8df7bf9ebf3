"""The records of an examination.

    Configured   what the user chose, by options and settings
    Check        one thing that was looked at: what was found, and what to do about it

Knows nothing of what is looked at or how it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Verdict(StrEnum):
    """How something is; the values stand in the JSON."""

    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Configured:
    """What the user chose.

    Attributes:
        data: The data folder.
        embedding: Another embedding model, "" for the embedded one.
        reranker: A cross-encoder, "" for none.
        port: Where the window is to listen.
        llm: The setting of a language model that words answers, "" for none.
        judge: The setting of a language model that judges answers, "" for none.
    """

    data: Path
    embedding: str
    reranker: str
    port: int
    llm: str = ""
    judge: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: What, in a few Dutch words.
        verdict: How it is.
        found: What was found, a Dutch sentence.
        advice: What to do, "" where nothing is to be done.
    """

    name: str
    verdict: Verdict
    found: str
    advice: str = ""


def ok(name: str, found: str) -> Check:
    """Return that all is well."""
    return Check(name, Verdict.OK, found)


def warning(name: str, found: str, advice: str) -> Check:
    """Return that something deserves attention; Wegwijs works."""
    return Check(name, Verdict.WARNING, found, advice)


def wrong(name: str, found: str, advice: str) -> Check:
    """Return that something does not work."""
    return Check(name, Verdict.WRONG, found, advice)
