"""The JSON of scans: what devices send, each scan judged by itself, and what they get."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from jobfair.checkin.rules import (
    BADGE_MOST,
    REASON_MOST,
    SCANS_MOST,
    STATION_MOST,
    Direction,
    Outcome,
    Presence,
    within_reach,
)
from jobfair.core.codes import normalise_code
from jobfair.core.errors import Invalid
from jobfair.core.text import clean_line

TEXT_MOST = 300
HASH_LENGTH = 11
UNSENT_MOST = 1_000_000
DIRECTIONS = {direction.value: direction for direction in Direction}
OUTCOMES = {outcome.value: outcome for outcome in Outcome}
NO_TIME = timedelta(0)
Fields = Mapping[str, Any]

_HASH = re.compile(rf"[A-Za-z0-9_-]{{{HASH_LENGTH}}}")


class ScanInput(NamedTuple):
    """A scan as a device tells it; `scanned_at` is already by our clock.

    `badge` is a code, or None where the device knows the badge by its `hash` only.
    """

    id: UUID
    badge: str | None
    hash: str | None
    station: str | None
    direction: Direction
    departure_id: int | None
    device_at: datetime
    scanned_at: datetime
    decided: Outcome | None
    offline: bool
    override_reason: str | None


class DeviceState(NamedTuple):
    """What a device says of itself with its scans."""

    offset: timedelta = NO_TIME
    unsent: int | None = None
    battery: int | None = None
    told: bool = False


@dataclass(frozen=True)
class Refused:
    """A scan that can't be read or can't be stored, with the code that says why."""

    id: str | None
    error: str


class Answer(NamedTuple):
    """The stored answer to a scan."""

    id: UUID
    outcome: Outcome
    since: Presence
    conflict: bool


Parsed = ScanInput | Refused
Result = Answer | Refused


class _Fault(ValueError):
    """A field that can't be used; its only argument is the code."""


def parse_scans(body: object, received_at: datetime) -> tuple[list[Parsed], DeviceState]:
    """Return the scans of a request in their order, those with a fault as Refused.

    A device that says what time it is (`now`) has its times corrected by the difference.
    Raises Invalid when the request as a whole can't be read.
    """
    scans = body.get("scans") if isinstance(body, dict) else None
    if not isinstance(scans, list) or len(scans) > SCANS_MOST:
        raise Invalid("scans_unreadable", most=SCANS_MOST)
    state = device_state(body, received_at)
    return [_parse_scan(item, state.offset) for item in scans], state


def device_state(body: Any, received_at: datetime) -> DeviceState:
    """Return what the request says of its device; raise Invalid where it says no time."""
    told = body.get("device")
    if not isinstance(told, dict):
        return DeviceState()
    try:
        offset = NO_TIME if told.get("now") is None else received_at - instant(told, "now")
    except (ValueError, OverflowError) as error:
        raise Invalid("scans_unreadable", most=SCANS_MOST) from error
    return DeviceState(
        offset, _count(told, "unsent", UNSENT_MOST), _count(told, "battery", 100), told=True
    )


def _count(told: Fields, name: str, most: int) -> int | None:
    value = told.get(name)
    usable = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most
    return value if usable else None


def _parse_scan(item: object, offset: timedelta) -> Parsed:
    if not isinstance(item, dict):
        return Refused(None, "bad_item")
    fields: Fields = item
    sent_id = fields.get("id")
    try:
        device_at = instant(fields, "scanned_at")
        return ScanInput(
            uuid_of(fields),
            *_badge(fields),
            _station(fields),
            _direction(fields),
            _departure(fields),
            device_at,
            within_reach(device_at + offset),
            OUTCOMES.get(fields.get("decided")),  # type: ignore[arg-type]  # whatever was sent
            fields.get("offline") is True,
            reason_of(fields.get("override")),
        )
    except _Fault as fault:
        return Refused(_shown(sent_id), str(fault))
    except (OverflowError, TypeError):
        return Refused(_shown(sent_id), "bad_scan")


def _shown(sent_id: object) -> str | None:
    return sent_id[:40] if isinstance(sent_id, str) else None


def uuid_of(fields: Fields, name: str = "id") -> UUID:
    """Return the UUID of that field in its usual form; raise a ValueError that is a code."""
    value = fields.get(name)
    if not isinstance(value, str) or len(value) != 36:
        raise _Fault(f"bad_{name}")
    try:
        return UUID(value)
    except ValueError as error:
        raise _Fault(f"bad_{name}") from error


def instant(fields: Fields, name: str) -> datetime:
    """Return the time of that field in UTC; raise a ValueError that is a code."""
    value = fields.get(name)
    if not isinstance(value, str) or len(value) > TEXT_MOST:
        raise _Fault(f"bad_{name}")
    try:
        at = datetime.fromisoformat(value)
        if at.tzinfo is None:
            raise _Fault(f"bad_{name}")
        return within_reach(at)
    except (ValueError, OverflowError) as error:
        raise _Fault(f"bad_{name}") from error


def _text(fields: Fields, name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or len(value) > TEXT_MOST:
        raise _Fault(f"bad_{name}")
    return value


def line_of(fields: Fields, name: str, most: int) -> str:
    """Return the field as one clean line that isn't empty; raise a ValueError that is a code."""
    line = clean_line(_text(fields, name), most)
    if not line:
        raise _Fault(f"bad_{name}")
    return line


def _badge(fields: Fields) -> tuple[str | None, str | None]:
    """Return the code, or the beginning of what is none, or the hash of the badge."""
    if fields.get("badge") is None and fields.get("hash") is not None:
        mark = _text(fields, "hash")
        if not _HASH.fullmatch(mark):
            raise _Fault("bad_hash")
        return None, mark
    text = _text(fields, "badge")
    return normalise_code(text) or clean_line(text, BADGE_MOST - 1), None


def _station(fields: Fields) -> str | None:
    if fields.get("station") is None:
        return None
    station = _station_line(_text(fields, "station"))
    if not station:
        raise _Fault("bad_station")
    return station


@lru_cache(maxsize=256)
def _station_line(text: str) -> str:
    """Return the name as a clean line; there are few of them, in every scan."""
    return clean_line(text, STATION_MOST)


def _direction(fields: Fields) -> Direction:
    direction = DIRECTIONS.get(_text(fields, "direction"))
    if direction is None:
        raise _Fault("bad_direction")
    return direction


def _departure(fields: Fields) -> int | None:
    value = fields.get("departure")
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 2**63:
        raise _Fault("bad_departure")
    return value


def reason_of(value: object) -> str | None:
    """Return the reason of an override, None where there is none."""
    if value is None:
        return None
    if not isinstance(value, dict):
        raise _Fault("bad_override")
    return line_of(value, "reason", REASON_MOST)


def show_result(result: Result) -> dict[str, object]:
    """Return a result as it is sent; a refused scan has an error and no outcome."""
    if isinstance(result, Refused):
        return {
            "id": result.id,
            "outcome": None,
            "first_scan": None,
            "conflict": False,
            "error": result.error,
        }
    return {
        "id": str(result.id),
        "outcome": result.outcome.value,
        "first_scan": show_presence(result.since),
        "conflict": result.conflict,
        "error": None,
    }


def show_presence(presence: Presence) -> dict[str, str] | None:
    """Return since when and where somebody is inside, as it is sent; None means outside."""
    if presence.since is None:
        return None
    return {"at": show_time(presence.since), "station": presence.station}


def show_time(at: datetime) -> str:
    """Return the instant after RFC 3339 in UTC, to the second."""
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"
