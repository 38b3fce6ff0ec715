"""The desk that begins a shift and pairs phones, and the people who come to the door."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import sqlalchemy as sa
from PIL import Image
from playwright.sync_api import Locator

from jobfair.attendees.models import Attendee, BadgeCode
from jobfair.checkin.models import Device, Scan
from jobfair.checkin.rules import Direction
from jobfair.core.actor import Role
from jobfair.core.db import session
from jobfair.core.text import sound_keys
from jobfair.fairs.models import Fair
from tests.browser.door.duty import Phone
from tests.browser.stage import DESK, Stage
from tests.browser.visitor import Visitor
from tests.factories import make_attendee, make_fair, make_household, make_user

HELP = "0541 501 0"
AMAL, YUSUF, LINA = ("Amal", "أمل"), ("Yusuf", "يوسف"), ("Lina", "لينا")


def fair_today(**given: Any) -> Fair:
    """Make a fair that has been going on for an hour."""
    now = datetime.now(UTC)
    times = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(hours=7)}
    return make_fair(**{**times, "phone": HELP, **given})


def family_of(fair: Fair, *names: tuple[str, str], lang: str = "ar", **given: Any) -> list[str]:
    """Make a household of people with those first names; return the codes of their badges."""
    household = make_household(fair, adults=0, children=0, lang=lang, **given)
    people = [
        make_attendee(
            household,
            position=place,
            given_name=latin,
            family_name="Haddad",
            own_given_name=own,
            own_family_name="حداد",
            name_key=f"{latin.lower()} haddad",
            sound_key="".join(f"|{sound}" for sound in sound_keys(f"{latin} Haddad")),
        )
        for place, (latin, own) in enumerate(names)
    ]
    query = sa.select(BadgeCode.code).where(BadgeCode.attendee_id.in_([one.id for one in people]))
    return list(session().scalars(query.order_by(BadgeCode.attendee_id)))


def shot(element: Locator) -> Image.Image:
    """Return how the element looks."""
    return Image.open(BytesIO(element.screenshot())).convert("L")


class Desk:
    """The organiser at the desk, with the fair's shift and its phones."""

    def __init__(self, stage: Stage, fair: Fair, *, hurried: bool = True) -> None:
        self.stage, self.fair = stage, fair
        self.visitor = stage.visitor(size=DESK)
        self.visitor.hurried = hurried
        self.page = self.visitor.page
        stage.server.sign_in(self.page.context, make_user(Role.ORGANISER, fair.id))
        self.shift_code = ""

    def open(self, path: str = "") -> Visitor:
        """Go to a page about the door."""
        self.visitor.open(self.stage.url(f"/desk/FAIR/door{path}"))
        return self.visitor

    def begin_shift(self) -> str:
        """Have a shift be under way until some hours after the fair; return its code."""
        self.open("/devices").send()
        self.shift_code = self._said()[0]
        return self.shift_code

    def invite(self, station: str, kind: str = "steward", *, by_link: bool = False) -> list[str]:
        """Have the desk show what pairs one more phone: its code and the shift's."""
        self.open("/devices/new")
        self.page.select_option("main [name=place]", label=station)
        self.page.check(f"main [name=kind][value={kind}]")
        self.page.check(f"main [name=way][value={'link' if by_link else 'screen'}]")
        self.visitor.send()
        return self._said()

    def phone(self, station: str, kind: str = "steward", **options: Any) -> Phone:
        """Pair another phone, which is then ready to scan."""
        if not self.shift_code:
            self.begin_shift()
        code, shift_code = self.invite(station, kind)
        return Phone.new(self.stage, **options).open().pair(code, shift_code).begin()

    def _said(self) -> list[str]:
        return self.page.locator("main .jf-said__code").all_inner_texts()

    def scans(self) -> list[tuple[str, bool]]:
        """Return what the server told of each scan, in the order of time, and who passed."""
        session().rollback()
        query = sa.select(Scan.outcome, Scan.passed).where(Scan.fair_id == self.fair.id)
        rows = session().execute(query.order_by(Scan.scanned_at))
        return [(outcome.value, passed) for outcome, passed in rows]

    def came(self) -> list[str]:
        """Return the first names of those whom a scan let in that nobody has taken back."""
        session().rollback()
        let_in = (Scan.direction == Direction.IN, Scan.passed, Scan.undone_at.is_(None))
        query = sa.select(Attendee.given_name).join(Scan, Scan.attendee_id == Attendee.id)
        return list(session().scalars(query.where(Scan.fair_id == self.fair.id, *let_in)))

    def device(self, name: str) -> Device:
        """Return the phone as the server knows it."""
        session().rollback()
        query = sa.select(Device).where(Device.fair_id == self.fair.id, Device.name == name)
        return session().scalars(query).one()

    def code_of(self, given_name: str) -> str:
        """Return the code on somebody's badge."""
        session().rollback()
        query = sa.select(BadgeCode.code).join(Attendee).where(Attendee.given_name == given_name)
        return session().scalars(query.where(Attendee.fair_id == self.fair.id)).one()
