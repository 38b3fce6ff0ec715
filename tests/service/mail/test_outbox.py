"""Mails: written with what they tell, delivered once, tried again, given up."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Barrier, Thread
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from flask_babel import gettext

from jobfair.core import clock
from jobfair.core.clock import frozen
from jobfair.core.db import session, transaction
from jobfair.mail.delivery import message_of
from jobfair.mail.events import MailDelivered, MailFailed
from jobfair.mail.models import OutboxMail
from jobfair.mail.operations import queue_mail
from jobfair.mail.rules import ATTEMPTS_MOST, Letter, wait_before
from jobfair.mail.service import deliver_due
from tests.factories import NOW, make_mail

REFUSED = {"nobody": "550 no such mailbox", "later": "451 4.7.1 try again", "relay": "554 5.7.1 no"}


class Postbox:
    """What a mail server was given; refuses addresses that begin with one of those words."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        for word, answer in REFUSED.items():
            if address.startswith(word):
                return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def postbox(app: Flask) -> Iterator[Postbox]:
    """Run a mail server of our own and have the application use it."""
    box = Postbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    app.config["JOBFAIR"] = replace(app.config["JOBFAIR"], smtp_url=f"smtp://127.0.0.1:{port}")
    yield box
    server.stop()


def _outbox() -> list[OutboxMail]:
    session().rollback()
    return session().query(OutboxMail).order_by(OutboxMail.id).all()


