"""Use cases of shifts and devices: beginning a shift, inviting, pairing, revoking."""

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from jobfair.attendees.models import BadgeCode
from jobfair.audit.operations import record
from jobfair.checkin.hashes import shift_proof
from jobfair.checkin.models import Device, Shift
from jobfair.checkin.rules import NAME_MOST, DeviceDirection, DeviceKind
from jobfair.core.actor import SYSTEM, Actor, ActorKind
from jobfair.core.codes import draw_code, plain_code
from jobfair.core.db import assert_writing, transaction
from jobfair.core.errors import Conflict, Forbidden, Invalid, NotFound
from jobfair.core.text import clean_line
from jobfair.fairs.models import Fair
from jobfair.fairs.operations import lock_fair

SHIFT_CODE = 10
PAIRING_CODE = 8
PIN = 6
PIN_TRIES = 5
ON_SCREEN = timedelta(minutes=15)
BY_LINK = timedelta(hours=72)
DOUBLE_CLICK = timedelta(seconds=10)
SAMPLES = 3
DIGITS = "0123456789"


@dataclass(frozen=True)
class Post:
    """Where a device is to stand and what it may do: a station, or a departure."""

    kind: DeviceKind
    direction: DeviceDirection = DeviceDirection.BOTH
    station_id: int | None = None
    departure_id: int | None = None


@dataclass(frozen=True)
class Invitation:
    """What pairs a device: a code for one use, with a PIN where it is sent as a link."""

    device_id: int
    code: str
    pin: str | None


@dataclass(frozen=True)
class Pairing:
    """A device that was just paired, and its token, which is kept nowhere."""

    fair_id: int
    device_id: int
    token: str


def begin_shift(fair: Fair, actor: Actor, *, ends_at: datetime, phone: str, now: datetime) -> Shift:
    """Have a shift be under way, with a code of its own.

    Raises Invalid("shift_over"), and Conflict("shift_under_way"): there is one at a time.
    """
    if ends_at <= now:
        raise Invalid("shift_over")
    with transaction() as session:
        lock_fair(fair.id)
        if session.scalar(active_shift(fair.id, now)) is not None:
            raise Conflict("shift_under_way")
        code, salt = draw_code(length=SHIFT_CODE), secrets.token_hex(16)
        shift = Shift(
            fair_id=fair.id,
            code=code,
            proof=shift_proof(code, bytes.fromhex(salt)),
            salt=salt,
            samples=[draw_code() for _ in range(SAMPLES)],
            phone=phone,
            made_by=actor.id if actor.kind is ActorKind.USER else None,
            made_at=now,
            ends_at=ends_at,
        )
        session.add(shift)
        session.flush()
        record(actor, "shift.begun", "shift", shift.id, now=now, fair_id=fair.id)
    return shift


def active_shift(fair_id: int, now: datetime) -> sa.Select[Shift]:
    """Return the query of the fair's shift that is under way."""
    going = (Shift.fair_id == fair_id, Shift.ended_at.is_(None), Shift.ends_at > now)
    return sa.select(Shift).where(*going).order_by(Shift.id).limit(1)


def end_shift(fair: Fair, shift_id: int, actor: Actor, *, now: datetime) -> Shift:
    """Have the shift be over: nobody knows its code any more, and its devices are off duty."""
    with transaction() as session:
        shift = session.get(Shift, shift_id, with_for_update=True)
        if shift is None or shift.fair_id != fair.id:
            raise NotFound("not_found")
        if shift.ended_at is None:
            shift.ends_at = max(min(shift.ends_at, now), shift.made_at + timedelta(seconds=1))
            forget(shift, now)
            record(actor, "shift.ended", "shift", shift.id, now=now, fair_id=fair.id)
    return shift


def end_due_shifts(*, now: datetime) -> int:
    """Have every shift be over whose time has come; return how many."""
    with transaction() as session:
        due = sa.select(Shift).where(Shift.ended_at.is_(None), Shift.ends_at <= now)
        shifts = session.scalars(due.with_for_update()).all()
        for shift in shifts:
            forget(shift, now)
            record(SYSTEM, "shift.ended", "shift", shift.id, now=now, fair_id=shift.fair_id)
    return len(shifts)


def forget(shift: Shift, now: datetime) -> None:
    """Have nothing be kept that could open what its devices hold, nor what they are called.

    The unused codes of their blocks are free for others.
    """
    shift.code, shift.proof, shift.samples, shift.ended_at = None, None, [], now
    assert_writing().execute(
        sa.update(Device).where(Device.shift_id == shift.id).values(name="", pairing_hash=None)
    )
    theirs = sa.select(Device.id).where(Device.shift_id == shift.id)
    unused = (BadgeCode.device_id.in_(theirs), BadgeCode.attendee_id.is_(None))
    assert_writing().execute(
        sa.update(BadgeCode)
        .where(BadgeCode.fair_id == shift.fair_id, *unused)
        .values(device_id=None)
        .execution_options(synchronize_session=False)
    )


