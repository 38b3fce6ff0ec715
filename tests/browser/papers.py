"""What is read away from the browser: mails, PDF files, QR codes."""

import re
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pypdfium2
import zxingcpp
from PIL import Image

ARRIVES_WITHIN = 20.0
LINK = re.compile(r"^https?://\S+$", re.MULTILINE)


def mail_for(outbox: Path, recipient: str, kind: str) -> EmailMessage:
    """Return the mail of that kind, once it has arrived."""
    deadline = time.monotonic() + ARRIVES_WITHIN
    while time.monotonic() < deadline:
        for path in outbox.glob(f"*-{kind}.eml"):
            mail = message_from_bytes(path.read_bytes(), policy=policy.default)
            if mail["To"] == recipient:
                return mail
        time.sleep(0.1)
    raise AssertionError(f"no mail {kind} to {recipient}")


def words_in(mail: EmailMessage) -> str:
    """Return what the mail says to whoever reads it as text."""
    body = mail.get_body(("plain",))
    assert body is not None
    words: str = body.get_content()
    return words


def link_in(mail: EmailMessage) -> str:
    """Return the link in the mail."""
    found = LINK.search(words_in(mail))
    assert found, f"no link in {mail['Subject']}"
    return found[0]


def pictures_of(pdf: bytes, scale: float = 3) -> list[Image.Image]:
    """Return the pages as they look on paper, by default at 216 dots an inch."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=scale).to_pil().convert("L") for page in document]


def words_of(pdf: bytes) -> str:
    """Return what can be read on the pages."""
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def codes_on(page: Image.Image) -> set[str]:
    """Return what the QR codes of a page say."""
    return {code.text for code in zxingcpp.read_barcodes(page)}


def badges_on(page: Image.Image) -> dict[str, Image.Image]:
    """Return the badges of a page, cut out around their codes, by what the codes say."""
    badges = {}
    for code in zxingcpp.read_barcodes(page):
        if "/B/" not in code.text:
            continue
        place = code.position
        corners = (place.top_left, place.top_right, place.bottom_left, place.bottom_right)
        across, down = [one.x for one in corners], [one.y for one in corners]
        side = max(across) - min(across)
        box = (
            min(across) - side,
            min(down) - side // 5,
            max(across) + side // 5,
            max(down) + side // 3,
        )
        badges[code.text] = page.crop(box)
    return badges
