"""What pairs a phone, shown to whoever invited it: the database keeps hashes only.

It is kept in the browser that asked for it until the phone is paired or the time is over.
"""

from dataclasses import dataclass

from flask import session
from markupsafe import Markup

from jobfair.attendees.badges.qr import qr_svg
from jobfair.checkin.service.devices import Invitation
from jobfair.core.codes import group_code
from jobfair.web.links import absolute

KEY = "pairing"
KEPT_MOST = 5


@dataclass(frozen=True)
class Ticket:
    """The code that pairs a phone, with a PIN where it is sent as a link."""

    code: str
    pin: str | None

    @property
    def shown_code(self) -> str:
        """Return the code in groups, as it is read out."""
        return group_code(self.code)

    @property
    def address(self) -> str:
        """Return where the scanner is."""
        return absolute("checkin.index")

    @property
    def link(self) -> str:
        """Return the address that opens the scanner with the code filled in."""
        return f"{self.address}#p={self.code}{'&l=1' if self.pin else ''}"

    @property
    def image(self) -> Markup:
        """Return the link as a QR code."""
        return Markup(qr_svg(self.link, self.shown_code))  # noqa: S704  # drawn by us


def keep(invitation: Invitation) -> None:
    """Have this browser know what pairs the device, among the last few."""
    known = _known()
    known.pop(str(invitation.device_id), None)
    known[str(invitation.device_id)] = (invitation.code, invitation.pin)
    session[KEY] = dict(list(known.items())[-KEPT_MOST:])


def ticket_of(device_id: int) -> Ticket | None:
    """Return what pairs the device, if this browser asked for it."""
    found = _known().get(str(device_id))
    return Ticket(*found) if found else None


def _known() -> dict[str, tuple[str, str | None]]:
    return dict(session.get(KEY, {}))
