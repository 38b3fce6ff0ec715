"""Mails that came back: marked when the report can be believed."""

import pytest
from flask import Flask

from jobfair.core.db import session
from jobfair.mail.bounces import Outcome
from jobfair.mail.delivery import message_of
from jobfair.mail.events import MailBounced
from jobfair.mail.models import OutboxMail
from jobfair.mail.service import note_bounce
from tests.factories import NOW, make_mail
from tests.reports import report


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Give the list of what the outbox told other rooms."""
    events: list[object] = []
    monkeypatch.setattr("jobfair.mail.service.publish", events.append)
    return events


def _id_of(app: Flask, mail: OutboxMail) -> str:
    return str(message_of(mail, app.config["JOBFAIR"], NOW)["Message-ID"])


def _bounced() -> list[bool]:
    session().rollback()
    return [bool(mail.bounced_at) for mail in session().query(OutboxMail).order_by(OutboxMail.id)]


def test_a_mail_that_comes_back_is_marked_once(app: Flask, told: list[object]) -> None:
    mail, _other = make_mail(sent_at=NOW), make_mail(sent_at=NOW)
    for _time in range(2):
        assert note_bounce(report(_id_of(app, mail)), now=NOW) is Outcome.MARKED
    assert _bounced() == [True, False]
    assert told == [MailBounced(mail.id, NOW)]


def test_a_delay_marks_nothing(app: Flask, told: list[object]) -> None:
    delay = report(_id_of(app, make_mail(sent_at=NOW)), status="4.4.1", action="delayed")
    assert note_bounce(delay, now=NOW) is Outcome.NOT_FINAL
    assert (_bounced(), told) == ([False], [])


def test_what_is_forged_marks_nothing(app: Flask, told: list[object]) -> None:
    mail, waiting = make_mail(sent_at=NOW), make_mail()
    genuine = _id_of(app, mail)
    forged = (
        report(genuine, recipient="other@example.org"),
        report(genuine.replace("@", "A@")),
        report(f"<{'A' * 32}@fair.example.org>"),
        report(f"<{mail.id}@fair.example.org>"),
        report(_id_of(app, waiting)),
        report(""),
    )
    assert {note_bounce(raw, now=NOW) for raw in forged} == {Outcome.NOT_OURS}
    assert note_bounce(b"Subject: Hello\n\nThanks!", now=NOW) is Outcome.NO_REPORT
    assert (_bounced(), told) == ([False, False], [])


def test_a_forgotten_recipient_is_not_guessed(app: Flask) -> None:
    mail = make_mail(sent_at=NOW, recipient="")
    assert note_bounce(report(_id_of(app, mail), recipient=""), now=NOW) is not Outcome.MARKED
    assert _bounced() == [False]
