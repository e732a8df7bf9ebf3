"""Let users in who prove who they are.

In:  a name, a password, the address that they come from; later the key of a session.
Out: a key; the user of a key, with the role that he has now.

The users are looked up at every request: who is removed, or gets another role or password, loses
what his session gave at once.

Knows nothing of HTTP.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import UsersError
from ui import passwords
from ui.accounts import LONGEST_NAME, Accounts, User, key_of
from ui.guessing import Guesses
from ui.sessions import Sessions

WRONG = "Deze naam en dit wachtwoord horen niet bij elkaar. Probeer het nog een keer."


@dataclass(frozen=True, slots=True)
class Refused:
    """Someone is not let in.

    Attributes:
        why: In Dutch.
        wait: Seconds to wait before the next attempt; 0 when there is no need to.
    """

    why: str
    wait: int = 0


class Login:
    """The users of a folder, who of them is logged in, and who guesses."""

    def __init__(self, accounts: Accounts, sessions: Sessions, guesses: Guesses) -> None:
        """Let in the users of `accounts`."""
        self._accounts = accounts
        self._sessions = sessions
        self._guesses = guesses
        self._nobody = passwords.hashed("")

    def enter(self, name: str, password: str, address: str) -> str | Refused:
        """Return the key of a new session; this takes a while on purpose.

        Raises:
            UsersError: If the file of users cannot be read.
        """
        key = key_of(name[: LONGEST_NAME * 2])
        wait = self._guesses.attempt(key, address)
        if wait:
            return Refused(f"Er is te vaak een fout gemaakt. {_patience(wait)}", wait)
        user = self._accounts.find(name)
        # A name that does not exist takes as long as one that does.
        stored = user.password if user else self._nobody
        if len(password) > passwords.LONGEST or not passwords.fits(password, stored) or not user:
            return Refused(WRONG)
        self._guesses.right(key, address)
        return self._sessions.begin(user)

    def user(self, key: str) -> User | None:
        """Return who has a key, as he is now.

        Raises:
            UsersError: If the file of users cannot be read.
        """
        then = self._sessions.user(key)
        if then is None:
            return None
        now = self._accounts.find(then.name)
        # Removed and made again, or with another password: he is someone else.
        return now if now and now.password == then.password else None

    def leave(self, key: str) -> None:
        """End a session."""
        self._sessions.end(key)


def login_for(data: Path) -> Login:
    """Return the login of the users in a data folder.

    Raises:
        UsersError: If there are none, or they cannot be read.
    """
    accounts = Accounts(data)
    if not accounts.all():
        folder = shlex.quote(str(data))
        raise UsersError(
            "Anderen kunnen er zo bij, en er zijn nog geen gebruikers.",
            f"Maak er een met: wegwijs users add NAAM --role redacteur --data {folder}",
        )
    return Login(accounts, Sessions(), Guesses())


def _patience(seconds: int) -> str:
    if seconds == 1:
        return "Wacht 1 seconde en probeer het dan opnieuw."
    if seconds < 100:
        return f"Wacht {seconds} seconden en probeer het dan opnieuw."
    return f"Wacht {-(-seconds // 60)} minuten en probeer het dan opnieuw."
