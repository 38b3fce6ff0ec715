"""Steps of the door in the caller's transaction."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa

from jobfair.attendees.models import BadgeCode
from jobfair.checkin.models import Device, DoorItem, Scan, Shift
from jobfair.checkin.records import APART
from jobfair.checkin.rules import Direction, Outcome, time_counts
from jobfair.checkin.service.duties import first_day_of
from jobfair.core.actor import Actor
from jobfair.core.db import assert_writing
from jobfair.core.errors import Conflict
from jobfair.fairs.models import Fair


def let_go_of_bus(fair_id: int, departure_id: int, *, now: datetime) -> None:
    """Have no phone belong to the departure; those that are off duty are forgotten.

    Raises Conflict where badges were scanned on it, or a phone is on duty or awaited there.
    """
    session = assert_writing()
    of_bus = (Device.fair_id == fair_id, Device.departure_id == departure_id)
    phones = sa.select(Device.id).where(*of_bus)
    by_them = sa.or_(Scan.departure_id == departure_id, Scan.device_id.in_(phones))
    if session.scalar(sa.select(sa.exists().where(Scan.fair_id == fair_id, by_them))):
        raise Conflict("departure_scanned")
    on_duty = phones.join(Shift, Shift.id == Device.shift_id).where(
        Device.revoked_at.is_(None), Device.wiped_at.is_(None), Shift.ends_at > now
    )
    if session.scalar(sa.select(on_duty.exists())):
        raise Conflict("departure_has_phones")
    for forgotten in (
        sa.delete(DoorItem).where(DoorItem.fair_id == fair_id, DoorItem.device_id.in_(phones)),
        sa.delete(Device).where(*of_bus),
    ):
        session.execute(forgotten, execution_options={"synchronize_session": False})


@dataclass(frozen=True)
class Ticks:
    """The paper list of a bus as it came to the desk: who was ticked of whom, and when."""

    departure_id: int
    station: str
    listed: Collection[int]
    boarded: Collection[int]
    alighted: Collection[int]
    at: datetime


def enter_ticks(fair: Fair, ticks: Ticks, actor: Actor, *, now: datetime) -> None:
    """Have those who were ticked be on board, or have got off, as if their badges were scanned.

    Whoever was scanned stays so; a tick of the desk that is taken out again is undone.
    """
    session = assert_writing()
    known = session.scalars(_scans_of(fair, ticks)).all()
    badges = _badges_of(ticks.listed)
    for direction, ticked in (
        (Direction.BOARD, ticks.boarded),
        (Direction.ALIGHT, ticks.alighted),
    ):
        there = [scan for scan in known if scan.direction is direction]
        for scan in there:
            if scan.user_id is not None and scan.attendee_id not in ticked:
                scan.undone_at = now
        fresh = {*ticked} & {*ticks.listed} - {scan.attendee_id for scan in there}
        for person in sorted(fresh):
            scan = _scan_of(fair, ticks, direction, now)
            scan.attendee_id, scan.badge, scan.user_id = person, badges.get(person, ""), actor.id
            session.add(scan)


def _scans_of(fair: Fair, ticks: Ticks) -> sa.Select[Scan]:
    return sa.select(Scan).where(
        Scan.fair_id == fair.id,
        Scan.departure_id == ticks.departure_id,
        Scan.attendee_id.in_(ticks.listed),
        Scan.passed,
        Scan.undone_at.is_(None),
    )


def _badges_of(people: Collection[int]) -> dict[int, str]:
    query = sa.select(BadgeCode.attendee_id, BadgeCode.code).where(
        BadgeCode.attendee_id.in_(people), BadgeCode.voided_at.is_(None)
    )
    return {person: code for person, code in assert_writing().execute(query) if person}


def _scan_of(fair: Fair, ticks: Ticks, direction: Direction, now: datetime) -> Scan:
    """Return the scan that a tick stands for; whoever has got off got on before."""
    alights = direction is Direction.ALIGHT
    return Scan(
        id=uuid4(),
        fair_id=fair.id,
        departure_id=ticks.departure_id,
        station=ticks.station,
        direction=direction,
        outcome=Outcome.ALIGHTED if alights else Outcome.BOARDED,
        passed=True,
        device_at=ticks.at,
        scanned_at=ticks.at,
        received_at=now + APART if alights else now,
        counts=time_counts(ticks.at, now, first_day_of(fair)),
    )
