"""The commands on who may come in: `users add | list | remove | role | password`.

In:  arguments, WEGWIJS_DATA; a password from the terminal or, from a pipe, as one line.
Out: changed users, a list on stdout, an exit code.

Knows nothing of how users are kept.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ingest.errors import UsageError
from ui.access import Role
from ui.dutch import DutchGroup
from ui.options import data_option, json_option, print_json

_NAME = click.argument("name", metavar="NAAM")
_ROLES = [role.value for role in Role]


@click.group(cls=DutchGroup)
def users() -> None:
    """Bepaal wie kan inloggen: lezers stellen vragen, redacteuren beheren ook de bronnen."""


@users.command()
@_NAME
@click.option("--role", type=click.Choice(_ROLES), required=True, help="Wat iemand mag.")
@data_option
def add(name: str, role: str, data: Path) -> int:
    """Voeg een gebruiker toe; het wachtwoord typ je daarna."""
    from ui.accounts import Accounts

    Accounts(data).add(name, Role(role), _password())
    click.echo(f"'{name}' kan inloggen als {role}.")
    return 0


@users.command("list")
@data_option
@json_option
def list_users(data: Path, as_json: bool) -> int:
    """Laat zien wie kan inloggen."""
    from ui.accounts import Accounts

    known = Accounts(data).all()
    if as_json:
        print_json([{"name": user.name, "role": user.role.value} for user in known])
        return 0
    for user in known:
        click.echo(f"{user.role.value}\t{user.name}")
    if not known:
        click.echo("Er zijn nog geen gebruikers.")
    return 0


@users.command()
@_NAME
@data_option
def remove(name: str, data: Path) -> int:
    """Haal een gebruiker weg; wie is ingelogd, is dat dan meteen niet meer."""
    from ui.accounts import Accounts

    Accounts(data).remove(name)
    click.echo(f"'{name}' kan niet meer inloggen.")
    return 0


@users.command("role")
@_NAME
@click.argument("role", type=click.Choice(_ROLES), metavar="ROL")
@data_option
def give_role(name: str, role: str, data: Path) -> int:
    """Geef een gebruiker een andere rol; die geldt meteen."""
    from ui.accounts import Accounts

    Accounts(data).give_role(name, Role(role))
    click.echo(f"'{name}' is nu {role}.")
    return 0


@users.command("password")
@_NAME
@data_option
def give_password(name: str, data: Path) -> int:
    """Geef een gebruiker een nieuw wachtwoord; wie is ingelogd, moet dat opnieuw doen."""
    from ui.accounts import Accounts

    Accounts(data).give_password(name, _password())
    click.echo(f"'{name}' heeft een nieuw wachtwoord.")
    return 0


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().removesuffix("\n").removesuffix("\r")
    first = click.prompt("Wachtwoord", hide_input=True, err=True)
    if click.prompt("Nog een keer", hide_input=True, err=True) != first:
        raise UsageError("De wachtwoorden zijn niet gelijk.", "Probeer het nog een keer.")
    return str(first)
