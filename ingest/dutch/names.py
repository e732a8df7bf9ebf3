"""Find full names in Dutch text.

In:  any text.
Out: spans such as "Jan van den Berg"; some organisations look the same.

Knows nothing of documents, questions or who exists.
"""

from __future__ import annotations

import re

from ingest.records import Span

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+(?:-[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+)*"
_INFIX = r"(?:van|de|der|den|het|ten|ter|te|in|'t|el|la|von|di)"
_NAME = re.compile(
    rf"\b(?:{_CAPITAL}|(?:[A-Z]\.)+)(?:\s+(?:[A-Z]\.)+)*"
    rf"(?:\s+{_INFIX}){{0,3}}\s+{_CAPITAL}(?:\s*[-–]\s*(?:{_INFIX}\s+)*{_CAPITAL})?"
)  # fmt: skip


def find_names(text: str) -> list[Span]:
    """Return the spans that look like a person's full name; some organisations do too."""
    return [Span(match.start(), match.end()) for match in _NAME.finditer(text)]