def test_a_mail_is_delivered_once_and_emptied(app: Flask, postbox: Postbox) -> None:
    make_mail(recipient="family@example.org", subject="Angemeldet – schön", text="Bis bald!")
    assert deliver_due() == 1
    assert deliver_due() == 0
    (mail,) = postbox.mails
    assert (mail["To"], mail["Subject"]) == ("family@example.org", "Angemeldet – schön")
    assert mail["From"] == app.config["JOBFAIR"].mail_from
    assert mail.get_body(("plain",)).get_content().strip() == "Bis bald!"
    assert "<p>" in mail.get_body(("html",)).get_content()
    (row,) = _outbox()
    assert (row.subject, row.text, row.html, row.sent_at) == ("", "", "", NOW)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Give the list of what the outbox told other rooms."""
    events: list[object] = []
    monkeypatch.setattr("jobfair.mail.service.publish", events.append)
    return events


def test_an_address_that_takes_no_mail_is_not_tried_again(
    app: Flask, postbox: Postbox, told: list[object]
) -> None:
    mail_id = make_mail(recipient="nobody@example.org").id
    assert deliver_due() == 0
    (row,) = _outbox()
    assert (row.attempts, row.failed_at, row.last_error) == (1, NOW, "SMTPRecipientsRefused")
    assert told == [MailFailed(mail_id, True, NOW)]


def test_a_delivered_mail_is_told_of(app: Flask, postbox: Postbox, told: list[object]) -> None:
    mail_id = make_mail().id
    deliver_due()
    assert told == [MailDelivered(mail_id, NOW)]


@pytest.mark.parametrize("word", ["later", "relay"])
def test_a_failed_mail_is_tried_again_and_then_given_up(
    app: Flask, postbox: Postbox, told: list[object], word: str
) -> None:
    mail_id = make_mail(recipient=f"{word}@example.org").id
    at = NOW
    for attempt in range(1, ATTEMPTS_MOST):
        with frozen(at):
            assert deliver_due() == 0
            assert deliver_due() == 0
        (row,) = _outbox()
        assert (row.attempts, row.last_error) == (attempt, "SMTPRecipientsRefused")
        assert row.not_before == at + wait_before(attempt)
        at = row.not_before
    with frozen(at):
        deliver_due()
    (row,) = _outbox()
    assert (row.attempts, row.failed_at) == (ATTEMPTS_MOST, at)
    assert told == [MailFailed(mail_id, False, at)]
    with frozen(at + timedelta(days=9)):
        assert deliver_due() == 0
    assert _outbox()[0].attempts == ATTEMPTS_MOST
    assert postbox.mails == []


@pytest.mark.parametrize("recipient", ["nobody@example.org", "a\nb@example.org", ""])
def test_a_bad_mail_holds_up_no_other(app: Flask, postbox: Postbox, recipient: str) -> None:
    make_mail(recipient=recipient)
    make_mail(recipient="family@example.org")
    assert deliver_due() == 1
    assert [mail["To"] for mail in postbox.mails] == ["family@example.org"]
    bad, good = _outbox()
    assert good.sent_at == NOW
    assert bad.sent_at is None
    assert bad.last_error


def test_no_server_answers(app: Flask) -> None:
    config = replace(app.config["JOBFAIR"], smtp_url="smtp://127.0.0.1:9")
    app.config["JOBFAIR"] = config
    make_mail()
    assert deliver_due() == 0
    assert _outbox()[0].last_error == "ConnectionRefusedError"


def test_two_workers_deliver_once(app: Flask, postbox: Postbox) -> None:
    for _mail in range(5):
        make_mail(created_at=NOW - timedelta(days=1), not_before=NOW - timedelta(days=1))
    together = Barrier(2)

    def work() -> None:
        with app.app_context(), frozen(NOW):
            together.wait()
            deliver_due()

    threads = [Thread(target=work) for _worker in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(postbox.mails) == 5
    assert all(row.sent_at for row in _outbox())


def test_the_message_id_stays_over_retries(app: Flask) -> None:
    mail, config = make_mail(), app.config["JOBFAIR"]
    first, second = (message_of(mail, config, NOW + timedelta(hours=n)) for n in range(2))
    other = message_of(make_mail(), config, NOW)
    assert first["Message-ID"] == second["Message-ID"] != other["Message-ID"]
    assert first["Message-ID"].endswith("@fair.example.org>")


def test_more_than_a_batch_leaves_at_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jobfair.mail.service.BATCH", 2)
    for recipient in ("a@example.org", "a\nb@example.org", "b@example.org", "c@example.org"):
        make_mail(recipient=recipient)
    assert deliver_due() == 3
    assert deliver_due() == 0


def test_without_a_server_mails_become_files(app: Flask) -> None:
    make_mail(subject="Ласкаво просимо", lang="uk")
    assert deliver_due() == 1
    (file,) = (app.config["JOBFAIR"].data_dir / "outbox").iterdir()
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert file.suffix == ".eml"
    assert (mail["Subject"], mail["Content-Language"]) == ("Ласкаво просимо", "uk")


def test_a_mail_is_written_in_the_readers_language(app: Flask) -> None:
    spoken = []

    def letter() -> Letter:
        spoken.append(gettext("Imprint"))
        url = "https://fair.example.org/my/abc?a=1&b=2"
        return Letter("Hello\nBcc: all@example.org", ("One <b>paragraph</b>.",), "Open", url)

    with transaction():
        queue_mail("test", "family@example.org", "prs", letter, now=NOW)
        queue_mail("test", "family@example.org", "ar", letter, now=NOW)
    assert len(spoken) == 2
    german, arabic = _outbox()
    assert (german.lang, arabic.lang) == ("de", "ar")
    assert german.subject == "Hello Bcc: all@example.org"
    assert 'dir="rtl"' in arabic.html
    assert "&lt;b&gt;" in arabic.html
    assert "https://fair.example.org/my/abc?a=1&b=2" in arabic.text


def test_what_is_not_committed_is_not_told(app: Flask) -> None:
    def change_of_mind() -> None:
        with transaction():
            queue_mail("test", "a@example.org", "de", lambda: Letter("A", ("B",)), now=NOW)
            raise LookupError

    with pytest.raises(LookupError):
        change_of_mind()
    assert _outbox() == []


def test_a_mail_is_not_sent_before_its_time(app: Flask) -> None:
    make_mail(not_before=clock.now() + timedelta(seconds=1))
    assert deliver_due() == 0
