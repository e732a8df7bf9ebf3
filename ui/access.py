"""Who may do what in the window.

In:  a request that came through the door of the web server.
Out: the role of who sent it.

The role stands in the request's ASGI scope, where only the server can write: what a browser sends
along never decides.

Knows nothing of how someone shows who he is.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from enum import StrEnum
from typing import Any

_KEY = "wegwijs.role"


class Role(StrEnum):
    """What someone may do; the values stand in the file of users."""

    READER = "lezer"
    EDITOR = "redacteur"


def grant(scope: MutableMapping[str, Any], role: Role) -> None:
    """Give the sender of a request a role."""
    scope[_KEY] = role


def role_of(scope: MutableMapping[str, Any]) -> Role:
    """Return the role of who sent a request; a reader's when nothing was granted."""
    role = scope.get(_KEY)
    return role if isinstance(role, Role) else Role.READER
