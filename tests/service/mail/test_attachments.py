"""What leaves with a mail."""

from email import message_from_bytes, policy
from email.message import EmailMessage

from flask import Flask

from jobfair.core.db import session, transaction
from jobfair.mail.delivery import Provider, init_attachments
from jobfair.mail.models import OutboxMail
from jobfair.mail.operations import queue_mail
from jobfair.mail.rules import Attachment, Letter
from jobfair.mail.service import deliver_due
from tests.factories import NOW, make_mail

CALENDAR = Attachment(
    "fair.ics",
    "text/calendar; method=PUBLISH; charset=utf-8",
    "BEGIN:VCALENDAR\r\nSUMMARY:معرض\r\nEND:VCALENDAR\r\n".encode(),
)
SHEET = Attachment("sheet.pdf", "application/pdf", b"%PDF-1.4\n\x00\xff")


def _delivered(app: Flask, *names: str, **providers: Provider) -> EmailMessage:
    """Return the mail as it left with those attachments."""
    init_attachments(app, providers)
    make_mail(attachments=list(names))
    assert deliver_due() == 1
    (file,) = (app.config["JOBFAIR"].data_dir / "outbox").iterdir()
    return message_from_bytes(file.read_bytes(), policy=policy.default)


def _broken(_mail: OutboxMail) -> Attachment | None:
    raise RuntimeError("the bus is gone")


def test_files_stand_beside_text_and_html(app: Flask) -> None:
    mail = _delivered(
        app, "calendar", "sheet", calendar=lambda _mail: CALENDAR, sheet=lambda _mail: SHEET
    )
    assert mail.get_content_type() == "multipart/mixed"
    words, calendar, sheet = mail.iter_parts()
    assert [part.get_content_type() for part in words.iter_parts()] == ["text/plain", "text/html"]
    assert calendar.get_content_type() == "text/calendar"
    assert calendar["Content-Type"].params["method"] == "PUBLISH"
    assert calendar.get_payload(decode=True) == CALENDAR.content
    assert (sheet.get_content_type(), sheet.get_filename()) == ("application/pdf", "sheet.pdf")
    assert sheet.get_payload(decode=True) == SHEET.content
    assert mail["Content-Language"] == "de"


def test_a_mail_leaves_without_what_cannot_be_made(app: Flask) -> None:
    mail = _delivered(
        app,
        "broken",
        "nothing",
        "unknown",
        "sheet",
        broken=_broken,
        nothing=lambda _mail: None,
        sheet=lambda _mail: SHEET,
    )
    assert [part.get_filename() for part in mail.iter_attachments()] == ["sheet.pdf"]


def test_a_mail_without_attachments_has_two_parts(app: Flask) -> None:
    assert _delivered(app).get_content_type() == "multipart/alternative"


def test_the_provider_sees_whose_mail_it_is(app: Flask) -> None:
    seen = []
    init_attachments(app, {"sheet": lambda mail: seen.append(mail.subject_id)})
    with transaction():
        queue_mail(
            "confirmation",
            "family@example.org",
            "ar",
            lambda: Letter("A", ("B",)),
            now=NOW,
            subject_kind="household",
            subject_id=7,
            attachments=("sheet",),
        )
    assert session().query(OutboxMail).one().attachments == ["sheet"]
    assert deliver_due() == 1
    assert seen == [7]
