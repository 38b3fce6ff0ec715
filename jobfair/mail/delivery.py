"""Carrying a mail out: by SMTP, or as an .eml file where no server is named."""

import smtplib
import ssl
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from config import Config
from jobfair.mail.models import OutboxMail

TIMEOUT = 30.0


def message_of(mail: OutboxMail, config: Config, now: datetime) -> EmailMessage:
    """Return the mail as text and HTML, with a message id that stays over retries."""
    message = EmailMessage()
    message["Subject"] = mail.subject
    message["From"] = config.mail_from
    message["To"] = mail.recipient
    message["Date"] = format_datetime(now)
    domain = urlsplit(config.base_url).hostname or "localhost"
    message["Message-ID"] = make_msgid(str(mail.id), domain)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    message["Content-Language"] = mail.lang  # last: a new content takes such headers away
    return message


def deliver(message: EmailMessage, config: Config, name: str) -> None:
    """Hand the message over; raise OSError or SMTPException where that fails."""
    if config.smtp_url:
        _by_smtp(message, urlsplit(config.smtp_url))
    else:
        _as_file(message, config.data_dir / "outbox" / f"{name}.eml")


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
