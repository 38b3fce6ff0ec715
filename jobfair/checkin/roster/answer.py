"""The roster as it is sent: whole to a device that knows nothing, then what has changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from jobfair.checkin.duty import Duty
from jobfair.checkin.hashes import badge_hash
from jobfair.checkin.lookup import Door
from jobfair.checkin.models import Device
from jobfair.checkin.ports import BusNow, BusPlan
from jobfair.checkin.roster.cursor import read_cursor, write_cursor
from jobfair.checkin.roster.people import Entry, View, find_news, list_entries, list_pool
from jobfair.checkin.rules import AHEAD_MOST, Outcome
from jobfair.checkin.wire import show_time
from jobfair.fairs.models import Fair

NEWS_MOST = 2000  # of more people the whole list is no larger
DIGEST = 12
SAMPLES = (Outcome.ADMITTED, Outcome.WAITLISTED, Outcome.UNKNOWN)
BUS = "bus"


@dataclass(frozen=True)
class Post:
    """Where a device stands: its row with shift and station, and the codes of its block.

    At a station `inside` is how many people are behind its door, and `coming` the buses that are
    about to arrive; in a bus `riders` are on its lists, each with what is said of them there.
    """

    fair: Fair
    device: Device
    codes: tuple[str, ...]
    inside: int = 0
    coming: Sequence[BusNow] = ()
    bus: BusPlan | None = None
    riders: Mapping[int, Entry] = field(default_factory=dict)


def door_of(duty: Duty) -> Door:
    """Return the door at which the device stands."""
    if duty.departure_id is not None:
        return Door(departure_id=duty.departure_id)
    return Door(duty.zone_of(duty.station))


def roster_of(
    session: Session, duty: Duty, post: Post, cursor: str, now: datetime
) -> dict[str, Any]:
    """Return the roster, or what may have changed in it since the cursor."""
    mark = _mark(duty, post)
    since = read_cursor(cursor, mark, now)
    ids = find_news(session, duty.fair_id, since) if since is not None else None
    if ids is not None and len(ids) > NEWS_MOST:
        since = ids = None
    wanted = ids if post.bus is None else post.riders.keys()
    view = View(door_of(duty), until=now + AHEAD_MOST, rehearsal=now < duty.first_day)
    entries = list_entries(session, duty.fair_id, wanted, view, duty.salt, post.riders)
    return {
        "now": show_time(now),
        "cursor": write_cursor(now, mark),
        "full": since is None,
        **_facts(duty, post, now),
        "station": _station(duty, post, entries),
        "pool": list_pool(session, duty.fair_id, since, duty.salt, held=post.bus is not None),
        "codes": post.codes,
        "entries": entries,
        "buses": [show_coming(bus) for bus in post.coming],
        "gone": [],  # a code stays with its holder; with the seats of a bus the cursor changes
    }


def show_coming(bus: BusNow) -> dict[str, Any]:
    """Return a bus that is about to arrive as stations are told of it.

    Once anybody has got on, `people` are those on board.
    """
    return {
        "id": bus.departure_id,
        "line": bus.line,
        "direction": bus.direction,
        "name": bus.name,
        "fair_at": show_time(bus.fair_at),
        "late": bus.late,
        "people": bus.on_board or bus.expected,
        "on_board": bus.on_board,
    }


def _mark(duty: Duty, post: Post) -> str:
    """Return what makes another roster another one: the door, and who rides on a bus."""
    if post.bus is None:
        return f"room-{door_of(duty).room_id or 0}"
    riders = sha256(str(sorted(post.riders)).encode()).hexdigest()[:DIGEST]
    return f"bus-{post.bus.departure_id}-{riders}"


def _facts(duty: Duty, post: Post, now: datetime) -> dict[str, Any]:
    fair, device, shift = post.fair, post.device, post.device.shift
    return {
        "generated_at": show_time(now),
        "expires_at": show_time(duty.expires_at),
        "salt": shift.salt,
        "fair": {
            "slug": fair.slug,
            "name": fair.name,
            "time_zone": fair.time_zone,
            "day_begins": show_time(duty.first_day),
        },
        "device": {"name": device.name, "rights": duty.rights, "direction": device.direction},
        "shift": {"phone": shift.phone, "ends_at": show_time(shift.ends_at)},
        "samples": [
            {"hash": badge_hash(code, duty.salt), "outcome": outcome}
            for code, outcome in zip(shift.samples, SAMPLES, strict=False)
        ],
    }


def _station(duty: Duty, post: Post, entries: list[Entry]) -> dict[str, Any]:
    """Return the station with how many are inside; of a bus all riders are among the entries."""
    if post.bus is not None:
        on_board = sum(entry["inside"] is not None for entry in entries)
        return {"name": post.bus.name, "kind": BUS, "limit": None, "inside": on_board}
    return {
        "name": duty.station,
        "kind": post.device.station.kind if post.device.station else None,
        "limit": duty.limits.get(door_of(duty).room_id),
        "inside": post.inside,
    }
