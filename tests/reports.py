"""Delivery status notifications, as mail servers write them."""

STATUS = """Reporting-MTA: dns; mx.example.net
{more}
Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such mailbox
"""
REPORT = """From: MAILER-DAEMON@mx.example.net
To: fair@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="next"

This is the mail system.
--next
Content-Type: text/plain; charset=utf-8

I'm sorry to have to inform you …
--next
Content-Type: message/delivery-status

{status_part}
--next
Content-Type: {returned_type}

{returned}
--next--
"""


def report(
    message_id: str,
    *,
    recipient: str = "family@example.org",
    status: str = "5.1.1",
    action: str = "failed",
    returned_type: str = "message/rfc822",
    more: str = "",
) -> bytes:
    """Return the notification about a mail of that message id."""
    returned = f"Message-ID: {message_id}\nSubject: Hello\nTo: family@example.org\n\nHello!"
    part = STATUS.format(recipient=recipient, action=action, status=status, more=more)
    return REPORT.format(status_part=part, returned_type=returned_type, returned=returned).encode()