def invite_device(
    fair: Fair,
    shift_id: int,
    post: Post,
    actor: Actor,
    *,
    by_link: bool,
    once: bool = False,
    now: datetime,
) -> Invitation:
    """Have a device be awaited; return what pairs it, which is shown once.

    `once`: asked for twice, as by a double click, it is one device, which the later code pairs.
    Raises NotFound where shift, station or departure are not the fair's, and
    Conflict("shift_over").
    """
    with transaction() as session:
        shift = session.get(Shift, shift_id, with_for_update=True)
        if shift is None or shift.fair_id != fair.id:
            raise NotFound("not_found")
        if shift.ended_at is not None or shift.ends_at <= now:
            raise Conflict("shift_over")
        wanted = asdict(post) | {
            "fair_id": fair.id,
            "shift_id": shift.id,
            "made_by": actor.id if actor.kind is ActorKind.USER else None,
        }
        device = _just_invited(wanted, now) if once else None
        if device is not None:
            return _invite(device, by_link=by_link, now=now)
        device = Device(**wanted, pin_tries=0, pairing_until=now, made_at=now)
        session.add(device)
        invitation = _invite(device, by_link=by_link, now=now)
        record(actor, "device.invited", "device", device.id, now=now, fair_id=fair.id)
    return invitation


def _just_invited(wanted: dict[str, Any], now: datetime) -> Device | None:
    """Return the device that the same person asked for a moment ago, if it still waits."""
    waits = (Device.made_at > now - DOUBLE_CLICK, Device.pairing_hash.is_not(None))
    return assert_writing().scalar(sa.select(Device).filter_by(**wanted).where(*waits).limit(1))


def invite_again(
    fair: Fair, device_id: int, actor: Actor, *, by_link: bool, now: datetime
) -> Invitation:
    """Have a new code pair the device; what it was paired with is refused from now on."""
    with transaction():
        device = _locked(fair.id, device_id)
        if device.shift.ends_at <= now:
            raise Conflict("shift_over")
        device.token_hash, device.paired_at, device.revoked_at = None, None, None
        device.pin_tries, device.wiped_at = 0, None
        invitation = _invite(device, by_link=by_link, now=now)
        record(actor, "device.invited", "device", device.id, now=now, fair_id=fair.id)
    return invitation


def _invite(device: Device, *, by_link: bool, now: datetime) -> Invitation:
    code = draw_code(length=PAIRING_CODE)
    pin = "".join(secrets.choice(DIGITS) for _ in range(PIN)) if by_link else None
    device.pairing_hash = hash_secret(code)
    device.pin_hash = None if pin is None else hash_secret(f"{code} {pin}")
    device.pairing_until = now + (BY_LINK if by_link else ON_SCREEN)
    assert_writing().flush()
    return Invitation(device.id, code, pin)


def pair_device(code: str, name: str, pin: str | None, *, now: datetime) -> Pairing:
    """Have whoever brings the code be the awaited device, once.

    Raises NotFound("pairing_unknown") for codes that are unknown, used or too old, or after too
    many wrong PINs; Invalid("pin_needed") and Forbidden("pin_wrong").
    """
    with transaction() as session:
        query = sa.select(Device).where(Device.pairing_hash == hash_secret(plain_code(code)))
        device = session.scalar(query.options(selectinload(Device.shift)).with_for_update())
        if device is None or not _may_pair(device, now):
            raise NotFound("pairing_unknown")
        wrong = device.pin_hash is not None and _is_wrong(device, plain_code(code), pin)
        token = "" if wrong else _pair(device, clean_line(name, NAME_MOST), now)
    if wrong:
        raise Forbidden("pin_wrong")
    return Pairing(device.fair_id, device.id, token)


def _may_pair(device: Device, now: datetime) -> bool:
    fresh = device.pairing_until > now and device.shift.ends_at > now
    return fresh and device.revoked_at is None and device.pin_tries < PIN_TRIES


def _is_wrong(device: Device, code: str, pin: str | None) -> bool:
    """Tell whether the PIN is wrong, and count it."""
    if not pin:
        raise Invalid("pin_needed")
    given = hash_secret(f"{code} {plain_code(pin)}")
    if secrets.compare_digest(given, device.pin_hash or ""):
        return False
    device.pin_tries += 1
    return True


def _pair(device: Device, name: str, now: datetime) -> str:
    token = secrets.token_urlsafe(32)
    device.name = name or device.name
    device.token_hash, device.pairing_hash, device.pin_hash = hash_secret(token), None, None
    device.paired_at, device.seen_at = now, now
    actor = Actor(ActorKind.DEVICE, device.id)
    record(actor, "device.paired", "device", device.id, now=now, fair_id=device.fair_id)
    return token


def revoke_device(fair: Fair, device_id: int, actor: Actor, *, now: datetime) -> Device:
    """Have the device be refused from now on, by which it wipes what it holds."""
    with transaction():
        device = _locked(fair.id, device_id)
        if device.revoked_at is None:
            device.revoked_at, device.pairing_hash = now, None
            record(actor, "device.revoked", "device", device.id, now=now, fair_id=fair.id)
    return device


def hand_back(token_hash: str, *, now: datetime) -> None:
    """Have the device, which says that it has wiped itself, be off duty."""
    with transaction() as session:
        query = sa.select(Device).where(Device.token_hash == token_hash).with_for_update()
        device = session.scalar(query)
        if device is not None:
            device.wiped_at, device.token_hash, device.unsent = now, None, 0
            actor = Actor(ActorKind.DEVICE, device.id)
            record(actor, "device.wiped", "device", device.id, now=now, fair_id=device.fair_id)


def _locked(fair_id: int, device_id: int) -> Device:
    query = sa.select(Device).where(Device.id == device_id, Device.fair_id == fair_id)
    device = assert_writing().scalar(query.options(selectinload(Device.shift)).with_for_update())
    if device is None:
        raise NotFound("not_found")
    return device


def hash_secret(secret: str) -> str:
    """Return under what a code or token of ours is kept; all of them are long and random."""
    return sha256(secret.encode()).hexdigest()
