"""Who proves who he is comes in; who guesses waits."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import UsersError
from ui.access import Role
from ui.accounts import Accounts
from ui.guessing import Guesses
from ui.login import WRONG, Login, Refused, login_for
from ui.sessions import LASTS, Sessions

SECRET = "vier losse woorden hier"

pytestmark = pytest.mark.usefixtures("cheap_passwords")


class Clock:
    """A clock that goes when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    accounts = Accounts(tmp_path)
    accounts.add("Jan", Role.EDITOR, SECRET)
    return accounts


@pytest.fixture
def login(accounts: Accounts, clock: Clock) -> Login:
    return Login(accounts, Sessions(clock), Guesses(clock))


def entered(login: Login) -> str:
    key = login.enter("JAN", SECRET, "192.0.2.1")
    assert isinstance(key, str)
    return key


def test_a_session_ends_by_leaving_and_by_itself(login: Login, clock: Clock) -> None:
    one, other = entered(login), entered(login)
    assert one != other and len(one) > 40
    user = login.user(one)
    assert user and (user.name, user.role) == ("Jan", Role.EDITOR)

    login.leave(one)
    assert login.user(one) is None and login.user(other)
    clock.now += LASTS
    assert login.user(other) is None
    assert login.user("") is None


def test_another_role_counts_at_once(login: Login, accounts: Accounts) -> None:
    key = entered(login)
    accounts.give_role("jan", Role.READER)

    user = login.user(key)
    assert user and user.role is Role.READER


def test_who_is_removed_or_gets_another_password_is_out_at_once(
    login: Login, accounts: Accounts
) -> None:
    first = entered(login)
    accounts.give_password("jan", f"{SECRET}!")
    assert login.user(first) is None

    accounts.give_password("jan", SECRET)
    second = entered(login)
    accounts.remove("jan")
    assert login.user(second) is None
    accounts.add("jan", Role.READER, SECRET)  # another one of that name
    assert login.user(second) is None


def test_an_unknown_name_gets_the_answer_of_a_wrong_password(login: Login) -> None:
    wrong = login.enter("jan", "niet het wachtwoord", "192.0.2.1")
    unknown = login.enter("piet", SECRET, "192.0.2.1")

    assert wrong == unknown == Refused(WRONG)


def test_guessing_waits_longer_each_time_also_with_the_right_password(clock: Clock) -> None:
    guesses = Guesses(clock)
    waits = []
    for number in range(14):
        address = f"192.0.2.{number}"  # from everywhere: the name counts
        while wait := guesses.attempt("jan", address):
            clock.now += wait
        waits.append(clock.now)
    pauses = [after - before for before, after in zip(waits, waits[1:], strict=False)]

    assert pauses[:3] == [0, 0, 0]
    assert pauses[3:9] == [1, 2, 4, 8, 16, 32]
    assert set(pauses[9:]) == {60}  # so that who it is can come in
    assert guesses.attempt("JAN".lower(), "198.51.100.1") == 60
    assert guesses.attempt("piet", "198.51.100.1") == 0


def test_one_address_cannot_try_many_names(clock: Clock) -> None:
    guesses = Guesses(clock)
    tries = [guesses.attempt(f"naam{number}", f"2001:db8::{number}") for number in range(12)]

    assert tries == [0] * 10 + [1, 1]
    for _ in range(20):
        clock.now += guesses.attempt("nog een", "2001:db8::ffff")
        guesses.attempt("nog een", "2001:db8::ffff")
        guesses.right("nog een", "192.0.2.9")  # the name alone is forgiven
    assert guesses.attempt("x", "2001:db8::1") > 100
    assert guesses.attempt("x", "2001:db9::1") == 0


def test_a_right_password_is_forgiven_but_does_not_wipe_an_address(clock: Clock) -> None:
    guesses = Guesses(clock)
    for number in range(9):
        assert guesses.attempt(f"naam{number}", "192.0.2.1") == 0
    for _ in range(30):  # someone with a name of his own, between guesses at others
        assert guesses.attempt("eigen", "192.0.2.1") == 0
        guesses.right("eigen", "192.0.2.1")
    assert guesses.attempt("nog een", "192.0.2.1") == 0
    assert guesses.attempt("en nog een", "192.0.2.1") == 1


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 100)), max_size=60))
def test_no_name_is_tried_more_often_than_its_waits_allow(tries: list[tuple[str, float]]) -> None:
    clock = Clock()
    guesses = Guesses(clock)
    made: dict[str, list[float]] = {"a": [], "b": [], "c": []}
    for number, (name, pause) in enumerate(tries):
        clock.now += pause
        if guesses.attempt(name, f"2001:db8:{number:x}::1") == 0:
            made[name].append(clock.now)

    for times in made.values():
        for place, moment in enumerate(times):
            if place >= 4:
                assert moment - times[place - 1] >= min(2 ** (place - 4), 60) - 1e-6


def test_without_users_there_is_no_login(tmp_path: Path) -> None:
    with pytest.raises(UsersError, match="wegwijs users add NAAM --role redacteur"):
        login_for(tmp_path)
