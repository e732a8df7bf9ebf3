"""Tell addresses that lead a reader somewhere from those that a program uses.

In:  the target of a link.
Out: whether it is kept.

Knows nothing of formats. Nothing is fetched.
"""

from __future__ import annotations

_UNCLICKABLE = ("#", "javascript:", "data:", "vbscript:")


def clickable(url: str) -> bool:
    """Whether a target leads out of the place where it stands."""
    address = url.strip().lower()
    return bool(address) and not address.startswith(_UNCLICKABLE)
