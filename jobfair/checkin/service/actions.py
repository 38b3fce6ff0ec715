"""Use cases of what is done about scans at the door: undoing, overriding, resolving."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from jobfair.audit.operations import record
from jobfair.checkin.batch import Handful
from jobfair.checkin.duty import Duty
from jobfair.checkin.items import Action
from jobfair.checkin.lookup import find_badges
from jobfair.checkin.models import Device, Scan
from jobfair.checkin.rules import (
    IN_BUSES,
    UNDO_OWN,
    Direction,
    ItemKind,
    Right,
    time_counts,
)
from jobfair.checkin.service.conflicts import resolve_here, settle
from jobfair.checkin.service.items import Answer, answer_once
from jobfair.checkin.wire import Answer as ScanAnswer
from jobfair.checkin.wire import DeviceState, ScanInput
from jobfair.checkin.writer import ScanWriter
from jobfair.core.actor import Actor, ActorKind
from jobfair.core.db import assert_writing, session
from jobfair.core.errors import Conflict, Forbidden, Invalid, NotFound

TAKEN_BACK = "zurückgenommen"  # as in the reasons that people write


def take_action(duty: Duty, action: Action, writer: ScanWriter, *, now: datetime) -> Answer:
    """Have it be done, once for the same id; return the outcome where it made a new scan.

    Raises Forbidden("not_allowed"), NotFound("scan_unknown"), Conflict("id_reused"), OffDuty and
    what the kinds of action say.
    """
    if action.kind is ItemKind.OVERRIDE:
        return _override(duty, action, writer, now)
    steps = {ItemKind.UNDO: _undo, ItemKind.RESOLVE: _resolve}
    step = steps[action.kind]
    done = answer_once(duty, action, action.kind, lambda: step(duty, action, now), now=now)
    if action.kind is ItemKind.UNDO:
        writer.count_anew(duty.fair_id)
    return done


def _undo(duty: Duty, action: Action, now: datetime) -> Answer:
    """Have the scan be as if it had not been; raise Conflict too_late or scan_not_last."""
    scan = _scan(duty, action)
    current = assert_writing()
    find_badges(current.connection(), [scan.badge])  # locked: no scan of it is judged meanwhile
    current.refresh(scan, with_for_update=True)
    _check_undo(duty, action, scan, now)
    if scan.undone_at is None:
        scan.undone_at = now
        actor = Actor(ActorKind.DEVICE, duty.device_id)
        settle(scan, TAKEN_BACK, actor, now=now)
        record(
            actor,
            "scan.undone",
            "attendee",
            scan.attendee_id,
            now=now,
            fair_id=duty.fair_id,
        )
    return {"outcome": None}


def _check_undo(duty: Duty, action: Action, scan: Scan, now: datetime) -> None:
    if Right.UNDO not in duty.rights:
        if scan.device_id != duty.device_id:
            raise Forbidden("not_allowed")
        said, known = action.at - scan.scanned_at, now - scan.received_at
        if max(said, known) > UNDO_OWN:  # what a phone says of the time can't outdo our clock
            raise Conflict("too_late")
    if _has_later(scan):
        raise Conflict("scan_not_last")


def _has_later(scan: Scan) -> bool:
    """Tell whether the person went through the same door since, by a scan that counts as it does.

    A time in the future that nobody counts would otherwise keep all others from being undone.
    """
    if scan.direction in IN_BUSES:
        same_door = Scan.departure_id == scan.departure_id
    else:
        here = Scan.room_id.is_not_distinct_from(scan.room_id)
        same_door = sa.and_(here, Scan.direction.not_in(IN_BUSES))
    later = sa.exists().where(
        Scan.fair_id == scan.fair_id,
        Scan.attendee_id == scan.attendee_id,
        Scan.scanned_at > scan.scanned_at,
        Scan.passed,
        Scan.undone_at.is_(None),
        Scan.counts.is_(True) if scan.counts else sa.true(),
        same_door,
    )
    return bool(assert_writing().scalar(sa.select(later)))


def _resolve(duty: Duty, action: Action, now: datetime) -> Answer:
    """Have the conflict be resolved; raise NotFound("conflict_unknown")."""
    if Right.OVERRIDE not in duty.rights:
        raise Forbidden("not_allowed")
    if not action.reason:
        raise Invalid("reason_needed")
    actor = Actor(ActorKind.DEVICE, duty.device_id)
    resolve_here(duty.fair_id, action.conflict or 0, action.reason, actor, now=now)
    return {"outcome": None}


def _override(duty: Duty, action: Action, writer: ScanWriter, now: datetime) -> Answer:
    """Have the badge of the scan be let in with a reason, by a new scan with the action's id."""
    if Right.OVERRIDE not in duty.rights:
        raise Forbidden("not_allowed")
    if not action.reason:
        raise Invalid("reason_needed")
    scan = _scan(duty, action)
    if scan.direction in IN_BUSES:
        raise Conflict("not_allowed")
    insisted = ScanInput(
        id=action.id,
        badge=scan.badge,
        hash=None,
        station=scan.station,
        direction=Direction.IN,
        departure_id=None,
        device_at=action.at,
        scanned_at=_time_of_override(duty, action, scan, now),
        decided=None,
        offline=False,
        override_reason=action.reason,
    )
    (result,) = writer.write(Handful(duty, _state_of(duty), now, (insisted,)), list)
    if not isinstance(result, ScanAnswer):
        raise Conflict(result.error)
    return {"outcome": result.outcome.value}


def _time_of_override(duty: Duty, action: Action, scan: Scan, now: datetime) -> datetime:
    """Return when it was done: as it says, but not before the scan; now where that can't be true.

    Whoever is let in is inside, whatever the clock of the phone says.
    """
    at = action.at if time_counts(action.at, now, duty.first_day) else now
    return max(at, scan.scanned_at) if scan.counts else at


def _state_of(duty: Duty) -> DeviceState:
    """Return what the device last said of itself; an action says nothing of that."""
    device = session().get_one(Device, duty.device_id)
    offset = timedelta(milliseconds=device.offset_ms or 0)
    return DeviceState(offset, device.unsent, device.battery)


def _scan(duty: Duty, action: Action) -> Scan:
    scan = session().get(Scan, action.scan) if action.scan else None
    if scan is None or scan.fair_id != duty.fair_id:
        raise NotFound("scan_unknown")
    return scan
