"""A fair with its people, its codes and the phones at its doors."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

import sqlalchemy as sa

from jobfair.attendees.models import Attendee, BadgeCode, Household
from jobfair.attendees.rules import AttendeeKind, AttendeeState, HouseholdState
from jobfair.checkin.models import Device, Shift, Station
from jobfair.checkin.rules import DeviceDirection, DeviceKind, StationKind
from jobfair.checkin.service.devices import hash_secret
from jobfair.core.codes import draw_code
from jobfair.core.db import session, transaction
from jobfair.fairs.models import Fair, Room
from jobfair.fairs.rules import Phase

SLUG, ELSEWHERE = "door-days", "elsewhere"
SALT = "5a" * 16
HALL = "Halle"
STATIONS = {
    "Eingang": StationKind.ENTRANCE,
    "Nordeingang": StationKind.ENTRANCE,
    "Ausgang": StationKind.EXIT,
    HALL: StationKind.HALL,
}
POSTS = ("Eingang", "Nordeingang", HALL, "Ausgang", "Eingang", "Nordeingang", "Ausgang", HALL)
"""Where the phones stand; the first is a supervisor's."""
PEOPLE_PER_SCAN = 0.45


@dataclass
class World:
    """The fair's facts, as somebody would know them who stood everywhere at once."""

    rng: Random
    posts: tuple[str, ...]
    fair_id: int = 0
    device_ids: list[int] = field(default_factory=list)
    families: list[list[str]] = field(default_factory=list)
    never_issued: list[str] = field(default_factory=list)
    issued_late: list[str] = field(default_factory=list)
    of_others: list[str] = field(default_factory=list)
    kept_out: set[str] = field(default_factory=set)
    walk_ins: set[str] = field(default_factory=set)

    @property
    def holders(self) -> set[str]:
        """Return all codes that somebody holds in the end."""
        held = {code for family in self.families for code in family}
        return held | set(self.issued_late) | self.walk_ins

    def zone(self, phone: int) -> str:
        """Return the room that the phone watches, or nothing for the house."""
        return HALL if self.posts[phone] == HALL else ""

    def phones_of(self, zone: str) -> list[int]:
        """Return the phones that watch the room, or the house."""
        return [phone for phone in range(len(self.posts)) if self.zone(phone) == zone]


def token_of(phone: int) -> str:
    """Return the token with which a phone calls."""
    return f"token of phone {phone}"


def make_world(scans: int, phones: int, rng: Random, now: datetime) -> World:
    """Make the fair under way, of which some are kept out already."""
    world = World(rng, POSTS[:phones])
    with transaction():
        world.fair_id = _open(SLUG, now)
        few = max(6, scans // 80)
        world.never_issued = _draw(rng, world.fair_id, few)
        world.issued_late = _draw(rng, world.fair_id, few)
        world.of_others = _draw(rng, _open(ELSEWHERE, now), few)
        _draw(rng, world.fair_id, 200)
        while sum(map(len, world.families)) < scans * PEOPLE_PER_SCAN:
            codes = _draw(rng, world.fair_id, rng.randint(1, 5))
            _register(world.fair_id, codes, now)
            world.families.append(codes)
        world.device_ids = _pair(world, now)
        keep_out(world, now)
    return world


def _open(slug: str, now: datetime) -> int:
    fair = Fair(
        slug=slug,
        name=slug,
        phase=Phase.RUNNING,
        starts_at=now - timedelta(hours=12),
        ends_at=now + timedelta(hours=6),
        venue="Halle",
        capacity=100_000,
        created_at=now,
    )
    session().add(fair)
    session().flush()
    return fair.id


def _draw(rng: Random, fair_id: int, count: int) -> list[str]:
    codes = [draw_code(rng) for _ in range(count)]
    rows = [{"code": code, "fair_id": fair_id} for code in codes]
    session().execute(sa.insert(BadgeCode), rows)
    return codes


def _register(fair_id: int, codes: Sequence[str], now: datetime) -> None:
    """Have a household hold these codes."""
    home = Household(
        fair_id=fair_id,
        submission_key=codes[0],
        state=HouseholdState.REGISTERED,
        lang="ar",
        municipality="03459014",
        registered_at=now,
        people=[
            Attendee(
                fair_id=fair_id,
                position=position,
                kind=AttendeeKind.ADULT,
                state=AttendeeState.REGISTERED,
                given_name="Amal",
                family_name="Haddad",
            )
            for position in range(len(codes))
        ],
    )
    session().add(home)
    session().flush()
    for code, person in zip(codes, home.people, strict=True):
        session().execute(
            sa.update(BadgeCode)
            .where(BadgeCode.code == code)
            .values(attendee_id=person.id, issued_at=now)
        )


def _pair(world: World, now: datetime) -> list[int]:
    hall = Room(fair_id=world.fair_id, name=HALL)
    shift = Shift(fair_id=world.fair_id, salt=SALT, made_at=now, ends_at=now + timedelta(hours=9))
    session().add_all((hall, shift))
    session().flush()
    stations = {
        name: Station(
            fair_id=world.fair_id,
            name=name,
            kind=kind,
            room_id=hall.id if kind is StationKind.HALL else None,
        )
        for name, kind in STATIONS.items()
    }
    session().add_all(stations.values())
    session().flush()
    devices = [
        Device(
            fair_id=world.fair_id,
            shift_id=shift.id,
            station_id=stations[post].id,
            name=f"Phone {phone}",
            kind=DeviceKind.STEWARD if phone else DeviceKind.SUPERVISOR,
            direction=DeviceDirection.BOTH,
            token_hash=hash_secret(token_of(phone)),
            pairing_until=now,
            pin_tries=0,
            made_at=now,
            paired_at=now,
        )
        for phone, post in enumerate(world.posts)
    ]
    session().add_all(devices)
    session().flush()
    return [device.id for device in devices]


def keep_out(world: World, now: datetime, share: float = 0.03) -> None:
    """Have some households cancel, some wait, and some badges be replaced."""
    for family in world.families:
        if world.rng.random() > share or world.kept_out.intersection(family):
            continue
        badges = sa.select(BadgeCode.attendee_id).where(BadgeCode.code.in_(family))
        homes = sa.select(Attendee.household_id).where(Attendee.id.in_(badges))
        change = world.rng.choice((_cancelled(now), _waiting(now), None))
        query: sa.Update
        if change is None:
            query = sa.update(BadgeCode).where(BadgeCode.code.in_(family)).values(voided_at=now)
        else:
            query = sa.update(Household).where(Household.id.in_(homes)).values(**change)
        session().execute(query.execution_options(synchronize_session=False))
        world.kept_out.update(family)


def _cancelled(now: datetime) -> dict[str, object]:
    return {"state": HouseholdState.CANCELLED, "cancelled_at": now}


def _waiting(now: datetime) -> dict[str, object]:
    return {"state": HouseholdState.WAITLISTED, "waiting_since": now}


def go_on_without_phones(world: World, blocks: Collection[str], now: datetime) -> None:
    """Have happen at the desk what the phones don't learn of: who cancels, who registers.

    The desk hands out no codes of the blocks that phones have.
    """
    world.never_issued = [code for code in world.never_issued if code not in blocks]
    world.issued_late = [code for code in world.issued_late if code not in blocks]
    with transaction():
        keep_out(world, now)
        for code in world.issued_late:
            _register(world.fair_id, [code], now)
