"""`flask jobfair demo`: the slug on standard output, all else on standard error."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from jobfair.accounts.keys import proves_password
from jobfair.accounts.queries import find_user_by_email
from jobfair.cli import commands
from jobfair.core.db import session
from jobfair.demo.accounts import DEMO_ACCOUNTS, PASSWORD
from jobfair.exhibitors.queries import list_own
from jobfair.fairs.models import Fair
from tests.client import PageClient

Run = Callable[..., Result]
HOMES = (
    "/desk/",
    "/door/pair",
    "/door/pair",
    "/exhibitor/",
    "/partner/osnabrueck-2026/",
    "/partner/osnabrueck-2026/",
)


@pytest.fixture
def run(app: Flask) -> Run:
    """Run the command for a small fair."""

    def command(*words: str) -> Result:
        small = ("demo", "--attendees", "40", "--exhibitors", "3")
        return app.test_cli_runner().invoke(commands, [*small, *words])

    return command


def test_it_says_what_was_made(app: Flask, run: Run) -> None:
    result = run()
    assert (result.exit_code, result.stdout) == (0, "osnabrueck-2026\n")
    assert "fair osnabrueck-2026 with 600 places" in result.stderr
    assert "40 people" in result.stderr
    assert PASSWORD in result.stderr
    kept = Path(app.config["JOBFAIR"].data_dir) / "demo-sign-ins.txt"
    assert all(account.email in kept.read_text() for account in DEMO_ACCOUNTS)


def test_it_refuses_what_exists(run: Run) -> None:
    run()
    result = run()
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Error: fair osnabrueck-2026 exists already\n"
    assert run("--fair", "noch-eine-2026").exit_code == 0


@pytest.mark.parametrize(
    "words", [("--fair", "no-digit"), ("--fair", "../1"), ("--attendees", "0")]
)
def test_wrong_usage(run: Run, words: tuple[str, str]) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")


def test_nothing_is_made_where_real_people_are(app: Flask, run: Run) -> None:
    app.config["JOBFAIR"] = replace(app.config["JOBFAIR"], environment="production")
    result = run()
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: JOBFAIR_ENV=production")
    assert session().scalars(sa.select(Fair)).all() == []
    assert find_user_by_email("organiser@example.org") is None


def test_accounts_sign_in_and_begin_where_their_work_is(run: Run, page: PageClient) -> None:
    run()
    for account, home in zip(DEMO_ACCOUNTS, HOMES, strict=True):
        user = find_user_by_email(account.email)
        assert user is not None
        assert proves_password(user.password_hash, PASSWORD)
        browser = PageClient(page.app)
        browser.get("/sign-in")
        browser.submit(fields={"email": account.email, "password": PASSWORD})
        assert browser.last is not None
        assert browser.last.url.startswith(home)
    exhibitor = find_user_by_email("exhibitor@example.org")
    assert exhibitor is not None
    assert [one.name for one in list_own(exhibitor.id)] == ["Lindenhag Pflege gGmbH"]
