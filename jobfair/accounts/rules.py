"""Decisions about people who sign in."""

from datetime import timedelta
from enum import StrEnum

PASSWORD_LEAST = 10
PASSWORD_MOST = 200
EMAIL_MOST = 254
NAME_MOST = 120
SESSION_IDLE = timedelta(days=14)
SESSION_TOUCH = timedelta(minutes=5)


class LinkPurpose(StrEnum):
    """What a one-use link is for."""

    SIGN_IN = "sign_in"
    INVITATION = "invitation"
    RESET = "reset"


LINK_LIFE: dict[LinkPurpose, timedelta] = {
    LinkPurpose.SIGN_IN: timedelta(minutes=30),
    LinkPurpose.INVITATION: timedelta(days=14),
    LinkPurpose.RESET: timedelta(hours=2),
}
