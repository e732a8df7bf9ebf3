"""Who may do what in the window.

In:  a request that came through the door of the web server.
Out: the role and the name of who sent it.

The role stands in the request's ASGI scope, where only the server can write: what a browser sends
along never decides.

Knows nothing of how someone shows who he is.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from enum import StrEnum
from typing import Any

_ROLE, _NAME = "wegwijs.role", "wegwijs.name"


class Role(StrEnum):
    """What someone may do; the values stand in the file of users."""

    READER = "lezer"
    EDITOR = "redacteur"


def grant(scope: MutableMapping[str, Any], role: Role, name: str = "") -> None:
    """Give the sender of a request a role, and the name that he logged in with."""
    scope[_ROLE], scope[_NAME] = role, name


def role_of(scope: MutableMapping[str, Any]) -> Role:
    """Return the role of who sent a request; a reader's when nothing was granted."""
    role = scope.get(_ROLE)
    return role if isinstance(role, Role) else Role.READER


def name_of(scope: MutableMapping[str, Any]) -> str:
    """Return the name that who sent a request logged in with; empty when he did not."""
    return str(scope.get(_NAME, ""))
