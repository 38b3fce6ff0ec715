"""Decisions about people who sign in."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from jobfair.core.actor import Actor, Role

PASSWORD_LEAST = 10
PASSWORD_MOST = 200
DIFFERENT_LEAST = 5
EMAIL_MOST = 254
NAME_MOST = 120
PATH_MOST = 500
# From a second slash, or a backslash, browsers read another host; control characters they drop.
OWN_PATH = re.compile(rf"/(?!/)[^\x00-\x20\\]{{0,{PATH_MOST - 1}}}")
SESSION_IDLE = timedelta(days=14)
SESSION_TOUCH = timedelta(minutes=5)


class LinkPurpose(StrEnum):
    """What a one-use link is for."""

    SIGN_IN = "sign_in"
    INVITATION = "invitation"
    RESET = "reset"


class PartnerKind(StrEnum):
    """What an organisation is that helps people to come."""

    JOB_CENTRE = "job_centre"
    MIGRATION_CENTRE = "migration_centre"
    MUNICIPALITY = "municipality"
    VOLUNTEERS = "volunteers"
    OTHER = "other"


class MemberKind(StrEnum):
    """As what somebody helps: by office, or as a volunteer."""

    COUNSELLOR = "counsellor"
    VOLUNTEER = "volunteer"


class AccessState(StrEnum):
    """What became of a wish to help."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"


LINK_LIFE: dict[LinkPurpose, timedelta] = {
    LinkPurpose.SIGN_IN: timedelta(minutes=30),
    LinkPurpose.INVITATION: timedelta(days=14),
    LinkPurpose.RESET: timedelta(hours=2),
}

HOMES: tuple[tuple[Role, str], ...] = (
    (Role.ORGANISER, "/desk/"),
    (Role.DOOR, "/door/pair"),
    (Role.ATTENDANT, "/door/pair"),
    (Role.PARTNER, "/partner/"),
    (Role.EXHIBITOR, "/exhibitor/"),
)


def home_of(actor: Actor) -> str:
    """Return the page where this person's work begins."""
    roles = {grant.role for grant in actor.grants}
    return next((path for role, path in HOMES if role in roles), "/")


def own_path(wish: str | None) -> str | None:
    """Return the path if it can only lead to a page of ours, else None."""
    return wish if wish and OWN_PATH.fullmatch(wish) else None


def password_fault(password: str, email: str) -> str | None:
    """Return the code of what is wrong with a new password, None where it will do."""
    if len(password) < PASSWORD_LEAST:
        return "password_short"
    if len(password) > PASSWORD_MOST:
        return "password_long"
    plain = password.casefold()
    if len(set(plain)) < DIFFERENT_LEAST or plain in (email, email.split("@")[0]):
        return "password_simple"
    return None


@dataclass(frozen=True)
class Device:
    """A browser and what it runs on, as far as it says so; empty where it doesn't."""

    browser: str
    system: str

    def __str__(self) -> str:
        return f"{self.browser}/{self.system}"

    @classmethod
    def read(cls, text: str) -> "Device":
        """Return the device that was written down with `str`."""
        browser, _, system = text.partition("/")
        return cls(browser, system)


# The first that fits names it: most browsers also call themselves Chrome or Safari.
BROWSERS = (
    ("Edge", r"Edg(e|A|iOS)?/"),
    ("Opera", r"OPR/|Opera"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/|Chromium/"),
    ("Safari", r"Safari/"),
)
SYSTEMS = (
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("ChromeOS", r"CrOS"),
    ("macOS", r"Macintosh"),
    ("Linux", r"Linux|X11"),
)


def device_of(user_agent: str) -> Device:
    """Return browser and system that the user agent names."""
    return Device(_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent))


def _first(signs: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for name, sign in signs if re.search(sign, text)), "")
