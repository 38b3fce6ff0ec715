"""The engine and the server's own API: what one says the other understands."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from jobfair.attendees.models import Attendee, BadgeCode
from jobfair.attendees.operations import draw_codes
from jobfair.checkin.models import Conflict, Device, Scan
from jobfair.checkin.rules import ConflictKind, DeviceKind
from jobfair.checkin.service.devices import Post, begin_shift, invite_device, revoke_device
from jobfair.core.actor import SYSTEM
from jobfair.core.db import session, transaction
from tests.browser.conftest import ContextMaker, LiveServer
from tests.browser.door.fake_api import Phone, outcome, serve_scripts
from tests.factories import make_attendee, make_fair, make_household, make_station

pytestmark = pytest.mark.browser

NAMES = ("Amal", "Yusuf", "Olena")


class Hall:
    """A fair that goes on, with a shift, and phones that are paired with it."""

    def __init__(self, live: LiveServer, contexts: ContextMaker) -> None:
        self.live, self.contexts = live, contexts
        now = datetime.now(UTC)
        self.fair = make_fair(starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=7))
        household = make_household(self.fair, adults=0, children=0, lang="ar")
        self.people = [
            make_attendee(
                household,
                position=place,
                given_name=name,
                family_name="Haddad",
                name_key=f"{name.lower()} haddad",
            )
            for place, name in enumerate(NAMES)
        ]
        with transaction():
            draw_codes(self.fair.id, 120)
        self.post = Post(DeviceKind.SUPERVISOR, station_id=make_station(self.fair).id)
        ends = now + timedelta(hours=8)
        self.shift = begin_shift(self.fair, SYSTEM, ends_at=ends, phone="0541 1", now=now)

    def phone(self) -> Phone:
        """Pair a phone at the entrance."""
        now = datetime.now(UTC)
        invited = invite_device(self.fair, self.shift.id, self.post, SYSTEM, by_link=False, now=now)
        context = self.contexts()
        context.route(f"{self.live.url}/engine/*", serve_scripts)
        phone = Phone(context.new_page(), f"{self.live.url}/engine").open()
        return phone.pair(invited.code, self.shift.code or "")

    def code_of(self, name: str) -> str:
        """Return the code on somebody's badge."""
        query = sa.select(BadgeCode.code).join(Attendee).where(Attendee.given_name == name)
        code = session().scalar(query.where(Attendee.fair_id == self.fair.id))
        assert code is not None
        return code

    def scans(self) -> list[tuple[str, bool, bool]]:
        """Return the stored scans as outcome, whether offline, whether undone."""
        session().rollback()
        query = sa.select(Scan).where(Scan.fair_id == self.fair.id).order_by(Scan.scanned_at)
        return [
            (scan.outcome.value, scan.offline, scan.undone_at is not None)
            for scan in session().scalars(query)
        ]


@pytest.fixture
def hall(live_server: LiveServer, browser_context: ContextMaker) -> Hall:
    return Hall(live_server, browser_context)


def offline(phone: Phone, away: bool) -> None:
    phone.page.context.set_offline(away)


def test_scans_families_searches_and_undoing_reach_the_server(hall: Hall) -> None:
    phone = hall.phone()
    verdict = phone.scan(hall.code_of("Amal"))
    assert outcome(verdict) == "admitted"
    assert [other["given"] for other in verdict["others"]] == ["Yusuf", "Olena"]
    yusuf = phone.do("engine.find('yusuf')")[0]
    assert outcome(phone.do("engine.admit(given)", yusuf["hash"])) == "admitted"
    assert [one["hash"] for one in phone.do("engine.searchOnline('yusuf')")] == [yusuf["hash"]]
    phone.do("engine.undo(given)", verdict["id"])
    phone.sent()
    assert hall.scans() == [("admitted", False, True), ("admitted", False, False)]
    phone.do("engine.sync()")
    found = {one["given"]: one["inside"] for one in phone.do("engine.find('haddad')")}
    assert found == {"Amal": False, "Olena": False, "Yusuf": True}
    assert phone.page.evaluate("seen") == {"corrected": [], "trouble": []}
    assert phone.do("engine.counts.parked") == 0


def test_two_phones_without_network_let_one_badge_in(hall: Hall) -> None:
    one, other = hall.phone(), hall.phone()
    for phone in (one, other):
        offline(phone, away=True)
        assert outcome(phone.scan(hall.code_of("Amal"))) == "admitted"
        phone.page.wait_for_timeout(1_100)  # nobody answers while the verdict is seen
    for phone in (one, other):
        offline(phone, away=False)
        phone.do("engine.sync()")
        phone.sent()
    assert hall.scans() == [("admitted", True, False), ("already_inside", True, False)]
    conflict = session().scalars(sa.select(Conflict).where(Conflict.fair_id == hall.fair.id)).one()
    assert conflict.kind is ConflictKind.DOUBLE_ADMISSION
    one.do("engine.resolve(given, 'looked the same')", conflict.id)
    one.sent()
    session().rollback()
    assert conflict.reason == "looked the same"
    other.do("engine.sync()")
    assert other.do("engine.counts.inside") == 1


def test_what_others_did_is_known_after_the_next_look(hall: Hall) -> None:
    one, other = hall.phone(), hall.phone()
    verdict = one.scan(hall.code_of("Amal"))
    one.sent()
    other.do("engine.sync()")
    again = other.scan(hall.code_of("Amal"))
    assert outcome(again) == "already_inside"
    assert abs(again["firstScan"]["at"] - datetime.now(UTC)) < timedelta(minutes=1)
    one.do("engine.undo(given)", verdict["id"])
    one.sent()
    other.do("engine.sync()")
    assert not other.do("engine.find('amal')")[0]["inside"]


def test_walk_ins_are_registered_and_let_in(hall: Hall) -> None:
    phone = hall.phone()
    offline(phone, away=True)
    people = [{"given": "Sara", "family": "Nasr"}, {"given": "Omar", "family": "Nasr"}]
    household = {"people": people, "lang": "ar", "municipality": "03459014"}
    verdicts = phone.do("engine.walkIn(given)", household)
    assert [outcome(verdict) for verdict in verdicts] == ["admitted", "admitted"]
    offline(phone, away=False)
    phone.do("engine.sync()")
    phone.sent()
    phone.do("engine.sync()")
    assert phone.do("engine.counts.people") == len(NAMES) + 2
    assert phone.do("engine.counts.parked") == 0
    assert [told for told, *_ in hall.scans()] == ["admitted", "admitted"]


def test_a_revoked_phone_forgets_everything(hall: Hall) -> None:
    phone = hall.phone()
    device_id = session().scalars(sa.select(Device.id).where(Device.fair_id == hall.fair.id)).one()
    revoke_device(hall.fair, device_id, SYSTEM, now=datetime.now(UTC))
    phone.do("engine.sync()")
    phone.until("engine.state === 'ended'")
    assert phone.do("engine.reason") == "revoked"


def test_a_phone_that_is_handed_back_is_off_duty(hall: Hall) -> None:
    phone = hall.phone()
    phone.do("engine.end('handed_back')")
    session().rollback()
    device = session().scalars(sa.select(Device).where(Device.fair_id == hall.fair.id)).one()
    assert device.wiped_at is not None
    assert phone.do("engine.state") == "ended"
