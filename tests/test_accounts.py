"""Who may come in: the file of users, and the commands that change it."""

from __future__ import annotations

import json
import multiprocessing
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from commandline import MAIN, REPOSITORY, Run, wegwijs
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import UsersError
from ui import passwords
from ui.access import Role
from ui.accounts import FILE, Accounts, key_of

SECRET = "vier losse woorden hier"

pytestmark = pytest.mark.usefixtures("cheap_passwords")


def piped(*words: str | Path, typed: str, data: Path) -> Run:
    done = subprocess.run(
        [sys.executable, "-c", MAIN, "users", *map(str, words), "--data", str(data)],
        cwd=REPOSITORY, input=typed, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    return Run(done.returncode, done.stdout, done.stderr)


def add_some(data: Path, name: str) -> None:
    for number in range(3):
        Accounts(data).add(f"{name}{number}", Role.READER, SECRET)


def test_users_are_kept_for_their_owner_only_and_no_password_is(tmp_path: Path) -> None:
    Accounts(tmp_path).add("Zoë de Vries", Role.EDITOR, SECRET)
    Accounts(tmp_path).add("jan", Role.READER, SECRET)
    one, other = Accounts(tmp_path).all()
    text = (tmp_path / FILE).read_text(encoding="utf-8")

    assert (one.name, one.role, other.name, other.role) == (
        "jan", Role.READER, "Zoë de Vries", Role.EDITOR,
    )  # fmt: skip
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    assert SECRET not in text and one.password != other.password
    assert passwords.fits(SECRET, one.password)
    assert not passwords.fits(SECRET.upper(), one.password)
    assert sorted(path.name for path in tmp_path.iterdir()) == [FILE, "users.lock"]


def test_a_name_is_taken_however_it_is_written(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path)
    accounts.add("Zoë Smit", Role.READER, SECRET)

    with pytest.raises(UsersError, match="Er is al een gebruiker 'Zoë Smit'"):
        accounts.add(" ZOE\u0308  SMIT ", Role.EDITOR, SECRET)
    assert accounts.find("zoë smit") == accounts.all()[0]
    accounts.remove("ZOË SMIT")
    assert accounts.all() == ()
    with pytest.raises(UsersError, match="Er is geen gebruiker 'Zoë Smit'"):
        accounts.give_role("Zoë Smit", Role.EDITOR)


def test_a_password_costs_time_and_memory_to_check(tmp_path: Path) -> None:
    added = piped("add", "jan", "--role", "lezer", typed=f"{SECRET}\n", data=tmp_path)
    (user,) = Accounts(tmp_path).all()

    assert added.code == 0
    kind, n, r, p, *_ = user.password.split("$")
    assert (kind, int(n) * int(r) * 128 >= 2**25, int(p)) == ("scrypt", True, 3)


@given(st.text())
def test_a_name_has_one_key(name: str) -> None:
    assert key_of(key_of(name)) == key_of(name) == key_of(f" {name}\t")


@pytest.mark.parametrize("name", ["", " ", "-", "<b>", "a\nb\x00", "x" * 65, "jan/../"])
def test_what_is_no_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsersError, match="Deze naam kan niet"):
        Accounts(tmp_path).add(name, Role.READER, SECRET)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "te kort"), ("elf tekens!", "te kort"), ("x" * 201, "te lang"),
        ("121212121212121", "te makkelijk"), ("Pieter-2026!", "te makkelijk"),
    ],
)  # fmt: skip
def test_a_password_that_is_easy_to_guess_is_refused(
    tmp_path: Path, password: str, why: str
) -> None:
    with pytest.raises(UsersError, match=why):
        Accounts(tmp_path).add("pieter", Role.READER, password)
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize(
    "content",
    [
        "", "[]", '{"form": 1}', '{"form": 2, "users": []}', '{"form": 1, "users": [3]}',
        '{"form": 1, "users": [{"name": "jan", "role": "baas", "password": "x"}]}',
        '{"form": 1, "users": [{"name": "jan", "role": "lezer", "password": "scrypt$1$1$1$a$b"}]}',
    ],
)  # fmt: skip
def test_a_broken_file_is_told_in_dutch_and_left_alone(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content, encoding="utf-8")

    for work in (
        Accounts(tmp_path).all,
        lambda: Accounts(tmp_path).find("jan"),
        lambda: Accounts(tmp_path).add("jan", Role.READER, SECRET),
    ):
        with pytest.raises(UsersError, match="De lijst van gebruikers kan niet worden gelezen"):
            work()
    assert (tmp_path / FILE).read_text(encoding="utf-8") == content


def test_a_name_that_stands_twice_is_a_broken_file(tmp_path: Path) -> None:
    Accounts(tmp_path).add("jan", Role.READER, SECRET)
    content = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
    content["users"].append({**content["users"][0], "name": "JAN", "role": "redacteur"})
    (tmp_path / FILE).write_text(json.dumps(content), encoding="utf-8")

    with pytest.raises(UsersError):
        Accounts(tmp_path).all()


def test_several_processes_lose_no_user(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=add_some, args=(tmp_path, name)) for name in "xy"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)

    assert [user.name for user in Accounts(tmp_path).all()] == ["x0", "x1", "x2", "y0", "y1", "y2"]


def test_the_commands_add_list_change_and_remove(tmp_path: Path) -> None:
    added = piped("add", "Jan", "--role", "lezer", typed=f"{SECRET}\n", data=tmp_path)
    assert (added.code, added.out) == (0, "'Jan' kan inloggen als lezer.\n")
    assert piped("role", "jan", "redacteur", typed="", data=tmp_path).code == 0
    assert piped("password", "jan", typed="een ander lang woord\n", data=tmp_path).code == 0
    (user,) = Accounts(tmp_path).all()
    assert user.role is Role.EDITOR and passwords.fits("een ander lang woord", user.password)
    assert wegwijs("users", "list", "--data", tmp_path).out == "redacteur\tJan\n"
    assert wegwijs("users", "list", "--json", "--data", tmp_path).rows == [
        [{"name": "Jan", "role": "redacteur"}]
    ]

    assert wegwijs("users", "remove", "JAN", "--data", tmp_path).code == 0
    assert wegwijs("users", "list", "--data", tmp_path).out == "Er zijn nog geen gebruikers.\n"


def test_there_is_no_default_password_or_role(tmp_path: Path) -> None:
    silent = piped("add", "jan", "--role", "lezer", typed="", data=tmp_path)
    assert (silent.code, silent.out) == (1, "") and "te kort" in silent.err
    assert wegwijs("users", "add", "jan", "--data", tmp_path).code == 2
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize(("second", "code"), [(SECRET, 0), ("iets heel anders", 2)])
def test_on_a_terminal_the_password_is_asked_twice_and_not_shown(
    tmp_path: Path, second: str, code: int
) -> None:
    words = ["users", "add", "jan", "--role", "lezer", "--data", str(tmp_path)]
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(REPOSITORY)
        os.execv(sys.executable, [sys.executable, "-c", MAIN, *words])
    shown = b""
    for asked, answer in ((b"Wachtwoord: ", SECRET), (b"Nog een keer: ", second)):
        while asked not in shown:
            shown += os.read(terminal, 1024)
        os.write(terminal, f"{answer}\n".encode())
    try:
        while part := os.read(terminal, 1024):
            shown += part
    except OSError:  # the terminal is closed
        pass

    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == code
    assert SECRET.encode() not in shown
    assert (b"zijn niet gelijk" in shown) == bool(code)
    assert len(Accounts(tmp_path).all()) == (0 if code else 1)
