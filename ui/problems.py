"""Say what went wrong to someone in a browser.

In:  an error of the one tree.
Out: what happened and what to do, in Dutch; for whoever has no command line as well.

Knows nothing of roles: an open window on one's own computer has its manager before it.
"""

from __future__ import annotations

import re

from ingest.errors import WegwijsError

ASK = "Vraag het aan wie Wegwijs beheert."
_FOR_A_MANAGER = re.compile(r"\bwegwijs [a-z]+|\s--[a-z]|\bWEGWIJS_[A-Z]")


def problem_text(error: WegwijsError) -> str:
    """Return what happened and what to do; what takes a command is for who manages Wegwijs."""
    if not _FOR_A_MANAGER.search(error.advice):
        return f"{error.what} {error.advice}"
    return f"{error.what} {ASK} Ben je dat zelf? {error.advice}"
