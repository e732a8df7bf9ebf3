"""Which addresses may be asked for, and where a redirect may lead.

In:  an address as a person wrote it, or what a site answers.
Out: the address in its plain form, or why not.

Knows nothing of what is behind a name, and sends nothing.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from ingest.errors import SourceError
from ingest.sources.advice import BY_HAND

_PORTS = {"http": 80, "https": 443}
_LOGIN_PATH = re.compile(r"/(log-?in|sign-?in|inloggen|aanmelden|sso|saml2?|oauth2?|adfs)\b", re.I)


def checked_url(address: str) -> str:
    """Return an address as it is asked for: http(s), ASCII, no name or password.

    Raises:
        SourceError: If it is not such an address.
    """
    advice = "Schrijf het zo: https://www.voorbeeld.nl/pagina (zonder naam of wachtwoord)."
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii").lower()
        port = "" if parts.port is None else f":{parts.port}"
    except ValueError as problem:
        raise SourceError("Dit is geen goed webadres.", advice) from problem
    plain = parts.scheme in _PORTS and re.fullmatch(r"[a-z0-9._:-]+", host)
    if not plain or "@" in parts.netloc:
        raise SourceError("Dit is geen adres dat Wegwijs mag ophalen.", advice)
    place = f"[{host}]{port}" if ":" in host else f"{host}{port}"
    path, query = (quote(part, safe="/?%:@!$&'()*+,;=~-._") for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, place, path or "/", query, ""))


def redirected(url: str, location: str) -> str:
    """Return where a redirect leads, if that is on the same host and port.

    From http it may also lead to https, on the same port or the usual one.

    Raises:
        SourceError: If it leads elsewhere, or to a page to log in.
    """
    target = checked_url(urljoin(url, location))
    old, new = urlsplit(url), urlsplit(target)
    allowed = {(old.scheme, old.port or _PORTS[old.scheme])}
    if old.scheme == "http":
        allowed |= {("https", 443), ("https", old.port or 443)}
    if new.hostname != old.hostname or (new.scheme, new.port or _PORTS[new.scheme]) not in allowed:
        raise SourceError(
            f"De site verwijst door naar een andere plek ({target[:200]}).",
            "Hoort het document daar? Zet dan dat adres in de lijst.",
        )
    if _LOGIN_PATH.search(new.path) and not _LOGIN_PATH.search(old.path):
        raise SourceError("De site vraagt om in te loggen.", BY_HAND)
    return target
