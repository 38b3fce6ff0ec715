"""`flask jobfair outbox …`: what mail servers and timers call."""

from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask

from jobfair.cli import commands
from jobfair.core.db import session
from jobfair.mail.delivery import message_of
from jobfair.mail.models import OutboxMail
from tests.factories import NOW, make_mail
from tests.reports import report

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    """Run the command with these words and standard input."""

    def command(*words: str, given: bytes = b"") -> Result:
        return app.test_cli_runner().invoke(commands, ["outbox", *words], input=given)

    return command


def _id_of(app: Flask, mail: OutboxMail) -> str:
    return str(message_of(mail, app.config["JOBFAIR"], NOW)["Message-ID"])


def test_what_is_due_is_sent_and_counted(app: Flask, run: Run) -> None:
    make_mail()
    make_mail()
    for left in ("2\n", "0\n"):
        result = run("send")
        assert (result.exit_code, result.stdout) == (0, left)


@pytest.mark.parametrize(("status", "said"), [("5.1.1", "bounced\n"), ("4.4.7", "ignored\n")])
def test_a_report_is_read_from_standard_input(app: Flask, run: Run, status: str, said: str) -> None:
    mail = make_mail(sent_at=NOW)
    result = run("bounce", given=report(_id_of(app, mail), status=status))
    assert (result.exit_code, result.stdout) == (0, said)
    session().rollback()
    assert bool(session().get_one(OutboxMail, mail.id).bounced_at) is (status == "5.1.1")


@pytest.mark.parametrize(
    "given",
    [b"", b"Subject: Hello\n\nfamily@example.org", b"\xff" * 99],
    ids=["nothing", "letter", "noise"],
)
def test_what_is_no_report_is_refused_in_one_line(run: Run, given: bytes) -> None:
    result = run("bounce", given=given)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1
    assert "@" not in result.stderr


def test_a_forged_report_is_refused_without_an_address(app: Flask, run: Run) -> None:
    mail = make_mail(sent_at=NOW)
    forged = report(_id_of(app, mail), recipient="somebody.else@example.org")
    result = run("bounce", given=forged)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "example" not in result.output


def test_wrong_usage(run: Run) -> None:
    assert run("bounce", "file").exit_code == 2
    assert run("bounce", "--help").exit_code == 0
    assert run("send", "now").exit_code == 2
