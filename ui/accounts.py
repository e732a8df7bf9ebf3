"""Who may come in: users with a role, in a file of salted hashes.

In:  the data folder; a name, a role, a password.
Out: users.json there, for its owner only, replaced in one step; the users in it.

A name is the same however it is written in capitals. Several processes may change the file: one
at a time holds its lock.

Knows nothing of commands, sessions or screens.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
import unicodedata
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from filelock import FileLock

from ingest.errors import StorageError, UsersError
from ui import passwords
from ui.access import Role

FILE = "users.json"
LONGEST_NAME = 64
_LOCK = "users.lock"
_WAIT = 10  # seconds for another process to finish writing
_FORM = 1  # of the file
_NAME = re.compile(r"\w(?:[\w.@' -]*\w)?")
_FIELDS = {"name", "role", "password"}


@dataclass(frozen=True, slots=True)
class User:
    """Someone who may come in.

    Attributes:
        name: As it was given.
        role: What he may do.
        password: What is stored of his password; differs for every one that is set.
    """

    name: str
    role: Role
    password: str


class Accounts:
    """The users of a data folder."""

    def __init__(self, data: Path) -> None:
        """Know the folder; nothing is made before the first user."""
        self._folder = data
        self._file = data / FILE

    def all(self) -> tuple[User, ...]:
        """Return the users by name; none when there is no file.

        Raises:
            UsersError: If the file cannot be read.
        """
        users = self._read()
        return tuple(users[key] for key in sorted(users))

    def find(self, name: str) -> User | None:
        """Return a user, None when there is none of that name.

        Raises:
            UsersError: If the file cannot be read.
        """
        return self._read().get(key_of(name))

    def add(self, name: str, role: Role, password: str) -> None:
        """Add a user.

        Raises:
            UsersError: If the name is taken or is none, or the password is too weak.
        """
        name = " ".join(unicodedata.normalize("NFKC", name).split())
        if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME:
            raise UsersError(
                "Deze naam kan niet.",
                f"Gebruik letters, cijfers, spaties en . - _ @, hoogstens {LONGEST_NAME} tekens.",
            )
        stored = _stored(password, name)
        with self._changing() as users:
            if key_of(name) in users:
                raise UsersError(
                    f"Er is al een gebruiker '{users[key_of(name)].name}'.",
                    "Kies een andere naam; hoofdletters maken geen verschil.",
                )
            users[key_of(name)] = User(name, role, stored)

    def remove(self, name: str) -> None:
        """Take a user away.

        Raises:
            UsersError: If there is none of that name.
        """
        with self._changing() as users:
            del users[_known(users, name)]

    def give_role(self, name: str, role: Role) -> None:
        """Give a user another role.

        Raises:
            UsersError: If there is none of that name.
        """
        with self._changing() as users:
            key = _known(users, name)
            users[key] = replace(users[key], role=role)

    def give_password(self, name: str, password: str) -> None:
        """Give a user another password.

        Raises:
            UsersError: If there is none of that name, or the password is too weak.
        """
        stored = _stored(password, name)
        with self._changing() as users:
            key = _known(users, name)
            users[key] = replace(users[key], password=stored)

    def _read(self) -> Mapping[str, User]:
        try:
            now = self._file.stat()
            # Every page asks: read it again only when it is another file.
            return _users(self._file, (now.st_ino, now.st_mtime_ns, now.st_size))
        except FileNotFoundError:
            return {}
        except OSError as problem:
            raise _unreadable(self._file) from problem

    @contextmanager
    def _changing(self) -> Generator[dict[str, User]]:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self._folder / _LOCK, timeout=_WAIT, mode=0o600):
                users = dict(self._read())
                yield users
                _write(self._file, users)
        except OSError as problem:  # a lock that is not given in time is one too
            raise StorageError(
                "De gebruikers kunnen niet worden bewaard.",
                "Kijk of de schijf vol is, en of je in deze map mag schrijven.",
                file=str(self._file),
            ) from problem


@lru_cache(maxsize=8)
def _users(file: Path, _state: tuple[int, int, int]) -> Mapping[str, User]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        if content["form"] != _FORM:
            raise ValueError("another form")
        users = {key_of(row["name"]): _user(row) for row in content["users"]}
        if len(users) != len(content["users"]):
            raise ValueError("a name that stands twice")
    except (ValueError, TypeError, KeyError) as problem:
        raise _unreadable(file) from problem
    return users


def _user(row: dict[str, Any]) -> User:
    if set(row) != _FIELDS or not passwords.is_stored(row["password"]):
        raise ValueError("not a user")
    return User(row["name"], Role(row["role"]), row["password"])


def _write(file: Path, users: Mapping[str, User]) -> None:
    rows = [
        {"name": user.name, "role": user.role.value, "password": user.password}
        for _, user in sorted(users.items())
    ]
    text = json.dumps({"form": _FORM, "users": rows}, ensure_ascii=False, indent=1)
    # mkstemp makes it for its owner only, from the first byte.
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
    try:
        with open(handle, "w", encoding="utf-8") as out:
            out.write(f"{text}\n")
            out.flush()
            os.fsync(out.fileno())
        os.replace(name, file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def key_of(name: str) -> str:
    """Return what a name has in common with every other way to write it.

    Example:
        >>> key_of(" Zoë  de Vries") == key_of("ZOE\u0308 DE VRIES")
        True
    """
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return " ".join(plain.split())


def _known(users: Mapping[str, User], name: str) -> str:
    if key_of(name) not in users:
        raise UsersError(
            f"Er is geen gebruiker '{name}'.", "Kijk wie er zijn met: wegwijs users list"
        )
    return key_of(name)


def _stored(password: str, name: str) -> str:
    reason = passwords.objection(password, name)
    if reason is not None:
        what, advice = reason.split(". ", 1)
        raise UsersError(f"{what}.", advice)
    return passwords.hashed(password)


def _unreadable(file: Path) -> UsersError:
    return UsersError(
        "De lijst van gebruikers kan niet worden gelezen.",
        "Zet een kopie terug, of haal het bestand weg en maak de gebruikers opnieuw met "
        "'wegwijs users add'.",
        file=str(file),
    )
