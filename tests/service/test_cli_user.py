"""`flask jobfair user add`: one link on standard output, or one line that says why not."""

from datetime import datetime

import pytest
from click.testing import Result
from flask import Flask

from jobfair.accounts import queries, service
from jobfair.accounts.rules import Device
from jobfair.cli import commands
from jobfair.core.actor import Role
from jobfair.core.db import transaction
from tests.factories import make_fair, make_user


@pytest.fixture
def run(app: Flask):
    """Run the command with these words."""

    def command(*words: str) -> Result:
        return app.test_cli_runner().invoke(commands, ["user", "add", *words])

    return command


def test_it_prints_a_link_for_one_use(app: Flask, run, now: datetime) -> None:
    result = run("Chefin@Example.org", "--role", "organiser", "--name", "Die Chefin")
    assert (result.exit_code, result.stderr) == (0, "")
    url = result.stdout.strip()
    assert url.startswith("https://fair.example.org/sign-in/link/")
    user = queries.find_user_by_email("chefin@example.org")
    assert user is not None
    assert (user.name, user.lang) == ("Die Chefin", "de")
    key = service.accept_invitation(url.rsplit("/", 1)[1], "Chefin", None, Device("", ""), now=now)
    found = queries.find_session(key, now)
    assert found is not None
    assert [(g.role, g.fair_id) for g in found.grants] == [(Role.ORGANISER, None)]


def test_it_can_be_run_again(app: Flask, run) -> None:
    fair = make_fair()
    words = ("a@example.org", "--role", "door", "--fair", fair.slug, "--lang", "en")
    first, second = run(*words), run(*words)
    assert first.exit_code == second.exit_code == 0
    assert first.stdout != second.stdout
    assert [member.roles for member in queries.list_team(fair.id)] == [(Role.DOOR,)]


def test_an_unknown_fair_is_refused(app: Flask, run) -> None:
    result = run("a@example.org", "--role", "door", "--fair", "nowhere-2026")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1
    assert "nowhere-2026" in result.stderr
    assert queries.find_user_by_email("a@example.org") is None


def test_a_closed_account_is_refused(app: Flask, run, now: datetime) -> None:
    user = make_user(Role.DOOR)
    with transaction() as current:
        current.merge(user).disabled_at = now
    result = run(user.email, "--role", "door")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "closed" in result.stderr


@pytest.mark.parametrize(
    "words",
    [("no-address", "--role", "door"), ("a@example.org",), ("a@example.org", "--role", "king")],
)
def test_wrong_usage(app: Flask, run, words: tuple[str, ...]) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
