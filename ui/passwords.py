"""Keep a password so that it can be checked and not be read back.

In:  a password.
Out: a line of text to store; whether a password belongs to such a line.

scrypt of the standard library, and not argon2: both are slow and need memory on purpose, and this
one needs no package. Its costs stand in the line, so they can be raised later.

Knows nothing of users, files or screens.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
import unicodedata

SHORTEST, LONGEST = 12, 200  # characters
_FEWEST_SIGNS = 5  # different characters
_SHORT_NAME = 3  # characters; so short a name may be part of a word
COST = (2**15, 8, 3)  # N, r, p: 32 MiB and about a third of a second, as OWASP advises
_MEMORY = 64 * 1024 * 1024
_SALT = 16  # bytes
_NAME = "scrypt"
_FORM = re.compile(_NAME + r"(?:\$[1-9]\d{0,6}){3}\$[A-Za-z0-9+/]{22}==\$[A-Za-z0-9+/]{43}=")


def objection(password: str, name: str) -> str | None:
    """Return in Dutch why this cannot be the password of `name`, or None when it can."""
    if len(password) < SHORTEST:
        return f"Het wachtwoord is te kort. Gebruik minstens {SHORTEST} tekens."
    if len(password) > LONGEST:
        return f"Het wachtwoord is te lang. Gebruik hoogstens {LONGEST} tekens."
    named = len(name) > _SHORT_NAME and name.casefold() in password.casefold()
    if named or len(set(password)) < _FEWEST_SIGNS:
        return "Het wachtwoord is te makkelijk te raden. Neem bijvoorbeeld vier losse woorden."
    return None


def hashed(password: str) -> str:
    """Return what to store of a password; every time another text."""
    salt = secrets.token_bytes(_SALT)
    return "$".join((_NAME, *map(str, COST), _text(salt), _text(_digest(password, salt, COST))))


def fits(password: str, stored: str) -> bool:
    """Tell whether a password belongs to a stored text.

    Raises:
        ValueError: If it is not a text that `hashed` makes.
    """
    if not _FORM.fullmatch(stored):
        raise ValueError("not a stored password")
    _, n, r, p, salt, digest = stored.split("$")
    found = _digest(password, base64.b64decode(salt), (int(n), int(r), int(p)))
    return hmac.compare_digest(found, base64.b64decode(digest))


def is_stored(text: str) -> bool:
    """Tell whether a text is one that `hashed` makes."""
    return _FORM.fullmatch(text) is not None


def _digest(password: str, salt: bytes, cost: tuple[int, int, int]) -> bytes:
    # One form of é, whatever the keyboard sends.
    known = unicodedata.normalize("NFKC", password).encode(errors="surrogatepass")
    n, r, p = cost
    return hashlib.scrypt(known, salt=salt, n=n, r=r, p=p, maxmem=_MEMORY, dklen=32)


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()
