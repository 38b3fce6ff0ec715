"""Carrying a mail out: by SMTP, or as an .eml file where no server is named."""

import logging
import smtplib
import ssl
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from email.message import EmailMessage
from email.policy import default
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from flask import Flask, current_app

from config import Config
from jobfair.mail.models import OutboxMail
from jobfair.mail.rules import Attachment, refuses_for_good
from jobfair.web.links import token_for

log = logging.getLogger("jobfair.mail")
TIMEOUT = 30.0
LINK = "mail"
LINK_VERSION = 1
Provider = Callable[[OutboxMail], Attachment | None]


def init_attachments(app: Flask, providers: Mapping[str, Provider]) -> None:
    """Have mails that name an attachment leave with what its provider makes at that time."""
    app.extensions["attachments"] = dict(providers)


def message_of(mail: OutboxMail, config: Config, now: datetime) -> EmailMessage:
    """Return the mail as text and HTML with its attachments, under an id that stays over retries.

    The id holds a proof that nobody else can make, so that what comes back can be believed.
    """
    message = EmailMessage()
    message["Subject"] = mail.subject
    message["From"] = config.mail_from
    message["To"] = mail.recipient
    message["Date"] = format_datetime(now)
    domain = urlsplit(config.base_url).hostname or "localhost"
    message["Message-ID"] = f"<{token_for(LINK, mail.id, LINK_VERSION)}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    for attachment in _attachments_of(mail):
        _attach(message, attachment)
    message["Content-Language"] = mail.lang  # last: a new content takes such headers away
    return message


def _attachments_of(mail: OutboxMail) -> Iterator[Attachment]:
    """Go through what can be made of the named attachments; the mail leaves without the rest."""
    providers: dict[str, Provider] = current_app.extensions.get("attachments", {})
    for name in mail.attachments:
        try:
            attachment = providers[name](mail)
        except Exception as error:  # a mail without its sheet is worth more than none
            log.warning("attachment", extra={"kind": f"{name}: {type(error).__name__}"})
            continue
        if attachment is not None:
            yield attachment


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    kind = default.header_factory("Content-Type", attachment.media_type)
    message.add_attachment(
        attachment.content,
        maintype=kind.maintype,
        subtype=kind.subtype,
        params=dict(kind.params),
        filename=attachment.name,
    )


def deliver(message: EmailMessage, config: Config, name: str) -> None:
    """Hand the message over; raise OSError or SMTPException where that fails."""
    if config.smtp_url:
        _by_smtp(message, urlsplit(config.smtp_url))
    else:
        _as_file(message, config.data_dir / "outbox" / f"{name}.eml")


def is_refusal(error: Exception) -> bool:
    """Tell whether the mail failed because its address takes no mail, so that no retry helps."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    answers = error.recipients.values()
    return all(refuses_for_good(code, words.decode(errors="replace")) for code, words in answers)


def _by_smtp(message: EmailMessage, server: SplitResult) -> None:
    context = ssl.create_default_context()
    with _connect(server, context) as client:
        client.ehlo()
        if server.scheme == "smtp" and client.has_extn("starttls"):
            client.starttls(context=context)
            client.ehlo()
        if server.username:
            client.login(unquote(server.username), unquote(server.password or ""))
        client.send_message(message)


def _connect(server: SplitResult, context: ssl.SSLContext) -> smtplib.SMTP:
    host = server.hostname or ""
    if server.scheme == "smtps":
        return smtplib.SMTP_SSL(host, server.port or 465, timeout=TIMEOUT, context=context)
    return smtplib.SMTP(host, server.port or 587, timeout=TIMEOUT)


def _as_file(message: EmailMessage, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(bytes(message))
    part.replace(path)
