"""The command `doctor`: look at all that is configured and say what to mend.

In:  arguments, WEGWIJS_DATA, WEGWIJS_EMBEDDING, WEGWIJS_RERANKER, WEGWIJS_LLM,
     WEGWIJS_JUDGE.
Out: a line for each thing on stdout, or JSON; exit code 1 when something is wrong.

Knows nothing of what is looked at.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from ui.doctor.check import Check, Configured, Verdict
from ui.dutch import DutchCommand
from ui.options import (
    data_option,
    embedding_option,
    json_option,
    judge_option,
    llm_option,
    print_json,
    reranker_option,
)

_WORDS: Mapping[Verdict, str] = {
    Verdict.OK: "ok",
    Verdict.WARNING: "let op",
    Verdict.WRONG: "fout",
}
_LEFT, _WIDTH = 8, 96  # columns


@click.command(cls=DutchCommand)
@click.option("--port", type=click.IntRange(1, 65535), default=7860, help="Poort van de app.")
@data_option
@embedding_option
@reranker_option
@llm_option
@judge_option
@json_option
def doctor(
    port: int,
    data: Path,
    embedding: str | None,
    reranker: str | None,
    llm: str | None,
    judge: str | None,
    as_json: bool,
) -> int:
    """Kijk alles na wat is ingesteld, en zeg wat je kunt doen; verandert niets."""
    from ui.doctor.examine import examine
    from ui.output import printable

    configured = Configured(data, embedding or "", reranker or "", port, llm or "", judge or "")
    checks = examine(configured)
    is_well = all(check.verdict is not Verdict.WRONG for check in checks)
    if as_json:
        print_json({"ok": is_well, "checks": [asdict(check) for check in checks]})
    else:
        click.echo(printable(as_text(checks)))
    return 0 if is_well else 1


def as_text(checks: Sequence[Check]) -> str:
    """Return a line for each check, what to do under it, and a count."""
    lines = []
    for check in checks:
        lines.append(_wrapped(f"{_WORDS[check.verdict]:<{_LEFT}}", f"{check.name}: {check.found}"))
        if check.advice:
            lines.append(_wrapped(" " * _LEFT, f"→ {check.advice}"))
    counts = {verdict: sum(c.verdict is verdict for c in checks) for verdict in Verdict}
    counted = ", ".join(f"{counts[verdict]} {word}" for verdict, word in _WORDS.items())
    return "\n".join([*lines, f"\n{counted}."])


def _wrapped(start: str, text: str) -> str:
    # A path stays whole: people copy it.
    return textwrap.fill(
        text,
        _WIDTH,
        initial_indent=start,
        subsequent_indent=" " * (_LEFT + 2),
        break_long_words=False,
        break_on_hyphens=False,
    )
